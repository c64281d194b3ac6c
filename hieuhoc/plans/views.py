"""Plans: what binds the place, its plans, a plan beside its text, correcting and confirming it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hieuhoc.common.numbers import whole
from hieuhoc.places import tree
from hieuhoc.places.models import Unit
from hieuhoc.plans import access, actions, queries, wording
from hieuhoc.plans.forms import AreaForm, HeadForm, TargetForm
from hieuhoc.plans.marking import marked
from hieuhoc.plans.models import AreaClass, Plan, Target
from hieuhoc.registry.workbooks import answer

HEADINGS = ("Chỉ tiêu", "Mức", "Đến năm", "Vùng", "Phần địa bàn", "Kế hoạch", "Câu trong kế hoạch", "Vì sao")


@login_required
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """What binds the place this year, and the plans it has and had."""
    return _list(request, access.place_for(request))


def _list(request: HttpRequest, place: int, form: AreaForm | None = None) -> HttpResponse:
    today = localdate()
    year = _year(request.GET.get("nam", ""), today.year)
    reaches = queries.reaching([place], today)
    bound = queries.bound_by(reaches, year, today, queries.areas([place], today))[place]
    if "excel" in request.GET:
        return _workbook(tree.name_of(place, today), year, bound)
    shown = {
        "place": place,
        "level": Unit.objects.values_list("level", flat=True).get(pk=place),
        "place_name": tree.name_of(place, today),
        "year": year,
        "years": range(2014, 2031),
        "bound": [(one, wording.about(*one.target.matter), wording.amount(one.target)) for one in bound],
        "plans": queries.light().filter(place=place).order_by("-issued", "-pk"),
        "above": queries.plans_above(place, reaches[place]),
        "may_write": access.may_write(request.user, place),
        "areas": AreaClass.objects.filter(place=place).select_related("said_by").order_by("-since", "-pk"),
        "area_form": form or AreaForm(),
    }
    return render(request, "plans/list.html", shown, status=422 if form else 200)


@login_required
@require_POST
def area(request: HttpRequest) -> HttpResponse:
    """Say of which area the commune is from a day on."""
    place, form = access.place_to_write(request), AreaForm(request.POST)
    if not form.is_valid():
        return _list(request, place, form)
    try:
        actions.set_area(place, by=request.user, **form.cleaned_data)
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return _list(request, place, form)
    messages.success(request, "Đã ghi vùng của xã; chỉ tiêu theo vùng áp dụng từ ngày ấy.")
    return redirect(_list_of(place))


def _year(text: str, usual: int) -> int:
    found = whole(text, usual) or usual
    return found if 2000 <= found <= 2100 else usual


def _workbook(name: str, year: int, bound: list[queries.Bound]) -> HttpResponse:
    rows = [
        (
            wording.about(*one.target.matter), wording.amount(one.target), one.target.year,
            wording.AREAS.get(one.target.area, ""), one.territory, f"{one.reach.plan.place} {one.reach.plan.number}",
            one.target.sentence, one.because,
        )
        for one in bound
    ]  # fmt: skip
    return answer(f"Chỉ tiêu {year}", HEADINGS, rows)


@login_required
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Read a dropped plan into a draft and open it."""
    place = access.place_to_write(request)
    given = request.FILES.get("file")
    try:
        if given is None:
            raise actions.Refused("Chưa chọn tệp nào.")
        plan = actions.take(given.read(), given.name or "ke-hoach", place_id=place, by=request.user)
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect(_list_of(place))
    return redirect("plans:one", plan.pk)


def _list_of(place: int) -> str:
    return f"{reverse('plans:list')}?noi={place}"


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan beside its text."""
    return _page(request, access.plan_for(request.user, pk))


def _page(request: HttpRequest, plan: Plan, head: HeadForm | None = None) -> HttpResponse:
    targets = list(plan.targets.all())
    spans = [(one.start, one.end or 0, f"{one.position}") for one in targets if one.start is not None]
    draft = plan.state == Plan.State.DRAFT
    day = localdate() if tree.exists_on(plan.place_id, localdate()) else plan.issued or localdate()
    shown = {
        "plan": plan,
        "place_name": tree.name_of(plan.place_id, day),
        "lines": marked(plan.text, spans),
        "targets": [
            (one, wording.about(one.model, one.measure, one.population), wording.amount(one)) for one in targets
        ],
        "activities": [(one, wording.when(one.when)) for one in plan.activities.all()],
        "duties": plan.read.get("duties", []),
        "warnings": plan.read.get("warnings", []) if draft else [],
        "head": head or HeadForm.of(plan),
        "draft": draft and access.may_write(request.user, plan.place_id),
        "others": queries.light().filter(place=plan.place_id, state=Plan.State.PUBLISHED).exclude(pk=plan.pk),
    }
    return render(request, "plans/one.html", shown, status=422 if head and head.errors else 200)


@login_required
@require_POST
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the head of a draft."""
    plan = access.draft_for(request.user, pk)
    form = HeadForm.of(plan, request.POST)
    if not form.is_valid():
        return _page(request, plan, form)
    return _done(request, pk, lambda: actions.set_head(pk, form.cleaned_data, by=request.user), "Đã lưu phần đầu.")


@login_required
@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one target of a draft."""
    held = access.target_for(request.user, pk)
    form = TargetForm.of(held, request.POST or None)
    if _acted(request, form, lambda: actions.correct_target(pk, form.cleaned_data, by=request.user)):
        messages.success(request, "Đã sửa chỉ tiêu.")
        return redirect("plans:one", held.plan_id)
    return _target_page(request, held.plan, form, held)


@login_required
@require_http_methods(["GET", "POST"])
def add_target(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a target the reading missed."""
    plan = access.draft_for(request.user, pk)
    form = TargetForm(request.POST or None)
    if _acted(request, form, lambda: actions.add_target(pk, form.cleaned_data, by=request.user)):
        messages.success(request, "Đã thêm chỉ tiêu.")
        return redirect("plans:one", pk)
    return _target_page(request, plan, form)


def _acted(request: HttpRequest, form: TargetForm, act: Callable[[], Any]) -> bool:
    """Do the act of a filled form; a refusal is said in the form, where what was typed stays."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _target_page(request: HttpRequest, plan: Plan, form: TargetForm, held: Target | None = None) -> HttpResponse:
    shown = {"plan": plan, "form": form, "target": held}
    return render(request, "plans/target.html", shown, status=422 if form.errors else 200)


@login_required
@require_POST
def drop_target(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave out a target that is none."""
    held = access.target_for(request.user, pk)
    return _done(request, held.plan_id, lambda: actions.drop_target(pk, by=request.user), "Đã bỏ chỉ tiêu.")


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a draft; it may amend or replace a plan of the same place."""
    access.draft_for(request.user, pk)
    how, other = request.POST.get("how", ""), request.POST.get("other", "")
    number = whole(other)
    relation = {how: number} if how in ("amends", "replaces") and number is not None else {}
    return _done(
        request, pk, lambda: actions.publish(pk, by=request.user, **relation),
        "Đã xác nhận. Từ ngày ban hành, số liệu được đặt cạnh các chỉ tiêu này.",
    )  # fmt: skip


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    plan = access.draft_for(request.user, pk)
    try:
        actions.discard(pk, by=request.user)
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("plans:one", pk)
    messages.success(request, "Đã bỏ kế hoạch chưa xác nhận.")
    return redirect(_list_of(plan.place_id))


def _done(request: HttpRequest, plan_id: int, act: Callable[[], Any], words: str) -> HttpResponse:
    """Do the act, say what came of it, go back to the plan."""
    try:
        act()
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("plans:one", plan_id)
