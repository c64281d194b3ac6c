"""Make an installation ready: tables, the catalogue of places, the shipped criteria sets.

``ensure()`` is quick when nothing is to be done and safe to call from several processes at once.
"""

from __future__ import annotations

import sys

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK = 387_2022


def ensure() -> None:
    """Bring tables and catalogues up to date; a second process waits for the first."""
    if not missing():
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        try:
            if pending_migrations():
                sys.stderr.write("Đang chuẩn bị cơ sở dữ liệu…\n")
                call_command("migrate", verbosity=0, interactive=False)
            load_catalogues()
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def missing() -> bool:
    """Say whether tables or catalogues are still to be made."""
    return pending_migrations() or not _catalogues_loaded()


def pending_migrations() -> bool:
    """Say whether the database is behind the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def load_catalogues() -> None:
    """Load the places, criteria sets and national programme that ship; loading again changes nothing."""
    from hieuhoc.criteria import actions as criteria
    from hieuhoc.places import load as places
    from hieuhoc.plans import national

    places.load()
    criteria.load_shipped_sets()
    national.load()


def _catalogues_loaded() -> bool:
    from hieuhoc.criteria.models import CriteriaVersion
    from hieuhoc.places.models import Unit
    from hieuhoc.plans.models import Plan

    return Unit.objects.exists() and CriteriaVersion.objects.exists() and Plan.objects.exists()
