"""One-time links: told once, kept as a hash, seven days, replaced by the next."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.timezone import now

from hieuhoc.accounts import actions
from hieuhoc.accounts.access import Forbidden
from hieuhoc.accounts.actions import Refused
from hieuhoc.accounts.models import Invitation
from hieuhoc.accounts.tests.conftest import PASSWORD
from hieuhoc.audit.models import Entry


@pytest.fixture
def handed(world, new):
    return actions.make_account(new(), by=world.admin)


def test_a_link_sets_the_first_password_once(handed, entry):
    user = actions.accept_invitation(handed.token, PASSWORD)
    assert user.check_password(PASSWORD)
    assert entry("account.accept").actor == user
    with pytest.raises(Refused, match="đã dùng"):
        actions.accept_invitation(handed.token, "một mật khẩu khác nữa")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_token_itself_is_nowhere_in_the_database(handed):
    invitation = Invitation.objects.get()
    assert handed.token not in str(vars(invitation)) and len(invitation.token_hash) == 64
    assert handed.token not in str(list(Entry.objects.values()))


@pytest.mark.parametrize("token", ["", "x", "a" * 32])
def test_an_unknown_link_opens_nothing(handed, token):
    assert actions.open_invitation(token) is None
    with pytest.raises(Refused):
        actions.accept_invitation(token, PASSWORD)


def test_a_link_opens_for_seven_days(handed):
    left = Invitation.objects.get().expires_at - now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    Invitation.objects.update(expires_at=now())
    assert actions.open_invitation(handed.token) is None


def test_a_new_link_puts_the_old_one_out_of_use(world, handed):
    second = actions.invite(handed.user.pk, by=world.admin)
    assert actions.open_invitation(handed.token) is None
    assert actions.open_invitation(second.token).user == handed.user


@pytest.mark.parametrize("password", ["ngan", "password123", "1234567890"])
def test_a_weak_password_is_refused_and_the_link_still_opens(handed, password):
    with pytest.raises(ValidationError):
        actions.accept_invitation(handed.token, password)
    assert actions.open_invitation(handed.token) is not None


def test_who_has_a_password_gets_no_invitation_but_a_reset(world, handed):
    actions.accept_invitation(handed.token, PASSWORD)
    with pytest.raises(Refused, match="Cấp lại"):
        actions.invite(handed.user.pk, by=world.admin)


def test_a_reset_takes_the_password_back_and_gives_a_link(world, signed, entry):
    handed = actions.reset(signed().pk, by=world.admin, reason="Quên mật khẩu")
    world.minh.refresh_from_db()
    assert not world.minh.has_usable_password()
    assert entry("account.reset").reason == "Quên mật khẩu"
    assert actions.accept_invitation(handed.token, PASSWORD) == world.minh


@pytest.mark.parametrize(("asked", "left"), [(False, 1), (True, 0)])
def test_a_reset_switches_the_second_factor_off_only_when_asked(world, signed, asked, left):
    user = signed()
    Authenticator.objects.create(user=user, type="totp", data={})
    actions.reset(user.pk, by=world.admin, reason="Mất điện thoại", second_factor=asked)
    assert Authenticator.objects.filter(user=user).count() == left


def test_nobody_resets_oneself(world):
    with pytest.raises(Refused, match="chính mình"):
        actions.reset(world.admin.pk, by=world.admin, reason="x")


def test_a_stopped_account_is_neither_invited_nor_reset(world, handed):
    actions.deactivate(handed.user.pk, by=world.admin, reason="Nghỉ")
    for act in (
        lambda: actions.invite(handed.user.pk, by=world.admin),
        lambda: actions.reset(handed.user.pk, by=world.admin, reason="x"),
    ):
        with pytest.raises(Refused, match="đang ngừng"):
            act()


@pytest.mark.parametrize("person", ["lan", "province"])
def test_an_account_out_of_hand_is_neither_invited_nor_reset(world, person):
    for act in (actions.invite, lambda pk, by: actions.reset(pk, by=by, reason="x")):
        with pytest.raises(Forbidden):
            act(world.people[person].pk, by=world.admin)


def test_many_links_are_one_act(world, entry):
    handed = actions.invite_many([world.minh.pk, world.hoa.pk], by=world.admin)
    assert [one.user.username for one in handed] == ["hoa", "minh"]
    assert entry("account.invite").count == 2


def test_many_links_are_refused_together(world, signed):
    signed(world.hoa)
    with pytest.raises(Refused):
        actions.invite_many([world.minh.pk, world.hoa.pk], by=world.admin)
    with pytest.raises(Refused, match="Chưa chọn"):
        actions.invite_many([], by=world.admin)
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_one_link_at_once_one_wins(world, new):
    handed = actions.make_account(new(), by=world.admin)
    start, ended = Barrier(2), []

    def accept(password: str) -> None:
        start.wait()
        try:
            actions.accept_invitation(handed.token, password)
            ended.append(password)
        except Refused:
            ended.append(None)
        finally:
            connection.close()

    both = [Thread(target=accept, args=(f"{PASSWORD} {n}",)) for n in (1, 2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    won = [password for password in ended if password]
    handed.user.refresh_from_db()
    assert len(won) == 1 and handed.user.check_password(won[0])
