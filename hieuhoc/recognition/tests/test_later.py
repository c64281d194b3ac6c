"""Decisions that follow a signed one, on paper: the draft to sign, the paper kept, the certificate made out anew."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from hieuhoc.accounts.access import Forbidden
from hieuhoc.documents import fields, word
from hieuhoc.documents.tests.test_word import template
from hieuhoc.files import store
from hieuhoc.recognition import actions, certificates, later, papers, prints, queries, rules, signing
from hieuhoc.recognition.actions import Refused
from hieuhoc.recognition.models import Decision, Paper, Printing
from hieuhoc.recognition.tests.test_pages import said
from hieuhoc.recognition.tests.test_papers import own_files, pages, words
from hieuhoc.registry.models import Model

__all__ = ["own_files"]
WHY = "Kê khai sai số giờ học"


@pytest.fixture
def ngun(signed):
    """The title of the household Kpuih H'Ngưn, number 0002."""
    return queries.titles(signed.pk).filter(model=Model.FAMILY).last()


@pytest.fixture
def revoked(world, signed, today, ngun):
    """A family and the clan lose their titles by decision 60."""
    ids = [ngun.pk, queries.titles(signed.pk).get(model=Model.CLAN).pk]
    return actions.revoke(ids, by=world.hoa, number="60", day=today, reason=WHY)


@pytest.fixture
def corrected(world, today, ngun):
    """The name of the family is put right by decision 61, signed by somebody else."""
    changes = {"name": "Kpuih H'Ngân", "address": ngun.printed["address"]}
    return actions.correct(
        ngun.pk, changes, by=world.hoa, number="61", day=today, reason="Sai tên", signer="Lê Thị Mai"
    )


def rows(data: bytes) -> list[list[str]]:
    table = next(t for t in Document(BytesIO(data)).tables if t.style.name == "Table Grid")
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def figures(day) -> str:
    return f"57/QĐ-UBND ngày {day:%d/%m/%Y}"


# --- what the papers say


def test_a_revocation_says_who_loses_what_given_by_which_decision_and_why(world, revoked, today):
    data = papers.make(world.round(), "revocation", revoked, by=world.minh)
    year, given = world.round().year, figures(today)
    assert rows(data) == [
        ["1", "Dòng họ Rơ Châm", "Làng Ring", f"Dòng họ học tập năm {year}", given, f"0001/DHHT-{year}"],
        ["2", "Kpuih H'Ngưn", "Làng Ring", f"Gia đình học tập năm {year}", given, f"0002/GĐHT-{year}"],
    ]
    text = words(data)
    places = [
        "Số: 60/QĐ-UBND",
        f"QUYẾT ĐỊNH Về việc thu hồi danh hiệu, hủy bỏ giấy công nhận danh hiệu học tập năm {year}",
        "Căn cứ Quyết định số 387/QĐ-TTg",
        "Điều 1. Thu hồi danh hiệu và hủy bỏ giấy công nhận đã cấp cho 1 dòng họ, 1 hộ gia đình sau đây:",
        f"Lý do: {WHY}.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        "Điều 3. Văn phòng",
        "Nơi nhận: - Như Điều 3;",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Trần Văn Hòa",
    ]
    found = [text.find(place) for place in places]
    assert -1 not in found and found == sorted(found)


def test_a_correction_says_what_becomes_what(world, corrected, today):
    data = papers.make(world.round(), "correction", corrected, by=world.minh)
    given = f"{figures(today)}; số 0002/GĐHT-{world.round().year}"
    assert rows(data) == [["1", "Kpuih H'Ngưn; Làng Ring", given, "Tên", "Kpuih H'Ngưn", "Kpuih H'Ngân"]]
    text = words(data)
    assert "Số: 61/QĐ-UBND" in text and "Lý do: Sai tên." in text and "Lê Thị Mai" in text
    assert "Cấp lại giấy công nhận với nội dung đã đính chính, giữ nguyên số vào sổ và mã kiểm tra" in text


def test_a_second_correction_starts_from_the_first_and_the_first_still_reads_as_it_did(world, corrected, ngun, today):
    second = actions.correct(ngun.pk, {"name": "Kpuih Ngân"}, by=world.hoa, number="62", day=today, reason="Lại sai")
    assert rows(papers.make(world.round(), "correction", second, by=world.minh))[0][4:] == [
        "Kpuih H'Ngân", "Kpuih Ngân",
    ]  # fmt: skip
    assert rows(papers.make(world.round(), "correction", corrected, by=world.minh))[0][1] == "Kpuih H'Ngưn; Làng Ring"


def test_a_later_decision_is_not_dated_before_a_correction(world, decision, today):
    world.round().__class__.objects.update(opened_on=today - timedelta(days=30))
    actions.sign_decision(decision.pk, "57", today - timedelta(days=20), by=world.hoa)
    title = queries.titles(decision.pk).filter(model=Model.FAMILY).last()
    given = {"by": world.hoa, "reason": WHY}
    actions.correct(title.pk, {"name": "Kpuih Một"}, number="60", day=today - timedelta(days=5), **given)
    for act in (
        lambda day: actions.correct(title.pk, {"name": "Kpuih Hai"}, number="61", day=day, **given),
        lambda day: actions.revoke([title.pk], number="62", day=day, **given),
    ):
        with pytest.raises(Refused, match="quyết định đính chính ký sau ngày này"):
            act(today - timedelta(days=6))
        act(today - timedelta(days=5))


def test_the_bases_are_those_already_named_and_the_decision_that_is_followed(world, signed, revoked, ngun):
    assert revoked.bases == later.proposed_bases([ngun])
    assert revoked.bases[:-1] == [basis for basis in signed.bases if not basis.startswith("Theo đề nghị")]
    assert revoked.bases[-1].startswith("Căn cứ Quyết định số 57/QĐ-UBND ngày ")
    assert not any("Theo đề nghị" in basis for basis in revoked.bases)


@pytest.mark.parametrize("given", [["Căn cứ Biên bản kiểm tra số 3"], []])
def test_bases_a_person_typed_are_printed_and_no_others(world, signed, ngun, today, given):
    made = actions.revoke([ngun.pk], by=world.hoa, number="60", day=today, reason=WHY, legal_bases=given)
    text = words(papers.make(world.round(), "revocation", made, by=world.minh))
    assert ("Căn cứ Biên bản kiểm tra số 3." in text) == bool(given)
    assert "387/QĐ-TTg" not in text


@pytest.mark.parametrize("kind", ["revocation", "correction"])
def test_a_commune_prints_them_on_its_own_template(world, signed, ngun, today, kind):
    standard = word.standard(fields.PAPERS[kind])
    assert word.check(standard.read_bytes(), fields.PAPERS[kind]) == []
    own = Document(standard)
    own.add_paragraph("Mẫu riêng của xã {{ nam }}")
    packed = BytesIO()
    own.save(packed)
    actions.replace_template(world.round().pk, kind, packed.getvalue(), "cua-xa.docx", by=world.minh)
    given = {"by": world.hoa, "number": "60", "day": today, "reason": WHY}
    if kind == "revocation":
        made = actions.revoke([ngun.pk], **given)
    else:
        made = actions.correct(ngun.pk, {"name": "X Y"}, **given)
    assert f"Mẫu riêng của xã {world.round().year}" in words(papers.make(world.round(), kind, made, by=world.minh))


def test_a_template_without_the_list_of_those_concerned_is_refused(world):
    with pytest.raises(Refused, match="thiếu bảng danh sách"):
        own = template("{{ so }} {{ ghi_chu }}")
        actions.replace_template(world.round().pk, "revocation", own, "mau.docx", by=world.minh)


def test_the_paper_is_kept_as_it_was_made(world, revoked):
    data = papers.make(world.round(), "revocation", revoked, by=world.minh)
    (kept,) = Paper.objects.filter(kind="revocation", decision=revoked)
    assert store.read(kept.file) == data and kept.file.name == "quyet-dinh-thu-hoi.docx"
    assert [one.pk for one in queries.papers(world.round().pk) if one.decision_id == revoked.pk] == [kept.pk]


# --- the draft


def test_a_draft_is_the_paper_with_room_for_number_and_day_and_records_nothing(world, signed, ngun):
    before = Decision.objects.count()
    wish = later.Wish(WHY, legal_bases=["Căn cứ A"])
    text = words(papers.draft_revocation([ngun.pk], wish, by=world.hoa))
    assert "Số: /QĐ-UBND" in text and "ngày tháng năm" in text and "Kpuih H'Ngưn" in text and "Căn cứ A." in text
    text = words(papers.draft_correction(ngun.pk, {"name": "Kpuih H'Ngân"}, wish, by=world.hoa))
    assert "Số: /QĐ-UBND" in text and "Kpuih H'Ngân" in text
    assert Decision.objects.count() == before and not Paper.objects.exists()


REFUSED = [
    ({"reason": " "}, {"name": "X"}, "lý do"),
    ({}, {}, "Chỉ đính chính được tên"),
    ({}, {"name": "Kpuih H'Ngưn"}, "không khác giấy đã in"),
]


@pytest.mark.parametrize(("wish", "changes", "sentence"), REFUSED)
def test_a_draft_is_refused_as_the_act_would_be(world, signed, ngun, wish, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        papers.draft_correction(ngun.pk, changes, later.Wish(**{"reason": WHY} | wish), by=world.hoa)


def test_only_who_may_revoke_drafts_a_revocation(world, signed, ngun):
    with pytest.raises(Forbidden):
        papers.draft_revocation([ngun.pk], later.Wish(WHY), by=world.minh)


def test_what_was_taken_back_is_not_drafted_again(world, revoked, ngun):
    with pytest.raises(Refused, match="đã bị thu hồi"):
        papers.draft_revocation([ngun.pk], later.Wish(WHY), by=world.hoa)


# --- the certificate made out anew


def test_a_corrected_certificate_keeps_number_and_code_and_names_its_decision(world, corrected, ngun):
    (text,) = pages(papers.make(world.round(), "corrected", corrected, by=world.minh))
    assert "Kpuih H'Ngân" in text and "Kpuih H'Ngưn" not in text and "BẢN SAO" not in text
    assert ngun.printed["number"] in text and rules.show_code(ngun.code) in text
    assert "Đính chính theo Quyết định số 61/QĐ-UBND ngày" in text and "Quyết định số 57/QĐ-UBND" in text
    assert "Lê Thị Mai" in text and "Trần Văn Hòa" not in text
    claim = signing.read(certificates.now(ngun, copy=False).url.partition("#")[2], signing.public_keys())
    assert (claim.name, claim.code) == ("Kpuih H'Ngân", ngun.code)


def test_it_is_printed_once_and_then_given_as_kept_and_a_reprint_is_a_copy(world, corrected, ngun):
    first = prints.print_corrected(corrected.pk, by=world.minh)
    assert prints.print_corrected(corrected.pk, by=world.hoa) == first
    assert [(one.recognition_id, one.copy) for one in Printing.objects.all()] == [(ngun.pk, False)]
    (text,) = pages(prints.reprint(ngun.pk, by=world.minh, reason="Bị ướt"))
    assert "BẢN SAO" in text and "Kpuih H'Ngân" in text and "Đính chính theo Quyết định số 61" in text


@pytest.mark.parametrize("after", ["revoked", "corrected again"])
def test_it_is_not_printed_when_a_later_fact_came(world, corrected, ngun, today, after):
    given = {"by": world.hoa, "number": "62", "day": today, "reason": WHY}
    if after == "revoked":
        actions.revoke([ngun.pk], **given)
    else:
        actions.correct(ngun.pk, {"name": "Kpuih Ngân"}, **given)
    with pytest.raises(Refused, match="thu hồi hoặc được đính chính tiếp"):
        prints.print_corrected(corrected.pk, by=world.minh)
    assert not Printing.objects.exists()


def test_the_old_code_goes_on_saying_that_it_was_corrected_then_revoked(world, corrected, ngun, today):
    answer = queries.check(ngun.code)
    assert (answer.stands, answer.corrected) == (True, True)
    actions.revoke([ngun.pk], by=world.hoa, number="62", day=today, reason=WHY)
    answer = queries.check(ngun.code)
    assert (answer.stands, answer.corrected) == (False, True) and "62/QĐ-UBND" in answer.because


def test_all_papers_of_a_round_are_made_with_those_of_later_decisions(world, revoked, tmp_path, today):
    anh = queries.titles(revoked.round.decisions.get(number="57").pk).filter(model=Model.FAMILY).first()
    actions.correct(anh.pk, {"name": "Rơ Châm Ánh"}, by=world.hoa, number="61", day=today, reason="Sai tên")
    written = papers.make_all(world.round().pk, by=world.minh, out_dir=tmp_path / "out")
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"quyet-dinh-thu-hoi.docx", "quyet-dinh-dinh-chinh-2.docx", "giay-cong-nhan-dinh-chinh-2.pdf"} <= files
    assert {"revocation", "correction-2", "corrected-2"} <= set(written)


# --- on the pages


def url(name: str, *args) -> str:
    return reverse(f"recognition:{name}", args=args)


def test_the_form_proposes_the_bases_and_gives_a_draft_before_anything_is_recorded(world, browse, signed, ngun, today):
    client, page = browse(world.hoa), url("revoke", ngun.pk)
    assert "Căn cứ Quyết định số 57/QĐ-UBND" in said(client.get(page))
    answer = client.post(page, {"draft": "1", "reason": WHY, "legal_bases": "Căn cứ A"})
    assert answer["Content-Disposition"].startswith("attachment") and "Căn cứ A." in words(answer.content)
    sent = {"draft": "1", "reason": WHY, "name": "Y", "address": "Z", "day": today.isoformat()}
    text = words(client.post(url("correct", ngun.pk), sent).content)
    assert "Y" in text and "ngày tháng năm" in text
    assert "Số: 61/QĐ-UBND" in words(client.post(url("correct", ngun.pk), sent | {"number": "61"}).content)
    assert Decision.objects.count() == 1


def test_a_record_needs_number_and_day_though_a_draft_does_not(world, browse, signed, ngun):
    answer = browse(world.hoa).post(url("revoke", ngun.pk), {"reason": WHY})
    assert answer.status_code == 422 and Decision.objects.count() == 1
    answer = browse(world.hoa).post(url("revoke", ngun.pk), {"draft": "1"})
    assert answer.status_code == 422


def test_the_papers_are_made_from_the_page_of_the_title_and_of_the_round(world, browse, corrected, ngun):
    client, round_ = browse(world.minh), world.round()
    shown = said(client.get(url("title", ngun.pk)))
    assert "Làm: Quyết định đính chính" in shown and "Làm: Giấy công nhận đã đính chính" in shown
    assert "Kpuih H'Ngưn → Kpuih H'Ngân" in shown
    for kind in ("correction", "corrected"):
        sent = {"kind": kind, "decision": corrected.pk, "title": str(ngun.pk)}
        assert client.post(url("make", round_.pk), sent)["Location"] == url("title", ngun.pk)
    shown = said(client.get(url("papers", round_.pk)))
    assert "Đính chính: Quyết định số 61/QĐ-UBND" in shown and "Làm lại: Quyết định đính chính" in shown
    assert "Làm lại: Giấy công nhận đã đính chính" not in shown


@pytest.mark.parametrize("kind", ["decision", "certificates", "revocation"])
def test_a_decision_has_only_the_papers_of_its_kind(world, browse, corrected, kind):
    sent = {"kind": kind, "decision": corrected.pk}
    assert browse(world.minh).post(url("make", world.round().pk), sent).status_code == 404
    assert not Paper.objects.exists()


def test_a_certificate_that_no_longer_holds_is_refused_in_a_sentence(world, browse, corrected, ngun, today):
    actions.revoke([ngun.pk], by=world.hoa, number="62", day=today, reason=WHY)
    sent = {"kind": "corrected", "decision": corrected.pk}
    answer = browse(world.minh).post(url("make", world.round().pk), sent, follow=True)
    assert "không còn giấy để in" in said(answer)
    assert "Làm: Giấy công nhận đã đính chính" not in said(answer)


def test_originals_leave_out_what_was_taken_back_or_put_right_before_they_were_printed(world, signed, ngun, today):
    others = list(queries.titles(signed.pk).exclude(pk=ngun.pk))
    actions.correct(ngun.pk, {"name": "Kpuih H'Ngân"}, by=world.hoa, number="60", day=today, reason="Sai tên")
    whole = prints.print_originals(signed.pk, by=world.minh)
    assert len(pages(whole)) == len(others) and not any("Kpuih H'Ngưn" in page for page in pages(whole))
    assert Printing.objects.get(decision=signed, recognition=None).left_out == [ngun.pk]
    assert len(list(prints.one_by_one(signed))) == len(others)
    for one in others:
        (page,) = pages(prints.original(one.pk, by=world.minh)[1])
        assert one.printed["number"] in page, "the page of the title that was asked for"


def test_pages_set_while_the_decision_changed_are_not_kept(world, decision, monkeypatch):
    set_pages = prints.pages.pdf_parts

    def meanwhile(given):
        made = list(set_pages(given))
        title = queries.titles(decision.pk).first()
        actions.drop_title(title.pk, by=world.hoa, reason="Sai tên")
        return made

    monkeypatch.setattr(prints.pages, "pdf_parts", meanwhile)
    with pytest.raises(actions.Refused, match="vừa thay đổi trong lúc làm"):
        prints.print_originals(decision.pk, by=world.minh)
    assert not Paper.objects.filter(kind="certificates").exists()


def test_single_files_leave_out_what_fell_after_the_printing(world, signed, ngun, today):
    prints.print_originals(signed.pk, by=world.minh)
    whole = len(list(prints.one_by_one(signed)))
    actions.revoke([ngun.pk], by=world.hoa, number="60", day=today, reason=WHY)
    assert len(list(prints.one_by_one(signed))) == whole - 1


def test_with_every_title_taken_back_there_is_nothing_to_print(world, signed, today):
    ids = list(queries.titles(signed.pk).values_list("pk", flat=True))
    actions.revoke(ids, by=world.hoa, number="60", day=today, reason=WHY)
    with pytest.raises(actions.Refused, match="không còn bản chính"):
        prints.print_originals(signed.pk, by=world.minh)
