"""Self-assessment by link: the links a commune gives out, what a household answers through them, tries in vain.

The answers are kept apart from the dossier's: they are what the subject says of itself, until the commune takes them
over. Nothing here opens a link: address and paper codes are derived from a key outside the database (``keys``).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hieuhoc.common.ids import uuid7
from hieuhoc.registry.models import Model


class Way(models.TextChoices):
    """How whoever opens a link confirms who they are."""

    BIRTH_YEAR = "birth_year", "Năm sinh"
    CODE = "code", "Mã in trên phiếu"


class Link(models.Model):
    """An address for one subject, or for all subjects of a model at ``place`` (a poster: ``subject`` is empty)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="self_links")
    model = models.CharField(max_length=12, choices=Model)
    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    subject = models.ForeignKey("registry.Subject", models.PROTECT, null=True, related_name="self_links")
    way = models.CharField(max_length=10, choices=Way)
    expires_on = models.DateField(help_text="Ngày cuối còn mở được")
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, help_text="Lý do thu hồi")
    misses = models.PositiveIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True, help_text="Lần đầu có người xác nhận đúng")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "subject"],
                condition=Q(revoked_at=None, subject__isnull=False),
                name="selfassessment_link_once",
            ),
            models.UniqueConstraint(
                fields=["round", "place", "model"],
                condition=Q(revoked_at=None, subject=None),
                name="selfassessment_poster_once",
            ),
        ]
        indexes = [models.Index(fields=["round", "place"], name="selfassessment_round_place")]


class SelfAssessment(models.Model):
    """What a subject says of itself in a round: ``answers`` is ``{key: value}`` of the pinned set, judged on the way.

    Consent is kept with its purposes and the version of the text that was read. When it is withdrawn the answers go
    and the line stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="self_assessments")
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="self_assessments")
    model = models.CharField(max_length=12, choices=Model)
    link = models.ForeignKey(Link, models.PROTECT, related_name="self_assessments")
    answers = models.JSONField(default=dict)
    outcome = models.CharField(max_length=12, blank=True)
    total = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    because = models.TextField(blank=True)
    consented_at = models.DateTimeField()
    consent = models.JSONField(help_text="{purposes, text, represented}")
    withdrawn_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True, help_text="Lần cuối xã lấy câu trả lời vào hồ sơ")
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "subject"], name="selfassessment_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(answers={}, finished_at=None, total=None, outcome="", because=""),
                name="selfassessment_withdrawn_is_empty",
            ),
        ]


class NameMiss(models.Model):
    """Wrong confirmations of one name under one link, whether anybody bears the name or not."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="+")
    name = models.BinaryField(max_length=32)
    misses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "name"], name="selfassessment_name_once")]


class AskerMiss(models.Model):
    """Wrong confirmations from one address in a window of time; addresses are kept as a keyed hash."""

    asker = models.BinaryField(max_length=32)
    window = models.BigIntegerField()
    misses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asker", "window"], name="selfassessment_asker_once")]
