"""Acting on the places: each act is shown with its effects first and carried out when confirmed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from hieuhoc.places import actions, tree
from hieuhoc.places.actions import Refused
from hieuhoc.places.models import Level, Unit, UnitVersion
from hieuhoc.web.places import access, acting, forms, splitting, telling

both = require_http_methods(["GET", "POST"])
CHILD_LEVEL = {Level.COMMUNE: Level.VILLAGE, Level.DISTRICT: Level.COMMUNE, Level.PROVINCE: Level.COMMUNE,
               Level.NATION: Level.PROVINCE}  # fmt: skip


@login_required
@both
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down villages of a commune, one name a line."""
    access.commune_to_change(request.user, pk)
    form = forms.AddForm(request.POST or None)
    here = reverse("places:villages", args=[pk])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        given = {"by": request.user, "day": typed["day"], "legal_basis": typed["legal_basis"]}
        before = tree.children(pk, localdate()).count()
        if _try(form, lambda: actions.open_villages(pk, typed["names"], **given) or True):
            made = tree.children(pk, localdate()).count() - before
            messages.success(request, f"Đã ghi thêm {made} thôn." if made else "Các tên này đã có cả.")
            return redirect(here)
    return _form(request, form, "Thêm thôn, làng, tổ dân phố", tree.name_of(pk, localdate()), "Thêm", here)


@login_required
@both
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name or kind from a day on."""
    unit = access.unit_to_change(request.user, pk)
    named = tree.versions_of([pk], localdate())[pk]
    start = {"name": named.name, "kind": named.kind, "code": named.code}
    form = forms.NamedForm(unit.level, request.POST or None, initial=start)
    return _act(request, form, "rename", [pk], f"Đổi tên {named.in_sentence}", unit)


@login_required
@both
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a unit, its territory passing to a neighbour or to none."""
    unit = access.unit_to_change(request.user, pk)
    choices = _beside(pk)
    form = forms.CloseForm(unit.level, request.POST or None, choices=choices)
    return _act(request, form, "close", [pk], f"Đóng {_called(pk)}", unit)


@login_required
@both
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another parent, named by its code."""
    unit = access.unit_to_change(request.user, pk)
    form = forms.MoveForm(unit.level, request.POST or None)
    if request.method == "POST" and form.is_valid():
        parent = tree.by_code(form.cleaned_data.pop("parent"), None, form.cleaned_data["day"])
        if parent is None:
            form.add_error("parent", "Không có đơn vị nào mang mã này vào ngày ấy.")
        else:
            access.require_all(request.user, unit.level, [parent.unit_id])
            form.cleaned_data["parent_id"] = parent.unit_id
    return _act(request, form, "move", [pk], f"Chuyển {_called(pk)} về nơi khác", unit)


@login_required
@both
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Divide a village; what others stand under is divided by saying which of them goes where."""
    unit = access.unit_to_change(request.user, pk)
    if unit.level == Level.NATION:
        raise Http404
    if unit.level != Level.VILLAGE:
        return splitting.split(request, unit)
    form = forms.SplitForm(unit.level, request.POST or None)
    return _act(request, form, "split", [pk], f"Tách {_called(pk)}", unit)


@login_required
@both
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one new unit of several that stand under this one."""
    parent = access.parent_to_change(request.user, pk)
    level = CHILD_LEVEL.get(Level(parent.level))
    if level is None:
        raise Http404
    choices = {row.unit_id: row.name for row in tree.children(pk, localdate())}
    asked = [int(one) for one in request.GET.getlist("don-vi") if one.isdigit()]
    form = forms.MergeForm(level, request.POST or None, choices=choices, initial={"units": asked})
    units: list[int] = []
    if request.method == "POST" and form.is_valid():
        units = form.cleaned_data["units"]
        access.require_all(request.user, level, units)
    what = "thôn" if level == Level.VILLAGE else "đơn vị"
    return _act(request, form, "merge", [units], f"Nhập {what} của {_called(pk)}", parent)


@login_required
@both
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Set right what was written down wrongly in one version."""
    access.unit_to_change(request.user, pk)
    version = get_object_or_404(
        UnitVersion.objects.select_related("unit"), unit_id=pk, pk=_number(request.GET.get("giai-doan"))
    )
    form = forms.CorrectForm(version, request.POST or None)
    here = reverse("places:unit", args=[pk])
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data if name != "reason"}
        given = changed | {"by": request.user, "reason": form.cleaned_data["reason"]}
        if _try(form, lambda: actions.correct(version.pk, **given) or True):
            messages.success(request, "Đã đính chính.")
            return redirect(here)
    lead = "Chỉ sửa điều đã ghi sai. Đơn vị có thay đổi thật thì ghi là đổi tên, nhập, tách hay đóng."
    return _form(request, form, f"Đính chính: {version.name}", lead, "Đính chính", here)


@login_required
@both
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a village that was entered by mistake."""
    access.unit_to_change(request.user, pk)
    back = _back(pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = tree.name_of(pk, localdate())
        given = {"by": request.user, "reason": form.cleaned_data["reason"]}
        if _try(form, lambda: actions.discard(pk, **given) or True):
            messages.success(request, f"Đã bỏ {name}.")
            return redirect(back)
    lead = "Chỉ bỏ được thôn ghi nhầm, chưa có dữ liệu. Thôn không còn thì đóng."
    return _form(request, form, f"Bỏ {_called(pk)}", lead, "Bỏ thôn ghi nhầm", back)


def _act(request: HttpRequest, form: Form, verb: str, args: list[Any], title: str, unit: Unit) -> HttpResponse:
    """The form; then what the act would do; then, confirmed, the act itself."""
    back = _back(unit.pk) if verb != "merge" else _list_of(unit)
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        given = form.act()  # type: ignore[attr-defined]
        reason = given.pop("reason")
        plan = _try(form, lambda: acting.planned(verb, args, given))
        if plan and "confirm" in request.POST:
            if _try(form, lambda: acting.carry_out(verb, args, given, request.user, reason) or True):
                messages.success(request, plan.effects[0])
                return redirect(back)
        elif plan:
            effects = [*plan.effects, *telling.living([one.unit_id for one in plan.ends], plan.day)]
            return render(
                request, "places/confirm.html", {"title": title, "effects": effects, "form": form, "back": back}
            )
    return _form(request, form, title, "", "Xem trước", back)


def _form(request: HttpRequest, form: Form, title: str, lead: str, button: str, back: str) -> HttpResponse:
    shown = {"form": form, "title": title, "lead": lead, "button": button, "back": back}
    return render(request, "places/form.html", shown, status=422 if form.errors else 200)


def _try(form: Form, act: Callable[[], Any]) -> Any:
    """Do it; what it refuses becomes a sentence on the form, and nothing typed is lost."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _called(pk: int) -> str:
    return tree.versions_of([pk], localdate())[pk].in_sentence


def _beside(pk: int) -> dict[int, str]:
    """The units that stand beside this one today."""
    parent = tree.versions_of([pk], localdate())[pk].parent_id
    rows = tree.children(parent, localdate()) if parent else []
    return {row.unit_id: row.name for row in rows if row.unit_id != pk}


def _back(pk: int) -> str:
    """Where an act on the unit came from: the villages of its commune, or its own page."""
    named = tree.versions_of([pk], localdate())[pk]
    parent = Unit.objects.filter(pk=named.parent_id, level=Level.COMMUNE).first()
    return _list_of(parent) if parent else reverse("places:unit", args=[pk])


def _list_of(parent: Unit) -> str:
    page = "places:villages" if parent.level == Level.COMMUNE else "places:unit"
    return reverse(page, args=[parent.pk])


def _number(text: str | None) -> int:
    if not (text or "").isdigit():
        raise Http404
    return int(text or 0)
