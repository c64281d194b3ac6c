"""The Word papers through their door: what a reader of the .docx finds."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from hieuhoc.documents import fields, make_templates, papers, word
from hieuhoc.documents.papers import Award, Section, Tally, Village, Vote
from hieuhoc.documents.tests.samples import COMMITTEE, COUNCIL, EVENING, FAMILIES


def words(data: bytes) -> str:
    """All text of a paper, tables included, in reading order, hard spaces as plain ones."""
    body = Document(BytesIO(data)).element.body
    lines = ("".join(node.text or "" for node in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return " ".join(" ".join(lines).split())


def table_rows(data: bytes) -> list[list[str]]:
    """Cells of the ruled table, row by row."""
    table = next(t for t in Document(BytesIO(data)).tables if t.style.name == "Table Grid")
    return [[cell.text for cell in row.cells] for row in table.rows]


def decide(**changes) -> bytes:
    given = {
        "about": "Về việc công nhận các danh hiệu học tập năm 2026",
        "issuer": "Chủ tịch Ủy ban nhân dân xã Ia Tôr",
        "bases": ["Căn cứ Quyết định số 387/QĐ-TTg", "Theo đề nghị của Hội Khuyến học xã;"],
        "first": "Công nhận (có danh sách kèm theo):",
        "awards": [Award("hộ gia đình", 1893), Award("dòng họ", 6)],
        "articles": ["Quyết định có hiệu lực kể từ ngày ký.", "Các cơ quan chịu trách nhiệm thi hành./."],
    }
    head = changes.pop("head", COMMITTEE)
    return papers.decision(head, **given | changes)


def listed(head=COMMITTEE, sections=(FAMILIES,)) -> bytes:
    annexed = papers.annexed_to(head.number, head.symbol, head.day, head.year, head.authority)
    return papers.award_list(head, title="NĂM 2026", annexed_to=annexed, sections=sections)


def test_a_decision_reads_as_the_decree_lays_it_out():
    text = words(decide())
    places = [
        "ỦY BAN NHÂN DÂN XÃ IA TÔR",
        "Số: 57/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Ia Tôr, ngày 05 tháng 12 năm 2026",
        "QUYẾT ĐỊNH Về việc công nhận",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ IA TÔR",
        "Căn cứ Quyết định số 387/QĐ-TTg; Theo đề nghị của Hội Khuyến học xã.",
        "QUYẾT ĐỊNH: Điều 1. Công nhận (có danh sách kèm theo):",
        "- 1.893 hộ gia đình; - 6 dòng họ.",
        "Điều 2. Quyết định có hiệu lực",
        "Điều 3. Các cơ quan",
        "Nơi nhận: - Như Điều 3; - Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Thị Minh Hạnh",
    ]
    found = [text.find(place) for place in places]
    assert -1 not in found
    assert found == sorted(found)


def test_an_unnumbered_undated_decision_leaves_room():
    text = words(decide(head=replace(COMMITTEE, number=None, day=None)))
    assert "Số: /QĐ-UBND" in text
    assert "Ia Tôr, ngày tháng năm 2026" in text


def test_the_page_is_a4_with_the_margins_of_the_decree():
    section = Document(BytesIO(decide())).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [20, 20, 30, 15]


@pytest.mark.parametrize("make", [decide, listed])
def test_papers_of_an_illustrative_set_and_of_demonstration_data_say_so(make):
    marked = words(make(head=replace(COMMITTEE, illustrative=True, demonstration=True)))
    assert "Bộ tiêu chí minh họa – không phải văn bản chính thức · Dữ liệu trình diễn" in marked
    assert "minh họa" not in words(make(head=COMMITTEE))


def test_a_list_goes_by_title_and_village_and_counts_through():
    rows = table_rows(listed())
    assert rows[0] == ["TT", "Tên", "Kết quả", "Số vào sổ", "Ghi chú"]
    assert rows[1][0] == "GIA ĐÌNH HỌC TẬP (3 hộ)"
    assert rows[2][0] == "Làng Klăh: 2 hộ"
    assert rows[3] == ["1", "Kpuih H'Ngưn", "92", "0001/GĐHT-2026", ""]
    assert rows[4][1] == "Trần & Lê <con>"
    assert rows[5][0] == "Thôn Đồng Tâm: 1 hộ"
    assert rows[6] == ["3", "=SUM(A1)", "81", "", "Công nhận lại"]
    assert len(rows) == 7


def test_the_header_of_a_long_list_is_repeated_on_every_page():
    table = next(t for t in Document(BytesIO(listed())).tables if t.style.name == "Table Grid")
    repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert repeated == [True] + [False] * (len(table.rows) - 1)


def test_a_list_without_villages_has_no_village_rows():
    clans = Section("DÒNG HỌ HỌC TẬP", "dòng họ", [Village("", FAMILIES.villages[0].lines)])
    data = listed(sections=[FAMILIES, clans])
    rows = table_rows(data)
    assert [row[0] for row in rows[7:]] == ["DÒNG HỌ HỌC TẬP (2 dòng họ)", "1", "2"]
    assert "Danh sách có 3 hộ; 2 dòng họ được công nhận" in words(data)


def test_a_submission_shows_missing_and_zero_as_different_things():
    tallies = [Tally("Gia đình học tập", 1847, 1500, 1385), Tally("Đơn vị học tập", None, None, 3), Tally("X", 0, 0, 0)]
    data = papers.submission(
        replace(
            COMMITTEE, authority="Hội Khuyến học xã Ia Tôr", parent="Hội Khuyến học tỉnh Gia Lai", symbol="TTr-HKH"
        ),
        about="Về việc đề nghị công nhận",
        to="Ủy ban nhân dân xã Ia Tôr",
        bases=["Căn cứ A"],
        opening="Kết quả như sau:",
        tallies=tallies,
        closing="Kính đề nghị xem xét./.",
    )
    assert table_rows(data)[1:] == [
        ["1", "Gia đình học tập", "1.847", "1.500", "1.385", "74,99 %"],
        ["2", "Đơn vị học tập", "……", "……", "3", "–"],
        ["3", "X", "0", "0", "0", "–"],
    ]
    assert "HỘI KHUYẾN HỌC TỈNH GIA LAI HỘI KHUYẾN HỌC XÃ IA TÔR" in words(data)
    assert "Căn cứ A;" in words(data)


def test_village_minutes_say_who_came_and_who_is_put_forward():
    data = papers.village_minutes(
        replace(COMMITTEE, authority="Làng Klăh", parent="Xã Ia Tôr"),
        EVENING,
        about="Họp thôn năm 2026",
        summoned=186,
        present=150,
        results=["Đề nghị 3 hộ."],
        sections=[FAMILIES],
    )
    text = words(data)
    assert "triệu tập 186 hộ, có mặt đại diện của 150 hộ, vắng 36 hộ" in text
    assert "Chủ trì: Rơ Châm Hyơi, Trưởng thôn." in text
    assert [row[0] for row in table_rows(data)] == ["TT", "GIA ĐÌNH HỌC TẬP (3 hộ)", "1", "2", "3"]


def test_minutes_of_a_meeting_not_held_yet_can_be_filled_in_by_hand():
    blank = replace(EVENING, begun="", ended="", venue="", chair="", secretary="", opinions=())
    data = papers.village_minutes(
        COMMITTEE, blank, about="Họp thôn", summoned=None, present=None, results=[], sections=[FAMILIES]
    )
    assert "Bắt đầu: ……" in words(data)
    assert "triệu tập …… hộ, có mặt đại diện của …… hộ, vắng …… hộ" in words(data)


def test_council_minutes_show_members_votes_and_conclusion():
    data = papers.council_minutes(
        replace(COMMITTEE, authority="Hội đồng xét công nhận", symbol="BB-HĐ"),
        EVENING,
        about="Họp Hội đồng",
        bases=["Căn cứ A"],
        form="Họp trực tiếp",
        members=COUNCIL,
        votes=[Vote("Gia đình học tập", 1893, 4, 0, 1)],
        conclusions=["Nhất trí đề nghị."],
    )
    members, votes = (t for t in Document(BytesIO(data)).tables if t.style.name == "Table Grid")
    assert [cell.text for cell in members.rows[3].cells][1:] == [
        "Lê Văn Bình",
        "Công chức Văn hóa – Xã hội",
        "Thư ký",
        "Vắng",
    ]
    assert len(members.rows) == 4
    assert [cell.text for cell in votes.rows[1].cells] == ["1", "Gia đình học tập", "1.893", "4", "0", "1"]
    assert "(CÓ MẶT 2/3)" in words(data)


@pytest.mark.parametrize("kind", ["decision", "awards", "submission", "revocation", "correction"])
def test_the_name_of_who_signs_never_stands_alone_on_a_page(kind):
    paper = Document(word.standard(fields.PAPERS[kind]))
    signing = paper.tables[-1]
    assert signing.rows[0]._tr.find(f".//{qn('w:cantSplit')}") is not None
    last = [one for one in paper.paragraphs if one.text and "{%" not in one.text][-1]
    assert [one.paragraph_format.keep_with_next for one in paper.paragraphs[-1:]] == [True]
    kept = [one for one in paper.paragraphs if one.text == last.text and one.paragraph_format.keep_with_next]
    assert kept


def test_the_committed_templates_are_what_the_maker_makes(tmp_path):
    make_templates.main(tmp_path)
    made = {path.name: contents(path) for path in tmp_path.glob("*.docx")}
    kept = {path.name: contents(path) for path in word.TEMPLATES.glob("*.docx")}
    assert len(made) == 7
    assert made == kept


def contents(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
