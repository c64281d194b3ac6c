"""The board of each role, and the choice of the post to work under."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.accounts.access import POST_KEY
from hieuhoc.web.board import board_of
from hieuhoc.web.context import frame_of


@require_safe
@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Show what is due, what came back, what cannot be judged yet, what looks wrong."""
    return render(request, "web/board.html", {"board": board_of(request.user, frame_of(request).standing)})


@require_POST
@login_required
def choose_post(request: HttpRequest) -> HttpResponse:
    """Work under another of one's own posts."""
    wanted = request.POST.get("post", "")
    if wanted not in {str(one.id) for one in frame_of(request).standing.held}:
        raise Http404
    request.session[POST_KEY] = int(wanted)
    return redirect("web:board")
