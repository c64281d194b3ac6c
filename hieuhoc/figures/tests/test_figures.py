"""The running figures through their page and workbook: right counts, right denominators, within reach only."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.figures import queries
from hieuhoc.plans import national

pytestmark = pytest.mark.django_db


def filled(world):
    """Four households of Làng Ring: one recognised, one failed, one unscored, one not registered."""
    world.dossier(State.RECOGNISED, world.household("Ksor Một"))
    world.dossier(State.NOT_RECOGNISED, world.household("Ksor Hai"), outcome=Outcome.FAIL)
    world.dossier(State.DRAFT, world.household("Ksor Ba"))
    world.household("Ksor Bốn")
    world.dossier(State.WITHDRAWN, world.household("Ksor Năm", place=world.phung))
    return world.round()


def test_counts_name_their_denominator(world):
    lines = {(line.place, line.model): line for line in queries.of_round(filled(world))}
    ring = lines["Làng Ring", "FAMILY"]
    assert (ring.total, ring.registered, ring.assessed, ring.recognised, ring.refused) == (4, 3, 2, 1, 1)
    phung = lines["Làng Phung", "FAMILY"]
    assert (phung.total, phung.registered) == (1, 0), "who withdrew is not registered"


def test_the_commune_is_the_sum_of_its_villages(world):
    round_ = filled(world)
    lines = queries.of_round(round_)
    whole = queries.totals(lines, round_.place_id, "Xã")["FAMILY"]
    assert (whole.total, whole.registered, whole.recognised) == (5, 3, 1)


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["Thôn 10", "Thôn 2"], ["Thôn 2", "Thôn 10"]),
        (["Thôn 1", "Làng Ring", "Làng Ó Gang"], ["Làng Ó Gang", "Làng Ring", "Thôn 1"]),
    ],
)
def test_villages_stand_in_the_order_of_a_list(names, order):
    assert sorted(names, key=queries.list_key) == order


def test_the_page_shows_shares_with_counts_and_never_rounds_up(world, client):
    round_ = filled(world)
    client.force_login(world.minh)
    page = client.get(reverse("figures:round", args=[round_.pk])).content.decode()
    assert "1/5 hộ" in page and "20,00" in page and "33,33" in page


def test_the_workbook_holds_the_same_counts(world, client):
    round_ = filled(world)
    client.force_login(world.minh)
    answer = client.get(reverse("figures:export", args=[round_.pk]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("Gia đình học tập").to_python()
    ring = next(row for row in rows if "Làng Ring" in row)
    assert [cell for cell in ring if isinstance(cell, float)][-6:-2] == [4, 3, 2, 1]


def test_the_workbook_holds_the_targets_with_their_sentence(world, client):
    national.load()
    round_ = filled(world)
    client.force_login(world.minh)
    answer = client.get(reverse("figures:export", args=[round_.pk]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("So với chỉ tiêu").to_python()
    family = next(row for row in rows if "hộ gia đình" in str(row[1]))
    assert family[2:8] == ["80 %", 2030.0, 1.0, 5.0, "20,00 %", "Còn 3 hộ"] and "387" in family[8]
    assert any(row[7] == "Chưa có số liệu." for row in rows), "what cannot be compared says so"


def test_a_foreign_round_looks_absent(world, client):
    round_ = filled(world)
    client.force_login(world.lan)
    assert client.get(reverse("figures:round", args=[round_.pk])).status_code == 404


def test_the_page_asks_few_questions_however_many_villages(world, client, django_assert_max_num_queries):
    round_ = filled(world)
    client.force_login(world.minh)
    with django_assert_max_num_queries(14):
        client.get(reverse("figures:round", args=[round_.pk]))
