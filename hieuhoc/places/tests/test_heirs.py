"""What became of a unit: the judgement as a table, and the reform of 1/7/2025 as it was."""

from collections import Counter
from datetime import date

import pytest

from hieuhoc.places import heirs, tree
from hieuhoc.places.tests.conftest import NEW, OLD, TODAY

DAY = date(2026, 1, 1)
WAS = ("Xã Cũ", "xã")


def stop(unit_id, *, day=DAY, usual=True, joined=False, code="x", name="Xã Cũ", kind="xã", goes_on=False):
    return heirs.Stop(unit_id, day, usual, joined, code, name, kind, None, goes_on)


def gone(unit_id, *, goes_on):
    return stop(unit_id, code=None, name="", kind="", goes_on=goes_on)


@pytest.mark.parametrize(
    ("stops", "found"),
    [
        ([stop(1)], [(1, "continue", True, True)]),
        ([stop(1, name="Phường Cũ", kind="phường")], [(1, "continue", True, True)]),
        ([stop(1, name="Xã Mới")], [(1, "rename", True, True)]),
        ([gone(1, goes_on=True), stop(2, joined=True)], [(2, "merge", True, True)]),
        ([gone(1, goes_on=True), stop(2, joined=True), stop(3, joined=True, usual=False)],
         [(2, "split", False, True), (3, "split", False, False)]),
        ([stop(1), stop(2, usual=False, joined=True)], [(1, "split", False, True), (2, "split", False, False)]),
        ([gone(1, goes_on=True), gone(2, goes_on=False), stop(3, joined=True)], [(3, "split", False, True)]),
        ([gone(1, goes_on=True), stop(4, joined=True), stop(4, joined=True, usual=False)], [(4, "merge", True, True)]),
        ([gone(1, goes_on=False)], []),
    ],
    ids=["goes on", "new kind", "new name", "merged", "split", "gave a part", "a part was lost", "parts met again",
         "ended"],
)  # fmt: skip
def test_the_judgement(stops, found):
    judged = heirs.judge(WAS, stops, None)
    assert [(one.unit_id, one.kind, one.whole, one.default) for one in judged] == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "level", "found"),
    [
        ("23905", "commune", [("23908", "Xã Ia Tôr", "merge", True)]),
        ("23719", "commune", [("23710", "Xã Ia Băng", "merge", True)]),
        ("23924", "commune", [("23908", "Xã Ia Tôr", "merge", True)]),
        ("24235", "commune", [("24235", "Xã Buôn Đôn", "rename", True)]),
        ("23917", "commune", [("23917", "Xã Ia Púch", "continue", True)]),
        ("498", "district", [("20333", "Đặc khu Hoàng Sa", "continue", True)]),
        ("632", "district", []),
        ("06", "province", [("19", "Tỉnh Thái Nguyên", "merge", True)]),
        ("14", "province", [("14", "Tỉnh Sơn La", "continue", True)]),
        ("52", "province", [("52", "Tỉnh Gia Lai", "merge", True)]),
        ("70", "province", [("75", "Thành phố Đồng Nai", "merge", True)]),
        ("VN", "nation", [("VN", "Việt Nam", "continue", True)]),
    ],
)
def test_the_reform(country, code, level, found):
    unit_id = tree.by_code(code, level, OLD).unit_id
    assert [(h.code, h.name, h.kind, h.whole) for h in tree.heirs(unit_id, TODAY, OLD)] == found


@pytest.mark.django_db
def test_a_split_has_one_default_and_it_comes_first(country):
    unit_id = tree.by_code("00634", "commune", OLD).unit_id
    found = tree.heirs(unit_id, TODAY, OLD)
    assert {one.code for one in found} == {"00622", "00634", "00637", "09556", "09886"}
    assert [one.default for one in found] == [True, False, False, False, False]
    assert {(one.kind, one.whole, one.day) for one in found} == {("split", False, NEW)}


@pytest.mark.django_db
def test_before_the_reform_a_unit_is_its_own_heir(country):
    unit_id = tree.by_code("23905", "commune", OLD).unit_id
    assert [(one.unit_id, one.kind) for one in tree.heirs(unit_id, OLD, OLD)] == [(unit_id, "continue")]


@pytest.mark.django_db
def test_a_change_of_kind_after_the_day_is_no_rename(country):
    unit_id = tree.by_code("07294", "commune", NEW).unit_id
    (heir,) = tree.heirs(unit_id, TODAY, NEW)
    assert (heir.name, heir.kind, heir.day) == ("Phường Bố Hạ", "continue", date(2026, 9, 20))


@pytest.mark.django_db
def test_all_old_communes_at_once(country, django_assert_num_queries):
    old = list(tree.below(tree.root(), OLD, "commune"))
    with django_assert_num_queries(2):
        found = tree.heirs_of(old, TODAY, OLD)
    assert len(found) == 10_035
    assert sum(len(one) > 1 for one in found.values()) == 441
    assert all(sum(heir.default for heir in one) == 1 for one in found.values())
    assert max(map(len, found.values())) == 5
    assert Counter(len(one) == 1 for one in found.values()) == Counter(one[0].whole for one in found.values())


@pytest.mark.django_db
def test_the_origins_of_a_commune(country):
    unit_id = tree.by_code("23908", "commune", TODAY).unit_id
    names = tree.names_of(tree.origins_of([unit_id], TODAY)[unit_id], OLD)
    assert sorted(names.values()) == ["Xã Ia Bang", "Xã Ia Băng", "Xã Ia Tôr", "Xã Ia Tôr"]
    assert tree.origins_of([unit_id], OLD) == {unit_id: {unit_id}}
