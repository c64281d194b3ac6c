"""Two people act on one village at the same moment: one act is written, the other is told why not."""

import threading

import pytest
from django.db import connection
from django.utils.timezone import localdate

from hieuhoc.audit.models import Entry
from hieuhoc.places import actions, tree
from hieuhoc.places.models import Unit
from hieuhoc.web.places.acting import carry_out

BASIS = "Nghị quyết 12/NQ-HĐND"


def together(*acts):
    """Run the acts in threads that start as one; gives what each raised, None if it was done."""
    gate, ends = threading.Barrier(len(acts)), [None] * len(acts)

    def one(at):
        try:
            gate.wait()
            acts[at]()
        except Exception as problem:
            ends[at] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[at]) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends


@pytest.fixture
def villages(transactional_db):
    from tests import world as worlds

    return worlds.build()


def test_the_same_merge_twice(villages):
    household = villages.household()
    given = {"name": "Ring Phung", "kind": "làng", "day": localdate(), "legal_basis": BASIS}
    units = [villages.ring.pk, villages.phung.pk]
    ends = together(*[lambda: carry_out("merge", [units], given, villages.minh, "")] * 2)
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "Refused"]
    (left,) = tree.children(villages.ia_tor.pk, localdate())
    household.refresh_from_db()
    assert household.place_id == left.unit_id
    assert Entry.objects.filter(verb="places.merge").count() == 1


def test_a_rename_and_a_close(villages):
    given = {"day": localdate(), "legal_basis": BASIS, "by": villages.minh}
    ends = together(
        lambda: actions.rename(villages.ring.pk, name="Làng Mới", **given),
        lambda: actions.close(villages.ring.pk, **given),
    )
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "Refused"]


def test_the_same_villages_written_down_twice(villages):
    names = [f"Thôn {n}" for n in range(20)]
    ends = together(*[lambda: actions.open_villages(villages.ia_tor.pk, names, by=villages.minh)] * 2)
    assert ends == [None, None]
    assert tree.children(villages.ia_tor.pk, localdate()).count() == 22
    codes = [row.code for row in tree.children(villages.ia_tor.pk, localdate())]
    assert len(set(codes)) == 22


def test_an_act_that_fails_at_the_end_leaves_nothing(villages, monkeypatch):
    """The subjects cannot follow: neither village, nor log, nor unit is changed."""
    villages.household()
    units, lines = Unit.objects.count(), Entry.objects.count()

    def broken(*args, **given):
        raise RuntimeError("power cut")

    monkeypatch.setattr("hieuhoc.web.places.acting.rehome", broken)
    given = {"name": "Ring Phung", "kind": "làng", "day": localdate(), "legal_basis": BASIS}
    with pytest.raises(RuntimeError):
        carry_out("merge", [[villages.ring.pk, villages.phung.pk]], given, villages.minh, "")
    assert (Unit.objects.count(), Entry.objects.count()) == (units, lines)
    assert [row.name for row in tree.children(villages.ia_tor.pk, localdate())] == ["Làng Phung", "Làng Ring"]
