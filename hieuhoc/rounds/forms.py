"""Forms of a round: opening a year, its days and names, the criteria version of each model."""

from __future__ import annotations

import itertools
from typing import Any

from django import forms
from django.utils.timezone import localdate

from hieuhoc.common.fields import DayField, TidyField
from hieuhoc.criteria.models import CriteriaVersion
from hieuhoc.registry.models import Model
from hieuhoc.rounds.actions import GRASSROOTS, usual_days

AREAS = (("general", "Vùng chung"), ("hard", "Vùng khó khăn"))
DAYS = (
    ("register_by", "Hạn đăng ký"),
    ("villages_close_on", "Hạn thôn gửi hồ sơ"),
    ("propose_by", "Hạn đề nghị lên UBND"),
    ("closes_on", "Ngày khóa đợt"),
)


class SettingsForm(forms.Form):
    """What may change while the round is open."""

    area = forms.ChoiceField(
        label="Vùng", choices=AREAS, help_text="Vùng khó khăn có mốc riêng ở bộ tiêu chí nào có quy định."
    )
    register_by = DayField(label=DAYS[0][1], required=False)
    villages_close_on = DayField(label=DAYS[1][1], required=False)
    propose_by = DayField(label=DAYS[2][1], required=False)
    closes_on = DayField(label=DAYS[3][1], required=False)
    association = TidyField(label="Tên Hội đề nghị", max_length=200)
    head = TidyField(label="Người ký tờ trình", max_length=120, required=False)
    deciding_body = TidyField(label="Cơ quan quyết định công nhận", max_length=200)

    def clean(self) -> dict[str, Any]:
        """The days must come one after the other."""
        data = super().clean() or self.cleaned_data
        given = [(words, data[key]) for key, words in DAYS if data.get(key)]
        for (earlier, first), (later, second) in itertools.pairwise(given):
            if second < first:
                raise forms.ValidationError(f"«{later}» đứng trước «{earlier}». Sửa lại một trong hai ngày.")
        return data

    def days(self) -> dict[str, Any]:
        """The days typed; one left empty is not set."""
        return {key: self.cleaned_data[key] for key, _ in DAYS}


class OpenForm(SettingsForm):
    """Open a year: the settings and the criteria version of each model."""

    year = forms.IntegerField(
        label="Năm",
        min_value=2012,
        max_value=2100,
        error_messages={"invalid": "Năm ghi bằng bốn chữ số, ví dụ 2026."},
    )
    field_order = ("year", "area", "deciding_body", "association", "head", *(key for key, _ in DAYS))

    def __init__(self, offered: dict[str, list[CriteriaVersion]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for model in GRASSROOTS:
            self.fields[f"version_{model}"] = version_field(str(Model(model).label), offered[model])

    def versions(self) -> dict[str, int | None]:
        """The version chosen for each model, None where the model is left out of the year."""
        chosen = {model: self.cleaned_data.get(f"version_{model}") for model in GRASSROOTS}
        return {str(model): int(version) if version else None for model, version in chosen.items()}


def version_field(words: str, offered: list[CriteriaVersion]) -> forms.ChoiceField:
    """The versions a model may be judged by, the best first."""
    choices = version_choices(offered)
    nothing = "Không xét năm nay" if choices else "Chưa có bộ tiêu chí ban hành: không xét"
    return forms.ChoiceField(
        label=words,
        choices=[*choices, ("", nothing)],
        required=False,
        initial=choices[0][0] if choices else "",
    )


def version_choices(offered: list[CriteriaVersion]) -> list[tuple[str, str]]:
    """The versions as choices, the best first."""
    return [(str(one.pk), version_words(one)) for one in offered]


def version_words(version: CriteriaVersion) -> str:
    """A version in a list: its title, its name, and what it is in law."""
    return f"{version.title} · bản {version.version} · {version.get_state_display()}"


def usual(name: str, year: int | None = None) -> dict[str, Any]:
    """What a new round starts from: this year, its usual days, the names of the commune (in a sentence)."""
    wanted = year or localdate().year
    return {
        "year": wanted,
        "area": "general",
        "association": f"Hội Khuyến học {name}",
        "deciding_body": f"Ủy ban nhân dân {name}",
        **usual_days(wanted),
    }
