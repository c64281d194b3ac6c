"""Signing in as django-allauth does it, with Vietnamese words on its forms."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.account import views as account
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp import views as totp
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from hieuhoc.accounts import passwords

NAME_BOX = {"autocapitalize": "none", "spellcheck": "false"}


class _Words:
    """Labels and hints by field name; allauth's English placeholders go."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.words.get(name, (field.label, ""))


class SignInForm(_Words, account_forms.LoginForm):
    """User name and password."""

    words = {"login": ("Tên đăng nhập", ""), "password": ("Mật khẩu", "")}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["login"].widget.attrs |= NAME_BOX


class ConfirmForm(_Words, account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    words = {"password": ("Mật khẩu", "")}


class ChangePasswordForm(_Words, account_forms.ChangePasswordForm):
    """The password in use and a new one, typed twice."""

    words = {
        "oldpassword": ("Mật khẩu đang dùng", ""),
        "password1": ("Mật khẩu mới", passwords.HINT),
        "password2": ("Gõ lại mật khẩu mới", ""),
    }

    def clean(self) -> dict[str, Any]:
        """Both new ones the same."""
        data = self.cleaned_data
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", "Hai lần gõ không giống nhau.")
        return data


CODE = {"code": ("Mã xác thực", "Sáu chữ số đang hiện trong ứng dụng tạo mã.")}


class CodeForm(_Words, mfa_forms.AuthenticateForm):
    """The code of the second factor, or a recovery code."""

    words = {"code": ("Mã xác thực", "Sáu chữ số trong ứng dụng tạo mã, hoặc một mã dự phòng.")}


class ConfirmCodeForm(_Words, mfa_forms.ReauthenticateForm):
    """The code once more, before something that matters."""

    words = CodeForm.words


class ActivateForm(_Words, totp_forms.ActivateTOTPForm):
    """The first code, which shows that the telephone took the secret."""

    words = CODE

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SignIn(account.LoginView):
    """The page with Vietnamese words."""

    form_class = SignInForm
    template_name = "accounts/signin.html"


class Confirm(account.ReauthenticateView):
    """The page with Vietnamese words."""

    form_class = ConfirmForm
    template_name = "accounts/confirm.html"


class ChangePassword(account.PasswordChangeView):
    """The page with Vietnamese words."""

    form_class = ChangePasswordForm
    template_name = "accounts/password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        """Whoever has no password yet sets the first one by an invitation, nowhere else."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("accounts:profile")
        return super().dispatch(request, *args, **more)


class EnterCode(mfa.AuthenticateView):
    """The page with Vietnamese words."""

    form_class = CodeForm
    template_name = "accounts/code.html"


class ConfirmCode(mfa.ReauthenticateView):
    """The page with Vietnamese words."""

    form_class = ConfirmCodeForm
    template_name = "accounts/confirm.html"


class Activate(totp.ActivateTOTPView):
    """The page with Vietnamese words."""

    form_class = ActivateForm
    template_name = "accounts/second_factor_on.html"
