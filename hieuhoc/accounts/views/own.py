"""One's own page, and the door an invitation opens."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hieuhoc.accounts import actions, queries
from hieuhoc.accounts.forms import FirstPasswordForm, PhoneForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show one's own posts and sign-in, and take a new telephone number."""
    user = request.user
    form = PhoneForm(request.POST or None, initial={"phone": user.phone})
    if request.method == "POST" and form.is_valid():
        actions.change_own_phone(form.cleaned_data["phone"], by=user)
        messages.success(request, "Đã lưu số điện thoại.")
        return redirect("accounts:profile")
    posts = queries.posts_of([user.pk])[user.pk]
    page = {
        "form": form,
        "posts": posts,
        "working": any(post.when == "now" for post in posts),
        "second_factor": is_mfa_enabled(user),
    }
    return render(request, "accounts/profile.html", page, status=422 if form.errors else 200)


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person set the first password; a link that opens no more says why and what to do."""
    invitation = actions.open_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=410)
    form = FirstPasswordForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        user = actions.accept_invitation(token, form.cleaned_data["password"])
        messages.success(request, f"Đã đặt mật khẩu. Đăng nhập bằng tên {user.username}.")
        return redirect("account_login")
    posts = queries.posts_of([invitation.user_id])[invitation.user_id]
    page = {"form": form, "person": invitation.user, "posts": posts, "expires_at": invitation.expires_at}
    return render(request, "accounts/accept.html", page, status=422 if form.errors else 200)
