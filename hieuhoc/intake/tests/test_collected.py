"""Answers collected with ODK or KoboToolbox: written as their exports write them, read back as they were given."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from hieuhoc.criteria import sets as shipped
from hieuhoc.criteria import xlsform
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import Dossier
from hieuhoc.dossiers.scoresheet import stored_value
from hieuhoc.intake import actions, sets
from hieuhoc.registry.models import Model
from hieuhoc.scoring import Criteria
from hieuhoc.scoring.answers import read_answer
from hieuhoc.sheets import reader, submissions
from hieuhoc.sheets.engine import check
from hieuhoc.sheets.submissions import key_of, name_of

LINES = [
    {"key": "GD-1.1", "label": "Điểm", "kind": "score", "points": 10},
    {"key": "GD-1.10", "label": "Có góc học tập, tủ sách", "kind": "yes_no", "points": 10},
    {"key": "GD-2.1a", "label": "Tỷ lệ thành viên", "kind": "share", "marks": [80], "points": 10},
    {"key": "D22-3c", "label": "Số buổi", "kind": "number", "marks": [4], "points": 10},
    {"key": "CDH-income", "label": "Thu nhập", "kind": "change", "points": 10},
    {"key": "ĐB_x", "label": "Mức chuyển đổi", "kind": "level", "marks": [2], "names": ["cơ bản", "tốt"], "points": 10},
]
WRITTEN = {
    "code": "thu", "version": "1", "title": "Thử", "model": "FAMILY", "used_at": ["commune"], "judging": "points",
    "state": "local", "pass": 40, "criteria": [{"key": "1", "label": "Một", "indicators": LINES[:3]},
                                               {"key": "2", "label": "Hai", "indicators": LINES[3:]}],
}  # fmt: skip
CRITERIA = Criteria.from_dict(WRITTEN)
GROUP = {line["key"]: 1 if line in LINES[:3] else 2 for line in LINES}
TENTHS = st.integers(0, 1000).map(lambda n: n / 10)
VALUES = {
    "score": st.integers(0, 100).map(lambda n: n / 10),
    "yes_no": st.booleans(),
    "share": st.tuples(st.integers(0, 5000), st.integers(0, 5000)).map(lambda p: {"count": min(p), "of": max(p)}),
    "number": st.integers(0, 99_999).map(lambda n: n / 1000),
    "change": st.tuples(TENTHS, TENTHS).map(lambda pair: {"now": pair[0], "before": -pair[1]}),
    "level": st.integers(0, 2),
}
ANSWERS = st.fixed_dictionaries(
    {line["key"]: st.one_of(st.none(), st.just("n/a"), VALUES[line["kind"]]) for line in LINES}
)


def cells_of(answers: dict, *, off: dict[int, list[str]], labels: bool) -> dict[str, str]:
    """The cells of one submission by question."""
    cells = {}
    for one in CRITERIA.indicators:
        value = answers[one.key]
        if value == "n/a":
            off[GROUP[one.key]].append(one.key)
            value = None
        for (part, words), key in zip(_parts(one.kind), _keys(one.kind), strict=True):
            name = f"{one.key} ({words}). {one.label}" if words else f"{one.key}. {one.label}"
            told = value if key is None or value is None else value[key]
            cells[name if labels else name_of(one.key) + part] = _told(told, one, labels)
    return cells


def _parts(kind):
    pairs = {"share": ("count", "of"), "change": ("now", "before")}
    return [(f"__{part}", submissions.PARTS[part]) for part in pairs[kind]] if kind in pairs else [("", "")]


def _keys(kind):
    return {"share": ("count", "of"), "change": ("now", "before")}.get(kind, (None,))


def _told(value, one, labels) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("Có" if value else "Không") if labels else ("yes" if value else "no")
    if labels and one.kind == "level":
        return f"Mức {value}: {one.names[value - 1]}" if value else submissions.NO_LEVEL
    return f"{value:g}" if isinstance(value, float) and value < 100_000 else str(value)


WHO = {"village": "Thôn/làng", "head_name": "Họ và tên chủ hộ", "household_code": "Mã hộ"}


def odk(rows: list[dict], moments: list[str]) -> bytes:
    """A CSV of ODK Central: commas, groups before a hyphen, newest first as it comes."""
    table = []
    for at, (row, moment) in enumerate(zip(rows, moments, strict=True)):
        off: dict[int, list[str]] = {1: [], 2: []}
        cells = cells_of(row["answers"], off=off, labels=False)
        line = {"SubmissionDate": moment, "start": moment, "end": moment} | {name: row[name] for name in WHO}
        line |= {f"criterion__{n}-kad__{n}": " ".join(map(name_of, keys)) for n, keys in off.items()}
        line |= {_placed(name, "-"): cell for name, cell in cells.items()}
        line |= {"meta-instanceID": f"uuid:{at}", "meta-instanceName": row["head_name"], "KEY": f"uuid:{at}"}
        line |= {"SubmitterID": "7", "SubmitterName": "Thôn", "ReviewState": row.get("review", ""), "Edits": "0"}
        table.append(line)
    return _csv(table, ",", "utf-8")


def kobo(rows: list[dict], moments: list[str]) -> bytes:
    """A CSV of KoboToolbox with XML names: semicolons, all quoted, a mark before it, choices also split."""
    table = []
    for at, (row, moment) in enumerate(zip(rows, moments, strict=True)):
        off: dict[int, list[str]] = {1: [], 2: []}
        cells = cells_of(row["answers"], off=off, labels=False)
        line = {"start": moment, "end": moment} | {name: row[name] for name in WHO}
        for number, keys in off.items():
            path = f"criterion__{number}/kad__{number}"
            line[path] = " ".join(map(name_of, keys))
            own = [key for key in GROUP if GROUP[key] == number]
            line |= {f"{path}/{name_of(key)}": ("1" if key in keys else "0") if keys else "" for key in own}
        line |= {_placed(name, "/"): cell for name, cell in cells.items()}
        line |= {"__version__": "v1", "_id": str(at), "_uuid": f"u-{at}", "_submission_time": moment,
                 "_validation_status": row.get("review", ""), "_index": str(at + 1)}  # fmt: skip
        table.append(line)
    return _csv(table, ";", "utf-8-sig")


def kobo_grouped(rows: list[dict], moments: list[str]) -> bytes:
    """The same with the labels of the groups before those of the questions."""
    return kobo_labels(rows, moments, {1: "1. Một/", 2: "2. Hai/"})


def kobo_labels(rows: list[dict], moments: list[str], groups: dict[int, str] | None = None) -> bytes:
    """A CSV of KoboToolbox with labels, as it offers first: what does not apply is split only."""
    table, before = [], groups or {1: "", 2: ""}
    for at, (row, moment) in enumerate(zip(rows, moments, strict=True)):
        off: dict[int, list[str]] = {1: [], 2: []}
        cells = cells_of(row["answers"], off=off, labels=True)
        line = {"start": moment, "end": moment} | {label: row[name] for name, label in WHO.items()}
        for key, number in GROUP.items():
            one = CRITERIA.by_key[key]
            path = f"{before[number]}Tiêu chí {number}: {submissions.OFF_LABEL}"
            line[f"{path}/{key}. {one.label}"] = "1" if key in off[number] else "0"
        line |= {
            before[GROUP[label.partition(" (")[0].partition(". ")[0]]] + label: cell for label, cell in cells.items()
        }
        line |= {"_id": str(at), "_uuid": f"u-{at}", "_submission_time": moment, "_index": str(at + 1)}
        table.append(line)
    return _csv(table, ";", "utf-8-sig")


def _placed(name: str, mark: str) -> str:
    key = key_of(name.partition("__")[0])
    return f"criterion__{GROUP[str(key)]}{mark}{name}"


def _csv(table: list[dict], delimiter: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(table[0]), delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue().encode(encoding)


def read(data: bytes, criteria: Criteria = CRITERIA) -> dict:
    """The reading process's report, in this process."""
    one = sets.indicator_set(criteria)
    indicators = [(i.key, i.label, i.maximum, i.kind) for i in one.indicators]
    request = {"kind": "scores", "villages": ["Làng Ring"], "today": date(2026, 11, 21).isoformat(),
               "sets": [{"code": one.code, "model": one.model, "indicators": indicators}]}  # fmt: skip
    return json.loads(json.dumps(reader.read(data, request)))


def row(name: str, answers: dict, **more: str) -> dict:
    """One submission."""
    return {"village": "Làng Ring", "head_name": name, "household_code": "", "answers": answers} | more


def moments(number: int) -> list[str]:
    """Times a day apart."""
    return [f"2026-11-{day:02}T03:04:05.123Z" for day in range(1, number + 1)]


@pytest.mark.parametrize("written", [odk, kobo, kobo_labels, kobo_grouped])
@settings(max_examples=60)
@given(st.lists(ANSWERS, min_size=1, max_size=4))
def test_answers_come_back_as_they_were_given(written, given_answers):
    rows = [row(f"Ksor {'ABCDE'[at]}", answers) for at, answers in enumerate(given_answers)]
    report = read(written(rows, moments(len(rows))))
    columns = report["columns"][0]
    assert report["problems"] == [] and columns["head_name"] == [one["head_name"] for one in rows]
    for at, answers in enumerate(given_answers):
        for one in CRITERIA.indicators:
            back = stored_value(columns[one.key][at]) if one.key in columns else None
            assert back == answers[one.key], one.key
            read_answer(one, back if not isinstance(back, float) else Decimal(repr(back)))


@given(st.from_regex(r"[\w.\-]{1,20}", fullmatch=True))
def test_every_key_has_a_name_that_gives_it_back(key):
    name = name_of(key)
    assert key_of(name) == key and name.isascii() and name.replace("_", "").isalnum() and not name[0].isdigit()


@pytest.mark.parametrize("criteria", [one for one in shipped.all_sets() if xlsform.can(one)], ids=lambda one: one.code)
def test_every_set_that_ships_is_a_form_pyxform_takes(criteria):
    from pyxform.xls2xform import convert

    made = convert(xlsform.workbook(criteria), validate=False, file_type=".xlsx")
    assert made.warnings == []
    for one in criteria.indicators:
        assert (f"/{name_of(one.key)}" in made.xform) == (one.derived is None), one.key


def test_a_form_of_every_kind_is_taken_and_an_empty_set_has_none():
    from pyxform.xls2xform import convert

    xform = convert(xlsform.workbook(CRITERIA), validate=False, file_type=".xlsx").xform
    assert "Từ 0 đến 10 điểm." in xform and "Tổng số không nhỏ hơn số đạt." in xform and "Mức 2: tốt" in xform
    with pytest.raises(ValueError, match="không có chỉ số"):
        xlsform.workbook(shipped.load("qd242-family"))


FULL = {"GD-1.1": 8.5, "GD-1.10": True, "GD-2.1a": {"count": 3, "of": 4}, "D22-3c": 4, "CDH-income": None, "ĐB_x": 2}


@pytest.mark.parametrize("written", [odk, kobo, kobo_labels])
def test_the_submission_sent_last_counts_and_it_is_said(written):
    rows = [row("Ksor An", FULL), row("Ksor An", FULL | {"GD-1.1": 3}), row("ksor  an", FULL | {"GD-1.1": 5})]
    report = read(written(rows, ["2026-11-03T01:00:00Z", "2026-11-01T01:00:00Z", "2026-11-02T01:00:00Z"]))
    columns = report["columns"][0]
    assert (columns["GD-1.1"], columns["_row"]) == ([8.5], [2])
    notice = next(one for one in report["notices"] if one["code"] == "later_submission")
    assert "tính dòng 2 gửi lúc 03/11/2026 08:00, bỏ dòng 3, 4" in notice["message"]


@pytest.mark.parametrize(("written", "review"), [(odk, "rejected"), (kobo, "validation_status_not_approved")])
def test_what_was_rejected_does_not_count(written, review):
    report = read(written([row("Ksor An", FULL), row("Ksor Bình", FULL, review=review)], moments(2)))
    assert report["columns"][0]["head_name"] == ["Ksor An"]
    assert [one["message"] for one in report["notices"]] == ["1 lần gửi đã bị từ chối, không tính: dòng 3."]


def test_half_a_share_is_missing_and_said():
    report = read(odk([row("Ksor An", FULL | {"GD-2.1a": {"count": 3, "of": None}})], moments(1)))
    assert report["columns"][0]["GD-2.1a"] == [None] and "dòng 2 (GD-2.1a)" in report["notices"][0]["message"]


def test_an_ordinary_sheet_is_left_alone():
    data = "STT,Thôn/làng,Họ và tên chủ hộ,GD-1.1,GD-1.10\n1,Làng Ring,Ksor An,8,x\n".encode()
    report = read(data)
    assert report["columns"][0]["GD-1.1"] == [8] and report["columns"][0]["GD-1.10"] == [True]


def demo(rows: list[tuple[str, str, str]]) -> bytes:
    """What Kobo exports of the demonstration set of families: name, score of GD-1.1, time."""
    keys = [one.key for one in shipped.load("demo-family").indicators]
    table = [
        {"start": sent, "village": "Làng Ring", "head_name": name, "household_code": ""}
        | {f"criterion__{key[3]}/{name_of(key)}": value if key == "GD-1.1" else "10" for key in keys}
        | {"_uuid": str(at), "_submission_time": sent}
        for at, (name, value, sent) in enumerate(rows)
    ]
    return _csv(table, ";", "utf-8-sig")


def test_the_command_takes_the_export(tmp_path, capsys):
    from django.core.management import call_command

    file = tmp_path / "kobo.csv"
    file.write_bytes(demo([("Ksor An", "8.5", "2026-11-01T01:00:00"), ("Ksor Bình", "11", "2026-11-01T02:00:00")]))
    with pytest.raises(SystemExit):
        call_command("sheet", "check", str(file), "--kind", "scores", "--set", "demo-family", "--records", "--json")
    report = json.loads(capsys.readouterr().out)
    assert [one["GD-1.1"] for one in report["data"]] == [8.5, 11] and report["set"] == "demo-family"
    assert [(one["row"], one["code"], one["cell"]) for one in report["problems"]] == [(3, "over_maximum", "E3")]
    assert "tối đa 10 điểm" in report["problems"][0]["message"]


def test_the_command_writes_the_form(tmp_path):
    from django.core.management import call_command

    call_command("sheet", "form", "--set", "demo-family", "--out", str(tmp_path / "form.xlsx"))
    assert (tmp_path / "form.xlsx").read_bytes().startswith(b"PK")


def test_the_engine_reads_it_in_its_own_process():
    result = check(demo([("Ksor An", "8.5", "2026-11-01T01:00:00")]), "scores",
                   criteria=[sets.indicator_set(shipped.load("demo-family"))])  # fmt: skip
    assert (result.delimiter, result.column("GD-1.1"), result.problems) == (";", [8.5], [])


@pytest.fixture
def collected(judged):
    """A household in the round, and what a phone sent of it and of another, twice."""
    world = judged
    world.dossier(subject=world.household("Ksor An"), round=world.round(2026))
    world.household("Siu Blơn")
    head = "start;village;head_name;household_code;criterion__1/kad__1;criterion__1/GD_1_1;criterion__1/GD_1_2;_uuid;"
    lines = (
        "2026;Làng Ring;Ksor An;;;20;20;a;2026-11-01T01:00:00",
        "2026;Làng Ring;Siu Blơn;;GD_1_2;45.5;;b;2026-11-01T02:00:00",
        "2026;Làng Ring;Ksor An;;;45;40;c;2026-11-02T01:00:00",
        "2026;Làng Lạ;Rơ Mah;;;60;1;d;2026-11-02T01:00:00",
    )
    return world, ("\ufeff" + "\n".join([head + "_submission_time", *lines])).encode()


def test_the_import_page_takes_it_with_check_apply_and_undo(collected, browse):
    world, data = collected
    client = browse(world.minh)
    file = io.BytesIO(data)
    file.name = "kobo.csv"
    address = reverse("intake:upload") + f"?xa={world.ia_tor.pk}"
    page = client.post(address, {"file": file, "kind": "any", "year": 2026, "xa": world.ia_tor.pk}, follow=True)
    shown = page.content.decode()
    assert "chỉ tính lần gửi sau cùng" in shown and "bỏ dòng 2" in shown and "tối đa 50 điểm" in shown
    from hieuhoc.sheets.models import Import

    made = Import.objects.get()
    assert (made.kind, made.report["model"]) == ("scores", Model.FAMILY)
    client.post(reverse("intake:apply", args=[made.pk]))
    said = {one.subject.name: one for one in Dossier.objects.select_related("subject")}
    values = {key: one["value"] for key, one in said["Ksor An"].answers.items()}
    assert (values, said["Ksor An"].total) == ({"GD-1.1": 45, "GD-1.2": 40}, 85)
    assert said["Siu Blơn"].answers["GD-1.1"]["value"] == 45.5 and said["Siu Blơn"].answers["GD-1.2"]["value"] == "n/a"
    client.post(reverse("intake:undo", args=[made.pk]), {"reason": "Nhầm tệp"})
    assert [one.answers for one in Dossier.objects.all()] == [{}]
    assert actions.standing(Import.objects.get()) == "undone" and dossiers
