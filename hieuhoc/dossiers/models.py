"""One subject's assessment in a round: answers, evidence, state, the score sheet frozen at proposal."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hieuhoc.common.ids import uuid7
from hieuhoc.registry.models import Model


class State(models.TextChoices):
    """Where a dossier stands; the moves between them are in ``workflow``."""

    DRAFT = "draft", "Đang làm"
    SUBMITTED = "submitted", "Thôn đã gửi"
    RETURNED = "returned", "Trả lại"
    VERIFIED = "verified", "Đã thẩm định"
    PROPOSED = "proposed", "Đã đề nghị"
    RECOGNISED = "recognised", "Được công nhận"
    NOT_RECOGNISED = "not_recognised", "Chưa được công nhận"
    WITHDRAWN = "withdrawn", "Đã rút"


class Outcome(models.TextChoices):
    """What the scoring says; empty before anything was scored."""

    NONE = "", "Chưa chấm"
    PASS = "pass", "Đạt"
    FAIL = "fail", "Chưa đạt"
    INCOMPLETE = "incomplete", "Chưa đủ để kết luận"


class Dossier(models.Model):
    """One row a dossier. ``answers`` is ``{key: {"value", "by", "at", "rev"}}``; ``facts`` what the set asks for.

    ``sheet`` is the score sheet (scoring.Result as JSON): live while the dossier is open, frozen at proposal.
    ``revoked_on`` is the day from which its title stands no more, ``revoked_at`` when that was recorded; the state
    stays "recognised", since that is what was decided. ``dropped_at`` is when its title left an unsigned decision.
    """

    class Application(models.TextChoices):
        NEW = "new", "Công nhận"
        AGAIN = "again", "Công nhận lại"
        UPGRADE = "upgrade", "Nâng mức độ"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="dossiers", db_index=False)
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="dossiers")
    model = models.CharField(max_length=12, choices=Model)
    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    application = models.CharField(max_length=8, choices=Application, default=Application.NEW)
    level_sought = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.NONE, blank=True)
    total = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    level = models.PositiveSmallIntegerField(null=True)
    missing = models.PositiveSmallIntegerField(null=True)
    because = models.TextField(blank=True)
    sheet = models.JSONField(null=True)
    frozen_at = models.DateTimeField(null=True)
    recognised_at = models.DateTimeField(null=True)
    revoked_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="Lý do trả lại, rút hoặc chưa công nhận")
    revision = models.PositiveIntegerField(default=1)
    registered_by_import = models.ForeignKey("sheets.Import", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "subject"], name="dossiers_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "recognised"]) | Q(frozen_at__isnull=False),
                name="dossiers_frozen_when_proposed",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None, revoked_at=None)
                | Q(revoked_on__isnull=False, revoked_at__isnull=False, state="recognised"),
                name="dossiers_revoked_was_recognised",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "model", "state"], name="dossiers_round_state"),
            models.Index(fields=["round", "place", "model"], name="dossiers_round_place"),
            models.Index(fields=["round", "model"], condition=Q(revoked_on__isnull=False), name="dossiers_revoked"),
            models.Index(fields=["round", "model"], condition=Q(dropped_at__isnull=False), name="dossiers_dropped"),
        ]


class Evidence(models.Model):
    """A file that supports an answer; removing it leaves the line, without the file."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="evidence")
    indicator = models.CharField(max_length=20, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True)
    note = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)


class ScoredRow(models.Model):
    """The answers a score sheet replaced in a dossier, kept so that the import can be undone."""

    imported = models.ForeignKey("sheets.Import", models.CASCADE, related_name="+")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    before = models.JSONField()
    row = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["imported", "dossier"], name="dossiers_row_once")]


class PaperForm(models.Model):
    """A numbered form on paper: of a subject, or blank for a new one until somebody keys in who it is.

    The number stays with its form however often it is printed. The subject is not held fast: an addition or a roster
    taken back takes the subject out, and the number is then nobody's.
    """

    class Kind(models.TextChoices):
        REGISTER = "register", "Phiếu đăng ký"
        SCORE = "score", "Phiếu chấm điểm"

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="paper_forms")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    model = models.CharField(max_length=12, choices=Model)
    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    subject = models.ForeignKey(
        "registry.Subject", models.DO_NOTHING, null=True, db_constraint=False, related_name="paper_forms"
    )
    blank = models.BooleanField(default=False)
    printed_at = models.DateTimeField(auto_now_add=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    keyed_at = models.DateTimeField(null=True)
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="dossiers_paper_number"),
            models.UniqueConstraint(
                fields=["round", "kind", "subject"], condition=Q(blank=False), name="dossiers_paper_once"
            ),
        ]
        indexes = [models.Index(fields=["subject"], name="dossiers_paper_subject")]
