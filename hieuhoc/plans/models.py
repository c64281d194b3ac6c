"""Plans with their targets and dated activities, as a person confirmed them; the database freezes a published plan.

A plan is amended or replaced by a later plan, never edited. Every target and activity keeps the characters of the text
it was read from (``start``, ``end`` count in ``Plan.text``); one that a person added has none. What a place did about
an activity is its ``Progress``: one row a period, its earlier states are in the act log.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hieuhoc.common.ids import uuid7
from hieuhoc.plans.timetable import KEY
from hieuhoc.registry.models import Model


class Plan(models.Model):
    """One plan document of a place. ``issued`` is the day it is in force from; years are those it is made for."""

    class State(models.TextChoices):
        DRAFT = "draft", "Chưa xác nhận"
        PUBLISHED = "published", "Đã xác nhận"

    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="plans")
    programme = models.CharField(max_length=12, help_text="Chương trình: 387, 281, 1373…")
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issued = models.DateField(null=True)
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    read = models.JSONField(default=dict, help_text="Điều phần mềm đọc được: phần đầu, cảnh báo, nhiệm vụ từng bên")
    note = models.TextField(blank=True, help_text="Nguồn, điều suy ra")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amended_by")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(issued__isnull=False, first_year__lte=F("last_year"), published_at__isnull=False),
                name="plans_published_has_days",
            ),
        ]
        indexes = [models.Index(fields=["place", "issued"], name="plans_place_issued")]

    def __str__(self) -> str:
        return self.number or f"Kế hoạch {self.pk}"


class AreaClass(models.Model):
    """From a day on a commune is of an area whose targets differ (hard, mountain); only followed by later rows."""

    class Area(models.TextChoices):
        GENERAL = "general", "Vùng chung"
        HARD = "hard", "Vùng khó khăn"
        MOUNTAIN = "mountain", "Miền núi"

    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    area = models.CharField(max_length=10, choices=Area)
    since = models.DateField()
    legal_basis = models.CharField(max_length=200)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["place", "since"], name="plans_area_since")]
        constraints = [models.CheckConstraint(condition=~Q(legal_basis=""), name="plans_area_by_law")]

    def __str__(self) -> str:
        return f"{self.place_id}: {self.area} ({self.since:%d/%m/%Y})"


class Target(models.Model):
    """A figure to be reached, in the vocabulary of domain §6; ``value_to`` is the upper end of a range."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=12, choices=Model, blank=True)
    measure = models.CharField(max_length=12)
    population = models.CharField(max_length=60)
    area = models.CharField(max_length=10, default="general")
    year = models.PositiveSmallIntegerField(null=True)
    comparator = models.CharField(max_length=10)
    value = models.DecimalField(max_digits=16, decimal_places=4)
    value_to = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    unit = models.CharField(max_length=20)
    sentence = models.TextField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plans_target_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.measure} {self.value}"


class Activity(models.Model):
    """A dated act of a plan; ``when`` is a list of {"year", "quarter", "month", "every"}."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="activities")
    position = models.PositiveSmallIntegerField()
    task = models.TextField(blank=True)
    item = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    when = models.JSONField(default=list)
    lead = models.TextField(blank=True)
    joins = models.TextField(blank=True)
    sentence = models.TextField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plans_activity_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Progress(models.Model):
    """What a place says of one activity in one period; ``revision`` counts how often it said so."""

    class State(models.TextChoices):
        TODO = "todo", "Chưa làm"
        DOING = "doing", "Đang làm"
        DONE = "done", "Đã xong"
        DROPPED = "dropped", "Không làm"

    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="progress")
    period = models.CharField(max_length=16, help_text="timetable.Period.key")
    state = models.CharField(max_length=10, choices=State, default=State.TODO)
    reason = models.CharField(max_length=500, blank=True)
    responsible = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "activity", "period"], name="plans_progress_once"),
            models.CheckConstraint(
                condition=Q(state__in=("todo", "doing", "done", "dropped")), name="plans_progress_state_known"
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(reason=""), name="plans_progress_dropped_why"),
            models.CheckConstraint(condition=Q(period__regex=f"^(?:{KEY.pattern})$"), name="plans_progress_period"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.period}: {self.state}"

    @property
    def said(self) -> bool:
        """Whether it says anything; not after the only thing said was taken back."""
        return self.state != self.State.TODO or bool(self.responsible or self.note)


class ProgressFile(models.Model):
    """A photo or PDF that shows what was done; taking it away leaves the line."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    progress = models.ForeignKey(Progress, models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)


class Feed(models.Model):
    """A secret address under which one person's calendar reads a place's activities, until it is revoked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "user"], condition=Q(revoked_at=None), name="plans_feed_one_at_a_time"
            ),
        ]
