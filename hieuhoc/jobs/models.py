"""Long work as a person sees it: what runs, how far it is, what came of it."""

from django.conf import settings
from django.db import models

from hieuhoc.common.ids import uuid7


class Job(models.Model):
    """One piece of long work. ``task`` names a function registered in ``jobs.run``, ``args`` its JSON arguments."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang chạy"
        DONE = "done", "Xong"
        FAILED = "failed", "Không xong"
        CANCELLED = "cancelled", "Đã dừng"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    args = models.JSONField(default=dict)
    place = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    step = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    problem = models.TextField(blank=True)
    back_to = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
