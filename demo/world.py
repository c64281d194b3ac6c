"""The people and groups of a commune in one year, made from a seed: the truth behind the workbooks.

Everything is drawn here once; the workbooks only write it down in the habits of different officers. Besides
the world proper there are spares, a household and a citizen per village: rows that will be written wrongly.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from demo.identity import Issuer
from demo.names import families, full_name
from demo.organisations import Kind, bodies
from demo.villages import Place, Village

YEAR = 2026
CLAN_COUNT = 9
SMALLEST = 100  # below this some village would have no household
MINGLED = 12  # of a hundred households, those of the other people in a village
EMPLOYED_REGISTER, EMPLOYED_ASSESSED = 97, 99
OTHERS_REGISTER, OTHERS_ASSESSED = 47, 88


@dataclass(frozen=True)
class Person:
    """Someone invented; `day_known` is false where only the year of birth is written."""

    name: str
    sex: str
    born: date
    day_known: bool
    cccd: str


@dataclass
class Household:
    """A household of a village; `people` are its adults, the head first."""

    code: str
    village: Village
    family: str
    people: list[Person]
    phone: str
    children: int
    infants: int
    address: str
    registered: bool
    clan: str = ""

    @property
    def head(self) -> Person:
        """Who the household is listed under."""
        return self.people[0]

    @property
    def members(self) -> int:
        """Everyone in it."""
        return len(self.people) + self.children + self.infants


@dataclass(frozen=True)
class Citizen:
    """An adult of a household on the commune's list of citizens; `group` as in the four forms (1-4)."""

    person: Person
    household: Household
    group: int
    organisation: str
    registered: bool
    assessed: bool


@dataclass(frozen=True)
class Clan:
    """A clan of a village with its member families."""

    name: str
    village: Village
    head_name: str
    families: tuple[Household, ...]
    fund: int
    registered: bool


@dataclass(frozen=True)
class Community:
    """A village as a learning community, with the counts of its households."""

    village: Village
    head_name: str
    households: int
    population: int
    registered_households: int
    registered: bool


@dataclass(frozen=True)
class Organisation:
    """A body under the commune, with its staff as they are on the list of citizens."""

    name: str
    kind: str
    head_name: str
    staff: int
    learners: int | None
    registered: bool


@dataclass
class World:
    """A commune's year."""

    place: Place
    households: list[Household]
    citizens: list[Citizen]
    clans: list[Clan]
    communities: list[Community]
    organisations: list[Organisation]
    spare_households: list[Household] = field(default_factory=list)
    spare_citizens: list[Citizen] = field(default_factory=list)


def make_world(place: Place, *, seed: int, households: int, citizens: int) -> World:
    """The world of a seed: the same seed and sizes give the same people. Fewer than SMALLEST are refused."""
    if min(households, citizens) < SMALLEST:
        raise ValueError(f"a commune has at least {SMALLEST} households and as many citizens")
    rng = Random(f"{seed}:{place.code}:world")
    maker = _Maker(place, rng, Issuer(rng))
    homes = maker.households(households)
    spares = maker.spares(homes)
    maker.make_room(homes, citizens)
    people = maker.citizens(homes, citizens)
    return World(
        place=place,
        households=homes,
        citizens=people,
        clans=maker.clans(homes),
        communities=maker.communities(homes),
        organisations=maker.organisations(people),
        spare_households=spares,
        spare_citizens=[Citizen(home.head, home, 1, "", False, False) for home in spares],
    )


def split_by_weight(total: int, weights: list[int]) -> list[int]:
    """Parts of `total` in proportion to the weights, adding up exactly."""
    whole, given, parts, passed = sum(weights), 0, [], 0
    for weight in weights:
        passed += weight
        parts.append(total * passed // whole - given)
        given += parts[-1]
    return parts


class _Maker:
    """Draws the world in a fixed order from one stream."""

    def __init__(self, place: Place, rng: Random, issuer: Issuer):
        self.place, self.rng, self.issuer = place, rng, issuer
        self.bodies = bodies(place.short)
        self.clan_of = dict(_clan_families(place))
        self.known: set[tuple[str, str, int]] = set()
        self.numbers = {village.name: 0 for village in place.villages}

    def chance(self, percent: int) -> bool:
        """True so many times of a hundred."""
        return self.rng.randrange(100) < percent

    def households(self, count: int) -> list[Household]:
        """All households, village by village."""
        parts = split_by_weight(count, [village.weight for village in self.place.villages])
        return [self.household(v) for v, part in zip(self.place.villages, parts, strict=True) for _ in range(part)]

    def household(self, village: Village) -> Household:
        """One household with its adults, the next number of its village."""
        jrai = village.jrai != self.chance(MINGLED)
        family = self.family_name(village, jrai)
        self.numbers[village.name] += 1
        place_in_list = self.place.villages.index(village) + 1
        home = Household(
            code=f"{self.place.initials}{place_in_list:02d}-{self.numbers[village.name]:03d}",
            village=village,
            family=family,
            people=[],
            phone=self.issuer.phone() if self.chance(78) else "",
            children=self.rng.choices((0, 1, 2, 3, 4), (30, 28, 26, 12, 4))[0],
            infants=self.rng.choices((0, 1), (78, 22))[0],
            address=self.address(jrai),
            registered=self.chance(village.registering),
        )
        home.clan = self.clan_name(village, family) if self.chance(92) else ""
        for _ in range(self.rng.choices((1, 2, 3, 4, 5), (12, 42, 24, 15, 7))[0]):
            self.add_adult(home)
        return home

    def family_name(self, village: Village, jrai: bool) -> str:
        """A family name; that of the village's clan comes more often."""
        own = self.clan_of.get(village.name)
        choices = families(jrai)
        return self.rng.choices(choices, [4 if name == own else 1 for name in choices])[0]

    def clan_name(self, village: Village, family: str) -> str:
        """The clan of that family in the village, where there is one."""
        return f"Dòng họ {family}" if self.clan_of.get(village.name) == family else ""

    def add_adult(self, home: Household) -> None:
        """One more adult: head, spouse, then the grown. Nobody in a village shares both name and year of birth."""
        jrai = home.family in families(True)
        order = len(home.people)
        born = self.birth_day(1948, 1994) if order < 2 else self.birth_day(1990, 2008)
        sex = self.sex_of(order, home)
        family = home.family if order != 1 else self.rng.choice(families(jrai))
        taken = {person.name for person in home.people}
        name = full_name(self.rng, jrai=jrai, sex=sex, family=family)
        while name in taken or (home.village.name, name, born.year) in self.known:
            name = full_name(self.rng, jrai=jrai, sex=sex, family=family)
        self.known.add((home.village.name, name, born.year))
        cccd = self.issuer.cccd(sex, born.year) if order == 0 or self.chance(94) else ""
        home.people.append(Person(name, sex, born, self.chance(80), cccd))

    def sex_of(self, order: int, home: Household) -> str:
        """The sex of the next adult: the second is the spouse."""
        if order == 1:
            return "female" if home.head.sex == "male" else "male"
        return "male" if self.chance(62 if order == 0 else 50) else "female"

    def birth_day(self, first: int, last: int) -> date:
        """A day in the years from first to last."""
        return date(first, 1, 1) + timedelta(days=self.rng.randrange((last - first + 1) * 365))

    def address(self, jrai: bool) -> str:
        """Where in the village, as it is said there."""
        if jrai:
            how = self.rng.choice(("Nhóm {}", "Xóm {}", "Cạnh nhà rông, nhóm {}"))
            return how.format(self.rng.randint(1, 6))
        how = self.rng.choice(("Tổ {}", "Số {} đường Hùng Vương", "Đường liên xã, số nhà {}"))
        return how.format(self.rng.randint(1, 8) if how.startswith("Tổ") else self.rng.randint(1, 220))

    def spares(self, homes: list[Household]) -> list[Household]:
        """One household a village that is in no list but the wrong rows."""
        spares = [self.household(village) for village in self.place.villages]
        for home in spares:
            home.registered, home.clan = False, ""
        return spares

    def make_room(self, homes: list[Household], citizens: int) -> None:
        """Enough adults for the citizens asked for, one in twelve of them not on the list."""
        missing = citizens * 13 // 12 - sum(len(home.people) for home in homes)
        for _ in range(max(0, missing)):
            self.add_adult(self.rng.choice(homes))

    def citizens(self, homes: list[Household], count: int) -> list[Citizen]:
        """`count` adults in the order of the households, some of them working in the organisations."""
        adults = [(home, person) for home in homes for person in home.people]
        chosen = sorted(self.rng.sample(range(len(adults)), count))
        working = [i for i in chosen if 1962 <= adults[i][1].born.year <= 2003]
        posts = [kind.name for kind in self.bodies for _ in range(kind.staff)]
        posts = posts[: len(working) // 2]
        employed = dict(zip(self.rng.sample(working, len(posts)), posts, strict=True))
        return [self.citizen(*adults[i], employed.get(i, "")) for i in chosen]

    def citizen(self, home: Household, person: Person, organisation: str) -> Citizen:
        """One adult as a citizen; those with an organisation register nearly always."""
        registered = self.chance(EMPLOYED_REGISTER if organisation else OTHERS_REGISTER)
        assessed = registered and self.chance(EMPLOYED_ASSESSED if organisation else OTHERS_ASSESSED)
        group = self.group(person, organisation)
        return Citizen(person, home, group, organisation, registered, assessed)

    def group(self, person: Person, organisation: str) -> int:
        """The form for the citizen: of the organisation, or by age."""
        if organisation:
            return next(kind.group for kind in self.bodies if kind.name == organisation)
        if person.born.year >= 2004:
            return 4 if self.chance(70) else 1
        return 2 if self.chance(14) else 1

    def clans(self, homes: list[Household]) -> list[Clan]:
        """The clans with their member families; one does not register."""
        found: list[Clan] = []
        for village in self.place.villages:
            members = tuple(home for home in homes if home.clan and home.village is village)
            if members:
                head = self.rng.choice(members).head.name
                fund = self.rng.randrange(8_000, 62_000) * 10
                found.append(Clan(members[0].clan, village, head, members, fund, len(found) != 6))
        return found

    def communities(self, homes: list[Household]) -> list[Community]:
        """Every village with its counts; one does not register."""
        by_village: dict[str, list[Household]] = {village.name: [] for village in self.place.villages}
        for home in homes:
            by_village[home.village.name].append(home)
        return [self.community(v, by_village[v.name], n) for n, v in enumerate(self.place.villages)]

    def community(self, village: Village, homes: list[Household], order: int) -> Community:
        """One village, counted from its households."""
        family = self.rng.choice(families(village.jrai))
        head = full_name(self.rng, jrai=village.jrai, sex="male", family=family)
        people, enrolled = sum(home.members for home in homes), sum(home.registered for home in homes)
        return Community(village, head, len(homes), people, enrolled, order != 9)

    def organisations(self, citizens: list[Citizen]) -> list[Organisation]:
        """The bodies with the staff found among the citizens."""
        staff: dict[str, int] = {}
        for citizen in citizens:
            staff[citizen.organisation] = staff.get(citizen.organisation, 0) + 1
        return [self.organisation(kind, staff.get(kind.name, 0)) for kind in self.bodies]

    def organisation(self, kind: Kind, staff: int) -> Organisation:
        """One body with an invented head."""
        sex = self.rng.choice(("male", "female"))
        head = full_name(self.rng, jrai=False, sex=sex, family=self.rng.choice(families(False)))
        return Organisation(kind.name, kind.kind, head, staff, kind.learners, kind.registered)


def _clan_families(place: Place) -> list[tuple[str, str]]:
    """Which village has a clan, and of which family: none has two, so the name is enough to find it."""
    left = {True: list(families(True)), False: list(families(False))}
    with_clan = [village for village in place.villages if left[village.jrai]][:CLAN_COUNT]
    return [(village.name, left[village.jrai].pop(0)) for village in with_clan]
