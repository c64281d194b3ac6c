"""The scoring grid's page and its two answers: one cell, many cells; what is refused, shown, locked."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from hieuhoc.audit.models import Entry
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.registry.models import Model

ANSWER, PASTE = reverse("dossiers:answer"), reverse("dossiers:paste")


def grid(round_, model="FAMILY"):
    """The address of a grid."""
    return reverse("dossiers:grid", args=[round_.pk, model])


def send(client, address, body):
    """What the page's script sends."""
    return client.post(
        address, json.dumps(body), content_type="application/json", headers={"Accept": "application/json"}
    )


def cell(dossier, key, text, was=""):
    """One typed cell."""
    return {"id": str(dossier.pk), "key": key, "text": text, "was": was}


def test_the_page_draws_subjects_by_indicators(world, browse):
    dossier = world.dossier(State.SUBMITTED, world.household("Ksor Một", code="IT-1"), outcome="pass", total=100)
    page = browse(world.minh).get(grid(dossier.round)).content.decode()
    assert 'role="grid"' in page and 'data-column="T-1"' in page and "tối đa 50" in page
    assert "Ksor Một" in page and "Làng Ring · IT-1" in page and ">50</a>" in page
    assert "không phải văn bản chính thức" in page


def test_without_script_every_cell_leads_to_the_dossier(world, browse):
    dossier = world.dossier(State.SUBMITTED)
    page = browse(world.minh).get(grid(dossier.round)).content.decode()
    assert f'href="{reverse("dossiers:one", args=[dossier.pk])}#T-1"' in page


def test_a_typed_cell_comes_back_as_its_row(world, browse):
    dossier = world.dossier()
    client = browse(world.ksor)
    reply = send(client, ANSWER, cell(dossier, "T-1", "40")).json()
    assert reply["refused"] == [] and reply["rows"][0]["cells"]["T-1"][0] == "40"
    assert reply["rows"][0]["outcome"] == "incomplete"
    row = send(client, ANSWER, cell(dossier, "T-2", "45,5")).json()["rows"][0]
    assert (row["total"], row["outcome"], row["outcomeLabel"]) == ("85,5", "pass", "Đạt")
    assert "mốc đạt 80" in row["because"] and row["cells"]["T-2"][:2] == ["45,5", ""]


@pytest.mark.parametrize(
    ("text", "stored", "shown"),
    [
        ("8,5", 8.5, "8,5"),
        ("8.5", 8.5, "8,5"),
        ("KAD", "n/a", "KAD"),
        ("-", "n/a", "KAD"),
        ("0", 0, "0"),
        ("50", 50, "50"),
    ],
)
def test_what_excel_writes_is_understood(world, browse, text, stored, shown):
    dossier = world.dossier()
    row = send(browse(world.ksor), ANSWER, cell(dossier, "T-1", text)).json()["rows"][0]
    dossier.refresh_from_db()
    assert dossier.answers["T-1"]["value"] == stored and row["cells"]["T-1"][0] == shown


def test_an_emptied_cell_is_missing_again(world, browse):
    dossier = world.dossier(State.SUBMITTED)
    row = send(browse(world.ksor), ANSWER, cell(dossier, "T-1", "", "50")).json()["rows"][0]
    dossier.refresh_from_db()
    assert "T-1" not in dossier.answers and row["cells"]["T-1"][:2] == ["", "missing"]


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("T-1", "51", "vượt điểm tối đa 50"), ("T-1", "-1", "số âm"), ("T-1", "tám", "không phải là số"),
        ("T-9", "1", "không có chỉ số T-9"), ("T-1", "=1+1", "không phải là số"), ("T-1", "9" * 70, "chữ quá dài"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_refused_with_its_sentence(world, browse, key, text, said):
    dossier = world.dossier()
    reply = send(browse(world.ksor), ANSWER, cell(dossier, key, text))
    refused = reply.json()["refused"]
    assert reply.status_code == 200 and refused[0]["key"] == key and said in refused[0]["message"]
    dossier.refresh_from_db()
    assert dossier.answers == {} and not Entry.objects.filter(verb="dossier.answer").exists()


def test_a_pasted_block_is_taken_cell_by_cell(world, browse):
    dossiers = [world.dossier(subject=world.household(f"Ksor {n}")) for n in range(20)]
    cells = [cell(one, key, "45") for one in dossiers for key in ("T-1", "T-2")]
    cells[3]["text"] = "60"
    reply = send(browse(world.ksor), PASTE, {"cells": cells}).json()
    assert len(reply["rows"]) == 20 and [one["key"] for one in reply["refused"]] == ["T-2"]
    assert Dossier.objects.filter(outcome="pass").count() == 19
    assert Entry.objects.filter(verb="dossier.answer").count() == 1


def test_a_cell_another_changed_is_not_written_over(world, browse):
    dossier = world.dossier()
    send(browse(world.minh), ANSWER, cell(dossier, "T-1", "30"))
    reply = send(browse(world.ksor), ANSWER, cell(dossier, "T-1", "40", "")).json()
    assert "người khác vừa ghi ô này là 30" in reply["refused"][0]["message"]
    assert reply["rows"][0]["cells"]["T-1"][0] == "30"


@pytest.mark.parametrize("person", ["hoa", "lan", "province", "inspector", "admin", "nobody"])
def test_who_may_not_write_writes_nothing(world, browse, person):
    dossier = world.dossier()
    reply = send(browse(getattr(world, person)), ANSWER, cell(dossier, "T-1", "40"))
    dossier.refresh_from_db()
    assert dossier.answers == {}
    assert "Không thấy hồ sơ" in reply.json()["refused"][0]["message"]


def test_the_reply_shows_no_row_out_of_reach(world, browse):
    foreign = world.dossier(subject=world.household("Rơ Mah Tin", place=world.brel))
    reply = send(browse(world.ksor), ANSWER, cell(foreign, "T-1", "x" * 70)).json()
    assert reply["rows"] == [] and "Không thấy hồ sơ" in reply["refused"][0]["message"]


@pytest.mark.parametrize("state", [State.PROPOSED, State.RECOGNISED, State.NOT_RECOGNISED])
def test_a_decided_row_is_locked(world, browse, state):
    dossier = world.dossier(state)
    page = browse(world.minh).get(grid(dossier.round)).content.decode()
    assert "is-locked" in page and page.count('aria-readonly="true"') >= 4
    reply = send(browse(world.minh), ANSWER, cell(dossier, "T-1", "1")).json()
    assert "không sửa được" in reply["refused"][0]["message"] and reply["rows"][0]["locked"]


@pytest.mark.parametrize("person", ["hoa", "inspector"])
def test_a_reader_reads(world, browse, person):
    dossier = world.dossier()
    page = browse(getattr(world, person)).get(grid(dossier.round)).content.decode()
    assert "Tài khoản này chỉ xem" in page


@pytest.mark.parametrize(
    "body",
    [
        "", "x", "[]", "{}", '{"cells": 1}', '{"cells": [1]}', '{"cells": [{}]}',
        '{"cells": [{"id": "x", "key": "T-1", "text": "1"}]}',
        '{"id": "x", "key": "T-1", "text": "1"}', '{"id": null}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", [ANSWER, PASTE])
def test_a_body_that_says_nothing_is_answered_as_a_problem(world, browse, address, body):
    answer = browse(world.minh).post(address, body, content_type="application/json")
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] and answer.json()["kept"]


def test_an_unknown_dossier_is_refused_like_any_other(world, browse):
    reply = send(browse(world.minh), ANSWER, {"id": str(uuid4()), "key": "T-1", "text": "1"}).json()
    assert "Không thấy hồ sơ" in reply["refused"][0]["message"]


def test_too_many_cells_at_once_are_refused(world, browse):
    one = world.dossier()
    reply = send(browse(world.minh), PASTE, {"cells": [cell(one, "T-1", "1")] * 5001})
    assert reply.status_code == 400 and "tối đa" in reply.json()["detail"]


def test_the_grid_asks_the_database_a_fixed_number_of_times(world, browse, django_assert_max_num_queries):
    for n in range(105):
        world.dossier(State.SUBMITTED, world.household(f"Ksor {n}"))
    client, address = browse(world.minh), grid(world.round())
    with django_assert_max_num_queries(19):  # may only fall
        page = client.get(address).content.decode()
    assert page.count("<tr data-id=") == 100


def test_the_grid_is_filtered_by_village_and_shows_the_own_village_to_a_recorder(world, browse):
    own = world.dossier(subject=world.household("Ksor Một"))
    other = world.dossier(subject=world.household("Siu Ó", place=world.phung))
    page = browse(world.minh).get(grid(own.round), {"thon": world.phung.pk}).content.decode()
    assert str(other.pk) in page and str(own.pk) not in page
    page = browse(world.ksor).get(grid(own.round)).content.decode()
    assert str(own.pk) in page and str(other.pk) not in page


@pytest.mark.parametrize("model", ["DANCE", "COMMUNE"])
def test_a_grid_that_is_none_is_not_found(world, browse, model):
    assert browse(world.minh).get(grid(world.round(), model)).status_code == 404
    assert browse(world.lan).get(grid(world.round(), Model.FAMILY)).status_code == 404
