"""What is typed into a cell and how it reads there again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.dossiers import typed
from hieuhoc.scoring import Indicator

SCORE = Indicator("GD-1.1", "Điểm", "score", points=Decimal(10))
YES_NO = Indicator("DV-1.1", "Kế hoạch", "yes_no")
SHARE = Indicator("DV-2.1", "Tỷ lệ", "share")
NUMBER = Indicator("X-1", "Số", "number")
CHANGE = Indicator("X-2", "Thay đổi", "change")
LEVEL = Indicator("DV-3.4", "Mức", "level", names=("cơ bản", "tốt"))


@pytest.mark.parametrize(
    ("indicator", "text", "value"),
    [
        (SCORE, "8", 8), (SCORE, "8,5", 8.5), (SCORE, " 8.5 ", 8.5), (SCORE, "0", 0), (SCORE, "08", 8),
        (SCORE, "", None), (SCORE, "   ", None),
        (SCORE, "KAD", "n/a"), (SCORE, "kad", "n/a"), (SCORE, "-", "n/a"), (SCORE, "–", "n/a"),
        (SCORE, "Không áp dụng", "n/a"), (YES_NO, "-", "n/a"), (SHARE, "KAD", "n/a"),
        (YES_NO, "Có", True), (YES_NO, "x", True), (YES_NO, "✓", True), (YES_NO, "1", True),
        (YES_NO, "Không", False), (YES_NO, "ko", False), (YES_NO, "0", False),
        (SHARE, "18/20", {"count": 18, "of": 20}), (SHARE, "1.385 / 1.847", {"count": 1385, "of": 1847}),
        (NUMBER, "1.234,5", 1234.5), (CHANGE, "15/12", {"now": 15, "before": 12}), (CHANGE, "-3", -3),
        (LEVEL, "2", 2), (LEVEL, "tốt", 2), (LEVEL, "mức cơ bản", 1), (LEVEL, "Mức 2", 2),
    ],
)  # fmt: skip
def test_what_is_typed_is_read(indicator, text, value):
    read = typed.read(indicator, text)
    assert read == value and type(read) is type(value)


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        (SCORE, "tám"), (SCORE, "8,5,1"), (SCORE, "8/10"), (SCORE, "=1+1"), (SCORE, "9" * 61), (SCORE, "1e3"),
        (SCORE, "NaN"), (SCORE, "∞"), (YES_NO, "có lẽ"), (YES_NO, "2"), (SHARE, "90%"), (SHARE, "18"),
        (SHARE, "18/hai"), (SHARE, "/"), (NUMBER, "nhiều"), (LEVEL, "xuất sắc"), (CHANGE, "hơn"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_a_hint(indicator, text):
    with pytest.raises(typed.Unreadable) as said:
        typed.read(indicator, text)
    assert str(said.value).startswith(indicator.key) and typed.hint(indicator) in str(said.value)


@pytest.mark.parametrize(
    ("indicator", "value", "text"),
    [
        (SCORE, None, ""), (SCORE, "n/a", "KAD"), (SCORE, 0, "0"), (SCORE, 8.5, "8,5"), (SCORE, 10, "10"),
        (YES_NO, True, "Có"), (YES_NO, False, "Không"), (SHARE, {"count": 0, "of": 20}, "0/20"),
        (NUMBER, 1234567, "1234567"), (CHANGE, {"now": 15, "before": 12}, "15/12"), (LEVEL, 2, "2"),
    ],
)  # fmt: skip
def test_missing_not_applicable_and_zero_read_differently(indicator, value, text):
    assert typed.shown(indicator, value) == text


numbers = st.one_of(
    st.integers(-10_000_000, 10_000_000),
    st.decimals(-10_000, 10_000, places=2).map(lambda d: typed.stored(Decimal(d))),
)
counts = st.integers(0, 1_000_000)
answers = st.one_of(
    st.tuples(st.sampled_from([SCORE, NUMBER, CHANGE, LEVEL]), numbers),
    st.tuples(st.just(YES_NO), st.booleans()),
    st.tuples(st.just(SHARE), st.fixed_dictionaries({"count": counts, "of": counts})),
    st.tuples(st.just(CHANGE), st.fixed_dictionaries({"now": numbers, "before": numbers})),
    st.tuples(st.sampled_from([SCORE, YES_NO, SHARE, NUMBER, CHANGE, LEVEL]), st.sampled_from([None, "n/a"])),
)


@given(answers)
def test_what_is_shown_typed_again_is_the_same(answer):
    indicator, value = answer
    assert typed.read(indicator, typed.shown(indicator, value)) == value


@given(st.sampled_from([SCORE, YES_NO, SHARE, NUMBER, CHANGE, LEVEL]), st.text(max_size=80))
def test_no_text_breaks_the_reading(indicator, text):
    try:
        value = typed.read(indicator, text)
    except typed.Unreadable as said:
        assert str(said)
    else:
        assert value is None or isinstance(value, bool | int | float | str | dict)
