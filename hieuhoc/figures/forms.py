"""Forms of figures: what is reported, a sample for inspection."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from hieuhoc.common.fields import NumberField, TidyField
from hieuhoc.common.text import nfc
from hieuhoc.figures.indicators import COUNTS, INDICATORS
from hieuhoc.figures.models import Figure
from hieuhoc.figures.sampling import STATES, Wish
from hieuhoc.registry.wording import TABS

LARGEST = 500
FINEST = Decimal("0.0001")


class SampleForm(forms.Form):
    """Where, which year, model and state, how many, with which seed."""

    place = forms.TypedChoiceField(label="Địa bàn", coerce=int)
    year = forms.IntegerField(label="Năm", min_value=2012, max_value=2100, widget=forms.TextInput())
    model = forms.ChoiceField(label="Mô hình", choices=[*TABS.items()])
    states = forms.ChoiceField(label="Hồ sơ", choices=[(key, words) for key, (words, _) in STATES.items()])
    size = forms.IntegerField(label="Số hồ sơ", min_value=1, max_value=LARGEST, widget=forms.TextInput())
    seed = forms.CharField(
        label="Số rút mẫu",
        max_length=40,
        help_text="Cùng số này thì rút lại được đúng danh sách này. Có thể bốc thăm trước mặt xã rồi ghi vào.",
    )

    def __init__(self, *args: Any, places: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"].choices = list(places.items())  # type: ignore[attr-defined]
        for name in ("year", "size"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def clean_seed(self) -> str:
        """The seed as it is kept: in one normal form."""
        return nfc(self.cleaned_data["seed"])

    def wish(self) -> Wish:
        """What is asked for."""
        typed = self.cleaned_data
        named = {name: typed[name] for name in ("year", "model", "states", "size", "seed")}
        return Wish(place_id=typed["place"], **named)


class FigureForm(forms.Form):
    """What is reported of an indicator in a year; every count may be left empty: not known is not zero."""

    indicator = forms.ChoiceField(label="Số liệu về", choices=[(one.key, one.label) for one in INDICATORS])
    year = forms.IntegerField(label="Năm", min_value=1996, max_value=2045, widget=forms.TextInput())
    total = NumberField(label="Tổng số (mẫu số)", required=False)
    registered = NumberField(label="Số đăng ký", required=False, help_text="Với các danh hiệu học tập.")
    count = NumberField(label="Số được công nhận, hoặc số đạt", required=False)
    first_time = NumberField(label="Trong đó công nhận lần đầu", required=False)
    again = NumberField(label="Trong đó công nhận lại", required=False)
    share = NumberField(
        label="Tỷ lệ như báo cáo ghi (%)", required=False, help_text="Để phần mềm đối chiếu với số đếm, ví dụ 74,99."
    )
    share_of = forms.ChoiceField(label="Tỷ lệ ấy tính trên", choices=Figure.Base.choices, required=False)
    note = TidyField(label="Ghi chú, nguồn số liệu", max_length=1000, required=False)
    file = forms.FileField(label="Minh chứng", required=False, help_text="Ảnh, PDF, Word hoặc Excel; có thể để trống.")
    reason = TidyField(
        label="Lý do thay số đã báo cáo",
        max_length=500,
        required=False,
        help_text="Chỉ cần khi năm này đã có số báo cáo.",
    )

    def clean(self) -> dict[str, Any]:
        """Counts are whole numbers."""
        typed = super().clean() or {}
        share = typed.get("share")
        if share is not None and share != share.quantize(FINEST):
            self.add_error("share", "Ghi tỷ lệ với không quá bốn chữ số lẻ.")
        for name in COUNTS:
            number = typed.get(name)
            if number is not None and number != number.to_integral_value():
                self.add_error(name, "Số đếm là số nguyên.")
        return typed

    @property
    def said(self) -> dict[str, Any]:
        """The counts and the note, as the verb takes them."""
        typed = self.cleaned_data
        counts = {name: int(typed[name]) for name in COUNTS if typed.get(name) is not None}
        return {**counts, **self._share, "note": typed.get("note", "")}

    @property
    def _share(self) -> dict[str, Any]:
        """The share as it was typed, with the decimals that were shown."""
        share = self.cleaned_data.get("share")
        if share is None:
            return {}
        exponent = share.as_tuple().exponent
        digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return {"share": share, "share_digits": digits, "share_of": self.cleaned_data.get("share_of") or "total"}

    @classmethod
    def of(cls, figure: Figure, data: Any = None, files: Any = None) -> FigureForm:
        """The form filled with what was reported."""
        names = ("indicator", "year", *COUNTS, "share", "share_of", "note")
        return cls(data, files, initial={name: getattr(figure, name) for name in names})
