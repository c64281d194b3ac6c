"""The pages of the criteria sets: what each person sees and may do, step by step, through the browser's door."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hieuhoc.criteria import actions, queries, workbooks
from hieuhoc.criteria.models import CriteriaVersion, Status

pytestmark = pytest.mark.django_db
ILLUSTRATIVE = "Bộ tiêu chí minh họa – không phải văn bản chính thức"
HEAD = {
    "title": "Gia đình học tập",
    "state": "provisional",
    "judging": "points",
    "levels": 0,
    "pass_general": "75,5",
    "pass_hard": "",
    "bands": "tốt 90\nkhá 80",
    "used_at": ["commune"],
    "number": "1/QĐ",
    "date": "2026-11-20",
    "valid_from": "2027-01-01",
}
INDICATOR = {"criterion": "1", "key": "GD-1.9", "label": "Đọc sách", "kind": "score", "points": "7,5", "better": "up"}


def url(name, *args):
    return reverse(f"criteria:{name}", args=args)


def text(response):
    return response.content.decode()


def test_the_list_shows_every_set_with_its_state(browse, world, shipped):
    page = browse(world.minh).get(url("list"))
    assert page.status_code == 200
    for words in ("cdht-324", "tt24-organisation", "Chưa nhập bộ tiêu chí chính thức", "Tạm dùng", "Minh họa"):
        assert words in text(page)
    assert "Bộ tiêu chí mới" not in text(page)
    assert "Bộ tiêu chí mới" in text(browse(world.national).get(url("list")))


def test_the_list_asks_the_same_number_of_questions_however_many_versions(
    browse, world, shipped, django_assert_max_num_queries
):
    for number in range(6):
        actions.draft_from(shipped("demo-family").pk, f"n{number}", by=world.national)
    client = browse(world.national)
    client.get(url("list"))
    with django_assert_max_num_queries(16):
        client.get(url("list"))


@pytest.mark.parametrize(
    "code", ["cdht-324", "tt24-organisation", "tt25-commune", "tt25-province", "qd242-family", "demo-clan"]
)
def test_every_version_can_be_read_by_anyone_signed_in(browse, world, shipped, code):
    version = shipped(code)
    page = text(browse(world.ksor).get(url("version", version.pk)))
    for indicator in version.indicators.all():
        assert indicator.key in page
    for forbidden in ("Ban hành</button>", "Ngừng dùng bản này", "Sửa thông tin chung", "Lập bản mới"):
        assert forbidden not in page


@pytest.mark.parametrize("code", ["demo-family", "demo-clan", "demo-community", "demo-organisation"])
def test_an_illustrative_set_is_marked_on_its_pages(browse, world, shipped, code):
    version = shipped(code)
    assert ILLUSTRATIVE in text(browse(world.minh).get(url("version", version.pk)))
    assert ILLUSTRATIVE in text(browse(world.national).get(url("copy", version.pk)))


def test_a_set_known_in_part_says_that_it_cannot_recognise(browse, world, shipped):
    page = text(browse(world.minh).get(url("version", shipped("tt25-province").pk)))
    assert "Chưa dùng để công nhận được" in page
    assert "không còn cấp huyện nên tỷ lệ này không có mẫu số" in page


def test_levels_and_areas_are_said_in_words(browse, world, shipped):
    page = text(browse(world.minh).get(url("version", shipped("tt25-commune").pk)))
    assert "mức độ 1: từ 50 %, mức độ 2: từ 60 %; vùng khó khăn mức độ 1: từ 40 %, mức độ 2: từ 50 %" in page


@pytest.mark.parametrize("name", ["list", "create"])
def test_strangers_sign_in_first(browse, shipped, name):
    assert browse().get(url(name)).status_code == 302


READ = ["version", "export", "compare"]
EDIT = ["head", "new_group", "new_indicator", "import"]
ACT = ["publish", "retire", "delete"]


@pytest.mark.parametrize(
    "person", ["minh", "hoa", "ksor", "province", "province_approver", "inspector", "admin", "nobody"]
)
def test_others_read_and_edit_nothing(browse, world, draft, person):
    client = browse(getattr(world, person))
    for name in READ:
        assert client.get(url(name, draft.pk)).status_code in (200, 302)
    for name in EDIT:
        assert client.get(url(name, draft.pk)).status_code == 403
        assert client.post(url(name, draft.pk), {}).status_code == 403
    for name in ACT:
        assert client.post(url(name, draft.pk)).status_code == 403
    for name, key in (("remove_group", "1"), ("remove_indicator", "GD-1.1")):
        assert client.post(url(name, draft.pk, key)).status_code == 403
    assert CriteriaVersion.objects.get(pk=draft.pk).status == Status.DRAFT


def test_an_unknown_version_or_indicator_is_not_there(browse, world, draft):
    client = browse(world.national)
    assert client.get(url("version", 10**9)).status_code == 404
    assert client.get(url("indicator", draft.pk, "X")).status_code == 404
    assert client.get(url("group", draft.pk, "X")).status_code == 404
    assert client.get(url("difference", draft.pk, 10**9)).status_code == 404


def test_a_published_version_has_no_page_to_edit(browse, world, shipped):
    version = shipped("demo-family")
    for name in ("head", "new_group", "new_indicator"):
        page = browse(world.national).get(url(name, version.pk))
        assert page.status_code == 403
        assert "đã ban hành" in text(page)


def test_the_head_is_edited_as_it_is_typed(browse, world, draft):
    done = browse(world.national).post(url("head", draft.pk), HEAD)
    assert done.status_code == 302
    criteria = queries.criteria_of(draft.pk)
    assert [str(criteria.pass_mark("general")), [str(start) for _, start in criteria.bands]] == ["75.5", ["90", "80"]]
    assert (criteria.valid_from, criteria.document["number"], criteria.notice) == ("2027-01-01", "1/QĐ", "")


def test_opening_and_saving_the_head_changes_nothing(browse, world, draft, shipped):
    form = browse(world.national).get(url("head", draft.pk)).context["form"]
    values = {name: form[name].field.prepare_value(form[name].value()) for name in form.fields}
    typed = {name: value for name, value in values.items() if value is not None and value is not False}
    assert browse(world.national).post(url("head", draft.pk), typed).status_code == 302
    assert [one.what for one in queries.difference(shipped("demo-family").pk, draft.pk)] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pass_general": "tám"}, "Cần một số không âm"),
        ({"bands": "tốt"}, "ghi tên mức rồi số điểm"),
        ({"valid_to": "2026-01-01"}, "sau ngày có hiệu lực"),
        ({"incomplete": "on"}, "còn thiếu gì"),
        ({"state": "local"}, "Hãy chọn"),
    ],
)
def test_a_wrong_head_is_shown_again_with_the_reason(browse, world, draft, change, said):
    page = browse(world.national).post(url("head", draft.pk), HEAD | change)
    assert page.status_code == 422
    errors = str(page.context["form"].errors)
    assert said in errors or "state" in page.context["form"].errors


def test_indicators_are_added_changed_and_taken_out(browse, world, draft):
    client = browse(world.national)
    assert client.post(url("new_indicator", draft.pk), INDICATOR).status_code == 302
    assert str(draft.indicators.get(key="GD-1.9").points) == "7.50"
    changed = INDICATOR | {"label": "Đọc báo", "criterion": "2"}
    assert client.post(url("indicator", draft.pk, "GD-1.9"), changed).status_code == 302
    found = draft.indicators.get(key="GD-1.9")
    assert (found.label, found.criterion) == ("Đọc báo", "2")
    assert client.post(url("remove_indicator", draft.pk, "GD-1.9")).status_code == 302
    assert not draft.indicators.filter(key="GD-1.9").exists()


def test_opening_and_saving_an_indicator_changes_nothing(browse, world, shipped):
    for code in ("tt24-organisation", "tt25-commune", "tt25-province"):
        origin = shipped(code)
        draft = actions.draft_from(origin.pk, "2", by=world.national)
        client = browse(world.national)
        for key in draft.indicators.values_list("key", flat=True):
            form = client.get(url("indicator", draft.pk, key)).context["form"]
            typed = {name: form[name].field.prepare_value(form[name].value()) for name in form.fields}
            typed = {name: value for name, value in typed.items() if value is not None and value is not False}
            assert client.post(url("indicator", draft.pk, key), typed).status_code == 302
        assert [(o.key, o.what) for o in queries.difference(origin.pk, draft.pk)] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": "GD-1.1"}, "đã có"),
        ({"key": "a b"}, "Mã chỉ gồm chữ"),
        ({"points": "-1"}, "không âm"),
        ({"points": "1,234567"}, "hai chữ số thập phân"),
        ({"mark_2": "5"}, "mức độ 1 trước"),
        ({"derived_model": "CITIZEN"}, "tử số và mẫu số"),
    ],
)
def test_a_wrong_indicator_is_shown_again_with_the_reason(browse, world, draft, change, said):
    page = browse(world.national).post(url("new_indicator", draft.pk), INDICATOR | change)
    assert page.status_code == 422
    assert said in text(page)


def test_criteria_are_added_renamed_and_taken_out(browse, world, draft):
    client = browse(world.national)
    assert client.post(url("new_group", draft.pk), {"key": "5", "label": "Năm"}).status_code == 302
    assert client.post(url("group", draft.pk, "5"), {"key": "5", "label": "Thứ năm", "floor": "2,5"}).status_code == 302
    assert "Thứ năm" in text(client.get(url("version", draft.pk)))
    client.post(url("remove_group", draft.pk, "5"))
    assert "Thứ năm" not in text(client.get(url("version", draft.pk)))
    client.post(url("remove_group", draft.pk, "1"))
    assert "còn chỉ số" in text(client.get(url("version", draft.pk)))


def test_a_draft_with_problems_shows_them_and_cannot_be_published(browse, world, draft):
    client = browse(world.national)
    actions.edit_head(draft.pk, {"pass": {"general": 500}}, by=world.national)
    page = text(client.get(url("version", draft.pk)))
    assert "không quá tổng điểm tối đa 100" in page
    client.post(url("publish", draft.pk))
    assert CriteriaVersion.objects.get(pk=draft.pk).status == Status.DRAFT
    assert "Chưa ban hành được" in text(client.get(url("version", draft.pk)))


def test_from_copy_to_publication_and_out_of_use(browse, world, shipped):
    client = browse(world.national)
    made = client.post(url("copy", shipped("demo-family").pk), {"version": "2027", "place": "nation"})
    pk = CriteriaVersion.objects.get(version="2027").pk
    assert made["Location"] == url("version", pk)
    assert "bản nháp chấm được" in text(client.get(made["Location"]))
    client.post(url("publish", pk))
    page = text(client.get(url("version", pk)))
    assert "Ngừng dùng bản này" in page
    assert "Sửa thông tin chung" not in page
    client.post(url("retire", pk), {"reason": ""})
    assert "Cần ghi lý do" in text(client.get(url("version", pk)))
    client.post(url("retire", pk), {"reason": "Có văn bản mới"})
    assert CriteriaVersion.objects.get(pk=pk).status == Status.RETIRED


def test_a_province_officer_makes_and_edits_a_variant_of_the_province_only(browse, world, shipped):
    client = browse(world.province)
    page = client.get(url("copy", shipped("demo-family").pk))
    assert page.context["form"].fields["place"].choices == [(str(world.gia_lai.pk), "Tỉnh Gia Lai")]
    client.post(url("copy", shipped("demo-family").pk), {"version": "GL", "place": str(world.gia_lai.pk)})
    local = CriteriaVersion.objects.get(version="GL")
    assert client.post(url("new_indicator", local.pk), INDICATOR).status_code == 302
    assert "Tỉnh Gia Lai" in text(client.get(url("version", local.pk)))
    refused = client.post(url("copy", shipped("demo-family").pk), {"version": "X", "place": "nation"})
    assert refused.status_code == 422


def test_a_new_set_is_made_and_its_code_is_taken_once(browse, world):
    client = browse(world.national)
    typed = {"title": "Bộ mới", "code": "moi-2027", "model": "FAMILY", "judging": "points", "version": "2027"}
    assert client.post(url("create"), typed).status_code == 302
    again = client.post(url("create"), typed)
    assert (again.status_code, "đã có" in text(again)) == (422, True)
    assert browse(world.province).get(url("create")).status_code == 403


def test_a_draft_is_thrown_away(browse, world, draft):
    assert browse(world.national).post(url("delete", draft.pk))["Location"] == url("list")
    assert not CriteriaVersion.objects.filter(pk=draft.pk).exists()


def test_two_versions_are_compared_in_words(browse, world, draft, shipped):
    actions.edit_head(draft.pk, {"pass": {"general": 70, "hard": 60}}, by=world.national)
    client = browse(world.minh)
    chosen = client.get(url("compare", draft.pk), {"voi": shipped("demo-family").pk})
    page = text(client.get(chosen["Location"]))
    assert "chung: 80" in page
    assert "chung: 70; vùng khó khăn: 60" in page
    same = text(client.get(url("difference", draft.pk, draft.pk)))
    assert "Hai bản giống nhau" in same
    assert client.get(url("compare", draft.pk), {"voi": "x"})["Location"] == url("version", draft.pk)


def test_a_version_is_downloaded_and_uploaded_again(browse, world, draft):
    client = browse(world.national)
    file = client.get(url("export", draft.pk))
    assert file["Content-Disposition"].endswith(".xlsx")
    upload = SimpleUploadedFile("bo-tieu-chi.xlsx", file.content)
    assert client.post(url("import", draft.pk), {"file": upload}).status_code == 302
    assert draft.indicators.count() == 9


def test_a_file_with_a_wrong_row_changes_nothing_and_names_the_row(browse, world, draft):
    shape = queries.shape_of(draft)
    shape["criteria"][0]["indicators"][1]["key"] = "GD-1.1"
    upload = SimpleUploadedFile("x.xlsx", workbooks.export(shape))
    page = browse(world.national).post(url("import", draft.pk), {"file": upload})
    assert page.status_code == 422
    assert "đã có ở dòng 2" in text(page)
    assert draft.indicators.filter(key="GD-1.2").exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [({}, "Chưa chọn tệp"), ({"file": b"khong phai bang tinh"}, "tiêu đề"), ({"file": b"PK\x03\x04"}, "Tệp hỏng")],
)
def test_a_wrong_file_gets_one_sentence(browse, world, draft, files, said):
    uploads = {name: SimpleUploadedFile("x.xlsx", data) for name, data in files.items()}
    page = browse(world.national).post(url("import", draft.pk), uploads)
    assert page.status_code == 422
    assert said in text(page)


def test_a_published_set_is_given_as_a_form_for_the_field(browse, world, shipped):
    version = queries.published("demo-family")
    page = text(browse(world.minh).get(url("version", version.pk)))
    assert "Tải biểu mẫu XLSForm" in page and url("form", version.pk) in page
    reply = browse(world.minh).get(url("form", version.pk))
    assert reply.content.startswith(b"PK") and "bieu-mau-demo-family" in reply["Content-Disposition"]


def test_a_draft_and_an_empty_set_have_no_form(browse, world, shipped):
    for version in CriteriaVersion.objects.filter(set__code="qd242-family"):
        assert browse(world.minh).get(url("form", version.pk)).status_code == 404
        assert "XLSForm" not in text(browse(world.minh).get(url("version", version.pk)))
    draft = actions.draft_from(queries.published("demo-family").pk, by=world.national, version="2")
    assert browse(world.national).get(url("form", draft.pk)).status_code == 404
