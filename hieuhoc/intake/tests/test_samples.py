"""Samples that are filled in as they stand are read without a correction and without a problem."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.files import store
from hieuhoc.intake import actions, samples
from hieuhoc.intake.tests.conftest import PREFIX
from hieuhoc.registry.models import Model, Subject

TYPED = {
    "Họ và tên chủ hộ": "Ksor H'Bia", "Họ và tên": "Ksor H'Nhi", "Tên dòng họ": "Dòng họ Ksor",
    "Tên cơ quan, đơn vị": "Trường Tiểu học Lê Lợi", "Thôn/làng": "Làng Ring", "Mã hộ": "007",
    "Số CCCD": "064079901204", "Điện thoại": "0905000001", "Ngày sinh": "01/02/1960", "Giới tính": "Nữ",
    "Nhóm đối tượng": 1, "Đăng ký": "x", "Loại hình": "Trường học", "Địa chỉ": "Nhóm 3",
    "Đơn vị công tác": "Trường Tiểu học Lê Lợi", "Trưởng họ": "Ksor Blơn", "Trưởng thôn": "Siu Hoan",
    "Thủ trưởng đơn vị": "Lê Thị Thu",
}  # fmt: skip


def filled(data: bytes, scores: list | None = None) -> tuple[bytes, list[str]]:
    """The workbook with its first row filled in, and its headings."""
    book = load_workbook(io.BytesIO(data))
    page = book.active
    top = next(row for row in range(1, 12) if page.cell(row, 1).value == "STT")
    headings = [cell.value for cell in page[top] if cell.value]
    for place, heading in enumerate(headings[1:], 2):
        cell = page.cell(top + 1, place)
        if scores is None:
            cell.value = TYPED.get(heading, 5)
        elif cell.value is None and "-" in heading:
            cell.value = scores.pop(0)
    page.cell(top + 1, 1).value = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), headings


@pytest.mark.parametrize("kind", [kind for kind, _ in samples.ROSTERS])
def test_a_roster_filled_in_is_read_whole(world, brought, kind):
    data, headings = filled(samples.roster(kind, world.ia_tor.pk)[1])
    made = brought(data)
    table = made.report["tables"][0]
    assert (made.kind, made.records, made.report["problems"]) == (kind, 1, [])
    letters = {**table["columns"], **table.get("groups", {})}.values()
    assert sorted(letters) == [chr(65 + at) for at in range(1, len(headings))]
    made = actions.apply(made.pk, by=world.minh)
    assert made.new == 1 and Subject.objects.count() == 1


def test_an_empty_sample_holds_no_row(world, brought):
    made = brought(samples.roster("households", world.ia_tor.pk)[1])
    assert made.report["refused"]["code"] == "no_table"


def test_zeros_in_front_are_not_lost(world):
    page = load_workbook(io.BytesIO(samples.roster("households", world.ia_tor.pk)[1])).active
    texts = [page.cell(3, place).value for place in range(1, 20) if page.column_dimensions[chr(64 + place)].width]
    assert "Mã hộ" in texts
    for heading in ("Mã hộ", "Số CCCD", "Điện thoại"):
        letter = chr(65 + texts.index(heading))
        assert page.column_dimensions[letter].number_format == "@"


def test_villages_can_be_chosen(world):
    page = load_workbook(io.BytesIO(samples.roster("households", world.ia_tor.pk)[1])).active
    lists = [rule.formula1 for rule in page.data_validations.dataValidation]
    assert '"Làng Ring,Làng Phung"' in lists


@pytest.mark.parametrize("model", [Model.FAMILY, Model.CLAN, Model.COMMUNITY, Model.ORGANISATION, Model.CITIZEN])
def test_a_score_sheet_names_the_registered_and_is_read_back(judged, brought, model):
    world = judged
    round_ = world.round(2026)
    one = world.subject(model, "Làng Ring" if model == Model.COMMUNITY else "Ksor H'Bia",
                        details={"birth_date": "1960-02-01"} if model == Model.CITIZEN else {})  # fmt: skip
    world.dossier(subject=one, round=round_)
    world.dossier(State.WITHDRAWN, world.subject(model, "Làng Phung" if model == Model.COMMUNITY else "Siu Blơn"))
    data, headings = filled(samples.scores(round_, model)[1], [45, 40])
    key = PREFIX[model]
    assert headings[-2:] == [f"{key}-1.{n} Chỉ số {key}-1.{n} (tối đa 50)" for n in (1, 2)]
    made = brought(data, year=2026)
    assert (made.kind, made.records, made.ok, made.report["model"]) == ("scores", 1, 1, model)
    actions.apply(made.pk, by=world.minh)
    assert Dossier.objects.get(subject=one).total == 85


def test_a_score_sheet_says_what_its_set_is(world):
    page = load_workbook(io.BytesIO(samples.scores(world.round(2026), Model.FAMILY)[1])).active
    said = [page.cell(row, 1).value for row in range(1, 5)]
    assert said[0] == "BẢNG CHẤM ĐIỂM GIA ĐÌNH HỌC TẬP NĂM 2026"
    assert "Bộ tiêu chí minh họa – không phải văn bản chính thức" in said


def test_a_name_that_would_run_is_text(world):
    round_ = world.round(2026)
    world.dossier(subject=world.household("=HYPERLINK(1)", code="+1"), round=round_)
    page = load_workbook(io.BytesIO(samples.scores(round_, Model.FAMILY)[1])).active
    cells = [cell for row in page.iter_rows() for cell in row if cell.value and "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"] and cells[0].value.startswith("'")


def test_the_list_offers_what_the_round_judges(world, browse):
    client = browse(world.minh)
    assert "Chấm điểm gia đình" not in client.get(reverse("intake:list")).content.decode()
    round_ = world.round()
    page = client.get(reverse("intake:list")).content.decode()
    assert "Chấm điểm gia đình học tập" in page and "Danh sách hộ gia đình" in page
    answer = client.get(reverse("intake:sample_scores", args=[round_.pk, Model.CITIZEN]))
    assert answer.headers["Content-Type"] == store.TYPES["xlsx"]
    assert client.get(reverse("intake:sample_scores", args=[round_.pk, Model.COMMUNE])).status_code == 404
    assert client.get(reverse("intake:sample", args=["scores"])).status_code == 404
