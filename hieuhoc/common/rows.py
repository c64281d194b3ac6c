"""Statements written by hand, for what is asked so often that building the question costs more than its answer, and
instances of a model from their rows. Use: ``rows.made(Dossier, ("id", "state"), rows.ask(STATEMENT, [ids])[0])``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import JSONField, Model

M = TypeVar("M", bound=Model)
# Among ids: written so that the plan does not depend on how many they are, else the server would plan every time.
AMONG = "any((select %s::uuid[])::uuid[])"
SERVER: Any = connection  # of config.postgres


def ask(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple]:
    """The rows that a statement gives whose plan the server keeps; its values need their types."""
    with SERVER.planned_cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def tell(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> None:
    """Do a statement that gives no rows, in the same way."""
    with SERVER.planned_cursor() as cursor:
        cursor.execute(statement, values)


def made(model: type[M], columns: tuple[str, ...], row: Sequence[Any]) -> M:
    """The instance that ``row`` holds, named by ``columns``; a column left out is read when asked for.

    JSON comes as the database writes it or as it is read already.
    """
    order, as_json = _order(model, columns)
    values = [json.loads(row[at]) if at in as_json and isinstance(row[at], str) else row[at] for at in order]
    return model.from_db(DEFAULT_DB_ALIAS, [columns[at] for at in order], values)


@cache
def _order(model: type[Model], columns: tuple[str, ...]) -> tuple[list[int], set[int]]:
    """The columns in the model's own order, as ``from_db`` takes them, and those that hold JSON; by number."""
    fields = [one for one in model._meta.concrete_fields if one.attname in columns]
    if len(fields) != len(columns):
        raise LookupError(f"{model.__name__} has not all of {columns}")
    order = [columns.index(one.attname) for one in fields]
    return order, {at for at, one in zip(order, fields, strict=True) if isinstance(one, JSONField)}
