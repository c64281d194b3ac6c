"""The pages of recognition: a round's papers from minutes to certificates, by the people who do it."""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from hieuhoc.documents import fields, word
from hieuhoc.documents.tests.test_word import template
from hieuhoc.dossiers.models import State
from hieuhoc.jobs.models import Job
from hieuhoc.recognition import papers, prints, queries
from hieuhoc.recognition.models import Council, CouncilMeeting, Decision, Paper, Submission, VillageMeeting
from hieuhoc.recognition.tests.conftest import COUNCIL
from hieuhoc.recognition.views.papers import make_in_background
from hieuhoc.registry.models import Model


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def url(name: str, *args) -> str:
    return reverse(f"recognition:{name}", args=args)


def said(answer) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


def members(rows=COUNCIL) -> dict:
    data = {"members-TOTAL_FORMS": "9", "members-INITIAL_FORMS": "0", "founded_by": "Quyết định số 12/QĐ-UBND"}
    data = {key.replace("members", "form"): value for key, value in data.items()}
    for n in range(9):
        row = rows[n] if n < len(rows) else {"name": "", "post": "", "role": "member", "association": False}
        data |= {f"form-{n}-{key}": row[key] for key in ("name", "post", "role")}
        if row["association"]:
            data[f"form-{n}-association"] = "on"
    return data


def test_the_overview_says_what_waits_and_what_stands(world, browse, put_forward):
    text = said(browse(world.hoa).get(url("papers", world.round().pk)))
    assert "Gia đình học tập: 2" in text and "Dòng họ học tập: 1" in text
    assert "Lập quyết định" in text and "Làng Ring" in text
    assert "Bộ tiêu chí minh họa" in text


def test_who_reads_sees_no_buttons_of_others(world, browse, put_forward):
    text = said(browse(world.inspector).get(url("papers", world.round().pk)))
    assert "Lập quyết định" not in text and "Lập hội đồng" not in text


@pytest.mark.parametrize(
    ("name", "status"), [("minh", 200), ("hoa", 200), ("inspector", 200), ("ksor", 404), ("lan", 404), ("nobody", 404)]
)
def test_papers_of_a_round_are_absent_for_those_out_of_reach(world, browse, name, status):
    assert browse(world.people[name]).get(url("papers", world.round().pk)).status_code == status


def test_the_recorder_records_his_village_on_the_page(world, browse):
    page = url("village", world.round().pk, world.ring.pk)
    answer = browse(world.ksor).post(page, {"summoned": "80", "present": "60", "chair": "Ksor H'Lung"})
    assert answer.status_code == 302
    assert VillageMeeting.objects.get().present == 60
    assert browse(world.ksor).get(url("village", world.round().pk, world.phung.pk)).status_code == 404


def test_an_impossible_count_comes_back_with_its_sentence(world, browse):
    answer = browse(world.minh).post(
        url("village", world.round().pk, world.ring.pk), {"summoned": "60", "present": "80"}
    )
    assert answer.status_code == 422 and "nhiều hơn số hộ được triệu tập" in said(answer)


def test_the_council_is_named_and_a_wrong_one_told_why(world, browse):
    page = url("council", world.round().pk)
    answer = browse(world.minh).post(page, members(COUNCIL[:4]))
    assert answer.status_code == 422 and "phải là số lẻ" in said(answer)
    assert browse(world.minh).post(page, members()).status_code == 302
    assert Council.objects.get().members.count() == 5


def test_the_council_votes_model_by_model(world, browse, put_forward):
    round_ = world.round()
    browse(world.minh).post(url("council", round_.pk), members())
    there = [str(one.pk) for one in queries.council(round_.pk).members.all()]
    votes = {f"{kind}_{model}": "0" for kind in ("no", "abstained") for model in (Model.FAMILY, Model.CLAN)}
    votes |= {f"yes_{model}": "5" for model in (Model.FAMILY, Model.CLAN)}
    answer = browse(world.minh).post(url("council_meeting", round_.pk), {"form": "session", "there": there, **votes})
    assert answer.status_code == 302
    assert CouncilMeeting.objects.get().votes.count() == 2


def test_without_a_council_there_is_nothing_to_record(world, browse, put_forward):
    answer = browse(world.minh).get(url("council_meeting", world.round().pk))
    assert answer["Location"] == url("council", world.round().pk)


def test_from_submission_to_signed_decision(world, browse, put_forward, today):
    pk = world.round().pk
    assert browse(world.minh).post(url("submission", pk), {"number": "12"}).status_code == 302
    assert Submission.objects.get().number == "12"
    page = browse(world.hoa).get(url("issue", pk))
    assert "387/QĐ-TTg" in said(page)
    chosen = {"models": ["FAMILY", "CLAN"], "legal_bases": "Căn cứ A\nCăn cứ B"}
    assert browse(world.hoa).post(url("issue", pk), chosen).status_code == 302
    decision = Decision.objects.get()
    assert (decision.bases, decision.recognitions.count()) == (["Căn cứ A", "Căn cứ B"], 3)
    late = {"number": "57", "day": (today + timedelta(days=1)).isoformat()}
    assert "sau hôm nay" in said(browse(world.hoa).post(url("sign", decision.pk), late))
    assert browse(world.hoa).post(url("sign", decision.pk), late | {"day": today.isoformat()}).status_code == 302
    assert "Quyết định số 57/QĐ-UBND" in said(browse(world.minh).get(url("papers", pk)))


def test_a_decision_not_signed_yet_is_extended(world, browse, decision):
    world.dossier(State.PROPOSED, world.household("Siu Ba"))
    browse(world.hoa).post(url("issue", world.round().pk), {"models": ["FAMILY"], "legal_bases": "x"})
    assert Decision.objects.get().recognitions.count() == 4


@pytest.mark.parametrize("kind", sorted(papers.LABELS))
def test_every_kind_of_paper_is_made_and_downloaded(world, browse, signed, kind):
    data = {"kind": kind, "decision": signed.pk}
    assert browse(world.minh).post(url("make", world.round().pk), data).status_code == 302
    made = Paper.objects.filter(kind=kind).first()
    answer = browse(world.inspector).get(url("paper", made.pk))
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    assert browse(world.lan).get(url("paper", made.pk)).status_code == 404


@pytest.mark.parametrize("data", [{}, {"kind": "x"}, {"kind": "decision"}, {"kind": "decision", "decision": "999"}])
def test_an_unknown_paper_is_not_made(world, browse, data):
    assert browse(world.minh).post(url("make", world.round().pk), data).status_code == 404


def test_all_papers_are_made_in_the_background_and_taken_as_one_file(world, browse, signed):
    answer = browse(world.minh).post(url("make_all", world.round().pk))
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:one", args=[job.pk])
    make_in_background(FakeProgress(), by=world.minh, **job.args)
    packed = browse(world.minh).get(url("everything", world.round().pk))
    names = zipfile.ZipFile(BytesIO(packed.content)).namelist()
    assert {"to-trinh.docx", "bien-ban-thon/lang-ring.docx", "bieu-thong-ke.xlsx"} <= set(names)
    assert f"quyet-dinh-{signed.pk}/giay-cong-nhan.pdf" in names


class FakeProgress:
    def step(self, words, done=0, total=None):
        assert words


# --- templates


def test_a_template_goes_out_and_comes_back_changed(world, browse):
    pk, client = world.round().pk, browse(world.minh)
    standard = client.get(url("template", pk, "decision")).content
    assert word.check(standard, fields.DECISION) == []
    own = BytesIO(template("MẪU RIÊNG {{ ghi_chu }}"))
    own.name = "cua-xa.docx"
    assert client.post(url("templates", pk), {"kind": "decision", "file": own}).status_code == 302
    assert "cua-xa.docx" in said(client.get(url("templates", pk)))
    assert client.post(url("templates", pk), {"kind": "decision", "reset": "1"}).status_code == 302
    assert queries.template(world.ia_tor.pk, "decision") is None


def test_a_broken_template_is_told_and_nothing_changes(world, browse):
    own = BytesIO(template("{{ ghi_chu }} {{ khong_co }}"))
    own.name = "cua-xa.docx"
    answer = browse(world.minh).post(url("templates", world.round().pk), {"kind": "decision", "file": own})
    assert answer.status_code == 422 and "khong_co" in said(answer)
    assert queries.template(world.ia_tor.pk, "decision") is None


# --- the register


def test_the_register_finds_by_name_number_and_code(world, browse, signed):
    title = queries.titles(signed.pk).filter(model=Model.FAMILY).last()
    for text in ("kpuih hngun", title.printed["number"], title.code.lower()):
        rows = browse(world.minh).get(url("register"), {"tim": text}).context["rows"]
        assert [one.pk for one, _, _ in rows] == [title.pk]
    rows = browse(world.minh).get(url("register"), {"danh_hieu": "CLAN", "nam": str(title.year)}).context["rows"]
    assert [one.model for one, _, _ in rows] == [Model.CLAN]


def test_the_register_of_another_commune_is_not_seen(world, browse, signed):
    assert browse(world.lan).get(url("register")).context["rows"] == []
    assert browse(world.nobody).get(url("register")).status_code == 403


def test_the_register_goes_to_excel(world, browse, signed):
    answer = browse(world.minh).get(url("register"), {"excel": "1"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [sheet.cell(1, 3).value, sheet.max_row] == ["Số vào sổ", 4]
    assert "Kpuih H'Ngưn" in [sheet.cell(row, 4).value for row in range(2, 5)]


def test_a_long_register_costs_few_queries(world, browse, signed, django_assert_max_num_queries):
    client = browse(world.minh)
    with django_assert_max_num_queries(16):
        client.get(url("register"))


def test_a_title_shows_its_certificate_and_prints_a_copy(world, browse, signed):
    title = queries.titles(signed.pk).first()
    assert "57/QĐ-UBND" in said(browse(world.inspector).get(url("title", title.pk)))
    answer = browse(world.minh).post(url("reprint", title.pk), {"reason": "Bản chính bị ướt"})
    assert "BẢN SAO" in PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "Bản chính bị ướt" in said(browse(world.minh).get(url("title", title.pk)))


def test_a_title_is_corrected_then_revoked_on_the_page(world, browse, signed, today):
    title, client = queries.titles(signed.pk).filter(model=Model.FAMILY).last(), browse(world.hoa)
    later = {"day": today.isoformat(), "reason": "Kê khai sai"}
    correct = {"name": "Kpuih H'Ngân", "address": title.printed["address"], "number": "61", **later}
    assert client.post(url("correct", title.pk), correct).status_code == 302
    assert "Kpuih H'Ngân" in said(client.get(url("title", title.pk)))
    assert client.post(url("revoke", title.pk), {"number": "62", **later}).status_code == 302
    assert "thu hồi theo Quyết định số 62/QĐ-UBND" in said(client.get(url("title", title.pk)))


@pytest.mark.parametrize("name", ["minh", "ksor", "lan", "inspector", "nobody"])
def test_who_may_not_revoke_finds_no_such_page(world, browse, signed, name):
    title = queries.titles(signed.pk).first()
    assert browse(world.people[name]).get(url("revoke", title.pk)).status_code == 404


def test_one_original_is_downloaded_from_the_page_of_its_title(world, browse, signed):
    title, client = queries.titles(signed.pk).first(), browse(world.hoa)
    assert "Chưa in" in said(client.get(url("title", title.pk)))
    assert "chưa được in" in said(client.get(url("original", title.pk), follow=True))
    prints.print_originals(signed.pk, by=world.minh)
    answer = client.get(url("original", title.pk))
    assert answer["Content-Type"] == "application/pdf" and len(PdfReader(BytesIO(answer.content)).pages) == 1
    assert "Tải bản chính" in said(client.get(url("title", title.pk)))
    shown = said(browse(world.inspector).get(url("title", title.pk)))
    assert "57/QĐ-UBND" in shown and "Tải bản chính" not in shown and "In bản sao" not in shown


@pytest.mark.parametrize(
    ("name", "offered"), [("minh", True), ("hoa", True), ("inspector", False), ("province", False)]
)
def test_only_who_makes_papers_is_offered_to_make_them(world, browse, signed, name, offered):
    shown = said(browse(world.people[name]).get(url("papers", world.round().pk)))
    assert ("Làm: Quyết định" in shown) == ("Làm tất cả" in shown) == offered
