"""The table of rights, said again by hand: whoever widens a right must change it here too."""

import pytest

from hieuhoc.accounts.models import Role
from hieuhoc.accounts.rights import ALL_RIGHTS, RIGHTS, roles_with

#                      recorder officer approver p.officer p.approver national inspector admin
TABLE = """
registry.read          x        x       x        x         x          x        x         .
round.read             x        x       x        x         x          x        x         .
dossier.read           x        x       x        x         x          x        x         .
figures.read           x        x       x        x         x          x        x         .
paper.read             .        x       x        x         x          x        x         .
registry.write         x        x       .        .         .          .        .         .
registry.merge         .        x       .        .         .          .        .         .
registry.identity      .        x       .        .         .          .        .         .
sheet.import           .        x       .        .         .          .        .         .
round.open             .        x       .        .         .          .        .         .
dossier.write          x        x       .        .         .          .        .         .
dossier.verify         .        x       .        .         .          .        .         .
dossier.propose        .        x       .        .         .          .        .         .
dossier.inspect        .        .       .        x         .          x        x         .
paper.make             .        x       x        .         .          .        .         .
paper.write            .        x       .        .         .          .        .         .
plan.write             .        x       .        x         .          x        .         .
figures.write          .        x       .        x         .          x        .         .
recognition.decide     .        .       x        .         .          .        .         .
recognition.revoke     .        .       x        .         x          .        .         .
criteria.edit          .        .       .        x         .          x        .         x
places.villages        .        x       .        .         .          .        .         x
places.edit            .        .       .        .         .          .        .         x
accounts.manage        .        .       .        .         .          .        .         x
audit.read             .        x       x        x         x          x        x         x
"""
LINES = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}


@pytest.mark.parametrize("right", sorted(ALL_RIGHTS | LINES.keys()))
def test_a_right_is_held_by_the_roles_of_the_table(right):
    held = [role for role, mark in zip(Role.values, LINES[right], strict=True) if mark == "x"]
    assert sorted(roles_with(right)) == sorted(held)


def test_every_role_has_a_line_of_rights():
    assert set(RIGHTS) == set(Role.values)


def test_who_proposes_does_not_decide():
    assert not set(roles_with("dossier.propose")) & set(roles_with("recognition.decide"))


def test_an_unknown_right_is_an_error_of_the_programmer():
    with pytest.raises(LookupError):
        roles_with("registry.wrte")
