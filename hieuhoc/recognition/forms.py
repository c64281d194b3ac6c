"""Forms of recognition: meetings, council, submission, decision, what follows. They check typing, not the rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from hieuhoc.common.fields import DayField
from hieuhoc.common.numbers import vn_int
from hieuhoc.recognition.models import CouncilMeeting, CouncilMember, MemberRole, VillageMeeting
from hieuhoc.registry.models import Model

MEMBER_ROWS = 9


class VillageForm(forms.ModelForm):
    """The meeting of a village."""

    class Meta:
        model = VillageMeeting
        fields = (
            "held", "ended", "venue", "chair", "chair_post", "secretary", "secretary_post", "summoned", "present",
            "opinions",
        )  # fmt: skip
        labels = {
            "held": "Giờ và ngày họp",
            "ended": "Giờ kết thúc",
            "venue": "Nơi họp",
            "chair": "Người chủ trì",
            "chair_post": "Chức vụ người chủ trì",
            "secretary": "Thư ký",
            "secretary_post": "Chức vụ thư ký",
            "summoned": "Số hộ triệu tập",
            "present": "Số hộ có đại diện dự họp",
            "opinions": "Ý kiến tại cuộc họp",
        }
        help_texts = {
            "held": "Ví dụ: 19 giờ 00, ngày 12 tháng 11 năm 2026. Để trống thì biên bản chừa chỗ ghi tay.",
            "opinions": "Mỗi ý kiến một dòng",
        }
        widgets = {"opinions": forms.Textarea(attrs={"rows": 4})}


class MemberForm(forms.Form):
    """One row of the council; a row without a name is left out."""

    name = forms.CharField(label="Họ và tên", max_length=120, required=False)
    post = forms.CharField(label="Chức vụ", max_length=200, required=False)
    role = forms.ChoiceField(label="Vai trò", choices=MemberRole.choices, initial=MemberRole.MEMBER)
    association = forms.BooleanField(label="Của Hội Khuyến học", required=False)


class FoundingForm(forms.Form):
    """What founded the council."""

    founded_by = forms.CharField(
        label="Quyết định thành lập hội đồng",
        max_length=300,
        required=False,
        help_text="Ví dụ: Quyết định số 12/QĐ-UBND ngày 5 tháng 11 năm 2026 của Ủy ban nhân dân xã",
    )


Members = forms.formset_factory(MemberForm, extra=0, min_num=MEMBER_ROWS, max_num=21)


def members_of(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the council that name somebody."""
    return [row for row in rows if row.get("name")]


class CouncilForm(forms.ModelForm):
    """A meeting of the council; votes are asked model by model."""

    class Meta:
        model = CouncilMeeting
        fields = ("form", "number", "held", "ended", "venue", "opinions", "conclusions")
        labels = {
            "form": "Hình thức",
            "number": "Số biên bản",
            "held": "Giờ và ngày họp",
            "ended": "Giờ kết thúc",
            "venue": "Nơi họp",
            "opinions": "Ý kiến",
            "conclusions": "Kết luận",
        }
        help_texts = {"opinions": "Mỗi ý kiến một dòng", "conclusions": "Mỗi kết luận một dòng"}
        widgets = {"opinions": forms.Textarea(attrs={"rows": 3}), "conclusions": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, members: Iterable[CouncilMember], models: Iterable[tuple[str, int]], **more: Any):
        super().__init__(*args, **more)
        people = [(str(one.pk), f"{one.name} ({MemberRole(one.role).label})") for one in members]
        self.fields["there"] = forms.MultipleChoiceField(
            label="Thành viên biểu quyết",
            choices=people,
            initial=[key for key, _ in people],
            widget=forms.CheckboxSelectMultiple,
        )
        self.models = list(models)
        for model, count in self.models:
            self._ask_votes(model, count, len(people))

    def _ask_votes(self, model: str, count: int, voters: int) -> None:
        label = f"{Model(model).label} ({vn_int(count)} hồ sơ)"
        for key, words, usual in (
            ("yes", "đồng ý", voters),
            ("no", "không đồng ý", 0),
            ("abstained", "không ý kiến", 0),
        ):
            self.fields[f"{key}_{model}"] = forms.IntegerField(
                label=f"{label}: phiếu {words}", min_value=0, max_value=voters, initial=usual
            )

    def votes(self) -> list[dict[str, Any]]:
        """The votes typed, model by model."""
        kinds = ("yes", "no", "abstained")
        return [
            {"model": model} | {kind: self.cleaned_data[f"{kind}_{model}"] for kind in kinds}
            for model, _ in self.models
        ]


class SubmissionForm(forms.Form):
    """Number, day and signer of a tờ trình; each may come later, by pen."""

    number = forms.CharField(label="Số tờ trình", max_length=40, required=False)
    day = DayField(label="Ngày ký", required=False)
    signer = forms.CharField(label="Người ký", max_length=120, required=False)


class BasesForm(forms.Form):
    """The legal bases of a decision."""

    legal_bases = forms.CharField(
        label="Căn cứ", widget=forms.Textarea(attrs={"rows": 8}), help_text="Mỗi căn cứ một dòng", required=False
    )

    def clean_legal_bases(self) -> list[str]:
        """The bases, a line each."""
        return [line.strip() for line in self.cleaned_data["legal_bases"].splitlines() if line.strip()]


class IssueForm(BasesForm):
    """Which titles are decided, on which bases."""

    models = forms.MultipleChoiceField(label="Danh hiệu", widget=forms.CheckboxSelectMultiple)
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    field_order = ("models", "legal_bases", "signer")

    def __init__(self, *args: Any, waiting: Iterable[tuple[str, str]], **more: Any):
        super().__init__(*args, **more)
        choices = list(waiting)
        self.fields["models"].choices = choices
        self.fields["models"].initial = [key for key, _ in choices]


class SignForm(forms.Form):
    """What was written on the decision when it was signed."""

    number = forms.CharField(label="Số quyết định", max_length=20, help_text="Chỉ phần số, ví dụ 57")
    day = DayField(label="Ngày ký")
    signer = forms.CharField(label="Người ký", max_length=120, required=False)


class LaterForm(SignForm, BasesForm):
    """A later decision about a title: reason, bases, number, day, signer; a draft has no number and no day yet."""

    reason = forms.CharField(
        label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), help_text="In nguyên văn trong quyết định"
    )
    field_order: tuple[str, ...] = ("reason", "legal_bases", "number", "day", "signer")

    def __init__(self, *args: Any, draft: bool = False, **more: Any):
        super().__init__(*args, **more)
        self.draft = draft
        if draft:
            self.fields["number"].required = self.fields["day"].required = False

    def clean(self) -> dict[str, Any]:
        """A draft without a number is not signed: the day the form proposed is not printed on it."""
        said = super().clean() or self.cleaned_data
        return said | {"day": None} if self.draft and not said.get("number") else said


class CorrectForm(LaterForm):
    """The words put right."""

    name = forms.CharField(label="Tên đúng", max_length=200)
    address = forms.CharField(label="Địa chỉ đúng", max_length=300)
    field_order = ("name", "address", *LaterForm.field_order)


class DropForm(forms.Form):
    """Why a title leaves a decision that is not signed."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TemplateForm(forms.Form):
    """A Word template of the commune's own."""

    kind = forms.CharField(widget=forms.HiddenInput)
    file = forms.FileField(label="Tệp mẫu .docx", required=False)
