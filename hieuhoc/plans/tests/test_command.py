"""`hieuhoc plans read FILE --json`: what it prints and how it ends."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from hieuhoc.plans.tests.papers import PAPERS

PAPER = PAPERS[0]
PROMISED = {"model", "measure", "population", "area", "year", "comparator", "value", "unit", "sentence"}


def run(*words):
    """What the command prints, what it says beside, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("plans", *words, stdout=out, stderr=err)
    except SystemExit as ended:
        return out.getvalue(), err.getvalue(), ended.code
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def paper(tmp_path):
    """A plan in a file."""
    path = tmp_path / "ke-hoach.md"
    path.write_text(PAPER.text)
    return path


def test_one_json_object_of_the_promised_shape(paper):
    out, _, code = run("read", str(paper), "--json")
    told = json.loads(out)
    assert code == 0
    assert set(told) == {"plan", "targets", "activities", "duties", "warnings", "encoding"}
    assert {"number", "date", "issuer", "place", "programme", "years"} <= set(told["plan"])
    assert all(set(one) >= PROMISED for one in told["targets"])
    assert told["targets"][2]["value"] == 67.5
    assert told["plan"]["date"] == "2022-06-07"


def test_a_person_reads_lines(paper):
    out, err, code = run("read", str(paper))
    assert code == 0
    assert "8 chỉ tiêu:" in out
    assert "2025: Đơn vị học tập: cơ quan, đơn vị được công nhận trên 82 %" in out
    assert "Đang đọc ke-hoach.md…" in err


def test_a_refusal_ends_with_1_and_says_why(tmp_path):
    (tmp_path / "trống.docx").write_bytes(b"")
    out, err, code = run("read", str(tmp_path / "trống.docx"), "--json")
    refused = json.loads(out)["refused"]
    assert (code, refused["code"]) == (1, "empty")
    assert refused["message"] in err


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    with pytest.raises(CommandError, match="Không có tệp") as wrong:
        call_command("plans", "read", str(tmp_path / "không.txt"), "--json")
    assert wrong.value.returncode == 2
