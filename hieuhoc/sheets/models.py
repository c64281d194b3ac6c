"""What was brought in from a workbook, and which heading officers said means which column."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hieuhoc.common.ids import uuid7


class State(models.TextChoices):
    """Where an import stands; `applying` is left behind by a process that died, and may be run again."""

    CHECKED = "checked", "đã kiểm tra"
    APPLYING = "applying", "đang ghi"
    APPLIED = "applied", "đã ghi"
    UNDONE = "undone", "đã hoàn tác"
    REFUSED = "refused", "không đọc được"


class Import(models.Model):
    """One workbook checked for one place and kind, what was found in it, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField(null=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHECKED)
    mapping = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    records = models.PositiveIntegerField(default=0)
    ok = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="sheets_import_state"),
            models.CheckConstraint(condition=Q(ok__lte=models.F("records")), name="sheets_import_counts"),
            models.CheckConstraint(
                condition=~Q(state__in=["applied", "undone"]) | Q(applied_at__isnull=False),
                name="sheets_import_applied_at",
            ),
        ]
        indexes = [models.Index(fields=["place", "-created_at"], name="sheets_import_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ColumnMemory(models.Model):
    """A heading a place once corrected: the column it means; an empty key leaves the column out."""

    place = models.ForeignKey("places.Unit", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    header_key = models.CharField(max_length=200)
    key = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "kind", "header_key"], name="sheets_memory_once")]
