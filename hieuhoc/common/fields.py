"""Form fields for what people type: a line of text, a day, a number, as Vietnamese write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from hieuhoc.common.numbers import parse_number, vn_number
from hieuhoc.common.text import nfc

LARGEST = 10**11


class TidyField(forms.CharField):
    """Text in one Unicode form with single spaces."""

    def to_python(self, value: Any) -> str:
        """What was typed in, tidy text out."""
        return nfc(super().to_python(value) or "")


class DayField(forms.DateField):
    """A day typed as 21/11/2026: the browser's calendar would turn day and month round on a foreign telephone."""

    widget = forms.DateInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "21/11/2026"}, format="%d/%m/%Y"
    )

    def __init__(self, **more: Any) -> None:
        messages = {"invalid": "Ngày không đúng. Ví dụ: 21/11/2026."}
        super().__init__(
            input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"], error_messages=messages, **more
        )


class NumberField(forms.CharField):
    """A number as people type it ("7,5", "1.200", "65 %"): a Decimal, None for nothing; below zero only if allowed."""

    def __init__(self, *, negative: bool = False, **more: Any) -> None:
        self.negative = negative
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8})
        usual: dict[str, Any] = {"max_length": 20, "widget": widget}
        super().__init__(**usual | more)

    def clean(self, value: Any) -> Decimal | None:
        """What was typed in, the number out."""
        text = super().clean(value).replace("%", "").strip()
        if not text:
            return None
        found = parse_number(text)
        if found is None or abs(found) >= LARGEST or (found < 0 and not self.negative):
            raise forms.ValidationError(f"Cần một số{'' if self.negative else ' không âm'}, ví dụ 65 hoặc 7,5.")
        return found

    def prepare_value(self, value: Any) -> Any:
        """A number as it is typed; what was typed stays as it was."""
        return vn_number(value).replace(".", "") if isinstance(value, Decimal | int) else value
