"""The pages of plans, as a browser without scripts meets them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hieuhoc.plans import actions, national
from hieuhoc.plans.forms import TargetForm
from hieuhoc.plans.marking import marked
from hieuhoc.plans.models import Plan, Target
from hieuhoc.plans.tests.test_targets import TEXT, taken

pytestmark = pytest.mark.django_db


def target_fields(**more) -> dict:
    usual = {
        "model": "CLAN", "measure": "recognise", "population": "clans", "area": "general", "year": "2030",
        "comparator": ">", "value": "67,5", "value_to": "", "unit": "percent", "sentence": "Trên 67,5% dòng họ.",
    }  # fmt: skip
    return usual | more


def test_from_the_dropped_file_to_the_bound_target(world, browse):
    national.load()
    minh = browse(world.minh)
    assert "theo chương trình quốc gia" in minh.get(reverse("plans:list")).content.decode()
    file = SimpleUploadedFile("ke-hoach.txt", TEXT.encode())
    answer = minh.post(reverse("plans:upload"), {"file": file, "noi": world.ia_tor.pk}, follow=True)
    plan = Plan.objects.get(state="draft")
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("plans:one", args=[plan.pk])
    assert '<mark id="cau-1"><a href="#chi-tieu-1"' in page and 'id="chi-tieu-1"' in page
    minh.post(reverse("plans:target", args=[plan.targets.last().pk]), target_fields())
    assert plan.targets.last().value == 67.5
    minh.post(reverse("plans:publish", args=[plan.pk]))
    page = minh.get(reverse("plans:list")).content.decode()
    assert "trên 67,5 %" in page and "Kế hoạch của chính xã Ia Tôr." in page
    assert "12/KH-UBND" in page


def test_bad_input_is_said_and_what_was_typed_stays(world, browse):
    plan, minh = taken(world), browse(world.minh)
    target = plan.targets.first()
    cases = ({"value": "nhiều"}, {"value": "101"}, {"sentence": ""}, {"year": "20250"}, {"measure": "x"}, {"value": ""})
    for bad in cases:
        answer = minh.post(reverse("plans:target", args=[target.pk]), target_fields(**bad))
        assert answer.status_code == 422, bad
        assert bad.get("value", "67,5") in answer.content.decode()
    assert Target.objects.get(pk=target.pk).value == 75
    answer = minh.post(reverse("plans:head", args=[plan.pk]), {"issued": "31/02/2026", "first_year": "2030"})
    assert answer.status_code == 422 and "Ngày không đúng" in answer.content.decode()
    answer = minh.post(reverse("plans:head", args=[plan.pk]), {"first_year": "2030", "last_year": "2026"})
    assert "Năm cuối phải sau năm đầu" in answer.content.decode()


def test_an_unreadable_file_gets_a_sentence(world, browse):
    minh = browse(world.minh)
    for file in (SimpleUploadedFile("a.docx", b"PK\x03\x04hong"), None):
        sent = {"noi": world.ia_tor.pk} | ({"file": file} if file else {})
        answer = minh.post(reverse("plans:upload"), sent, follow=True)
        assert answer.status_code == 200
    assert not Plan.objects.exists()
    assert "Chưa chọn tệp nào" in answer.content.decode()


def test_a_plan_without_a_day_waits_for_one(world, browse):
    plan, minh = taken(world, TEXT.replace("Ia Tôr, ngày 10 tháng 3 năm 2026\n", "")), browse(world.minh)
    page = minh.post(reverse("plans:publish", args=[plan.pk]), follow=True).content.decode()
    assert "Cần ngày ban hành" in page
    head = {"number": "12/KH-UBND", "issued": "10/3/2026", "first_year": "2026", "last_year": "2030"}
    minh.post(reverse("plans:head", args=[plan.pk]), head)
    minh.post(reverse("plans:publish", args=[plan.pk]))
    plan.refresh_from_db()
    assert (plan.state, str(plan.issued)) == ("published", "2026-03-10")


def test_a_later_plan_replaces(world, browse):
    first = actions.publish(taken(world).pk, by=world.minh)
    later = taken(world, TEXT.replace("12/KH", "20/KH").replace("10 tháng 3", "10 tháng 9").replace("75%", "77%"))
    minh = browse(world.minh)
    minh.post(reverse("plans:publish", args=[later.pk]), {"how": "replaces", "other": str(first.pk)})
    later.refresh_from_db()
    assert later.replaces_id == first.pk
    assert "77 %" in minh.get(reverse("plans:list")).content.decode()


def test_a_draft_is_thrown_away(world, browse):
    plan = taken(world)
    browse(world.minh).post(reverse("plans:discard", args=[plan.pk]))
    assert not Plan.objects.exists()
    published = actions.publish(taken(world).pk, by=world.minh)
    page = browse(world.minh).post(reverse("plans:discard", args=[published.pk]), follow=True)
    assert "đã xác nhận thì không sửa" in page.content.decode() and Plan.objects.exists()


def test_the_village_reads_what_binds_it_and_no_drafts(world, browse):
    draft = taken(world)
    ksor = browse(world.ksor)
    page = ksor.get(reverse("plans:list"))
    assert page.status_code == 200 and "12/KH-UBND" not in page.content.decode()
    assert ksor.get(reverse("plans:one", args=[draft.pk])).status_code == 404
    actions.publish(draft.pk, by=world.minh)
    assert "Kế hoạch của" in ksor.get(reverse("plans:list")).content.decode()
    assert ksor.get(reverse("plans:one", args=[draft.pk])).status_code == 200


def test_the_list_to_excel(world, browse):
    actions.publish(taken(world).pk, by=world.minh)
    answer = browse(world.minh).get(reverse("plans:list"), {"excel": "1", "nam": "2030"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Chỉ tiêu" and {row[1] for row in rows[1:]} == {"75 %", "70 %"}


def test_the_list_asks_the_database_a_fixed_number_of_times(world, browse, django_assert_max_num_queries):
    for _ in range(3):
        actions.publish(taken(world).pk, by=world.minh)
    minh = browse(world.minh)
    minh.get(reverse("plans:list"))
    with django_assert_max_num_queries(38):
        minh.get(reverse("plans:list"))


def test_the_form_of_a_target_shows_numbers_as_typed(world):
    plan = taken(world)
    target = plan.targets.first()
    Target.objects.filter(pk=target.pk).update(value="67.5", population="nhom_khac")
    form = TargetForm.of(Target.objects.get(pk=target.pk))
    assert form["value"].value() == "67,5"
    assert ("nhom_khac", "nhom_khac") in form.fields["population"].choices


MARKED = {
    "nothing": ("a\nb", [], [["a"], ["b"]]),
    "one": ("có 75% hộ", [(3, 6, "1")], [["có ", "[1:75%]", " hộ"]]),
    "over two lines": ("a 7\n5 b", [(2, 5, "1")], [["a ", "[1:7]"], ["[1:5]", " b"]]),
    "overlapping: the first stands": ("abcdef", [(1, 4, "1"), (2, 5, "2")], [["a", "[1:bcd]", "ef"]]),
    "beyond the end": ("abc", [(2, 9, "1")], [["abc"]]),
    "empty": ("abc", [(1, 1, "1")], [["abc"]]),
}


@pytest.mark.parametrize(("text", "spans", "lines"), MARKED.values(), ids=MARKED)
def test_marking(text, spans, lines):
    shown = [[f"[{one.mark}:{one.text}]" if one.mark else one.text for one in line] for line in marked(text, spans)]
    assert shown == lines
