"""A unit that has ended goes on in the units that lie wholly in its former territory, on the real tree."""

import io
import json
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from hieuhoc.accounts.models import Post, Role, User
from hieuhoc.figures import history, successors
from hieuhoc.figures.tests.test_series import TODAY, show, told
from hieuhoc.places import search, tree
from hieuhoc.places.ancestry import rebuild
from hieuhoc.places.load import load
from hieuhoc.places.models import Unit

BEFORE, END = date(2024, 12, 31), date(2025, 7, 1)
FOUR = ("Xã Duy Nghĩa", "Xã Duy Xuyên", "Xã Nam Phước", "Xã Thu Bồn")


@pytest.fixture
def duy_xuyen(db):
    """A former district, the four communes of today that lie in it, and one of its former communes."""
    load()
    district = search.find("Duy Xuyên", BEFORE, "district")[0].unit_id
    commune = search.find("Duy Thành", BEFORE, "commune")[0].unit_id
    found = successors.after({(district, END)}, [2026], TODAY)[district, END][2026]
    return {"district": district, "Duy Thành": commune, **{part.name: part.place_id for part in found.parts}}


def years(place, years=range(2024, 2027)):
    """The cells of the place itself, by today's rule of old units."""
    found = history.lines(place, years, TODAY, of=history.THEN).get("FAMILY", [])
    return {one.year: one for line in found if line.place_id == place for one in line.cells}


def test_the_years_after_its_end_add_up_the_communes_of_a_former_district(duy_xuyen):
    assert tuple(sorted(set(duy_xuyen) - {"district", "Duy Thành"})) == FOUR
    told(duy_xuyen["district"], 2024, 50, 80)
    for name in FOUR:
        told(duy_xuyen[name], 2026, 10, 20)
    cells = years(duy_xuyen["district"])
    assert [(cells[year].value.count, cells[year].value.total) for year in (2024, 2026)] == [(50, 80), (40, 80)]
    assert cells[2026].marks and all(name in cells[2026].marks[0] for name in FOUR)
    assert cells[2025].value is None and cells[2025].because.startswith("Từ ngày 01/07/2025")


def test_one_commune_without_a_figure_leaves_no_partial_sum(duy_xuyen):
    for name in FOUR[:3]:
        told(duy_xuyen[name], 2026, 10, 20)
    assert years(duy_xuyen["district"])[2026].because == "Thiếu số liệu của Xã Thu Bồn."


def test_a_commune_that_went_into_a_larger_one_is_not_comparable_and_names_the_others(duy_xuyen):
    told(duy_xuyen["Duy Thành"], 2024, 5, 9), told(duy_xuyen["Xã Duy Nghĩa"], 2026, 10, 20)
    cells = years(duy_xuyen["Duy Thành"])
    assert cells[2024].value.count == 5
    assert cells[2026].because == (
        "Không so sánh được: Xã Duy Nghĩa chỉ có một phần từ địa bàn này, phần khác từ Xã Duy Hải, Xã Duy Nghĩa."
    )


def test_in_the_year_of_its_end_its_own_figure_stands_where_the_communes_have_none(duy_xuyen):
    told(duy_xuyen["district"], 2025, 52, 80)
    assert years(duy_xuyen["district"])[2025].marks == (history.BEFORE_MERGER,)
    for name in FOUR:
        told(duy_xuyen[name], 2025, 10, 20)
    assert years(duy_xuyen["district"])[2025].value.count == 40


def test_a_unit_that_only_changed_its_name_goes_on_as_the_new_one(world):
    old = Unit.objects.create(level="commune")
    old.versions.create(code="99991", name="Xã Cũ", kind="xã", valid=(date(2024, 1, 1), END), parent=world.gia_lai)
    world.ia_tor.predecessors.create(old=old, day=END, kind="rename", whole=True, default=True)
    rebuild()
    told(world.ia_tor.pk, 2026, 7, 10)
    cells = years(old.pk)
    assert cells[2026].value.count == 7 and "Xã Ia Tôr" in cells[2026].marks[0]


def test_the_command_tells_the_sum_and_what_is_not_comparable(duy_xuyen):
    for name in FOUR:
        told(duy_xuyen[name], 2026, 10, 20)
    code = tree.version_on(duy_xuyen["district"], BEFORE).code
    said = json.loads(show("--place", code, "--level", "district", "--year", "2026", "--map", "then", "--json"))
    assert (said["place"]["name"], said["targets"]) == ("Huyện Duy Xuyên", [])
    assert [(one["recognised"], one["total"]) for one in said["figures"]] == [(40, 80)]
    code = tree.version_on(duy_xuyen["Duy Thành"], BEFORE).code
    said = json.loads(show("--place", code, "--level", "commune", "--year", "2026", "--map", "then", "--json"))
    assert said["place"]["name"] == "Xã Duy Thành" and said["figures"] == []
    assert "chỉ có một phần" in said["not_comparable"][0]["because"]
    assert "Không so sánh được" in show("--place", code, "--level", "commune", "--year", "2026", "--map", "then")


def test_the_page_and_its_workbook_say_the_same(duy_xuyen, world_person, browse):
    told(duy_xuyen["district"], 2024, 50, 80)
    for name in FOUR:
        told(duy_xuyen[name], 2026, 10, 20)
    asked = {"noi": duy_xuyen["district"], "theo": "cu", "tu": 2024, "den": 2026}
    page = browse(world_person).get(reverse("figures:series"), asked).content.decode()
    assert "40/80" in page and "tổng của Xã Duy Xuyên" in page
    data = browse(world_person).get(reverse("figures:series"), asked | {"excel": 1}).getvalue()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert next(row for row in rows if row[2] == 2026)[3:6] == [80, "", 40]


@pytest.fixture
def world_person(duy_xuyen):
    """An officer of the province the district lies in today."""
    user = User.objects.create(username="da-nang", full_name="Lê Thị Đà", search_key="le thi da", sort_key="le thi da")
    province = tree.at_level(duy_xuyen["Xã Duy Nghĩa"], "province", TODAY)
    Post.objects.create(user=user, role=Role.PROVINCE_OFFICER, place_id=province, valid=(END, None))
    return user
