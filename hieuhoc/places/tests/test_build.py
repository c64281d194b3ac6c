"""The catalogue that ships, against the given prototype and the known facts; the gates must bite."""

import csv
import gzip
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from hieuhoc.places.build import gates, lineage, units, wheels, write
from hieuhoc.places.build.__main__ import main

PLACES = Path(__file__).resolve().parents[1]
GIVEN = PLACES.parents[1].parent / "shared" / "data" / "places"
FACTS = wheels.facts(PLACES / "build" / "facts.json")


def table(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def rows() -> list[units.Version]:
    return [units.Version(**row) for row in table(PLACES / "data" / "units.csv.gz")]


@pytest.fixture(scope="module")
def edges() -> list[lineage.Edge]:
    found = table(PLACES / "data" / "lineage.csv.gz")
    return [lineage.Edge(**row | {"whole": int(row["whole"]), "default": int(row["default"])}) for row in found]


@pytest.fixture(scope="module")
def given() -> Path:
    if not GIVEN.is_dir():
        pytest.skip(f"the given catalogue is not at {GIVEN}")
    return GIVEN


def test_the_catalogue_passes_its_own_gates(rows, edges):
    gates.check(rows, edges, FACTS)
    assert len(rows) == 14_174


def test_units_equal_the_given_ones(rows, given):
    ours = {(r.level, r.code, r.name, r.kind, r.parent, r.valid_from, r.valid_to, r.decree) for r in rows}
    assert ours == {tuple(row.values()) for row in table(given / "units.csv.gz")}


def test_commune_edges_equal_the_given_ones(edges, given):
    ours = {
        (
            "D" + e.old if e.level == "district" else e.old,
            e.new,
            "whole" if e.whole else "partial",
            e.kind,
            str(e.default),
        )
        for e in edges
        if e.level != "province"
    }
    assert ours == {tuple(row.values()) for row in table(given / "lineage_2025.csv.gz")}
    assert len(ours) == 10_571


def test_provinces_merge_or_stay(edges):
    kinds = Counter(edge.kind for edge in edges if edge.level == "province")
    assert kinds == {"merge": 52, "continue": 11}
    found = {edge.old: (edge.new, edge.kind) for edge in edges if edge.level == "province"}
    assert (found["06"], found["14"], found["64"]) == (("19", "merge"), ("14", "continue"), ("52", "merge"))


@pytest.mark.parametrize(
    ("code", "day", "name", "kind"),
    [
        ("75", "2026-04-29", "Tỉnh Đồng Nai", "tỉnh"),
        ("75", "2026-04-30", "Thành phố Đồng Nai", "thành phố"),
        ("52", "2025-06-30", "Tỉnh Bình Định", "tỉnh"),
        ("52", "2025-07-01", "Tỉnh Gia Lai", "tỉnh"),
        ("23905", "2025-06-30", "Xã Ia Băng", "xã"),
        ("23908", "2025-07-01", "Xã Ia Tôr", "xã"),
        ("07294", "2026-09-20", "Phường Bố Hạ", "phường"),
        ("21548", "2025-07-01", "Đặc khu Lý Sơn", "đặc khu"),
    ],
)
def test_what_a_code_meant_on_a_day(rows, code, day, name, kind):
    assert [(row.name, row.kind) for row in gates.on_day(rows, day) if row.code == code] == [(name, kind)]


BREAKS = {
    "a commune lost": lambda rows, edges: (rows[1:], edges),
    "a parent unknown": lambda rows, edges: ([replace(rows[0], parent="999"), *rows[1:]], edges),
    "a type wrong": lambda rows, edges: ([*rows[:2], replace(rows[2], kind="xã"), *rows[3:]], edges),
    "an overlap": lambda rows, edges: (
        [replace(row, valid_to="2025-08-01") if row.code == "00004" and not row.valid_from else row for row in rows],
        edges,
    ),
    "an edge lost": lambda rows, edges: (rows, [edge for edge in edges if edge.old != "23905"]),
    "an edge too many": lambda rows, edges: (rows, [*edges, replace(edges[0], new="00004", default=0)]),
    "two defaults": lambda rows, edges: (
        rows,
        [replace(edge, default=1) if edge.old == "00019" else edge for edge in edges],
    ),
    "a province astray": lambda rows, edges: (
        rows,
        [replace(e, new="14") if (e.level, e.old) == ("province", "06") else e for e in edges],
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_gate_bites(rows, edges, what):
    with pytest.raises(gates.Disagrees):
        gates.check(*BREAKS[what](rows, edges), FACTS)


def test_the_files_are_the_same_bytes_on_every_run(rows, edges, tmp_path):
    written = list(write.files(tmp_path, rows, edges))
    assert [path.read_bytes() for path in written] == [(PLACES / "data" / path.name).read_bytes() for path in written]


def test_a_missing_wheel_is_said(tmp_path, capsys):
    assert main([str(tmp_path)]) == 1
    assert "vietnamadminunits-1.0.4" in capsys.readouterr().err


def test_another_release_of_a_wheel_is_refused(tmp_path, capsys):
    (tmp_path / wheels.LEGACY).write_bytes(b"PK")
    assert main([str(tmp_path)]) == 1
    assert "not the file" in capsys.readouterr().err
