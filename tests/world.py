"""The shared, named world of the tests: a piece of the country and the people who work in it.

Việt Nam → tỉnh Gia Lai → xã Ia Tôr (Làng Ring, Làng Phung) and, next door, xã Ia Băng (Làng Brel, Làng Dôr).
Everything is set up with plain rows, so that a test fails for the act it tries and for nothing else:

    def test_a_returned_dossier_says_who_and_why(world):
        dossier = world.dossier(State.SUBMITTED)
        actions.return_to_subject(dossier.pk, by=world.minh, reason="Thiếu minh chứng")

People: ``minh`` commune officer · ``hoa`` approver · ``ksor`` recorder of Làng Ring · ``lan`` officer of the
foreign commune · ``province``, ``province_approver``, ``national``, ``inspector`` (of the province),
``admin`` (of xã Ia Tôr) · ``nobody`` signs in but has no post.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now

from hieuhoc.accounts.models import Post, Role, User
from hieuhoc.common.text import fold, sort_key
from hieuhoc.criteria import shape
from hieuhoc.criteria.models import CriteriaSet, CriteriaVersion, Indicator
from hieuhoc.dossiers.models import Dossier, Outcome, State
from hieuhoc.places import naming
from hieuhoc.places.ancestry import rebuild
from hieuhoc.places.models import Level, Unit, UnitVersion
from hieuhoc.registry import rules as registry
from hieuhoc.registry.models import Membership, Model, Subject
from hieuhoc.rounds.models import Round, RoundModel
from hieuhoc.scoring import Criteria

PLACES = (
    # attribute     level           code        name             kind      parent      from
    ("viet_nam", Level.NATION, "VN", "Việt Nam", "nước", None, None),
    ("gia_lai", Level.PROVINCE, "52", "Tỉnh Gia Lai", "tỉnh", "viet_nam", date(2025, 7, 1)),
    ("ia_tor", Level.COMMUNE, "23908", "Xã Ia Tôr", "xã", "gia_lai", date(2025, 7, 1)),
    ("ring", Level.VILLAGE, "23908-001", "Làng Ring", "làng", "ia_tor", date(2025, 7, 1)),
    ("phung", Level.VILLAGE, "23908-002", "Làng Phung", "làng", "ia_tor", date(2025, 7, 1)),
    ("ia_bang", Level.COMMUNE, "23710", "Xã Ia Băng", "xã", "gia_lai", date(2025, 7, 1)),
    ("brel", Level.VILLAGE, "23710-001", "Làng Brel", "làng", "ia_bang", date(2025, 7, 1)),
    ("dor", Level.VILLAGE, "23710-002", "Làng Dôr", "làng", "ia_bang", date(2025, 7, 1)),
)
PEOPLE = (
    # attribute            full name            role                    place
    ("minh", "Nguyễn Thị Minh", Role.COMMUNE_OFFICER, "ia_tor"),
    ("hoa", "Trần Văn Hòa", Role.COMMUNE_APPROVER, "ia_tor"),
    ("ksor", "Ksor H'Lung", Role.VILLAGE_RECORDER, "ring"),
    ("lan", "Rơ Châm Lan", Role.COMMUNE_OFFICER, "ia_bang"),
    ("province", "Lê Thị Thu", Role.PROVINCE_OFFICER, "gia_lai"),
    ("province_approver", "Phạm Quốc Bình", Role.PROVINCE_APPROVER, "gia_lai"),
    ("national", "Đỗ Thanh Tùng", Role.NATIONAL_OFFICER, "viet_nam"),
    ("inspector", "Vũ Ngọc Ánh", Role.INSPECTOR, "gia_lai"),
    ("admin", "Siu Hoan", Role.ADMINISTRATOR, "ia_tor"),
    ("nobody", "Cao Thị Nga", None, None),
)
SCORES = {"T-1": 50, "T-2": 50}


@dataclass
class World:
    """Places and people by name; helpers make subjects, rounds, dossiers, of xã Ia Tôr unless told."""

    places: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    versions: dict[str, CriteriaVersion] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        for known in (self.__dict__.get("places", {}), self.__dict__.get("people", {})):
            if name in known:
                return known[name]
        raise AttributeError(name)

    def subject(self, model: str = Model.FAMILY, name: str = "Ksor H'Bia", *, place: Unit | None = None, **more: Any):
        """A subject; it stands at Làng Ring, or at its commune where organisations and citizens' units do."""
        place = place or (self.ia_tor if model == Model.ORGANISATION else self.ring)
        details = more.pop("details", {})
        birth = str(details.get("birth_date", ""))
        return Subject.objects.create(
            model=model,
            place=place,
            commune=self.commune_of(place),
            name=name,
            search_key=fold(name),
            sort_key=sort_key(name),
            natural_key=registry.natural_key(model, place.pk, name, more.get("code", ""), birth),
            details=details,
            **{"active_from": date(2025, 7, 1)} | more,
        )

    def household(self, name: str = "Ksor H'Bia", **more: Any) -> Subject:
        """A household of Làng Ring."""
        return self.subject(Model.FAMILY, name, **more)

    def citizen(self, name: str = "Ksor H'Nhi", **more: Any) -> Subject:
        """A citizen of Làng Ring."""
        return self.subject(Model.CITIZEN, name, **more)

    def organisation(self, name: str = "Trường Tiểu học Lê Lợi", **more: Any) -> Subject:
        """An organisation of the commune."""
        return self.subject(Model.ORGANISATION, name, **more)

    def member(self, member: Subject, group: Subject, **more: Any) -> Membership:
        """A membership from 1/7/2025 on."""
        return Membership.objects.create(
            member=member, group=group, **{"valid": DateRange(date(2025, 7, 1), None)} | more
        )

    def commune_of(self, place: Unit) -> Unit:
        """The commune a village of the world belongs to; a commune is its own."""
        names = {row[0]: row[5] for row in PLACES}
        name = next(name for name, unit in self.places.items() if unit.pk == place.pk)
        return self.places[names[name]] if place.level == Level.VILLAGE else place

    def version(self, model: str = Model.FAMILY) -> CriteriaVersion:
        """A published set of two scores of 50, passed at 80; one for each model."""
        if model not in self.versions:
            self.versions[model] = _version(model)
        return self.versions[model]

    def round(self, year: int | None = None, *, place: Unit | None = None, **more: Any) -> Round:
        """The open round of a place and year (Ia Tôr, this year), five models with a version pinned."""
        place, year = place or self.ia_tor, year or localdate().year
        found = Round.objects.filter(place=place, year=year).first()
        if found is not None:
            return found
        made = Round.objects.create(
            place=place,
            year=year,
            **{"opened_on": date(year, 1, 5), "association": "Hội Khuyến học xã"} | more,
        )
        models = [Model.FAMILY, Model.CLAN, Model.COMMUNITY, Model.ORGANISATION, Model.CITIZEN]
        RoundModel.objects.bulk_create(
            RoundModel(round=made, model=model, version=self.version(model), deciding_body="UBND xã")
            for model in models
        )
        return made

    def dossier(
        self,
        state: str = State.DRAFT,
        subject: Subject | None = None,
        *,
        round: Round | None = None,
        **more: Any,
    ) -> Dossier:
        """A dossier in a state; from proposal on it is answered, passed and frozen."""
        subject = subject or self.household()
        round = round or self.round(place=subject.commune)
        late = state in (State.PROPOSED, State.RECOGNISED)
        usual: dict[str, Any] = {"answers": answers(self.ksor)} if state != State.DRAFT else {}
        if late:
            sheet = {
                "outcome": "pass",
                "total": "100",
                "possible": "100",
                "lines": [],
                "missing": [],
                "because": "Đạt.",
            }
            usual |= {"outcome": Outcome.PASS, "total": 100, "missing": 0, "sheet": sheet, "frozen_at": now()}
        return Dossier.objects.create(
            round=round,
            subject=subject,
            model=subject.model,
            place=subject.place,
            state=state,
            **usual | more,
        )

    def user(self, username: str, role: str | None = None, place: Unit | None = None, **more: Any) -> User:
        """One more person, with a post since 1/7/2025 where a role is given."""
        name = more.pop("full_name", username)
        user = User(username=username, full_name=name, search_key=fold(name), sort_key=sort_key(name), **more)
        user.set_unusable_password()
        user.save()
        if role:
            self.post(user, role, place or self.ia_tor)
        return user

    def post(self, user: User, role: str, place: Unit, first: date | None = None, end: date | None = None) -> Post:
        """One more post; ``end`` is the first day it holds no more."""
        return Post.objects.create(user=user, role=role, place=place, valid=DateRange(first or date(2025, 7, 1), end))


def answers(by: User, **values: Any) -> dict[str, dict]:
    """Answers to the two scores of the world's sets, full marks unless told otherwise."""
    when = now().isoformat()
    return {key: {"value": value, "by": by.pk, "at": when, "rev": 1} for key, value in (SCORES | values).items()}


def build() -> World:
    """Make the places and people in the database; a handful of statements."""
    world = World()
    _make_places(world)
    _make_people(world)
    return world


def _make_places(world: World) -> None:
    units = Unit.objects.bulk_create(Unit(level=row[1]) for row in PLACES)
    world.places = {row[0]: unit for row, unit in zip(PLACES, units, strict=True)}
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=world.places[attribute],
            code=code,
            name=name,
            kind=kind,
            parent=world.places[parent] if parent else None,
            valid=DateRange(first, None),
            search_key=naming.search_key(name),
            sort_key=naming.sort_key(name, kind),
        )
        for attribute, _, code, name, kind, parent, first in PLACES
    )
    rebuild()


def _make_people(world: World) -> None:
    users = User.objects.bulk_create(
        User(
            username=attribute.replace("_", "-"),
            full_name=name,
            search_key=fold(name),
            sort_key=sort_key(name),
            password="!",
        )
        for attribute, name, _, _ in PEOPLE
    )
    world.people = {row[0]: user for row, user in zip(PEOPLE, users, strict=True)}
    Post.objects.bulk_create(
        Post(
            user=world.people[attribute],
            role=role,
            place=world.places[place],
            valid=DateRange(date(2025, 7, 1), None),
        )
        for attribute, _, role, place in PEOPLE
        if role
    )


def _version(model: str) -> CriteriaVersion:
    written = {
        "code": f"the-gioi-{model.lower()}",
        "version": "1",
        "title": "Bộ tiêu chí để kiểm thử",
        "model": model,
        "used_at": ["commune"],
        "judging": "points",
        "state": "illustrative",
        "notice": "Bộ tiêu chí minh họa – không phải văn bản chính thức",
        "source": "Soạn để kiểm thử.",
        "pass": 80,
        "criteria": [
            {
                "key": "1",
                "label": "Tiêu chí 1",
                "indicators": [
                    {"key": key, "label": f"Chỉ số {key}", "kind": "score", "points": points}
                    for key, points in SCORES.items()
                ],
            }
        ],
    }
    shape_of_it = Criteria.from_dict(written).to_dict()
    criteria_set = CriteriaSet.objects.create(code=written["code"], title=written["title"], model=model)
    made = CriteriaVersion.objects.create(set=criteria_set, **shape.head(shape_of_it))
    Indicator.objects.bulk_create(shape.indicator_rows(shape_of_it, made))
    CriteriaVersion.objects.filter(pk=made.pk).update(status="published", published_at=now())
    made.refresh_from_db()
    return made
