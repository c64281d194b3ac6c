"""Samples for inspection: drawn again the same, kept in the log, within reach only, looks leave a line."""

import io
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers.models import State
from hieuhoc.figures import sampling
from hieuhoc.figures.sampling import Wish
from hieuhoc.registry.models import Model

ADDRESS = "/so-lieu/mau/"


@pytest.fixture
def year(world):
    """Twelve recognised households in Ia Tôr (eight in Ring), three in Ia Băng, and others that do not count."""
    round_ = world.round()
    for n in range(8):
        world.dossier(State.RECOGNISED, world.household(f"Ksor {n}", code=f"R{n}"))
    for n in range(4):
        world.dossier(State.RECOGNISED, world.household(f"Siu {n}", place=world.phung, code=f"P{n}"))
    away = world.round(place=world.ia_bang)
    for n in range(3):
        world.dossier(State.RECOGNISED, world.household(f"Rơ Châm {n}", place=world.brel), round=away)
    world.dossier(State.VERIFIED, world.household("Đã thẩm định"))
    world.dossier(State.RECOGNISED, world.citizen())
    return round_.year


def wish(world, year, **more):
    given = {"place_id": world.gia_lai.pk, "model": Model.FAMILY, "states": "recognised", "size": 6, "seed": "387"}
    return Wish(year=year, **given | more)


def drawn(world, year, **more):
    sample = sampling.draw(wish(world, year, **more), by=world.inspector)
    return [one.pk for one in sampling.dossiers_of(sample)]


def text(response):
    return response.content.decode()


def test_the_same_seed_draws_the_same_and_another_seed_another(world, year):
    first = drawn(world, year)
    assert len(first) == 6
    assert drawn(world, year) == first
    assert any(drawn(world, year, seed=seed) != first for seed in ("1", "2", "3"))


def test_every_commune_of_a_province_is_seen(world, year):
    found = [one.round.place_id for one in sampling.dossiers_of(sampling.draw(wish(world, year), by=world.inspector))]
    assert (found.count(world.ia_tor.pk), found.count(world.ia_bang.pk)) == (5, 1)


def test_inside_a_commune_every_village_is_seen(world, year):
    sample = sampling.draw(wish(world, year, place_id=world.ia_tor.pk, size=3), by=world.inspector)
    found = [one.place_id for one in sampling.dossiers_of(sample)]
    assert (found.count(world.ring.pk), found.count(world.phung.pk)) == (2, 1)
    assert (sample.after["of"], sample.after["strata"]) == (12, 2)


@pytest.mark.parametrize(("states", "size"), [("recognised", 15), ("verified", 1), ("both", 16)])
def test_the_states_asked_for_are_drawn(world, year, states, size):
    assert len(drawn(world, year, states=states, size=500)) == size


def test_nothing_to_draw_is_said(world, year, browse):
    with pytest.raises(sampling.Nothing):
        drawn(world, 2019)
    given = {"place": world.gia_lai.pk, "year": 2019, "model": "FAMILY", "states": "both", "size": 5, "seed": "7"}
    answer = browse(world.inspector).post(ADDRESS, given)
    assert answer.status_code == 422
    assert "Không có hồ sơ nào như vậy" in text(answer)
    assert 'value="2019"' in text(answer)


@pytest.mark.parametrize("who", ["ksor", "minh", "hoa", "admin", "nobody"])
def test_only_inspectors_draw(world, year, browse, who):
    assert browse(getattr(world, who)).get(ADDRESS).status_code == 403
    with pytest.raises(Forbidden):
        sampling.draw(wish(world, year), by=getattr(world, who))


def test_a_sample_is_drawn_read_exported_and_looked_into(world, year, browse):
    client = browse(world.inspector)
    assert "Chưa rút mẫu nào" in text(client.get(ADDRESS))
    given = {"place": world.ia_tor.pk, "year": year, "model": "FAMILY", "states": "recognised", "size": 4, "seed": "99"}
    answer = client.post(ADDRESS, given)
    sample = Entry.objects.get(verb="figures.sample")
    assert answer["Location"] == f"{ADDRESS}{sample.pk}/"
    assert (sample.actor, sample.count, sample.after["seed"]) == (world.inspector, 4, "99")
    page = text(client.get(answer["Location"]))
    assert "rút 4/12 hồ sơ, số rút mẫu 99" in page
    one = sampling.dossiers_of(sample).first()
    book = client.get(f"{ADDRESS}{sample.pk}/xlsx/")
    assert "Mẫu kiểm tra" in unquote(book["Content-Disposition"])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert one.subject.name in [cell for row in rows for cell in row]
    assert client.get(f"{ADDRESS}{sample.pk}/{one.pk}/")["Location"] == f"/ho-so/{one.pk}/"
    look = Entry.objects.get(verb="registry.look")
    assert (look.actor, look.target_id) == (world.inspector, str(one.subject_id))
    assert "4/12" in text(client.get(ADDRESS))


def test_a_dossier_that_was_not_drawn_is_not_opened_through_the_sample(world, year, browse):
    sample = sampling.draw(wish(world, year, size=1), by=world.inspector)
    other = world.dossier(State.RECOGNISED, world.household("Ngoài mẫu"))
    assert browse(world.inspector).get(f"{ADDRESS}{sample.pk}/{other.pk}/").status_code == 404


def test_another_provinces_sample_looks_absent(world, year, browse):
    sample = sampling.draw(wish(world, year), by=world.inspector)
    stranger = world.user("xa-khac", "inspector", world.ia_bang)
    for path in ("", "xlsx/"):
        assert browse(stranger).get(f"{ADDRESS}{sample.pk}/{path}").status_code == 404
    assert "Chưa rút mẫu nào" in text(browse(stranger).get(ADDRESS))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"size": "0"}, "Cần là số từ 1 trở lên"),
        ({"size": "501"}, "Cần là số không quá 500"),
        ({"size": "ba mươi"}, "Cần ghi một số nguyên"),
        ({"seed": ""}, "Cần ghi mục này"),
        ({"seed": "x" * 10_000}, "Dài quá 40 ký tự"),
        ({"place": "1"}, "không có trong danh sách"),
        ({"year": "26"}, "Cần là số từ 2012"),
    ],
)
def test_a_wrong_wish_is_said_and_kept(world, year, browse, given, said):
    typed = {"place": world.ia_tor.pk, "year": year, "model": "FAMILY", "states": "both", "size": 4, "seed": "99"}
    answer = browse(world.inspector).post(ADDRESS, typed | given)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Entry.objects.filter(verb="figures.sample").exists()


def test_a_seed_is_only_words(world, year):
    """Nothing typed reaches the database as more than a value."""
    assert len(drawn(world, year, seed="'); drop table dossiers_dossier; -- %s %(x)s")) == 6


def test_drawing_takes_few_statements_however_many_there_are(world, year, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        sampling.draw(wish(world, year, size=15), by=world.inspector)
