"""Numbers, dates and identifiers as people read them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.common import dates, ids, numbers


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [
        (1385, 1847, "74,99 %"),
        (22038, 27593, "79,87 %"),
        (79996, 100000, "79,99 %"),
        (80, 100, "80,00 %"),
        (0, 10, "0,00 %"),
        (1, 0, "–"),
        (None, 5, "–"),
        (5, None, "–"),
        (12345, 1000, "1.234,50 %"),
    ],
)
def test_a_share_as_printed(count, of, shown):
    assert numbers.percent(count, of) == shown


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 4), st.integers(0, 120))
def test_a_printed_share_never_reaches_a_mark_the_counts_do_not(count, of, digits, target):
    shown = Decimal(numbers.percent(count, of, digits).removesuffix(" %").replace(".", "").replace(",", "."))
    assert (shown >= target) <= numbers.reached(count, of, target)


def test_a_target_between_whole_percents_is_kept_too():
    assert numbers.percent(12496, 100000, 1) == "12,5 %"
    assert numbers.percent(12496, 100000, 1, target=Decimal("12.5")) == "12,4 %"


@pytest.mark.parametrize(
    ("count", "of", "target", "yes"), [(79987, 100000, 80, False), (4, 5, 80, True), (0, 0, 0, False)]
)
def test_a_target_is_asked_of_whole_numbers(count, of, target, yes):
    assert numbers.reached(count, of, target) is yes


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1 234", "1234"),
        ("1.234", "1234"),
        ("1.234,0", "1234.0"),
        ("04", "4"),
        (" 3 ", "3"),
        ("-3", "-3"),
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        ("1\u00a0234", "1234"),
        ("1,234.5", "1234.5"),
        ("5 lớp", None),
        ("?", None),
        ("", None),
        ("1.2.3", None),
        ("0,125", "0.125"),
        ("−2", "-2"),
        ("12.345.678", "12345678"),
    ],
)
def test_numbers_as_typed(typed, value):
    assert numbers.parse_number(typed) == (None if value is None else Decimal(value))


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_printed_number_reads_back(value):
    assert numbers.parse_number(numbers.vn_number(value)) in (value, value * 1000) or abs(value) < 1


@given(st.integers(-(10**12), 10**12))
def test_a_printed_whole_number_reads_back(value):
    assert numbers.parse_number(numbers.vn_int(value)) == value


def test_dates_of_papers():
    assert dates.vn_date(date(2026, 1, 5)) == "05/01/2026"
    assert dates.vn_long_date("Ia Tôr", date(2026, 11, 21)) == "Ia Tôr, ngày 21 tháng 11 năm 2026"
    assert dates.vn_long_date("Ia Tôr", date(2026, 2, 3)) == "Ia Tôr, ngày 03 tháng 02 năm 2026"


def test_identifiers_are_version_7_and_sort_by_time():
    made = [ids.uuid7() for _ in range(100)]
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert len(set(made)) == 100
    assert [one.int >> 80 for one in made] == sorted(one.int >> 80 for one in made)
