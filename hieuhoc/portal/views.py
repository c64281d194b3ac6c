"""The public pages: the programme, the figures, the honour roll, how to take part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hieuhoc.portal import queries
from hieuhoc.rounds.models import Round


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show what the programme is, the figures, communes to look into, and how to take part."""
    text = request.GET.get("xa", "").strip()
    context = {
        "nation": queries.nation(),
        "text": text,
        "found": queries.communes_named(text) if text else [],
    }
    return render(request, "portal/front.html", context)


@require_safe
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """Show one commune's figures and honour roll of a year."""
    place = queries.commune_of_code(code, localdate())
    if place is None:
        raise Http404
    if place.code != code:
        return redirect("portal:commune", place.code)
    rounds = queries.rounds_of(place.unit_id)
    chosen = _chosen(request, rounds)
    context = {
        "place": place,
        "rounds": rounds,
        "round": chosen,
        "year": queries.year_of(chosen) if chosen else None,
    }
    return render(request, "portal/commune.html", context)


def _chosen(request: HttpRequest, rounds: list[Round]) -> Round | None:
    """The round of the year asked for, else the latest."""
    wanted = request.GET.get("nam", "")
    return next((one for one in rounds if str(one.year) == wanted), rounds[0] if rounds else None)


@require_safe
def targets(request: HttpRequest, code: str) -> HttpResponse:
    """The same figures beside the targets that bind the commune, as a fragment of its page."""
    place = queries.commune_of_code(code, localdate())
    chosen = _chosen(request, queries.rounds_of(place.unit_id)) if place else None
    if chosen is None:
        raise Http404
    return render(request, "portal/targets.html", {"held": queries.targets_of(chosen)})
