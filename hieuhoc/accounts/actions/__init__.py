"""Every write of accounts: make them, invite, grant and end posts, stop, reset, the demonstration's people.

Each verb is one transaction and one line of the act log, and asks the gate itself; ``by=None`` is the
command line of the machine. What cannot be done raises ``Refused`` with the sentence to show. Nobody but
the invited person ever knows a password: an administrator hands over a one-time link, of which only the
hash is kept. Use: ``handed = make_account(new, by=user)``, then show ``handed.path`` once.
"""

from hieuhoc.accounts.actions.demonstration import make_demonstration_accounts
from hieuhoc.accounts.actions.invitations import (
    LIFETIME,
    Handover,
    accept_invitation,
    invite,
    invite_many,
    open_invitation,
    reset,
)
from hieuhoc.accounts.actions.people import (
    change_own_phone,
    correct,
    deactivate,
    make_account,
    make_accounts,
    reactivate,
)
from hieuhoc.accounts.actions.posts import end_post, grant_post
from hieuhoc.accounts.rules import NewAccount, Refused

__all__ = [
    "LIFETIME",
    "Handover",
    "NewAccount",
    "Refused",
    "accept_invitation",
    "change_own_phone",
    "correct",
    "deactivate",
    "end_post",
    "grant_post",
    "invite",
    "invite_many",
    "make_account",
    "make_accounts",
    "make_demonstration_accounts",
    "open_invitation",
    "reactivate",
    "reset",
]
