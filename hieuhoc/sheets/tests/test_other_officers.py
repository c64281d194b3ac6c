"""Other officers with other habits: workbooks mixed from every habit at random are read right."""

import pytest

from hieuhoc.common.text import name_key
from hieuhoc.sheets.engine import _sets
from hieuhoc.sheets.reader import read
from hieuhoc.sheets.tests.given import SETS, TODAY, VILLAGES
from hieuhoc.sheets.tests.officers import make

NAMES = ("name", "head_name")


def rows_of(report: dict) -> list[dict]:
    return [
        {"_sheet": table["sheet"]} | dict(zip(columns, values, strict=True))
        for table, columns in zip(report["tables"], report["columns"], strict=True)
        for values in zip(*columns.values(), strict=True)
    ]


def comparable(record: dict) -> dict:
    return {key: name_key(value) if key in NAMES and value else value for key, value in record.items()}


def wrong_in(seed: int) -> list[str]:
    """What was read otherwise than it is in the workbook of this seed."""
    made = make(seed)
    report = read(made.data, {"kind": made.kind, "villages": VILLAGES, "today": TODAY.isoformat(), "sets": _sets(SETS)})
    found = {(row["_sheet"], row["_row"]): comparable(row) for row in rows_of(report)}
    wanted = {(row["_sheet"], row["_row"]): comparable(row) for row in made.records}
    wrong = [f"row {row} is no record" for row in found.keys() - wanted.keys()]
    wrong += [f"row {row} was not found" for row in wanted.keys() - found.keys()]
    for row in found.keys() & wanted.keys():
        if found[row] != wanted[row]:
            wrong.append(f"{row}: {dict(found[row].items() ^ wanted[row].items())}")
    problems = {(p["sheet"], p["row"], p["column"], p["code"]) for p in report["problems"]}
    wrong += [f"problem {problem}" for problem in problems ^ made.problems]
    return wrong + ([] if report["encoding"] == made.encoding else [f"encoding {report['encoding']}"])


@pytest.mark.parametrize("seed", range(160))
def test_a_workbook_of_mixed_habits_is_read_right(seed):
    assert wrong_in(seed) == []
