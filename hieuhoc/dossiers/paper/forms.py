"""Forms of paper: what to print, and whom a blank form tells of."""

from __future__ import annotations

from typing import Any

from django import forms

from hieuhoc.dossiers.paper.actions import MOST_BLANKS
from hieuhoc.dossiers.paper.queries import ALL, REGISTER, SCORE, UNSCORED

KINDS = ((SCORE, "Phiếu chấm điểm, cho nơi đã đăng ký"), (REGISTER, "Phiếu đăng ký, cho nơi chưa đăng ký"))
WHICH = ((UNSCORED, "Chỉ những hồ sơ chưa chấm"), (ALL, "Tất cả hồ sơ đã đăng ký"))


class PrintForm(forms.Form):
    """Which forms, for whom, how many blank ones."""

    kind = forms.ChoiceField(label="Loại phiếu", choices=KINDS, widget=forms.RadioSelect, initial=SCORE)
    place = forms.TypedChoiceField(label="Thôn/làng", coerce=int)
    which = forms.ChoiceField(label="Phiếu chấm điểm cho", choices=WHICH, initial=UNSCORED)
    blanks = forms.IntegerField(
        label="Thêm phiếu đăng ký trống", required=False, min_value=0, max_value=MOST_BLANKS, initial=0,
        help_text="Cho nơi mới chưa có trong danh sách của thôn đã chọn; chỉ in cùng phiếu đăng ký.",
    )  # fmt: skip
    both_sides = forms.BooleanField(
        label="Máy in in hai mặt: mỗi phiếu bắt đầu ở một tờ mới", required=False, initial=False
    )

    def __init__(self, places: list[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["place"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("0", "Tất cả các thôn"), *places] if len(places) != 1 else places

    def clean(self) -> dict[str, Any]:
        """Blank forms are for registration and belong to a village."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == SCORE:
            data["blanks"] = 0
        data["place"] = data.get("place") or None
        if data.get("blanks") and not data.get("place"):
            self.add_error("place", "Phiếu trống in cho một thôn: chọn thôn.")
        return data


class NewForm(forms.Form):
    """The new subject of a blank form."""

    name = forms.CharField(label="Tên", max_length=200)
    code = forms.CharField(label="Mã", max_length=40, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)

    def __init__(self, name_label: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["name"].label = name_label
        self.fields["name"].widget.attrs |= {"autofocus": True, "autocomplete": "off"}
