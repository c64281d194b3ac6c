"""Answers collected with ODK or KoboToolbox, as their exports give them, turned into a score sheet the engine reads.

The forms come from `criteria.xlsform`, whose question names are made here: "GD-1.1" is asked as `GD_1_1`, a share as
`GD_1_1__count` and `GD_1_1__of`. Columns and rows stay where they are, so that a problem names the cell of the file.
Of several submissions for one subject the one sent last counts; what was rejected does not. Both are said.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hieuhoc.common.text import fold, nfc
from hieuhoc.sheets import rosters, wordings
from hieuhoc.sheets.columns import Column
from hieuhoc.sheets.source import Grid

Notice = dict[str, Any]
COUNT, OF, NOW, BEFORE = "count", "of", "now", "before"
PARTS = {COUNT: "số đạt", OF: "tổng số", NOW: "năm nay", BEFORE: "năm trước"}
PAIRS = ((COUNT, OF), (NOW, BEFORE))
OFF, OFF_LABEL = "kad", "chỉ số không áp dụng"
NO_LEVEL = "Chưa đạt mức nào"
TOLD = 10

_PLAIN = re.compile(r"[A-Z][A-Z0-9]*-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*")
_NAME = re.compile(r"([A-Z][A-Z0-9]*)_([0-9A-Za-z]+(?:_[0-9A-Za-z]+)*)")
_SPELLED = re.compile(r"key_([0-9a-f]+)")
_LABEL = re.compile(r"(\S+) \((" + "|".join(PARTS.values()) + r")\)\.?(?: .*)?")
_LABELLED = re.compile(r"(?=\S*[^\W\d_])(\S+)\. \S.*", re.DOTALL)
_OFF_SPLIT = re.compile(rf"(?:.*[/.:-])?{OFF}__\d+[/.:-](.+)|.*{OFF_LABEL}[^/]*/(\S+?)\.? .*", re.DOTALL)
_PATH = re.compile(r"[/:]|(?<=\w)-(?=[A-Za-z_])|(?<=\w)\.(?=[A-Za-z_])")
_META = {"key", "_uuid", "instanceid", "submissiondate", "_submission_time", "_id", "__id"}
_TIMES = ("SubmissionDate", "_submission_time", "end", "start")
_REJECTED = {"rejected", "not approved", "validation_status_not_approved"}
_DECIMAL = re.compile(r"-?\d+\.\d+")
_LEVEL = re.compile(r"Mức (\d+)\b.*")
_HERE = timezone(timedelta(hours=7))


def _column(sheet: Any, key: str) -> Column:
    found = sheet.column(key)
    assert found is not None
    return found


# What a form asks to know whose answers they are, by the name of the question; each goes by its roster's heading.
IDENTITY: dict[str, Column] = {
    "village": wordings.VILLAGE,
    "household_code": wordings.HOUSEHOLD_CODE,
    "head_name": wordings.HOUSEHOLD_HEAD,
    "person_name": wordings.PERSON,
    "birth_date": wordings.BIRTH_DATE,
    "clan_name": _column(rosters.CLANS, "name"),
    "organisation_name": _column(rosters.ORGANISATIONS, "name"),
}
ASKED = {
    "FAMILY": ("village", "head_name", "household_code"),
    "CLAN": ("village", "clan_name"),
    "COMMUNITY": ("village",),
    "CITIZEN": ("village", "person_name", "birth_date", "household_code"),
    "ORGANISATION": ("organisation_name",),
}


def name_of(key: str) -> str:
    """The question name of an indicator: valid in a form, and `key_of` gives the key back."""
    if _PLAIN.fullmatch(key):
        return key.replace("-", "_").replace(".", "_")
    return f"key_{key.encode().hex()}"


def key_of(name: str) -> str | None:
    """The indicator a question name stands for; None where it is no indicator's."""
    if match := _SPELLED.fullmatch(name):
        return _unspelled(match[1])
    match = _NAME.fullmatch(name)
    return f"{match[1]}-{match[2].replace('_', '.')}" if match else None


def _unspelled(digits: str) -> str | None:
    try:
        return bytes.fromhex(digits).decode()
    except ValueError:
        return None


def settle(grids: Iterable[Grid]) -> list[Notice]:
    """Turn every export among the grids into a score sheet; say what was left out. Other sheets stay as they are."""
    return [notice for grid in grids if (export := _export(grid)) for notice in export.settle()]


@dataclass(frozen=True)
class _Part:
    """What a column is: an indicator, a part of one, what does not apply, a fact of the subject."""

    key: str
    part: str = ""


def _export(grid: Grid) -> "_Export | None":
    """The export in a grid, told by its first row with words: names of ours beside the marks of a submission."""
    for at, row in enumerate(grid.rows[:3]):
        headings = [nfc(cell) if isinstance(cell, str) else "" for cell in row]
        if not any(headings):
            continue
        marked = any(_last(heading).lower() in _META for heading in headings)
        known = {place: part for place, heading in enumerate(headings) if (part := _part(heading, marked))}
        keyed = sum(part.part not in ("identity", OFF) for part in known.values())
        return _Export(grid, at, headings, known) if known and (marked or keyed >= 2) else None
    return None


def _last(heading: str) -> str:
    """The name of a question without the groups it stands in."""
    return _PATH.split(heading)[-1]


def _part(heading: str, marked: bool) -> _Part | None:
    """What a column is by its heading, a question name or the label of one where the file is ``marked`` an export."""
    if match := _OFF_SPLIT.fullmatch(heading):
        return _Part(match[2] or key_of(_last(match[1])) or match[1], "off")
    name = _last(heading)
    if name in IDENTITY:
        return _Part(name, "identity")
    if re.fullmatch(rf"{OFF}__\d+", name):
        return _Part(name, OFF)
    stem, _, part = name.partition("__")
    if part in PARTS and (key := key_of(stem)):
        return _Part(key, part)
    if key := key_of(name):
        return _Part(key)
    return _by_label(heading) if marked else None


def _by_label(heading: str) -> _Part | None:
    """A column headed by the label of its question, with or without that of its group before a stroke."""
    for label in (heading, heading.partition("/")[2]):
        if match := _LABEL.fullmatch(label):
            return _Part(match[1], next(part for part, words in PARTS.items() if words == match[2]))
        if match := _LABELLED.fullmatch(label):
            return _Part(match[1])
    return None


@dataclass
class _Export:
    """One export: where its header stands and what its columns are."""

    grid: Grid
    at: int
    headings: Sequence[str]
    known: Mapping[int, _Part]

    def settle(self) -> list[Notice]:
        """Rewrite header and cells in place."""
        rows = range(self.at + 1, len(self.grid.rows))
        notices = [*self._leave_rejected(rows), *self._leave_earlier(rows)]
        halves: list[str] = []
        for row in rows:
            halves += self._rewrite(row)
        self.grid.rows[self.at] = [self._heading(place) for place in range(len(self.headings))]
        return notices + ([self._said("half_answers", _halves(halves))] if halves else [])

    def _heading(self, place: int) -> str:
        part = self.known.get(place)
        if part is None:
            return self.headings[place]
        if part.part == "identity":
            return IDENTITY[part.key].label
        return part.key if part.part in ("", COUNT, NOW) else ""

    def _rewrite(self, row: int) -> list[str]:
        """The cells of one submission as a score sheet has them; gives the pairs of which one half is missing."""
        cells = self.grid.rows[row]
        off = self._off(cells)
        pairs: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
        for place, part in self.known.items():
            if part.part in PARTS:
                pairs[part.key][part.part] = place, _number(cells[place])
            elif part.part in (OFF, "off"):
                cells[place] = ""
            elif part.part == "":
                cells[place] = "KAD" if part.key in off else _value(cells[place])
        return [f"dòng {row + 1} ({key})" for key, halves in pairs.items() if not _joined(cells, key, halves, off)]

    def _off(self, cells: Sequence[Any]) -> set[str]:
        """The indicators a submission says do not apply."""
        found: set[str] = set()
        for place, part in self.known.items():
            if part.part == OFF:
                found |= {key for name in str(cells[place]).split() if (key := key_of(name))}
            elif part.part == "off" and str(cells[place]).strip().lower() in ("1", "1.0", "true"):
                found.add(part.key)
        return found

    def _leave_rejected(self, rows: range) -> list[Notice]:
        places = [at for at, one in enumerate(self.headings) if _last(one) in ("ReviewState", "_validation_status")]
        gone = [row for row in rows if any(fold(str(self.grid.rows[row][at])) in _REJECTED for at in places)]
        for row in gone:
            self._empty(row)
        if not gone:
            return []
        where = ", ".join(str(row + 1) for row in gone[:TOLD]) + ("…" if len(gone) > TOLD else "")
        return [self._said("rejected_submissions", f"{len(gone)} lần gửi đã bị từ chối, không tính: dòng {where}.")]

    def _leave_earlier(self, rows: range) -> list[Notice]:
        """Of several submissions for one subject only the last sent stays."""
        own: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for row in rows:
            who = self._who(row)
            if any(who):
                own[tuple(fold(word) for word in who)].append(row)
        told = []
        for several in (sorted(found, key=self._sent) for found in own.values() if len(found) > 1):
            *earlier, last = several
            name = ", ".join(word for word in self._who(last) if word)
            lines = ", ".join(str(row + 1) for row in sorted(earlier))
            told.append(f"{name} (tính dòng {last + 1}{self._moment(last)}, bỏ dòng {lines})")
            for row in earlier:
                self._empty(row)
        return [self._said("later_submission", _later(told))] if told else []

    def _who(self, row: int) -> list[str]:
        """What a submission says of its subject."""
        places = sorted((part.key, at) for at, part in self.known.items() if part.part == "identity")
        if not places:
            places = [("", at) for at, one in enumerate(self.headings) if _names_subject(one)]
        return [nfc(str(self.grid.rows[row][at])) for _, at in places]

    def _sent(self, row: int) -> tuple[datetime, int]:
        return self._time(row) or datetime.min.replace(tzinfo=UTC), row

    def _time(self, row: int) -> datetime | None:
        by_name = {_last(heading): at for at, heading in reversed(list(enumerate(self.headings)))}
        for name in _TIMES:
            if name in by_name and (moment := _moment(self.grid.rows[row][by_name[name]])):
                return moment
        return None

    def _moment(self, row: int) -> str:
        moment = self._time(row)
        return f" gửi lúc {moment.astimezone(_HERE):%d/%m/%Y %H:%M}" if moment else ""

    def _empty(self, row: int) -> None:
        self.grid.rows[row] = [""] * len(self.grid.rows[row])

    def _said(self, code: str, message: str) -> Notice:
        return {"sheet": self.grid.name, "row": self.at + 1, "code": code, "message": message}


def _names_subject(heading: str) -> bool:
    return any(fold(_last(heading)) == fold(column.label) for column in IDENTITY.values())


def _joined(cells: list[Any], key: str, halves: Mapping[str, tuple[int, str]], off: set[str]) -> bool:
    """Put both halves of a share or a change into one cell; whether nothing was lost by it."""
    pair = next((pair for pair in PAIRS if any(part in halves for part in pair)), PAIRS[0])
    (first, one), (second, other) = (halves.get(part, (-1, "")) for part in pair)
    whole = bool(one and other)
    for place in (first, second):
        if place >= 0:
            cells[place] = ""
    if first >= 0:
        cells[first] = "KAD" if key in off else (f"{one}/{other}" if whole else "")
    return whole or key in off or not (one or other)


def _value(cell: Any) -> Any:
    """An answer as people type it: a decimal comma, a level by its number."""
    if not isinstance(cell, str):
        return cell
    text = nfc(cell)
    if match := _LEVEL.fullmatch(text):
        return match[1]
    return "0" if text == NO_LEVEL else _number(text)


def _number(cell: Any) -> str:
    text = f"{cell:.15g}" if isinstance(cell, float) else nfc(str(cell))
    return text.replace(".", ",") if _DECIMAL.fullmatch(text) else text


def _moment(cell: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(cell).strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _later(told: Sequence[str]) -> str:
    more = f"; và {len(told) - TOLD} nơi khác" if len(told) > TOLD else ""
    return f"{len(told)} nơi được gửi nhiều lần, chỉ tính lần gửi sau cùng: {'; '.join(told[:TOLD])}{more}."


def _halves(told: Sequence[str]) -> str:
    more = f" và {len(told) - TOLD} ô khác" if len(told) > TOLD else ""
    return f"Có số này mà thiếu số kia nên để trống: {', '.join(told[:TOLD])}{more}."
