"""Every number in the shipped official sets is one the domain states: none may slip in.

The tables are written out here a second time on purpose; a change of a file must be answered for twice.
"""

import pytest

from hieuhoc.criteria import sets

CITIZEN = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2")
OLD = {"1a": 10, "1b": 10, "1c": 10, "2a": 10, "2b": 5, "2c": 10, "2d": 5, "3a": 25, "3b": 10, "3c": 5}
FAMILY = {"1.1": 10, "1.2": 10, "1.3": 10, "2.1": 10, "2.2": 20, "3.1": 10, "3.2": 10, "4.1": 10, "4.2": 10}
POINTS = {
    "cdht-324": {f"CD-{key}": (10, 5) for key in CITIZEN},
    "tt22-organisation": {f"D22-{key}": (points, None) for key, points in OLD.items()},
    "demo-family": {f"GD-{key}": (points, 5) for key, points in FAMILY.items()},
}
PASS = {
    "cdht-324": {"general": 80, "hard": 70},
    "tt22-organisation": {"general": 50},
    "demo-family": {"general": 80},
}
MARKS = {
    "tt25-commune": {
        **dict.fromkeys(["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "4.1"], ("yes_no", None)),
        "4.2": ("level", {"general": (2, 3)}),
        "4.3": ("level", {"general": (2, 3)}),
        "4.4": ("level", {"general": (1, 2)}),
        "5.1": ("share", {"general": (60, 80)}),
        "5.2a": ("share", {"general": (50, 60), "hard": (40, 50)}),
        "5.2b": ("share", {"general": (12, 15), "hard": (10, 12)}),
    },
    "tt24-organisation": {
        **dict.fromkeys(["1.1", "1.2", "1.3", "1.4", "1.5", "3.2", "3.3", "3.6"], ("yes_no", None)),
        **dict.fromkeys(["2.1", "2.2", "2.3", "2.5", "3.1a"], ("share", {"general": (90, 95)})),
        "2.4": ("share", {"general": (50, 70)}),
        "3.1b": ("share", {"general": (95, 97)}),
        # Not shares but levels of a scale: which of the circular's two levels is met.
        "3.4": ("level", {"general": (1, 2)}),
        "3.5": ("level", {"general": (1, 2)}),
    },
    "tt25-district": {
        "communes": ("share", {"general": (90,)}),
        "income": ("change", None),
        "employment": ("change", None),
    },
    "tt25-province": {
        "districts": ("share", {"general": (90,)}),
        "museum": ("number", {"general": (4,)}),
        "broadcaster": ("number", {"general": (4,)}),
        "poverty": ("change", None),
        "grdp": ("change", None),
    },
}
PREFIX = {"tt25-commune": "CDX", "tt24-organisation": "DV", "tt25-district": "CDH", "tt25-province": "CDT"}


@pytest.mark.parametrize("code", POINTS)
def test_points_and_floors_are_those_of_the_text(code):
    assert {i.key: (i.points, i.floor) for i in sets.load(code).indicators} == POINTS[code]


@pytest.mark.parametrize("code", PASS)
def test_pass_marks_are_those_of_the_text(code):
    assert sets.load(code).pass_marks == PASS[code]


@pytest.mark.parametrize("code", MARKS)
def test_kinds_and_marks_are_those_of_the_text(code):
    found = {i.key: (i.kind, i.marks) for i in sets.load(code).indicators}
    assert found == {f"{PREFIX[code]}-{key}": asked for key, asked in MARKS[code].items()}


@pytest.mark.parametrize("code", MARKS)
def test_sets_in_levels_have_two_levels_and_no_points(code):
    criteria = sets.load(code)
    assert (criteria.levels, criteria.pass_marks, criteria.bands) == (2, None, ())
    assert {i.points for i in criteria.indicators} == {None}


def test_bands_are_those_of_the_text():
    assert sets.load("tt22-organisation").bands == (("tốt", 85), ("khá", 70), ("trung bình", 50))
    assert [criteria.code for criteria in sets.all_sets() if criteria.bands] == ["tt22-organisation"]


def test_competences_of_a_citizen_are_four_four_and_two():
    criteria = sets.load("cdht-324")
    sizes = [sum(i.criterion == group.key for i in criteria.indicators) for group in criteria.groups]
    assert (sizes, len(criteria.target_groups)) == ([4, 4, 2], 4)


def test_only_the_poverty_rate_is_better_when_it_falls():
    falling = [i.key for criteria in sets.all_sets() for i in criteria.indicators if i.better == "down"]
    assert falling == ["CDT-poverty"]


def test_conditions_are_those_of_the_text():
    found = {i.key: i.applies for criteria in sets.all_sets() for i in criteria.indicators if i.applies}
    assert found == {
        "DV-1.3": {"kind": ["public_body"]},
        "DV-2.4": {"not_kind": ["economic"]},
        "DV-3.1b": {"has_learners": True, "not_kind": ["preschool", "primary_or_secondary"]},
        "DV-3.4": {"kind": ["primary_or_secondary", "high_school"]},
        "DV-3.5": {"kind": ["university"], "scope": ["province"]},
        "DV-3.6": {"kind": ["vocational"]},
    }


def test_what_is_provisional_or_incomplete_says_so():
    states = {criteria.code: (criteria.state, criteria.complete) for criteria in sets.all_sets()}
    assert states["cdht-324"] == ("provisional", True)
    assert states["tt25-commune"] == states["tt24-organisation"] == states["tt22-organisation"] == ("official", True)
    assert states["tt25-district"] == states["tt25-province"] == ("official", False)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("tt24-organisation", "2024-01-26", None),
        ("tt22-organisation", None, "2024-01-26"),
        ("tt25-commune", "2024-02-12", None),
        ("tt25-district", "2024-02-12", "2025-07-01"),
        ("qd242-family", "2022-07-28", "2031-01-01"),
        ("cdht-324", "2023-10-25", None),
    ],
)
def test_days_in_force(code, first, last):
    assert (sets.load(code).valid_from, sets.load(code).valid_to) == (first, last)


def test_illustrative_shares_are_computed_from_titles_of_the_same_year():
    derived = {"clan": ("DH-2.1", "FAMILY"), "community": ("TH-2.1", "FAMILY"), "organisation": ("DD-2.1", "CITIZEN")}
    for code, (key, model) in derived.items():
        indicator = sets.load(f"demo-{code}").by_key[key]
        assert (indicator.derived.model, "trong năm" in indicator.derived.rule) == (model, True)
