"""A place's year: which models are recognised, by which version of which criteria, when, and by whom."""

from django.db import models
from django.db.models import Q

from hieuhoc.registry.models import Model


class Round(models.Model):
    """The round of one commune in one year. Dates are those on which the step should be done."""

    class State(models.TextChoices):
        OPEN = "open", "Đang mở"
        CLOSED = "closed", "Đã khóa"

    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    area = models.CharField(max_length=8, default="general", help_text="general | hard: vùng khó khăn của xã")
    opened_on = models.DateField()
    register_by = models.DateField(null=True)
    villages_close_on = models.DateField(null=True)
    propose_by = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    association = models.CharField(max_length=200, help_text="Tên Hội Khuyến học đề nghị")
    head = models.CharField(max_length=120, blank=True, help_text="Người ký tờ trình")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "year"], name="rounds_one_a_year"),
            models.CheckConstraint(condition=Q(year__gte=2012, year__lte=2100), name="rounds_year_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} · {self.year}"


class RoundModel(models.Model):
    """One model of the round: the criteria version pinned for all its dossiers and the body that decides."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="models")
    model = models.CharField(max_length=12, choices=Model)
    version = models.ForeignKey("criteria.CriteriaVersion", models.PROTECT, related_name="+")
    deciding_body = models.CharField(max_length=200)
    validity_months = models.PositiveSmallIntegerField(null=True, help_text="Trống: danh hiệu của năm")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "model"], name="rounds_model_once")]
