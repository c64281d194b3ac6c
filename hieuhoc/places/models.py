"""Tables of the places: who a unit is, what it was called and where it stood on a day, what became of it.

A unit is an identity and nothing else. Its code, name, kind and parent belong to dated versions, because
a code is handed on to other units and a name moves (domain §7). All ranges are half open: a version that
was in force to the end of 30/6/2025 has the upper bound 2025-07-01.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class Level(models.TextChoices):
    """The level of a unit; fixed for its life, a district that becomes a special zone is another unit."""

    NATION = "nation", "cả nước"
    PROVINCE = "province", "cấp tỉnh"
    DISTRICT = "district", "cấp huyện"
    COMMUNE = "commune", "cấp xã"
    VILLAGE = "village", "thôn, làng, tổ dân phố"


class SuccessionKind(models.TextChoices):
    """How an old unit passed into a new one."""

    MERGE = "merge", "nhập"
    SPLIT = "split", "tách"
    RENAME = "rename", "đổi tên"
    CONTINUE = "continue", "giữ nguyên"


def _just_this(column: str) -> Func:
    """The column as a one-number range, so that GiST can compare it without the btree_gist extension."""
    return Func(F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


class Unit(models.Model):
    """One administrative unit or village over its whole life."""

    id = models.BigAutoField(primary_key=True)
    level = models.CharField(max_length=8, choices=Level.choices)
    catalogue_key = models.CharField(
        max_length=40,
        null=True,
        unique=True,
        help_text="Khóa trong danh mục; trống nếu đơn vị do người dùng mở",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="unit_level_known"),
        ]
        indexes = [models.Index(fields=["level"], name="unit_level")]

    def __str__(self) -> str:
        return f"{self.level} {self.pk}"


class UnitVersion(models.Model):
    """Code, name, kind and parent of a unit while they held; two versions of one unit never overlap."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120, help_text="Tên đầy đủ, có loại đứng trước: Xã Ia Tôr")
    kind = models.CharField(max_length=20, help_text="tỉnh, thành phố, xã, phường, đặc khu, thôn, làng…")
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="child_versions")
    valid = DateRangeField()
    legal_basis = models.CharField(max_length=200, blank=True)
    search_key = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="unit_version_no_overlap",
                expressions=[
                    (_just_this("unit"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="unit_version_has_days"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="unit_version_named"),
        ]
        indexes = [
            models.Index(fields=["code"], name="unit_version_code"),
            models.Index(fields=["search_key"], name="unit_version_search"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Succession(models.Model):
    """From this day the territory of an old unit belongs, whole or in part, to a new one."""

    id = models.BigAutoField(primary_key=True)
    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=SuccessionKind.choices)
    whole = models.BooleanField(help_text="Toàn bộ địa bàn cũ nằm trong đơn vị mới")
    default = models.BooleanField(help_text="Đơn vị nhận phần còn lại khi không rõ thuộc đơn vị nào")
    legal_basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "day"], name="succession_once"),
            models.UniqueConstraint(fields=["old", "day"], condition=Q(default=True), name="succession_one_default"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_not_itself"),
            models.CheckConstraint(condition=Q(kind__in=SuccessionKind.values), name="succession_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id} ({self.kind}, {self.day:%d/%m/%Y})"


class InForce(models.Manager):
    """Rows of units that are in force; what looks after ended units is left out."""

    def get_queryset(self) -> models.QuerySet:
        """All rows but the former ones."""
        return super().get_queryset().filter(former=False)


class Ancestry(models.Model):
    """Derived from the versions by `places.ancestry`: who stood under whom, and when. Depth 0 is the unit.

    A former row says who looks after a unit that has ended: its default heir and all above that, from the
    day it ended. Only the gate by place reads them (`with_former`); counts of units never do.
    """

    id = models.BigAutoField(primary_key=True)
    # Written only from tables whose keys are checked, so the database need not check them again for each row;
    # the indexes below lead with both columns.
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    depth = models.SmallIntegerField()
    valid = DateRangeField()
    former = models.BooleanField(default=False)

    objects = InForce()
    with_former = models.Manager()  # noqa: DJ012

    class Meta:
        indexes = [
            models.Index(fields=["ancestor", "descendant"], name="ancestry_below"),
            models.Index(fields=["descendant", "depth"], name="ancestry_above"),
        ]

    def __str__(self) -> str:
        return f"{self.descendant_id} < {self.ancestor_id} ({self.depth})"
