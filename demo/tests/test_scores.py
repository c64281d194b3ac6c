"""Score sheets: who is on them, how columns are headed, and what is spoilt."""

from random import Random

import pytest

from demo.answers import INCOMPLETE, PASS, questions
from demo.books import citizens, groups, households, scores
from demo.books.scores import Scored, citizen_records, family_records, judged, score_all, spoil
from demo.books.table import Entry, Fault


def test_families_scored_are_registered_ones_named_as_in_their_roster(world):
    registered = {home.code: home for home in world.households if home.registered}
    records = family_records(world.households, Random(1))
    assert 0.95 <= len(records) / len(registered) <= 0.99
    for record in records:
        roster = households.record(registered[record["household_code"]])
        assert record.items() <= roster.items()


def test_citizens_scored_are_the_assessed_named_as_in_their_roster(world):
    records = citizen_records(world.citizens)
    assessed = [one for one in world.citizens if one.assessed]
    assert len(records) == len(assessed)
    for record, one in zip(records, assessed, strict=True):
        roster = citizens.record(one)
        same = ("village", "household_code", "name", "cccd", "organisation")
        assert [record[key] for key in same] == [roster[key] for key in same]
        assert record["birth_date"] == one.person.born.year


@pytest.mark.parametrize(
    ("heads", "first"),
    [
        (scores.by_keys, "GD-1.1 (10đ)"),
        (scores.by_labels, "1. Học tập của các thành viên|Trẻ em, học sinh trong nhà được đi học đầy đủ"),
        (scores.by_both, "GD-1.1. Trẻ em, học sinh trong nhà được đi học đầy đủ"),
    ],
)
def test_columns_are_headed_by_key_by_label_or_by_both(heads, first):
    asked = questions("demo-family")
    columns = heads(asked)
    assert columns[0].label == first
    assert [column.key for column in columns] == [item.key for item in asked.typed]


def test_three_cells_are_spoilt_and_the_rest_left_alone():
    asked = questions("demo-family")
    scored = score_all(asked, [{"head_name": f"Hộ {n}"} for n in range(40)], Random(1))
    spoilt = spoil(scored, asked, Random(2))
    wrong = [one.entry.fault for one in spoilt if one.entry.fault]
    assert sorted(fault.code for fault in wrong) == ["negative", "not_a_number", "over_maximum"]
    assert [one.entry.record for one in spoilt] == [one.entry.record for one in scored]


def test_a_list_shorter_than_the_faults_is_spoilt_as_far_as_it_goes():
    asked = questions("demo-family")
    assert spoil([], asked, Random(1)) == []
    one = score_all(asked, [{"head_name": "Hộ"}], Random(1))
    assert len(spoil(one, asked, Random(1))) == 1


def test_outcomes_are_counted_over_the_rows_without_a_fault():
    rows = [PASS, PASS, "near", "low", "low_one", INCOMPLETE]
    scored = [Scored(Entry({}), outcome) for outcome in rows]
    scored.append(Scored(Entry({}, Fault("negative", "GD-1.1", -5)), PASS))
    assert judged(scored) == {"pass": 2, "fail": 3, "incomplete": 1}


def test_a_village_is_on_one_score_sheet_only(world):
    books, _ = scores.family_books(world, 387)
    found: dict[str, str] = {}
    for book in books:
        for row in book.drafts[0].page.rows:
            for code in (value for value in row if str(value).startswith("IT")):
                assert found.setdefault(code[:4], book.file) == book.file
    assert len(found) == 14


def test_group_score_sheets_ask_for_nothing_that_is_computed(world):
    for book in groups.score_books(world, 387):
        keys = {column.key for column in book.drafts[0].columns}
        assert not keys & {"DH-2.1", "TH-2.1", "DD-2.1"}
        assert len([key for key in keys if key[:2] in ("DH", "TH", "DD")]) == 7


def test_shares_of_communities_are_formulas_that_keep_their_value(world):
    book = groups.community_roster(world, 387)
    column = [column.key for column in book.drafts[0].columns].index("share_percent")
    for draft, first in zip(book.drafts, ("Làng", "Thôn"), strict=True):
        rows = [row for row in draft.page.rows if len(row) > column and getattr(row[column], "text", "")]
        assert rows, first
        for row in rows:
            assert row[column].value == round(row[5] / row[3] * 100, 2)
