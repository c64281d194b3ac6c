"""Figures as facts: what one source says of an indicator of a place in a year, and why it is so.

Three sources are kept apart (domain §6). A fact is never edited, the database refuses: a later one corrects it
(``corrects``), or withdraws it. What stands is what no later fact corrects and is not withdrawn.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Source(models.TextChoices):
    """Who says so."""

    COMPUTED = "computed", "Tính từ sổ đăng ký"
    REPORTED = "reported", "Báo cáo"
    PUBLISHED = "published", "Đã công bố"


class Figure(models.Model):
    """One fact. Counts are None where they were not said; ``share`` is the share as printed, in percent."""

    class Base(models.TextChoices):
        TOTAL = "total", "tổng số"
        REGISTERED = "registered", "số đăng ký"

    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="figures")
    year = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=40, help_text="Khóa trong figures.indicators")
    source = models.CharField(max_length=10, choices=Source)
    total = models.PositiveBigIntegerField(null=True)
    registered = models.PositiveBigIntegerField(null=True)
    count = models.PositiveBigIntegerField(null=True, help_text="Số được công nhận, hoặc số đạt của chỉ tiêu khác")
    first_time = models.PositiveBigIntegerField(null=True, help_text="Trong đó công nhận lần đầu")
    again = models.PositiveBigIntegerField(null=True, help_text="Trong đó công nhận lại")
    share = models.DecimalField(max_digits=9, decimal_places=4, null=True, help_text="Tỷ lệ như đã in")
    share_digits = models.PositiveSmallIntegerField(null=True, help_text="Số chữ số thập phân đã in")
    share_of = models.CharField(max_length=10, choices=Base, default=Base.TOTAL)
    qualifier = models.CharField(max_length=10, blank=True, help_text="gần, trên, khoảng: đi cùng con số")
    title = models.CharField(max_length=160, blank=True, help_text="Danh hiệu như đã in")
    note = models.TextField(blank=True)
    address = models.CharField(max_length=600, blank=True, help_text="Nơi đã công bố")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey("criteria.CriteriaVersion", models.PROTECT, null=True, related_name="+")
    batch = models.UUIDField(null=True, help_text="Lần nhập từ tệp")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    withdrawn = models.BooleanField(default=False)
    reason = models.TextField(blank=True, help_text="Vì sao sửa hoặc rút")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "indicator", "source", "address"], condition=Q(corrects=None),
                name="figures_said_once",
            ),
            models.CheckConstraint(condition=Q(year__gte=1996, year__lte=2045), name="figures_year_sane"),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(corrects__isnull=False), name="figures_withdrawn_was_said"
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.PUBLISHED) | ~Q(address=""), name="figures_published_somewhere"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["year", "indicator"], name="figures_year"),
            models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="figures_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year} {self.indicator} ({self.source})"

    @property
    def said(self) -> tuple:
        """What the fact says; two facts that say the same are the same."""
        counts = (self.total, self.registered, self.count, self.first_time, self.again)
        return *counts, self.share, self.share_of if self.share is not None else "", self.qualifier, self.withdrawn


class Running(models.Model):
    """The figures of a commune's open round as last counted: derived, replaced at will, gone when the round closes.

    What lies above a commune reads them; the commune's own pages count anew.
    """

    place = models.ForeignKey("places.Unit", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=40)
    total = models.PositiveBigIntegerField(null=True)
    registered = models.PositiveBigIntegerField(null=True)
    count = models.PositiveBigIntegerField(null=True)
    first_time = models.PositiveBigIntegerField(null=True)
    again = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(help_text="Lúc bắt đầu đếm")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "year", "indicator"], name="figures_runs_once")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year} {self.indicator}"


class Explanation(models.Model):
    """The "giải trình" of what a check found in a figure; it stays with the figure."""

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="explanations")
    rule = models.CharField(max_length=40)
    text = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.rule}: {self.text[:40]}"
