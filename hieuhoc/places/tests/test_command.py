"""`hieuhoc places`, as it is typed: the JSON promised, the exit codes, the sentences."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def run(capsys, *words):
    """Exit code, standard output, standard error."""
    code = 0
    try:
        call_command("places", *words)
    except SystemExit as end:
        code = end.code
    except CommandError as problem:
        code = getattr(problem, "returncode", 1)
    out = capsys.readouterr()
    return code, out.out, out.err


def test_find_gives_the_promised_json(country, capsys):
    code, out, _ = run(capsys, "find", "xa ia bang", "--on", "2025-06-30", "--under", "632", "--json")
    first = json.loads(out)["units"][1]
    number = first.pop("id")
    assert (code, isinstance(number, int)) == (0, True)
    assert first == {
        "code": "23905", "name": "Xã Ia Băng", "kind": "xã", "level": "commune",
        "parent": {"code": "632", "name": "Huyện Chư Prông"}, "valid_from": None, "valid_to": "2025-06-30",
    }  # fmt: skip


def test_find_takes_a_vietnamese_date_and_prints_lines(country, capsys):
    code, out, _ = run(capsys, "find", "Ia Bang", "--on", "30/6/2025", "--level", "commune")
    assert code == 0
    assert out.splitlines()[0] == "    23924  Xã Ia Bang, Huyện Chư Prông, Tỉnh Gia Lai  (đến 30/06/2025)"
    assert len(out.splitlines()) == 3


def test_the_nation_has_no_parent(country, capsys):
    _, out, _ = run(capsys, "find", "VN", "--json")
    assert json.loads(out)["units"][0]["parent"] is None


def test_nothing_found_is_said_and_ends_with_one(country, capsys):
    code, out, err = run(capsys, "find", "không có đâu", "--on", "2026-11-21")
    assert (code, out) == (1, "")
    assert "Không có đơn vị nào khớp với «không có đâu» vào ngày 21/11/2026." in err


def test_nothing_found_says_what_there_was(country, capsys):
    code, _, err = run(capsys, "find", "huyen chu prong", "--on", "2026-11-21")
    assert code == 1
    assert "Trước đó có: Huyện Chư Prông (632, đến 30/06/2025)." in err


def test_nothing_found_in_json(country, capsys):
    code, out, _ = run(capsys, "find", "không có đâu", "--json")
    assert (code, json.loads(out)["units"], json.loads(out)["refused"]["code"]) == (1, [], "nothing_found")


def test_an_unknown_code_above_is_refused(country, capsys):
    code, out, _ = run(capsys, "find", "ia", "--under", "632", "--on", "2026-11-21", "--json")
    assert (code, json.loads(out)["refused"]["code"]) == (1, "unknown_unit")


@pytest.mark.parametrize(
    ("words", "heirs"),
    [
        (("23905", "--level", "commune", "--at", "2025-06-30"),
         [{"code": "23908", "name": "Xã Ia Tôr", "on": "2025-07-01", "kind": "merge", "whole": True, "default": True}]),
        (("14", "--level", "province", "--at", "2025-06-30"),
         [{"code": "14", "name": "Tỉnh Sơn La", "on": "2025-07-01", "kind": "continue", "whole": True,
           "default": True}]),
        (("75", "--level", "province", "--at", "2025-07-01", "--on", "30/04/2026"),
         [{"code": "75", "name": "Thành phố Đồng Nai", "on": "2026-04-30", "kind": "continue", "whole": True,
           "default": True}]),
        (("001", "--level", "district", "--at", "2025-06-30"), []),
    ],
)  # fmt: skip
def test_heirs_give_the_promised_json(country, capsys, words, heirs):
    code, out, _ = run(capsys, "heirs", *words, "--json")
    given = json.loads(out)
    assert (code, given["unit"]["code"], given["heirs"]) == (0, words[0], heirs)


def test_heirs_in_words_mark_the_default(country, capsys):
    code, out, _ = run(capsys, "heirs", "00019", "--level", "commune", "--at", "30/06/2025")
    lines = out.splitlines()
    assert (code, len(lines)) == (0, 5)
    assert lines[1] == "  tách một phần sang Phường Ba Đình, Thành phố Hà Nội (00004)  ← mặc định"


def test_a_district_has_no_heir_and_that_is_said(country, capsys):
    code, out, _ = run(capsys, "heirs", "001", "--level", "district", "--at", "2025-06-30")
    assert code == 0
    assert "không có đơn vị kế thừa" in out


def test_the_code_is_read_on_its_day(country, capsys):
    code, out, _ = run(capsys, "heirs", "23905", "--level", "commune", "--at", "2025-07-01", "--json")
    given = json.loads(out)
    assert (code, given["unit"], given["heirs"], given["refused"]["code"]) == (1, None, [], "unknown_unit")


@pytest.mark.parametrize(
    "words",
    [
        ("find", "ia", "--on", "31/2/2026"),
        ("find", "ia", "--on", "hôm qua"),
        ("find", "ia", "--level", "xã"),
        ("find",),
        ("heirs", "23905", "--at", "2025-06-30"),
        ("heirs", "23905", "--level", "commune"),
        ("heirs", "23905", "--level", "commune", "--at", "2026-01-01", "--on", "2025-01-01"),
        ("burn",),
    ],
)
def test_wrong_usage_ends_with_two(db, monkeypatch, capsys, words):
    """Through the real command line, where the parser itself ends the program."""
    from django.core.management import execute_from_command_line

    monkeypatch.setattr("sys.argv", ["hieuhoc", "places", *words])
    with pytest.raises(SystemExit) as end:
        execute_from_command_line(["hieuhoc", "places", *words])
    assert end.value.code == 2
    assert capsys.readouterr().out == ""


def test_loading_again_says_there_was_nothing_to_do(country, capsys):
    code, out, _ = run(capsys, "load")
    assert (code, out.strip()) == (0, "Danh mục đã đủ, không có gì phải nạp.")
    _, out, _ = run(capsys, "load", "--json")
    assert json.loads(out)["versions"] == 0
