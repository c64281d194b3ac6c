"""Forms of a dossier: its answers as typed, what its set asks about the subject, evidence."""

from __future__ import annotations

from typing import Any

from django import forms

from hieuhoc.dossiers import typed
from hieuhoc.scoring import Criteria, Indicator
from hieuhoc.scoring.applies import ORGANISATION_KINDS, SCOPES

KINDS = {
    "public_body": "Cơ quan, đơn vị công lập",
    "economic": "Tổ chức kinh tế",
    "preschool": "Trường mầm non",
    "primary_or_secondary": "Trường tiểu học, trung học cơ sở",
    "high_school": "Trường trung học phổ thông",
    "continuing_education": "Cơ sở giáo dục thường xuyên",
    "vocational": "Cơ sở giáo dục nghề nghiệp",
    "university": "Cơ sở giáo dục đại học",
}
SCOPE_WORDS = {"district": "Cấp huyện (đơn vị cũ)", "province": "Cấp tỉnh"}
LEARNERS = {"": "Chưa rõ", "yes": "Có người học", "no": "Không có người học"}
YES_NO = [("", "Chưa trả lời"), ("Có", "Có"), ("Không", "Không"), ("KAD", "Không áp dụng (KAD)")]
EVIDENCE_TYPES = ".jpg,.jpeg,.png,.webp,.pdf"


class AnswerField(forms.CharField):
    """One answer as text; cleaned it is the value that is stored."""

    def __init__(self, indicator: Indicator) -> None:
        self.indicator = indicator
        widget = forms.Select(choices=YES_NO) if indicator.kind == "yes_no" else forms.TextInput()
        if indicator.kind in ("score", "number", "level"):
            widget.attrs["inputmode"] = "decimal"
        widget.attrs |= {"autocomplete": "off", "class": "hh-answer"}
        label = f"{indicator.key} {indicator.label}"
        super().__init__(label=label, required=False, widget=widget, help_text=typed.hint(indicator))

    def clean(self, value: Any) -> Any:
        """The value typed; a text that cannot be read is refused with its sentence."""
        try:
            return typed.read(self.indicator, str(super().clean(value) or ""))
        except typed.Unreadable as said:
            raise forms.ValidationError(str(said)) from said


class AnswersForm(forms.Form):
    """All answers of a dossier; indicators computed from titles are not asked."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, criteria: Criteria, answers: dict[str, Any], *args: Any, **more: Any) -> None:
        stored = {key: answer["value"] for key, answer in answers.items()}
        asked = [one for one in criteria.indicators if one.derived is None]
        shown = {one.key: typed.shown(one, stored.get(one.key)) for one in asked}
        more["initial"] = {**shown, **more.get("initial", {})}
        super().__init__(*args, **more)
        self.stored = stored
        for one in asked:
            self.fields[one.key] = AnswerField(one)

    def changed(self) -> dict[str, Any]:
        """The answers that differ from those stored."""
        return {
            key: value
            for key, value in self.cleaned_data.items()
            if key != "revision" and key in self.data and value != self.stored.get(key)
        }


class FactsForm(forms.Form):
    """What a set asks to know about the subject, and the level sought where there are levels."""

    def __init__(self, criteria: Criteria, facts: dict[str, Any], level: int | None, *args: Any, **more: Any) -> None:
        learners = {True: "yes", False: "no"}.get(facts.get("has_learners"), "")  # type: ignore[arg-type]
        more["initial"] = {**facts, "has_learners": learners, "level": level or ""}
        super().__init__(*args, **more)
        for name, words, choices in asked_facts(criteria):
            self.fields[name] = forms.ChoiceField(label=words, choices=choices, required=False)
        if criteria.levels > 1:
            levels = [("", "Mức độ 1"), *((n, f"Mức độ {n}") for n in range(1, criteria.levels + 1))]
            self.fields["level"] = forms.TypedChoiceField(
                label="Mức độ đề nghị", choices=levels[1:], coerce=int, required=False, empty_value=None
            )

    def facts(self, known: dict[str, Any]) -> dict[str, Any]:
        """The facts to keep: what is known, with what was chosen laid over it."""
        chosen: dict[str, Any] = {key: value for key, value in self.cleaned_data.items() if key != "level"}
        if "has_learners" in chosen:
            chosen["has_learners"] = {"yes": True, "no": False}.get(chosen["has_learners"])
        kept = {key: value for key, value in known.items() if key not in chosen}
        return kept | {key: value for key, value in chosen.items() if value not in ("", None)}


def asked_facts(criteria: Criteria) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The facts a set's indicators depend on: name, words, choices."""
    names = {name.removeprefix("not_") for one in criteria.indicators for name in (one.applies or {})}
    known = [
        ("kind", "Loại hình", [("", "Chưa rõ"), *((key, KINDS[key]) for key in ORGANISATION_KINDS)]),
        ("scope", "Phạm vi", [("", "Chưa rõ"), *((key, SCOPE_WORDS[key]) for key in SCOPES)]),
        ("has_learners", "Người học", list(LEARNERS.items())),
    ]
    return [one for one in known if one[0] in names]


class Files(forms.FileField):
    """Several files at once, or none."""

    widget = type("Many", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files sent."""
        sent = [one for one in (data or []) if one]
        return [super(Files, self).clean(one, initial) for one in sent]


class EvidenceForm(forms.Form):
    """Files, what they support, a note; without a file the note names what supports the indicator."""

    file = Files(label="Tệp", required=False)
    indicator = forms.ChoiceField(label="Cho chỉ số", required=False)
    note = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=500,
        help_text="Không có tệp thì ghi danh sách hoặc văn bản nào làm căn cứ, và chọn chỉ số.",
    )

    def __init__(self, criteria: Criteria, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(one.key, f"{one.key} {one.label}"[:80]) for one in criteria.indicators]
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Cả hồ sơ"), *choices]

    def clean(self) -> dict[str, Any]:
        """Something must be given: files, or an indicator with a note."""
        data = super().clean() or self.cleaned_data
        if not data.get("file") and not (data.get("indicator") and data.get("note")):
            self.add_error("file", "Chưa chọn tệp nào. Không có tệp thì chọn chỉ số và ghi chú danh sách làm căn cứ.")
        return data
