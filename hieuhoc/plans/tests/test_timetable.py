"""When activities fall due: a table of what plans write, and what holds for whatever they write."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.plans.reading.when import read_when
from hieuhoc.plans.timetable import Period, occurrences, period_of

YEARS = (2021, 2030)


def told(text: str, year: int, years=YEARS) -> list[str]:
    """The keys of an activity whose time is written so."""
    when = [one.to_json() for one in read_when(text.lower())]
    return [one.key for one in occurrences(when, years, year)]


WRITTEN = {
    "a quarter": ("Quý III/2026", 2026, ["2026-Q3"]),
    "in another year nothing": ("Quý III/2026", 2027, []),
    "two quarters": ("Quý III, IV/2023", 2023, ["2023-Q3", "2023-Q4"]),
    "a month": ("Tháng 10/2026", 2026, ["2026-M10"]),
    "a year": ("năm 2026", 2026, ["2026"]),
    "years from to": ("2023-2025", 2024, ["2024"]),
    "every year": ("Hằng năm", 2029, ["2029"]),
    "every year in one quarter": ("Quý IV hằng năm", 2028, ["2028-Q4"]),
    "every year by a day": ("trước 15/12 hằng năm", 2028, ["2028-M12"]),
    "every year from a quarter on": ("Hằng năm; từ quý III/2022", 2025, ["2025"]),
    "and not before": ("Hằng năm; từ quý III/2022", 2021, []),
    "every quarter": ("mỗi quý 1 số", 2026, ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
    "every quarter from one on": ("mỗi quý, từ quý III/2026", 2026, ["2026-Q3", "2026-Q4"]),
    "the year after it is whole": ("mỗi quý, từ quý III/2026", 2027, ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"]),
    "every month": ("hằng tháng", 2026, [f"2026-M{month:02}" for month in range(1, 13)]),
    "every half year": ("6 tháng", 2026, ["2026-H1", "2026-H2"]),
    "all the time": ("Thường xuyên", 2026, ["2026-always"]),
    "all the time from a year on": ("thường xuyên, từ năm 2024", 2023, []),
    "no time": ("", 2026, ["2026-undated"]),
    "a year the plan is not made for is shown without a day": ("năm 2005", 2026, ["2026-undated"]),
    "outside the plan's years nothing": ("Hằng năm", 2031, []),
}


@pytest.mark.parametrize(("text", "year", "keys"), WRITTEN.values(), ids=WRITTEN)
def test_what_plans_write(text, year, keys):
    assert told(text, year) == keys


DUE = {
    "2026": date(2026, 12, 31), "2026-H1": date(2026, 6, 30), "2026-H2": date(2026, 12, 31),
    "2026-Q1": date(2026, 3, 31), "2026-Q4": date(2026, 12, 31), "2028-M02": date(2028, 2, 29),
    "2026-M02": date(2026, 2, 28), "2026-always": None, "2026-undated": None,
}  # fmt: skip


@pytest.mark.parametrize(("key", "day"), DUE.items(), ids=DUE)
def test_the_last_day(key, day):
    assert period_of(key).due == day


WORDS = {
    "2026": "Năm 2026", "2026-H2": "6 tháng cuối năm 2026", "2026-Q3": "Quý III/2026", "2026-M05": "Tháng 5/2026",
    "2026-always": "Thường xuyên trong năm 2026", "2026-undated": "Chưa rõ thời gian",
}  # fmt: skip


@pytest.mark.parametrize(("key", "words"), WORDS.items(), ids=WORDS)
def test_in_words(key, words):
    assert period_of(key).words == words


@pytest.mark.parametrize("key", ["", "26", "2026-Q5", "2026-M13", "2026-M1", "2026-H3", "1999", "2026-x", "2026-Q1 "])
def test_what_is_no_key(key):
    assert period_of(key) is None


TIMES = st.fixed_dictionaries(
    {
        "year": st.none() | st.integers(2005, 2040),
        "quarter": st.none() | st.integers(0, 5),
        "month": st.none() | st.integers(0, 13),
        "every": st.sampled_from([None, "year", "half", "quarter", "month", "always", "lần"]),
    }
)
PLAN_YEARS = st.tuples(st.integers(2014, 2030), st.integers(0, 16)).map(lambda one: (one[0], one[0] + one[1]))


@given(when=st.lists(TIMES, max_size=5), years=PLAN_YEARS, year=st.integers(2005, 2050))
def test_each_period_lies_in_the_plan_once_and_always_the_same(when, years, year):
    found = occurrences(when, years, year)
    assert all(years[0] <= one.year <= years[1] and one.year == year for one in found)
    assert all(one.due is None or one.due.year == year for one in found)
    keys = [one.key for one in found]
    assert len(set(keys)) == len(keys)
    assert [period_of(key) for key in keys] == list(found), "a key names its period for good"
    assert occurrences(list(reversed(when)), years, year) == found, "whatever the order of the times"
    days = [one.due for one in found if one.due]
    assert days == sorted(days)


@given(when=st.lists(TIMES, max_size=5), years=PLAN_YEARS)
def test_no_activity_is_hidden_over_the_whole_plan(when, years):
    every = [occurrences(when, years, year) for year in range(years[0], years[1] + 1)]
    assert any(every)
    undated = [any(one.kind == "undated" for one in found) for found in every]
    assert all(undated) or not any(undated)


@given(st.integers(2000, 2999), st.sampled_from(["year", "half", "quarter", "month"]))
def test_periods_of_a_kind_fill_the_year_without_a_gap(year, kind):
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[kind]
    ends = [Period(year, kind, number).due for number in range(1, 12 // months + 1)]
    assert ends[-1] == date(year, 12, 31)
    assert all((one + timedelta(days=1)).day == 1 for one in ends)
    assert [one.month for one in ends] == list(range(months, 13, months))
