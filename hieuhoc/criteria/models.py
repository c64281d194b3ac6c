"""Criteria sets, their versions and indicators. A published version is frozen by the database.

A set is one title under one regulation ("cdht-324"); a version is what is judged by. A province's local
variant is a version of the same set that names the province. Only the status of a published version may
still move, from published to retired: a trigger refuses everything else, whoever asks.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q


class Status(models.TextChoices):
    """Where a version stands in its life."""

    DRAFT = "draft", "Bản nháp"
    PUBLISHED = "published", "Đã ban hành"
    RETIRED = "retired", "Ngừng dùng"


class State(models.TextChoices):
    """What a version is in law."""

    OFFICIAL = "official", "Chính thức"
    PROVISIONAL = "provisional", "Tạm dùng"
    LOCAL = "local", "Của địa phương"
    ILLUSTRATIVE = "illustrative", "Minh họa – không phải văn bản chính thức"
    NOT_ENTERED = "not_entered", "Chưa nhập bộ tiêu chí chính thức"


class Judging(models.TextChoices):
    """How a version judges."""

    POINTS = "points", "Chấm điểm"
    LEVELS = "levels", "Đạt theo mức độ"


class Kind(models.TextChoices):
    """What an indicator asks for."""

    YES_NO = "yes_no", "Có/không"
    SCORE = "score", "Điểm"
    SHARE = "share", "Tỷ lệ"
    NUMBER = "number", "Số"
    LEVEL = "level", "Mức đạt được"
    CHANGE = "change", "Thay đổi so với năm trước"


class Model(models.TextChoices):
    """The learning models a set can be for (domain §2)."""

    FAMILY = "FAMILY", "Gia đình học tập"
    CLAN = "CLAN", "Dòng họ học tập"
    COMMUNITY = "COMMUNITY", "Cộng đồng học tập thôn, làng, tổ dân phố"
    ORGANISATION = "ORGANISATION", "Đơn vị học tập"
    CITIZEN = "CITIZEN", "Công dân học tập"
    COMMUNE = "COMMUNE", "Cộng đồng học tập cấp xã"
    DISTRICT = "DISTRICT", "Cộng đồng học tập cấp huyện"
    PROVINCE = "PROVINCE", "Cộng đồng học tập cấp tỉnh"


class CriteriaSet(models.Model):
    """One title under one regulation; its code outlives all versions."""

    code = models.SlugField("mã", max_length=60, unique=True)
    title = models.CharField("tên", max_length=200)
    model = models.CharField("mô hình", max_length=12, choices=Model)

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class CriteriaVersion(models.Model):
    """What is judged by; `body` holds the rest of the written shape of `scoring.Criteria`."""

    set_id: int
    province_id: int | None
    indicators: Any

    set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="versions")
    version = models.CharField("bản", max_length=40)
    province = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tỉnh"
    )
    status = models.CharField("trạng thái", max_length=10, choices=Status, default=Status.DRAFT)
    state = models.CharField("tính chất", max_length=12, choices=State)
    title = models.CharField("tên", max_length=200)
    model = models.CharField("mô hình", max_length=12, choices=Model)
    judging = models.CharField("cách đánh giá", max_length=6, choices=Judging)
    complete = models.BooleanField("đã nhập đủ", default=True)
    used_at = ArrayField(models.CharField(max_length=8), default=list, verbose_name="dùng ở cấp")
    document = models.JSONField("văn bản", default=dict)
    valid = DateRangeField("hiệu lực")
    notice = models.TextField("lưu ý", blank=True)
    source = models.TextField("nguồn", blank=True)
    notes = models.TextField("ghi chú", blank=True)
    body = models.JSONField(default=dict)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["set", "version", "province"], nulls_distinct=False, name="criteria_version_once"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="criteria_status_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="criteria_state_known"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="criteria_valid_has_days"),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT) | Q(published_at__isnull=False),
                name="criteria_published_when",
            ),
            models.CheckConstraint(
                condition=(Q(province=None) & ~Q(state=State.LOCAL))
                | (Q(province__isnull=False) & Q(state=State.LOCAL)),
                name="criteria_local_names_province",
            ),
        ]
        indexes = [models.Index(fields=["model", "status"], name="criteria_model_status")]

    def __str__(self) -> str:
        return f"{self.title} – bản {self.version}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be edited."""
        return self.status == Status.DRAFT

    @property
    def badge(self) -> str:
        """The state in a word or two; the whole sentence is the notice."""
        short = {State.ILLUSTRATIVE: "Minh họa", State.NOT_ENTERED: "Chưa nhập"}
        return short.get(State(self.state)) or str(State(self.state).label)

    @property
    def is_official(self) -> bool:
        """Whether papers may show it without a notice."""
        return self.state in (State.OFFICIAL, State.LOCAL)


class Indicator(models.Model):
    """One question of a version; its key outlives versions and never comes from the label."""

    version = models.ForeignKey(CriteriaVersion, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    key = models.CharField("mã", max_length=40)
    label = models.CharField("tên", max_length=300)
    kind = models.CharField("loại", max_length=8, choices=Kind)
    criterion = models.CharField("tiêu chí", max_length=40)
    points = models.DecimalField("điểm tối đa", max_digits=8, decimal_places=2, null=True, blank=True)
    floor = models.DecimalField("điểm sàn", max_digits=8, decimal_places=2, null=True, blank=True)
    rule = models.JSONField(default=dict, help_text="marks, names, better, applies, derived, when_none, note")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="criteria_indicator_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="criteria_kind_known"),
            models.CheckConstraint(condition=Q(points=None) | Q(points__gt=0), name="criteria_points_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.label}"
