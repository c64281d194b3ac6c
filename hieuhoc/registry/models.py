"""Subjects that can be recognised, and who belongs to whom.

A subject lives at its ``place`` (a village, or the commune for what stands above villages); ``commune`` is
kept beside it so that lists and sums of a commune need no tree.
"""

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hieuhoc.common.ids import uuid7


class Model(models.TextChoices):
    """The kinds of learning model (domain §2)."""

    FAMILY = "FAMILY", "Gia đình học tập"
    CLAN = "CLAN", "Dòng họ học tập"
    COMMUNITY = "COMMUNITY", "Cộng đồng học tập"
    ORGANISATION = "ORGANISATION", "Đơn vị học tập"
    CITIZEN = "CITIZEN", "Công dân học tập"
    COMMUNE = "COMMUNE", "Cộng đồng học tập cấp xã"


class Subject(models.Model):
    """A household, clan, village community, organisation or citizen.

    ``natural_key`` is what makes it one and the same in a roster (rules.natural_key); ``details`` holds the
    counts and words of its model under the canonical keys of the sheets (members, adults, head, birth_date …).
    That place, commune and import are there is checked by triggers once a statement, not row by row, and the subject
    it was merged into only where there is one: a roster may be a hundred thousand rows
    (docs/decisions/rosters-checked-by-statement.md).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    model = models.CharField(max_length=12, choices=Model)
    place = models.ForeignKey(
        "places.Unit", models.PROTECT, related_name="subjects", db_index=False, db_constraint=False
    )
    commune = models.ForeignKey("places.Unit", models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    natural_key = models.CharField(max_length=400)
    code = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    details = models.JSONField(default=dict)
    active_from = models.DateField()
    active_to = models.DateField(null=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False, db_constraint=False
    )
    enrolled_by_import = models.ForeignKey(
        "sheets.Import", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["natural_key", "model", "commune"],
                condition=Q(active_to=None),
                name="registry_subject_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="registry_subject_named"),
        ]
        indexes = [
            models.Index(fields=["commune", "model"], name="registry_commune"),
            models.Index(fields=["place"], name="registry_place"),
            models.Index(fields=["merged_into"], name="registry_merged", condition=Q(merged_into__isnull=False)),
            # The subjects of one import lie together, so where they lie need not be kept row by row.
            BrinIndex(fields=["enrolled_by_import"], name="registry_import"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A subject belongs to a group for a time: person in household or organisation, household in clan."""

    member = models.ForeignKey(Subject, models.PROTECT, related_name="groups")
    group = models.ForeignKey(Subject, models.PROTECT, related_name="members")
    role = models.CharField(max_length=20, blank=True)
    valid = DateRangeField()
    imported = models.ForeignKey("sheets.Import", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "group"],
                condition=Q(valid__upper_inf=True),
                name="registry_membership_once",
            ),
            models.CheckConstraint(condition=~Q(member=models.F("group")), name="registry_membership_other"),
        ]
        indexes = [
            models.Index(fields=["group", "member"], name="registry_group_member"),
            models.Index(fields=["imported"], name="registry_member_import", condition=Q(imported__isnull=False)),
        ]


class Distinct(models.Model):
    """Somebody looked at two subjects that might be one and said that they are two."""

    first = models.ForeignKey(Subject, models.CASCADE, related_name="+")
    second = models.ForeignKey(Subject, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="registry_distinct_once")]


class CitizenNumber(models.Model):
    """The citizen number (CCCD) of a subject: encrypted, found by a keyed hash, shown masked.

    Triggers keep it from being there without its subject.
    """

    subject = models.OneToOneField(
        Subject, models.CASCADE, primary_key=True, related_name="citizen_number", db_constraint=False
    )
    ciphertext = models.BinaryField()
    digest = models.BinaryField(max_length=32, db_index=True)
    last_three = models.CharField(max_length=3)


class ImportedRow(models.Model):
    """What applying a sheet did to a subject, kept so that the import can be undone."""

    imported = models.ForeignKey("sheets.Import", models.CASCADE, related_name="rows")
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+")
    before = models.JSONField(null=True)
    row = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["imported", "subject"], name="registry_row_once")]
