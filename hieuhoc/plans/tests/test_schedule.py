"""What is due at a place, and what it says of it: through the verbs and the face others ask."""

from __future__ import annotations

import io
from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate, now
from PIL import Image

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.files import store
from hieuhoc.plans import actions, schedule
from hieuhoc.plans.models import Plan, Progress, ProgressFile
from hieuhoc.plans.tests.test_five import PLANS
from hieuhoc.plans.tests.test_targets import north  # noqa: F401

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)
Q3, Q4, ALL = {"year": 2026, "quarter": 3}, {"year": 2026, "quarter": 4}, {"every": "always"}
YEARLY = {"every": "year"}


def confirmed(place, *acts, number="12/KH-UBND", issued="2026-03-10", years=(2026, 2030), **more) -> Plan:
    """A confirmed plan with activities: (text, time, who leads, who joins)."""
    made = Plan.objects.create(place=place, number=number, first_year=years[0], last_year=years[1])
    for position, (text, when, *who) in enumerate(acts, 1):
        lead, joins = [*who, "", ""][:2]
        made.activities.create(position=position, text=text, when=[when], lead=lead, joins=joins, sentence=text)
    Plan.objects.filter(pk=made.pk).update(
        state="published", issued=date.fromisoformat(issued), published_at=now(), **more
    )
    return Plan.objects.get(pk=made.pk)


def told(place, year=2026, on=DAY) -> list[tuple[str, str, str]]:
    """What is due at a place: text, period, what it is to the place."""
    return [(one.activity.text, one.period.key, one.part) for one in schedule.of_place(place.pk, {year}, on)]


def the(plan: Plan, text: str):
    return plan.activities.get(text=text)


def mark(world, activity, period="2026-Q4", state="done", by=None, **more):
    return actions.mark(world.ia_tor.pk, activity.pk, period, {"state": state} | more, by=by or world.minh)


def photo(place_data: bool = True) -> bytes:
    """A photo that says where it was taken."""
    picture, out = Image.new("RGB", (40, 30), "green"), io.BytesIO()
    exif = Image.Exif()
    if place_data:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x010E] = "Nha ong Ksor"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


# -- what is due ----------------------------------------------------------------------------------------------------


def test_own_and_those_above_each_with_what_they_are_to_the_commune(world):
    confirmed(world.ia_tor, ("Họp sơ kết", Q4), ("Ra quân", Q3), ("Tuyên truyền", ALL))
    confirmed(world.gia_lai, ("Hội thảo", Q4, "HKH tỉnh"), ("Đánh giá", Q3, "HKH tỉnh, huyện, xã"), number="786/QĐ")
    confirmed(world.ia_bang, ("Của xã bên", Q4), number="9/KH")
    assert told(world.ia_tor) == [
        ("Ra quân", "2026-Q3", "own"),
        ("Đánh giá", "2026-Q3", "leads"),
        ("Họp sơ kết", "2026-Q4", "own"),
        ("Hội thảo", "2026-Q4", "knows"),
        ("Tuyên truyền", "2026-always", "own"),
    ]
    assert told(world.gia_lai) == [("Đánh giá", "2026-Q3", "own"), ("Hội thảo", "2026-Q4", "own")]


def test_late_and_soon_are_what_the_place_is_asked_for(world):
    own = confirmed(world.ia_tor, ("Ra quân", Q3), ("Họp sơ kết", {"year": 2026, "month": 11}), ("Cuối năm", Q4))
    above = confirmed(world.gia_lai, ("Hội thảo", Q3, "HKH tỉnh"), number="786/QĐ")

    def pressing():
        found = schedule.of_place(world.ia_tor.pk, schedule.pressing_years(DAY), DAY)
        return [(one.activity.text, one.late(DAY)) for one in schedule.pressing(found, DAY)]

    assert pressing() == [("Ra quân", True), ("Họp sơ kết", False)], "31/12 is more than thirty days off"
    mark(world, the(above, "Hội thảo"), "2026-Q3", "doing")
    assert pressing() == [("Ra quân", True), ("Hội thảo", True), ("Họp sơ kết", False)], "taken up by the place itself"
    mark(world, the(own, "Ra quân"), "2026-Q3", "done")
    mark(world, the(above, "Hội thảo"), "2026-Q3", "dropped", reason="Tỉnh không mời")
    assert pressing() == [("Họp sơ kết", False)]


EDGES = {
    "on its last day": (date(2026, 9, 30), False, True),
    "the day after": (date(2026, 10, 1), True, False),
    "thirty days before": (date(2026, 8, 31), False, True),
    "thirty-one days before": (date(2026, 8, 30), False, False),
}


@pytest.mark.parametrize(("on", "late", "soon"), EDGES.values(), ids=EDGES)
def test_the_edges_of_late_and_soon(world, on, late, soon):
    confirmed(world.ia_tor, ("Ra quân", Q3))
    (one,) = schedule.of_place(world.ia_tor.pk, {2026}, on)
    assert (one.late(on), one.soon(on)) == (late, soon)


def test_what_was_due_longer_than_a_year_ago_presses_no_more(world):
    confirmed(world.ia_tor, ("Cũ", {"year": 2024}), ("Năm ngoái", {"year": 2025}), years=(2023, 2030))
    found = schedule.of_place(world.ia_tor.pk, {2024, 2025, 2026}, DAY)
    assert [one.activity.text for one in found if one.late(DAY)] == ["Cũ", "Năm ngoái"]
    assert [one.activity.text for one in schedule.pressing(found, DAY)] == ["Năm ngoái"]


def test_a_replaced_plan_ends_but_what_was_recorded_stays(world):
    first = confirmed(world.ia_tor, ("Ra quân", Q3), ("Họp", Q4))
    mark(world, the(first, "Ra quân"), "2026-Q3", "done")
    confirmed(world.ia_tor, ("Họp mới", Q4), number="20/KH", issued="2026-11-01", replaces=first)
    assert told(world.ia_tor) == [("Ra quân", "2026-Q3", "own"), ("Họp mới", "2026-Q4", "own")]
    kept = schedule.of_place(world.ia_tor.pk, {2026}, DAY)[0]
    assert kept.reach is None and not kept.asked and kept.source == "12/KH-UBND"


def test_an_amending_plan_stands_beside_the_one_it_amends(world):
    first = confirmed(world.ia_tor, ("Ra quân", Q3))
    confirmed(world.ia_tor, ("Thêm", Q4), number="20/KH", issued="2026-06-01", amends=first)
    assert [text for text, *_ in told(world.ia_tor)] == ["Ra quân", "Thêm"]


def test_a_draft_asks_nobody(world):
    made = Plan.objects.create(place=world.ia_tor, first_year=2026, last_year=2030, issued=DAY)
    made.activities.create(position=1, text="Họp", when=[Q4], sentence="Họp")
    assert told(world.ia_tor) == [] and not schedule.at_work(DAY)


def test_without_plans_one_question_is_asked(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not schedule.at_work(DAY)


# -- what the place says --------------------------------------------------------------------------------------------


def test_a_mark_is_one_row_and_its_past_is_in_the_log(world):
    act = the(confirmed(world.ia_tor, ("Họp", Q4, "Hội Khuyến học xã")), "Họp")
    assert schedule.one_of(world.ia_tor.pk, act.pk, "2026-Q4", DAY).responsible == "Hội Khuyến học xã"
    mark(world, act, state="doing", responsible="Ban Văn hóa", note="Đã mời")
    entry = mark(world, act, state="dropped", responsible="Ban Văn hóa", reason="Không có kinh phí")
    row = Progress.objects.get()
    assert (row.state, row.reason, row.note, row.revision, row.by) == (
        "dropped",
        "Không có kinh phí",
        "",
        2,
        world.minh,
    )
    assert (entry.verb, entry.place_id, entry.reason) == ("plan.mark", world.ia_tor.pk, "Không có kinh phí")
    assert (entry.before["state"], entry.before["note"], entry.after["state"]) == ("doing", "Đã mời", "dropped")
    assert mark(world, act, state="dropped", responsible="Ban Văn hóa", reason="Không có kinh phí") is None
    assert Entry.objects.filter(verb="plan.mark").count() == 2


REFUSED = {
    "not done without a reason": ({"state": "dropped"}, "cần ghi lý do"),
    "an unknown state": ({"state": "xong"}, "Trạng thái phải là"),
    "no state": ({}, "Trạng thái phải là"),
    "a note without end": ({"state": "done", "note": "a" * 2001}, "tối đa"),
}


@pytest.mark.parametrize(("fields", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_refused_and_nothing_is_half_done(world, fields, sentence):
    act = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp")
    with pytest.raises(actions.Refused, match=sentence):
        actions.mark(world.ia_tor.pk, act.pk, "2026-Q4", fields, by=world.minh)
    assert not Progress.objects.exists() and not Entry.objects.exists()


@pytest.mark.parametrize("period", ["2026-Q3", "2026", "2031-Q4", "quý IV", ""])
def test_only_a_period_of_the_plan_is_marked(world, period):
    act = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp")
    with pytest.raises(actions.Refused, match="không có việc này"):
        mark(world, act, period)


def test_a_plan_that_does_not_reach_the_place_is_not_marked(world):
    act = the(confirmed(world.ia_bang, ("Họp", Q4)), "Họp")
    with pytest.raises(actions.Refused, match="không có việc này"):
        mark(world, act)


@pytest.mark.parametrize("person", ["hoa", "ksor", "lan", "inspector", "admin", "nobody"])
def test_who_may_not_write_plans_there_marks_nothing(world, person):
    act = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp")
    with pytest.raises(Forbidden):
        mark(world, act, by=getattr(world, person))


def test_of_two_who_saw_the_same_the_second_is_told(world):
    act = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp")
    place, fields = world.ia_tor.pk, {"state": "doing"}
    actions.mark(place, act.pk, "2026-Q4", fields, by=world.minh, revision=0)
    with pytest.raises(actions.Refused, match="Người khác vừa ghi"):
        actions.mark(place, act.pk, "2026-Q4", {"state": "done"}, by=world.minh, revision=0)
    assert Progress.objects.get().state == "doing"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_is_kept_and_the_others_are_told(world):
    act, came = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp"), []

    def write(number: int) -> None:
        fields = {"state": "doing", "note": f"{number}"}
        try:
            actions.mark(world.ia_tor.pk, act.pk, "2026-Q4", fields, by=world.minh, revision=0)
            came.append(number)
        except actions.Refused:
            came.append(None)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(number,)) for number in range(5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    kept = [number for number in came if number is not None]
    assert len(came) == 5 and [f"{number}" for number in kept] == [Progress.objects.get().note]
    assert Entry.objects.filter(verb="plan.mark").count() == 1


def test_the_last_mark_is_taken_back_and_only_by_who_made_it(world):
    act = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp")
    first = mark(world, act, state="doing", note="Đã mời")
    second = mark(world, act, state="done")
    with pytest.raises(actions.Refused, match="đã được ghi lại sau đó"):
        actions.undo_mark(first.pk, by=world.minh)
    with pytest.raises(Entry.DoesNotExist):
        actions.undo_mark(second.pk, by=world.province)
    row = actions.undo_mark(second.pk, by=world.minh)
    assert (row.state, row.note, row.revision) == ("doing", "Đã mời", 3)
    with pytest.raises(actions.Refused):
        actions.undo_mark(second.pk, by=world.minh)
    assert Entry.objects.get(verb="plan.unmark").after["state"] == "doing"


def test_the_only_mark_taken_back_leaves_nothing_said(world):
    act = the(confirmed(world.gia_lai, ("Hội thảo", Q3, "HKH tỉnh")), "Hội thảo")
    actions.undo_mark(mark(world, act, "2026-Q3", "doing").pk, by=world.minh)
    one = schedule.one_of(world.ia_tor.pk, act.pk, "2026-Q3", DAY)
    assert one.state == "todo" and not one.asked and one.responsible == "HKH tỉnh"
    assert one.state_words == "Chưa ghi", "whether the province did it is not known here"


def test_each_place_has_its_own_state_of_a_plan_above(world):
    act = the(confirmed(world.gia_lai, ("Hội thảo", Q4, "HKH tỉnh")), "Hội thảo")
    mark(world, act)
    actions.mark(world.gia_lai.pk, act.pk, "2026-Q4", {"state": "doing"}, by=world.province)
    assert schedule.one_of(world.ia_tor.pk, act.pk, "2026-Q4", DAY).state_words == "Đã xong"
    states = {one.place_id: one.state for one in Progress.objects.all()}
    assert states == {world.ia_tor.pk: "done", world.gia_lai.pk: "doing"}
    assert schedule.one_of(world.ia_bang.pk, act.pk, "2026-Q4", DAY).state == "todo"


CONSTRAINTS = {
    "twice": {"state": "todo"},
    "an unknown state": {"period": "2027-Q4", "state": "x"},
    "dropped without a reason": {"period": "2027-Q4", "state": "dropped"},
    "no period": {"period": "mai"},
}


@pytest.mark.parametrize("wrong", CONSTRAINTS.values(), ids=CONSTRAINTS)
def test_the_database_refuses(world, wrong):
    act = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp")
    row = {"place": world.ia_tor, "activity": act, "period": "2026-Q4", "state": "todo"}
    Progress.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.create(**row | wrong)


# -- evidence -------------------------------------------------------------------------------------------------------


def test_a_photo_comes_in_without_its_place_data_and_leaves_a_line(world):
    act = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp")
    data = photo()
    assert b"Nha ong Ksor" in data
    held = actions.attach(world.ia_tor.pk, act.pk, "2026-Q4", data, "họp.jpg", by=world.minh)
    kept = store.read(held.file)
    assert b"Nha ong Ksor" not in kept and not Image.open(io.BytesIO(kept)).getexif()
    actions.detach(held.pk, by=world.minh)
    actions.detach(held.pk, by=world.minh)
    held.refresh_from_db()
    assert held.removed_at and list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "plan.attach", "plan.detach",
    ]  # fmt: skip


def test_what_is_no_evidence_is_refused(world):
    act = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp")
    for data, name in ((b"MZ\x00", "virus.exe"), (b"<svg onload=x>", "anh.svg"), (b"", "rong.pdf")):
        with pytest.raises(actions.Refused, match=name):
            actions.attach(world.ia_tor.pk, act.pk, "2026-Q4", data, name, by=world.minh)
    assert not ProgressFile.objects.exists() and not Progress.objects.exists()


def test_a_full_activity_takes_no_more_files(world):
    act = the(confirmed(world.ia_tor, ("Họp", Q4)), "Họp")
    for number in range(actions.MOST_FILES):
        data = b"%PDF-1.4 " + str(number).encode()
        actions.attach(world.ia_tor.pk, act.pk, "2026-Q4", data, f"{number}.pdf", by=world.minh)
    with pytest.raises(actions.Refused, match="tối đa 10 tệp"):
        actions.attach(world.ia_tor.pk, act.pk, "2026-Q4", b"%PDF-1.4", "11.pdf", by=world.minh)


# -- the real plans -------------------------------------------------------------------------------------------------


def real(world, name: str, place, by, issued=date(2025, 8, 1)) -> Plan:
    """A real plan, confirmed as if it was issued after the places of the world came to be, unless told."""
    path = PLANS / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"không có {path}: dữ liệu chung không nằm cạnh kho mã")
    plan = actions.take(path.read_bytes(), path.name, place_id=place.pk, by=by)
    return actions.publish(plan.pk, by=by, issued=issued or plan.issued)


def test_the_plan_of_a_province_read_from_its_file_binds_its_communes(world):
    real(world, "bac-kan-2022", world.gia_lai, world.province)
    found = {(one.activity.item, one.period.key): one for one in schedule.of_place(world.ia_tor.pk, {2026}, DAY)}
    assert len(found) == 14
    assert found["2.3", "2026-Q4"].part == "leads", "HKH tỉnh chỉ đạo HKH cấp huyện, cấp xã"
    assert found["5.4", "2026-Q1"].part == "joins" and not found["5.4", "2026-Q1"].late(DAY)
    assert found["1.3", "2026"].part == "knows"
    assert [key for item, key in found if item == "1.4"] == [f"2026-Q{quarter}" for quarter in range(1, 5)]
    assert found["1.6", "2026-undated"].due is None, "the paper says 2005"
    assert told(world.ia_tor, 2031) == []


@pytest.mark.parametrize("name", ["bac-kan-2014", "ia-bang-2022", "khanh-hoa-2022", "son-la-2022"])
def test_plans_that_are_over_or_name_no_time_ask_nothing(world, name):
    real(world, name, world.gia_lai, world.province)
    assert told(world.ia_tor) == []


def test_every_activity_of_a_real_plan_falls_due_at_some_time(world):
    plan = real(world, "bac-kan-2014", world.gia_lai, world.province)
    years = range(plan.first_year, plan.last_year + 1)
    found = {one.activity.pk for year in years for one in schedule.of_place(world.gia_lai.pk, {year}, date(2026, 1, 1))}
    assert found == set(plan.activities.values_list("pk", flat=True))


def test_the_plan_of_a_former_province_goes_on_over_its_territory_until_the_new_one_has_its_own(
    world, north  # noqa: F811
):  # fmt: skip
    real(world, "bac-kan-2022", north["bac_kan"], world.national, issued=None)

    def seen(name: str) -> set[str]:
        return {one.territory for one in schedule.of_place(north[name].pk, {2026}, DAY)}

    assert seen("n") == {""}, "all of it comes from there"
    assert seen("m") == {"Tỉnh Bắc Kạn"}, "only a part of it does"
    assert seen("c2") == set(), "nothing of it does"
    (own,) = [one for one in schedule.of_place(north["n"].pk, {2026}, DAY) if one.activity.item == "5.5"]
    assert (own.source, own.part) == ("Tỉnh Bắc Kạn, 786/QĐ-UBND", "knows")
    confirmed(north["n"], ("Họp xã", Q4), number="1/KH", issued="2026-01-05")
    assert len(told(north["n"])) == 15, "that of the commune stands beside it"
    confirmed(north["new"], ("Họp tỉnh", Q4), number="2/KH", issued="2026-02-05")
    assert told(north["n"]) == [("Họp xã", "2026-Q4", "own"), ("Họp tỉnh", "2026-Q4", "knows")]
    assert told(north["m"]) == [("Họp tỉnh", "2026-Q4", "knows")]


def test_a_former_communes_plan_is_the_new_communes_own_work_until_it_has_one(world, north):  # noqa: F811
    act = the(
        confirmed(north["a"], ("Họp xã cũ", Q3), number="1/KH", issued="2024-01-05", years=(2024, 2030)), "Họp xã cũ"
    )
    (one,) = schedule.of_place(north["n"].pk, {2026}, DAY)
    assert one.late(DAY) and one.part == "own"
    actions.mark(north["n"].pk, act.pk, "2026-Q3", {"state": "done"}, by=world.national)
    confirmed(north["n"], ("Họp xã mới", Q4), number="2/KH", issued="2026-10-05")
    found = schedule.of_place(north["n"].pk, {2026}, DAY)
    assert [(one.activity.text, one.state, one.reach is None) for one in found] == [
        ("Họp xã cũ", "done", True), ("Họp xã mới", "todo", False),
    ]  # fmt: skip


def test_today_is_the_day_that_is_asked_for(world):
    confirmed(world.ia_tor, ("Hằng năm", YEARLY), years=(2020, 2040))
    today = localdate()
    (one,) = schedule.of_place(world.ia_tor.pk, {today.year}, today)
    assert one.due == date(today.year, 12, 31) and not one.late(today)
    assert one.late(one.due + timedelta(days=1))
