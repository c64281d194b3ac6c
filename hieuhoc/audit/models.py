"""The act log: who did what, on what, why; written in the transaction of the act and never changed."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One act. ``before`` and ``after`` hold what changed; personal numbers are never written here."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    place = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_target"),
            models.Index(fields=["place", "-at"], name="audit_place_at"),
        ]


class EntryTarget(models.Model):
    """One of the things an act on many was done to, so that each keeps its own history."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="targets")
    target_type = models.CharField(max_length=60)
    target_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["target_id", "entry"], name="audit_entry_target")]
