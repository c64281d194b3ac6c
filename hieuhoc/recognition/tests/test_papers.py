"""Papers of a round through their face: what stands in them, what is kept, what is a copy."""

from __future__ import annotations

from dataclasses import fields
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.documents.tests.test_word import template
from hieuhoc.dossiers.models import State
from hieuhoc.files import store
from hieuhoc.recognition import actions, certificates, papers, prints, queries, rules, signing
from hieuhoc.recognition.actions import Refused
from hieuhoc.recognition.models import Paper, Printing
from hieuhoc.recognition.tests.conftest import COUNCIL
from hieuhoc.registry.models import Model


def words(data: bytes) -> str:
    body = Document(BytesIO(data)).element.body
    lines = ("".join(node.text or "" for node in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return " ".join(" ".join(lines).split())


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def test_all_papers_of_a_round_are_written_and_named(world, signed, tmp_path):
    written = papers.make_all(world.round().pk, by=world.minh, out_dir=tmp_path / "out")
    names = {
        "decision", "list", "list_xlsx", "certificates", "certificates_each", "statistics", "submission", "minutes",
        "village_minutes",
    }  # fmt: skip
    assert set(written) == names
    out = tmp_path / "out"
    files = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert files >= {"quyet-dinh.docx", "danh-sach.docx", "danh-sach.xlsx", "to-trinh.docx", "bien-ban-hoi-dong.docx"}
    assert files >= {"bien-ban-thon/lang-ring.docx", "bien-ban-thon/lang-phung.docx", "bieu-thong-ke.xlsx"}
    assert len([name for name in files if name.startswith("giay-cong-nhan/")]) == 3
    assert not [name for name in files if name.endswith(".part")]


def test_every_paper_is_kept_with_its_hash_and_the_latest_is_in_use(world, decision):
    papers.make_all(world.round().pk, by=world.minh)
    papers.make(world.round(), "decision", decision, by=world.minh)
    in_use = {paper.kind: paper for paper in queries.papers(world.round().pk)}
    assert set(in_use) == set(papers.LABELS)
    assert Paper.objects.filter(kind="decision").count() == 2
    assert in_use["decision"].pk == Paper.objects.filter(kind="decision").latest("made_at").pk
    assert store.read(in_use["decision"].file).startswith(b"PK")


def test_the_decision_says_what_was_decided(world, signed):
    text = words(papers.make(world.round(), "decision", signed, by=world.minh))
    assert "Số: 57/QĐ-UBND" in text
    assert "- 2 hộ gia đình đạt danh hiệu “Gia đình học tập”; - 1 dòng họ đạt danh hiệu “Dòng họ học tập”." in text
    assert "Bộ tiêu chí minh họa" in text
    assert "Trần Văn Hòa" in text


def test_the_list_is_by_village_in_word_and_in_excel(world, signed):
    text = words(papers.make(world.round(), "awards", signed, by=world.minh))
    assert text.index("Làng Phung: 1 hộ gia đình") < text.index("Rơ Châm Anh") < text.index("Kpuih H'Ngưn")
    book = openpyxl.load_workbook(BytesIO(papers.make(world.round(), "awards_xlsx", signed, by=world.minh)))
    cells = [cell.value for row in book.active.iter_rows() for cell in row if cell.value]
    assert {"Rơ Châm Anh", "Kpuih H'Ngưn", "Dòng họ Rơ Châm", "100 điểm"} <= set(cells)


def test_the_submission_repeats_the_counts_it_was_written_with(world, put_forward):
    actions.write_submission(world.round().pk, by=world.minh, number="12", signer="Nguyễn Thị Minh")
    world.dossier(State.PROPOSED, world.household("Đến sau"))
    text = words(papers.make(world.round(), "submission", by=world.minh))
    assert "Số: 12/TTr-HKH" in text
    assert "Gia đình học tập 2 2 2 100,00 %" in text
    assert "HỘI KHUYẾN HỌC TỈNH GIA LAI" in text


def test_minutes_of_a_village_list_who_is_put_forward_there(world, put_forward):
    actions.record_village_meeting(
        world.round().pk, world.ring.pk, by=world.ksor, summoned=80, present=60, chair="Ksor H'Lung"
    )
    made = dict(papers.village_minutes(world.round(), by=world.minh))
    assert set(made) == {"lang-ring.docx", "lang-phung.docx"}
    ring = words(made["lang-ring.docx"])
    assert "triệu tập 80 hộ, có mặt đại diện của 60 hộ, vắng 20 hộ" in ring
    assert "Kpuih H'Ngưn" in ring and "Rơ Châm Anh" not in ring
    assert "triệu tập …… hộ" in words(made["lang-phung.docx"])


def test_minutes_of_the_council_before_and_after_it_met(world, put_forward):
    blank = words(papers.make(world.round(), "council_minutes", by=world.minh))
    assert "Gia đình học tập 2 …… …… ……" in blank and "(CÓ MẶT ……/5)" in blank
    council = actions.found_council(world.round().pk, COUNCIL, by=world.minh)
    present = list(council.members.values_list("pk", flat=True))[:4]
    vote = {"model": Model.FAMILY, "yes": 4, "no": 0}
    actions.hold_council(council.pk, [vote], by=world.minh, present=present, conclusions="Nhất trí.")
    held = words(papers.make(world.round(), "council_minutes", by=world.minh))
    assert "(CÓ MẶT 4/5)" in held and "Gia đình học tập 2 4 0 0" in held and "Nhất trí." in held


def test_statistics_count_by_model_and_village(world, put_forward):
    world.household("Không đăng ký")
    data = papers.make(world.round(), "statistics", by=world.minh)
    sheet = openpyxl.load_workbook(BytesIO(data))["Gia đình học tập"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows() if row[1].value in ("Làng Phung", "Làng Ring")]
    assert [row[1:6] for row in rows] == [["Làng Phung", 1, 1, 1, 0], ["Làng Ring", 2, 1, 1, 0]]


def test_an_own_template_of_the_commune_is_used(world, decision):
    own = template("MẪU RIÊNG {{ so }} {{ ghi_chu }}")
    actions.replace_template(world.round().pk, "decision", own, "mau.docx", by=world.minh)
    assert "MẪU RIÊNG" in words(papers.make(world.round(), "decision", decision, by=world.minh))


@pytest.mark.parametrize("name", ["ksor", "lan", "admin", "nobody"])
def test_papers_are_made_for_those_who_may_read_them(world, decision, name):
    with pytest.raises(Forbidden):
        papers.make_all(world.round().pk, by=world.people[name])


# --- certificates


def test_certificates_stand_in_the_order_of_the_register(world, signed):
    texts = pages(prints.print_originals(signed.pk, by=world.minh))
    numbers = [title.printed["number"] for title in queries.titles(signed.pk)]
    assert [number in text for number, text in zip(numbers, texts, strict=True)] == [True] * 3
    assert "57/QĐ-UBND" in texts[0]


def test_originals_of_a_signed_decision_are_made_once_and_given_again_as_kept(world, signed):
    first = prints.print_originals(signed.pk, by=world.minh)
    assert prints.print_originals(signed.pk, by=world.minh) == first
    assert [(one.copy, one.count) for one in Printing.objects.all()] == [(False, 3)]


def test_proofs_before_signing_are_no_originals(world, decision, today):
    prints.print_originals(decision.pk, by=world.minh)
    assert not Printing.objects.exists()
    actions.sign_decision(decision.pk, "57", today, by=world.hoa)
    assert "57/QĐ-UBND" in pages(prints.print_originals(decision.pk, by=world.minh))[0]


def test_long_lists_are_kept_in_volumes_and_given_as_one(world, signed, monkeypatch):
    monkeypatch.setattr(prints, "VOLUME", 2)
    monkeypatch.setattr(prints.pages, "_AT_ONCE", 2)
    assert len(pages(prints.print_originals(signed.pk, by=world.minh))) == 3
    assert len(pages(prints.print_originals(signed.pk, by=world.minh))) == 3
    assert Paper.objects.filter(kind="certificates").count() == 2


def test_a_reprint_is_a_copy_and_counted_and_needs_a_reason(world, signed):
    title = queries.titles(signed.pk).first()
    (text,) = pages(prints.reprint(title.pk, by=world.minh, reason="Bản chính bị ướt"))
    assert "BẢN SAO" in text
    assert Printing.objects.get(copy=True).reason == "Bản chính bị ướt"
    with pytest.raises(Refused, match="lý do"):
        prints.reprint(title.pk, by=world.minh, reason="")


def test_a_copy_carries_the_correction(world, signed, today):
    title = queries.titles(signed.pk).filter(model=Model.FAMILY).last()
    actions.correct(title.pk, {"name": "Kpuih H'Ngân"}, by=world.hoa, number="61", day=today, reason="Sai tên")
    assert "Kpuih H'Ngân" in pages(prints.reprint(title.pk, by=world.minh, reason="Đính chính"))[0]


def test_there_is_no_copy_of_what_was_taken_back_or_never_signed(world, signed, today):
    title = queries.titles(signed.pk).first()
    actions.revoke([title.pk], by=world.hoa, number="60", day=today, reason="Kê khai sai")
    with pytest.raises(Refused, match="thu hồi"):
        prints.reprint(title.pk, by=world.minh, reason="x")


def test_the_code_on_paper_proves_what_the_paper_says(world, signed):
    title = queries.titles(signed.pk).filter(model=Model.FAMILY).last()
    (made,) = certificates.of([title], signed)
    address, _, statement = made.url.partition("#")
    claim = signing.read(statement, signing.public_keys())
    assert address.endswith(f"/xac-nhan/{title.code}")
    assert (claim.name, claim.place) == ("Kpuih H'Ngưn", "xã Ia Tôr, tỉnh Gia Lai")
    assert (claim.decision, claim.day) == ("57/QĐ-UBND", signed.day.isoformat())
    assert rules.read_code(made.code) == claim.code == title.code
    assert {field.name for field in fields(claim)} >= {"code", "model", "year", "level"}


# --- who makes papers; several decisions; one certificate


@pytest.mark.parametrize(
    ("name", "makes"),
    [("minh", True), ("hoa", True), ("ksor", False), ("lan", False), ("province", False), ("inspector", False)],
)
def test_papers_are_made_by_who_proposes_and_who_signs(world, decision, name, makes):
    by, round_ = world.people[name], world.round()
    for act in (
        lambda: papers.make(round_, "submission", by=by),
        lambda: list(papers.village_minutes(round_, by=by)),
        lambda: prints.print_originals(decision.pk, by=by),
    ):
        if makes:
            assert act()
        else:
            with pytest.raises(Forbidden):
                act()
    assert Paper.objects.exists() == makes


@pytest.fixture
def second(world, signed, today):
    """A second decision of the year, signed too, with one household."""
    world.dossier(State.PROPOSED, world.household("Siu Ba"))
    made = actions.issue_decision(world.round().pk, by=world.hoa)
    return actions.sign_decision(made.pk, "58", today, by=world.hoa)


def test_each_decision_of_a_round_has_papers_of_its_own(world, signed, second, tmp_path):
    out = tmp_path / "out"
    written = papers.make_all(world.round().pk, by=world.minh, out_dir=out)
    for key in ("decision", "list", "list_xlsx", "certificates", "certificates_each"):
        assert {key, f"{key}-2"} <= set(written) and written[key] != written[f"{key}-2"]
    lists = {
        key: words((out / name).read_bytes()) for key, name in (("1", "danh-sach.docx"), ("2", "danh-sach-2.docx"))
    }
    assert "Kpuih H'Ngưn" in lists["1"] and "Siu Ba" not in lists["1"]
    assert "Siu Ba" in lists["2"] and "Kpuih H'Ngưn" not in lists["2"] and "58/QĐ-UBND" in lists["2"]
    assert [len(pages((out / f"giay-cong-nhan{n}.pdf").read_bytes())) for n in ("", "-2")] == [3, 1]
    kept = {(one.kind, one.decision_id) for one in queries.papers(world.round().pk)}
    assert {(kind, one.pk) for kind in ("decision", "awards", "certificates") for one in (signed, second)} <= kept


def test_one_certificate_is_taken_out_of_the_originals_and_is_no_copy(world, signed):
    prints.print_originals(signed.pk, by=world.minh)
    for title in queries.titles(signed.pk):
        name, data = prints.original(title.pk, by=world.hoa)
        (text,) = pages(data)
        assert title.printed["name"] in text and rules.show_code(title.code) in text and "BẢN SAO" not in text
        assert name == f"giay-cong-nhan-{title.printed['number'].replace('/', '-')}.pdf"
    assert [one.copy for one in Printing.objects.all()] == [False]
    assert Entry.objects.filter(verb="recognition.look", actor=world.hoa).count() == 3


def test_one_certificate_is_found_in_any_volume(world, signed, monkeypatch):
    monkeypatch.setattr(prints, "VOLUME", 2)
    monkeypatch.setattr(prints.pages, "_AT_ONCE", 2)
    prints.print_originals(signed.pk, by=world.minh)
    for title in queries.titles(signed.pk):
        assert title.printed["name"] in pages(prints.original(title.pk, by=world.minh)[1])[0]


@pytest.mark.parametrize("why", ["chưa được in", "thu hồi", "đính chính"])
def test_there_is_no_original_before_printing_or_after_the_words_changed(world, signed, today, why):
    title = queries.titles(signed.pk).filter(model=Model.FAMILY).first()
    later = {"by": world.hoa, "number": "61", "day": today, "reason": "Sai"}
    if why != "chưa được in":
        prints.print_originals(signed.pk, by=world.minh)
    if why == "thu hồi":
        actions.revoke([title.pk], **later)
    if why == "đính chính":
        actions.correct(title.pk, {"name": "Rơ Châm Ánh"}, **later)
    with pytest.raises(Refused, match=why):
        prints.original(title.pk, by=world.minh)
    assert not Entry.objects.filter(verb="recognition.look").exists()


@pytest.mark.parametrize("name", ["ksor", "lan", "province", "inspector", "nobody"])
def test_who_only_reads_takes_no_original(world, signed, name):
    prints.print_originals(signed.pk, by=world.minh)
    with pytest.raises(Forbidden):
        prints.original(queries.titles(signed.pk).first().pk, by=world.people[name])
