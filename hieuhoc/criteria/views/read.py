"""Reading: the list of sets, one version, the difference between two, the workbook."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hieuhoc.criteria import access, queries, rules, wording, workbooks, xlsform
from hieuhoc.criteria.forms import ReasonForm
from hieuhoc.criteria.models import CriteriaVersion, Model, State, Status
from hieuhoc.files.delivery import attachment
from hieuhoc.places import tree


@login_required
@require_safe
def sets(request: HttpRequest) -> HttpResponse:
    """Every set by learning model, with its versions."""
    versions = list(queries.catalogue().annotate(indicator_count=Count("indicators")))
    names = tree.names_of({v.province_id for v in versions if v.province_id}, localdate())
    order = list(Model)
    rows = [(version, names.get(version.province_id, "")) for version in versions]
    rows.sort(key=lambda row: order.index(row[0].model))
    models = [(Model(model).label, list(found)) for model, found in groupby(rows, key=lambda row: row[0].model)]
    page = {"models": models, "may_make": access.may_edit_nation(request.user)}
    return render(request, "criteria/list.html", page)


@login_required
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it is, its rule, its indicators, and what may be done with it."""
    found = access.version(pk)
    may_edit = access.may_edit(request.user, found)
    page = {
        **head(found),
        "groups": wording.groups(queries.shape_of(found)),
        "others": _others(found),
        "has_form": not found.is_draft and has_form(found),
        "may_edit": may_edit,
        "may_copy": access.may_edit_nation(request.user) or bool(access.provinces(request.user)),
        "problems": queries.problems_of(found) if found.is_draft and may_edit else [],
        "reason": ReasonForm(),
    }
    return render(request, "criteria/version.html", page)


@login_required
@require_safe
def difference(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What changed from the version `other` to the version `pk`."""
    new, old = access.version(pk), access.version(other)
    changes = rules.difference_of_shapes(queries.shape_of(old), queries.shape_of(new))
    rows = [(one, wording.shown(one.before), wording.shown(one.after)) for one in changes]
    return render(request, "criteria/difference.html", {"new": new, "old": old, "rows": rows})


@login_required
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen version to compare with, as an address of its own."""
    chosen = request.GET.get("voi", "")
    return redirect("criteria:difference", pk, int(chosen)) if chosen.isdigit() else redirect("criteria:version", pk)


@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as a workbook that can be imported again."""
    found = access.version(pk)
    name = f"bo-tieu-chi-{found.set.code}-{pk}.xlsx"
    data = workbooks.export(queries.shape_of(found))
    return attachment(data, name)


@login_required
@require_safe
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """A published version as an XLSForm for ODK or KoboToolbox; one that asks nothing yet, or a draft, has none."""
    found = access.version(pk)
    if found.is_draft or not has_form(found):
        raise Http404
    return attachment(xlsform.workbook(queries.criteria_of(pk)), f"bieu-mau-{found.set.code}-{pk}.xlsx")


def has_form(found: CriteriaVersion) -> bool:
    """Whether there is anything of the version to ask in the field."""
    return any(not one["derived"] for group in queries.shape_of(found)["criteria"] for one in group["indicators"])


def head(found: CriteriaVersion) -> dict[str, Any]:
    """What every page of one version shows above the rest."""
    shape = queries.shape_of(found)
    signed = found.document.get("date")
    province = tree.name_of(found.province_id, localdate()) if found.province_id else ""
    return {
        "version": found,
        "shape": shape,
        "province": province,
        "document_date": date.fromisoformat(signed) if signed else None,
        "rule": wording.rule(shape),
        "used_at": [wording.PLACE_LEVELS.get(level, level) for level in found.used_at],
        "illustrative": found.state == State.ILLUSTRATIVE,
        "published": found.status == Status.PUBLISHED,
        "groups": [],
    }


def _others(found: CriteriaVersion) -> list[CriteriaVersion]:
    """Versions it makes sense to compare with: of the same set, then of the same model."""
    others = queries.catalogue().filter(model=found.model).exclude(pk=found.pk)
    return sorted(others, key=lambda one: (one.set_id != found.set_id, one.set.code, one.pk))
