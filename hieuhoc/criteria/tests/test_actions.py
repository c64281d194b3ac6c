"""Drafting, editing, publishing and retiring: who may, what is refused, what the act log keeps."""

from datetime import date
from decimal import Decimal

import pytest

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.criteria import actions, queries
from hieuhoc.criteria.actions import Refused
from hieuhoc.criteria.models import CriteriaVersion, Status
from hieuhoc.scoring import score

pytestmark = pytest.mark.django_db
LOCAL_YEAR = "Gia Lai 2027"
ROW = {"key": "A-1", "label": "Chỉ số thử", "kind": "score", "points": Decimal(10), "floor": None}


def test_a_copy_is_a_draft_with_all_that_the_origin_holds(draft, shipped):
    origin = queries.shape_of(shipped("demo-family"))
    copied = queries.shape_of(draft)
    assert {name for name in copied if copied[name] != origin[name]} == {"version"}
    assert (draft.status, draft.based_on_id) == (Status.DRAFT, shipped("demo-family").pk)


def test_a_name_of_a_version_is_taken_once(draft, shipped, world):
    with pytest.raises(Refused, match="đã có bản “2”"):
        actions.draft_from(shipped("demo-family").pk, "2", by=world.national)


def test_edits_change_what_is_judged(draft, world):
    actions.edit_head(draft.pk, {"pass": {"general": 60}}, by=world.national)
    actions.put_group(draft.pk, {"key": "5", "label": "Thêm", "floor": None}, by=world.national)
    actions.put_indicator(draft.pk, "5", {**ROW, "key": "GD-5.1"}, by=world.national)
    actions.remove_indicator(draft.pk, "GD-1.1", by=world.national)
    criteria = queries.criteria_of(draft.pk)
    assert (criteria.maximum, criteria.pass_mark("general")) == (100, 60)
    assert criteria.indicators[0].key == "GD-1.2"
    assert criteria.indicators[-1].key == "GD-5.1"


def test_an_indicator_can_be_renamed_and_moved_and_keeps_its_rule(world, shipped):
    draft = actions.draft_from(shipped("demo-clan").pk, "2", by=world.national)
    actions.put_indicator(draft.pk, "3", {"key": "DH-3.9", "label": "Mới"}, by=world.national, old_key="DH-2.1")
    found = queries.criteria_of(draft.pk).by_key["DH-3.9"]
    assert (found.criterion, found.label, found.derived.among, found.points) == ("3", "Mới", "member_families", 30)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda pk, by: actions.put_group(pk, {"key": "1", "label": "x"}, by=by), "Mã tiêu chí 1 đã có"),
        (lambda pk, by: actions.put_group(pk, {"key": "1/2", "label": "x"}, by=by), "chữ, số"),
        (lambda pk, by: actions.remove_group(pk, "1", by=by), "còn chỉ số"),
        (lambda pk, by: actions.put_indicator(pk, "1", {**ROW, "key": "GD-1.1"}, by=by), "GD-1.1 đã có"),
        (lambda pk, by: actions.put_indicator(pk, "9", ROW, by=by), "Không có tiêu chí 9"),
        (lambda pk, by: actions.put_indicator(pk, "1", {**ROW, "key": "a/b"}, by=by), "chữ, số"),
        (lambda pk, by: actions.put_indicator(pk, "1", {**ROW, "label": "x" * 301}, by=by), "300"),
        (lambda pk, by: actions.put_indicator(pk, "1", {**ROW, "points": Decimal("7.555")}, by=by), "hai chữ số"),
        (lambda pk, by: actions.put_indicator(pk, "1", {**ROW, "points": Decimal(0)}, by=by), "lớn hơn 0"),
        (lambda pk, by: actions.put_indicator(pk, "1", {**ROW, "points": Decimal(10**9)}, by=by), "99999.99"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_and_changes_nothing(draft, world, change, said):
    before, acts = queries.shape_of(draft), Entry.objects.count()
    with pytest.raises(Refused, match=said):
        change(draft.pk, world.national)
    assert (queries.shape_of(CriteriaVersion.objects.get(pk=draft.pk)), Entry.objects.count()) == (before, acts)


def test_the_act_log_keeps_what_was_before(draft, world):
    actions.edit_head(draft.pk, {"title": "Tên mới"}, by=world.national)
    entry = Entry.objects.get(verb="criteria.edit")
    assert (entry.actor, entry.before, entry.after) == (
        world.national,
        {"title": "Gia đình học tập (minh họa)"},
        {"title": "Tên mới"},
    )


def test_publishing_puts_a_version_in_force_and_says_who_and_when(draft, world):
    actions.publish(draft.pk, by=world.national)
    draft.refresh_from_db()
    assert (draft.status, draft.published_by) == (Status.PUBLISHED, world.national)
    assert Entry.objects.filter(verb="criteria.publish", actor=world.national).count() == 1


def test_a_draft_with_a_problem_is_not_published(draft, world):
    actions.edit_head(draft.pk, {"pass": {"general": 120}}, by=world.national)
    with pytest.raises(Refused, match="không quá tổng điểm tối đa 100"):
        actions.publish(draft.pk, by=world.national)


def test_an_official_set_nobody_entered_is_not_published(shipped, world):
    with pytest.raises(Refused, match="chưa nhập bộ tiêu chí chính thức"):
        actions.publish(shipped("qd242-family").pk, by=world.national)


def test_an_empty_template_can_be_entered_and_published(shipped, world):
    template = shipped("qd242-family")
    head = {"state": "official", "complete": True, "pass": {"general": 8}}
    actions.put_group(template.pk, {"key": "1", "label": "Một"}, by=world.national)
    actions.put_indicator(template.pk, "1", ROW, by=world.national)
    actions.edit_head(template.pk, head, by=world.national)
    actions.publish(template.pk, by=world.national)
    entered = queries.criteria_of(template.pk)
    assert (score(entered, {"A-1": 8}).outcome, entered.notice) == ("pass", "")
    offered = queries.published_for("FAMILY", world.ia_tor.pk, date(2026, 12, 31))
    assert [version.set.code for version in offered] == ["qd242-family", "demo-family"]


ON_PUBLISHED = [
    lambda pk, by: actions.edit_head(pk, {"title": "x"}, by=by),
    lambda pk, by: actions.put_indicator(pk, "1", ROW, by=by),
    lambda pk, by: actions.remove_indicator(pk, "GD-1.1", by=by),
    lambda pk, by: actions.import_indicators(pk, [], by=by),
    lambda pk, by: actions.publish(pk, by=by),
    lambda pk, by: actions.delete_draft(pk, by=by),
]


@pytest.mark.parametrize("change", ON_PUBLISHED)
def test_a_published_version_is_not_edited(shipped, world, change):
    with pytest.raises(Refused, match="đã ban hành"):
        change(shipped("demo-family").pk, world.national)


@pytest.mark.parametrize(
    "person", ["minh", "hoa", "ksor", "province", "province_approver", "inspector", "admin", "nobody"]
)
def test_only_the_nation_edits_national_versions(draft, world, person):
    by = getattr(world, person)
    for change in ON_PUBLISHED:
        with pytest.raises(Forbidden):
            change(draft.pk, by)
    with pytest.raises(Forbidden):
        actions.draft_from(draft.pk, "3", by=by)
    with pytest.raises(Forbidden):
        actions.create_set("moi", "Mới", "FAMILY", "points", "1", by=by)


def test_a_province_makes_its_local_variant_and_no_other_place_uses_it(shipped, world):
    origin = shipped("demo-family")
    local = actions.draft_from(origin.pk, LOCAL_YEAR, by=world.province, province_id=world.gia_lai.pk)
    actions.edit_head(local.pk, {"pass": {"general": 70}}, by=world.province)
    actions.publish(local.pk, by=world.province)
    local.refresh_from_db()
    assert (local.state, local.set_id) == ("local", origin.set_id)
    here = queries.published_for("FAMILY", world.ia_tor.pk, date(2026, 12, 31))
    assert [version.pk for version in here] == [local.pk, origin.pk]
    nation = queries.published_for("FAMILY", world.viet_nam.pk, date(2026, 12, 31))
    assert local.pk not in [version.pk for version in nation]
    assert queries.current("demo-family", date(2026, 12, 31)).pk == origin.pk


@pytest.mark.parametrize("person", ["minh", "hoa", "inspector", "province_approver", "admin"])
def test_others_make_no_local_variant(shipped, world, person):
    with pytest.raises(Forbidden):
        actions.draft_from(shipped("demo-family").pk, "x", by=getattr(world, person), province_id=world.gia_lai.pk)


def test_a_round_is_offered_only_what_can_judge_at_its_level(shipped, world):
    def offered(model, on=date(2026, 12, 31)):
        return [version.set.code for version in queries.published_for(model, world.ia_tor.pk, on)]

    assert offered("FAMILY") == ["demo-family"]
    assert offered("ORGANISATION") == ["demo-organisation"]
    assert offered("CITIZEN") == ["cdht-324"]
    assert offered("CITIZEN", date(2023, 1, 1)) == []
    assert offered("COMMUNE") == ["tt25-commune"]
    assert offered("PROVINCE") == []


def test_a_retired_version_is_offered_no_more_and_still_judges(draft, world):
    actions.publish(draft.pk, by=world.national)
    actions.retire(draft.pk, by=world.national, reason="Có bản mới")
    assert draft.pk not in [v.pk for v in queries.published_for("FAMILY", world.ia_tor.pk, date(2026, 12, 31))]
    assert queries.criteria_of(draft.pk).version == "2"
    assert Entry.objects.get(verb="criteria.retire").reason == "Có bản mới"


@pytest.mark.parametrize(("publish", "reason", "said"), [(False, "x", "đã ban hành"), (True, " ", "lý do")])
def test_retiring_needs_a_published_version_and_a_reason(draft, world, publish, reason, said):
    if publish:
        actions.publish(draft.pk, by=world.national)
    with pytest.raises(Refused, match=said):
        actions.retire(draft.pk, by=world.national, reason=reason)


def test_a_deleted_draft_is_kept_in_the_act_log(draft, world):
    actions.delete_draft(draft.pk, by=world.national)
    entry = Entry.objects.get(verb="criteria.delete")
    assert entry.before["criteria"][0]["indicators"][0]["key"] == "GD-1.1"
    assert not CriteriaVersion.objects.filter(pk=draft.pk).exists()


def test_the_empty_templates_are_not_thrown_away(shipped, world):
    with pytest.raises(Refused, match="Mẫu trống"):
        actions.delete_draft(shipped("qd242-clan").pk, by=world.national)


def test_a_new_set_begins_as_an_empty_draft(world):
    draft = actions.create_set("qd500-family", "Gia đình", "FAMILY", "points", "2027", by=world.national)
    assert queries.problems_of(draft) == ["Bộ tiêu chí chưa có chỉ số nào."]
    with pytest.raises(Refused, match="đã có"):
        actions.create_set("qd500-family", "Gia đình", "FAMILY", "points", "2028", by=world.national)


def test_the_difference_of_two_versions_names_each_change(draft, world, shipped):
    actions.edit_head(draft.pk, {"pass": {"general": 75}}, by=world.national)
    actions.remove_indicator(draft.pk, "GD-4.2", by=world.national)
    actions.put_indicator(draft.pk, "1", {**ROW, "key": "GD-1.4"}, by=world.national)
    actions.put_indicator(draft.pk, "2", {"key": "GD-2.2", "label": "Mới"}, by=world.national, old_key="GD-2.2")
    found = queries.difference(shipped("demo-family").pk, draft.pk)
    assert [(one.key, one.kind, one.what) for one in found] == [
        ("", "changed", "Mốc điểm đạt"),
        ("GD-4.2", "removed", "Bỏ chỉ số"),
        ("GD-1.4", "added", "Thêm chỉ số"),
        ("GD-2.2", "changed", "Tên"),
    ]


def test_a_version_does_not_differ_from_itself(shipped):
    for code in ("cdht-324", "tt24-organisation", "demo-clan"):
        assert queries.difference(shipped(code).pk, shipped(code).pk) == []
