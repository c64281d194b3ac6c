"""Acts on places: what they write, what they refuse and why, what the log says."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hieuhoc.audit.models import Entry
from hieuhoc.places import actions, tree
from hieuhoc.places.actions import Opening, Refused
from hieuhoc.places.models import Succession, Unit, UnitVersion
from hieuhoc.places.tests.conftest import BASIS, OLD, TODAY

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 1)
BEFORE = date(2026, 7, 31)
FIRST = date(2025, 7, 1)


def names(parent_id, on):
    return [one.name for one in tree.children(parent_id, on)]


def last():
    return Entry.objects.exclude(verb="places.load").latest("pk")


def commune(code):
    return tree.by_code(code, "commune", TODAY).unit_id


def test_a_village_is_opened_with_a_code_of_its_commune(ia_tor, minh):
    unit = actions.open_unit(level="village", name="thôn  Đoàn Kết", parent_id=ia_tor.id, day=DAY, by=minh)
    held = tree.version_on(unit.pk, DAY)
    assert (held.name, held.kind, held.code, held.parent_id) == ("Thôn Đoàn Kết", "thôn", "23908.06", ia_tor.id)
    assert "Thôn Đoàn Kết" not in names(ia_tor.id, BEFORE)
    assert tree.is_below(unit.pk, tree.root(), DAY)


def test_many_villages_at_once_and_again(ia_tor, minh, django_assert_max_num_queries):
    lines = Entry.objects.count()
    with django_assert_max_num_queries(25):
        made = actions.open_villages(
            ia_tor.id, ["làng  Ring", "THÔN 1", "Phú Quang", *map(str, range(30, 60))], by=minh
        )
    assert made["làng  Ring"] == ia_tor["Làng Ring"]
    assert made["THÔN 1"] == ia_tor["Thôn 1"]
    assert tree.name_of(made["Phú Quang"], FIRST) == "Thôn Phú Quang"
    assert len(names(ia_tor.id, FIRST)) == 5 + 31
    assert Entry.objects.count() == lines + 1
    assert actions.open_villages(ia_tor.id, list(made), by=minh) == made
    assert Entry.objects.count() == lines + 1


def test_villages_of_a_commune_older_than_the_catalogue_begin_on_a_known_day(country, minh):
    unchanged = commune("23917")
    made = actions.open_villages(unchanged, ["Làng Goòng"], by=minh)
    assert tree.versions_of(made.values(), TODAY)[made["Làng Goòng"]].first_day == FIRST


def test_a_rename_keeps_the_unit_and_its_past(ia_tor, minh):
    one = ia_tor["Thôn 1"]
    actions.rename(one, name="Thôn Hòa Bình", day=DAY, legal_basis=BASIS, by=minh, reason="Theo ý dân")
    assert [tree.name_of(one, day) for day in (BEFORE, DAY)] == ["Thôn 1", "Thôn Hòa Bình"]
    assert tree.heirs(one, TODAY, BEFORE)[0].kind == "rename"
    entry = last()
    assert (entry.verb, entry.actor, entry.reason, entry.place_id) == ("places.rename", minh, "Theo ý dân", ia_tor.id)
    assert entry.before["units"][0]["name"] == "Thôn 1"
    assert entry.after["legal_basis"] == BASIS


def test_a_commune_becomes_a_ward(country, minh):
    unit_id = commune("23908")
    actions.rename(unit_id, name="Ia Tôr", kind="phường", day=DAY, legal_basis=BASIS, by=minh)
    assert tree.name_of(unit_id, DAY) == "Phường Ia Tôr"
    assert tree.heirs(unit_id, TODAY, BEFORE)[0].kind == "continue"


def test_villages_stay_with_a_renamed_commune(ia_tor, minh):
    actions.rename(ia_tor.id, name="Xã Ia Tor Mới", day=DAY, legal_basis=BASIS, by=minh)
    assert names(ia_tor.id, DAY) == names(ia_tor.id, BEFORE)
    assert tree.line_of(ia_tor["Thôn 1"], DAY) == "Thôn 1, Xã Ia Tor Mới, Tỉnh Gia Lai"


def test_a_move_puts_everything_below_elsewhere(ia_tor, minh):
    son_la = tree.by_code("14", "province", TODAY).unit_id
    gia_lai = tree.by_code("52", "province", TODAY).unit_id
    actions.move(ia_tor.id, parent_id=son_la, day=DAY, legal_basis=BASIS, by=minh)
    village = ia_tor["Làng Ring"]
    assert [tree.at_level(village, "province", day) for day in (BEFORE, DAY)] == [gia_lai, son_la]


def test_a_merge_ends_the_old_and_points_to_the_new(ia_tor, minh):
    old = [ia_tor["Thôn 1"], ia_tor["Thôn 2"]]
    new = actions.merge(old, name="Thôn 1", day=DAY, legal_basis=BASIS, by=minh)
    assert names(ia_tor.id, DAY) == ["Thôn 1", "Thôn 10", "Thôn Phù Cát", "Làng Ring"]
    assert new.pk not in old
    for one in old:
        (heir,) = tree.heirs(one, TODAY, BEFORE)
        assert (heir.unit_id, heir.kind, heir.whole, heir.default, heir.day) == (new.pk, "merge", True, True, DAY)
    assert tree.origins_of([new.pk], DAY) == {new.pk: {new.pk, *old}}
    assert (last().verb, [one["name"] for one in last().before["units"]]) == ("places.merge", ["Thôn 1", "Thôn 2"])


def test_communes_merge_with_their_villages(ia_tor, minh):
    other = commune("23896")
    theirs = actions.open_villages(other, ["Làng Bàu", "Thôn 1"], by=minh)
    new = actions.merge([ia_tor.id, other], name="Xã Bàu Tôr", code="23999", day=DAY, legal_basis=BASIS, by=minh)
    assert len(names(new.pk, DAY)) == 7
    assert set(tree.below(new.pk, DAY, "village")) == {*ia_tor.villages.values(), *theirs.values()}
    assert tree.below(ia_tor.id, DAY).count() == 0
    assert tree.below(ia_tor.id, BEFORE).count() == 6
    assert Entry.objects.filter(verb="places.merge").count() == 1


def test_a_village_opened_the_same_day_goes_along(ia_tor, minh):
    """On 1/7/2025 everything moved on one day: the order in which it is written down must not matter."""
    village = actions.open_unit(level="village", name="Thôn Mới", parent_id=ia_tor.id, day=DAY, by=minh)
    new = actions.merge(
        [ia_tor.id, commune("23896")], name="Xã Bàu Tôr", code="23999", day=DAY, legal_basis=BASIS, by=minh
    )
    assert tree.above(village.pk, DAY)[1] == new.pk
    assert UnitVersion.objects.filter(unit=village).count() == 1


def test_a_split_shares_out_what_stands_below(ia_tor, minh):
    ring, ten = ia_tor["Làng Ring"], ia_tor["Thôn 10"]
    east, west = actions.split(
        ia_tor.id, parts=[Opening("Xã Tôr Đông", code="23997"), Opening("Xã Tôr Tây", code="23998")],
        default=1, under={ring: 0, ten: 0}, day=DAY, legal_basis=BASIS, by=minh,
    )  # fmt: skip
    assert set(tree.below(east.pk, DAY, "village")) == {ring, ten}
    assert tree.below(west.pk, DAY, "village").count() == 3
    found = tree.heirs(ia_tor.id, TODAY, BEFORE)
    assert [(one.unit_id, one.kind, one.whole, one.default) for one in found] == [
        (west.pk, "split", False, True), (east.pk, "split", False, False),
    ]  # fmt: skip


def test_a_split_that_keeps_the_old_unit(ia_tor, minh):
    one = ia_tor["Thôn 10"]
    (new,) = actions.split(one, parts=[Opening("Thôn 11")], keep=True, day=DAY, legal_basis=BASIS, by=minh)
    assert tree.exists_on(one, DAY)
    assert [(h.unit_id, h.default) for h in tree.heirs(one, TODAY, BEFORE)] == [(one, True), (new.pk, False)]


def test_a_closed_village_may_pass_to_others(ia_tor, minh):
    taker, other = ia_tor["Thôn 2"], ia_tor["Thôn 10"]
    actions.close(ia_tor["Thôn 1"], day=DAY, legal_basis=BASIS, by=minh, into=[taker, other])
    assert "Thôn 1" not in names(ia_tor.id, DAY)
    assert [(h.unit_id, h.kind) for h in tree.heirs(ia_tor["Thôn 1"], TODAY)] == [(taker, "split"), (other, "split")]
    assert [h.kind for h in tree.heirs(taker, TODAY, BEFORE)] == ["continue"]


def test_a_village_closed_for_good_has_no_heir(ia_tor, minh):
    actions.close(ia_tor["Thôn 1"], day=DAY, legal_basis=BASIS, by=minh)
    assert tree.heirs(ia_tor["Thôn 1"], TODAY) == []


def test_heirs_follow_a_chain(ia_tor, minh):
    both = actions.merge([ia_tor["Thôn 1"], ia_tor["Thôn 2"]], name="Thôn A", day=DAY, legal_basis=BASIS, by=minh)
    actions.rename(both.pk, name="Thôn B", day=date(2026, 9, 1), legal_basis=BASIS, by=minh)
    parts = [Opening("Thôn C"), Opening("Thôn D")]
    actions.split(both.pk, parts=parts, day=date(2026, 10, 1), legal_basis=BASIS, by=minh)
    one = ia_tor["Thôn 1"]
    assert [(h.name, h.kind) for h in tree.heirs(one, date(2026, 8, 15), BEFORE)] == [("Thôn A", "merge")]
    assert [(h.name, h.kind) for h in tree.heirs(one, date(2026, 9, 1), BEFORE)] == [("Thôn B", "merge")]
    assert [(h.name, h.kind, h.default) for h in tree.heirs(one, TODAY, BEFORE)] == [
        ("Thôn C", "split", True), ("Thôn D", "split", False),
    ]  # fmt: skip


def test_a_correction_is_not_a_change(ia_tor, minh):
    version = tree.version_on(ia_tor["Thôn Phù Cát"], TODAY)
    actions.correct(version.pk, by=minh, reason="Gõ nhầm", name="Thôn Phú Cát")
    assert UnitVersion.objects.filter(unit_id=version.unit_id).count() == 1
    assert tree.name_of(version.unit_id, FIRST) == "Thôn Phú Cát"
    assert tree.find("thôn phú cát", TODAY)[0].name == "Thôn Phú Cát"
    entry = last()
    assert (entry.verb, entry.before["name"], entry.after["name"]) == ("places.correct", "Thôn Phù Cát", "Thôn Phú Cát")


def test_the_day_of_a_rename_can_be_corrected_both_ways(ia_tor, minh):
    one = ia_tor["Thôn 1"]
    actions.rename(one, name="Thôn Một", day=DAY, legal_basis=BASIS, by=minh)
    for day in (date(2026, 9, 1), date(2026, 2, 1)):
        actions.correct(tree.version_on(one, TODAY).pk, by=minh, reason="Ghi nhầm ngày", first_day=day)
        assert (tree.version_on(one, day).name, tree.name_of(one, date(2026, 1, 1))) == ("Thôn Một", "Thôn 1")
        assert tree.above(one, date(2026, 1, 31)) == tree.above(one, TODAY)


def test_a_village_entered_by_mistake_is_discarded(ia_tor, minh):
    one = ia_tor["Thôn 10"]
    actions.discard(one, by=minh, reason="Nhập trùng")
    assert not Unit.objects.filter(pk=one).exists()
    assert (last().verb, last().target_id, last().place_id) == ("places.discard", str(one), ia_tor.id)


def test_a_preview_writes_nothing_and_says_whom_it_concerns(ia_tor, minh):
    other = commune("23896")
    versions, lines = UnitVersion.objects.count(), Entry.objects.count()
    plan = actions.preview("merge", [ia_tor.id, other], name="Xã Bàu Tôr", code="23999", day=DAY, legal_basis=BASIS)
    assert (UnitVersion.objects.count(), Entry.objects.count()) == (versions, lines)
    assert set(plan.affected()) == {ia_tor.id, other, *ia_tor.villages.values()}
    assert plan.effects == (
        "Từ ngày 01/08/2026, xã Ia Tôr (23908), xã Bàu Cạn (23896) nhập thành xã Bàu Tôr (23999).",
        "Danh hiệu và số liệu đã có vẫn đứng tên xã Ia Tôr, xã Bàu Cạn và chỉ tới đơn vị kế thừa.",
        "5 đơn vị trực thuộc (thôn, làng, tổ dân phố) chuyển theo: thôn 1, thôn 2, thôn 10, thôn Phù Cát, làng Ring.",
    )


GIVEN = {"day": DAY, "legal_basis": BASIS}
REFUSALS = {
    "no basis": ("rename", lambda c: ([c["Thôn 1"]], GIVEN | {"name": "Thôn X", "legal_basis": " "}), "Cần ghi căn cứ"),
    "no change": ("rename", lambda c: ([c["Thôn 1"]], GIVEN | {"name": "Thôn 1"}), "không có gì thay đổi"),
    "name taken": ("rename", lambda c: ([c["Thôn 1"]], GIVEN | {"name": "thôn 2"}), "đã có thôn 2"),
    "no name": ("rename", lambda c: ([c["Thôn 1"]], GIVEN | {"name": "Thôn"}), "Cần ghi tên"),
    "long name": ("rename", lambda c: ([c["Thôn 1"]], GIVEN | {"name": "x" * 130}), "quá 120"),
    "foreign kind": ("rename", lambda c: ([c["Thôn 1"]], GIVEN | {"name": "A", "kind": "xã"}), "Cần chọn loại"),
    "before it was": ("rename", lambda c: ([c["Thôn 1"]], GIVEN | {"name": "Thôn A", "day": OLD}), "có từ ngày"),
    "on its first day": ("rename", lambda c: ([c["Thôn 1"]], GIVEN | {"name": "Thôn A", "day": FIRST}), "Đúng ngày"),
    "unknown unit": ("rename", lambda c: ([-1], GIVEN | {"name": "Thôn A"}), "Không có đơn vị này"),
    "one is not a merge": ("merge", lambda c: ([[c["Thôn 1"]] * 2], GIVEN | {"name": "Thôn A"}), "ít nhất hai"),
    "two levels": ("merge", lambda c: ([[c["Thôn 1"], c.id]], GIVEN | {"name": "Thôn A"}), "cùng cấp"),
    "merged name taken": ("merge", lambda c: ([[c["Thôn 1"], c["Thôn 2"]]], GIVEN | {"name": "Thôn 10"}), "đã có"),
    "two kinds, none said": (
        "merge", lambda c: ([[c["Thôn 1"], c["Làng Ring"]]], GIVEN | {"name": "Đoàn Kết"}), "Cần chọn loại",
    ),
    "commune without a code": (
        "merge", lambda c: ([[c.id, commune("23896")]], GIVEN | {"name": "Xã A"}), "Cần ghi mã",
    ),
    "code taken": (
        "merge", lambda c: ([[c.id, commune("23896")]], GIVEN | {"name": "Xã A", "code": "23887"}), "Mã 23887 đang là",
    ),
    "several parents": (
        "merge", lambda c: ([[c.id, commune("03646")]], GIVEN | {"name": "Xã A", "code": "1"}), "nhiều nơi",
    ),
    "one part": ("split", lambda c: ([c["Thôn 1"]], GIVEN | {"parts": [Opening("Thôn A")]}), "ít nhất hai phần"),
    "no such default": (
        "split", lambda c: ([c["Thôn 1"]], GIVEN | {"parts": [Opening("A"), Opening("B")], "default": 2}), "mặc định",
    ),
    "parts of one name": (
        "split", lambda c: ([c["Thôn 1"]], GIVEN | {"parts": [Opening("Thôn A"), Opening("thôn a")]}), "đã có thôn",
    ),
    "a stranger below": (
        "split", lambda c: ([c.id], GIVEN | {"parts": [Opening("Xã A", code="1"), Opening("Xã B", code="2")],
                                             "under": {-1: 0}}), "xếp sai chỗ",
    ),
    "same parent": ("move", lambda c: ([c["Thôn 1"]], GIVEN | {"parent_id": c.id}), "đã thuộc"),
    "wrong level above": ("move", lambda c: ([c["Thôn 1"]], GIVEN | {"parent_id": tree.root()}), "không đặt dưới"),
    "parent ended": (
        "move", lambda c: ([c.id], GIVEN | {"parent_id": tree.by_code("64", None, OLD).unit_id}), "không tồn tại",
    ),
    "something below": ("close", lambda c: ([c.id], GIVEN), "còn 5 đơn vị trực thuộc"),
    "taker is itself": ("close", lambda c: ([c["Thôn 1"]], GIVEN | {"into": [c["Thôn 1"]]}), "không tự nhận"),
    "taker of another level": ("close", lambda c: ([c["Thôn 1"]], GIVEN | {"into": [c.id]}), "cùng cấp"),
    "open in the past": (
        "open", lambda c: ([], {"level": "village", "name": "Thôn A", "parent_id": c.id, "day": OLD}), "không tồn tại",
    ),
    "open without kind": (
        "open", lambda c: ([], {"level": "village", "name": "A", "parent_id": c.id, "day": DAY}), "Cần chọn loại",
    ),
    "open twice": (
        "open", lambda c: ([], {"level": "village", "name": "THÔN 1", "parent_id": c.id, "day": DAY}), "đã có thôn 1",
    ),
    "open under a village": (
        "open", lambda c: ([], {"level": "village", "name": "Thôn A", "parent_id": c["Thôn 1"], "day": DAY}),
        "không đặt dưới",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
def test_a_refusal_says_why_and_writes_nothing(ia_tor, what):
    verb, given, said = REFUSALS[what]
    args, named = given(ia_tor)
    with pytest.raises(Refused, match=said):
        actions.preview(verb, *args, **named)


def test_an_act_before_one_already_written_is_refused(ia_tor, minh):
    one = ia_tor["Thôn 1"]
    actions.rename(one, name="Thôn Một", day=DAY, legal_basis=BASIS, by=minh)
    with pytest.raises(Refused, match=r"Sau ngày 01/02/2026 đã ghi một thay đổi của thôn 1 \(ngày 01/08/2026\)"):
        actions.rename(one, name="Thôn Hai", day=date(2026, 2, 1), legal_basis=BASIS, by=minh)
    assert tree.name_of(one, TODAY) == "Thôn Một"


def test_an_act_on_an_ended_unit_says_when_it_ended(ia_tor, minh):
    actions.close(ia_tor["Thôn 1"], day=DAY, legal_basis=BASIS, by=minh)
    with pytest.raises(Refused, match="đã kết thúc ngày 31/07/2026"):
        actions.rename(ia_tor["Thôn 1"], name="Thôn A", day=date(2026, 9, 1), legal_basis=BASIS, by=minh)


def test_a_merge_is_refused_while_a_village_changes_later(ia_tor, minh):
    actions.rename(ia_tor["Thôn 1"], name="Thôn Một", day=date(2026, 9, 1), legal_basis=BASIS, by=minh)
    with pytest.raises(Refused, match="theo thứ tự thời gian"):
        actions.merge([ia_tor.id, commune("23896")], name="Xã A", code="23999", day=DAY, legal_basis=BASIS, by=minh)


def test_a_village_cannot_be_put_under_a_commune_that_ends_later(ia_tor, minh):
    other = commune("23896")
    actions.close(other, day=date(2026, 9, 1), legal_basis=BASIS, by=minh)
    with pytest.raises(Refused, match="nay không còn"):
        actions.open_unit(level="village", name="Thôn A", parent_id=other, day=DAY, by=minh)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": " ", "name": "Thôn X"}, "lý do"),
        ({"reason": "x"}, "Không có gì"),
        ({"reason": "x", "name": "Thôn 2"}, "đã có thôn 2"),
        ({"reason": "x", "code": "23908.02"}, "đang là của"),
        ({"reason": "x", "first_day": date(2020, 1, 1)}, "cấp trên không tồn tại"),
    ],
)
def test_a_correction_refused(ia_tor, minh, given, said):
    version = tree.version_on(ia_tor["Thôn 1"], TODAY)
    with pytest.raises(Refused, match=said):
        actions.correct(version.pk, by=minh, **given)


def test_the_day_of_a_succession_is_not_corrected_alone(ia_tor, minh):
    new = actions.merge([ia_tor["Thôn 1"], ia_tor["Thôn 2"]], name="Thôn A", day=DAY, legal_basis=BASIS, by=minh)
    with pytest.raises(Refused, match="kế thừa"):
        actions.correct(tree.version_on(new.pk, TODAY).pk, by=minh, reason="x", first_day=date(2026, 9, 1))


def test_a_day_is_not_corrected_past_the_versions_beside_it(ia_tor, minh):
    one = ia_tor["Thôn 1"]
    actions.rename(one, name="Thôn Một", day=DAY, legal_basis=BASIS, by=minh)
    with pytest.raises(Refused, match="sau ngày bắt đầu của giai đoạn trước"):
        actions.correct(tree.version_on(one, TODAY).pk, by=minh, reason="x", first_day=FIRST)
    with pytest.raises(Refused, match="trước ngày kết thúc"):
        actions.correct(tree.version_on(one, BEFORE).pk, by=minh, reason="x", first_day=DAY)


def test_only_a_free_village_is_discarded(ia_tor, minh):
    with pytest.raises(Refused):
        actions.discard(ia_tor.id, by=minh, reason="x")
    actions.close(ia_tor["Thôn 1"], day=DAY, legal_basis=BASIS, by=minh, into=[ia_tor["Thôn 2"]])
    with pytest.raises(Refused):
        actions.discard(ia_tor["Thôn 1"], by=minh, reason="x")


def test_a_village_something_refers_to_is_not_discarded(ia_tor, minh):
    """Anything that points at the unit keeps it; here the log of an act seen from the village."""
    from hieuhoc.audit import log

    unit = Unit.objects.get(pk=ia_tor["Thôn 1"])
    log.record("test.touch", unit, by=minh, place=unit.pk)
    with pytest.raises(Refused, match="Đã có dữ liệu"):
        actions.discard(unit.pk, by=minh, reason="x")
    assert tree.exists_on(unit.pk, TODAY)


def test_the_database_allows_one_default_successor(ia_tor, minh):
    actions.close(ia_tor["Thôn 1"], day=DAY, legal_basis=BASIS, by=minh, into=[ia_tor["Thôn 2"], ia_tor["Thôn 10"]])
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.filter(old_id=ia_tor["Thôn 1"]).update(default=True)
