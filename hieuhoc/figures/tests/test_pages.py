"""The pages of figures: a place's year, figures typed in and checked, published tables, series, through their doors."""

import io
import json
import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from python_calamine import CalamineWorkbook

from hieuhoc.dossiers import near
from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.figures import actions
from hieuhoc.figures.checks import RULES
from hieuhoc.figures.models import Explanation, Figure, Source
from hieuhoc.figures.tests.test_figures import filled
from hieuhoc.plans import actions as plan_actions
from hieuhoc.plans import national
from hieuhoc.plans.models import Plan
from hieuhoc.plans.tests.test_targets import TEXT
from tests.world import SCORES

pytestmark = pytest.mark.django_db
PLACE, ENTER, CHECK = reverse("figures:place"), reverse("figures:enter"), reverse("figures:check")
YEAR = localdate().year
TYPED = {"indicator": "CLAN", "year": "2024", "total": "160", "registered": "74", "count": "91"}


def text(answer):
    return answer.content.decode()


def sums(place, year, indicator="FAMILY", **counts):
    return Figure.objects.create(place=place, year=year, indicator=indicator, source=Source.COMPUTED, **counts)


def test_a_communes_year_stands_beside_its_targets(world, browse):
    national.load()
    filled(world)
    page = text(browse(world.minh).get(PLACE))
    assert "1/5 hộ" in page and "còn 3 hộ" in page and "mỗi năm thêm" in page
    assert "Đang chạy" in page and "387/QĐ-TTg" in page and "80 %" in page


def test_an_empty_year_says_what_to_do(world, browse):
    page = text(browse(world.minh).get(PLACE, {"nam": "2019"}))
    assert "Chưa có số liệu năm 2019" in page and "Nhập số báo cáo" in page
    reader = text(browse(world.hoa).get(PLACE, {"nam": "2019"}))
    assert "Nhập số báo cáo" not in reader, "who may not write is offered nothing to write"


def test_sources_that_differ_are_said(world, browse):
    sums(world.ia_tor, 2024, total=100, registered=80, count=60)
    Figure.objects.create(
        place=world.ia_tor, year=2024, indicator="FAMILY", source=Source.PUBLISHED, count=65, address="https://vi-du.vn"
    )
    page = text(browse(world.minh).get(PLACE, {"nam": "2024"}))
    assert "Các nguồn khác nhau" in page and "vi-du.vn" in page


def test_a_province_sees_its_communes_late_ones_first_and_drills_down(world, browse):
    national.load()
    sums(world.ia_tor, 2025, total=100, registered=80, count=69)
    sums(world.ia_bang, 2025, total=100, registered=80, count=20)
    page = text(browse(world.province).get(PLACE, {"nam": "2025"}))
    assert page.index("Xã Ia Băng") < page.index("Xã Ia Tôr") and "còn 50 hộ" in page and "còn 1 hộ" in page
    assert "2/2 xã, phường đã chốt" in page and "89/200 hộ" in page
    assert f"noi={world.ia_bang.pk}" in page


def test_what_would_count_next_names_near_misses(world, browse):
    world.dossier(State.DRAFT, world.household("Ksor Một"))
    world.dossier(State.VERIFIED, world.household("Ksor Hai"), outcome=Outcome.PASS)
    answers = {key: {"value": value} for key, value in {**SCORES, "T-2": 27}.items()}
    world.dossier(State.SUBMITTED, world.household("Ksor Ba"), outcome=Outcome.FAIL, answers=answers)
    round_ = world.round()
    assert near.near(round_.pk, "FAMILY") == near.Near(1, ())
    page = text(browse(world.minh).get(reverse("figures:coming", args=[round_.pk])))
    assert "thiếu không quá 5 điểm" in page and page.count("<tr>") == 2


def test_typing_is_checked_and_the_explanation_stays_with_the_figure(world, browse):
    client = browse(world.minh)
    said = text(client.post(CHECK, TYPED | {"noi": world.ia_tor.pk}))
    assert "Số được công nhận nhiều hơn số đăng ký" in said and "Công nhận 91 nhưng chỉ đăng ký 74" in said
    right = text(client.post(CHECK, TYPED | {"noi": world.ia_tor.pk, "registered": "100"}))
    assert "nhiều hơn" not in right
    kept = client.post(
        ENTER, TYPED | {"noi": world.ia_tor.pk, "giai-trinh-recognised_over_registered": "Cộng cả năm trước"}
    )
    assert kept.status_code == 302
    figure = Figure.objects.get()
    assert (figure.count, figure.registered, figure.total) == (91, 74, 160)
    assert Explanation.objects.get().text == "Cộng cả năm trước"
    page = text(client.get(reverse("figures:figure", args=[figure.pk])))
    assert "Cộng cả năm trước" in page and "91/160 dòng họ" in page and "nhiều hơn số đăng ký" in page


SHARES = {
    "does not follow": ({"total": "1.847", "count": "1.385", "share": "70,48"}, "Tỷ lệ không khớp với số đếm"),
    "of those registered": (
        {"total": "2.000", "registered": "1.847", "count": "1.385", "share": "74,99"},
        "Tỷ lệ tính trên mẫu số khác với mẫu số đã ghi",
    ),
    "rounded across the target": ({"total": "27593", "count": "22.038", "share": "80"}, "Làm tròn vượt mức chỉ tiêu"),
}


@pytest.mark.parametrize(("typed", "said"), SHARES.values(), ids=SHARES)
def test_a_typed_share_is_held_against_its_counts(world, browse, typed, said):
    national.load()
    filled = {"indicator": "FAMILY", "year": "2026", "share_of": "total", "noi": world.ia_tor.pk}
    assert said in text(browse(world.minh).post(CHECK, filled | typed))
    right = {"total": "1.847", "count": "1.385", "share": "74,98"}
    assert "Giải trình" not in text(browse(world.minh).post(CHECK, filled | right)), "cut at two decimals is right"
    browse(world.minh).post(ENTER, filled | typed)
    assert Figure.objects.get().share_digits == len(typed["share"].partition(",")[2])


BAD = {
    "no share": ({"share": "7498"}, "Tỷ lệ quá lớn"),
    "a word": ({"count": "nhiều"}, "Cần một số không âm"),
    "a part of a clan": ({"count": "7,5"}, "Số đếm là số nguyên"),
    "nothing": ({"count": "", "registered": "", "total": ""}, "Chưa ghi số nào"),
    "no year": ({"year": "hai nghìn"}, "Năm"),
    "another year": ({"year": "1890"}, "Năm"),
}


@pytest.mark.parametrize(("typed", "said"), BAD.values(), ids=BAD)
def test_bad_input_is_said_and_kept(world, browse, typed, said):
    answer = browse(world.minh).post(ENTER, TYPED | typed | {"noi": world.ia_tor.pk})
    page = text(answer)
    assert answer.status_code == 422 and said in page and not Figure.objects.exists()
    assert f'value="{typed.get("year", "2024")}"' in page, "what was typed stays"


def test_a_second_report_asks_why_and_shows_what_stood(world, browse):
    client, typed = browse(world.minh), TYPED | {"noi": world.ia_tor.pk, "count": "70"}
    client.post(ENTER, typed)
    again = client.post(ENTER, typed | {"count": "71"})
    assert again.status_code == 422 and "Ghi lý do" in text(again)
    assert 'value="70"' in text(client.get(ENTER, {"noi": world.ia_tor.pk, "ve": "CLAN", "nam": "2024"}))
    client.post(ENTER, typed | {"count": "71", "reason": "Đếm sót"})
    old, new = Figure.objects.order_by("pk")
    assert "Đã có số mới hơn" in text(client.get(reverse("figures:figure", args=[old.pk])))
    client.post(reverse("figures:withdraw", args=[new.pk]), {"reason": "Nhầm năm"})
    assert "đã rút" in text(client.get(reverse("figures:figure", args=[new.pk])))
    assert "Chưa có số liệu năm 2024" in text(client.get(PLACE, {"nam": "2024"}))


TABLE = """place,level,year,model,total,registered,recognised,share_percent,note,url
Tỉnh Gia Lai,province,2026,Gia đình học tập,1847,,1385,"70,48",,https://vi-du.vn/1
Tỉnh Gia Lai,province,2026,Công dân học tập - nông dân,,,,70,,https://vi-du.vn/1
Xã Ia Tôr,commune,2026,Dòng họ học tập,9,,5,,,
Huyện Không Có,district,2026,Gia đình học tập,,,5,,,https://vi-du.vn/1
Tỉnh Gia Lai,province,2026,Gia đình học tập,,,9,,,https://vi-du.vn/1
"""


def named(data, name="so-lieu.csv"):
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    file.name = name
    return file


def test_a_published_table_is_shown_explained_kept_and_undone(world, browse):
    client = browse(world.province)
    shown = client.post(reverse("figures:upload"), {"file": named(TABLE)}, follow=True)
    page, where = text(shown), shown.redirect_chain[-1][0]
    assert "1 dòng mới ghi được" in page and "4 dòng để lại" in page and "Tỷ lệ không khớp với số đếm" in page
    for why in ("Không rõ là số liệu nào", "Thiếu nơi đã công bố", "Không tìm thấy địa phương", "Đã có một dòng"):
        assert why in page
    kept = text(client.post(where, {"giai-trinh-2-share_mismatch": "In nhầm"}, follow=True))
    figure = Figure.objects.get()
    assert (figure.count, str(figure.share), figure.address) == (1385, "70.4800", "https://vi-du.vn/1")
    assert Explanation.objects.get().text == "In nhầm" and "1 dòng đã có từ trước" in kept
    assert "không có gì thay đổi" in text(client.post(where, {}, follow=True)), "run again changes nothing"
    client.post(reverse("figures:undo", args=[figure.batch]))
    assert Figure.objects.filter(withdrawn=True, corrects=figure).exists()


ODD = {
    "a year far off": ("Tỉnh Gia Lai,province,2050,Gia đình học tập,9,,5,,,https://a.vn", "Không rõ năm"),
    "a negative total": ("Tỉnh Gia Lai,province,2026,Gia đình học tập,-3,,5,,,https://a.vn", "không nhỏ hơn 0"),
    "a shifted column": ("Tỉnh Gia Lai,province,2026,Gia đình học tập,9,,5,170957,,https://a.vn", "Tỷ lệ quá lớn"),
    "no number": ("Tỉnh Gia Lai,province,2026,Gia đình học tập,9,,5,nan,,https://a.vn", "không đọc được thành số"),
    "a huge count": ("Tỉnh Gia Lai,province,2026,Gia đình học tập,9,,99999999999999999999,,,https://a.vn", "quá lớn"),
    "too fine": ("Tỉnh Gia Lai,province,2026,Gia đình học tập,9,,5,79.99996,,https://a.vn", "quá bốn chữ số lẻ"),
}


@pytest.mark.parametrize(("row", "why"), ODD.values(), ids=ODD)
def test_a_row_that_cannot_be_kept_holds_back_only_itself(world, browse, row, why):
    client = browse(world.province)
    data = "\n".join([*TABLE.splitlines()[:2], row]) + "\n"
    shown = client.post(reverse("figures:upload"), {"file": named(data)}, follow=True)
    assert why in text(shown) and "1 dòng mới ghi được" in text(shown)
    client.post(shown.redirect_chain[-1][0])
    assert Figure.objects.count() == 1


def test_evidence_is_for_posts_at_the_place_or_above(world, browse):
    made = actions.report(
        world.gia_lai.pk, 2026, "CLAN", {"count": 1}, by=world.province, file=(b"%PDF-1.4 ten nguoi", "ds.pdf")
    )
    where = reverse("figures:evidence", args=[made.pk])
    assert [browse(one).get(where).status_code for one in (world.national, world.inspector, world.ksor)] == [
        200,
        200,
        404,
    ]
    page = text(browse(world.ksor).get(reverse("figures:figure", args=[made.pk])))
    assert where not in page, "who may not open it is not led to it"


def test_an_officer_keeps_only_what_is_of_the_own_place(world, browse):
    client = browse(world.minh)
    page = text(client.post(reverse("figures:upload"), {"file": named(TABLE)}, follow=True))
    assert "0 dòng mới ghi được" in page and "ngoài phạm vi phụ trách" in page


WRONG = {
    "no columns": ("a;b\n1;2\n", "x.csv", "Thiếu cột"),
    "a picture": (b"\x89PNG\r\n", "x.png", "Không nhận loại tệp"),
    "empty": ("", "x.csv", "rỗng"),
}


@pytest.mark.parametrize(("data", "name", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_said(world, browse, data, name, said):
    page = text(browse(world.minh).post(reverse("figures:upload"), {"file": named(data, name)}, follow=True))
    assert said in page or "chưa chọn tệp" in page.lower()
    assert not Figure.objects.exists()


def test_anothers_table_looks_absent(world, browse):
    shown = browse(world.province).post(reverse("figures:upload"), {"file": named(TABLE)}, follow=True)
    assert browse(world.minh).get(shown.redirect_chain[-1][0]).status_code == 404


def test_the_series_has_a_chart_its_table_and_a_workbook(world, browse):
    for year, count in ((2025, 60), (2026, 70)):
        sums(world.ia_tor, year, total=100, registered=80, count=count)
    client, where = browse(world.minh), reverse("figures:series")
    page = text(client.get(where, {"tu": "2023"}))
    assert all(one in page for one in ('id="bieu-do"', "60,00", "60/100", "echarts")), page[-6000:]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(where, {"tu": "2023", "excel": "1"}).content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[2:6] for row in rows if row[2] == 2025.0] == [[2025.0, 100.0, 80.0, 60.0]]


def planned(place, value, first, last, *, population="households", number="31/KH-HKH"):
    """A confirmed plan of the place with one target for families."""
    plan = Plan.objects.create(
        place=place, number=number, first_year=first, last_year=last, issued=date(max(first, 2025), 7, 2)
    )
    plan.targets.create(
        position=1, model="FAMILY", measure="recognise", population=population, year=last, comparator=">=", value=value,
        unit="percent", sentence=f"Đạt {value}% số hộ",
    )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(state="published", published_at=now())
    return plan


def charted(page):
    """What the chart of a page of years draws."""
    return json.loads(re.search(r'<script id="chuoi"[^>]*>(.*?)</script>', page)[1])


def test_the_target_of_each_year_stands_in_the_chart_the_table_and_the_workbook(world, browse):
    plan = planned(world.ia_tor, 70, 2025, YEAR)
    sums(world.ia_tor, 2025, total=10, registered=9, count=6), sums(world.ia_tor, YEAR, total=10, count=7)
    client, asked = browse(world.minh), {"tu": 2024, "den": YEAR}
    page = text(client.get(reverse("figures:series"), asked))
    (line,) = charted(page)["aims"]
    assert (line["name"], line["values"], line["labels"]) == ("Chỉ tiêu", [None, 70, 70], ["", "70 %", ""])
    assert "còn 1" in page and ">đạt<" in page and "Đạt 70% số hộ" in page
    assert f"/ke-hoach/{plan.pk}/#chi-tieu-1" in page
    data = client.get(reverse("figures:series"), asked | {"excel": 1}).getvalue()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    of_2025 = next(row for row in rows if row[2] == 2025)
    assert of_2025[-6:] == ["70 %", YEAR, 1, "Xã Ia Tôr 31/KH-HKH", "Đạt 70% số hộ", ""]


def test_a_target_of_another_denominator_is_told_under_the_chart_and_not_drawn(world, browse):
    planned(world.ia_tor, 70, 2025, YEAR, population="member_households")
    planned(world.ia_tor, 60, 2025, YEAR, population="registered_households", number="32/KH-HKH")
    sums(world.ia_tor, YEAR, total=10, registered=10, count=7)
    page = text(browse(world.minh).get(reverse("figures:series"), {"ve": "FAMILY"}))
    assert charted(page)["aims"] == []
    assert "60 % hộ gia đình đã đăng ký được công nhận" in page and "Tính trên mẫu số khác" in page


def test_targets_of_a_series_cost_the_same_however_many_years(world, browse, django_assert_max_num_queries):
    planned(world.ia_tor, 70, 2025, YEAR), planned(world.gia_lai, 60, 2025, YEAR)
    sums(world.ia_tor, YEAR, total=10, count=7)
    client = browse(world.minh)
    for first in (YEAR, 2013):
        with django_assert_max_num_queries(40):
            client.get(reverse("figures:series"), {"tu": first, "den": YEAR})


def test_a_series_without_figures_says_where_to_look(world, browse):
    assert "Chưa có số liệu nào" in text(browse(world.minh).get(reverse("figures:series")))


@pytest.mark.parametrize(
    "given",
    [
        {"nam": "x"},
        {"nam": "²"},
        {"nam": "9" * 5000},
        {"tu": "³"},
        {"nam": "99999"},
        {"tu": "x", "den": "-1"},
        {"theo": "gi", "ve": "?"},
    ],
)
def test_odd_addresses_fall_back(world, browse, given):
    client = browse(world.minh)
    assert client.get(PLACE, given).status_code == client.get(reverse("figures:series"), given).status_code == 200


def test_a_target_below_what_is_reached_is_said_while_planning(world, browse):
    plan = plan_actions.take(TEXT.encode(), "a.txt", place_id=world.ia_tor.pk, by=world.minh)
    client, where = browse(world.minh), reverse("figures:low_targets", args=[plan.pk])
    assert "không cao hơn" not in text(client.get(where)), "nothing is known yet"
    sums(world.ia_tor, YEAR, total=100, registered=80, count=76)
    page = text(client.get(where))
    assert "Chỉ tiêu không cao hơn mức đã đạt" in page and "76/100 hộ" in page
    assert where in text(client.get(reverse("plans:one", args=[plan.pk])))


def test_the_year_as_a_workbook(world, browse):
    national.load()
    filled(world)
    answer = browse(world.minh).get(PLACE, {"excel": "1"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    family = next(row for row in rows if "hộ gia đình" in str(row[1]))
    assert family[4:7] == [1.0, 5.0, 3.0]


def test_the_year_asks_as_few_questions_for_many_communes_as_for_few(world, browse, django_assert_max_num_queries):
    national.load()
    sums(world.ia_tor, 2025, total=100, registered=80, count=69)
    client = browse(world.province)
    with django_assert_max_num_queries(30):
        client.get(PLACE, {"nam": "2025"})


def test_a_year_before_the_unit_was_there_leads_to_the_series(world, browse):
    page = text(browse(world.province).get(PLACE, {"nam": "2024"}))
    assert "Đơn vị này có từ ngày 01/07/2025" in page and "Xem theo đơn vị cũ" in page


def test_every_rule_has_its_help_with_what_it_lets_pass(world, browse):
    page = text(browse(world.minh).get(reverse("figures:rules")))
    for rule in RULES:
        assert f'id="{rule.name}"' in page and rule.title in page and rule.help in page and rule.lets_pass in page
    assert page.count("Bỏ qua:") == sum(1 for rule in RULES if rule.lets_pass) >= 5
