"""What a row of the table is made of: the gate, the place where it stands, what is behind the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hieuhoc.accounts.models import User
from hieuhoc.places.models import Unit
from tests.world import World

PUBLIC, SIGNED, OWNER = "public", "signed", "owner"


@dataclass(frozen=True)
class Spot:
    """One side of the table: a commune of the world, a village of it, its officer, its code."""

    world: World
    commune: Unit
    village: Unit
    officer: User
    code: str


Maker = Callable[[Spot], dict[str, Any]]
Where = Callable[[Spot], Unit]


def nothing(spot: Spot) -> dict[str, Any]:
    """An address without arguments."""
    return {}


def village(spot: Spot) -> Unit:
    """The right is needed at the village."""
    return spot.village


def commune(spot: Spot) -> Unit:
    """The right is needed at the commune."""
    return spot.commune


def province(spot: Spot) -> Unit:
    """The right is needed at the province."""
    return spot.world.gia_lai


def nation(spot: Spot) -> Unit:
    """The right is needed at the nation."""
    return spot.world.viet_nam


@dataclass(frozen=True)
class Row:
    """One route, or one way to call it."""

    name: str
    gate: str
    make: Maker = nothing
    where: Where | None = None  # None: the right may be held anywhere
    refused: int = 404  # for whoever holds the right elsewhere
    nowhere: int = 404  # for whoever holds it nowhere
    near: str = ""  # a right at the place that turns the refusal into 403
    touch: bool = False  # a post somewhere inside the place is enough
    method: str = "get"
    ok: tuple[int, ...] = (200,)
    query: Maker = nothing
    data: Maker = lambda spot: {"sent": "1"}
    json: bool = False

    def __str__(self) -> str:
        return f"{self.name}-post" if self.method == "post" else self.name


def public(name: str, make: Maker = nothing, **more: Any) -> Row:
    """Open to everybody."""
    return Row(name, PUBLIC, make, **more)


def signed(name: str, make: Maker = nothing, **more: Any) -> Row:
    """Open to whoever is signed in."""
    return Row(name, SIGNED, make, **more)


def owner(name: str, make: Maker, **more: Any) -> Row:
    """Open to the officer of the spot alone; absent for the rest."""
    return Row(name, OWNER, make, **more)


def anywhere(name: str, right: str, make: Maker = nothing, **more: Any) -> Row:
    """Open to whoever has the right somewhere; the rest is told so."""
    return Row(name, right, make, **{"nowhere": 403} | more)


def at(name: str, right: str, make: Maker = nothing, where: Where = village, **more: Any) -> Row:
    """Open to whoever has the right at the place of the thing; absent for the rest."""
    return Row(name, right, make, where, **more)


def listed(name: str, right: str, make: Maker = nothing, **more: Any) -> Row:
    """A list asked for one commune (``?xa=``): told to whoever has the right nowhere, absent out of reach."""
    return Row(name, right, make, commune, **{"nowhere": 403, "touch": True, "query": asked} | more)


def posted(row: Row, *ok: int, **more: Any) -> Row:
    """The same gate for a POST with nothing that matters in it, answered with one of ``ok`` to whoever gets in.

    With ``data`` it is the act itself that is tried, so that the act's own gate is tried too.
    """
    return replace(row, method="post", ok=ok or row.ok, **more)


def both(row: Row, *ok: int) -> list[Row]:
    """The page of a form and what it answers to a form with nothing right in it."""
    return [row, posted(row, *ok or (200, 400, 422))]


def asked(spot: Spot) -> dict[str, Any]:
    """The commune a list is asked for."""
    return {"xa": spot.commune.pk}
