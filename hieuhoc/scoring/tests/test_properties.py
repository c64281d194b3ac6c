"""Rules that hold for every sheet, tried on many."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from hieuhoc.scoring import FAIL, INCOMPLETE, PASS, score
from hieuhoc.scoring.tests.made import CDHT, CLAN, COMMUNE, FAMILY, ORGANISATION

RANK = {FAIL: 0, INCOMPLETE: 1, PASS: 2}
AREAS = st.sampled_from(["general", "hard"])
rules = settings(max_examples=80, deadline=None)


def share():
    return st.integers(0, 400).flatmap(lambda of: st.integers(0, of).map(lambda count: {"count": count, "of": of}))


def answer(indicator):
    """Any honest answer to an indicator, missing and not applicable included."""
    tenths = int((indicator.points or 0) * 10)
    known = {
        "score": st.integers(0, tenths).map(lambda n: Decimal(n) / 10),
        "yes_no": st.booleans(),
        "share": share(),
        "level": st.integers(0, 2),
        "number": st.integers(0, 20),
        "change": st.integers(-3, 3),
    }[indicator.kind]
    return st.one_of(known, known, known, st.none(), st.just("n/a"))


def sheets(*all_criteria):
    def of(criteria):
        answers = st.fixed_dictionaries({i.key: answer(i) for i in criteria.indicators})
        return st.tuples(st.just(criteria), answers)

    return st.sampled_from(all_criteria).flatmap(of)


POINTS = (CDHT, FAMILY, CLAN)
ALL = (*POINTS, COMMUNE, ORGANISATION)


@rules
@given(sheets(*POINTS), AREAS)
def test_nobody_earns_more_than_is_possible(sheet, area):
    result = score(*sheet, {"area": area})
    for line in result.lines:
        if line.earned is not None:
            assert 0 <= line.earned <= line.possible
    assert (result.total or 0) <= result.possible <= sheet[0].maximum


@rules
@given(sheets(*POINTS), AREAS)
def test_a_pass_keeps_every_floor_and_the_mark_and_misses_nothing(sheet, area):
    criteria, answers = sheet
    result = score(criteria, answers, {"area": area})
    low = [line for line in result.lines if line.earned is not None and line.earned < 5]
    enough = (result.total or 0) >= criteria.pass_mark(area)
    assert (result.outcome == PASS) == (enough and not low and not result.missing)


@rules
@given(sheets(*ALL), AREAS, st.randoms())
def test_the_order_of_answers_does_not_matter(sheet, area, random):
    criteria, answers = sheet
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert score(criteria, dict(shuffled), {"area": area}) == score(criteria, answers, {"area": area})


@rules
@given(sheets(*ALL), AREAS)
def test_missing_is_said_by_absence_as_by_null(sheet, area):
    criteria, answers = sheet
    said = {key: value for key, value in answers.items() if value is not None}
    assert score(criteria, said, {"area": area}) == score(criteria, answers, {"area": area})


@rules
@given(sheets(*ALL), AREAS)
def test_missing_means_exactly_the_applicable_indicators_without_an_answer(sheet, area):
    criteria, answers = sheet
    result = score(criteria, answers, {"area": area})
    assert set(result.missing) == {key for key in answers if answers[key] is None}
    assert result.outcome != PASS or not result.missing


@rules
@given(sheets(*ALL), AREAS, st.data())
def test_an_outcome_of_fail_stays_whatever_the_missing_turn_out_to_be(sheet, area, data):
    criteria, answers = sheet
    if score(criteria, answers, {"area": area}).outcome != FAIL:
        return
    filled = {
        key: data.draw(answer(criteria.by_key[key]).filter(lambda v: v not in (None, "n/a")), label=key)
        if value is None
        else value
        for key, value in answers.items()
    }
    assert score(criteria, filled, {"area": area}).outcome == FAIL


def better(indicator, value):
    """A better answer of the same kind, or the same where it is already the best."""
    if indicator.kind == "yes_no":
        return True
    if indicator.kind == "share":
        return {"count": min(value["count"] + 1, value["of"]), "of": value["of"]}
    if indicator.kind == "score":
        return min(value + Decimal("0.5"), indicator.points)
    return min(value + 1, max(max(marks) for marks in indicator.marks.values()))


@rules
@given(sheets(*ALL), AREAS, st.data())
def test_a_better_answer_never_lowers_the_outcome(sheet, area, data):
    criteria, answers = sheet
    given_keys = [key for key, value in answers.items() if value not in (None, "n/a")]
    if not given_keys:
        return
    key = data.draw(st.sampled_from(given_keys))
    improved = answers | {key: better(criteria.by_key[key], answers[key])}
    before, after = (score(criteria, a, {"area": area}) for a in (answers, improved))
    assert RANK[after.outcome] >= RANK[before.outcome]
    assert (after.level or 0) >= (before.level or 0)
    assert (after.total or 0) >= (before.total or 0)


@rules
@given(sheets(*POINTS), AREAS, st.data())
def test_what_does_not_apply_changes_only_what_is_possible(sheet, area, data):
    criteria, answers = sheet
    key = data.draw(st.sampled_from(sorted(answers)))
    without, with_none = (score(criteria, answers | {key: value}, {"area": area}) for value in ("n/a", None))
    assert with_none.possible - without.possible == criteria.by_key[key].points
    assert (without.total, set(with_none.missing) - set(without.missing)) == (with_none.total, {key})


@rules
@given(sheets(COMMUNE, ORGANISATION), AREAS)
def test_the_second_level_is_never_reached_without_the_first(sheet, area):
    criteria, answers = sheet
    first, second = (score(criteria, answers, {"area": area}, level) for level in (1, 2))
    assert RANK[first.outcome] >= RANK[second.outcome]
    assert first.level == second.level


@rules
@given(sheets(*ALL), AREAS)
def test_every_line_and_every_sheet_explains_itself(sheet, area):
    result = score(*sheet, {"area": area})
    assert all(line.because.endswith((".", ")")) and len(line.because) > 5 for line in result.lines)
    assert result.because.startswith({PASS: "Đạt", FAIL: "Không đạt", INCOMPLETE: "Chưa kết luận"}[result.outcome])


@rules
@given(st.integers(1, 10**9), st.data())
def test_a_share_is_never_rounded_across_its_mark(of, data):
    count = data.draw(st.integers(0, of))
    line = score(COMMUNE, {"CDX-5.1": {"count": count, "of": of}}).lines[13]
    assert line.reached == (count * 100 >= 60 * of) + (count * 100 >= 80 * of)
    assert ("80,00 %" in line.because) <= (line.reached == 2)
    assert ("60,00 %" in line.because) <= (line.reached >= 1)
