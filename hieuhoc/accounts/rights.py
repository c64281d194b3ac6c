"""Which role may do what: the one table that pages, commands and tests read.

``paper.read`` sees and downloads papers that were made, ``paper.make`` makes them from what is recorded (who proposes
and who signs), ``paper.write`` records what stands in them: council, its meetings, templates, copies.

Reach: a post gives its rights at its place and everywhere below it, as the tree stands today.
"""

from hieuhoc.accounts.models import Role

READ = {"registry.read", "round.read", "dossier.read", "figures.read", "paper.read"}
OFFICER = READ | {
    "registry.write",
    "registry.merge",
    "registry.identity",
    "sheet.import",
    "round.open",
    "dossier.write",
    "dossier.verify",
    "dossier.propose",
    "paper.make",
    "paper.write",
    "plan.write",
    "figures.write",
    "places.villages",
    "audit.read",
}
APPROVER = READ | {"paper.make", "recognition.decide", "recognition.revoke", "audit.read"}
ADMINISTRATOR = {"accounts.manage", "places.edit", "places.villages", "criteria.edit", "audit.read"}

RIGHTS: dict[str, frozenset[str]] = {
    Role.VILLAGE_RECORDER: frozenset(READ - {"paper.read"} | {"registry.write", "dossier.write"}),
    Role.COMMUNE_OFFICER: frozenset(OFFICER),
    Role.COMMUNE_APPROVER: frozenset(APPROVER),
    Role.PROVINCE_OFFICER: frozenset(
        READ | {"dossier.inspect", "criteria.edit", "plan.write", "figures.write", "audit.read"}
    ),
    Role.PROVINCE_APPROVER: frozenset(READ | {"recognition.revoke", "audit.read"}),
    Role.NATIONAL_OFFICER: frozenset(
        READ | {"dossier.inspect", "criteria.edit", "plan.write", "figures.write", "audit.read"}
    ),
    Role.INSPECTOR: frozenset(READ | {"dossier.inspect", "audit.read"}),
    Role.ADMINISTRATOR: frozenset(ADMINISTRATOR),
}
ALL_RIGHTS: frozenset[str] = frozenset().union(*RIGHTS.values())


def roles_with(right: str) -> list[str]:
    """Return the roles that hold ``right``; an unknown right is a programming error."""
    if right not in ALL_RIGHTS:
        raise LookupError(right)
    return [role for role, rights in RIGHTS.items() if right in rights]
