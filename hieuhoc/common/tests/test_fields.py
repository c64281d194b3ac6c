"""What people type into lines, days and numbers, and what comes of it."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from hieuhoc.common.fields import DayField, NumberField, TidyField

DAYS = {
    "21/11/2026": date(2026, 11, 21),
    "1-2-2026": date(2026, 2, 1),
    "01.02.2026": date(2026, 2, 1),
    "2026-11-21": date(2026, 11, 21),
}


@pytest.mark.parametrize(("typed", "day"), DAYS.items())
def test_days(typed, day):
    assert DayField().clean(typed) == day


@pytest.mark.parametrize("typed", ["31/02/2026", "11/21/2026", "hôm nay", "2026"])
def test_no_days(typed):
    with pytest.raises(forms.ValidationError, match="Ngày không đúng"):
        DayField().clean(typed)


NUMBERS = {"65": 65, "67,5": Decimal("67.5"), "1.200": 1200, "65 %": 65, "7.5": Decimal("7.5"), "0": 0}


@pytest.mark.parametrize(("typed", "number"), NUMBERS.items())
def test_numbers(typed, number):
    assert NumberField().clean(typed) == number


@pytest.mark.parametrize("typed", ["nhiều", "-5", "1e9", "9" * 12, "6 5 x"])
def test_no_numbers(typed):
    with pytest.raises(forms.ValidationError, match="Cần một số không âm"):
        NumberField().clean(typed)


def test_nothing_is_none_where_it_may_be_and_a_sentence_where_not():
    assert NumberField(required=False).clean("") is None
    assert NumberField(negative=True).clean("-5") == -5
    for field in (NumberField(), DayField(), TidyField()):
        with pytest.raises(forms.ValidationError, match="Cần ghi mục này"):
            field.clean("")


@pytest.mark.parametrize(
    ("held", "shown"),
    [(Decimal("67.5000"), "67,5"), (Decimal(1200), "1200"), (65, "65"), ("1.200", "1.200"), (None, None)],
)
def test_a_number_is_shown_so_that_it_can_be_typed_again(held, shown):
    assert NumberField().prepare_value(held) == shown
    if shown:
        assert NumberField().clean(shown) == NumberField().clean(str(held) if isinstance(held, str) else shown)


def test_a_line_is_tidied():
    assert TidyField().clean("  Xa\u0303   Ia  Tôr ") == "Xã Ia Tôr"
