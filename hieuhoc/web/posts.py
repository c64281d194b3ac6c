"""Under which post a person works now: role, place, commune, and the rights that follow."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.timezone import localdate

from hieuhoc.accounts.access import POST_KEY, posts
from hieuhoc.accounts.models import Role, User
from hieuhoc.accounts.rights import RIGHTS
from hieuhoc.places.models import Ancestry, Level, UnitVersion
from hieuhoc.rounds.models import Round


@dataclass(frozen=True)
class Held:
    """One post the person holds today."""

    id: int
    role: str
    place_id: int
    place_name: str
    level: str
    commune_id: int | None
    commune_name: str
    round_id: int | None
    round_year: int | None

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(Role(self.role).label)


@dataclass(frozen=True)
class Standing:
    """The person's posts today, the one worked under, and the rights it gives."""

    held: tuple[Held, ...] = ()
    post: Held | None = None
    rights: frozenset[str] = frozenset()


def standing(request: HttpRequest) -> Standing:
    """Return where the person of this request stands today; nobody stands nowhere."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Standing()
    return standing_of(user, request.session.get(POST_KEY))


def standing_of(user: User, chosen: int | None = None) -> Standing:
    """The posts of a person today, in one query, and the one worked under: the chosen one, else the first."""
    held = tuple(_held(user))
    post = next((one for one in held if one.id == chosen), held[0] if held else None)
    return Standing(held, post, RIGHTS[post.role] if post else frozenset())


def _held(user: User) -> list[Held]:
    today = localdate()
    name = UnitVersion.objects.filter(valid__contains=today).values("name")
    commune = Ancestry.objects.filter(
        descendant_id=OuterRef("place_id"), valid__contains=today, ancestor__level=Level.COMMUNE
    ).values("ancestor_id")
    year = Round.objects.filter(place_id=OuterRef("commune")).order_by("-state", "-year")  # open before closed
    rows = (
        posts(user, today)
        .annotate(
            place_name=Subquery(name.filter(unit_id=OuterRef("place_id"))[:1]),
            commune=Subquery(commune[:1]),
        )
        .annotate(
            commune_name=Subquery(name.filter(unit_id=OuterRef("commune"))[:1]),
            round_id=Subquery(year.values("pk")[:1]),
            round_year=Subquery(year.values("year")[:1]),
        )
        .order_by("pk")
        .values_list(
            "pk", "role", "place_id", "place_name", "place__level",
            "commune", "commune_name", "round_id", "round_year",
        )
    )  # fmt: skip
    return [
        Held(pk, role, place, place_name or "", level, commune_id, commune_name or "", round_id, round_year)
        for pk, role, place, place_name, level, commune_id, commune_name, round_id, round_year in rows
    ]
