"""The tree on a day: below, above, names; and the derived table against the versions themselves."""

from datetime import date

import pytest
from django.db import connection

from hieuhoc.places import ancestry, tree
from hieuhoc.places.models import Ancestry, UnitVersion
from hieuhoc.places.tests.conftest import NEW, OLD, TODAY

pytestmark = pytest.mark.django_db


def code(text, level, on):
    return tree.by_code(text, level, on).unit_id


@pytest.mark.parametrize(
    ("top", "level", "on", "below", "count"),
    [
        ("VN", "nation", OLD, "commune", 10_035),
        ("VN", "nation", OLD, "district", 696),
        ("VN", "nation", NEW, "district", 0),
        ("VN", "nation", TODAY, "commune", 3_321),
        ("52", "province", TODAY, "commune", 135),
        ("14", "province", TODAY, "commune", 75),
        ("14", "province", OLD, "district", 12),
        ("632", "district", OLD, "commune", 20),
    ],
)
def test_how_many_stand_below(country, top, level, on, below, count):
    assert tree.below(code(top, level, on), on, below).count() == count


def test_below_includes_the_unit_unless_told(country):
    commune = code("23908", "commune", TODAY)
    assert list(tree.below(commune, TODAY)) == [commune]
    assert list(tree.below(commune, TODAY, itself=False)) == []


def test_below_is_empty_when_the_unit_is_not_in_force(country):
    assert list(tree.below(code("06", "province", OLD), TODAY)) == []


def test_below_any_joins_without_a_query_of_its_own(country, django_assert_num_queries):
    tops = UnitVersion.objects.filter(code__in=["14", "52"], valid__contains=TODAY).values("unit_id")
    with django_assert_num_queries(1):
        assert tree.below_any(tops, TODAY, "commune").count() == 210


def test_the_gate_finds_what_ended_units_left(country):
    """What xã Ia Băng had until 30/6/2025 is looked after in xã Ia Tôr, in the new Gia Lai; counts leave it out."""
    old, new = code("23905", "commune", OLD), code("23908", "commune", TODAY)
    assert old in set(tree.below_any([new], TODAY, former=True))
    assert old in set(tree.below_any([code("52", "province", TODAY)], TODAY, former=True))
    assert old not in set(tree.below_any([new], OLD, former=True))
    assert list(tree.below(new, TODAY)) == [new]


def test_a_split_unit_is_looked_after_by_its_default_heir_alone(country):
    split = code("00634", "commune", OLD)
    seen = [one for one in ("00622", "00634", "00637", "09556", "09886")
            if split in set(tree.below_any([code(one, "commune", TODAY)], TODAY, former=True))]  # fmt: skip
    assert seen == ["00637"]


def test_above_goes_from_the_unit_to_the_nation(country):
    ids = tree.above(code("23905", "commune", OLD), OLD)
    assert [tree.name_of(one, OLD) for one in ids] == ["Xã Ia Băng", "Huyện Chư Prông", "Tỉnh Gia Lai", "Việt Nam"]
    assert tree.above(ids[0], OLD, itself=False) == ids[1:]
    assert tree.above(ids[0], TODAY) == []


def test_the_same_commune_stands_elsewhere_after_the_reform(country):
    """Xã Ia Púch is one unit: under its district before, under the new Gia Lai after."""
    unit_id = code("23917", "commune", OLD)
    assert tree.at_level(unit_id, "district", OLD) == code("632", "district", OLD)
    assert tree.at_level(unit_id, "district", TODAY) is None
    assert tree.at_level(unit_id, "province", OLD) == code("64", "province", OLD)
    assert tree.at_level(unit_id, "province", TODAY) == code("52", "province", TODAY)


@pytest.mark.parametrize(("on", "answer"), [(OLD, False), (TODAY, True)])
def test_is_below_depends_on_the_day(country, on, answer):
    assert tree.is_below(code("23917", "commune", on), code("52", "province", TODAY), on) is answer


@pytest.mark.parametrize(
    ("unit", "read_on", "on", "name", "line"),
    [
        ("75", date(2026, 1, 1), TODAY, "Thành phố Đồng Nai", "Thành phố Đồng Nai"),
        ("75", TODAY, date(2026, 4, 29), "Tỉnh Đồng Nai", "Tỉnh Đồng Nai"),
        ("23905", OLD, TODAY, "Xã Ia Băng", "Xã Ia Băng, Huyện Chư Prông, Tỉnh Gia Lai"),
        ("23908", TODAY, OLD, "Xã Ia Tôr", "Xã Ia Tôr, Tỉnh Gia Lai"),
        ("23917", OLD, TODAY, "Xã Ia Púch", "Xã Ia Púch, Tỉnh Gia Lai"),
        ("24235", TODAY, OLD, "Xã Krông Na", "Xã Krông Na, Huyện Buôn Đôn, Tỉnh Đắk Lắk"),
    ],
)
def test_names_on_a_day_an_ended_unit_keeps_its_last(country, unit, read_on, on, name, line):
    unit_id = tree.by_code(unit, None, read_on).unit_id
    assert (tree.name_of(unit_id, on), tree.line_of(unit_id, on)) == (name, line)


def test_names_of_many_take_one_query(country, django_assert_num_queries):
    ids = list(tree.below(tree.root(), TODAY, "commune"))
    with django_assert_num_queries(1):
        assert len(tree.names_of(ids, TODAY)) == 3_321
    with django_assert_num_queries(1):
        assert len(tree.lines_of(ids, TODAY)) == 3_321


def test_what_a_unit_was_on_a_day(country):
    unit_id = code("23905", "commune", OLD)
    was = tree.versions_of([unit_id], TODAY)[unit_id]
    assert (was.bare, was.in_sentence, was.first_day, was.last_day) == ("Ia Băng", "xã Ia Băng", None, OLD)


def test_an_unknown_unit_has_no_name(country):
    with pytest.raises(KeyError):
        tree.name_of(-1, TODAY)


def test_children_come_in_vietnamese_order(ia_tor):
    names = [one.name for one in tree.children(ia_tor.id, TODAY)]
    assert names == ["Thôn 1", "Thôn 2", "Thôn 10", "Thôn Phù Cát", "Làng Ring"]


def test_version_and_existence_are_strict(country):
    unit_id = code("23905", "commune", OLD)
    assert (tree.exists_on(unit_id, OLD), tree.exists_on(unit_id, NEW)) == (True, False)
    assert (tree.version_on(unit_id, OLD).code, tree.version_on(unit_id, NEW)) == ("23905", None)


def test_every_row_of_the_derived_table_follows_from_the_versions(country):
    """On each of the days on which anything changed, a direct parent is an ancestor of depth one, and no other."""
    for day in (OLD, NEW, date(2026, 4, 30), date(2026, 9, 1), TODAY):
        derived = set(Ancestry.objects.filter(depth=1, valid__contains=day).values_list("descendant_id", "ancestor_id"))
        held = UnitVersion.objects.filter(valid__contains=day, parent__isnull=False)
        assert derived == set(held.values_list("unit_id", "parent_id"))


def test_a_refresh_gives_what_a_rebuild_gives(country):
    with connection.cursor() as cursor:
        cursor.execute("SELECT md5(string_agg(a::text, '')) FROM (SELECT descendant_id, ancestor_id, depth, valid"
                       " FROM places_ancestry ORDER BY 1, 2, 3, 4) a")  # fmt: skip
        before = cursor.fetchone()
        ancestry.refresh([code("52", "province", TODAY), code("64", "province", OLD)])
        cursor.execute("SELECT md5(string_agg(a::text, '')) FROM (SELECT descendant_id, ancestor_id, depth, valid"
                       " FROM places_ancestry ORDER BY 1, 2, 3, 4) a")  # fmt: skip
        assert cursor.fetchone() == before
