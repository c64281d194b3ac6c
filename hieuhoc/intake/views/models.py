"""Sample workbooks to send to the villages: empty rosters, score sheets with the registered filled in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hieuhoc.accounts.access import see
from hieuhoc.files.delivery import attachment
from hieuhoc.intake import samples
from hieuhoc.intake.views.files import commune_of
from hieuhoc.rounds.models import Round
from hieuhoc.sheets import rosters


@login_required
@require_safe
def roster(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty roster of a kind."""
    commune = commune_of(request)
    if kind not in rosters.ROSTERS:
        raise Http404
    title, data = samples.roster(kind, commune)
    return attachment(data, f"{title}.xlsx")


@login_required
@require_safe
def scores(request: HttpRequest, round_id: int, model: str) -> HttpResponse:
    """The score sheet of a model of a round, its registered subjects filled in."""
    round_ = Round.objects.filter(pk=round_id).first()
    if round_ is None:
        raise Http404
    see(request.user, "sheet.import", round_.place_id)
    if model not in dict(samples.score_sheets(round_)):
        raise Http404
    title, data = samples.scores(round_, model)
    return attachment(data, f"{title}.xlsx")
