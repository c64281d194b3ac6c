"""The only way a page gets links and self-assessments: officers by their reach, whoever holds a link by its cookie.

The cookie is signed, lives for some hours under the address of its link only, and names the one subject that was
confirmed. A link of one subject or village therefore opens no other; nobody is signed in by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from hieuhoc.accounts.access import can, reach, see
from hieuhoc.dossiers.access import dossier_for
from hieuhoc.dossiers.models import Dossier
from hieuhoc.recognition.rules import read_code
from hieuhoc.registry.access import near
from hieuhoc.registry.models import Subject
from hieuhoc.rounds.access import round_for
from hieuhoc.rounds.models import Round
from hieuhoc.selfassessment import queries
from hieuhoc.selfassessment.keys import digest, token_of
from hieuhoc.selfassessment.models import Link, SelfAssessment

RIGHT = "dossier.write"
COOKIE = "tu-cham"
SECONDS = 4 * 3600


@dataclass(frozen=True)
class Holder:
    """Whoever confirmed under a link: the link, who they are, what they answered so far, their dossier."""

    link: Link
    token: str
    subject: Subject
    round: Round
    held: SelfAssessment | None
    dossier: Dossier | None

    @property
    def going(self) -> SelfAssessment | None:
        """The self-assessment, unless its consent was withdrawn."""
        return self.held if self.held and not self.held.withdrawn_at else None


def link_of(token: str) -> Link | None:
    """The link under an address, in any case, with or without hyphens; None when there is none."""
    code = read_code(token)
    if code is None:
        return None
    return Link.objects.select_related("round", "subject").filter(digest=digest(code)).first()


def holder(request: HttpRequest, link: Link) -> Holder | None:
    """Whoever confirmed under the link in this browser; None when nobody did or the subject is none of its own."""
    named = request.get_signed_cookie(COOKIE, default="", salt=_salt(link), max_age=SECONDS)
    if not named:
        return None
    subject = queries.subjects_of(link).filter(pk=UUID(named)).first()
    if subject is None:
        return None
    held = queries.of_subject(link.round_id, subject.pk)
    dossier = queries.dossier_of(link.round_id, subject.pk)
    return Holder(link, token_of(link.pk), subject, link.round, held, dossier)


def let_in(answer: HttpResponse, link: Link, subject: Subject) -> HttpResponse:
    """Give the cookie of a confirmed subject."""
    answer.set_signed_cookie(
        COOKIE, str(subject.pk), salt=_salt(link), max_age=SECONDS, path=_path(link), httponly=True, samesite="Lax",
        secure=settings.SECURE,
    )  # fmt: skip
    return answer


def let_out(answer: HttpResponse, link: Link) -> HttpResponse:
    """Take the cookie back, as on a telephone that is handed on."""
    answer.delete_cookie(COOKIE, path=_path(link), samesite="Lax")
    return answer


def _salt(link: Link) -> str:
    return f"selfassessment.{link.pk}"


def _path(link: Link) -> str:
    return reverse("selfassessment:open", args=[token_of(link.pk)])


def round_to_write(user: Any, round_id: int) -> Round:
    """A round in whose commune, or a village of it, the officer writes dossiers; else 404."""
    round_ = round_for(user, round_id)
    if not near(user, RIGHT, round_.place_id):
        raise Http404
    return round_


def within(user: Any, round_: Round) -> Any:
    """The places whose links the officer sees; None for all of the round."""
    return None if can(user, RIGHT, round_.place_id) else reach(user, RIGHT)


def link_for(user: Any, link_id: UUID) -> Link:
    """A link at a place where the officer writes; else 404."""
    found = Link.objects.select_related("round", "subject").filter(pk=link_id).first()
    if found is None:
        raise Http404
    see(user, RIGHT, found.place_id)
    return found


def assessment_for(user: Any, pk: UUID) -> SelfAssessment:
    """A self-assessment at a place where the officer writes; else 404."""
    found = SelfAssessment.objects.select_related("subject").filter(pk=pk).first()
    if found is None:
        raise Http404
    see(user, RIGHT, found.subject.place_id)
    return found


def dossier_seen(user: Any, dossier_id: UUID) -> tuple[Dossier, SelfAssessment | None]:
    """A dossier the reader may see, and what its subject says of itself; else 404."""
    dossier = dossier_for(user, dossier_id)
    held = queries.of_subject(dossier.round_id, dossier.subject_id)
    return dossier, held if held and not held.withdrawn_at else None
