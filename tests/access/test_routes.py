"""Every route × every person × own and foreign place answers what the table says; a route without a row fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.timezone import localdate

from hieuhoc.accounts.models import Post, User
from hieuhoc.accounts.rights import RIGHTS
from hieuhoc.places import tree
from tests.access.rows import OWNER, PUBLIC, SIGNED, Row, Spot
from tests.access.table import ROWS
from tests.world import World

SIGN_IN = "/tai-khoan/dang-nhap/"
LOGIN = "login"


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address pattern of the product, with the whole of its path."""
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, path)
        else:
            yield path, one


def spot(world: World, place: str) -> Spot:
    if place == "own":
        return Spot(world, world.ia_tor, world.ring, world.minh, "23908")
    return Spot(world, world.ia_bang, world.brel, world.lan, "23710")


def address(row: Row, here: Spot) -> str:
    query = "&".join(f"{key}={value}" for key, value in row.query(here).items())
    return reverse(row.name, kwargs=row.make(here)) + (f"?{query}" if query else "")


def expected(row: Row, here: Spot, person: User | None) -> tuple[str | int, ...]:
    """What the table promises this person at this place."""
    if row.gate == PUBLIC:
        return row.ok
    if person is None:
        return (LOGIN,)
    if row.gate == SIGNED or (row.gate == OWNER and person == here.officer):
        return row.ok
    held = _giving(person, row.gate)
    if held and (row.where is None or _reaches(row, here, held)):
        return row.ok
    if row.near and _reaches(row, here, _giving(person, row.near)):
        return (403,)
    return (row.refused if held else row.nowhere,)


def _giving(person: User, right: str) -> list[Post]:
    """By the posts of the world and the table of rights, without the gate that is being tried."""
    return [post for post in person.posts.all() if right in RIGHTS[post.role]]


def _reaches(row: Row, here: Spot, held: list[Post]) -> bool:
    place, today = row.where(here).pk, localdate()
    below = [tree.is_below(place, post.place_id, today) for post in held]
    inside = [row.touch and tree.is_below(post.place_id, place, today) for post in held]
    return any(below + inside)


def answered(client: Client, row: Row, path: str, data: dict[str, Any]) -> str | int:
    """What really comes, without anything staying done."""
    with transaction.atomic():
        kind = {"content_type": "application/json"} if row.json else {}
        answer = client.post(path, data, **kind) if row.method == "post" else client.get(path)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer["Location"].startswith(SIGN_IN) and not path.startswith(SIGN_IN):
        return LOGIN
    return answer.status_code


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_table_holds(world, browsers, row):
    wrong = []
    for place in ("own",) if row.gate in (PUBLIC, SIGNED) else ("own", "foreign"):
        here = spot(world, place)
        path, data = address(row, here), row.data(here)
        for name, client in browsers.items():
            promise, came = expected(row, here, world.people.get(name)), answered(client, row, path, data)
            if came not in promise:
                wrong.append(f"{name} at {path}: {came}, not {promise}")
    assert not wrong, row.method.upper()


def test_every_route_has_a_row(world):
    known = {str(resolve(address(row, spot(world, "own")).split("?")[0]).route) for row in ROWS}
    missing = sorted(path for path, _ in routes(get_resolver()) if path not in known)
    assert not missing, "routes without a declared gate: " + ", ".join(missing)


def test_no_route_is_free_of_the_token_that_guards_forms():
    free = [one.name for _, one in routes(get_resolver()) if getattr(one.callback, "csrf_exempt", False)]
    assert free == ["pull", "send", "photo"]  # of the field: a header no other site can send stands for the token


def test_an_unknown_address_is_absent_for_everybody(browsers):
    assert {client.get("/khong-co-trang-nay/").status_code for client in browsers.values()} == {404}


@pytest.mark.parametrize("row", [row for row in ROWS if row.gate not in (PUBLIC, SIGNED, OWNER)], ids=str)
def test_a_post_that_is_over_opens_nothing(world, browsers, row):
    here = spot(world, "own")
    path, data = address(row, here), row.data(here)
    Post.objects.update(valid=("2025-07-01", "2025-08-01"))
    opened = {name: answered(browsers[name], row, path, data) for name in ("minh", "hoa", "ksor", "admin", "national")}
    assert set(opened.values()) <= {403, 404}, opened
