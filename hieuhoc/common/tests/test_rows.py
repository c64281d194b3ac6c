"""Rows of hand-written statements become instances, whatever the order of their columns."""

import pytest
from django.db.utils import OperationalError

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


def test_json_that_is_read_already_stays(world):
    assert rows.made(Dossier, ("id", "answers"), (None, {"T-1": 1})).answers == {"T-1": 1}


def test_a_column_nobody_has_is_named():
    with pytest.raises(LookupError, match="colour"):
        rows.made(Dossier, ("id", "colour"), (1, 2))


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
