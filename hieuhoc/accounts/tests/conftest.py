"""What the tests of accounts share."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils.timezone import localdate

from hieuhoc.accounts.actions import NewAccount
from hieuhoc.accounts.models import Role

PASSWORD = "ba con trâu qua suối"


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    """No test inherits the tries of another."""
    settings.MFA_ADAPTER = "hieuhoc.accounts.adapter.SecondFactor"
    order = [one for one in settings.MIDDLEWARE if not one.startswith("allauth.")]
    settings.MIDDLEWARE = [*order, "allauth.account.middleware.AccountMiddleware"]
    cache.clear()


@pytest.fixture
def new(world):
    """A new account of an officer of xã Ia Tôr, with what a test wants otherwise."""

    def account(**other) -> NewAccount:
        usual = {
            "full_name": "Rah Lan H'Nga",
            "username": "ngarl",
            "role": Role.COMMUNE_OFFICER,
            "place_id": world.ia_tor.pk,
            "start": localdate(),
        }
        return NewAccount(**usual | other)

    return account


@pytest.fixture
def entry():
    """The only line of the act log with a verb."""
    from hieuhoc.audit.models import Entry

    def one(verb: str) -> Entry:
        return Entry.objects.get(verb=verb)

    return one


@pytest.fixture
def signed(world):
    """A person with a password that works."""

    def person(user=None):
        user = user or world.minh
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        return user

    return person
