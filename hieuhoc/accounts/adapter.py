"""How django-allauth behaves here: closed to strangers, in Vietnamese, second factors encrypted.

Changes that people make to their own sign-in (password, second factor) pass here too and are written down.
"""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from hieuhoc.accounts import passwords, squares
from hieuhoc.accounts.models import User
from hieuhoc.audit import log


class ClosedDoor(DefaultAccountAdapter):
    """No sign-up; user names are in small letters, however they are typed."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Tài khoản này đã ngừng.",
        "enter_current_password": "Mật khẩu đang dùng không đúng.",
        "incorrect_code": "Mã không đúng. Mã đổi sau mỗi 30 giây; nhập mã đang hiện.",
        "incorrect_password": "Mật khẩu không đúng.",
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "rate_limited": "Thử quá nhiều lần. Chờ vài phút rồi thử lại.",
        "too_many_login_attempts": "Thử quá nhiều lần. Chờ vài phút rồi thử lại.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu không đúng.",
    }

    words = {
        "account/messages/password_changed.txt": "Đã đổi mật khẩu.",
        "mfa/messages/totp_activated.txt": "Đã bật lớp bảo vệ thứ hai.",
        "mfa/messages/totp_deactivated.txt": "Đã tắt lớp bảo vệ thứ hai.",
        "mfa/messages/recovery_codes_generated.txt": "Đã tạo bộ mã dự phòng.",
        "account/messages/logged_out.txt": "Đã đăng xuất.",
    }

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what is worth saying, in Vietnamese; the rest of allauth's messages is dropped."""
        said = message or self.words.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Sign in with the small-letter user name, so that the lockout counts one person as one."""
        if "username" in credentials:
            credentials["username"] = credentials["username"].strip().lower()
        return super().authenticate(request, **credentials)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """The ways to confirm oneself once more, in Vietnamese."""
        words = {"reauthenticate": "Xác nhận bằng mật khẩu", "mfa_reauthenticate": "Xác nhận bằng mã sáu chữ số"}
        return [one | {"description": words[one["id"]]} for one in super().get_reauthentication_methods(user)]

    def clean_password(self, password: str, user: User | None = None) -> str:
        """A new password must do for its owner."""
        assert user is not None
        passwords.check(password, user)
        return password

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The board; the own page, with its sentence, for a person without a post that holds."""
        from hieuhoc.accounts.queries import has_post

        assert isinstance(request.user, User)
        board = super().get_login_redirect_url(request)
        return board if has_post(request.user) else reverse("accounts:profile")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the own page."""
        return reverse("accounts:profile")

    def set_password(self, user: User, password: str) -> None:
        """A person changes the own password; the change and its line stand together."""
        with transaction.atomic():
            super().set_password(user, password)
            log.record("account.password", user, by=user)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Nobody has mail here: what happened to the second factor goes into the act log instead."""
        if template_prefix.startswith("mfa/"):
            with transaction.atomic():
                what = template_prefix.rsplit("/", 1)[-1]
                log.record("account.second_factor", user, by=user, after={"what": what})


class SecondFactor(DefaultMFAAdapter):
    """The second factor: secrets encrypted at rest, the square drawn by segno."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Không tắt được lớp bảo vệ thứ hai.",
        "cannot_generate_recovery_codes": "Bật ứng dụng tạo mã trước khi tạo mã dự phòng.",
        "incorrect_code": "Mã không đúng. Mã đổi sau mỗi 30 giây; nhập mã đang hiện.",
    }

    def encrypt(self, text: str) -> str:
        """Close a secret with the key of the installation."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what ``encrypt`` closed."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The square an authenticator reads."""
        return squares.svg(url, scale=5)


def _box() -> Fernet:
    """The key is of the installation, apart from the database that keeps the secrets."""
    return Fernet(base64.urlsafe_b64encode(sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()))
