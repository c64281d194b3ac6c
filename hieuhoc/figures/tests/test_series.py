"""Series over mergers: what adds up, what does not and why; on cases and on the real tree."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.figures import history, series
from hieuhoc.figures.facts import Value
from hieuhoc.figures.models import Figure, Source
from hieuhoc.figures.series import Part, cell
from hieuhoc.places import search, tree
from hieuhoc.places.load import load
from hieuhoc.plans import national

TODAY = date(2026, 11, 28)


def value(place, count=10, total=20, **more):
    return Value(place, 2024, "FAMILY", "reported", total=total, count=count, **more)


A, B = Part(1, "Xã A"), Part(2, "Xã B")
TORN = Part(3, "Xã C", whole=False, elsewhere="Xã D", default=True)
LEFT = Part(4, "Xã E", whole=False, elsewhere="Xã G", default=False)
FIGURES = {1: value(1), 2: value(2, 5, 30), 3: value(3, 7, 9), 4: value(4)}
SUMS = {
    "one whole part is itself": ((A,), False, 10, 20, ""),
    "whole parts add up": ((A, B), False, 15, 50, ""),
    "a split part breaks it": ((A, TORN), False, None, None, "Không so sánh được: Xã C đã tách, một phần về Xã D."),
    "by default its heir takes it": ((A, TORN), True, 17, 29, ""),
    "by default another's heir does not": ((A, LEFT), True, 10, 20, ""),
    "only torn parts that went elsewhere": ((LEFT,), True, None, None, "Không so sánh được: Xã E đã tách"),
    "nothing was there": ((), False, None, None, "Chưa có đơn vị này."),
}


@pytest.mark.parametrize(("parts", "by_default", "count", "total", "because"), SUMS.values(), ids=SUMS)
def test_what_adds_up(parts, by_default, count, total, because):
    found = cell(2024, parts, FIGURES, by_default=by_default)
    got = (found.value.count, found.value.total) if found.value else (None, None)
    assert got == (count, total) and found.because.startswith(because)


def test_what_was_taken_by_default_is_marked():
    assert cell(2024, (A, TORN), FIGURES, by_default=True).marks == (
        "tổng của Xã A, Xã C", "gán trọn cho đơn vị mặc định: Xã C",
    )  # fmt: skip


def test_a_part_without_a_figure_leaves_no_partial_sum():
    found = cell(2024, (A, Part(9, "Xã H")), FIGURES)
    assert found.value is None and found.because == "Thiếu số liệu của Xã H."


def test_shares_are_not_added():
    only = {1: value(1, None, None, share=80), 2: value(2, None, None, share=60)}
    assert cell(2024, (A, B), only).because == "Chỉ có tỷ lệ, không cộng được: Xã A, Xã B."


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8), st.randoms())
def test_the_sum_is_the_same_in_whatever_order(counts, chance):
    parts = [Part(at, f"Xã {at}") for at in range(len(counts))]
    values = {at: value(at, *pair) for at, pair in enumerate(counts)}
    chance.shuffle(parts)
    found = cell(2024, parts, values).value
    assert (found.count, found.total) == tuple(map(sum, zip(*counts, strict=True)))


def test_a_new_criteria_set_and_title_are_marked():
    cells = tuple(
        series.Cell(year, Value(1, year, "FAMILY", "reported", count=1, title=title) if title else None)
        for year, title in (
            (2014, "Gia đình hiếu học"),
            (2016, ""),
            (2017, "Gia đình học tập"),
            (2018, "Gia đình học tập"),
        )
    )
    line = series.marked(series.Line(1, "Xã A", "FAMILY", cells), {"FAMILY": (2016,)})
    assert [one.marks for one in line.cells] == [(), (), (series.NEW_SET, series.NEW_TITLE), ()]


@pytest.fixture
def catalogue(db):
    load()
    return {name: search.find(name, day, level)[0].unit_id for name, day, level in (
        ("Bắc Kạn", date(2024, 12, 31), "province"), ("Thái Nguyên", date(2024, 12, 31), "province"),
    )} | {"new": tree.by_code("19", "province", TODAY).unit_id}  # fmt: skip


def told(place, year, count, total=None, **more):
    return Figure.objects.create(
        place_id=place, year=year, indicator="FAMILY", source=Source.REPORTED, count=count, total=total, **more
    )


def row(place, of, **more):
    found = history.lines(place, range(2023, 2027), TODAY, of=of, **more)["FAMILY"]
    return {line.name: [one.value.count if one.value else one.because for one in line.cells] for line in found}


def test_bac_kan_is_reached_from_thai_nguyen_and_the_reverse(catalogue):
    old_bk, old_tn, new = catalogue["Bắc Kạn"], catalogue["Thái Nguyên"], catalogue["new"]
    told(old_bk, 2023, 50, 80), told(old_tn, 2023, 200, 300), told(old_tn, 2024, 210, 300), told(new, 2026, 300, 380)
    assert row(new, "now") == {"Tỉnh Thái Nguyên": [250, "Thiếu số liệu của Tỉnh Bắc Kạn.", "", 300]}
    went = "Từ ngày 01/07/2025 thuộc Tỉnh Thái Nguyên."
    assert row(new, "then") == {
        "Tỉnh Thái Nguyên (trước 01/07/2025)": [200, 210, went, went],
        "Tỉnh Bắc Kạn (trước 01/07/2025)": [50, "", went, went],
        "Tỉnh Thái Nguyên (từ 01/07/2025)": [*["Chưa có: từ ngày 01/07/2025."] * 2, "", 300],
    }
    assert row(old_bk, "then") == {"Tỉnh Bắc Kạn (trước 01/07/2025)": [50, "", went, went]}
    # In the year of the merger figures of the units before it stand in.
    told(catalogue["Bắc Kạn"], 2025, 52, 80), told(catalogue["Thái Nguyên"], 2025, 205, 300)
    found = history.lines(catalogue["new"], [2025], TODAY)["FAMILY"][0].cells[0]
    assert found.value.count == 257 and history.BEFORE_MERGER in found.marks


def test_a_split_commune_is_not_comparable_unless_asked(catalogue):
    with_torn = next(
        (unit, parts) for unit, parts in _communes() if any(not one.whole and one.default for one in parts)
    )
    unit, parts = with_torn
    for one in parts:
        told(one.place_id, 2024, 5, 9)
    broken = history.lines(unit, [2024], TODAY)["FAMILY"][0].cells[0]
    assert broken.value is None and broken.because.startswith("Không so sánh được")
    by_default = history.lines(unit, [2024], TODAY, by_default=True)["FAMILY"][0].cells[0]
    assert by_default.value.count > 0 and any("mặc định" in one for one in by_default.marks)


def _communes():
    """Communes of today with the units that held their territory in 2024."""
    for unit in tree.below(tree.root(), TODAY, "commune"):
        yield unit, history.parts_of(unit, [2024], TODAY)[2024][0]


def show(*words):
    out = StringIO()
    call_command("figures", "show", *words, stdout=out)
    return out.getvalue()


def test_the_command_reads_the_code_by_the_map(catalogue):
    told(catalogue["Bắc Kạn"], 2024, 50, 80), told(catalogue["Thái Nguyên"], 2024, 200, 300)
    now = json.loads(show("--place", "19", "--year", "2024", "--map", "now", "--json"))
    assert (now["place"]["name"], now["figures"][0]["recognised"], now["figures"][0]["total"]) == (
        "Tỉnh Thái Nguyên", 250, 380,
    )  # fmt: skip
    then = json.loads(show("--place", "06", "--year", "2024", "--map", "then", "--json"))
    assert then["place"]["name"] == "Tỉnh Bắc Kạn" and then["figures"][0]["share_percent"] == 62.5
    assert json.loads(show("--place", "06", "--year", "2024", "--json"))["place"]["code"] == "19", "its heir today"
    assert "50/80 · 62,50 %" in show("--place", "06", "--year", "2024", "--map", "then")


def test_the_command_says_targets_gaps_and_what_is_not_comparable(catalogue):
    national.load()
    told(catalogue["Thái Nguyên"], 2024, 200, 300)
    said = json.loads(show("--place", "19", "--year", "2024", "--json"))
    assert said["not_comparable"] == [{"indicator": "FAMILY", "because": "Thiếu số liệu của Tỉnh Bắc Kạn."}]
    old = json.loads(show("--place", "19", "--year", "2024", "--map", "then", "--json"))
    family = next(one for one in old["targets"] if one["population"] == "households")
    held = {key: family[key] for key in ("value", "count", "needed", "gap", "pace_per_year")}
    assert held == {"value": 70, "count": 200, "needed": 210, "gap": 10, "pace_per_year": 10}


def test_a_place_nobody_knows_is_said(db):
    with pytest.raises(SystemExit) as ended:
        show("--place", "99999", "--year", "2024", "--json")
    assert ended.value.code == 1
