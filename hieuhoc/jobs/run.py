"""Long work with progress: ``start`` it, the worker runs it, a page watches it, a person may stop it.

A task is a function registered with ``@task("name")`` that takes a ``Progress`` and its JSON arguments and returns
a JSON result. It must be safe to run again: a worker that was killed leaves its job to the next one.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import now
from procrastinate.contrib.django import app

from hieuhoc.jobs.models import Job

logger = logging.getLogger("hieuhoc.jobs")
TASKS: dict[str, Callable[..., dict | None]] = {}
STALE = timedelta(seconds=60)


class Cancelled(Exception):
    """A person stopped the job; the work in hand is rolled back."""


class Progress:
    """How far a job is; written on a connection of its own so that it is seen before the work commits."""

    def __init__(self, job_id: UUID | None = None):
        self.job_id = job_id
        self.own = connection.copy() if job_id else None

    def step(self, words: str, done: int = 0, total: int | None = None) -> None:
        """Say what is being done and how far; raises ``Cancelled`` when the job was stopped."""
        if self.own is None:
            return
        with self.own.cursor() as cursor:
            cursor.execute(
                "update jobs_job set step = %s, done = %s, total = %s, heartbeat_at = now()"
                " where id = %s and state = 'running'",
                [words, done, total, self.job_id],
            )
            if cursor.rowcount == 0:
                raise Cancelled

    def close(self) -> None:
        """Give the connection back."""
        if self.own is not None:
            self.own.close()


def task(name: str) -> Callable:
    """Register a function as the task ``name``."""

    def register(function: Callable[..., dict | None]) -> Callable[..., dict | None]:
        TASKS[name] = function
        return function

    return register


def every(cron: str, name: str) -> Callable:
    """Have a function of no arguments done by the worker at the times of ``cron``; nobody watches it."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        @app.periodic(cron=cron)
        @app.task(queue="work", name=name, queueing_lock=name)
        def done(timestamp: int) -> None:
            function()

        return function

    return register


def start(name: str, title: str, *, by: Any, place_id: int | None = None, back_to: str = "", **args: Any) -> Job:
    """Put a task in the queue; return its job, which a page can watch at ``jobs:one``."""
    if name not in TASKS:
        raise LookupError(name)
    job = Job.objects.create(task=name, title=title, args=args, place_id=place_id, back_to=back_to, started_by=by)
    transaction.on_commit(lambda: perform.defer(job=str(job.pk)))
    return job


@app.task(queue="work", name="hieuhoc.perform")
def perform(job: str) -> None:
    """Run one job to its end; what went wrong is kept in words on the job."""
    if not Job.objects.filter(pk=job, state__in=[Job.State.WAITING, Job.State.RUNNING]).update(
        state=Job.State.RUNNING, started_at=now(), heartbeat_at=now()
    ):
        return
    found = Job.objects.get(pk=job)
    progress = Progress(found.pk)
    try:
        result = TASKS[found.task](progress, by=found.started_by, **found.args)
    except Cancelled:
        return
    except Exception as problem:
        logger.exception("job %s (%s) failed", found.pk, found.task)
        end(found, Job.State.FAILED, problem=str(problem) or traceback.format_exc(limit=1))
    else:
        end(found, Job.State.DONE, result=result or {})
    finally:
        progress.close()


def end(job: Job, state: str, **fields: Any) -> None:
    """Write how a running job ended."""
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(state=state, ended_at=now(), **fields)


def cancel(job_id: UUID) -> bool:
    """Stop a job that waits or runs; its unfinished work is rolled back. False when it had ended."""
    return bool(
        Job.objects.filter(pk=job_id, state__in=[Job.State.WAITING, Job.State.RUNNING]).update(
            state=Job.State.CANCELLED, ended_at=now()
        )
    )


def revive() -> int:
    """Queue again the jobs whose worker died: running, and silent for a minute; return how many."""
    silent = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=now() - STALE)
    ids = list(silent.values_list("pk", flat=True))
    for pk in ids:
        perform.defer(job=str(pk))
    Job.objects.filter(pk__in=ids).update(state=Job.State.WAITING)
    return len(ids)
