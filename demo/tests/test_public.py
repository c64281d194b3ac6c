"""The public documents of the demonstration go in through the verbs, once, and bind and count where they should."""

from datetime import date

import pytest

from demo import public
from hieuhoc.accounts.models import Post, Role, User
from hieuhoc.figures import history
from hieuhoc.figures.models import Figure
from hieuhoc.places import search, tree
from hieuhoc.places.load import load
from hieuhoc.plans import queries
from hieuhoc.plans.models import Plan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


def officer(name, role, place_id):
    user = User.objects.create_user(username=name, password=None)
    Post.objects.create(user=user, role=role, place_id=place_id, valid=("2025-07-01", None))
    return user


@pytest.fixture
def taken():
    load()
    ia_tor = tree.by_code("23908", "commune", TODAY).unit_id
    people = officer("xa", Role.COMMUNE_OFFICER, ia_tor), officer("tw", Role.NATIONAL_OFFICER, tree.root())
    told = []
    public.take_in(*people, told.append)
    return people, ia_tor, told


def test_five_plans_bind_and_published_figures_stand_with_their_address(taken):
    _, ia_tor, told = taken
    plans = {plan.file.name: plan for plan in Plan.objects.select_related("file")}
    assert len(plans) == 5 and {plan.state for plan in plans.values()} == {"published"}
    assert {name for name, plan in plans.items() if plan.note == public.NOTE} == {"son-la-2022.txt", "ia-bang-2022.txt"}
    assert {name: plan.targets.count() for name, plan in plans.items()} == {
        "bac-kan-2014.txt": 8, "bac-kan-2022.txt": 17, "khanh-hoa-2022.txt": 17, "son-la-2022.txt": 17,
        "ia-bang-2022.txt": 35,
    }  # fmt: skip
    son_la = tree.by_code("14", "province", TODAY).unit_id
    organisations = [
        one.target.value for one in queries.bound([son_la], 2026, TODAY)[son_la] if one.target.model == "ORGANISATION"
    ]
    assert organisations == [100], "95 % was for 2025, the next milestone binds"
    parts = {one.territory for one in queries.bound([ia_tor], 2026, TODAY)[ia_tor]}
    assert parts == {"", "Xã Ia Băng"} or parts == {"Xã Ia Băng"}
    figures = Figure.objects.all()
    assert figures.count() == 111 and not figures.filter(address="").exists()
    assert told[-1].strip().startswith("111 số liệu mới")


def test_a_second_run_takes_nothing_in_twice(taken):
    people, _, _ = taken
    told = []
    public.take_in(*people, told.append)
    assert (Plan.objects.count(), Figure.objects.count()) == (5, 111)
    assert told[-1].strip().startswith("0 số liệu mới")


def test_a_former_district_keeps_its_series_and_says_what_it_became(taken):
    district = search.find("Huyện Duy Xuyên, Quảng Nam", date(2024, 12, 31), "district")[0].unit_id
    (line,) = history.lines(district, range(2016, 2021), TODAY, of=history.THEN)["FAMILY"]
    assert [one.value.count if one.value else None for one in line.cells] == [8200, None, None, None, 26889]
    assert line.note == "Từ ngày 01/07/2025 không còn đơn vị này."
