"""Editing a draft: each page asks the gate, then the act; a refusal is shown where the person stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hieuhoc.accounts.access import Forbidden
from hieuhoc.criteria import access, actions, drafting, queries
from hieuhoc.criteria.forms import CopyForm, GroupForm, HeadForm, IndicatorForm, NewSetForm, ReasonForm
from hieuhoc.criteria.models import CriteriaVersion
from hieuhoc.criteria.views.read import head

FORM = ["GET", "HEAD", "POST"]
NATION = "nation"


@login_required
@require_http_methods(FORM)
def create(request: HttpRequest) -> HttpResponse:
    """Make a new national set with an empty draft."""
    if not access.may_edit_nation(request.user):
        raise Forbidden("Chỉ quản trị và cán bộ trung ương lập được bộ tiêu chí mới.")
    form = NewSetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: actions.create_set(**form.cleaned_data, by=request.user))
        if made:
            return redirect("criteria:head", made.pk)
    return _page(request, "criteria/create.html", {"form": form})


@login_required
@require_http_methods(FORM)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version, or a local variant, that begins as a copy of this one."""
    origin = access.version(pk)
    nation = [(NATION, "Cả nước")] if access.may_edit_nation(request.user) else []
    places = nation + [(str(one), name) for one, name in access.provinces(request.user)]
    if not places:
        raise Forbidden("Tài khoản này không có quyền lập bản mới.")
    form = CopyForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["place"]
        province = None if place == NATION else int(place)
        name = form.cleaned_data["version"]
        made = _tried(form, lambda: actions.draft_from(pk, name, by=request.user, province_id=province))
        if made:
            messages.success(request, "Đã lập bản nháp. Sửa xong thì kiểm tra rồi ban hành.")
            return redirect("criteria:version", made.pk)
    return _page(
        request, "criteria/form.html", {**head(origin), "form": form, "title": "Lập bản mới", "submit": "Lập bản nháp"}
    )


@login_required
@require_http_methods(FORM)
def edit_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands above the indicators."""
    draft, shape = _draft(request, pk)
    local = draft.province_id is not None
    form = HeadForm(request.POST or None, local=local, initial=HeadForm.initial_of(shape))
    if request.method == "POST" and form.is_valid():
        fields = form.shape(shape)
        if _done(form, lambda: actions.edit_head(pk, fields, by=request.user)):
            return redirect("criteria:version", pk)
    return _page(
        request, "criteria/form.html", {**head(draft), "form": form, "title": "Thông tin chung", "submit": "Lưu"}
    )


@login_required
@require_http_methods(FORM)
def group(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    """Add or change a criterion."""
    draft, shape = _draft(request, pk)
    found = next((one for one in shape["criteria"] if one["key"] == key), None)
    if key and not found:
        raise Http404
    form = GroupForm(request.POST or None, initial=found)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if _done(form, lambda: actions.put_group(pk, values, by=request.user, old_key=key or None)):
            return redirect("criteria:version", pk)
    title = f"Tiêu chí {key}" if key else "Thêm tiêu chí"
    page = {**head(draft), "form": form, "title": title, "submit": "Lưu", "remove_group": key}
    return _page(request, "criteria/form.html", page)


@login_required
@require_http_methods(FORM)
def indicator(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    """Add or change an indicator."""
    draft, shape = _draft(request, pk)
    found = drafting.find(shape, key) if key else None
    if key and not found:
        raise Http404
    groups = [(one["key"], f"{one['key']}. {one['label']}") for one in shape["criteria"]]
    initial = IndicatorForm.initial_of(*found) if found else {"criterion": request.GET.get("tieu-chi", "")}
    form = IndicatorForm(request.POST or None, groups=groups, initial=initial)
    if request.method == "POST" and form.is_valid():
        row, into = form.row(), form.cleaned_data["criterion"]
        if _done(form, lambda: actions.put_indicator(pk, into, row, by=request.user, old_key=key or None)):
            return redirect("criteria:version", pk)
    title = f"Chỉ số {key}" if key else "Thêm chỉ số"
    page = {**head(draft), "form": form, "title": title, "submit": "Lưu", "remove_indicator": key}
    return _page(request, "criteria/indicator.html", page)


@login_required
@require_POST
def remove_indicator(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take an indicator out of a draft."""
    access.editable(request.user, pk)
    return _act(request, pk, lambda: actions.remove_indicator(pk, key, by=request.user), f"Đã bỏ chỉ số {key}.")


@login_required
@require_POST
def remove_group(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take an empty criterion out of a draft."""
    access.editable(request.user, pk)
    return _act(request, pk, lambda: actions.remove_group(pk, key, by=request.user), f"Đã bỏ tiêu chí {key}.")


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in force; it cannot be changed afterwards."""
    access.editable(request.user, pk)
    return _act(request, pk, lambda: actions.publish(pk, by=request.user), "Đã ban hành. Bản này không sửa được nữa.")


@login_required
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published version out of use, with a reason."""
    access.editable(request.user, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _act(
        request, pk, lambda: actions.retire(pk, by=request.user, reason=reason), "Đã ngừng dùng bản này cho đợt mới."
    )


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    access.editable(request.user, pk)
    try:
        actions.delete_draft(pk, by=request.user)
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("criteria:version", pk)
    messages.success(request, "Đã xóa bản nháp.")
    return redirect("criteria:list")


def _draft(request: HttpRequest, pk: int) -> tuple[CriteriaVersion, dict[str, Any]]:
    """The draft and its written shape; a published version is no page to edit."""
    found = access.editable(request.user, pk)
    if not found.is_draft:
        raise Forbidden("Bản này đã ban hành nên không sửa được; hãy lập bản mới từ bản này.")
    return found, queries.shape_of(found)


def _tried(form: forms.Form, act: Callable[[], Any]) -> Any:
    """The result of the act, None where it was refused: the sentence then stands in the form."""
    try:
        return act()
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return None


def _done(form: forms.Form, act: Callable[[], None]) -> bool:
    _tried(form, act)
    return not form.errors


def _act(request: HttpRequest, pk: int, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
        messages.success(request, said)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    return redirect("criteria:version", pk)


def _page(request: HttpRequest, template: str, page: dict[str, Any]) -> HttpResponse:
    return render(request, template, page, status=422 if page["form"].errors else 200)
