"""Writes of paper: give forms their numbers, key in what a filled one says, take that back.

A village's forms get their numbers in one statement; printed again they keep them. Keying in registers first whoever
is not registered, then answers through ``dossiers.actions``; every verb is one transaction.
Use: ``give(round.pk, "FAMILY", "score", by=user, subjects=[…])``; ``key_in(form.pk, {"GD-1.1": 8}, by=user)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import now

from hieuhoc.accounts.access import require, require_everywhere
from hieuhoc.audit import log
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import actions
from hieuhoc.dossiers.actions import Refused, open_round
from hieuhoc.dossiers.models import Dossier, PaperForm, State
from hieuhoc.registry import actions as registry
from hieuhoc.registry.models import Subject

MOST_BLANKS = 200
GIVE = """
with last as (select coalesce(max(number), 0) as n from dossiers_paperform where round_id = %(round)s),
wanted as (
    select id, place_id, row_number() over (order by blank, place_id, sort_key, id) as k from (
        select s.id, s.place_id, s.sort_key, false as blank
        from registry_subject s where s.id = any(%(ids)s::uuid[]) and not exists (
            select 1 from dossiers_paperform f
            where f.round_id = %(round)s and f.kind = %(kind)s and f.subject_id = s.id and not f.blank)
        union all select null::uuid, %(place)s::bigint, '', true from generate_series(1, %(blanks)s)
    ) each
)
insert into dossiers_paperform (round_id, number, kind, model, place_id, subject_id, blank, printed_at, printed_by_id)
select %(round)s, last.n + wanted.k, %(kind)s, %(model)s, wanted.place_id, wanted.id, wanted.id is null, now(), %(by)s
from wanted, last
returning id
"""


@transaction.atomic
def give(
    round_id: int,
    model: str,
    kind: str,
    *,
    by: Any,
    subjects: Iterable[UUID] = (),
    blanks: int = 0,
    place_id: int | None = None,
) -> list[PaperForm]:
    """Give each subject's form a number unless it has one, and ``blanks`` of a village theirs; return all, in order."""
    round_ = open_round(round_id)
    wanted = list(dict.fromkeys(subjects))
    _refuse_blanks(model, blanks, place_id)
    places = set(Subject.objects.filter(pk__in=wanted).values_list("place_id", flat=True))
    require_everywhere(by, "dossier.write", places | ({place_id} if blanks and place_id else set()))
    values = {
        "round": round_id, "model": model, "kind": kind, "ids": [str(one) for one in wanted], "by": by.pk,
        "place": place_id, "blanks": blanks,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(GIVE, values)
        new = [row[0] for row in cursor.fetchall()]
    own = PaperForm.objects.filter(round=round_, kind=kind, blank=False, subject_id__in=wanted)
    own.update(printed_at=now(), printed_by=by)
    after = {"kind": kind, "model": model, "forms": len(wanted) + blanks, "new": len(new)}
    log.record("dossier.print_forms", round_, by=by, place=place_id or round_.place_id, after=after)
    given = own | PaperForm.objects.filter(pk__in=new)
    return list(given.select_related("subject").order_by("place_id", "blank", "subject__sort_key", "number"))


def _refuse_blanks(model: str, blanks: int, place_id: int | None) -> None:
    if not blanks:
        return
    if blanks > MOST_BLANKS:
        raise Refused(f"Mỗi lần in nhiều nhất {MOST_BLANKS} phiếu trống.")
    if place_id is None:
        raise Refused("Phiếu trống in cho một thôn: chọn thôn rồi in.")


@transaction.atomic
def key_in(form_id: int, answers: dict[str, Any], *, by: Any, subject: Subject, revision: int | None = None) -> Dossier:
    """Write what a filled form of ``subject`` says; whoever is not registered is registered first."""
    form = PaperForm.objects.select_for_update().get(pk=form_id)
    dossier = _registered(form, subject, by)
    if answers:
        dossier = actions.answer(dossier.pk, answers, by=by, revision=revision)
    PaperForm.objects.filter(pk=form_id).update(keyed_at=now(), keyed_by=by)
    return dossier


def _registered(form: PaperForm, subject: Subject, by: Any) -> Dossier:
    dossier = Dossier.objects.filter(round_id=form.round_id, subject=subject).first()
    if dossier is None:
        actions.register(form.round_id, form.model, by=by, ids=[subject.pk])
    elif dossier.state == State.WITHDRAWN:
        actions.move([dossier.pk], "register_again", by=by)
    return Dossier.objects.select_related("round").get(round_id=form.round_id, subject=subject)


@transaction.atomic
def name_blank(form_id: int, name: str, *, by: Any, code: str = "", phone: str = "") -> Subject:
    """Add the new subject a blank form tells of; the form is then its own."""
    form = PaperForm.objects.select_for_update(of=("self",)).select_related("round").get(pk=form_id)
    open_round(form.round_id)
    try:
        subject = registry.add(
            form.model, place_id=form.place_id, commune_id=form.round.place_id, name=name, details={}, by=by,
            code=code, phone=phone,
        )  # fmt: skip
    except registry.Refused as refused:
        raise Refused(str(refused)) from refused
    return _given_to(form, subject)


@transaction.atomic
def give_blank_to(form_id: int, subject: Subject, *, by: Any) -> Subject:
    """Say that a blank form was filled in by a subject the commune already has."""
    form = PaperForm.objects.select_for_update().get(pk=form_id)
    require(by, "dossier.write", subject.place_id)
    return _given_to(form, subject)


def _given_to(form: PaperForm, subject: Subject) -> Subject:
    if not form.blank:
        raise Refused("Phiếu này đã in sẵn tên, không ghi cho người khác được.")
    PaperForm.objects.filter(pk=form.pk).update(subject=subject)
    return subject


@transaction.atomic
def take_back(entry: Entry, *, by: Any) -> str:
    """Undo one keying-in of the same person: answers get their former values, a registration alone is taken out.

    A blank form is nobody's again; the subject it added stays in the registers.
    """
    dossier = _of_entry(entry)
    forms = PaperForm.objects.filter(round_id=dossier.round_id, subject_id=dossier.subject_id)
    if entry.verb == "dossier.answer":
        _answers_back(entry, dossier, by)
        forms = forms.filter(kind=PaperForm.Kind.SCORE)
    else:
        actions.unregister([dossier.pk], by=by, reason="Hoàn tác nhập phiếu")
        forms = forms.filter(kind=PaperForm.Kind.REGISTER)
    forms.update(keyed_at=None, keyed_by=None)
    forms.filter(blank=True).update(subject=None)
    return dossier.subject.name


def _of_entry(entry: Entry) -> Dossier:
    ids: Any = [entry.target_id] if entry.target_type == "dossiers.dossier" else entry.targets.values("target_id")
    dossier = Dossier.objects.select_related("subject").filter(pk__in=ids).first()
    if dossier is None:
        raise Refused("Hồ sơ này không còn.")
    return dossier


def _answers_back(entry: Entry, dossier: Dossier, by: Any) -> None:
    stored = {key: dossier.answers.get(key, {}).get("value") for key in entry.after or {}}
    if stored != entry.after:
        raise Refused("Điểm đã được sửa tiếp sau lần nhập này; mở hồ sơ để sửa.")
    actions.answer(dossier.pk, entry.before or {}, by=by)
