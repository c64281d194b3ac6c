"""Forms of the registry: what is typed becomes the arguments of an act, each refusal a Vietnamese sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from hieuhoc.accounts.rules import read_phone
from hieuhoc.common.fields import TidyField
from hieuhoc.common.numbers import parse_number
from hieuhoc.common.text import nfc
from hieuhoc.registry import wording
from hieuhoc.registry.models import Model, Subject

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
OLDEST = 130
MOST = 10_000_000


class CountField(forms.CharField):
    """A count as people write it ("1.234"); nothing typed is not known, which is not zero."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def clean(self, value: Any) -> int | None:
        """What was typed in, a whole number from zero up or None out."""
        typed = super().clean(value)
        if not typed:
            return None
        number = parse_number(typed)
        if number is None or number != number.to_integral_value() or not 0 <= number <= MOST:
            raise forms.ValidationError("Cần một số đếm, ví dụ 4 hoặc 1.234.")
        return int(number)


class BirthField(forms.CharField):
    """A day of birth, or only its year where the day is not known."""

    def clean(self, value: Any) -> str | None:
        """ "21/11/1959" in, "1959-11-21" out; "1959" stays."""
        typed = nfc(super().clean(value) or "")
        if not typed:
            return None
        born = year_of(typed) or day_of(typed)
        if born is None:
            raise forms.ValidationError("Ngày sinh không đúng. Ví dụ: 21/11/1959, hoặc chỉ năm: 1959.")
        return born

    def prepare_value(self, value: Any) -> Any:
        """A stored day as it is typed."""
        stored = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        return wording.day_or_year(value) if stored else value


def year_of(typed: str) -> str | None:
    """A year of birth that can be, else None."""
    this_year = localdate().year
    return typed if re.fullmatch(r"\d{4}", typed) and this_year - OLDEST <= int(typed) <= this_year else None


def day_of(typed: str) -> str | None:
    """A day of birth that can be in ISO form, else None."""
    found = DAY.fullmatch(typed)
    try:
        born = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(typed)
    except ValueError:
        return None
    return born.isoformat() if localdate().year - OLDEST <= born.year and born <= localdate() else None


class PhoneField(forms.CharField):
    """A telephone number of ten digits."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        """What was typed in, ten digits or "" out."""
        phone = read_phone(super().clean(value) or "")
        if phone is None:
            raise forms.ValidationError("Số điện thoại phải có 10 chữ số, bắt đầu bằng số 0.")
        return phone


class NumberField(forms.CharField):
    """A citizen number (CCCD): twelve digits, or nothing."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        """Twelve digits or "" out; spaces between digits do not matter."""
        digits = re.sub(r"\s", "", super().clean(value) or "")
        if digits and not re.fullmatch("[0-9]{12}", digits):
            raise forms.ValidationError("Số căn cước phải có đúng 12 chữ số.")
        return digits


def field_for(field: wording.Field) -> forms.Field:
    """The form field of one detail."""
    shown: dict[str, Any] = {"label": field.label, "required": False, "help_text": field.hint}
    if field.kind == "count":
        return CountField(**shown)
    if field.kind == "birth":
        return BirthField(**shown)
    if field.kind in ("sex", "group"):
        words = wording.SEXES if field.kind == "sex" else wording.GROUPS
        return forms.ChoiceField(choices=[("", "Chưa rõ"), *words.items()], **shown)
    return TidyField(max_length=200, **shown)


class SubjectForm(forms.Form):
    """One subject of a model: name, where it lives, code, telephone, and what its model asks."""

    def __init__(self, model: str, *args: Any, places: Mapping[int, str], number: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.model = model
        self.fields["name"] = TidyField(label=wording.NAMES[Model(model)], max_length=200)
        if places:
            asked = [("", "Chọn thôn/làng")] if len(places) > 1 else []
            self.fields["place"] = forms.TypedChoiceField(
                label="Thôn/làng", choices=[*asked, *places.items()], coerce=int
            )
        if model in wording.CODE:
            self.fields["code"] = TidyField(label=wording.CODE[Model(model)], max_length=40, required=False)
        for field in wording.FIELDS[model]:
            self.fields[field.key] = field_for(field)
        self.fields["phone"] = PhoneField(label="Điện thoại", required=False)
        if number:
            hint = "Chỉ ghi khi thật cần. Số được mã hóa, chỉ hiện ba số cuối."
            self.fields["cccd"] = NumberField(label="Số căn cước", required=False, help_text=hint)

    def details(self, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The details to keep: what is known, with what was typed laid over it; an emptied field goes."""
        typed = {field.key: self.cleaned_data.get(field.key) for field in wording.FIELDS[self.model]}
        if typed.get("group"):
            typed["group"] = int(str(typed["group"]))
        kept = {key: value for key, value in (known or {}).items() if key not in typed}
        return kept | {key: value for key, value in typed.items() if value not in (None, "")}


class CorrectForm(SubjectForm):
    """A subject as it stands, with the reason of the correction."""

    def __init__(self, subject: Subject, *args: Any, **more: Any) -> None:
        known = {"name": subject.name, "code": subject.code, "phone": subject.phone} | subject.details
        super().__init__(subject.model, *args, places={}, initial=known, **more)
        self.fields["reason"] = reason_field("Ví dụ: ghi nhầm khi nhập danh sách.")


def reason_field(hint: str = "") -> forms.CharField:
    """A reason that has to be given."""
    return TidyField(
        label="Lý do",
        max_length=500,
        help_text=hint,
        error_messages={"required": "Cần ghi lý do."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """A reason, for acts that need nothing else."""

    reason = reason_field()


class MoveForm(forms.Form):
    """To which village, and why."""

    def __init__(self, *args: Any, places: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"] = forms.TypedChoiceField(label="Chuyển đến", choices=list(places.items()), coerce=int)
        self.fields["reason"] = reason_field()


class CitizenNumberForm(forms.Form):
    """A citizen number to keep; left empty it is forgotten."""

    cccd = NumberField(label="Số căn cước", required=False, help_text="Để trống để xóa số đang giữ.")
