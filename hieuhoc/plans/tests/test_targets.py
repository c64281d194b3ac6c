"""Plans through their acts: taken, corrected, published, frozen; and which binds whom across a merger."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.common.text import fold, sort_key
from hieuhoc.places.ancestry import rebuild
from hieuhoc.places.models import Succession, Unit, UnitVersion
from hieuhoc.plans import actions, national, queries
from hieuhoc.plans.models import Plan, Target

pytestmark = pytest.mark.django_db

TEXT = """ỦY BAN NHÂN DÂN
XÃ IA TÔR
Số: 12/KH-UBND
Ia Tôr, ngày 10 tháng 3 năm 2026
KẾ HOẠCH
Thực hiện Chương trình 387 giai đoạn 2026 - 2030 trên địa bàn xã Ia Tôr
1. Chỉ tiêu đến năm 2030
- 75% gia đình đạt danh hiệu “Gia đình học tập”.
- 70% dòng họ đạt danh hiệu “Dòng họ học tập”.
"""
TODAY = date(2026, 11, 22)
REFORM = date(2025, 7, 1)


def taken(world, text: str = TEXT) -> Plan:
    return actions.take(text.encode(), "ke-hoach.txt", place_id=world.ia_tor.pk, by=world.minh)


def values(place, year=2030, on=TODAY, **areas) -> dict[tuple[str, str], tuple[int, str]]:
    bound = queries.bound([place.pk], year, on, {place.pk: areas.get("area", "general")})[place.pk]
    return {(one.target.model, one.territory): (int(one.target.value), one.reach.plan.place) for one in bound}


# -- the acts -------------------------------------------------------------------------------------------------------


def test_a_plan_is_read_kept_and_confirmed(world):
    plan = taken(world)
    assert (plan.state, plan.number, plan.issued) == ("draft", "12/KH-UBND", date(2026, 3, 10))
    assert (plan.first_year, plan.last_year) == (2026, 2030)
    for target in plan.targets.all():
        assert str(int(target.value)) in plan.text[target.start : target.end]
        assert target.sentence.strip() in plan.text
    assert values(world.ia_tor) == {}, "a draft binds nobody"
    actions.publish(plan.pk, by=world.minh)
    assert values(world.ia_tor) == {("FAMILY", ""): (75, "Xã Ia Tôr"), ("CLAN", ""): (70, "Xã Ia Tôr")}
    entry = Entry.objects.get(verb="plan.publish")
    assert (entry.actor, entry.place_id) == (world.minh, world.ia_tor.pk)


def test_a_person_corrects_adds_and_leaves_out(world):
    plan = taken(world)
    family, clan = plan.targets.all()
    actions.correct_target(family.pk, {"value": Decimal("76.5")}, by=world.minh)
    actions.drop_target(clan.pk, by=world.minh)
    made = actions.add_target(
        plan.pk,
        {"model": "COMMUNITY", "measure": "recognise", "population": "communities", "year": 2030, "comparator": ">",
         "value": Decimal(60), "unit": "percent", "sentence": "Trên 60% thôn đạt."},
        by=world.minh,
    )  # fmt: skip
    actions.set_head(plan.pk, {"number": "13/KH-UBND"}, by=world.minh)
    plan.refresh_from_db()
    assert plan.number == "13/KH-UBND"
    assert [(one.model, one.value) for one in plan.targets.all()] == [("FAMILY", Decimal("76.5")), ("COMMUNITY", 60)]
    assert made.start is None, "nobody read it"
    verbs = {"plan.correct_target", "plan.drop_target", "plan.add_target", "plan.correct"}
    assert verbs <= set(Entry.objects.values_list("verb", flat=True))


def test_what_was_published_is_frozen(world):
    plan = actions.publish(taken(world).pk, by=world.minh)
    target = plan.targets.first()
    acts = (
        lambda: actions.correct_target(target.pk, {"value": Decimal(10)}, by=world.minh),
        lambda: actions.set_head(plan.pk, {"number": "1"}, by=world.minh),
        lambda: actions.publish(plan.pk, by=world.minh),
        lambda: actions.discard(plan.pk, by=world.minh),
    )
    for act in acts:
        with pytest.raises(actions.Refused, match="đã xác nhận thì không sửa"):
            act()
    statements = (
        lambda: Target.objects.filter(pk=target.pk).update(value=1),
        lambda: Plan.objects.filter(pk=plan.pk).update(note="x"),
        lambda: Target.objects.filter(pk=target.pk).delete(),
        lambda: Target.objects.create(plan=plan, position=99, measure="recognise", population="clans", value=1),
    )
    for statement in statements:
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            statement()


REFUSED = {
    "without a day": (TEXT.replace("Ia Tôr, ngày 10 tháng 3 năm 2026", ""), "ngày ban hành"),
    "without targets": (TEXT.split("1. Chỉ tiêu")[0], "chưa có chỉ tiêu"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_an_unready_plan_is_not_published(world, text, said):
    plan = taken(world, text)
    with pytest.raises(actions.Refused, match=said):
        actions.publish(plan.pk, by=world.minh)
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_a_file_without_text_is_refused_and_nothing_kept(world):
    with pytest.raises(actions.Refused):
        actions.take(b"", "ke-hoach.docx", place_id=world.ia_tor.pk, by=world.minh)
    assert not Plan.objects.exists()


def test_who_may(world):
    plan = taken(world)
    for person in (world.lan, world.ksor, world.hoa, world.nobody):
        with pytest.raises(Forbidden):
            actions.publish(plan.pk, by=person)
        with pytest.raises(Forbidden):
            actions.take(TEXT.encode(), "a.txt", place_id=world.ia_tor.pk, by=person)
    actions.publish(plan.pk, by=world.province)


def test_a_plan_that_replaces_another_ends_it_whole_one_that_amends_only_where_it_speaks(world):
    first = actions.publish(taken(world).pk, by=world.minh)
    later = TEXT.replace("12/KH", "30/KH").replace("10 tháng 3", "1 tháng 9").replace("75%", "78%")
    later = later.replace("- 70% dòng họ đạt danh hiệu “Dòng họ học tập”.\n", "- 66% thôn đạt “Cộng đồng học tập”.\n")
    amending = actions.publish(taken(world, later).pk, by=world.minh, amends=first.pk)
    said = {model: value for (model, _), (value, _) in values(world.ia_tor).items()}
    assert said == {"FAMILY": 78, "CLAN": 70, "COMMUNITY": 66}
    assert values(world.ia_tor, on=date(2026, 8, 31))["FAMILY", ""][0] == 75, "not before its day"
    last = later.replace("30/KH", "40/KH").replace("1 tháng 9", "1 tháng 10").replace("78%", "80%").split("- 66%")[0]
    actions.publish(taken(world, last).pk, by=world.minh, replaces=first.pk)
    assert values(world.ia_tor) == {("FAMILY", ""): (80, "Xã Ia Tôr")}, "the amendment ends with what it amends"
    assert amending.amends_id == first.pk


def test_only_a_published_plan_of_the_same_place_is_replaced(world):
    other = actions.take(TEXT.encode(), "a.txt", place_id=world.ia_bang.pk, by=world.lan)
    with pytest.raises(actions.Refused, match="cùng địa phương"):
        actions.publish(taken(world).pk, by=world.minh, replaces=other.pk)


def test_the_nation_ships_once(world):
    assert (national.load(), national.load()) == (1, 0)
    bound = queries.bound([world.ia_tor.pk], 2026, TODAY)[world.ia_tor.pk]
    assert {(one.target.population, int(one.target.value)) for one in bound} == {
        ("households", 80), ("clans", 75), ("communities", 75), ("organisations", 90),
        ("workers_in_recognised_groups", 60), ("staff_in_recognised_organisations", 80),
    }  # fmt: skip
    assert all("chương trình quốc gia" in one.because for one in bound)
    actions.publish(taken(world).pk, by=world.minh)
    assert values(world.ia_tor)["FAMILY", ""] == (75, "Xã Ia Tôr")
    assert values(world.ia_bang)["FAMILY", ""] == (80, "Việt Nam")
    assert values(world.ring)["FAMILY", ""] == (75, "Xã Ia Tôr"), "a village is bound as its commune"


# -- across the reform ----------------------------------------------------------------------------------------------


def unit(level: str, code: str, name: str, parent: Unit | None, since: date | None, until: date | None) -> Unit:
    made = Unit.objects.create(level=level)
    UnitVersion.objects.create(
        unit=made, code=code, name=name, kind=name.split()[0].lower(), parent=parent, valid=DateRange(since, until),
        search_key=fold(name), sort_key=sort_key(name),
    )  # fmt: skip
    return made


@pytest.fixture
def north(world):
    """Bắc Kạn (communes A, B) and Thái Nguyên (C) until the reform; then one Thái Nguyên: N from A, M from B and C."""
    nation = world.viet_nam
    bac_kan = unit("province", "06", "Tỉnh Bắc Kạn", nation, None, REFORM)
    old = unit("province", "190", "Tỉnh Thái Nguyên", nation, None, REFORM)
    a, b = (unit("commune", code, f"Xã {code}", bac_kan, None, REFORM) for code in ("A", "B"))
    c = unit("commune", "C", "Xã C", old, None, REFORM)
    new = unit("province", "19", "Tỉnh Thái Nguyên", nation, REFORM, None)
    n, m, c2 = (unit("commune", code, f"Xã {code}", new, REFORM, None) for code in ("N", "M", "C2"))
    steps = ((bac_kan, new), (old, new), (a, n), (b, m), (c, m), (c, c2))
    for before, after in steps:
        Succession.objects.create(
            old=before, new=after, day=REFORM, kind="merge", whole=before != c, default=after != c2
        )
    rebuild()
    national.load()
    return {"bac_kan": bac_kan, "old": old, "new": new, "n": n, "m": m, "c2": c2, "a": a}


def plan_of(place: Unit, value: int, issued: date, number: str) -> Plan:
    plan = Plan.objects.create(place=place, number=number, issued=issued, first_year=2021, last_year=2030)
    Target.objects.create(
        plan=plan, position=1, model="FAMILY", measure="recognise", population="households", year=2030, comparator=">=",
        value=value, unit="percent", sentence=f"{value}% gia đình.",
    )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(state="published", published_at="2026-01-01T00:00Z")
    return plan


def family(place: Unit, on: date = TODAY) -> dict[str, int]:
    return {part: value for (model, part), (value, _) in values(place, on=on).items() if model == "FAMILY"}


def test_a_former_province_s_plan_binds_its_former_territory_until_the_new_one_issues_its_own(north):
    plan_of(north["bac_kan"], 90, date(2022, 7, 1), "1/KH")
    assert family(north["a"], date(2024, 1, 1)) == {"": 90}, "before the merger it is the area above"
    assert family(north["n"]) == {"": 90}, "all of it was Bắc Kạn's"
    assert family(north["m"]) == {"": 80, "Tỉnh Bắc Kạn": 90}, "a part of it was"
    assert family(north["c2"]) == {"": 80}
    assert family(north["new"]) == {"": 80, "Tỉnh Bắc Kạn": 90}
    plan_of(north["new"], 85, date(2026, 5, 1), "2/KH")
    before = {"n": {"": 90}, "m": {"": 80, "Tỉnh Bắc Kạn": 90}, "c2": {"": 80}, "new": {"": 80, "Tỉnh Bắc Kạn": 90}}
    for place, bound in before.items():
        assert family(north[place]) == {"": 85}
        assert family(north[place], date(2026, 4, 30)) == bound


def test_a_former_commune_s_plan_goes_before_the_province_s(north):
    plan_of(north["a"], 66, date(2023, 1, 1), "3/KH")
    plan_of(north["new"], 85, date(2026, 5, 1), "2/KH")
    assert family(north["n"]) == {"": 66}
    plan_of(north["n"], 70, date(2026, 6, 1), "4/KH")
    assert family(north["n"]) == {"": 70}


def test_an_area_holds_from_its_day_and_is_followed_never_edited(world):
    national.load()
    actions.set_area(world.ia_tor.pk, "hard", date(2026, 1, 1), "QĐ 1/QĐ-UBND", by=world.minh)
    assert queries.areas([world.ia_tor.pk], date(2025, 12, 31)) == {}
    assert queries.areas([world.ia_tor.pk], TODAY) == {world.ia_tor.pk: "hard"}
    actions.set_area(world.ia_tor.pk, "general", date(2026, 6, 1), "QĐ 2/QĐ-UBND", by=world.minh)
    assert queries.areas([world.ia_tor.pk], date(2026, 5, 31)) == {world.ia_tor.pk: "hard"}
    assert queries.areas([world.ia_tor.pk], TODAY) == {world.ia_tor.pk: "general"}
    for area, basis, said in (("general", "QĐ 3", "đã là"), ("hard", " ", "Cần ghi văn bản")):
        with pytest.raises(actions.Refused, match=said):
            actions.set_area(world.ia_tor.pk, area, TODAY, basis, by=world.minh)
    with pytest.raises(Forbidden):
        actions.set_area(world.ia_tor.pk, "hard", TODAY, "QĐ 3", by=world.lan)


def test_a_hard_commune_has_the_targets_of_its_area(world):
    national.load()
    plan = Plan.objects.create(place=world.gia_lai, issued=date(2025, 8, 1), first_year=2021, last_year=2030)
    shared = {"plan": plan, "model": "FAMILY", "measure": "recognise", "population": "households", "year": 2030}
    Target.objects.create(position=1, comparator=">=", value=85, unit="percent", sentence="85 %.", **shared)
    Target.objects.create(
        position=2, comparator="relative", value=-10, unit="points", area="hard", sentence="Thấp hơn 10 %.", **shared
    )
    Plan.objects.filter(pk=plan.pk).update(state="published", published_at="2026-01-01T00:00Z")
    assert family(world.ia_tor) == {"": 85}
    actions.set_area(world.ia_tor.pk, "hard", date(2026, 1, 1), "QĐ 1/QĐ-UBND", by=world.minh)
    (one,) = [
        one for one in queries.bound([world.ia_tor.pk], 2026, TODAY)[world.ia_tor.pk] if one.target.model == "FAMILY"
    ]
    assert (one.target.value, one.basis.value) == (-10, 85)
    assert family(world.ia_bang) == {"": 85}


def test_a_communes_plan_says_nothing_of_its_province(north):
    plan_of(north["n"], 70, date(2026, 6, 1), "4/KH")
    plan_of(north["a"], 66, date(2023, 1, 1), "3/KH")
    assert family(north["new"]) == {"": 80}
    assert family(north["n"]) == {"": 70}


def test_many_places_cost_as_many_queries_as_one(north, django_assert_max_num_queries):
    plan_of(north["bac_kan"], 90, date(2022, 7, 1), "1/KH")
    plan_of(north["old"], 80, date(2022, 7, 2), "5/KH")
    with django_assert_max_num_queries(14):
        queries.bound([north[key].pk for key in ("n", "m", "c2", "new")], 2026, TODAY)


# -- the command ----------------------------------------------------------------------------------------------------


def test_the_command_shows_plan_place_and_sentence(north, capsys):
    plan_of(north["bac_kan"], 90, date(2022, 7, 1), "1/KH")
    call_command("targets", "show", "--place", "N", "--year", "2030", "--json")
    (shown,) = [one for one in json.loads(capsys.readouterr().out)["targets"] if one["model"] == "FAMILY"]
    assert (shown["measure"], shown["population"], shown["value"], shown["comparator"]) == (
        "recognise", "households", 90, ">=",
    )  # fmt: skip
    assert shown["from"] == {
        "plan": "1/KH", "place": "Tỉnh Bắc Kạn", "issued": "2022-07-01", "sentence": "90% gia đình.",
    }  # fmt: skip
    assert shown["because"].startswith("Kế hoạch của tỉnh Bắc Kạn trước sáp nhập còn hiệu lực")


def test_a_place_that_is_not_there_is_said(world, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("targets", "show", "--place", "99999", "--year", "2030", "--json")
    assert ended.value.code == 1
    assert "99999" in json.loads(capsys.readouterr().out)["refused"]["message"]
