"""Applying a large file as long work: its page says how far it is; it may be left, or stopped until the last moment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from hieuhoc.accounts.models import User
from hieuhoc.common.numbers import vn_int
from hieuhoc.intake import actions
from hieuhoc.jobs.models import Job
from hieuhoc.jobs.run import Progress, task
from hieuhoc.jobs.run import start as start_job
from hieuhoc.sheets.models import Import, State

MANY = 3000
STEPS = 3


def start(made: Import, *, by: Any) -> Job:
    """Put the application of a checked file in the queue, once."""
    return actions.queue(made.pk, by=by, start=lambda one: _started(one, by))


def _started(made: Import, by: Any) -> Job:
    return start_job(
        "intake.apply",
        f"Ghi tệp «{made.file.name}» vào sổ"[:200],
        by=by,
        place_id=made.place_id,
        back_to=reverse("intake:one", args=[made.pk]),
        import_id=str(made.pk),
    )


@task("intake.apply")
def apply(progress: Progress, *, by: User, import_id: str) -> dict[str, Any]:
    """Read and write the file in one transaction: broken off or stopped it leaves nothing, run again it is done."""
    made = Import.objects.get(pk=import_id)
    if made.state != State.APPLIED:
        progress.step(f"Đang đọc và ghi {vn_int(made.ok)} dòng vào sổ…", 1, STEPS)
        with transaction.atomic():
            made = actions.apply(UUID(import_id), by=by)
            progress.step("Đang kết thúc…", 2, STEPS)
    return {"message": f"Đã ghi {vn_int(made.ok)} dòng vào sổ."}
