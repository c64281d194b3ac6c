"""What an administrator reads: the list of people, its workbook, one person, places to choose from."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hieuhoc.accounts import access, queries, workbooks
from hieuhoc.accounts.models import Role
from hieuhoc.files.delivery import attachment

PER_PAGE = 50


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the accounts within reach, found without marks."""
    access.require_somewhere(request.user, access.MANAGE)
    asked = _asked(request)
    page = Paginator(queries.people_list(request.user, **asked), PER_PAGE).get_page(request.GET.get("trang"))
    posts = queries.posts_of([one.pk for one in page], access.reach(request.user, access.MANAGE))
    rows = [(one, [post for post in posts[one.pk] if post.when != "over"]) for one in page]
    shown = {
        "page": page,
        "rows": rows,
        "asked": asked,
        "states": queries.STATES.items(),
        "roles": Role.choices,
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/list.html", shown)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, with the filters of the page."""
    access.require_somewhere(request.user, access.MANAGE)
    people = list(queries.people_list(request.user, **_asked(request)))
    posts = queries.posts_of([one.pk for one in people], access.reach(request.user, access.MANAGE))
    return attachment(workbooks.people(people, posts), "tai-khoan.xlsx")


@login_required
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts, invitations, history, and what may be done."""
    someone = access.person(request.user, pk)
    managed = access.manages(request.user, pk)
    near = access.reach(request.user, access.MANAGE)
    posts = queries.posts_of([pk], None if managed else near)[pk]
    page = {
        "person": queries.with_state(access.people(request.user)).get(pk=pk),
        "posts": posts,
        "within": set(near.filter(descendant_id__in={post.place_id for post in posts})),
        "managed": managed,
        "mine": someone == request.user,
        "second_factor": managed and is_mfa_enabled(someone),
        "invitation": someone.invitations.order_by("-made_at").first(),
        "history": queries.history(someone) if managed else [],
    }
    return render(request, "accounts/person.html", page)


@login_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Suggestions for the place of a post, for what was typed so far."""
    access.require_somewhere(request.user, access.MANAGE)
    found = queries.choices(request.user, request.GET.get("place", ""), limit=30)
    return render(request, "accounts/places.html", {"choices": found})


def _asked(request: HttpRequest) -> dict[str, str]:
    asked = request.GET
    return {"text": asked.get("q", ""), "state": asked.get("tinh-trang", ""), "role": asked.get("vai-tro", "")}
