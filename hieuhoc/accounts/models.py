"""People who sign in, their posts (person, role, place, from–until) that give rights, their invitations."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What a person does at a place."""

    VILLAGE_RECORDER = "village_recorder", "Người ghi của thôn"
    COMMUNE_OFFICER = "commune_officer", "Cán bộ Hội Khuyến học xã"
    COMMUNE_APPROVER = "commune_approver", "Người duyệt của UBND xã"
    PROVINCE_OFFICER = "province_officer", "Cán bộ cấp tỉnh"
    PROVINCE_APPROVER = "province_approver", "Người duyệt cấp tỉnh"
    NATIONAL_OFFICER = "national_officer", "Cán bộ cấp trung ương"
    INSPECTOR = "inspector", "Người kiểm tra"
    ADMINISTRATOR = "administrator", "Quản trị"


class User(AbstractUser):
    """A person who signs in; accounts are made by an administrator, never by sign-up.

    The user name is in small letters; ``search_key`` and ``sort_key`` come from the full name.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=120)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    search_key = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=300, blank=True)
    demonstration = models.BooleanField(default=False)

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower("username")), name="accounts_username_small_letters"),
        ]
        indexes = [models.Index(fields=["sort_key"], name="accounts_user_sort")]

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    def __str__(self) -> str:
        return self.full_name or self.username


class Post(models.Model):
    """A person has a role at a place for a time; rights follow from it and end with it.

    ``valid`` is half open: a post that holds to the end of 31/12/2026 has the upper bound 2027-01-01.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role)
    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="posts")
    valid = DateRangeField()
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["place", "role"], name="accounts_post_place_role")]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "place", "valid"], name="accounts_post_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="accounts_post_role_known"),
            models.CheckConstraint(condition=Q(valid__lower_inf=False), name="accounts_post_has_start"),
        ]


class Invitation(models.Model):
    """A one-time link to set the first password; only its hash is kept. A later one puts it out of use."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
