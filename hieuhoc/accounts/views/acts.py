"""What an administrator does: make, invite, grant, end, reset, stop. Each page asks the gate, then the act.

A link is answered by the page that made it, once, and is never kept: reloading that page gives a new link
and puts the old one out of use.
"""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hieuhoc.accounts import access, actions, queries, squares
from hieuhoc.accounts.forms import EndForm, MakeForm, PersonForm, PostForm, ReasonForm, ResetForm
from hieuhoc.accounts.models import Post, User


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make an account with its first post; answers with the link to hand over."""
    access.require_somewhere(request.user, access.MANAGE)
    form = MakeForm(request.POST or None, manager=request.user)
    if request.method == "POST" and form.is_valid():
        new, reason = form.new_account(), form.cleaned_data["reason"]
        handed = _tried(form, lambda: actions.make_account(new, by=request.user, reason=reason))
        if handed:
            return handover(request, [handed])
    page = {"form": form, "choices": queries.choices(request.user), "title": "Lập tài khoản"}
    return render(request, "accounts/make.html", page, status=_status(form))


@login_required
@never_cache
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person without a password a new link."""
    access.person(request.user, pk)
    access.require_manages(request.user, pk)
    try:
        return handover(request, [actions.invite(pk, by=request.user)])
    except actions.Refused as refused:
        return _back(request, pk, refused)


@login_required
@never_cache
@require_POST
def invite_many(request: HttpRequest) -> HttpResponse:
    """Give the chosen people new links, on a sheet to print."""
    access.require_somewhere(request.user, access.MANAGE)
    chosen = [int(one) for one in request.POST.getlist("person") if one.isdigit()]
    seen = list(access.people(request.user).filter(pk__in=chosen).values_list("pk", flat=True))
    try:
        return handover(request, actions.invite_many(seen, by=request.user))
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("accounts:list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a person's name or telephone."""
    person = _managed(request, pk)
    form = PersonForm(request.POST or None, initial={"full_name": person.full_name, "phone": person.phone})
    return _form_page(
        request,
        person,
        form,
        "Sửa họ tên, điện thoại",
        lambda data: actions.correct(pk, by=request.user, **data),
        submit="Lưu",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person one more post."""
    person = access.person(request.user, pk)
    form = PostForm(request.POST or None, manager=request.user)

    def act(data: dict) -> object:
        place = data.pop("place")
        return actions.grant_post(pk, place_id=place.unit_id, by=request.user, **data)

    return _form_page(request, person, form, "Giao nhiệm vụ", act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a post end after a day, with a reason."""
    post = Post.objects.select_related("user").filter(pk=pk).first()
    if post is None:
        raise Http404
    access.see(request.user, access.MANAGE, post.place_id)
    form = EndForm(request.POST or None)
    row = next(one for one in queries.posts_of([post.user_id])[post.user_id] if one.id == pk)
    return _form_page(
        request,
        post.user,
        form,
        "Kết thúc nhiệm vụ",
        lambda data: actions.end_post(pk, by=request.user, **data),
        lead=f"{row.role_label} tại {row.place}",
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the password back and answer with a new link."""
    person = _managed(request, pk)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        handed = _tried(form, lambda: actions.reset(pk, by=request.user, **data))
        if handed:
            return handover(request, [handed])
    lead = "Mật khẩu đang dùng hết hiệu lực ngay; người này đặt mật khẩu mới bằng lời mời."
    page = {"form": form, "person": person, "title": "Cấp lại lời mời", "lead": lead}
    return render(request, "accounts/form.html", page, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an account at once."""
    return _form_page(
        request,
        _managed(request, pk),
        ReasonForm(request.POST or None),
        "Ngừng tài khoản",
        lambda data: actions.deactivate(pk, by=request.user, **data),
        lead="Người này không đăng nhập được nữa từ bây giờ; lịch sử vẫn giữ nguyên và có thể mở lại.",
    )


@login_required
@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a stopped account again."""
    _managed(request, pk)
    try:
        actions.reactivate(pk, by=request.user)
    except actions.Refused as refused:
        return _back(request, pk, refused)
    messages.success(request, "Đã mở lại tài khoản.")
    return redirect("accounts:person", pk)


def handover(request: HttpRequest, handed: list[actions.Handover]) -> HttpResponse:
    """The page with the links, told this once, made to be printed and cut."""
    posts = queries.posts_of([one.user.pk for one in handed])
    address = settings.PUBLIC_ADDRESS
    cards = [
        {
            "person": one.user,
            "posts": posts[one.user.pk],
            "link": address + one.path,
            "square": squares.svg(address + one.path),
            "expires_at": one.expires_at,
        }
        for one in handed
    ]
    return render(request, "accounts/handover.html", {"cards": cards, "address": address})


def _managed(request: HttpRequest, pk: int) -> User:
    person = access.person(request.user, pk)
    access.require_manages(request.user, pk)
    return person


def _form_page(
    request: HttpRequest,
    person: User,
    form: forms.Form,
    title: str,
    act: Callable[[dict], object],
    **words: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and _tried(form, lambda: act(dict(form.cleaned_data))):
        messages.success(request, f"{title}: đã xong.")
        return redirect("accounts:person", person.pk)
    page = {"form": form, "person": person, "title": title} | words
    if isinstance(form, PostForm):
        page["choices"] = queries.choices(request.user)
    return render(request, "accounts/form.html", page, status=_status(form))


def _tried(form: forms.Form, act: Callable[[], object]):
    try:
        return act()
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return None


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound and form.errors else 200


def _back(request: HttpRequest, pk: int, refused: actions.Refused) -> HttpResponse:
    messages.error(request, str(refused))
    return redirect("accounts:person", pk)
