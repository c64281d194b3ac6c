"""Cells that are taken as typed are those that converting would not change."""

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from hieuhoc.sheets.settled import unsettled
from hieuhoc.sheets.values import FAILED, text

TYPED = st.text(st.sampled_from("ab Ệẹ\u0323e\u0302\u00a0\u200b\t\n"), max_size=6)
CELL = TYPED | st.sampled_from(["", " ", *FAILED]) | st.floats(-9, 9) | st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(st.sampled_from(["name", "text", "code"]), st.lists(CELL, max_size=8))
@example("name", ["Ksor H'Ngưn", "Lê Văn An"])
@example("text", ["", "a"])
@example("code", ["a\nb", "a  b"])
def test_a_cell_taken_as_typed_is_already_what_converting_makes(kind, cells):
    for cell in set(cells) - unsettled(kind, cells):
        assert cell == text(cell) != ""


def test_tidy_texts_are_not_looked_at_one_by_one():
    assert unsettled("name", ["Ksor H'Ngưn", "Lê Văn An", "", "#N/A"]) == {"", "#N/A"}
