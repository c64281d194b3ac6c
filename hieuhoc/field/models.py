"""What phones sent: raw envelopes with what became of them, photos on their way, new ids for known subjects."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Outcome(models.TextChoices):
    """What became of an envelope; empty while it lies there unread."""

    RECEIVED = "", "Đã nhận"
    APPLIED = "applied", "Đã ghi"
    HELD = "held", "Đang giữ"
    CONFLICT = "conflict", "Hai bản khác nhau"
    REFUSED = "refused", "Không nhận"


class Kind(models.TextChoices):
    """What an envelope asks for (PROTOCOL.md)."""

    SUBJECT = "subject", "Thêm vào sổ"
    REGISTER = "register", "Đăng ký"
    ANSWER = "answer", "Câu trả lời"
    PHOTO = "photo", "Ảnh minh chứng"
    DROP_PHOTO = "drop_photo", "Gỡ ảnh"
    WITHDRAW = "withdraw", "Rút đăng ký"
    SUBMIT = "submit", "Gửi lên xã"
    NOTE = "note", "Lời nhắn"


class Envelope(models.Model):
    """One change made on a phone, as it came (``body``), and what became of it.

    ``number`` is the server's own order of arrival; ``made_id`` the id the phone gave. ``written_at`` is the phone's
    clock: shown to people, never used to order. ``brought_by`` took it in from a file. ``result`` keeps the revision
    of an answer that was written, or what stood there when two answers met. Each row is written twice and its state
    changes, so only what is searched by has an index.
    """

    class Settlement(models.TextChoices):
        KEPT = "kept", "Giữ bản đang có"
        TAKEN = "taken", "Lấy bản từ điện thoại"
        JOINED = "joined", "Là mục đã có"
        SEPARATE = "separate", "Là mục khác"
        READ = "read", "Đã xem"

    number = models.BigAutoField(primary_key=True)
    made_id = models.UUIDField(unique=True)
    box = models.UUIDField(null=True)
    kind = models.CharField(max_length=12)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    place = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")
    subject = models.UUIDField(null=True)
    key = models.CharField(max_length=20, blank=True)
    body = models.JSONField()
    written_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.RECEIVED, blank=True)
    code = models.CharField(max_length=20, blank=True)
    message = models.TextField(blank=True)
    result = models.JSONField(null=True)
    waits_for = models.UUIDField(null=True)
    asked = models.CharField(max_length=500, blank=True, help_text="Câu xã hỏi lại thôn")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField(null=True)
    settlement = models.CharField(max_length=8, choices=Settlement, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)
    settled_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="field_outcome_known"),
            models.CheckConstraint(
                condition=Q(settlement="", settled_at=None) | (~Q(settlement="") & Q(settled_at__isnull=False)),
                name="field_settled_with_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["waits_for"], condition=Q(outcome="held"), name="field_held"),
            models.Index(fields=["number"], condition=Q(outcome=""), name="field_unread"),
            models.Index(
                fields=["place", "kind"],
                condition=Q(settlement="") & (Q(outcome__in=["held", "conflict", "refused"]) | Q(kind="note")),
                name="field_open",
            ),
            models.Index(fields=["subject"], condition=Q(settlement="", outcome="conflict"), name="field_conflicts"),
        ]


class Photo(models.Model):
    """A photo on its way: pieces lie in the data directory until all are there, then it is a kept file."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    have = models.PositiveIntegerField(default=0)
    refused = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(have__lte=models.F("size")), name="field_photo_not_longer"),
        ]


class StandIn(models.Model):
    """The id a phone gave to what it took for new stands for a subject that was known already."""

    made_id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("registry.Subject", models.CASCADE, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)
