"""Whom forms are printed for, and whose a number is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from hieuhoc.accounts.access import can, reach
from hieuhoc.dossiers.access import dossiers_for
from hieuhoc.dossiers.models import Dossier, PaperForm, State
from hieuhoc.dossiers.paper import numbers
from hieuhoc.registry.access import subjects_for
from hieuhoc.registry.models import Subject
from hieuhoc.rounds.models import Round

REGISTER, SCORE = PaperForm.Kind.REGISTER, PaperForm.Kind.SCORE
ALL, UNSCORED = "all", "unscored"
SLIP = "Số phiếu này không đúng: có thể gõ nhầm một chữ số, hoặc phiếu của xã khác, năm khác. "
LOOK = "Xem lại số dưới mã QR và tên xã, năm ở đầu phiếu."


class NotFound(LookupError):
    """No form here goes by the number; the message is the sentence to show."""


@dataclass(frozen=True)
class Found:
    """A form by its number: its subject (none while blank) and the subject's dossier of the round, if any."""

    form: PaperForm
    round: Round
    subject: Subject | None
    dossier: Dossier | None

    @property
    def number(self) -> str:
        """The number as printed."""
        return numbers.written(self.round.pk, self.form.number)

    @property
    def address(self) -> int:
        """The number as the address of its page holds it."""
        return numbers.in_address(self.round.pk, self.form.number)

    @property
    def registered(self) -> bool:
        """Whether the subject takes part in the round."""
        return self.dossier is not None and self.dossier.state != State.WITHDRAWN


def to_register(user: Any, round_: Round, model: str, place_id: int | None) -> QuerySet[Subject]:
    """The subjects within reach that have no dossier of the round yet."""
    here = subjects_for(user, round_.place_id, "dossier.write").filter(model=model, active_to=None)
    here = here.filter(place_id=place_id) if place_id else here
    return here.exclude(dossiers__round=round_)


def to_score(user: Any, round_: Round, model: str, place_id: int | None, which: str) -> QuerySet[Dossier]:
    """The dossiers within reach that are still scored: all registered ones, or those without an answer."""
    here = dossiers_for(user, round_, "dossier.write").filter(model=model)
    here = here.filter(state__in=(State.DRAFT, State.RETURNED, State.SUBMITTED, State.VERIFIED))
    here = here.filter(place_id=place_id) if place_id else here
    return here.filter(answers={}) if which == UNSCORED else here


def found(user: Any, round_: Round, typed: numbers.Typed) -> Found:
    """The form of a typed number in this round, within the reader's reach; raises NotFound with the sentence."""
    if not typed.fits(round_.pk):
        raise NotFound(_of_another_year(user, round_, typed) or SLIP + LOOK)
    form = PaperForm.objects.filter(round=round_, number=typed.serial).first()
    if form is None or not can(user, "dossier.write", form.place_id):
        raise NotFound(f"Không có phiếu số {numbers.written(round_.pk, typed.serial)} trong đợt {round_.year}. {LOOK}")
    subject = _standing(form)
    dossier = Dossier.objects.select_related("round").filter(round=round_, subject=subject).first() if subject else None
    return Found(form, round_, subject, dossier)


def _standing(form: PaperForm) -> Subject | None:
    """The subject of a form; one that was merged is the one it was merged into."""
    if form.subject_id is None:
        return None
    subject = Subject.objects.select_related("merged_into").filter(pk=form.subject_id).first()
    if subject is None and not form.blank:
        raise NotFound("Mục in trên phiếu này không còn trong danh sách của xã.")
    subject = (subject and subject.merged_into) or subject
    if subject is not None and subject.active_to is not None:
        raise NotFound(f"«{subject.name}» đã đóng trong danh sách của xã; mở lại ở mục Danh sách rồi nhập phiếu.")
    return subject


def _of_another_year(user: Any, round_: Round, typed: numbers.Typed) -> str:
    """The sentence where the number fits a form of the same commune's other round."""
    others = Round.objects.filter(place_id=round_.place_id).exclude(pk=round_.pk).order_by("-year")
    fitting = [one for one in others if typed.fits(one.pk)]
    there = set(PaperForm.objects.filter(round__in=fitting, number=typed.serial).values_list("round_id", flat=True))
    other = next((one for one in fitting if one.pk in there), None)
    if other is None:
        return ""
    closed = ", đợt đó đã khóa" if other.state != Round.State.OPEN else ""
    return f"Số này không thuộc đợt {round_.year}; có thể là phiếu của đợt {other.year}{closed}. {LOOK}"


def progress(user: Any, round_: Round) -> tuple[int, int]:
    """How many of the round's printed forms within reach were keyed in, and how many there are."""
    here = PaperForm.objects.filter(round=round_)
    if not can(user, "dossier.write", round_.place_id):
        here = here.filter(place_id__in=reach(user, "dossier.write"))
    return here.filter(keyed_at__isnull=False).count(), here.count()


def recent(user: Any, round_: Round, count: int = 5) -> list[tuple[PaperForm, Dossier | None]]:
    """The forms the person keyed in last, with the dossier of each."""
    here = PaperForm.objects.filter(round=round_, keyed_by_id=user.pk, subject__isnull=False)
    forms = list(here.select_related("subject").order_by("-keyed_at")[:count])
    dossiers = Dossier.objects.filter(round=round_, subject__in=[one.subject_id for one in forms])
    by_subject = {one.subject_id: one for one in dossiers}
    return [(one, by_subject.get(one.subject_id) if one.subject_id else None) for one in forms]


def namesakes(place_id: int, model: str, search_key: str) -> QuerySet[Subject]:
    """The open subjects of a village that bear a name already."""
    return Subject.objects.filter(place_id=place_id, model=model, search_key=search_key, active_to=None)
