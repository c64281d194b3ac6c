"""The workbooks as a whole: they open, say what they are, hold nobody's number, and are the same every time."""

import csv
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from demo import NOTICE
from demo.make import Written, build, main
from demo.villages import IA_TOR
from hieuhoc.common.legacy import tcvn3_to_unicode, vni_to_unicode

ROOT = Path(__file__).resolve().parents[2]
READ_AS = {"04-ho-phong-chu-cu.xlsx": tcvn3_to_unicode, "15-cham-diem-gia-dinh-vni.xlsx": vni_to_unicode}
CSV_ENCODING = {"09-cong-dan-nam-nu.csv": "cp1258"}
WRONG_NUMBERS = {"231045678", "6407512345"}  # citizen numbers that are wrong on purpose
ROSTERS = [
    ("01-ho-gia-dinh-2026.xlsx", "households", 5),
    ("02-ho-theo-tung-thon.xlsx", "households", 3),
    ("03-ho-moi-thon-mot-trang.xlsx", "households", 2),
    ("04-ho-phong-chu-cu.xlsx", "households", 2),
    ("05-dong-ho.ods", "clans", 2),
    ("06-cong-dong-thon-lang.xlsx", "communities", 1),
    ("07-don-vi.csv", "organisations", 2),
    ("08-cong-dan-1.xlsx", "citizens", 5),
    ("09-cong-dan-nam-nu.csv", "citizens", 3),
    ("10-cong-dan-don-vi.xlsx", "citizens", 1),
]
SCORES = [
    ("11-cham-diem-cong-dan-1.xlsx", "cdht-324", "CITIZEN", 3),
    ("12-cham-diem-cong-dan-2.xlsx", "cdht-324", "CITIZEN", 3),
    ("13-cham-diem-cong-dan-don-vi.xlsx", "cdht-324", "CITIZEN", 3),
    ("14-cham-diem-gia-dinh-1.xlsx", "demo-family", "FAMILY", 3),
    ("15-cham-diem-gia-dinh-vni.xlsx", "demo-family", "FAMILY", 3),
    ("16-cham-diem-gia-dinh-3.xlsx", "demo-family", "FAMILY", 3),
    ("17-cham-diem-dong-ho.xlsx", "demo-clan", "CLAN", 0),
    ("18-cham-diem-cong-dong.ods", "demo-community", "COMMUNITY", 0),
    ("19-cham-diem-don-vi.csv", "demo-organisation", "ORGANISATION", 0),
]


def sheets(path: Path) -> dict[str, list[list]]:
    """Every sheet of a file as a spreadsheet reader sees it, before any decoding of old fonts."""
    if path.suffix == ".csv":
        text = path.read_bytes().decode(CSV_ENCODING.get(path.name, "utf-8-sig"))
        return {"": list(csv.reader(text.splitlines(keepends=True), delimiter=";"))}
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def text_of(path: Path, value) -> str:
    return unicodedata.normalize("NFC", READ_AS.get(path.name, str)(str(value)))


def files(manifest) -> list[Written]:
    return [*manifest.rosters, *manifest.scores]


def test_the_rosters_are_these_with_so_many_faults(full):
    assert [(file.path.name, file.kind, len(file.problems)) for file in full.rosters] == ROSTERS


def test_the_score_sheets_are_these_with_so_many_faults(full):
    found = [(file.path.name, file.set_code, file.model, len(file.problems)) for file in full.scores]
    assert found == SCORES
    assert {file.kind for file in full.scores} == {"scores"}


@pytest.mark.parametrize(
    ("kind", "good"),
    [("households", 2600), ("clans", 9), ("communities", 14), ("organisations", 22), ("citizens", 5000)],
)
def test_the_good_rows_of_the_rosters_are_the_commune(full, kind, good):
    rosters = [file for file in full.rosters if file.kind == kind]
    assert sum(file.rows - len(file.problems) for file in rosters) == good


def test_the_counts_say_what_an_import_must_arrive_at(full):
    family, citizen = full.counts["FAMILY"], full.counts["CITIZEN"]
    assert (family["total"], citizen["total"]) == (2600, 5000)
    assert [full.counts[model]["total"] for model in ("CLAN", "COMMUNITY", "ORGANISATION")] == [9, 14, 22]
    for counts in (family, citizen):
        assert counts["pass"] + counts["fail"] + counts["incomplete"] == counts["scored"]
        assert 0.83 <= counts["pass"] / counts["scored"] <= 0.87
        assert counts["incomplete"] > 0
        assert counts["scored"] < counts["registered"] < counts["total"]


def test_score_rows_of_groups_are_the_registered_ones(full):
    for model in ("CLAN", "COMMUNITY", "ORGANISATION"):
        counts = full.counts[model]
        assert 0 < counts["scored"] == counts["registered"] < counts["total"]


def test_most_rows_are_good(full):
    for file in files(full):
        if file.rows > 100:
            assert len(file.problems) / file.rows < 0.01


@pytest.mark.parametrize("which", ["small", "full", "clean"])
def test_every_sheet_says_that_nothing_in_it_is_real(request, which):
    for file in files(request.getfixturevalue(which)):
        for name, rows in sheets(file.path).items():
            top = [text_of(file.path, value) for row in rows[:12] for value in row]
            assert NOTICE in top, (file.path.name, name)


@pytest.mark.parametrize("which", ["full", "clean"])
def test_no_telephone_could_ring(request, which):
    seen = 0
    for file in files(request.getfixturevalue(which)):
        for rows in sheets(file.path).values():
            for digits in filter(None, (telephone(value) for row in rows for value in row)):
                seen += 1
                assert re.fullmatch(r"0[35789]\d000\d{4}|01\d\d000\d{4}", digits), (file.path.name, digits)
    assert seen > 100


def telephone(value) -> str | None:
    """The digits of a cell that could be a telephone, its lost zero given back."""
    if isinstance(value, float) and value.is_integer() and 10**8 <= value < 10**9:
        return f"0{int(value)}"
    if isinstance(value, str) and re.fullmatch(r"[\d .-]{9,15}", value):
        digits = re.sub(r"\D", "", value)
        return digits if 9 <= len(digits) <= 11 and digits not in WRONG_NUMBERS else None
    return None


def test_every_citizen_number_carries_the_mark_of_the_invented(full):
    seen = 0
    for file in files(full):
        for rows in sheets(file.path).values():
            for value in (value for row in rows for value in row):
                digits = re.sub(r"\D", "", f"{value:.0f}".zfill(12) if isinstance(value, float) else str(value))
                if len(digits) == 12 and not digits.startswith("00"):
                    seen += 1
                    assert re.fullmatch(r"0(64|52)[0-3]\d\d90\d{4}", digits), (file.path.name, value)
    assert seen > 8000


def test_the_list_of_villages_is_written_beside_the_workbooks(full):
    listed = full.villages.read_text(encoding="utf-8").splitlines()[1:]
    assert listed == [f"23908,{village.name}" for village in IA_TOR]


@pytest.mark.parametrize("which", ["small", "full"])
def test_every_fault_stands_in_the_cell_it_is_said_to_stand_in(request, which):
    for file in files(request.getfixturevalue(which)):
        for problem in file.problems:
            column = ord(re.match("[A-Z]", problem.cell).group()) - ord("A")
            row = sheets(file.path)[problem.sheet][problem.row - 1]
            assert problem.cell.endswith(str(problem.row))
            assert looks_wrong(problem.code, text_of(file.path, row[column])), (file.path.name, problem)


def looks_wrong(code: str, typed: str) -> bool:
    villages = {village.name for village in IA_TOR}
    return {
        "missing_name": typed == "",
        "duplicate": typed != "",
        "unknown_village": typed not in villages and typed != "",
        "not_a_number": typed in ("không rõ", "nhiều", "?", "khá"),
        "negative": typed.startswith("-"),
        "over_maximum": typed in ("12.0", "12"),
        "bad_cccd": len(re.sub(r"\D", "", typed)) != 12,
        "bad_birth_date": typed in ("31/02/1985", "12/05/2031"),
    }[code]


def test_the_faults_are_of_every_code_but_the_share(full):
    codes = Counter(problem.code for file in files(full) for problem in file.problems)
    assert set(codes) == {
        *("missing_name", "duplicate", "unknown_village", "not_a_number", "negative"),
        *("over_maximum", "bad_cccd", "bad_birth_date"),
    }


def test_a_sheet_a_village_an_empty_one_and_a_hidden_list(full):
    path = full.rosters[2].path
    named = {sheet.name: sheet.visible for sheet in CalamineWorkbook.from_path(path).sheets_metadata}
    assert [name for name, how in named.items() if how == SheetVisibleEnum.Hidden] == ["DM"]
    assert list(named)[:3] == ["Thon 1", "Thon Hoa Binh", "Thon 3"]
    assert sheets(path)["Sheet9"] == [[NOTICE]]


def test_villages_in_section_rows_under_a_header_that_comes_twice(full):
    rows = sheets(full.rosters[1].path)["Tong hop"]
    sections = [row[1] for row in rows if re.match("[IV]+\\. ", str(row[1]))]
    assert sections == ["I. Thôn Phù Cát", "II. Làng Phung", "III. Làng Ó Gang", "IV. Làng Ia Kren"]
    assert [row[3] for row in rows].count("HỌ TÊN CH.HỘ") == 2
    assert [row[5:8] for row in rows].count(["S.khẩu", "N.lớn", "TE đi học"]) == 2


def test_old_fonts_hold_no_vietnamese_until_they_are_read(full):
    for name, heading in (("04-ho", "hä vµ tªn chñ hé"), ("15-cham", "Hoï vaø teân chuû hoä")):
        file = next(file for file in files(full) if file.path.name.startswith(name))
        (rows,) = sheets(file.path).values()
        found = [value for row in rows for value in row if value == heading]
        assert [text_of(file.path, value).lower() for value in found] == ["họ và tên chủ hộ"]


@pytest.mark.parametrize(("name", "form"), [("05-dong-ho.ods", "NFD"), ("08-cong-dan-1.xlsx", None)])
def test_marks_stand_apart_where_an_officer_types_so(full, name, form):
    file = next(file for file in files(full) if file.path.name == name)
    texts = [str(value) for rows in sheets(file.path).values() for row in rows for value in row]
    assert any(text != unicodedata.normalize("NFC", text) for text in texts)
    if form:
        assert all(text == unicodedata.normalize(form, text) for text in texts)


def test_years_stand_in_a_column_for_men_or_for_women(full):
    file = next(file for file in full.rosters if file.path.suffix == ".csv" and file.kind == "citizens")
    with pytest.raises(UnicodeDecodeError):
        file.path.read_bytes().decode("utf-8")
    rows = [row for row in sheets(file.path)[""] if row[0].isdigit()]
    assert len(rows) == file.rows
    assert all(bool(row[2]) != bool(row[3]) for row in rows)


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(small, tmp_path):
    again = build(tmp_path / "again", seed=5, households=280, citizens=520)
    other = build(tmp_path / "other", seed=6, households=280, citizens=520)
    for ours, same, different in zip(files(small), files(again), files(other), strict=True):
        assert ours.path.read_bytes() == same.path.read_bytes(), ours.path.name
        assert ours.path.read_bytes() != different.path.read_bytes(), ours.path.name
    assert small.counts == again.counts


def test_the_manifest_on_disk_is_the_manifest(small):
    written = json.loads((small.villages.parent / "manifest.json").read_text(encoding="utf-8"))
    assert written["place"] == {"code": "23908", "name": "Xã Ia Tôr", "province": "tỉnh Gia Lai"}
    assert written["counts"] == small.counts
    assert [file["path"] for file in written["rosters"]] == [file.path.name for file in small.rosters]
    assert [len(file["problems"]) for file in written["scores"]] == [len(f.problems) for f in small.scores]


def test_a_clean_commune_has_one_plain_table_a_kind_and_no_fault(clean):
    assert [file.path.name for file in clean.rosters if file.kind == "households"] == ["ho-gia-dinh.xlsx"]
    assert sum(len(file.problems) for file in files(clean)) == 0
    assert {file.path.name: file.rows for file in clean.rosters}["cong-dan.xlsx"] == 2600
    assert {file.model for file in clean.scores} == {"FAMILY", "CLAN", "COMMUNITY", "ORGANISATION", "CITIZEN"}
    assert clean.villages.read_text(encoding="utf-8").splitlines()[1] == "99999,Thôn 1"


def test_the_command_writes_and_prints_the_counts(tmp_path):
    command = [sys.executable, "-m", "demo.make", str(tmp_path), "--households", "150", "--citizens", "200"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout)["FAMILY"]["total"] == 150
    assert (tmp_path / "villages.csv").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["out", "--code", "12345"],
        ["out", "--place-name", "Xã Mẫu"],
        ["out", "--households", "99"],
        ["out", "--citizens", "0"],
    ],
)
def test_wrong_usage_ends_with_two_and_writes_nothing(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_another_place_is_named_on_its_papers(tmp_path, capsys):
    arguments = ["--households", "150", "--citizens", "200", "--code", "99999", "--place-name", "Xã Mẫu"]
    assert main([str(tmp_path), *arguments]) == 0
    tops = [str(rows[:3]) for rows in sheets(tmp_path / "01-ho-gia-dinh-2026.xlsx").values()]
    assert "XÃ MẪU" in tops[0] and "IA TÔR" not in tops[0]
    assert json.loads(capsys.readouterr().out)["FAMILY"]["total"] == 150
