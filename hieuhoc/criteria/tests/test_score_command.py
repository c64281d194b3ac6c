"""`hieuhoc score` as it is typed: JSON lines in, a sheet a line out, exit codes that can be relied on."""

import json
import os
import subprocess
import sys
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from hieuhoc.criteria import actions

FACES = {"id", "outcome", "level", "total", "possible", "lines", "missing", "because"}
EIGHTS = {f"CD-{key}": 8 for key in ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2"]}


@pytest.fixture
def run(tmp_path):
    def run(*rows, code="cdht-324", raw=None):
        file = tmp_path / "rows.jsonl"
        file.write_bytes(raw if raw is not None else "\n".join(json.dumps(row) for row in rows).encode())
        out, status = StringIO(), 0
        try:
            call_command("score", str(file), "--set", code, stdout=out, stderr=StringIO())
        except SystemExit as end:
            status = end.code
        return status, [json.loads(line) for line in out.getvalue().splitlines()]

    return run


def test_a_sheet_has_the_promised_fields(run):
    status, (sheet,) = run({"id": "h1", "answers": EIGHTS, "facts": {"area": "general"}})
    assert status == 0
    assert set(sheet) >= FACES
    assert (sheet["id"], sheet["outcome"], sheet["total"], sheet["possible"]) == ("h1", "pass", 80, 100)
    assert sheet["lines"][0] == {
        "key": "CD-1.1",
        "earned": 8,
        "possible": 10,
        "passed": True,
        "because": "8/10 điểm.",
    }


def test_halves_come_back_as_they_were_given(run):
    _, (sheet,) = run({"id": 1, "answers": EIGHTS | {"CD-1.1": 8.5}})
    assert (sheet["total"], sheet["lines"][0]["earned"]) == (80.5, 8.5)


def test_each_line_is_answered_in_order_and_the_rest_goes_on_after_a_bad_one(run):
    rows = [{"id": n, "answers": {"CD-1.1": 12 if n == 2 else 8}} for n in range(5)]
    status, sheets = run(*rows)
    assert status == 1
    assert [sheet["id"] for sheet in sheets] == [0, 1, 2, 3, 4]
    assert [n for n, sheet in enumerate(sheets) if "error" in sheet] == [2]
    assert sheets[2]["error"]["key"] == "CD-1.1"
    assert sheets[2]["error"]["code"] == "over_maximum"
    assert "tối đa 10" in sheets[2]["error"]["message"]


def test_a_level_and_facts_are_read_beside_the_id(run):
    answers = {f"CDX-{n}.{m}": True for n in (1, 2, 3) for m in (1, 2, 3)}
    answers |= {"CDX-4.1": True, "CDX-4.2": 2, "CDX-4.3": 2, "CDX-4.4": 1}
    answers |= {"CDX-5.1": {"count": 60, "of": 100}, "CDX-5.2a": {"count": 40, "of": 100}}
    answers |= {"CDX-5.2b": {"count": 10, "of": 100}}
    rows = [
        {"id": "khó khăn", "answers": answers, "facts": {"area": "hard"}, "level": 1},
        {"id": "chung", "answers": answers, "facts": {"area": "general"}, "level": 1},
        {"id": "mức 2", "answers": answers, "facts": {"area": "hard"}, "level": 2},
    ]
    _, sheets = run(*rows, code="tt25-commune")
    assert [(sheet["outcome"], sheet["level"]) for sheet in sheets] == [("pass", 1), ("fail", None), ("fail", 1)]
    assert all((sheet["total"], sheet["possible"]) == (None, None) for sheet in sheets)


BAD_LINES = [
    (b'{"id":1,', "bad_json"),
    (b"[1]", "bad_json"),
    (b"8", "bad_json"),
    (b'{"id":1,"answers":{"CD-1.1":8,"CD-1.1":9}}', "bad_json"),
    (b'{"id":1,"answer":{}}', "bad_json"),
    (b'{"id":1,"answers":{"CD-1.1":"\xff"}}', "bad_json"),
    (b"[" * 100_000, "bad_json"),
    (b'{"id":1,"answers":{"CD-1.1":' + b"9" * 5000 + b"}}", "bad_json"),
    (b'{"id":1}', "bad_answers"),
    (b'{"id":1,"answers":{"CD-1.1":NaN}}', "not_a_number"),
    (b'{"id":1,"answers":{"CD-1.1":-Infinity}}', "not_a_number"),
    (b'{"id":1,"answers":{"CD-1.1":1e999999999}}', "not_a_number"),
    (b'{"id":1,"answers":{"CD-1.1":true}}', "not_a_number"),
    (b'{"id":1,"answers":{},"facts":{"area":"sea"}}', "bad_fact"),
    (b'{"id":1,"answers":{},"level":2}', "bad_level"),
]


@pytest.mark.parametrize(("line", "code"), BAD_LINES, ids=lambda part: str(part)[:30])
def test_a_line_that_cannot_be_read_is_said_to_be_so(run, line, code):
    status, (refused, good) = run(raw=line + b'\n{"id":"x","answers":{}}\n')
    assert (status, refused["error"]["code"], good["id"]) == (1, code, "x")


def test_blank_lines_and_a_byte_order_mark_do_no_harm(run):
    status, sheets = run(raw=b'\xef\xbb\xbf\n{"id":1,"answers":{}}\r\n   \r\n{"id":2,"answers":{}}')
    assert (status, [sheet["id"] for sheet in sheets]) == (0, [1, 2])


def test_an_empty_file_gives_nothing_and_is_done(run):
    assert run(raw=b"") == (0, [])


def test_stdin_is_read_for_a_dash(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b'{"id":7,"answers":{}}')))
    out = StringIO()
    call_command("score", "-", "--set", "demo-family", stdout=out)
    assert json.loads(out.getvalue())["id"] == 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [["x", "--set", "no-such-set"], ["x", "--set", "cdht-324", "--version", "9"], ["/no/file", "--set", "cdht-324"]],
)
def test_wrong_usage_is_told_apart(words):
    with pytest.raises(CommandError) as wrong:
        call_command("score", *words)
    assert wrong.value.returncode == 2


@pytest.mark.django_db
def test_a_set_of_this_installation_can_be_scored_with_too(run, tmp_path):
    from hieuhoc.criteria.models import CriteriaSet, CriteriaVersion

    actions.load_shipped_sets()
    stored = CriteriaVersion.objects.get(set__code="demo-family")
    CriteriaSet.objects.filter(pk=stored.set_id).update(code="gia-dinh-rieng")
    status, (sheet,) = run({"id": 1, "answers": {"GD-1.1": 10}}, code="gia-dinh-rieng")
    assert (status, sheet["total"]) == (0, 10)


def test_the_executable_needs_no_database_and_ends_as_promised(tmp_path):
    environment = os.environ | {"HIEUHOC_DATA": str(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "-c", "from hieuhoc.config.cli import main; main()", "score", "--set", "cdht-324", "-"]
    rows = json.dumps({"id": 1, "answers": EIGHTS}) + "\n" + json.dumps({"id": 2, "answers": {"CD-1.1": 99}})
    done = subprocess.run(command, input=rows, capture_output=True, text=True, env=environment, timeout=60)
    assert (done.returncode, [json.loads(line)["id"] for line in done.stdout.splitlines()]) == (1, [1, 2])
    assert "1 dòng không chấm được" in done.stderr
    assert not (tmp_path / "pg").exists()
