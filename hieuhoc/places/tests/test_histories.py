"""Random small histories: whatever acts were taken, the tree and the heirs agree with a plain account of them.

The account knows each village as a set of plots of land. A merge joins the plots, a split shares them out;
so on any later day the heirs of a village must hold at least all villages with a plot of its.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hieuhoc.places import actions, tree
from hieuhoc.places.actions import Opening, Refused
from hieuhoc.places.ancestry import refresh
from hieuhoc.places.models import Ancestry, Unit, UnitVersion
from hieuhoc.places.tests.conftest import BASIS

START = date(2026, 1, 1)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["open", "rename", "merge", "split", "part", "close", "pass", "move"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(0, 40),
    ),
    max_size=9,
)


class Undo(Exception):
    """Ends one example without a trace."""


@dataclass
class Account:
    """What is known without the product: per day, the plots of each village and the commune it is in."""

    nation: int
    communes: list[int]
    plots: dict[int, frozenset[int]] = field(default_factory=dict)
    where: dict[int, int] = field(default_factory=dict)
    days: list[tuple[date, dict[int, frozenset[int]], dict[int, int]]] = field(default_factory=list)
    count: int = 0

    def name(self) -> str:
        self.count += 1
        return f"Thôn {self.count}"

    def new_plots(self) -> frozenset[int]:
        return frozenset(range(self.count * 10, self.count * 10 + 4))

    def close_day(self, day: date) -> None:
        self.days.append((day, dict(self.plots), dict(self.where)))


def small_country() -> Account:
    """A nation, a province, two communes, two villages in each, all written by the product's own acts."""
    nation = Unit.objects.create(level="nation")
    UnitVersion.objects.create(unit=nation, code="VN", name="Việt Nam", kind="nước", valid=(None, None), search_key="",
                               sort_key="")  # fmt: skip
    refresh([nation.pk])
    made = {"day": START, "by": None, "legal_basis": BASIS}
    province = actions.open_unit(level="province", name="Tỉnh A", code="99", parent_id=nation.pk, **made)
    communes = [
        actions.open_unit(level="commune", name=f"Xã {one}", code=f"9900{one}", parent_id=province.pk, **made).pk
        for one in (1, 2)
    ]
    account = Account(nation.pk, communes)
    for commune in communes * 2:
        name = account.name()
        village = actions.open_unit(level="village", name=name, parent_id=commune, **made).pk
        account.plots[village], account.where[village] = account.new_plots(), commune
    account.close_day(START)
    return account


def act(account: Account, verb: str, first: int, second: int, day: date) -> None:
    """One act through the product and, if it was not refused, in the account."""
    alive = sorted(account.plots)
    commune = account.communes[first % 2]
    one = alive[first % len(alive)] if alive else None
    other = alive[second % len(alive)] if alive else None
    given = {"day": day, "legal_basis": BASIS, "by": None}
    if verb == "open":
        made = actions.open_unit(level="village", name=account.name(), parent_id=commune, **given).pk
        account.plots[made], account.where[made] = account.new_plots(), commune
    elif one is not None:
        TAKEN[verb](account, one, other, given)


def _rename(account, one, other, given):
    actions.rename(one, name=account.name(), **given)


def _merge(account, one, other, given):
    commune = account.where[one]
    made = actions.merge([one, other], name=account.name(), parent_id=commune, **given).pk
    account.plots[made] = account.plots.pop(one) | account.plots.pop(other)
    account.where[made] = commune


def _split(account, one, other, given):
    made = actions.split(one, parts=[Opening(account.name()), Opening(account.name())], **given)
    plots = sorted(account.plots.pop(one))
    account.plots[made[0].pk], account.plots[made[1].pk] = frozenset(plots[:1]), frozenset(plots[1:])
    account.where |= {unit.pk: account.where[one] for unit in made}


def _part(account, one, other, given):
    (made,) = actions.split(one, parts=[Opening(account.name())], keep=True, **given)
    plots = sorted(account.plots[one])
    account.plots[one], account.plots[made.pk] = frozenset(plots[:1]), frozenset(plots[1:])
    account.where[made.pk] = account.where[one]


def _close(account, one, other, given):
    actions.close(one, **given)
    account.plots.pop(one)


def _pass(account, one, other, given):
    actions.close(one, into=[other], **given)
    account.plots[other] |= account.plots.pop(one)


def _move(account, one, other, given):
    to = next(commune for commune in account.communes if commune != account.where[one])
    actions.move(one, parent_id=to, **given)
    account.where[one] = to


TAKEN = {"rename": _rename, "merge": _merge, "split": _split, "part": _part, "close": _close, "pass": _pass,
         "move": _move}  # fmt: skip


def live(steps) -> Account:
    """Take the acts in order of time; what is refused changes neither side."""
    account, day = small_country(), START
    for verb, first, second, later in steps:
        day += timedelta(days=later)
        before = (dict(account.plots), dict(account.where))
        try:
            with transaction.atomic():
                act(account, verb, first, second, day)
        except Refused:
            account.plots, account.where = before
        account.close_day(day)
    return account


def check_tree(account: Account) -> None:
    """On every day the villages below each commune are those of the account."""
    for day, plots, where in states(account):
        for commune in account.communes:
            expected = {one for one in plots if where[one] == commune}
            assert set(tree.below(commune, day, "village")) == expected
        assert {child.unit_id for c in account.communes for child in tree.children(c, day)} == set(plots)
        for one in plots:
            assert tree.above(one, day)[:2] == [one, where[one]]


def states(account: Account):
    """The last state of each day on which anything happened."""
    return [(day, plots, where) for day, (plots, where) in {day: rest for day, *rest in account.days}.items()]


def check_heirs(account: Account) -> None:
    """Heirs are in force, cover every plot, and exactly one is the default unless its line died out."""
    days = states(account)
    for at, plots, _ in days:
        for on, later, _ in [one for one in days if one[0] >= at]:
            found = tree.heirs_of(list(plots), on, at)
            for one, land in plots.items():
                heirs = found.get(one, [])
                assert {heir.unit_id for heir in heirs} <= set(later)
                assert {unit for unit, held in later.items() if held & land} <= {heir.unit_id for heir in heirs}
                assert sum(heir.default for heir in heirs) <= 1
                assert len(heirs) == 1 or {(heir.kind, heir.whole) for heir in heirs} <= {("split", False)}
                if len(heirs) == 1 and heirs[0].whole:
                    assert land <= later[heirs[0].unit_id]


def check_former(account: Account) -> None:
    """What an ended village had is looked after in the commune of its default heir, on every later day."""
    days = states(account)
    for at, plots, _ in days:
        for on, _, where in [one for one in days if one[0] >= at]:
            seen = {c: set(tree.below_any([c], on, former=True)) for c in account.communes}
            for one, heirs in tree.heirs_of(list(plots), on, at).items():
                heir = next((heir.unit_id for heir in heirs if heir.default), None)
                if heir is not None:
                    assert [c for c in account.communes if one in seen[c]] == [where[heir]]


def check_ancestry(nation: int) -> None:
    """What the acts refreshed piece by piece is what deriving the whole country anew gives."""
    units = list(Unit.objects.filter(pk__gte=nation).values_list("pk", flat=True))
    rows = Ancestry.with_former.filter(descendant_id__in=units)
    columns = ("descendant_id", "ancestor_id", "depth", "valid", "former")
    refreshed = sorted(rows.values_list(*columns), key=str)
    refresh(units)
    assert sorted(rows.values_list(*columns), key=str) == refreshed


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
@example([("merge", 0, 5, 14), ("pass", 0, 2, 32), ("pass", 3, 0, 0)])  # taken over and passed on in one day
def test_any_history_is_told_truly(db, steps):
    try:
        with transaction.atomic():
            account = live(steps)
            check_tree(account)
            check_heirs(account)
            check_former(account)
            check_ancestry(account.nation)
            raise Undo
    except Undo:
        pass
