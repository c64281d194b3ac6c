"""Do what the letters of a delivery ask, by the same verbs a page calls; say what became of each.

One group of ``order.steps`` at a time; many of a kind are one call. Nothing is guessed: what its base has not arrived
for is held, what changed on both sides is a conflict with both kept, everything else a refusal with its sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from hieuhoc.accounts.access import reached
from hieuhoc.common import rows
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.answering import Refusal
from hieuhoc.dossiers.attaching import Kept
from hieuhoc.dossiers.models import State
from hieuhoc.dossiers.workflow import MOVES
from hieuhoc.field import answers
from hieuhoc.field.desk import ABSENT, Desk, End, Known, Standing, done, held, refused
from hieuhoc.field.models import Envelope, Kind, Outcome, Photo
from hieuhoc.field.queries import commune_of
from hieuhoc.field.shapes import Letter
from hieuhoc.registry import actions as registry
from hieuhoc.registry.forms import SubjectForm
from hieuhoc.registry.models import Model
from hieuhoc.rounds.models import Round

MADE_AT_THE_DOOR = (Model.FAMILY, Model.CITIZEN)
OF_PHOTO = ("id", "person_id", "refused", "file_id")
PHOTOS = f"select {', '.join(OF_PHOTO)} from field_photo where id = {rows.AMONG}"
NOT_THERE_YET = "Chờ mục mới của phiếu này về tới máy chủ."


def do(desk: Desk, letters: list[Letter]) -> None:
    """Do the letters of one group, all of one phase, and keep what became of each in ``desk.ends``."""
    by_kind: dict[str, list[Letter]] = defaultdict(list)
    for letter in _not_early(desk, letters):
        by_kind[letter.kind].append(letter)
    for kind, group in by_kind.items():
        desk.ends |= _DO[Kind(kind)](desk, group)
        desk.locked = None


def _not_early(desk: Desk, letters: list[Letter]) -> list[Letter]:
    """Those whose former envelope has been done; answers see to that themselves."""
    following = [one for one in letters if one.after and one.kind != Kind.ANSWER]
    former = answers.former(desk, following) if following else {}
    for letter in following:
        end = former.get(letter.after) if letter.after else None
        if end is None or end.outcome == Outcome.HELD:
            desk.ends[letter.id] = held("no_base", "Chờ việc trước đó của điện thoại về tới máy chủ.", letter.after)
    return [one for one in letters if one.id not in desk.ends]


def _near(desk: Desk, letters: Iterable[Letter], ends: dict[UUID, End]) -> list[Letter]:
    """The letters whose subject is there and whose round is open for it; the others get their end."""
    near = []
    for letter in letters:
        subject = desk.known(letter)
        round_ = desk.rounds.get(letter.round or 0)
        if subject is None:
            ends[letter.id] = held("no_subject", NOT_THERE_YET, letter.subject)
        elif round_ is None or round_.place_id != subject.commune_id:
            ends[letter.id] = refused("no_round", "Không thấy đợt xét này ở xã.")
        elif round_.state != Round.State.OPEN:
            ends[letter.id] = refused("closed", f"Đợt xét năm {round_.year} đã khóa.")
        else:
            near.append(letter)
    return near


def _registered(desk: Desk, letters: Iterable[Letter], ends: dict[UUID, End]) -> list[Letter]:
    """The letters whose subject takes part; others wait for the registration, which may be on its way."""
    near = _near(desk, letters, ends)
    for letter in near:
        if desk.dossier_of(letter) is None:
            ends[letter.id] = held("no_base", "Chờ việc đăng ký về tới máy chủ.", letter.subject)
    return [letter for letter in near if letter.id not in ends]


def _subjects(desk: Desk, letters: list[Letter]) -> dict[UUID, End]:
    return {letter.id: desk.try_to(lambda one=letter: _add(desk, one)) for letter in letters}


def _add(desk: Desk, letter: Letter) -> End:
    """One new household or citizen of the village; one of the same name there is a question for the commune."""
    assert letter.subject is not None
    if desk.subject_of(letter) in desk.subjects:
        return done("already")
    model = letter.word("model")
    if model not in MADE_AT_THE_DOOR:
        return refused("unreadable", "Trên điện thoại chỉ thêm được hộ gia đình và công dân.")
    form = subject_form(model, letter.word("name"), letter.word("code"), letter.word("details"))
    if not form.is_valid():
        return refused("unreadable", problem_of(form))
    clean = form.cleaned_data
    try:
        made = registry.add(
            model, place_id=letter.place, commune_id=commune_of(letter.place, desk.today), name=clean["name"],
            code=clean.get("code", ""), phone=clean["phone"], details=form.details(), by=desk.by,
            made_id=letter.subject, on=desk.day(letter),
        )  # fmt: skip
    except registry.Twin as twin:
        return End(Outcome.CONFLICT, "twin", str(twin), {"twin": str(twin.subject_id)})
    desk.subjects[made.pk] = Known(made.pk, made.model, made.place_id, made.commune_id)
    desk.new.add(made.pk)
    return done()


def subject_form(model: str, name: str, code: str, details: dict[str, Any]) -> SubjectForm:
    """What was typed at the door, in the form the registry itself uses."""
    return SubjectForm(model, details | {"name": name, "code": code}, places={})


def problem_of(form: SubjectForm) -> str:
    """The first thing that is wrong with a form, in a sentence."""
    field, problems = next(iter(form.errors.items()))
    return f"{form.fields[field].label}: {problems[0]}"


def _register(desk: Desk, letters: list[Letter]) -> dict[UUID, End]:
    ends: dict[UUID, End] = {}
    groups: dict[tuple[Any, ...], list[Letter]] = defaultdict(list)
    for letter in _near(desk, letters, ends):
        before = desk.dossier_of(letter)
        if before is None:
            subject = desk.known(letter)
            groups[letter.round, subject.model if subject else "", desk.day(letter)].append(letter)
        elif before.state == State.WITHDRAWN:
            ends[letter.id] = desk.try_to(lambda one=letter, was=before: _move(desk, one, was, "register_again"))
        else:
            ends[letter.id] = done("already")
    for (round_id, model, _), group in groups.items():
        ends |= _all_or_each(desk, group, lambda some, r=round_id, m=model: _register_some(desk, r, m, some))
    desk.know(letters)
    for letter in letters:
        if ends[letter.id].outcome == Outcome.APPLIED and desk.dossier_of(letter) is None:
            ends[letter.id] = refused("not_possible", "Mục này không còn trong sổ của thôn.")
    desk.new |= {one.subject for one in letters if one.subject and desk.dossier_of(one)}
    return ends


def _register_some(desk: Desk, round_id: int, model: str, letters: list[Letter]) -> End:
    ids = {one for one in map(desk.subject_of, letters) if one}
    try:
        dossiers.register(round_id, model, by=desk.by, ids=ids, on=desk.day(letters[0]))
    except LookupError:
        return refused("no_round", "Đợt xét này không có danh hiệu đó.")
    return done()


def _all_or_each(desk: Desk, letters: list[Letter], act: Callable[[list[Letter]], End]) -> dict[UUID, End]:
    """Do the letters in one act; where that is refused, each by itself, so that one does not hold up the others."""
    together = desk.try_to(lambda: act(letters))
    if together.outcome == Outcome.APPLIED or len(letters) == 1:
        return {letter.id: together for letter in letters}
    return {letter.id: desk.try_to(lambda one=letter: act([one])) for letter in letters}


def _move(desk: Desk, letter: Letter, dossier: Standing, name: str, reason: str = "") -> End:
    if dossier.state == MOVES[name].target:
        return done("already")
    dossiers.move([dossier.pk], name, by=desk.by, reason=reason, on=desk.day(letter))
    dossier.state = MOVES[name].target
    return done()


def _withdraw(desk: Desk, letters: list[Letter]) -> dict[UUID, End]:
    ends: dict[UUID, End] = {}
    for letter in _registered(desk, letters, ends):
        dossier = desk.dossier_of(letter)
        assert dossier is not None
        reason = letter.word("reason")
        ends[letter.id] = desk.try_to(lambda one=letter, d=dossier, r=reason: _move(desk, one, d, "withdraw", r))
    return ends


def _submit(desk: Desk, letters: list[Letter]) -> dict[UUID, End]:
    ends: dict[UUID, End] = {}
    for letter in _registered(desk, letters, ends):
        dossier = desk.dossier_of(letter)
        assert dossier is not None
        ends[letter.id] = desk.try_to(lambda one=letter, d=dossier: _move(desk, one, d, "submit"))
    return ends


def _answers(desk: Desk, letters: list[Letter]) -> dict[UUID, End]:
    ends: dict[UUID, End] = {}
    near = _registered(desk, letters, ends)
    return ends | answers.write(desk, near)


def _photos(desk: Desk, letters: list[Letter]) -> dict[UUID, End]:
    ends: dict[UUID, End] = {}
    near = _registered(desk, letters, ends)
    wanted = [one.photo for one in near if one.photo]
    photos = {one.pk: one for one in (rows.made(Photo, OF_PHOTO, row) for row in rows.ask(PHOTOS, [wanted]))}
    ready: dict[date, list[tuple[Letter, Photo]]] = defaultdict(list)
    for letter in near:
        photo = photos.get(letter.photo)
        end = _not_ready(desk, letter, photo)
        if end is not None:
            ends[letter.id] = end
        elif photo is not None:
            ready[desk.day(letter)].append((letter, photo))
    for day, some in ready.items():
        ends |= _attach(desk, some, day)
    return ends


def _not_ready(desk: Desk, letter: Letter, photo: Photo | None) -> End | None:
    """The end of a photo that is not whole here, is somebody else's or was refused; None for one that is ready."""
    if photo is None:
        return held("no_photo", "Chờ ảnh tải lên xong.", letter.photo)
    if photo.person_id not in (desk.by.pk, desk.envelopes[letter.id].person_id):
        return refused("not_yours", "Ảnh này không phải do tài khoản này gửi.")
    if photo.refused:
        return refused("photo_refused", photo.refused)
    return held("no_photo", "Chờ ảnh tải lên xong.", letter.photo) if photo.file_id is None else None


def _attach(desk: Desk, some: list[tuple[Letter, Photo]], day: date) -> dict[UUID, End]:
    kept = []
    earlier = _before_leaving(desk, [letter for letter, _ in some])
    for letter, photo in some:
        dossier = desk.dossier_of(letter)
        assert dossier is not None and photo.file_id is not None
        kept.append(Kept(dossier.pk, photo.file_id, letter.key, letter.word("note")[:500], letter.id in earlier))
    attached = dossiers.attach_kept(kept, by=desk.by, on=day, locked=desk.locked)
    desk.locked = None
    return {
        letter.id: refused("not_possible", one.sentence) if isinstance(one, Refusal) else done(evidence=str(one))
        for (letter, _), one in zip(some, attached, strict=True)
    }


def _before_leaving(desk: Desk, letters: list[Letter]) -> set[UUID]:
    """The letters that came before the one by which their subject withdrew: the bytes of a photo come after both."""
    gone = [one for one in letters if (dossier := desk.dossier_of(one)) and dossier.state == State.WITHDRAWN]
    if not gone:
        return set()
    left = Envelope.objects.filter(
        kind=Kind.WITHDRAW, outcome=Outcome.APPLIED, subject__in={one.subject for one in gone}
    )
    last = {(one.subject, one.body.get("round")): one.number for one in left.order_by("number")}
    return {one.id for one in gone if desk.envelopes[one.id].number < last.get((one.subject, one.round), 0)}


def _drop_photos(desk: Desk, letters: list[Letter]) -> dict[UUID, End]:
    ends: dict[UUID, End] = {}
    near = _registered(desk, letters, ends)
    former = answers.former(desk, near)
    for letter in near:
        end = former.get(letter.after) if letter.after else None
        evidence = (end.result or {}).get("evidence") if end else None
        if not evidence:
            ends[letter.id] = done("already")
        else:
            ends[letter.id] = desk.try_to(lambda one=letter, e=evidence: _detach(desk, one, UUID(str(e))))
    return ends


def _detach(desk: Desk, letter: Letter, evidence: UUID) -> End:
    dossiers.detach(evidence, by=desk.by, reason="Gỡ trên điện thoại", on=desk.day(letter))
    return done()


def _notes(desk: Desk, letters: list[Letter]) -> dict[UUID, End]:
    empty = refused("unreadable", "Lời nhắn trống.")
    return {letter.id: done() if letter.word("text") else empty for letter in letters}


def waiting_on(desk: Desk, arrived: set[UUID], others: bool) -> list[Envelope]:
    """The held envelopes that waited for one of what has arrived, in the order they came; locked.

    ``others``: whether any did that are not on the desk.
    """
    here = [pk for pk, end in desk.ends.items() if end.outcome == Outcome.HELD and end.waits_for in arrived]
    if not here and not others:
        return []
    before = Envelope.objects.select_for_update().filter(outcome=Outcome.HELD, waits_for__in=arrived)
    before = before.exclude(made_id__in=list(desk.ends))
    found = {one.made_id: one for one in before} | {pk: desk.envelopes[pk] for pk in here}
    return sorted(found.values(), key=lambda one: one.number)


def out_of_reach(desk: Desk, letters: list[Letter]) -> None:
    """Refuse the letters about a subject that lives elsewhere, unless it has moved to where their writer writes too."""
    homes = {one.id: subject.place_id for one in letters if (subject := desk.known(one))}
    far = {letter.id: homes[letter.id] for letter in letters if homes.get(letter.id, letter.place) != letter.place}
    own = reached(desk.by, "dossier.write", set(far.values())) if far else set()
    desk.ends |= {pk: refused("not_yours", ABSENT) for pk, home in far.items() if home not in own}


_DO: dict[Kind, Callable[[Desk, list[Letter]], dict[UUID, End]]] = {
    Kind.SUBJECT: _subjects,
    Kind.REGISTER: _register,
    Kind.ANSWER: _answers,
    Kind.PHOTO: _photos,
    Kind.DROP_PHOTO: _drop_photos,
    Kind.WITHDRAW: _withdraw,
    Kind.SUBMIT: _submit,
    Kind.NOTE: _notes,
}
