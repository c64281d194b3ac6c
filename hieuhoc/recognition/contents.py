"""From the tables to the values of papers: letterheads, sections of lists, meetings, counts. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from hieuhoc.common.numbers import vn_int, vn_number
from hieuhoc.documents import papers as docs
from hieuhoc.documents.papers import Letterhead, Line, Meeting, Member, Section, Tally, Village, Vote
from hieuhoc.documents.workbooks import Row, Table
from hieuhoc.dossiers.models import Dossier
from hieuhoc.places import naming, tree
from hieuhoc.places.models import Level
from hieuhoc.recognition import queries, rules
from hieuhoc.recognition.models import Council, CouncilMeeting, Decision, MemberRole, VillageMeeting
from hieuhoc.registry.models import Model
from hieuhoc.rounds.models import Round

BY_VILLAGE = rules.PEOPLE
OFFICE = ("Như Điều 3;", "Hội Khuyến học cấp trên;", "Lưu: VT, VHXH.")
ASSOCIATION = ("Như trên;", "Lưu: HKH.")
BLANK_ROLES = (MemberRole.CHAIR, MemberRole.VICE, MemberRole.SECRETARY, MemberRole.MEMBER, MemberRole.MEMBER)


def illustrative(round_: Round) -> bool:
    """Whether any set of the round is not official but made to illustrate."""
    return round_.models.filter(version__state="illustrative").exists()


def office(decision: Decision) -> Letterhead:
    """The letterhead of the deciding body, with number and day when it is signed."""
    words = decision.wording
    return Letterhead(
        authority=decision.body,
        issued_place=words["issued_place"],
        year=decision.round.year,
        symbol=decision.symbol,
        signing=tuple(words["signing"]),
        signer=words.get("signer", ""),
        receivers=OFFICE,
        number=decision.number or None,
        day=decision.day,
        illustrative=words["illustrative"],
        demonstration=words["demonstration"],
    )


def association(round_: Round, number: str = "", day: date | None = None, signer: str = "") -> Letterhead:
    """The letterhead of the association of the commune."""
    on = day or localdate()
    commune = tree.versions_of([round_.place_id], on)[round_.place_id]
    province = tree.at_level(round_.place_id, Level.PROVINCE, on)
    above = tree.versions_of([province], on)[province].in_sentence if province else ""
    return Letterhead(
        authority=round_.association,
        parent=f"Hội Khuyến học {above}" if above else "",
        issued_place=commune.bare,
        year=round_.year,
        symbol="TTr-HKH",
        signing=("TM. BAN CHẤP HÀNH", "CHỦ TỊCH"),
        signer=signer or round_.head,
        receivers=ASSOCIATION,
        number=number or None,
        day=day,
        illustrative=illustrative(round_),
        demonstration=settings.DEMO,
    )


def sections(decision: Decision) -> list[Section]:
    """The titles of a decision, by model and village, in the order of their numbers."""
    found = queries.titles(decision.pk).values_list("model", "place_id", "printed")
    names = tree.names_of({place for _, place, _ in found}, decision.day or localdate())
    grouped: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for model, place, printed in found:
        village = names[place] if model in BY_VILLAGE else ""
        line = Line(printed["name"], printed["detail"], printed["number"], printed["note"])
        grouped[model][village].append(line)
    return [_section(model, grouped[model]) for model in Model.values if model in grouped]


def _section(model: str, villages: dict[str, list[Line]]) -> Section:
    title = str(Model(model).label).upper()
    return Section(title, rules.UNITS[Model(model)], [Village(name, lines) for name, lines in villages.items()])


def awards(decision: Decision) -> list[docs.Award]:
    """What article 1 of a decision says: how many of which title."""
    return [
        docs.Award(f"{section.unit} đạt danh hiệu “{section.title.capitalize()}”", section.count)
        for section in sections(decision)
    ]


def tallies(stated: Iterable[dict[str, Any]]) -> list[Tally]:
    """The counts of a submission, models without anybody left out."""
    return [
        Tally(str(Model(one["model"]).label), one["total"], one["registered"], one["proposed"])
        for one in stated
        if one["total"] or one["registered"]
    ]


def put_forward(round_: Round) -> dict[int, list[Section]]:
    """By village: the subjects put forward, by model, as minutes of village meetings list them."""
    rows = (
        Dossier.objects.filter(round=round_, state__in=queries.PUT_FORWARD)
        .order_by("place_id", "model", "subject__sort_key")
        .values_list("place_id", "model", "subject__name", "total", "level")
    )
    found: dict[int, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for place, model, name, total, level in rows:
        detail = f"Mức độ {level}" if level is not None else "" if total is None else f"{vn_number(total)} điểm"
        found[place][model].append(Line(name, detail))
    return {
        place: [
            Section(str(Model(model).label), rules.UNITS[Model(model)], [Village("", models[model])])
            for model in Model.values
            if model in models
        ]
        for place, models in found.items()
    }


def commune_words(round_: Round) -> str:
    """The commune inside a sentence: "xã Ia Tôr"."""
    return tree.versions_of([round_.place_id], localdate())[round_.place_id].in_sentence


def village_head(round_: Round, village: tree.Named, head: Letterhead) -> Letterhead:
    """The letterhead of a village's minutes."""
    return Letterhead(
        authority=village.name,
        parent=commune_words(round_),
        issued_place=head.issued_place,
        year=round_.year,
        symbol="BB",
        illustrative=head.illustrative,
        demonstration=head.demonstration,
    )


def articles(round_: Round, decision: Decision) -> list[str]:
    """The articles after the first: in force from signing, who carries it out."""
    office = decision.body
    return [
        "Quyết định này có hiệu lực kể từ ngày ký.",
        f"Văn phòng {office}, Phòng Văn hóa – Xã hội, {round_.association}, các thôn, làng và các tập thể, cá nhân có"
        " tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    ]


def conclusions(round_: Round) -> list[str]:
    """What the council proposes, before anybody wrote it down: the counts put forward."""
    counts = [(Model(one["model"]), one["proposed"]) for one in queries.tallies(round_) if one["proposed"]]
    return [f"Đề nghị công nhận {vn_int(n)} {rules.UNITS[model]} đạt “{model.label}”." for model, n in counts]


def villages(round_: Round) -> list[tree.Named]:
    """The villages of the commune on the day, in their order."""
    today = localdate()
    ids = set(tree.below(round_.place_id, today, Level.VILLAGE))
    return sorted(tree.versions_of(ids, today).values(), key=lambda one: naming.sort_key(one.name, one.kind))


def village_meeting(meeting: VillageMeeting | None) -> Meeting:
    """The head of a village's minutes; what is not recorded is left for pen and ink."""
    one = meeting or VillageMeeting()
    opinions = tuple(filter(None, map(str.strip, one.opinions.splitlines())))
    return Meeting(
        one.held, one.ended, one.venue, one.chair, one.chair_post or "Trưởng thôn", one.secretary, one.secretary_post,
        opinions,
    )  # fmt: skip


def council_meeting(council: Council | None, meeting: CouncilMeeting | None) -> Meeting:
    """The head of the council's minutes: its chair and its secretary."""
    members = {member.role: member for member in council.members.all()} if council else {}
    chair, secretary = members.get(MemberRole.CHAIR), members.get(MemberRole.SECRETARY)
    one = meeting or CouncilMeeting()
    opinions = tuple(filter(None, map(str.strip, one.opinions.splitlines())))
    return Meeting(
        one.held, one.ended, one.venue,
        chair.name if chair else "", str(MemberRole.CHAIR.label),
        secretary.name if secretary else "", str(MemberRole.SECRETARY.label), opinions,
    )  # fmt: skip


def members(council: Council | None, meeting: CouncilMeeting | None) -> list[Member]:
    """The members with who was there; without a council five rows to be filled in."""
    if council is None:
        return [Member("", "", str(role.label), None) for role in BLANK_ROLES]
    there = set(meeting.present.values_list("pk", flat=True)) if meeting else None
    return [
        Member(one.name, one.post, str(MemberRole(one.role).label), None if there is None else one.pk in there)
        for one in council.members.all()
    ]


def votes(round_: Round, meeting: CouncilMeeting | None) -> list[Vote]:
    """The votes of the meeting; before it, one row for each model that is put forward."""
    if meeting is not None:
        return [
            Vote(_matter(vote), vote.dossiers, vote.yes, vote.no, vote.abstained)
            for vote in meeting.votes.select_related("dossier__subject").order_by("pk")
        ]
    counts = [(one["model"], one["proposed"]) for one in queries.tallies(round_)]
    return [Vote(str(Model(model).label), count) for model, count in counts if count]


def _matter(vote: Any) -> str:
    label = str(Model(vote.model).label)
    return f"{label}: {vote.dossier.subject.name}" if vote.dossier else label


def statistics(round_: Round) -> list[Table]:
    """The tables of the statistics workbook: all models, then each model by village."""
    stated = [one for one in queries.tallies(round_) if one["total"] or one["registered"]]
    rows = [_row(str(Model(one["model"]).label), one) for one in stated]
    whole = Table("Tổng hợp", "Danh hiệu", rows, summed=False, note=f"Năm {round_.year}")
    counted = queries.by_village(round_)
    named = tree.versions_of({place for place, _ in counted}, localdate())
    tables = [_by_village(one["model"], counted, named, round_) for one in stated]
    return [whole, *tables]


def _by_village(model: str, counted: dict, named: dict[int, tree.Named], round_: Round) -> Table:
    places = [place for place, of in counted if of == model]
    ordered = sorted(places, key=lambda place: (place == round_.place_id, naming.sort_key(named[place].name, "")))
    rows = [_row(_place_name(named[place], round_), counted[place, model]) for place in ordered]
    unit = rules.UNITS[Model(model)]
    return Table(str(Model(model).label), "Thôn, làng", rows, note=f"Đơn vị tính: {unit}. Năm {round_.year}")


def _place_name(place: tree.Named, round_: Round) -> str:
    return f"Toàn xã ({place.name})" if place.unit_id == round_.place_id else place.name


def _row(name: str, counts: dict[str, int]) -> Row:
    return Row(name, counts["total"], counts["registered"], counts["assessed"], counts["recognised"])


def results(found: list[Section], present: int | None) -> list[str]:
    """The sentences of a village's results, one for each title."""
    who = f" {vn_int(present)} đại diện hộ dự họp" if present is not None else " Các hộ dự họp"
    return [
        f"{who.strip()} nhất trí đề nghị công nhận {vn_int(one.count)} {one.unit} đạt “{one.title}”." for one in found
    ]
