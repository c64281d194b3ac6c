"""Forms of the editor. Each gives the part of the written shape it edits, and fills itself from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from hieuhoc.common.fields import DayField, NumberField, TidyField
from hieuhoc.common.numbers import parse_number
from hieuhoc.common.text import nfc
from hieuhoc.criteria.models import Judging, Kind, Model, State
from hieuhoc.criteria.wording import ORGANISATION_KINDS, PLACE_LEVELS, POPULATIONS, number

LEVELS = 2


class MarkField(NumberField):
    """A number that may be left out; the written shape holds it as a number or as text."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)

    def prepare_value(self, value: Any) -> str:
        """The number as read."""
        return "" if value is None else number(value)


class LinesField(forms.CharField):
    """Several values, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> list[str]:
        return [nfc(line) for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value


class NewSetForm(forms.Form):
    """A new national set."""

    title = TidyField(label="Tên bộ tiêu chí", max_length=200)
    code = forms.SlugField(label="Mã", max_length=60, help_text="Chữ không dấu, số và gạch nối, thí dụ qd500-family.")
    model = forms.ChoiceField(label="Mô hình", choices=Model.choices)
    judging = forms.ChoiceField(label="Cách đánh giá", choices=Judging.choices, widget=forms.RadioSelect)
    version = TidyField(label="Bản", max_length=40, help_text="Thường là năm ban hành.")


class CopyForm(forms.Form):
    """A new version, or a province's local variant."""

    version = TidyField(label="Tên bản mới", max_length=40, help_text="Thường là năm ban hành, thí dụ 2027.")
    place = forms.ChoiceField(label="Dùng cho", required=True)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any):
        super().__init__(*args, **options)
        self.fields["place"].choices = places


class HeadForm(forms.Form):
    """What stands above the indicators."""

    title = TidyField(label="Tên", max_length=200)
    state = forms.ChoiceField(label="Tính chất", choices=State.choices)
    judging = forms.ChoiceField(label="Cách đánh giá", choices=Judging.choices)
    levels = forms.TypedChoiceField(
        label="Số mức độ", choices=[(0, "Không chia mức độ"), (1, "1"), (2, "2")], coerce=int
    )
    pass_general = MarkField(label="Mốc điểm đạt")
    pass_hard = MarkField(label="Mốc điểm đạt ở vùng khó khăn", help_text="Để trống nếu không khác mốc chung.")
    bands = LinesField(
        label="Xếp loại", required=False, help_text="Mỗi dòng một mức, từ cao xuống: tên rồi điểm, thí dụ “tốt 85”."
    )
    used_at = forms.MultipleChoiceField(
        label="Dùng ở", choices=PLACE_LEVELS.items(), widget=forms.CheckboxSelectMultiple, required=False
    )
    target_groups = LinesField(label="Nhóm đối tượng", required=False, help_text="Mỗi dòng một nhóm.")
    number = TidyField(label="Số văn bản", max_length=60, required=False)
    date = DayField(label="Ngày văn bản", required=False)
    issuer = TidyField(label="Cơ quan ban hành", max_length=200, required=False)
    valid_from = DayField(label="Có hiệu lực từ ngày", required=False)
    valid_to = DayField(label="Hết hiệu lực từ ngày", required=False)
    incomplete = forms.BooleanField(label="Mới nhập một phần, chưa dùng để công nhận", required=False)
    why_incomplete = TidyField(label="Còn thiếu gì", max_length=400, required=False)
    notice = TidyField(label="Lưu ý hiện trên mọi trang và giấy tờ", max_length=400, required=False)
    source = TidyField(label="Nguồn", max_length=400, required=False)
    notes = TidyField(label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    _SAME = (
        "title",
        "state",
        "judging",
        "levels",
        "used_at",
        "target_groups",
        "why_incomplete",
        "notice",
        "source",
        "notes",
    )

    def __init__(self, *args: Any, local: bool, **options: Any):
        super().__init__(*args, **options)
        states = [one for one in State.choices if (one[0] == State.LOCAL) == local]
        self.fields["state"].choices = states

    @classmethod
    def initial_of(cls, shape: dict[str, Any]) -> dict[str, Any]:
        """The values of the form for a written shape."""
        marks, document = shape["pass"] or {}, shape["document"] or {}
        return {
            **{name: shape[name] for name in cls._SAME},
            "pass_general": marks.get("general"),
            "pass_hard": marks.get("hard"),
            "bands": [f"{band['name']} {number(band['from'])}" for band in shape["bands"]],
            **{name: document.get(name, "") for name in ("number", "date", "issuer")},
            "valid_from": shape["valid_from"],
            "valid_to": shape["valid_to"],
            "incomplete": not shape["complete"],
        }

    def clean_bands(self) -> list[dict[str, Any]]:
        found = []
        for line in self.cleaned_data["bands"]:
            name, _, start = line.rpartition(" ")
            value = parse_number(start)
            if not name or value is None:
                raise forms.ValidationError(f"“{line[:40]}”: ghi tên mức rồi số điểm, thí dụ “tốt 85”.")
            found.append({"name": name, "from": value})
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and start >= end:
            self.add_error("valid_to", "Ngày hết hiệu lực phải sau ngày có hiệu lực.")
        if data.get("incomplete") and not data.get("why_incomplete"):
            self.add_error("why_incomplete", "Ghi rõ bộ tiêu chí còn thiếu gì.")
        return data

    def shape(self, before: dict[str, Any]) -> dict[str, Any]:
        """The changed parts of the written shape."""
        data = self.cleaned_data
        document = {**(before["document"] or {}), **{name: data[name] for name in ("number", "issuer")}}
        document["date"] = _iso(data["date"])
        marks = {"general": data["pass_general"], "hard": data["pass_hard"]}
        return {
            **{name: data[name] for name in self._SAME},
            "pass": {area: mark for area, mark in marks.items() if mark is not None},
            "bands": data["bands"],
            "document": {name: value for name, value in document.items() if value} or None,
            "valid_from": _iso(data["valid_from"]),
            "valid_to": _iso(data["valid_to"]),
            "complete": not data["incomplete"],
        }


class GroupForm(forms.Form):
    """A criterion."""

    key = TidyField(label="Mã tiêu chí", max_length=40)
    label = TidyField(label="Tên tiêu chí", max_length=300)
    floor = MarkField(label="Điểm sàn của cả tiêu chí", help_text="Để trống nếu văn bản không nêu.")


class IndicatorForm(forms.Form):
    """One indicator with its rule."""

    criterion = forms.ChoiceField(label="Thuộc tiêu chí")
    key = forms.RegexField(
        label="Mã chỉ số",
        max_length=40,
        regex=r"^[\w.\-]+$",
        help_text="Mã giữ nguyên qua các bản, không lấy từ tên.",
        error_messages={"invalid": "Mã chỉ gồm chữ, số, dấu chấm và gạch nối."},
    )
    label = TidyField(label="Tên chỉ số", max_length=300)
    kind = forms.ChoiceField(label="Loại", choices=Kind.choices)
    points = MarkField(label="Điểm tối đa")
    floor = MarkField(label="Điểm sàn")
    mark_1 = MarkField(label="Ngưỡng (mức độ 1)")
    mark_2 = MarkField(label="Ngưỡng mức độ 2")
    hard_1 = MarkField(label="Ngưỡng (mức độ 1) ở vùng khó khăn")
    hard_2 = MarkField(label="Ngưỡng mức độ 2 ở vùng khó khăn")
    better = forms.ChoiceField(label="Tốt hơn khi", choices=[("up", "cao hơn, tăng"), ("down", "thấp hơn, giảm")])
    names = LinesField(
        label="Tên các mức", required=False, help_text="Mỗi dòng một mức, từ thấp lên; chỉ cho loại “Mức đạt được”."
    )
    derived_model = forms.ChoiceField(
        label="Tính từ danh hiệu", required=False, choices=[("", "Không, tự nhập"), *Model.choices]
    )
    derived_among = forms.ChoiceField(label="Tính trong số", required=False, choices=[("", "—"), *POPULATIONS.items()])
    derived_rule = TidyField(
        label="Tử số và mẫu số",
        max_length=300,
        required=False,
        help_text="Thí dụ: số hộ được công nhận trên tổng số hộ.",
    )
    only = forms.MultipleChoiceField(
        label="Chỉ áp dụng cho", choices=ORGANISATION_KINDS.items(), widget=forms.CheckboxSelectMultiple, required=False
    )
    never = forms.MultipleChoiceField(
        label="Không áp dụng cho",
        choices=ORGANISATION_KINDS.items(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    scope = forms.MultipleChoiceField(
        label="Chỉ trong danh mục",
        choices=[(key, PLACE_LEVELS[key]) for key in ("district", "province")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    has_learners = forms.BooleanField(label="Chỉ áp dụng cho nơi có người học", required=False)
    when_none = TidyField(label="Khi không có đối tượng thì nói", max_length=300, required=False)
    note = TidyField(label="Ghi chú", max_length=400, required=False)

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **options: Any):
        super().__init__(*args, **options)
        self.fields["criterion"].choices = groups

    @staticmethod
    def initial_of(group: str, row: dict[str, Any]) -> dict[str, Any]:
        """The values of the form for a row of the written shape."""
        marks = row.get("marks") or {}
        general, hard = ([*(marks.get(area) or []), None, None] for area in ("general", "hard"))
        source, conditions = row.get("derived") or {}, row.get("applies") or {}
        return {
            "criterion": group,
            **{
                name: row.get(name)
                for name in ("key", "label", "kind", "points", "floor", "better", "when_none", "note")
            },
            "mark_1": general[0],
            "mark_2": general[1],
            "hard_1": hard[0],
            "hard_2": hard[1],
            "names": list(row.get("names") or []),
            **{f"derived_{name}": source.get(name, "") for name in ("model", "among", "rule")},
            "only": conditions.get("kind", []),
            "never": conditions.get("not_kind", []),
            "scope": conditions.get("scope", []),
            "has_learners": conditions.get("has_learners", False),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("derived_model") and not (data.get("derived_among") and data.get("derived_rule")):
            self.add_error("derived_rule", "Tỷ lệ tính từ danh hiệu phải nói tính trong số nào, tử số và mẫu số là gì.")
        for later, first in (("mark_2", "mark_1"), ("hard_2", "hard_1")):
            if data.get(later) is not None and data.get(first) is None and first not in self.errors:
                self.add_error(later, "Nhập ngưỡng mức độ 1 trước.")
        return data

    def row(self) -> dict[str, Any]:
        """The row of the written shape."""
        data = self.cleaned_data
        same = ("key", "label", "kind", "points", "floor", "better", "names", "when_none", "note")
        return {
            **{name: data[name] for name in same},
            "marks": self._marks(),
            "derived": self._derived(),
            "applies": self._applies(),
        }

    def _marks(self) -> dict[str, list[Decimal]] | None:
        pairs = {"general": ("mark_1", "mark_2"), "hard": ("hard_1", "hard_2")}
        marks = {
            a: [self.cleaned_data[n] for n in names if self.cleaned_data[n] is not None] for a, names in pairs.items()
        }
        return {area: asked for area, asked in marks.items() if asked} or None

    def _derived(self) -> dict[str, str] | None:
        data = self.cleaned_data
        if not data["derived_model"]:
            return None
        return {"model": data["derived_model"], "among": data["derived_among"], "rule": data["derived_rule"]}

    def _applies(self) -> dict[str, Any] | None:
        data = self.cleaned_data
        parts = {
            "kind": data["only"],
            "not_kind": data["never"],
            "scope": data["scope"],
            "has_learners": data["has_learners"],
        }
        return {name: value for name, value in parts.items() if value} or None


class ReasonForm(forms.Form):
    """Why a version goes out of use."""

    reason = TidyField(label="Lý do", max_length=400)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
