"""What stands on the forms: the round's pinned criteria as lines to fill in, the words of each model. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate

from hieuhoc.common.numbers import vn_number
from hieuhoc.criteria.wording import limits
from hieuhoc.documents.paper_forms import Line, PaperForm, Printing, Section
from hieuhoc.dossiers import models
from hieuhoc.dossiers.paper import numbers
from hieuhoc.places import tree
from hieuhoc.registry.models import Model
from hieuhoc.registry.wording import CODE, NAMES, day_or_year
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import Criteria, Indicator

Address = Callable[[int], str]


@dataclass(frozen=True)
class Words:
    """How the forms of a model speak of those they are about."""

    who: str
    purpose: str
    signer: str


WORDS = {
    Model.FAMILY: Words("gia đình", "gia đình tự nhìn lại việc học của mình", "Đại diện gia đình"),
    Model.CLAN: Words("dòng họ", "dòng họ nhìn lại việc học của con cháu", "Trưởng dòng họ"),
    Model.COMMUNITY: Words("thôn", "thôn nhìn lại việc học của người dân", "Trưởng thôn"),
    Model.ORGANISATION: Words("đơn vị", "đơn vị nhìn lại việc học của thành viên", "Thủ trưởng đơn vị"),
    Model.CITIZEN: Words("người đăng ký", "mỗi người tự nhìn lại việc học của mình", "Người đăng ký"),
}
PURPOSE = "Phiếu này giúp {purpose} và là căn cứ để xã xét danh hiệu. Tham gia là tự nguyện; không muốn thì không điền."
FILL = "Không áp dụng thì ghi KAD. Có minh chứng (ảnh, giấy tờ) thì đánh dấu x vào ô bên phải."
NOT_ENTERED = "Chưa đạt mức nào"


def printing_of(round_: Round, model: str, kind: str, *, notice: str = "", both_sides: bool = False) -> Printing:
    """What all forms of one printing share."""
    words = WORDS[Model(model)]
    shared = {
        "award": f"{Model(model).label} năm {round_.year}",
        "association": _association(round_),
        "name_label": NAMES[Model(model)],
        "purpose": PURPOSE.format(purpose=words.purpose),
        "both_sides": both_sides,
    }
    if kind == models.PaperForm.Kind.REGISTER:
        return Printing("PHIẾU ĐĂNG KÝ", choices=_choices(words, shared["award"]), signers=_signers(words), **shared)
    criteria = rounds.criteria_of(round_.pk, model)
    return Printing(
        "PHIẾU TỰ CHẤM ĐIỂM", sections=_sections(criteria), how=FILL, total=_total(criteria), notice=notice,
        criteria=f"Bộ tiêu chí: {criteria.title}, bản {criteria.version}.", signers=_signers(words, "Người chấm"),
        **shared,
    )  # fmt: skip


def _association(round_: Round) -> str:
    """The association with its commune's name, which says whose form it is."""
    name, place = round_.association, tree.name_of(round_.place_id, localdate())
    kind, _, own = place.partition(" ")
    if place.lower() in name.lower():
        return name
    return f"{name} {own}" if name.lower().endswith(f" {kind.lower()}") else f"{name} – {place}"


def _choices(words: Words, award: str) -> tuple[str, str]:
    who = words.who.capitalize()
    return f"{who} tự nguyện đăng ký danh hiệu {award}.", f"Năm nay {words.who} chưa đăng ký."


def _signers(words: Words, other: str = "Người nhận phiếu") -> tuple[str, str]:
    return words.signer, other


def _total(criteria: Criteria) -> str:
    return f"Cộng điểm (tối đa {vn_number(criteria.maximum)})" if criteria.judging == "points" else ""


def _sections(criteria: Criteria) -> tuple[Section, ...]:
    lines: dict[str, list[Line]] = {}
    for one in criteria.indicators:
        lines.setdefault(one.criterion, []).append(_line(one))
    return tuple(Section(group.key, group.label, tuple(lines.get(group.key, ()))) for group in criteria.groups)


def _line(one: Indicator) -> Line:
    box = "derived" if one.derived else one.kind
    most = vn_number(one.points) if one.kind == "score" and one.points is not None else ""
    names = level_names(one) if box == "level" else ()
    return Line(one.key, one.label, box, limits(one), most, names)


def level_names(one: Indicator) -> tuple[str, ...]:
    """The levels there are to reach, from none on, by number and name."""
    top = int(one.top)
    named = [f": {one.names[n]}" if n < len(one.names) else "" for n in range(top)]
    return (NOT_ENTERED, *(f"Mức {n}{name}" for n, name in enumerate(named, 1)))


def forms_of(given: Sequence[models.PaperForm], round_: Round, address: Address) -> list[PaperForm]:
    """The numbered forms as they are printed; blank ones leave lines for what is not known."""
    names = _places({one.place_id for one in given}, round_)
    return [
        PaperForm(
            numbers.written(round_.pk, one.number),
            address(one.number),
            one.subject.name if one.subject else "",
            tuple(_facts(one, names.get(one.place_id, ""))),
        )
        for one in given
    ]


def _places(ids: Iterable[int], round_: Round) -> dict[int, str]:
    """Each place with its commune behind it."""
    today = localdate()
    commune = tree.name_of(round_.place_id, today)
    names = tree.names_of(set(ids), today)
    return {pk: name if pk == round_.place_id else f"{name}, {commune}" for pk, name in names.items()}


def _facts(one: models.PaperForm, place: str) -> list[tuple[str, str]]:
    facts = [("Thôn/làng" if one.model != Model.ORGANISATION else "Địa bàn", place)]
    label = CODE.get(Model(one.model))
    if one.subject is None:
        more = [(f"{label} (nếu có)", "")] if label else []
        return [*facts, *more, ("Điện thoại (không bắt buộc)", "")]
    if label and one.subject.code:
        facts.append((label, one.subject.code))
    born = one.subject.details.get("birth_date") if one.model == Model.CITIZEN else ""
    return [*facts, ("Sinh", day_or_year(str(born)))] if born else facts
