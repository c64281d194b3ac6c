"""The list of communes for those above them: found by name and by how they stand, whole in Excel."""

import io
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from python_calamine import CalamineWorkbook

from hieuhoc.dossiers.models import State

ADDRESS = "/cac-xa/"


def shown(client, **asked):
    page = client.get(ADDRESS, asked).content.decode()
    return [name for name in ("Xã Ia Băng", "Xã Ia Tôr") if name in page.partition("<tbody>")[2]]


@pytest.fixture
def year(world):
    """Ia Tôr is late; Ia Băng has not begun."""
    round_ = world.round(closes_on=localdate() - timedelta(days=1))
    world.dossier(State.RECOGNISED)
    world.dossier(State.WITHDRAWN, world.household("Ksor Rút"))
    return round_.year


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Xã Ia Băng", "Xã Ia Tôr"]),
        ({"q": "tor"}, ["Xã Ia Tôr"]),
        ({"q": "TÔR ia"}, ["Xã Ia Tôr"]),
        ({"q": "'; drop--"}, []),
        ({"tinh-trang": "chua"}, ["Xã Ia Băng"]),
        ({"tinh-trang": "dang"}, ["Xã Ia Tôr"]),
        ({"tinh-trang": "qua"}, ["Xã Ia Tôr"]),
        ({"tinh-trang": "khoa"}, []),
        ({"tinh-trang": "x", "nam": "1", "trang": "99"}, ["Xã Ia Băng", "Xã Ia Tôr"]),
    ],
)
def test_communes_are_found(world, browse, year, asked, names):
    assert shown(browse(world.province), **asked) == names


def test_a_commune_that_has_not_begun_has_no_counts(world, browse, year):
    page = browse(world.inspector).get(ADDRESS, {"q": "bang"}).content.decode()
    assert "chưa mở đợt" in page
    assert ">0<" not in page


def test_nothing_found_says_what_to_do(world, browse, year):
    assert "Không có xã nào khớp" in browse(world.province).get(ADDRESS, {"q": "zzz"}).content.decode()


def test_the_list_goes_whole_to_excel(world, browse, year):
    book = browse(world.national).get(f"{ADDRESS}tai-ve/")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    late, idle = (next(row for row in rows if name in row) for name in ("Xã Ia Tôr", "Xã Ia Băng"))
    assert late[2] == "Tỉnh Gia Lai"
    assert [cell for cell in late[5:7]] == [1, 1], "who withdrew is not registered"
    assert [cell for cell in idle[5:7]] == ["", ""], "not begun is not zero"


def test_only_what_is_within_reach_is_listed(world, browse, year):
    assert shown(browse(world.lan)) == ["Xã Ia Băng"]
    assert browse(world.nobody).get(ADDRESS).status_code == 403


def test_the_list_takes_few_queries(world, browse, year, django_assert_max_num_queries):
    client = browse(world.province)
    with django_assert_max_num_queries(12):
        client.get(ADDRESS)
