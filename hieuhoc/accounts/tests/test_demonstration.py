"""The people of a demonstration: one a role, passwords at random, told once."""

import pytest

from hieuhoc.accounts import actions
from hieuhoc.accounts.access import can
from hieuhoc.accounts.actions import Refused
from hieuhoc.accounts.models import Role, User


@pytest.fixture
def told(world):
    return actions.make_demonstration_accounts(world.ia_tor.pk, world.ring.pk)


def test_there_is_one_for_each_role_at_its_place(world, told):
    assert {role: place for _, _, role, place in told} == {
        Role.VILLAGE_RECORDER: world.ring.pk,
        Role.COMMUNE_OFFICER: world.ia_tor.pk,
        Role.COMMUNE_APPROVER: world.ia_tor.pk,
        Role.PROVINCE_OFFICER: world.gia_lai.pk,
        Role.PROVINCE_APPROVER: world.gia_lai.pk,
        Role.NATIONAL_OFFICER: world.viet_nam.pk,
        Role.INSPECTOR: world.gia_lai.pk,
        Role.ADMINISTRATOR: world.ia_tor.pk,
    }


def test_every_password_works_and_none_is_like_another(told):
    assert len({password for _, password, _, _ in told}) == len(Role)
    for username, password, _, _ in told:
        user = User.objects.get(username=username)
        assert user.check_password(password) and user.demonstration and len(password) == 14


def test_running_again_gives_new_passwords_to_the_same_people(world, told):
    again = actions.make_demonstration_accounts(world.ia_tor.pk, world.ring.pk)
    assert [row[0] for row in again] == [row[0] for row in told]
    assert not {row[1] for row in again} & {row[1] for row in told}
    assert User.objects.filter(demonstration=True).count() == len(Role)
    assert User.objects.get(username="demo-xa").posts.count() == 1


def test_the_demonstration_can_move_to_another_commune(world, told):
    actions.make_demonstration_accounts(world.ia_bang.pk, world.brel.pk)
    officer = User.objects.get(username="demo-xa")
    assert can(officer, "round.open", world.ia_bang.pk) and not can(officer, "round.open", world.ia_tor.pk)


def test_a_real_account_of_that_name_is_never_touched(world):
    real = world.user("demo-xa", Role.COMMUNE_OFFICER)
    with pytest.raises(Refused, match="tài khoản thật"):
        actions.make_demonstration_accounts(world.ia_tor.pk, world.ring.pk)
    real.refresh_from_db()
    assert not real.demonstration and User.objects.filter(demonstration=True).count() == 0


def test_no_password_is_in_the_log(told, entry):
    line = str(vars(entry("account.demonstration")))
    assert not any(password in line for _, password, _, _ in told)
