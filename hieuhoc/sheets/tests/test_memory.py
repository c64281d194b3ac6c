"""Corrected headings are remembered per place and kind, and the next check follows them."""

import pytest

from hieuhoc.places.models import Unit
from hieuhoc.sheets.engine import check
from hieuhoc.sheets.memory import recall, remember
from hieuhoc.sheets.models import ColumnMemory

ROSTER = "STT;Thôn;Họ và tên chủ hộ;Nhân lực\n1;Thôn 1;Lê Văn An;4\n2;Thôn 1;Bùi Thị Mến;3\n".encode()


@pytest.fixture
def place(db) -> int:
    return Unit.objects.create(level="commune").pk


def test_a_correction_is_made_once(place):
    first = check(ROSTER, "households")
    heading = next(one["header_key"] for one in first.seen() if one["letter"] == "D")
    remember(place, "households", {heading: "adults"})
    again = check(ROSTER, "households", mapping=recall(place, "households"))
    assert "adults" not in first.tables[0]["columns"]
    assert again.tables[0]["columns"]["adults"] == "D"
    assert again.column("adults") == [4, 3]


def test_the_last_word_counts(place):
    remember(place, "households", {"nhan luc": "adults", "thon": "village"})
    remember(place, "households", {"nhan luc": ""})
    assert recall(place, "households") == {"nhan luc": "", "thon": "village"}
    assert ColumnMemory.objects.count() == 2


def test_another_kind_or_place_is_not_touched(place):
    remember(place, "households", {"nhan luc": "adults"})
    assert recall(place, "citizens") == {}
    assert recall(Unit.objects.create(level="commune").pk, "households") == {}
