"""The rules a second time, as slowly and plainly as the texts say them, compared on many sheets."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from hieuhoc.scoring import Criteria, score
from hieuhoc.scoring.tests.made import CDHT, COMMUNE, FAMILY, OLD_ORGANISATION, ORGANISATION
from hieuhoc.scoring.tests.test_properties import AREAS, sheets

rules = settings(max_examples=150, deadline=None)
FIRST_LEVEL = {"CDX-4.2": 2, "CDX-4.3": 2, "CDX-4.4": 1, "DV-3.4": 1, "DV-3.5": 1}
SECOND_LEVEL = {"CDX-4.2": 3, "CDX-4.3": 3, "CDX-4.4": 2, "DV-3.4": 2, "DV-3.5": 2}
SHARES = {
    "CDX-5.1": ((60, 80), (60, 80)),
    "CDX-5.2a": ((50, 60), (40, 50)),
    "CDX-5.2b": ((12, 15), (10, 12)),
    "DV-2.4": ((50, 70), (50, 70)),
    "DV-3.1b": ((95, 97), (95, 97)),
}


def by_points(criteria: Criteria, answers, area, mark, floor):
    """Pass, fail or incomplete of a set of scores, by trying the best that can still come."""
    scores = {k: v for k, v in answers.items() if v is not None and v != "n/a"}
    best = sum(scores.values()) + sum(criteria.by_key[k].points for k, v in answers.items() if v is None)
    if best < mark or any(v < floor for v in scores.values()):
        return "fail"
    return "incomplete" if None in answers.values() else "pass"


def meets(key, value, level, area):
    """Whether one answer meets a level, by the tables of the circulars."""
    if isinstance(value, bool):
        return value
    if isinstance(value, dict):
        first_general = SHARES.get(key, ((90, 95), (90, 95)))
        mark = first_general[area == "hard"][level - 1]
        return Fraction(value["count"], value["of"]) >= Fraction(mark, 100)
    return value >= (FIRST_LEVEL if level == 1 else SECOND_LEVEL)[key]


def counted(value):
    """An answer that is judged: neither missing, nor not applicable, nor a share of nobody."""
    return value is not None and value != "n/a" and not (isinstance(value, dict) and value["of"] == 0)


def by_levels(answers, area, level):
    """Pass, fail or incomplete at a level."""
    judged = {key: value for key, value in answers.items() if counted(value)}
    if not all(meets(key, value, level, area) for key, value in judged.items()):
        return "fail"
    return "incomplete" if None in answers.values() or not judged else "pass"


@rules
@given(sheets(CDHT), AREAS)
def test_citizens(sheet, area):
    criteria, answers = sheet
    assert score(criteria, answers, {"area": area}).outcome == by_points(
        criteria, answers, area, 70 if area == "hard" else 80, 5
    )


@rules
@given(sheets(FAMILY), AREAS)
def test_families(sheet, area):
    criteria, answers = sheet
    assert score(criteria, answers, {"area": area}).outcome == by_points(criteria, answers, area, 80, 5)


@rules
@given(sheets(OLD_ORGANISATION))
def test_organisations_of_old_years(sheet):
    criteria, answers = sheet
    result = score(criteria, answers)
    assert result.outcome == by_points(criteria, answers, "general", 50, 0)
    if result.outcome == "pass":
        expected = "tốt" if result.total >= 85 else "khá" if result.total >= 70 else "trung bình"
        assert result.band == expected


@rules
@given(sheets(COMMUNE, ORGANISATION), AREAS, st.sampled_from([1, 2]))
def test_communes_and_organisations(sheet, area, level):
    criteria, answers = sheet
    result = score(criteria, answers, {"area": area}, level)
    assert result.outcome == by_levels(answers, area, level)
    reached = [n for n in (1, 2) if all(by_levels(answers, area, m) == "pass" for m in range(1, n + 1))]
    assert result.level == (max(reached) if reached else None)


near_the_mark = st.integers(70, 90).flatmap(lambda n: st.just(Decimal(n)) | st.just(Decimal(n) - Decimal("0.01")))


@rules
@given(near_the_mark)
def test_totals_around_the_mark(total):
    keys = list(CDHT.by_key)
    answers = dict.fromkeys(keys, Decimal(total / 10).quantize(Decimal("0.001")))
    rest = total - sum(list(answers.values())[1:])
    answers[keys[0]] = rest
    assert score(CDHT, answers).outcome == ("pass" if total >= 80 else "fail")
    assert score(CDHT, answers, {"area": "hard"}).outcome == ("pass" if total >= 70 else "fail")
