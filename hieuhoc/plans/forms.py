"""Forms of plans: the head of a draft, one target, the day it is confirmed from."""

from __future__ import annotations

from typing import Any

from django import forms

from hieuhoc.common.fields import DayField, NumberField, TidyField
from hieuhoc.plans import wording
from hieuhoc.plans.models import AreaClass, Plan, Progress, Target
from hieuhoc.plans.schedule import Occurrence

NONE = ("", "– không nói riêng mô hình nào –")


class HeadForm(forms.Form):
    """Number, day, issuer and years of a plan."""

    number = TidyField(label="Số, ký hiệu", max_length=60, required=False)
    issued = DayField(label="Ngày ban hành", required=False, help_text="Chỉ tiêu có hiệu lực từ ngày này.")
    issuer = TidyField(label="Cơ quan ban hành", max_length=200, required=False)
    programme = TidyField(label="Chương trình", max_length=12, required=False, help_text="Số quyết định, ví dụ 387.")
    first_year = forms.IntegerField(label="Từ năm", min_value=2000, max_value=2100, required=False)
    last_year = forms.IntegerField(label="Đến năm", min_value=2000, max_value=2100, required=False)

    def clean(self) -> dict[str, Any]:
        """The years run forwards."""
        typed = super().clean() or {}
        first, last = typed.get("first_year"), typed.get("last_year")
        if first and last and first > last:
            self.add_error("last_year", "Năm cuối phải sau năm đầu.")
        return typed

    @classmethod
    def of(cls, plan: Plan, data: Any = None) -> HeadForm:
        """The form filled with a plan's head."""
        return cls(data, initial={name: getattr(plan, name) for name in cls.base_fields})


class AreaForm(forms.Form):
    """Of which area a commune is, from when, by which text."""

    area = forms.ChoiceField(label="Vùng", choices=AreaClass.Area.choices)
    since = DayField(label="Từ ngày")
    legal_basis = TidyField(label="Văn bản xếp vùng", max_length=200, help_text="Số, ngày và cơ quan ban hành.")


class TargetForm(forms.Form):
    """One target of a draft."""

    model = forms.ChoiceField(label="Mô hình", choices=[NONE, *wording.MODELS.items()], required=False)
    measure = forms.ChoiceField(label="Việc", choices=list(wording.MEASURES.items()))
    population = forms.ChoiceField(label="Tính trên", choices=list(wording.POPULATIONS.items()))
    area = forms.ChoiceField(label="Vùng", choices=list(wording.AREAS.items()))
    year = forms.IntegerField(label="Đến năm", min_value=2000, max_value=2100, required=False)
    comparator = forms.ChoiceField(label="So sánh", choices=list(wording.COMPARATORS.items()))
    value = NumberField(negative=True, label="Mức")
    value_to = NumberField(
        negative=True, label="Đến mức", required=False, help_text="Chỉ khi là một khoảng, ví dụ 60–70 %."
    )
    unit = forms.ChoiceField(label="Đơn vị", choices=[(key, text or "số đếm") for key, text in wording.UNITS.items()])
    sentence = forms.CharField(label="Câu trong kế hoạch", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)

    @classmethod
    def of(cls, target: Target, data: Any = None) -> TargetForm:
        """The form filled with a target; a word that is not in the lists stays choosable."""
        form = cls(data, initial={name: getattr(target, name) for name in cls.base_fields})
        for name in ("population", "unit", "comparator"):
            field, held = form.fields[name], getattr(target, name)
            if isinstance(field, forms.ChoiceField) and held not in dict(field.choices):
                field.choices = [*field.choices, (held, held)]
        return form


class MarkForm(forms.Form):
    """What a place did about an activity in one period."""

    state = forms.ChoiceField(label="Trạng thái", choices=Progress.State.choices, widget=forms.RadioSelect)
    reason = TidyField(label="Lý do không làm", max_length=500, required=False, help_text="Chỉ cần khi không làm.")
    responsible = TidyField(label="Phụ trách", max_length=500, required=False)
    note = forms.CharField(
        label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False,
        help_text="Đã làm gì, bao giờ, ở đâu.",
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """What is not done has a reason."""
        typed = super().clean() or {}
        if typed.get("state") == Progress.State.DROPPED and not typed.get("reason"):
            self.add_error("reason", "Không làm thì cần ghi lý do.")
        return typed

    @classmethod
    def of(cls, one: Occurrence, data: Any = None) -> MarkForm:
        """The form filled with what was said last; before that with who leads in the plan."""
        said = one.progress
        initial = {
            "state": one.state, "responsible": one.responsible[:500], "reason": said.reason if said else "",
            "note": said.note if said else "", "revision": one.revision,
        }  # fmt: skip
        return cls(data, initial=initial)

    def seen(self, revision: int) -> None:
        """Take what stands now as seen, so that the next save decides."""
        self.data = self.data.copy()
        self.data["revision"] = str(revision)
