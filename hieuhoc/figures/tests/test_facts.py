"""Figures as facts: three sources apart, corrected only by later facts, frozen with the year, summed above."""

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate
from PIL import Image

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers.models import State
from hieuhoc.figures import actions, facts, queries, yearly
from hieuhoc.figures.models import Explanation, Figure, Source
from hieuhoc.figures.tests.test_figures import filled
from hieuhoc.plans import national
from hieuhoc.rounds import actions as rounds
from hieuhoc.rounds.models import Round

pytestmark = pytest.mark.django_db
YEAR = localdate().year


def report(world, count=41, total=44, **more):
    return actions.report(
        world.ia_tor.pk, YEAR, "officers_briefed", {"count": count, "total": total}, by=world.minh, **more
    )


def published(world, count, share=None, address="https://vi-du.vn/1", **more):
    return Figure(
        place=world.ia_tor, year=2024, indicator="FAMILY", source=Source.PUBLISHED, count=count, share=share,
        address=address, **more,
    )  # fmt: skip


def of_ia_tor(world, year=YEAR):
    return facts.of_places([world.ia_tor.pk], [year], localdate()).get((world.ia_tor.pk, year), [])


def test_a_report_is_kept_with_person_and_time_and_said_once(world):
    first = report(world)
    assert report(world) == first, "the same again changes nothing"
    assert (first.recorded_by, first.source, first.recorded_at.date()) == (
        world.minh,
        "reported",
        first.recorded_at.date(),
    )
    assert Entry.objects.filter(verb="figures.report").count() == 1


def test_a_correction_needs_a_reason_and_leaves_what_was_said(world):
    first = report(world)
    with pytest.raises(actions.Refused, match="Ghi lý do"):
        report(world, 43)
    later = report(world, 43, reason="Đếm sót hai người")
    assert later.corrects == first and Figure.objects.get(pk=first.pk).count == 41
    assert [one.count for one in of_ia_tor(world)] == [43]
    assert Entry.objects.get(verb="figures.correct").reason == "Đếm sót hai người"


def test_what_is_withdrawn_counts_nowhere_and_can_be_said_anew(world):
    first = report(world)
    with pytest.raises(actions.Refused, match="lý do"):
        actions.withdraw(first.pk, by=world.minh, reason=" ")
    actions.withdraw(first.pk, by=world.minh, reason="Nhầm năm")
    assert of_ia_tor(world) == []
    with pytest.raises(actions.Refused, match="đã được sửa hoặc rút"):
        actions.withdraw(first.pk, by=world.minh, reason="Lần nữa")
    assert report(world).corrects.withdrawn, "no reason is asked for where nothing stands"


@pytest.mark.parametrize(
    "statement",
    ["update figures_figure set count = 1", "delete from figures_figure", "update figures_explanation set text = ''"],
)
def test_the_database_keeps_facts(world, statement):
    actions.explain(report(world).pk, "stale", "Không đổi thật", by=world.minh)
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_evidence_stays_with_the_figure_without_its_place(world):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "JPEG", exif=Image.Exif())
    made = report(world, file=(picture.getvalue(), "bien-ban.jpg"))
    assert made.file.name == "bien-ban.jpg"
    with pytest.raises(actions.Refused, match="Không nhận loại tệp"):
        report(world, 42, reason="x", file=(b"MZ\x90", "may.exe"))
    assert [one.count for one in of_ia_tor(world)] == [41], "a refused file leaves the figure as it was"


NOTHING = [({}, "Chưa ghi số nào"), ({"note": "x"}, "Chưa ghi số nào"), ({"count": -1}, "không nhỏ hơn 0")]


@pytest.mark.parametrize(("said", "why"), NOTHING)
def test_nothing_is_not_a_figure(world, said, why):
    with pytest.raises(actions.Refused, match=why):
        actions.report(world.ia_tor.pk, YEAR, "FAMILY", said, by=world.minh)


@pytest.mark.parametrize("who", ["hoa", "ksor", "lan", "inspector", "admin", "nobody"])
def test_only_who_may_write_figures_there_does(world, who):
    with pytest.raises(Forbidden):
        actions.report(world.ia_tor.pk, YEAR, "FAMILY", {"count": 1}, by=world.people[who])


def test_closing_a_year_freezes_what_the_registers_say(world):
    round_ = filled(world)
    actions.close_year(round_.pk, by=world.minh)
    family = next(one for one in of_ia_tor(world) if one.indicator == "FAMILY")
    assert (family.total, family.registered, family.count, family.first_time, family.again) == (5, 3, 1, 1, 0)
    kept = Figure.objects.get(pk=family.figure)
    assert kept.recorded_by == world.minh and kept.version_id == world.version("FAMILY").pk
    world.household("Ksor Sáu")
    assert next(one for one in of_ia_tor(world) if one.indicator == "FAMILY").total == 5, "frozen"


def test_a_refused_close_freezes_nothing(world):
    world.dossier(State.PROPOSED, world.household("Ksor Một"))
    with pytest.raises(rounds.Refused):
        actions.close_year(world.round().pk, by=world.minh)
    assert not Figure.objects.exists() and world.round().state == Round.State.OPEN


def test_a_year_closed_again_is_followed_by_later_facts_only_where_it_changed(world):
    round_ = filled(world)
    world.dossier(State.RECOGNISED, world.citizen("Ksor H'Nhi"))
    actions.close_year(round_.pk, by=world.minh)
    rounds.reopen_round(round_.pk, by=world.minh, reason="Sót một hộ")
    world.household("Ksor Sáu")
    made = actions.close_year(round_.pk, by=world.minh)
    assert [(one.indicator, one.total, one.reason) for one in made] == [("FAMILY", 6, "Khóa lại đợt xét")]
    assert Figure.objects.filter(indicator="FAMILY").count() == 2


def test_a_title_held_before_is_counted_as_again(world):
    home = world.household("Ksor Một")
    world.dossier(State.RECOGNISED, home, round=world.round(YEAR - 1))
    world.dossier(State.RECOGNISED, home)
    world.dossier(State.RECOGNISED, world.household("Ksor Hai"))
    family = queries.computed(world.round())["FAMILY"]
    assert (family["count"], family["first_time"], family["again"]) == (2, 1, 1)


def test_a_title_taken_back_is_not_counted(world):
    dossier = world.dossier(State.RECOGNISED, world.household("Ksor Một"))
    world.dossier(State.RECOGNISED, world.household("Ksor Hai"))
    type(dossier).objects.filter(pk=dossier.pk).update(revoked_on=localdate(), revoked_at="2026-11-01T00:00Z")
    line = next(one for one in queries.of_round(world.round()) if one.model == "FAMILY")
    assert (line.recognised, line.revoked) == (1, 1)


def test_learning_citizens_are_counted_inside_recognised_organisations(world):
    school, office = world.organisation("Trường A"), world.organisation("Cơ quan B")
    people = [world.citizen(f"Ksor {name}") for name in ("Một", "Hai", "Ba")]
    for person in people[:2]:
        world.member(person, school, role="staff")
    world.member(people[2], office, role="staff")
    world.dossier(State.RECOGNISED, school)
    world.dossier(State.NOT_RECOGNISED, office)
    world.dossier(State.RECOGNISED, people[0])
    found = queries.computed(world.round())["citizens_in_organisations"]
    assert found == {"total": 2, "count": 1}, "the staff of the office do not count, it is not recognised"


def test_a_province_is_the_sum_of_the_communes_that_have_closed(world):
    for place, counts in ((world.ia_tor, (50, 40, 30)), (world.ia_bang, (70, None, 20))):
        total, registered, count = counts
        Figure.objects.create(
            place=place, year=2025, indicator="FAMILY", source=Source.COMPUTED, total=total, registered=registered,
            count=count,
        )  # fmt: skip
    found = facts.of_places([world.gia_lai.pk, world.viet_nam.pk], [2025], localdate())
    for place in (world.gia_lai, world.viet_nam):
        whole = found[place.pk, 2025][0]
        assert (whole.total, whole.registered, whole.count, whole.parts) == (120, None, 50, 2), "no sum of a part"
    nation, provinces = yearly.with_below(world.viet_nam.pk, 2025, localdate())
    assert (nation.closed, nation.communes) == (2, 2) and nation.best["FAMILY"].count == 50
    assert [(one.name, one.best["FAMILY"].total) for one in provinces] == [("Tỉnh Gia Lai", 120)]


def test_published_figures_come_in_once_and_differ_only_by_correction(world):
    def take(count, **more):
        explained = {0: {"stale": "Báo in"}} if count == 8200 else {}
        return actions.take_published(
            [published(world, count, **more)], explained, by=world.minh, place_id=world.ia_tor.pk
        )

    batch, new = take(8200)
    assert (new, Explanation.objects.get().text) == (1, "Báo in")
    assert take(8200)[1] == 0
    again, new = take(8300)
    assert new == 1 and [one.count for one in of_ia_tor(world, 2024)] == [8300]
    other = take(9, address="https://b.vn")
    assert sorted(one.count for one in of_ia_tor(world, 2024)) == [9, 8300], "two papers may differ"
    with pytest.raises(actions.Refused, match="Không còn"):
        actions.undo_published(batch, by=world.minh, place_id=world.ia_tor.pk)
    assert actions.undo_published(other[0], by=world.minh, place_id=world.ia_tor.pk) == 1
    assert actions.undo_published(again, by=world.minh, place_id=world.ia_tor.pk) == 1
    assert [one.count for one in of_ia_tor(world, 2024)] == [8200], "what it had corrected stands again"
    assert take(8200)[1] == 0


def test_a_file_undone_that_corrected_nothing_leaves_nothing(world):
    batch, _ = actions.take_published([published(world, 8200)], {}, by=world.minh, place_id=world.ia_tor.pk)
    actions.undo_published(batch, by=world.minh, place_id=world.ia_tor.pk)
    assert of_ia_tor(world, 2024) == []
    assert actions.take_published([published(world, 8200)], {}, by=world.minh, place_id=world.ia_tor.pk)[1] == 1


def test_what_the_registers_no_longer_give_is_withdrawn_when_a_year_closes_again(world):
    school, person = world.organisation("Trường A"), world.citizen("Ksor Một")
    world.member(person, school, role="staff")
    dossier = world.dossier(State.RECOGNISED, school)
    actions.close_year(dossier.round_id, by=world.minh)
    assert any(one.indicator == "citizens_in_organisations" for one in of_ia_tor(world))
    rounds.reopen_round(dossier.round_id, by=world.minh, reason="Thu hồi")
    type(dossier).objects.filter(pk=dossier.pk).update(revoked_on=localdate(), revoked_at="2026-11-01T00:00Z")
    actions.close_year(dossier.round_id, by=world.minh)
    assert not any(one.indicator == "citizens_in_organisations" for one in of_ia_tor(world))


def test_a_closed_year_counts_those_who_were_there_when_it_closed(world):
    round_ = filled(world)
    actions.close_year(round_.pk, by=world.minh)
    tomorrow = localdate() + timedelta(days=1)
    world.household("Ksor Mới", active_from=tomorrow)
    world.household("Ksor Cũ", active_to=tomorrow)
    round_.refresh_from_db()
    lines = queries.of_round(round_)
    assert queries.totals(lines, round_.place_id, "")["FAMILY"].total == 6, "five then, and one that has left since"


def test_a_sum_of_a_part_of_the_communes_is_no_figure_of_the_place(world):
    national.load()
    Figure.objects.create(
        place=world.ia_tor, year=2025, indicator="FAMILY", source=Source.COMPUTED, total=100, registered=95, count=90
    )
    whole = yearly.of_place(world.gia_lai.pk, 2025, localdate())
    family = next(one for one in whole.progress if one.bound.target.population == "households")
    assert (family.count, family.reached, family.why) == (90, None, "Mới có số của 1/2 xã, phường.")
    Figure.objects.create(
        place=world.gia_lai, year=2025, indicator="FAMILY", source=Source.REPORTED, total=300, count=150
    )
    whole = yearly.of_place(world.gia_lai.pk, 2025, localdate())
    assert (whole.best["FAMILY"].source, whole.best["FAMILY"].count) == ("reported", 150)
    nation, _ = yearly.with_below(world.viet_nam.pk, 2025, localdate())
    assert nation.best["FAMILY"].partial, "the nation's sum is of the same part"
    assert yearly.of_place(world.viet_nam.pk, 2025, localdate()).best["FAMILY"].partial


def test_counts_go_before_a_share_alone_in_one_source(world):
    for address, more in (("a", {"count": 8, "total": 10}), ("b", {"share": 80})):
        Figure.objects.create(
            place=world.ia_tor, year=2025, indicator="FAMILY", source=Source.PUBLISHED, address=address, **more
        )
    assert facts.best(of_ia_tor(world, 2025))["FAMILY"].count == 8


def test_the_best_figure_is_computed_then_reported_then_published(world):
    order = []
    for source, more in ((Source.PUBLISHED, {"address": "a"}), (Source.REPORTED, {}), (Source.COMPUTED, {})):
        Figure.objects.create(place=world.ia_tor, year=2025, indicator="FAMILY", source=source, count=1, **more)
        order.append(facts.best(of_ia_tor(world, 2025))["FAMILY"].source)
    assert order == ["published", "reported", "computed"]
