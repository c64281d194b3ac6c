"""The Word papers of a round: typed values in, .docx out.

Each function takes what the paper says, puts it into the named fields (`fields.py`) and fills the
template that comes with the product or the one a commune gave in its place. Nothing is looked up
here: who asks brings the names as of the day of signing. An unknown number or day stays open.

    papers.decision(letterhead, about=…, awards=[Award("hộ gia đình …", 1893)], …)   # bytes
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hieuhoc.common.numbers import percent, vn_int
from hieuhoc.documents import fields, wording
from hieuhoc.documents.word import Row, render, standard

Template = Path | bytes | None


@dataclass(frozen=True)
class Letterhead:
    """Who issues a paper, under which number, where and when, and who signs it."""

    authority: str  # "Ủy ban nhân dân xã Ia Tôr"
    issued_place: str  # "Ia Tôr"
    year: int
    symbol: str  # "QĐ-UBND"
    signing: tuple[str, ...] = ()  # ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    signer: str = ""
    receivers: tuple[str, ...] = ()
    parent: str = ""
    number: str | None = None
    day: date | None = None
    illustrative: bool = False
    demonstration: bool = False


@dataclass(frozen=True)
class Award:
    """A title and how many get it: ("hộ gia đình đạt danh hiệu “Gia đình học tập”", 1893)."""

    words: str
    count: int


@dataclass(frozen=True)
class Line:
    """One recognised or proposed subject in a list."""

    name: str
    detail: str = ""
    certificate: str = ""
    note: str = ""


@dataclass(frozen=True)
class Village:
    """The subjects of one village, in the order of the list; "" for a list that is not by village."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Section:
    """One title of a list, by village: ("Gia đình học tập", "hộ", (…))."""

    title: str
    unit: str
    villages: Sequence[Village]

    @property
    def count(self) -> int:
        """How many subjects stand in the section."""
        return sum(len(village.lines) for village in self.villages)


@dataclass(frozen=True)
class Tally:
    """One title of a submission: all, registered, put forward."""

    title: str
    total: int | None
    registered: int | None
    proposed: int


@dataclass(frozen=True)
class Meeting:
    """When, where and under whom a meeting was held; empty words leave room for pen and ink."""

    begun: str
    ended: str
    venue: str
    chair: str
    chair_post: str
    secretary: str
    secretary_post: str
    opinions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Member:
    """A member of the council: ("Rơ Châm Hyơi", "Chủ tịch Hội Khuyến học xã", "Phó Chủ tịch", True)."""

    name: str
    post: str
    role: str
    present: bool | None  # None: not held yet, to be marked by pen


@dataclass(frozen=True)
class Vote:
    """The votes on one matter; None leaves room for pen and ink."""

    matter: str
    dossiers: int
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None


def decision(
    head: Letterhead,
    *,
    about: str,
    issuer: str,
    bases: Sequence[str],
    first: str,
    awards: Sequence[Award],
    articles: Sequence[str],
    template: Template = None,
) -> bytes:
    """Quyết định (mẫu 1.2, Nghị định 30/2020/NĐ-CP): bases, article 1 with the titles, further articles."""
    ends = [";"] * (len(awards) - 1) + ["."]
    context = head_fields(head) | {
        "trich_yeu": about,
        "tham_quyen": issuer.upper(),
        "can_cu": basis_lines(bases, last="."),
        "dieu_1": first,
        "danh_hieu": [
            {"ten": award.words, "so_luong": vn_int(award.count), "dau": end}
            for award, end in zip(awards, ends, strict=False)
        ],
        "dieu": [{"so": n, "noi_dung": words} for n, words in enumerate(articles, 2)],
    }
    return render(template or standard(fields.DECISION), context)


def award_list(
    head: Letterhead, *, title: str, annexed_to: str, sections: Sequence[Section], template: Template = None
) -> bytes:
    """Danh sách kèm theo quyết định: by title, then by village, numbered through within a title."""
    context = head_fields(head) | {
        "tieu_de": title,
        "kem_theo": annexed_to,
        "tong_so": "; ".join(f"{vn_int(section.count)} {section.unit}" for section in sections),
    }
    return render(template or standard(fields.AWARDS), context, _section_rows(sections, by_village=True))


def submission(
    head: Letterhead,
    *,
    about: str,
    to: str,
    bases: Sequence[str],
    opening: str,
    tallies: Sequence[Tally],
    closing: str,
    aims: Sequence[str] = (),
    template: Template = None,
) -> bytes:
    """Tờ trình of the association: what was registered, what is put forward, the share of all, the targets it meets."""
    context = head_fields(head) | {
        "trich_yeu": about,
        "kinh_gui": to,
        "can_cu": basis_lines(bases, last=";"),
        "mo_dau": opening,
        "chi_tieu": list(aims),
        "ket_luan": closing,
    }
    return render(template or standard(fields.SUBMISSION), context, map(_tally_row, range(1, 99), tallies))


def village_minutes(
    head: Letterhead,
    meeting: Meeting,
    *,
    about: str,
    summoned: int | None,
    present: int | None,
    results: Sequence[str],
    sections: Sequence[Section],
    template: Template = None,
) -> bytes:
    """Biên bản họp thôn: who came, the results, the subjects put forward by title."""
    absent = None if summoned is None or present is None else summoned - present
    context = _meeting(head, meeting) | {
        "trich_yeu": about,
        "trieu_tap": _count(summoned),
        "co_mat": _count(present),
        "vang": _count(absent),
        "ket_qua": list(results),
    }
    return render(template or standard(fields.VILLAGE_MINUTES), context, _section_rows(sections, by_village=False))


def council_minutes(
    head: Letterhead,
    meeting: Meeting,
    *,
    about: str,
    bases: Sequence[str],
    form: str,
    members: Sequence[Member],
    votes: Sequence[Vote],
    conclusions: Sequence[str],
    template: Template = None,
) -> bytes:
    """Biên bản họp hội đồng: members, votes on each matter, conclusions."""
    context = _meeting(head, meeting) | {
        "trich_yeu": about,
        "can_cu": basis_lines(bases, last=";"),
        "hinh_thuc": form,
        "thanh_vien": [_member(n, member) for n, member in enumerate(members, 1)],
        "co_mat": _present(members),
        "ket_luan": list(conclusions),
    }
    return render(template or standard(fields.COUNCIL_MINUTES), context, map(_vote_row, range(1, 99), votes))


def annexed_to(number: str | None, symbol: str, day: date | None, year: int, issuer: str) -> str:
    """The line under the title of a list: "(Kèm theo Quyết định số 57/QĐ-UBND ngày … của …)"."""
    named = wording.number_of(number, symbol)
    return f"(Kèm theo Quyết định số {named} {wording.long_day(day, year)} của {issuer})"


def head_fields(head: Letterhead) -> dict[str, Any]:
    """The fields every paper with a letterhead has."""
    return {
        "co_quan_cap_tren": head.parent.upper(),
        "co_quan": wording.authority(head.authority),
        "so": wording.number_of(head.number, head.symbol),
        "dia_danh_ngay": wording.day_of(head.issued_place, head.day, head.year),
        "nam": str(head.year),
        "ghi_chu": wording.notice(illustrative=head.illustrative, demonstration=head.demonstration),
        "noi_nhan": list(head.receivers),
        "ky": list(head.signing),
        "nguoi_ky": head.signer,
    }


def _meeting(head: Letterhead, meeting: Meeting) -> dict[str, Any]:
    return head_fields(head) | {
        "bat_dau": meeting.begun or wording.DOTS,
        "ket_thuc": meeting.ended or wording.DOTS,
        "dia_diem": meeting.venue or wording.DOTS,
        "chu_tri": _person(meeting.chair, meeting.chair_post),
        "thu_ky": _person(meeting.secretary, meeting.secretary_post),
        "ten_chu_tri": meeting.chair,
        "ten_thu_ky": meeting.secretary,
        "y_kien": list(meeting.opinions) or [wording.DOTS],
    }


def _person(name: str, post: str) -> str:
    return ", ".join(filter(None, (name or wording.DOTS, post)))


def basis_lines(bases: Sequence[str], *, last: str) -> list[str]:
    """Each basis ends with a semicolon, the last as the kind of paper wants it."""
    bare = [basis.rstrip(" ;.,") for basis in bases]
    return [f"{basis};" for basis in bare[:-1]] + [f"{basis}{last}" for basis in bare[-1:]]


def _count(number: int | None) -> str:
    return "……" if number is None else vn_int(number)


def _section_rows(sections: Sequence[Section], *, by_village: bool) -> Iterable[Row]:
    for section in sections:
        yield "phan", {"ten": section.title, "so_luong": f"{vn_int(section.count)} {section.unit}"}
        number = 0
        for village in section.villages:
            if by_village and village.name:
                yield (
                    "nhom",
                    {"ten": village.name, "so_luong": f"{vn_int(len(village.lines))} {section.unit}"},
                )
            for line in village.lines:
                number += 1
                yield "dong", _list_row(number, line)


def _list_row(number: int, line: Line) -> dict[str, Any]:
    return {
        "tt": number,
        "ten": line.name,
        "chi_tiet": line.detail,
        "so_giay": line.certificate,
        "ghi_chu": line.note,
    }


def _tally_row(number: int, tally: Tally) -> Row:
    return "dong", {
        "tt": number,
        "ten": tally.title,
        "tong_so": _count(tally.total),
        "dang_ky": _count(tally.registered),
        "de_nghi": vn_int(tally.proposed),
        "ty_le": percent(tally.proposed, tally.total),
    }


def _member(number: int, member: Member) -> dict[str, Any]:
    present = {True: "Có", False: "Vắng", None: ""}[member.present]
    return {"tt": number, "ten": member.name, "chuc_vu": member.post, "vai_tro": member.role, "co_mat": present}


def _present(members: Sequence[Member]) -> str:
    """How many of how many came; room for the first number before the meeting."""
    known = all(member.present is not None for member in members)
    return f"{sum(bool(member.present) for member in members) if known else '……'}/{len(members)}"


def _vote_row(number: int, vote: Vote) -> Row:
    return "dong", {
        "tt": number,
        "ten": vote.matter,
        "so_luong": vn_int(vote.dossiers),
        "dong_y": _count(vote.yes),
        "khong_dong_y": _count(vote.no),
        "khong_y_kien": _count(vote.abstained),
    }
