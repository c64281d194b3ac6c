"""Rows of hand-written statements become instances, whatever the order of their columns."""

from datetime import timedelta

import pytest
from django.db.utils import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.common import rows
from hieuhoc.dossiers.models import Dossier

pytestmark = pytest.mark.django_db


def test_columns_in_any_order_make_the_same_instance(world):
    dossier = world.dossier()
    for columns in (("id", "answers", "state"), ("state", "id", "answers")):
        [row] = rows.ask(f"select {', '.join(columns)} from dossiers_dossier where id = {rows.AMONG}", [[dossier.pk]])
        made = rows.made(Dossier, columns, row)
        assert (made.pk, made.state, made.answers) == (dossier.pk, dossier.state, dossier.answers)
        assert made.place_id == dossier.place_id  # not among the columns: read when asked for
        assert made == dossier and not made._state.adding


def test_json_that_is_read_already_stays(world):
    assert rows.made(Dossier, ("id", "answers"), (None, {"T-1": 1})).answers == {"T-1": 1}


def test_a_column_nobody_has_is_named():
    with pytest.raises(LookupError, match="colour"):
        rows.made(Dossier, ("id", "colour"), (1, 2))


WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@given(st.lists(st.none() | WORDS), st.lists(st.none() | st.uuids()), st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_a_list_arrives_as_it_is(words, ids, numbers):
    asked = "select %s::text[], %s::uuid[], %s::bigint[]"
    assert rows.ask(asked, [words, ids, numbers]) == [(words, ids, numbers)]


def test_a_list_arrives_by_its_name_too():
    assert rows.ask("select %(words)s::text[]", {"words": ["null", "", '"', "\\", "{}", " a,b "]}) == [
        (["null", "", '"', "\\", "{}", " a,b "],)
    ]


@pytest.mark.parametrize("value", [b"ab", timedelta(days=1, hours=2), [1]], ids=["bytes", "interval", "list"])
def test_what_would_arrive_as_something_else_is_not_sent(value):
    with pytest.raises(TypeError, match="in a list for the database"):
        rows.array([value])


def test_errors_are_those_of_the_framework():
    rows.ask("select set_config('statement_timeout', '20', true)", [])
    with pytest.raises(OperationalError, match="statement timeout"):
        rows.ask("select pg_sleep(1)", [])


def test_the_plan_is_kept(world):
    for _ in range(8):
        rows.ask(f"select id from dossiers_dossier where id = {rows.AMONG}", [[]])
    [(generic,)] = rows.ask(
        "select coalesce(sum(generic_plans), 0) from pg_prepared_statements where statement like %s",
        ["%from dossiers_dossier where id%"],
    )
    assert generic >= 2
