"""Forms of accounts: what is typed becomes the arguments of an act, with Vietnamese sentences."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.timezone import localdate

from hieuhoc.accounts import passwords, rules
from hieuhoc.accounts.models import Role, User
from hieuhoc.accounts.queries import Choice, choices
from hieuhoc.common.fields import DayField
from hieuhoc.common.text import nfc

SUGGEST = {"hx-trigger": "input changed delay:300ms", "hx-target": "#dia-ban", "hx-swap": "innerHTML"}
TYPED_CODE = re.compile(r"\(([^()]+)\)\s*$")


class PlaceField(forms.CharField):
    """A unit within the reach of the administrator: a code, a name, or a line of the suggestions."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.manager: User | None = None

    def clean(self, value: str) -> Any:
        """What was typed in, the one unit it means out."""
        typed = super().clean(value)
        assert self.manager is not None
        code = TYPED_CODE.search(typed)
        found = choices(self.manager, code.group(1) if code else typed)
        exact = [one for one in found if one.typed == typed or typed in (one.code, one.line, one.line.split(", ")[0])]
        return _only(exact or found)


def _only(found: list[Choice]) -> Choice:
    if not found:
        raise forms.ValidationError("Không thấy địa bàn này trong phạm vi quản trị.")
    if len(found) > 1:
        shown = "; ".join(one.typed for one in found[:5])
        raise forms.ValidationError(f"Có {len(found)} địa bàn như vậy, cần chọn một: {shown}.")
    return found[0]


class PostForm(forms.Form):
    """A role at a place for a time."""

    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    place = PlaceField(label="Địa bàn", help_text="Gõ tên hoặc mã rồi chọn trong danh sách gợi ý.")
    start = DayField(label="Từ ngày", initial=localdate)
    last = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa định ngày kết thúc.")
    reason = forms.CharField(
        label="Căn cứ", required=False, max_length=500, help_text="Ví dụ: Quyết định phân công số 12/QĐ-HKH."
    )

    def __init__(self, *args: Any, manager: User, **more: Any) -> None:
        super().__init__(*args, **more)
        place = self.fields["place"]
        assert isinstance(place, PlaceField)
        place.manager = manager
        place.widget.attrs |= {
            "list": "dia-ban",
            "autocomplete": "off",
            **SUGGEST,
            "hx-get": reverse("accounts:places"),
        }

    def clean(self) -> dict[str, Any]:
        """The role must fit the level of the place, the last day must not stand before the first."""
        data = super().clean() or self.cleaned_data
        if data.get("role") and data.get("place"):
            problem = rules.role_problem(data["role"], data["place"].level)
            if problem:
                self.add_error("role", problem)
        if data.get("start") and data.get("last") and data["last"] < data["start"]:
            self.add_error("last", "Ngày cuối đứng trước ngày đầu.")
        return data


class PhoneForm(forms.Form):
    """A telephone, or none."""

    phone = forms.CharField(
        label="Điện thoại", required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def clean_phone(self) -> str:
        """Ten digits or nothing."""
        phone = rules.read_phone(self.cleaned_data["phone"])
        if phone is None:
            raise forms.ValidationError("Số điện thoại phải có 10 chữ số, bắt đầu bằng số 0.")
        return phone


class PersonForm(PhoneForm):
    """Name and telephone of a person."""

    field_order = ["full_name", "phone"]
    full_name = forms.CharField(label="Họ và tên", max_length=rules.LONGEST_NAME)

    def clean_full_name(self) -> str:
        """One normal form of the name."""
        return nfc(self.cleaned_data["full_name"])


class MakeForm(PersonForm, PostForm):
    """A new account with its first post; without a user name one is made from the full name."""

    field_order = ["full_name", "username", "phone", "role", "place", "start", "last", "reason"]
    username = forms.CharField(
        label="Tên đăng nhập",
        required=False,
        max_length=30,
        help_text="Để trống thì lấy từ họ tên, ví dụ minhnv.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    def clean_username(self) -> str:
        """Small letters; free."""
        username = self.cleaned_data["username"].strip().lower()
        if username and rules.username_problem(username):
            raise forms.ValidationError(rules.username_problem(username))
        if username and User.objects.filter(username=username).exists():
            raise forms.ValidationError("Tên đăng nhập này đã có người dùng.")
        return username

    def new_account(self) -> rules.NewAccount:
        """The account as the act wants it."""
        data = self.cleaned_data
        username = data["username"] or rules.suggest_username(data["full_name"], usernames_like(data["full_name"]))
        return rules.NewAccount(
            full_name=data["full_name"],
            username=username,
            role=data["role"],
            place_id=data["place"].unit_id,
            start=data["start"],
            last=data["last"],
            phone=data["phone"],
        )


def usernames_like(*full_names: str) -> set[str]:
    """User names in use that begin like the ones these names suggest."""
    stems = {rules.suggest_username(name, ()) for name in full_names}
    pattern = "^(" + "|".join(map(re.escape, sorted(stems))) + r")\d*$"
    return set(User.objects.filter(username__regex=pattern).values_list("username", flat=True))


class EndForm(forms.Form):
    """The last day of a post and why."""

    last = DayField(label="Ngày cuối cùng", initial=localdate)
    reason = forms.CharField(label="Lý do", max_length=500)


class ReasonForm(forms.Form):
    """A reason, where the act needs one."""

    reason = forms.CharField(label="Lý do", max_length=500)


class ResetForm(ReasonForm):
    """A new invitation for somebody who lost the password, and perhaps the telephone with the codes."""

    second_factor = forms.BooleanField(label="Tắt cả lớp bảo vệ thứ hai (mất điện thoại tạo mã)", required=False)


class FirstPasswordForm(forms.Form):
    """The first password, typed twice."""

    password = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        help_text=passwords.HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Gõ lại mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user

    def clean_password(self) -> str:
        """Long enough, not common, not like the name."""
        password = self.cleaned_data["password"]
        passwords.check(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Hai lần gõ không giống nhau.")
        return data
