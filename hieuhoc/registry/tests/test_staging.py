"""Columns made ready for COPY say the same as the rules say of each row."""

import json
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.common.text import fold, name_key, sort_key
from hieuhoc.registry import identity, rules, staging
from hieuhoc.registry.keys import keys_of
from hieuhoc.registry.models import Model

WORDS = st.text(alphabet="aăâbđơưHừÂ'’ -1.²\u0301\u0300\tΣ", max_size=24)


@given(st.one_of(st.text(), WORDS))
def test_keys_made_word_by_word_are_those_of_the_whole_name(name):
    assert keys_of(name) == (fold(name), sort_key(name), name_key(name))


COLUMNS = {
    "_row": [2, 3, 4],
    "village": ["Làng Ring", None, "Làng Ring"],
    "head_name": ["Ksor H'Bia", "Siu\tBlơn", "KSOR H’BIA"],
    "household_code": ["IT-001", None, "IT-003"],
    "phone": ["0905000001", None, "0905000002, gọi buổi tối sau 19 giờ"],
    "cccd": [None, "064079901204", None],
    "members": [5, None, 0],
    "address": ['Tổ 1, "nhà sàn"', "C:\\xóm", None],
    "clan": ["Dòng họ Ksor", None, ""],
    "registered": [True, False, True],
}
PLACES = {None: 1, "Làng Ring": 7}


@pytest.mark.django_db
@pytest.mark.parametrize("text", [
    "a\tb", "a\\b", 'a"b', "a\nb", "\\N", "a\x00b", "\\u0000", "Ksor H'Bia", "\u2028", "a\x7f", "\x1fa",
])  # fmt: skip
def test_details_are_read_back_as_they_were(text):
    columns = {"_row": [1], "head_name": ["A"], "village": [None], "address": [text]}
    with connection.cursor() as cursor:
        cursor.execute("create temporary table back (a jsonb) on commit drop")
        with cursor.copy("copy back from stdin") as copy:
            copy.write(staging.lines([staging.Roster("households", columns, PLACES).subjects()[-1]]))
        cursor.execute("select a->>'address' from back")
        assert cursor.fetchone() == (text.replace("\x00", ""),)


@pytest.fixture
def roster():
    return staging.Roster("households", COLUMNS, PLACES)


def records() -> list[dict]:
    return [dict(zip(COLUMNS, values, strict=True)) for values in zip(*COLUMNS.values(), strict=True)]


def test_details_of_columns_are_those_of_each_row(roster):
    wanted = [rules.details_of({k: v for k, v in row.items() if v != ""}, "head_name") for row in records()]
    assert [json.loads(one) for one in roster.details()] == wanted
    assert wanted[0]["clan_key"] == "ksor" and "registered" not in wanted[0]


KNOWN_BY = {
    Model.FAMILY: "7|ksor h'bia|IT-1",
    Model.CITIZEN: "7|ksor h'bia|1980-05-03",
    Model.CLAN: "7|ksor h'bia",
    Model.COMMUNITY: "7|ksor h'bia",
    Model.ORGANISATION: "7|ksor h'bia",
}


@pytest.mark.parametrize(("model", "wanted"), KNOWN_BY.items())
def test_what_a_subject_is_known_by(model, wanted):
    assert rules.natural_key(model, 7, "KSOR H’BIA", "IT-1", "1980-05-03") == wanted
    assert rules.natural_keys(model, [7, 8], ["A", "B"], ["c", ""], ["", "1980"])[1].startswith("8|b")


def test_natural_keys_of_columns_are_those_of_each_row(roster):
    wanted = [
        rules.natural_key(Model.FAMILY, PLACES[row["village"]], row["head_name"], row["household_code"] or "", "")
        for row in records()
    ]
    assert roster.natural_keys() == wanted


def test_a_telephone_longer_than_its_column_gives_its_first_number(roster):
    assert roster.phones() == ["0905000001", "", "0905000002"]


def test_a_number_is_sealed_and_found_again(roster):
    without, (ciphertext, digest, last), _ = zip(*roster.numbers(), strict=True)
    assert without == ("\\N", "\\N", "\\N")
    assert identity.reveal(bytes.fromhex(ciphertext.removeprefix("\\\\x"))) == "064079901204"
    assert roster.digests() == ["\\N", digest, "\\N"]
    assert (digest, last) == (f"\\\\x{identity.digest('064079901204').hex()}", "204")


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a\tb", "a\\b", "a\nb", "\\N", "\\.", "xuống\r\ndòng", "a\x00b", "", "Ksor H'Bia"])
def test_copy_reads_back_what_was_written(text):
    with connection.cursor() as cursor:
        cursor.execute("create temporary table back (a text, b text) on commit drop")
        with cursor.copy("copy back from stdin") as copy:
            copy.write(staging.lines([staging.escaped([text, "x"]), staging.escaped(["x", text])]))
        cursor.execute("select a, b from back")
        assert cursor.fetchall() == [(text.replace("\x00", ""), "x"), ("x", text.replace("\x00", ""))]


@given(st.integers(1, 300))
def test_identifiers_are_of_version_7_distinct_and_rising(count):
    made = staging.identifiers(count)
    assert len(set(made)) == count and made == sorted(made)
    assert {(UUID(one).version, UUID(one).variant) for one in made} == {(7, "specified in RFC 4122")}


def test_a_long_roster_is_made_ready_in_parts_and_in_order():
    count = staging.PART * 2 + 17
    columns = {
        "_row": list(range(count)),
        "head_name": [f"Ksor {at}" for at in range(count)],
        "village": [None] * count,
    }
    parts = list(staging.Roster("households", columns, PLACES))
    assert [part.count for part in parts] == [staging.PART, staging.PART, 17]
    assert [row for part in parts for row in part.rows()] == [str(at) for at in range(count)]


def test_some_rows_of_a_roster(roster):
    some = roster.only([True, False, True])
    assert (some.count, some.names, roster.only([True] * 3)) == (2, ["Ksor H'Bia", "KSOR H’BIA"], roster)
