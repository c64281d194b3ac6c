"""`hieuhoc sheet check`: what it prints and how it ends, without a database where the villages are given."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hieuhoc.criteria.sets import all_sets
from hieuhoc.intake.management.commands.sheet import indicator_set

HOUSEHOLDS = "STT;Thôn;Họ và tên chủ hộ;Số khẩu\n1;Thôn 1;Lê Văn An;4\n2;Thôn 9;Bùi Thị Mến;nhiều\n"
SCORES = "STT;Họ và tên;CD-1.1;CD-1.2;CD-1.3\n1;Lê Văn An;9;8,5;KAD\n2;Bùi Thị Mến;11;;7\n"
VILLAGES = "place,village\n23908,Thôn 1\n23908,Thôn 2\n23911,Thôn 9\n"


@pytest.fixture
def files(tmp_path) -> Path:
    for name, text in (("ho.csv", HOUSEHOLDS), ("diem.csv", SCORES), ("thon.csv", VILLAGES), ("rong.csv", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(capsys, *words: str) -> tuple[dict, int]:
    """The report on standard output and the exit code."""
    code = 0
    try:
        call_command("sheet", "check", *words, "--json")
    except SystemExit as end:
        code = int(end.code or 0)
    return json.loads(capsys.readouterr().out), code


def test_a_roster_is_checked_against_the_villages_given(files, capsys):
    words = (str(files / "ho.csv"), "--kind", "households", "--villages", str(files / "thon.csv"), "--place", "23908")
    report, code = run(capsys, *words, "--records")
    assert code == 1
    assert [table["columns"] for table in report["tables"]] == [{"village": "B", "head_name": "C", "members": "D"}]
    assert [(p["row"], p["column"], p["code"]) for p in report["problems"]] == [
        (3, "members", "not_a_number"),
        (3, "village", "unknown_village"),
    ]
    assert (report["records"], report["ok"], report["encoding"]) == (2, 1, "unicode")
    assert report["data"][0] == {"_sheet": "", "_row": 2, "village": "Thôn 1", "head_name": "Lê Văn An", "members": 4}


def test_without_records_no_person_is_printed(files, capsys):
    report, _ = run(capsys, str(files / "ho.csv"), "--kind", "households")
    assert "data" not in report
    assert "Bùi Thị Mến" not in json.dumps(report, ensure_ascii=False)


def test_without_a_list_every_village_stands(files, capsys):
    report, _ = run(capsys, str(files / "ho.csv"), "--kind", "households")
    assert [p["code"] for p in report["problems"]] == ["not_a_number"]


@pytest.mark.parametrize("words", [(), ("--set", "cdht-324"), ("--set", "CDHT")])
def test_scores_are_read_by_the_set_named_or_found(files, capsys, words):
    report, code = run(capsys, str(files / "diem.csv"), "--kind", "scores", "--records", *words)
    assert (report["set"], code) == ("cdht-324", 1)
    assert [(p["row"], p["column"], p["code"]) for p in report["problems"]] == [(3, "CD-1.1", "over_maximum")]
    assert report["data"][0] | {"CD-1.2": 8.5, "CD-1.3": "KAD"} == report["data"][0]
    assert report["data"][1]["CD-1.2"] is None


def test_a_clean_roster_ends_with_0(files, capsys):
    (files / "ho.csv").write_text(HOUSEHOLDS.replace("nhiều", "3"), encoding="utf-8")
    report, code = run(capsys, str(files / "ho.csv"), "--kind", "households")
    assert (report["problems"], code) == ([], 0)


def test_a_wrong_file_is_refused_with_a_sentence(files, capsys):
    report, code = run(capsys, str(files / "rong.csv"), "--kind", "households")
    assert (report["refused"]["code"], code) == ("empty", 1)


@pytest.mark.parametrize(
    "words", [("khong-co.csv", "--kind", "households"), ("diem.csv", "--kind", "scores", "--set", "x-1")]
)
def test_wrong_usage_is_told_apart(files, words):
    with pytest.raises(CommandError) as refused:
        call_command("sheet", "check", str(files / words[0]), *words[1:], "--json")
    assert refused.value.returncode == 2


def test_a_person_reads_sentences(files, capsys):
    with pytest.raises(SystemExit):
        call_command("sheet", "check", str(files / "ho.csv"), "--kind", "households")
    assert "Dòng 3: Số khẩu: “nhiều” không phải là số." in capsys.readouterr().out


@pytest.mark.parametrize("criteria", all_sets(), ids=lambda one: f"{one.code}.{one.version}")
def test_every_shipped_set_can_be_filled_in_on_a_sheet(criteria):
    typed = indicator_set(criteria)
    assert [one.key for one in typed.indicators] == [i.key for i in criteria.indicators if i.derived is None]
    assert {one.kind for one in typed.indicators} <= {"number", "yes_no", "share", "change"}


def test_guessed_columns_are_said_and_hold_nothing_back(files, capsys):
    (files / "tran.csv").write_text("1;Thôn 1;Lê Văn An;4\n2;Thôn 1;Bùi Thị Mến;3\n3;Thôn 2;Siu Lim;5\n", "utf-8")
    report, code = run(capsys, str(files / "tran.csv"), "--kind", "households", "--villages", str(files / "thon.csv"))
    assert (code, report["tables"][0]["header_row"], report["ok"]) == (0, None, 3)
    assert [notice["code"] for notice in report["notices"]] == ["guessed_columns"]
    call_command("sheet", "check", str(files / "tran.csv"), "--kind", "households")
    assert "không có tiêu đề, 3 dòng" in capsys.readouterr().out
