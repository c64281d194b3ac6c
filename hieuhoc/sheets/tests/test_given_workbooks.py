"""The sample workbooks of commune officers give exactly what their truth says, by the engine's face."""

import json
from collections import Counter
from decimal import Decimal
from functools import cache

import pytest

from hieuhoc.common.text import name_key
from hieuhoc.sheets.engine import CheckResult, check
from hieuhoc.sheets.tests.given import SAMPLES, SETS, TODAY, VILLAGES

TRUTHS = sorted(SAMPLES.glob("*.truth.json"))
pytestmark = pytest.mark.skipif(not TRUTHS, reason="../shared/data/sheets is not here")
NAMES = ("name", "head_name")


@cache
def read(path) -> tuple[dict, CheckResult]:
    truth = json.loads(path.read_text(encoding="utf-8"))
    workbook = next(one for one in SAMPLES.glob(path.name.replace(".truth.json", ".*")) if one.suffix != ".json")
    return truth, check(workbook, truth["kind"], villages=VILLAGES, criteria=SETS, today=TODAY)


@pytest.fixture(params=TRUTHS, ids=lambda path: path.name.removesuffix(".truth.json"))
def both(request):
    return read(request.param)


def test_tables_stand_where_they_stand(both):
    truth, result = both
    names = ("sheet", "header_row", "header_rows", "first_row", "last_row", "rows", "columns")
    assert [{n: table[n] for n in names} for table in result.tables] == [
        {n: table[n] for n in names} for table in truth["tables"]
    ]
    with_village = [table for table in truth["tables"] if "village" in truth["filled"]]
    assert [table["village_from"] for table in result.tables][: len(with_village)] == [
        table["village_from"] for table in with_village
    ]


def test_every_problem_is_found_and_no_other(both):
    truth, result = both
    names = ("sheet", "row", "column", "code", "cell", "other_row")
    found = [tuple(problem.get(n) for n in names[:4]) for problem in result.problems]
    assert Counter(found) == Counter(tuple(problem[n] for n in names[:4]) for problem in truth["problems"])
    known = {found: problem for found, problem in zip(found, result.problems, strict=True)}
    for problem in truth["problems"]:
        mine = known[tuple(problem[n] for n in names[:4])]
        assert mine.get("other_row") == problem.get("other_row")
        assert mine["cell"] == problem.get("cell", mine["cell"])
        assert mine["message"].endswith(".")


def test_records_are_counted(both):
    truth, result = both
    assert (result.records, result.ok) == (truth["records"], truth["records_without_problem"])
    assert len(list(result.rows())) == truth["records"]
    assert len(list(result.rows(only_ok=True))) == truth["records_without_problem"]


def test_rows_that_are_no_data_are_told(both):
    truth, result = both
    found = {(table["sheet"], one["row"], one["what"]) for table in result.tables for one in table["skipped"]}
    assert found == {(one["sheet"], one["row"], one["what"]) for one in truth["skipped"]}


def test_sample_records_are_read_exactly(both):
    truth, result = both
    rows = {(row["_sheet"], row["_row"]): row for row in result.rows()}
    for wanted in truth["records_sample"]:
        assert comparable(rows[wanted["_sheet"], wanted["_row"]]) == comparable(wanted)


def test_sums_and_filled_cells(both):
    truth, result = both
    wrong = {(p["sheet"], p["row"], p["column"]) for p in truth["problems"] if p["code"] != "duplicate"}
    rows = list(result.rows())
    for key, total in truth["sums"].items():
        numbers = [
            Decimal(str(row[key]))
            for row in rows
            if not isinstance(row[key], str | None) and (row["_sheet"], row["_row"], key) not in wrong
        ]
        assert sum(numbers) == Decimal(str(total)), key
    for key, count in truth["filled"].items():
        name, _, yes = key.partition("=")
        assert sum(row[name] is True if yes else row[name] is not None for row in rows) == count, key


def test_encodings(both):
    truth, result = both
    assert result.encoding == truth["encoding"]
    assert (result.file_encoding, result.delimiter) == (truth.get("file_encoding"), truth.get("delimiter"))


def comparable(row: dict) -> dict:
    """A record with names as names are compared and numbers without their kind."""
    return {
        key: name_key(value) if key in NAMES and value else float(value) if isinstance(value, Decimal) else value
        for key, value in row.items()
    }
