"""What a password must be: long rather than intricate, not common, not like its owner."""

from __future__ import annotations

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator, validate_password
from django.core.exceptions import ValidationError

from hieuhoc.accounts.models import User

SHORTEST = 10
HINT = f"Ít nhất {SHORTEST} ký tự. Một câu ngắn dễ nhớ là tốt nhất."
_LIKE_OWNER = UserAttributeSimilarityValidator(user_attributes=("username", "full_name", "phone"))


def check(password: str, user: User) -> None:
    """Raise ``ValidationError`` with Vietnamese sentences unless the password will do."""
    if len(password) < SHORTEST:
        raise ValidationError(f"Mật khẩu cần ít nhất {SHORTEST} ký tự.")
    _LIKE_OWNER.validate(password, user)
    validate_password(password, user)
