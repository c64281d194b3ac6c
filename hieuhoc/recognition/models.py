"""Tables of recognition: meetings, council, submission, decision, titles given, and the later facts about them.

A decision has legal effect from the day it is signed. Until then its number, day and signer may be filled in, once;
after that the database refuses every change, to it and to the titles it gave. What happens later (revocation,
correction) is a row of its own. A title keeps the words of its certificate: those of its subject in
``Recognition.printed``, those shared by all in ``Decision.wording``.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hieuhoc.common.ids import uuid7
from hieuhoc.registry.models import Model


class MemberRole(models.TextChoices):
    """What a member of the council is in it."""

    CHAIR = "chair", "Chủ tịch hội đồng"
    VICE = "vice", "Phó Chủ tịch"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Ủy viên"


class Council(models.Model):
    """The council of a round; the latest one works."""

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="councils")
    founded_by = models.CharField(max_length=300, blank=True, help_text="Quyết định thành lập hội đồng")
    created_at = models.DateTimeField(auto_now_add=True)


class CouncilMember(models.Model):
    """A member; ``association`` says that the member sits for the Hội Khuyến học."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    association = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["council", "position"], name="recognition_member_place"),
            models.UniqueConstraint(fields=["council"], condition=Q(role="chair"), name="recognition_one_chair"),
        ]


class VillageMeeting(models.Model):
    """The meeting of a village that puts its subjects forward; counts left empty are filled in by pen."""

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="village_meetings")
    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    held = models.CharField(max_length=120, blank=True, help_text="19 giờ 00, ngày 12 tháng 11 năm 2026")
    ended = models.CharField(max_length=120, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=120, blank=True)
    chair_post = models.CharField(max_length=120, blank=True)
    secretary = models.CharField(max_length=120, blank=True)
    secretary_post = models.CharField(max_length=120, blank=True)
    summoned = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    opinions = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="recognition_meeting_once"),
            models.CheckConstraint(
                condition=Q(summoned=None) | Q(present=None) | Q(present__lte=models.F("summoned")),
                name="recognition_present_summoned",
                violation_error_message="Số hộ có mặt nhiều hơn số hộ được triệu tập.",
            ),
        ]


class Submission(models.Model):
    """A tờ trình: what the association put forward and the counts it stated."""

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="submissions")
    number = models.CharField(max_length=40, blank=True)
    day = models.DateField(null=True)
    signer = models.CharField(max_length=120, blank=True)
    tallies = models.JSONField(default=list, help_text="[{model, total, registered, proposed}]")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)


class Submitted(models.Model):
    """A dossier that stood behind the counts of a tờ trình when it was written."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="listed")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="submitted")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "dossier"], name="recognition_submitted_once")]


class CouncilMeeting(models.Model):
    """The council deliberates, in session or in writing (domain §5)."""

    class Form(models.TextChoices):
        SESSION = "session", "Họp, biểu quyết bằng phiếu"
        WRITTEN = "written", "Lấy ý kiến bằng văn bản"

    council = models.ForeignKey(Council, models.PROTECT, related_name="meetings")
    form = models.CharField(max_length=8, choices=Form, default=Form.SESSION)
    number = models.CharField(max_length=40, blank=True)
    held = models.CharField(max_length=120, blank=True)
    ended = models.CharField(max_length=120, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    present = models.ManyToManyField(CouncilMember, related_name="+")
    opinions = models.TextField(blank=True)
    conclusions = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)


class Vote(models.Model):
    """The votes on all dossiers of a model, or on one dossier."""

    meeting = models.ForeignKey(CouncilMeeting, models.CASCADE, related_name="votes")
    model = models.CharField(max_length=12, choices=Model)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="+")
    dossiers = models.PositiveIntegerField()
    yes = models.PositiveSmallIntegerField()
    no = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "model", "dossier"], nulls_distinct=False, name="recognition_vote_once"
            )
        ]


class Decision(models.Model):
    """A decision of the People's Committee; without a day it is not signed yet."""

    class Kind(models.TextChoices):
        GRANT = "grant", "Công nhận"
        REVOKE = "revoke", "Thu hồi"
        CORRECT = "correct", "Đính chính"

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="decisions")
    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.GRANT)
    number = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=20, default="QĐ-UBND")
    day = models.DateField(null=True)
    body = models.CharField(max_length=200)
    bases = ArrayField(models.TextField(), default=list)
    wording = models.JSONField(default=dict)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    listed_at = models.DateTimeField(null=True, help_text="Lúc danh sách của quyết định chưa ký đổi lần cuối")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(day=None, signed_at=None) | Q(day__isnull=False, signed_at__isnull=False) & ~Q(number=""),
                name="recognition_signed_is_numbered",
            ),
            models.UniqueConstraint(
                fields=["place", "number", "symbol", "day"], condition=~Q(number=""), name="recognition_number_once"
            ),
        ]

    @property
    def is_signed(self) -> bool:
        """Whether it has legal effect."""
        return self.day is not None


class Recognition(models.Model):
    """A title given to a subject; never changed, only followed by later facts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="recognitions")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="recognitions", db_index=False)
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="recognitions")
    model = models.CharField(max_length=12, choices=Model)
    year = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(null=True)
    validity_months = models.PositiveSmallIntegerField(null=True, help_text="Trống: danh hiệu của năm")
    commune = models.ForeignKey("places.Unit", models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+", db_index=False)
    sequence = models.PositiveIntegerField(help_text="Số vào sổ trong năm của xã và danh hiệu")
    code = models.CharField(max_length=16, unique=True)
    printed = models.JSONField(help_text="name, address, title, subject, number, detail, illustrative")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="recognition_once"),
            models.UniqueConstraint(fields=["commune", "model", "year", "sequence"], name="recognition_sequence_once"),
        ]


class Dropped(models.Model):
    """A title taken out of a decision before it was signed, kept as it was, so that it can go back until then."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="dropped")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="dropped")
    kept = models.JSONField(help_text="Danh hiệu như lúc đưa ra: số vào sổ và mã không dùng cho ai khác")
    reason = models.TextField()
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "dossier"], condition=Q(undone_at=None), name="recognition_dropped_once"
            )
        ]


class Revocation(models.Model):
    """A title taken back by a later decision."""

    recognition = models.OneToOneField(Recognition, models.PROTECT, related_name="revocation")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="revocations")
    reason = models.TextField()


class Correction(models.Model):
    """Words of a certificate put right by a later decision; ``before`` and ``after`` hold the words changed."""

    recognition = models.ForeignKey(Recognition, models.PROTECT, related_name="corrections")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()


class Printing(models.Model):
    """Certificates that went to a printer: the originals of a signed decision once, then copies."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="printings")
    recognition = models.ForeignKey(Recognition, models.PROTECT, null=True, related_name="printings")
    copy = models.BooleanField()
    count = models.PositiveIntegerField()
    left_out = ArrayField(models.UUIDField(), default=list, help_text="Danh hiệu đã thu hồi, đính chính trước khi in")
    reason = models.CharField(max_length=300, blank=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    printed_at = models.DateTimeField(auto_now_add=True)


class Paper(models.Model):
    """A paper that was made: the file as it was, with its hash; the latest of a kind is the one in use."""

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=24)
    place = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="papers")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["round", "kind", "-made_at"], name="recognition_paper_latest")]


class PaperTemplate(models.Model):
    """A commune's own template of a Word paper; the latest one is used, ``file`` empty means the product's again."""

    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["place", "kind", "-given_at"], name="recognition_template_latest")]


class CheckMiss(models.Model):
    """Codes asked for in vain, per asker and window of time: slows down whoever tries codes."""

    asker = models.CharField(max_length=64)
    window = models.BigIntegerField()
    misses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asker", "window"], name="recognition_miss_once")]
