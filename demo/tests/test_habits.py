"""A habit hides the true value and never changes it."""

import re
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo import habits
from demo.identity import PREFIXES
from demo.villages import IA_TOR

seeds = st.integers(0, 10**6)
phones = st.builds(lambda head, tail: f"{head}000{tail:04d}", st.sampled_from(PREFIXES), st.integers(0, 9999))
cccds = st.builds(lambda tail: f"0641{tail:08d}", st.integers(0, 99_999_999))
NEW_PREFIX = {old: new for new, old in habits.OLD_PREFIX.items()}


def squeezed(text: str) -> str:
    return " ".join(text.replace(habits.NO_BREAK, " ").split())


@given(phones, seeds)
def test_a_typed_telephone_is_found_again(phone, seed):
    digits = re.sub(r"\D", "", str(habits.phone_as_typed(phone, Random(seed))))
    if len(digits) == 11:
        digits = NEW_PREFIX[digits[:4]] + digits[4:]
    assert digits.zfill(10) == phone


@given(cccds, seeds)
def test_a_typed_citizen_number_is_found_again(cccd, seed):
    typed = habits.cccd_as_typed(cccd, Random(seed))
    assert re.sub(r"\D", "", str(typed)).zfill(12) == cccd


@pytest.mark.parametrize("habit", [habits.phone_as_typed, habits.cccd_as_typed])
def test_no_number_stays_none(habit):
    assert {habit("", Random(seed)) for seed in range(50)} == {""}


@pytest.mark.parametrize("habit", [habits.spaced_name, habits.shouted_name])
@given(seed=seeds)
def test_a_typed_name_is_the_same_but_for_spaces_and_capitals(habit, seed):
    assert squeezed(str(habit("Rơ Mah H'Klưi", Random(seed)))).lower() == "rơ mah h'klưi"


@given(st.sampled_from(IA_TOR), seeds)
def test_a_carelessly_typed_village_keeps_its_own_name(village, seed):
    typed = squeezed(str(habits.careless_village(village.name, Random(seed)))).lower()
    first, _, own = village.name.lower().partition(" ")
    assert typed in (f"{first} {own}", f"{first[0]}. {own}")


@pytest.mark.parametrize("habit", [habits.count_as_typed, habits.count_as_text])
@given(value=st.integers(0, 30), seed=seeds)
def test_a_typed_count_is_the_count(habit, value, seed):
    assert int(str(habit(value, Random(seed))).strip()) == value


@given(st.dates(date(1945, 1, 1), date(2008, 12, 31)), seeds)
def test_a_typed_day_is_found_again(day, seed):
    typed = habits.date_as_typed(day, Random(seed))
    if isinstance(typed, int):
        typed = date(1899, 12, 30) + timedelta(days=typed)
    if isinstance(typed, str):
        d, m, y = (int(part) for part in re.split(r"[/-]", typed))
        typed = date(y if y > 99 else 1900 + y, m, d)
    assert typed == day


@pytest.mark.parametrize("habit", [habits.date_as_typed, habits.date_in_full])
def test_a_year_alone_stays_a_year(habit):
    assert {int(str(habit(1972, Random(seed)))) for seed in range(30)} == {1972}


def test_every_form_of_a_day_occurs():
    typed = [habits.date_as_typed(date(1979, 5, 8), Random(seed)) for seed in range(300)]
    assert {"08/05/1979", "8/5/1979", "08-05-1979", "8/5/79"} <= {t for t in typed if isinstance(t, str)}
    assert {int, date, str} == {type(t) for t in typed}


@pytest.mark.parametrize(
    ("value", "typed"), [(True, {"x", "X", "Có", "✓"}), (False, {"", "Không"}), (None, {"", "Không"})]
)
def test_yes_and_no_are_told_apart(value, typed):
    assert {habits.tick(value, Random(seed)) for seed in range(200)} == typed


@pytest.mark.parametrize(
    ("habit", "value", "typed"),
    [
        (habits.plain_tick, True, {"x"}),
        (habits.plain_tick, False, {""}),
        (habits.sex_in_words, "female", {"Nữ"}),
        (habits.sex_in_words, "male", {"Nam"}),
        (habits.group_as_typed, 3, {3, "Cán bộ, công chức, viên chức"}),
        (habits.score_as_typed, "KAD", {"KAD", "-"}),
        (habits.score_as_typed, None, {None}),
        (habits.score_as_typed, 8.5, {8.5, "8,5", " 8,5 "}),
        (habits.score_as_typed, 10, {10, "10", " 10 "}),
        (habits.score_as_typed, 0, {0, "0", " 0 "}),
        (habits.plain, "x", {"x"}),
    ],
)
def test_a_habit_has_these_spellings_and_no_other(habit, value, typed):
    assert {habit(value, Random(seed)) for seed in range(400)} == typed
