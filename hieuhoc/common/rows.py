"""Statements written by hand, for what is asked so often that building the question costs more than its answer, and
instances of a model from their rows. Use: ``rows.made(Dossier, ("id", "state"), rows.ask(STATEMENT, [ids])[0])``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import JSONField, Model
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)
# Among ids: written so that the plan does not depend on how many they are, else the server would plan every time.
AMONG = "any((select %s::uuid[])::uuid[])"
PLAIN = (UUID, int, Decimal, float, date)  # what reads the same in an array as it is written
SERVER: Any = connection  # of config.postgres


def ask(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple]:
    """The rows that a statement gives whose plan the server keeps; its values need their types, lists as arrays."""
    with SERVER.planned_cursor() as cursor:
        cursor.execute(statement, _sent(values))
        return cursor.fetchall()


def tell(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> None:
    """Do a statement that gives no rows, in the same way."""
    with SERVER.planned_cursor() as cursor:
        cursor.execute(statement, _sent(values))


def _sent(values: Sequence[Any] | Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
    """The values with each list written as an array: the driver, which looks for its type, takes four times as long."""
    if isinstance(values, Mapping):
        return {name: array(one) if isinstance(one, list) else one for name, one in values.items()}
    return [array(one) if isinstance(one, list) else one for one in values]


def array(values: Iterable[Any]) -> str:
    """Ids, numbers or words as PostgreSQL reads an array of them; None is its null."""
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if value is None:
        return "null"
    if not isinstance(value, PLAIN):
        raise TypeError(f"{type(value).__name__} in a list for the database")
    return str(value)


def made(model: type[M], columns: tuple[str, ...], row: Sequence[Any]) -> M:
    """The instance that ``row`` holds, named by ``columns``; a column left out is read when asked for.

    JSON comes as the database writes it or as it is read already.
    """
    values = dict(zip(columns, row, strict=True))
    for name in _holding_json(model, columns):
        if isinstance(values[name], str):
            values[name] = json.loads(values[name])
    one = model.__new__(model)  # as unpickling does: the constructor looks at every column of the model
    one._state = ModelState()
    one._state.adding, one._state.db = False, DEFAULT_DB_ALIAS
    one.__dict__.update(values)
    return one


@cache
def _holding_json(model: type[Model], columns: tuple[str, ...]) -> list[str]:
    """Those of the columns that hold JSON."""
    fields = {one.attname: one for one in model._meta.concrete_fields}
    if unknown := set(columns) - fields.keys():
        raise LookupError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    return [name for name in columns if isinstance(fields[name], JSONField)]
