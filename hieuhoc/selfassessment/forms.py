"""Forms: what an officer says when making links; how whoever opens one confirms and consents."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from hieuhoc.common.fields import DayField
from hieuhoc.registry.models import Model, Subject
from hieuhoc.selfassessment import rules, wording
from hieuhoc.selfassessment.models import Link, Way
from hieuhoc.selfassessment.queries import BY_YEAR, born

EACH, POSTER = "each", "poster"
KINDS = [(EACH, "Phiếu riêng cho từng nơi, từng người đã đăng ký"), (POSTER, "Một mã QR dán ở thôn, dùng chung")]
USUAL_DAYS = 60


class LinkForm(forms.Form):
    """Until when links stand and how whoever opens one confirms."""

    way = forms.ChoiceField(
        label="Xác nhận bằng", choices=Way.choices, initial=Way.CODE, widget=forms.RadioSelect,
        help_text="Năm sinh chỉ dùng được khi sổ đăng ký có năm sinh; ai chưa có thì phiếu in mã.",
    )  # fmt: skip
    expires_on = DayField(label="Dùng được đến hết ngày")

    def __init__(self, *args: Any, today: date, year: int, **more: Any) -> None:
        end = max(date(year, 12, 31), today + timedelta(days=USUAL_DAYS))
        more["initial"] = {"expires_on": end, **more.get("initial", {})}
        super().__init__(*args, **more)


class ManyForm(LinkForm):
    """Links for a village: a slip each, or one poster."""

    kind = forms.ChoiceField(label="Làm gì", choices=KINDS, initial=EACH, widget=forms.RadioSelect)
    model = forms.ChoiceField(label="Mô hình")
    place = forms.ChoiceField(label="Thôn/làng")
    field_order = ("kind", "model", "place", "way", "expires_on")

    def __init__(self, *args: Any, models: list[str], places: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["model"].choices = [(one, Model(one).label) for one in models]  # type: ignore[attr-defined]
        self.fields["place"].choices = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A year of birth is known of people only."""
        data = super().clean() or self.cleaned_data
        if data.get("way") == Way.BIRTH_YEAR and data.get("model") not in BY_YEAR:
            self.add_error("way", "Mô hình này không có năm sinh; chọn mã in trên phiếu.")
        return data


class ConfirmForm(forms.Form):
    """The name, where a link is for many, and the year or code."""

    name = forms.CharField(max_length=120)
    answer = forms.CharField(max_length=20)

    def __init__(self, link: Link, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        model = Model(link.model)
        if link.subject_id:
            del self.fields["name"]
        else:
            self.fields["name"].label = wording.NAME.get(model, "Tên ghi trên phiếu")
            self.fields["name"].help_text = "Gõ có dấu hay không dấu đều được."
            self.fields["name"].widget.attrs = {"autocomplete": "off", "class": "hh-large"}
        field = self.fields["answer"]
        field.label = wording.YEAR.get(model, "Năm sinh") if link.way == Way.BIRTH_YEAR else "Mã trên phiếu"
        field.help_text = "4 chữ số." if link.way == Way.BIRTH_YEAR else "6 chữ số in trên phiếu."
        field.widget.attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "hh-large"}


class ConsentForm(forms.Form):
    """Explicit consent; nothing is ticked before. Whoever is or may be under 16 is represented."""

    agree = forms.BooleanField(error_messages={"required": "Chưa đánh dấu đồng ý thì không lưu câu trả lời nào."})

    def __init__(self, subject: Subject, year: int, today: date, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agree"].label = f"Đồng ý để {wording.PURPOSES['assess']} {year}."
        young = rules.under_age(born(subject), today) if subject.model == Model.CITIZEN else False
        if young is not False:
            words = wording.CHILD if young else wording.PERHAPS_CHILD
            said = {"required": "Người dưới 16 tuổi cần cha, mẹ hoặc người giám hộ đồng ý."}
            self.fields["represented"] = forms.BooleanField(label=words, error_messages=said)


class RevokeForm(forms.Form):
    """Why a link is stopped."""

    reason = forms.CharField(label="Lý do", max_length=500)
