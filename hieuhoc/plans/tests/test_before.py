"""After a merger the new commune sees what those before it recorded: states, notes and evidence, by their names."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from hieuhoc.accounts.models import Post, Role
from hieuhoc.files import store
from hieuhoc.plans import actions, monthly, schedule
from hieuhoc.plans.models import Progress
from hieuhoc.plans.tests.test_schedule import confirmed, photo, the
from hieuhoc.plans.tests.test_schedule_pages import text
from hieuhoc.plans.tests.test_targets import north  # noqa: F401

pytestmark = pytest.mark.django_db
TODAY = localdate()
YEARLY, Q2, Q4 = {"every": "year"}, {"year": 2025, "quarter": 2}, {"year": TODAY.year, "quarter": 4}
PLAN = {"issued": "2022-04-01", "years": (2021, 2030)}


def recorded(place, act, period, state="done", **more):
    """What a unit recorded while it was there."""
    return Progress.objects.create(place=place, activity=act, period=period, state=state, revision=1, **more)


def due(place, year, name):
    """The one occurrence of an activity in a year at a place."""
    return next(one for one in schedule.of_place(place.pk, {year}, TODAY) if one.activity.text == name)


def test_a_commune_that_came_wholly_of_another_goes_on_with_what_that_one_recorded(north):  # noqa: F811
    plan = confirmed(north["a"], ("Ra quân", Q2), ("Sơ kết", Q2), **PLAN)
    recorded(north["a"], the(plan, "Ra quân"), "2025-Q2", note="Đã ra quân, 58 người")
    one = due(north["n"], 2025, "Ra quân")
    assert (one.state, one.late(TODAY), [said.name for said in one.before]) == ("done", False, ["Xã A"])
    assert due(north["n"], 2025, "Sơ kết").late(TODAY), "of what nobody recorded it is asked"


def test_of_a_part_it_stands_for_that_part_until_the_new_commune_says_something(north):  # noqa: F811
    b = north["m"].predecessors.get(old__versions__code="B").old
    plan = confirmed(b, ("Ra quân", Q2), **PLAN)
    recorded(b, the(plan, "Ra quân"), "2025-Q2", "doing")
    one = due(north["m"], 2025, "Ra quân")
    assert (one.state, one.territory, one.before[0].name, one.late(TODAY)) == ("doing", "Xã B", "Xã B", True)
    recorded(north["m"], the(plan, "Ra quân"), "2025-Q2", "done")
    assert due(north["m"], 2025, "Ra quân").state == "done"


def test_of_a_plan_from_above_it_is_shown_and_settles_nothing_for_a_commune_of_several(north):  # noqa: F811
    plan = confirmed(north["bac_kan"], ("Đánh giá", Q2, "HKH tỉnh, huyện, xã"), **PLAN)
    b = north["m"].predecessors.get(old__versions__code="B").old
    recorded(b, the(plan, "Đánh giá"), "2025-Q2", note="Chấm đủ")
    one = due(north["m"], 2025, "Đánh giá")
    assert (one.state, one.before[0].stands, one.before[0].progress.note) == ("todo", False, "Chấm đủ")
    assert due(north["n"], 2025, "Đánh giá").before == (), "another commune's record is none of its business"


@pytest.fixture
def officer(world, north):  # noqa: F811
    """An officer of commune N, which came of commune A."""
    Post.objects.create(user=world.nobody, role=Role.COMMUNE_OFFICER, place=north["n"], valid=("2025-07-01", None))
    return world.nobody


def test_the_page_shows_note_and_evidence_by_the_old_name_and_others_get_neither(
    world, north, officer, browse, settings, tmp_path  # noqa: F811
):  # fmt: skip
    settings.MEDIA_ROOT = tmp_path / "files"
    plan = confirmed(north["a"], ("Ra quân", Q2), **PLAN)
    said = recorded(north["a"], the(plan, "Ra quân"), "2025-Q2", note="Đã ra quân, 58 người", by=world.lan)
    held = said.files.create(file=store.keep(photo(), "ra-quan.jpg", by=world.lan, kinds={"jpeg"}), added_by=world.lan)
    client = browse(officer)
    page = client.get(reverse("plans:occurrence", args=[north["n"].pk, the(plan, "Ra quân").pk, "2025-Q2"]))
    words = text(page)
    assert "Đơn vị trước sáp nhập đã ghi" in words and "Xã A" in words and "58 người" in words and "ra-quan" in words
    assert client.get(reverse("plans:progress_file", args=[held.pk])).status_code == 200
    assert browse(world.minh).get(reverse("plans:progress_file", args=[held.pk])).status_code == 404
    assert client.post(reverse("plans:detach", args=[held.pk])).status_code in (403, 404), "what was recorded stays"
    held.refresh_from_db()
    assert held.removed_at is None
    for name, asked in (("plans:schedule", {"nam": 2025}), ("plans:months", {"nam": 2025, "quy": 2})):
        assert "Xã A trước đây: đã xong" in text(client.get(reverse(name), {"noi": north["n"].pk} | asked))


def test_what_the_new_commune_marks_is_its_own(north, officer):  # noqa: F811
    act = the(confirmed(north["a"], ("Họp", Q4), **PLAN), "Họp")
    old = recorded(north["a"], act, f"{TODAY.year}-Q4", "doing")
    actions.mark(north["n"].pk, act.pk, f"{TODAY.year}-Q4", {"state": "done"}, by=officer)
    old.refresh_from_db()
    assert old.state == "doing" and due(north["n"], TODAY.year, "Họp").state == "done"


# -- the months by pages ----------------------------------------------------------------------------------------------


def test_the_pages_of_the_months_are_the_list_in_its_order(world):
    times = ({"quarter": 2}, {"month": 5}, {"every": "month"}, {"every": "year"}, {"every": "always"}, {"quarter": 4})
    old = confirmed(
        world.ia_tor, *((f"Cũ {n}", times[n % 6]) for n in range(6)), years=(2024, 2030), issued="2024-01-10"
    )
    recorded(world.ia_tor, the(old, "Cũ 1"), "2026-M05", note="Xong")
    later = ((f"Mới {n}", times[n % 6]) for n in range(25))
    confirmed(world.ia_tor, *later, number="2/KH", issued="2026-03-10", replaces=old)
    confirmed(world.gia_lai, *((f"Tỉnh {n}", times[n % 6], "HKH tỉnh") for n in range(25)), number="3/KH")
    day = date(2026, 11, 22)
    for months in ({5}, {4, 5, 6}, set(range(1, 13))):
        whole = [one for one in schedule.of_place(world.ia_tor.pk, {2026}, day) if one.due and one.due.month in months]
        found = monthly.of_months(world.ia_tor.pk, 2026, months, day)
        assert found.number == len(whole) == sum(found.by_day.values())
        for size in (7, 100):
            paged = [one for start in range(0, found.number, size) for one in found.page(start, size)]
            assert paged == whole


def test_a_full_quarter_is_read_a_page_at_a_time(world, browse, django_assert_max_num_queries):
    for number in range(3):
        confirmed(world.ia_tor, *((f"Việc {number}.{n}", Q4) for n in range(70)), number=f"{number}/KH")
    client, asked = browse(world.minh), {"nam": TODAY.year, "quy": 4}
    page = client.get(reverse("plans:months"), asked).content.decode()
    assert page.count('<ul class="hh-month-list">') == 1 and page.count("/KH</span>") == 40 and "210 việc" in page
    with django_assert_max_num_queries(22):
        last = client.get(reverse("plans:months"), asked | {"trang": 6}).content.decode()
    assert last.count("/KH</span>") == 10 and "trang=1#ngay-" in last.replace("&amp;", "&")
