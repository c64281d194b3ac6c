"""Forms of the acts on places. What a place may be called and when is judged by the act, not here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from hieuhoc.common.fields import DayField, TidyField
from hieuhoc.common.text import nfc
from hieuhoc.places import naming
from hieuhoc.places.actions import Opening
from hieuhoc.places.models import Level, UnitVersion

BASIS_HINT = "Số và ngày của nghị quyết hoặc quyết định."


class FindForm(forms.Form):
    """What is looked for in the catalogue, and on which day."""

    q = TidyField(required=False, max_length=120)
    ngay = DayField(required=False)
    cap = forms.ChoiceField(required=False, choices=[("", ""), *Level.choices])


class ActForm(forms.Form):
    """Day, legal basis and reason of an act that is done once it is in force."""

    def __init__(self, level: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.level = level
        self.fields["day"] = DayField(label="Có hiệu lực từ ngày", initial=localdate)
        self.fields["legal_basis"] = TidyField(label="Căn cứ", max_length=200, help_text=BASIS_HINT)
        self.fields["reason"] = TidyField(label="Ghi chú", max_length=500, required=False)

    def clean_day(self) -> date:
        """The day of the act, not after today: what stands in the places moves at once."""
        day = self.cleaned_data["day"]
        if day > localdate():
            raise forms.ValidationError("Ngày này chưa đến; ghi việc từ khi có hiệu lực.")
        return day

    def act(self) -> dict[str, Any]:
        """The keyword arguments of the act."""
        return {name: value for name, value in self.cleaned_data.items() if name != "units"}


class NamedForm(ActForm):
    """An act that gives a name."""

    def __init__(self, level: str, *args: Any, **more: Any) -> None:
        super().__init__(level, *args, **more)
        kinds = [(kind, kind) for kind in naming.KINDS[level]]
        named = {"name": TidyField(label="Tên", max_length=120), "kind": forms.ChoiceField(label="Loại", choices=kinds)}
        if level != Level.VILLAGE:
            named["code"] = TidyField(label="Mã", max_length=20, help_text="Theo danh mục của Cục Thống kê.")
        self.fields = named | self.fields


class MergeForm(NamedForm):
    """Which units become one, and how it is called."""

    def __init__(self, level: str, *args: Any, choices: Mapping[int, str], **more: Any) -> None:
        super().__init__(level, *args, **more)
        units = forms.TypedMultipleChoiceField(
            label="Các đơn vị nhập lại",
            choices=list(choices.items()),
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields = {"units": units} | self.fields
        self.fields["name"].label = "Tên đơn vị mới"


class SplitForm(ActForm):
    """The villages one village becomes."""

    parts = forms.CharField(
        label="Các thôn sau khi tách",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một tên. Dòng đầu là thôn nhận phần chưa rõ thuộc thôn nào.",
    )
    keep = forms.BooleanField(label="Thôn cũ vẫn còn, chỉ tách bớt một phần", required=False)

    def clean_parts(self) -> list[Opening]:
        """One opening a line."""
        return [Opening(name) for name in map(nfc, self.cleaned_data["parts"].splitlines()) if name]


class CloseForm(ActForm):
    """The end of a unit, and who takes its territory."""

    def __init__(self, level: str, *args: Any, choices: Mapping[int, str], **more: Any) -> None:
        super().__init__(level, *args, **more)
        offered = [("", "Không đơn vị nào"), *choices.items()]
        into = forms.TypedChoiceField(
            label="Địa bàn và dữ liệu chuyển về", choices=offered, coerce=int, empty_value=None, required=False
        )
        self.fields = {"into": into} | self.fields

    def act(self) -> dict[str, Any]:
        """The keyword arguments of the act."""
        into = self.cleaned_data["into"]
        return super().act() | {"into": [into] if into else []}


class MoveForm(ActForm):
    """Another parent for a unit."""

    parent = TidyField(label="Mã của đơn vị cấp trên mới", max_length=20)


class AddForm(forms.Form):
    """Villages a commune has, one a line."""

    names = forms.CharField(
        label="Tên thôn, làng, tổ dân phố",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mỗi dòng một tên, có loại đứng trước: Thôn 1, Làng Ring. Tên đã có thì giữ nguyên.",
    )
    day = DayField(label="Có từ ngày", required=False, help_text="Để trống nếu thôn có từ khi lập xã.")
    legal_basis = TidyField(label="Căn cứ", max_length=200, required=False, help_text="Ghi khi thôn mới thành lập.")

    def clean_names(self) -> list[str]:
        """One name a line, at least one."""
        names = [name for name in map(nfc, self.cleaned_data["names"].splitlines()) if name]
        if not names:
            raise forms.ValidationError("Cần ghi ít nhất một tên.")
        return names


class CorrectForm(forms.Form):
    """A version as it is written down, to be set right."""

    def __init__(self, version: UnitVersion, *args: Any, **more: Any) -> None:
        first = version.valid.lower
        known = {"name": version.name, "kind": version.kind, "code": version.code, "legal_basis": version.legal_basis}
        super().__init__(*args, initial=known | {"first_day": first}, **more)
        kinds = [(kind, kind) for kind in naming.KINDS[version.unit.level]]
        self.fields["name"] = TidyField(label="Tên", max_length=120)
        self.fields["kind"] = forms.ChoiceField(label="Loại", choices=kinds)
        self.fields["code"] = TidyField(label="Mã", max_length=20)
        if first:
            self.fields["first_day"] = DayField(label="Từ ngày")
        self.fields["legal_basis"] = TidyField(label="Căn cứ", max_length=200, required=False)
        self.fields["reason"] = TidyField(label="Lý do đính chính", max_length=500)


class ReasonForm(forms.Form):
    """A reason, for an act that needs nothing else."""

    reason = TidyField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
