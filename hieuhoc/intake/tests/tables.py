"""The contents of the tables an import may touch, to compare before and after."""

from __future__ import annotations

from typing import Any

from django.db import connection

REGISTRY = ("registry_subject", "registry_citizennumber", "registry_membership", "registry_importedrow")
DOSSIERS = ("dossiers_dossier", "dossiers_scoredrow")
# A revision only rises: a page that showed the one before must not be believed again. What was ever written has a later
# time of change for the same reason.
RISING = {"dossiers_dossier": ("revision", "updated_at")}


def contents(*tables: str) -> dict[str, list[Any]]:
    """Every row of each table as JSON, without what only rises."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables or (*REGISTRY, *DOSSIERS):
            left_out = "".join(f" - '{column}'" for column in RISING.get(table, ()))
            cursor.execute(f"select (to_jsonb(t){left_out})::text from {table} t order by 1")
            found[table] = [row[0] for row in cursor.fetchall()]
    return found
