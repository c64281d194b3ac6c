"""Watch a job, stop it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hieuhoc.jobs import run
from hieuhoc.jobs.models import Job


def job_for(request: HttpRequest, pk: UUID) -> Job:
    """The job if the reader started it; another's looks absent."""
    job = Job.objects.filter(pk=pk, started_by_id=request.user.pk).first()
    if job is None:
        raise Http404
    return job


@login_required
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The job's page, or only its moving part when htmx asks for it."""
    job = job_for(request, pk)
    part = "jobs/_progress.html" if request.headers.get("HX-Request") else "jobs/one.html"
    ended = job.state in (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)
    return render(request, part, {"job": job, "ended": ended})


@login_required
@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop the job; what it had not finished is rolled back."""
    run.cancel(job_for(request, pk).pk)
    return redirect("jobs:one", pk)
