"""A table of figures as it was printed: one row a place, year and model, with counts and a share that may be rounded.

Cells are read as Vietnamese write them ("1.234", "79,87 %", "gần 80"); a cell that cannot be read is a finding, never a
zero. What was not printed stays None. A qualifier ("gần", "trên", "hơn", "khoảng") stays with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import groupby, pairwise

from hieuhoc.common.numbers import parse_number
from hieuhoc.common.text import fold, nfc

COLUMNS = ("place", "level", "year", "model", "total", "registered", "recognised", "share_percent")
COUNTS = ("total", "registered", "recognised")
NEAR, ABOVE, ABOUT = "gần", "trên", "khoảng"
_QUALIFIERS = {
    NEAR: ("gần", "nearly", "almost", "xấp xỉ"),
    ABOVE: ("trên", "hơn", "over", "more than", "above"),
    ABOUT: ("khoảng", "about", "around", "ước"),
}
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_OLD_TITLE = re.compile(r"\b(?:hieu hoc|khuyen hoc)\b")
_ASIDE = re.compile(r"\(.*?\)|[-–:,;'\"‘’“”]")
_CODES = {
    code.lower(): code
    for code in ("FAMILY", "CLAN", "COMMUNITY", "ORGANISATION", "CITIZEN", "MEMBER", "COMMUNE", "DISTRICT", "PROVINCE")
}
_WORDS = (
    ("hoi vien", "MEMBER"),
    ("gia dinh", "FAMILY"),
    ("dong ho", "CLAN"),
    ("don vi", "ORGANISATION"),
    ("cong dan", "CITIZEN"),
    ("cong dong", "COMMUNITY"),
)
_COMMUNE = re.compile(r"\b(?:cap xa|xa|xa phuong.*|xa phuong thi tran)\b")
_ASSOCIATION = re.compile(r"\bhoi (?:khuyen hoc )?(?:cap )?xa\b")
LARGEST = 10**11
_SHORT = {"gdht": "gia dinh hoc tap", "dhht": "dong ho hoc tap", "dvht": "don vi hoc tap"}


@dataclass(frozen=True)
class Printed:
    """A share as printed: percent, decimals that were shown, the word before it."""

    value: Decimal
    digits: int
    qualifier: str = ""

    @property
    def unit(self) -> Decimal:
        """One unit of the last digit shown."""
        return Decimal(1).scaleb(-self.digits)

    def shows(self, exact: Decimal) -> bool:
        """Whether a share may be printed so: rounded or cut at the digits shown, or within what the word allows."""
        if self.value in (exact.quantize(self.unit, ROUND_HALF_UP), exact.quantize(self.unit, ROUND_FLOOR)):
            return True
        off = self.value - exact
        if self.qualifier == NEAR:
            return 0 < off <= 1
        if self.qualifier == ABOVE:
            return -1 <= off < 0
        return self.qualifier == ABOUT and abs(off) <= 1

    @property
    def between(self) -> tuple[Decimal, Decimal]:
        """The least and the most the exact share can be."""
        if self.qualifier:
            return self.value - 1, self.value + 1
        return self.value - self.unit / 2, self.value + self.unit


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (the header counts), the place and year in words, counts, share."""

    row: int
    place: str
    level: str
    year: int | None
    model: str
    total: int | None = None
    registered: int | None = None
    recognised: int | None = None
    share: Printed | None = None
    share_of: str = "total"
    target: Decimal | None = None
    unread: tuple[str, ...] = ()
    note: str = ""
    address: str = ""

    @cached_property
    def kind(self) -> str:
        """The model's code, MEMBER for members of the association, COMMUNE_ASSOCIATION, or "" for something else."""
        return kind_of(self.model)

    @cached_property
    def old_title(self) -> bool:
        """Whether the title is one of before 2015 ("hiếu học", "khuyến học")."""
        return bool(_OLD_TITLE.search(fold(self.model))) and self.kind not in ("MEMBER", "COMMUNE_ASSOCIATION")

    @cached_property
    def series(self) -> tuple[str, str, str]:
        """What makes two rows figures of one series: place, level, model with its group of people."""
        words = _OLD_TITLE.sub("hoc tap", fold(_ASIDE.sub(" ", self.model)))
        return place_key(self.place), self.level.strip().lower(), f"{self.kind} {' '.join(words.split())}"

    @property
    def counted(self) -> int | None:
        """The count the share is of: those recognised, or registered where nobody speaks of recognition."""
        return self.recognised if self.recognised is not None else self.registered

    @property
    def base(self) -> int | None:
        """The denominator the file names for the share."""
        return self.registered if self.share_of == "registered" else self.total


@dataclass(frozen=True)
class Finding:
    """What a rule found in a row, in a sentence."""

    row: int
    rule: str
    message: str


@dataclass(frozen=True)
class Table:
    """All rows, with those of one series side by side in the order of years."""

    rows: tuple[Row, ...]
    _cache: dict[str, list] = field(default_factory=dict, compare=False)

    def pairs(self) -> list[tuple[Row, Row]]:
        """Each row with the one before it in its series; rows of one year are not compared."""
        if "pairs" not in self._cache:
            self._cache["pairs"] = list(self._paired())
        return self._cache["pairs"]

    def _paired(self) -> Iterator[tuple[Row, Row]]:
        dated = sorted((row for row in self.rows if row.year and row.kind), key=lambda row: (row.series, row.year))
        for _, several in groupby(dated, key=lambda row: row.series):
            same = list(several)
            yield from ((one, other) for one, other in pairwise(same) if one.year != other.year)


def place_key(place: str) -> str:
    """What one place is the same by in two rows: its words without marks."""
    return " ".join(fold(place.replace(",", " ")).split())


def kind_of(model: str) -> str:
    """The code of a model written as a code or in words."""
    words = " ".join(re.sub(r"\W+", " ", fold(model)).split())
    if words in _CODES:
        return _CODES[words]
    words = " ".join(_SHORT.get(word, word) for word in words.split())
    if words.startswith(("clb", "cau lac bo", "ban ")):
        return ""
    if _ASSOCIATION.search(words) and "cong dong" not in words:
        return "COMMUNE_ASSOCIATION"
    found = next((code for word, code in _WORDS if f" {word} " in f" {words} "), "")
    if words == "cdht":
        return "COMMUNITY" if "ĐHT" in model else "CITIZEN"
    if found == "COMMUNITY" and _COMMUNE.search(words):
        return "COMMUNE"
    return found


def read_rows(records: Iterable[Mapping[str, str | None]], first: int = 2) -> list[Row]:
    """Rows from the records of a CSV, numbered as a spreadsheet shows them."""
    return [_row(number, record) for number, record in enumerate(records, first) if any(record.values())]


def _row(number: int, record: Mapping[str, str | None]) -> Row:
    given = {key: nfc(str(value or "")) for key, value in record.items() if isinstance(key, str)}
    unread: list[str] = []
    counts = {key: _count(given.get(key, ""), key, unread) for key in COUNTS}
    share = _printed(given.get("share_percent", ""), given.get("note", ""), unread)
    years = _YEAR.findall(given.get("year", ""))
    if not years and given.get("year"):
        unread.append("year")
    target = _bare(given.get("target", ""))
    return Row(
        number, given.get("place", ""), given.get("level", ""), int(years[-1]) if years else None,
        given.get("model", ""), **counts, share=share, share_of=_share_of(given.get("share_of", "")),
        target=parse_number(target) if target else None, unread=tuple(unread), note=given.get("note", ""),
        address=given.get("url", ""),
    )  # fmt: skip


def _share_of(text: str) -> str:
    words = fold(text)
    return "registered" if words.startswith("reg") or "dang ky" in words else "total"


def _bare(text: str) -> str:
    """A cell without its sign of percent and the word before the number."""
    plain = text.replace("%", " ").strip()
    for words in _QUALIFIERS.values():
        for word in words:
            if plain.lower().startswith(word + " "):
                return plain[len(word) :].strip()
    return plain


def _count(text: str, key: str, unread: list[str]) -> int | None:
    plain = _bare(text)
    if plain in ("", "-", "–", "…", "..."):
        return None
    number = parse_number(plain)
    if number is None or number != number.to_integral_value():
        unread.append(key)
        return None
    return int(number)


def _printed(text: str, note: str, unread: list[str]) -> Printed | None:
    plain = _bare(text)
    if plain in ("", "-", "–", "…", "..."):
        return None
    dotted = plain.replace(",", ".") if plain.count(",") + plain.count(".") == 1 else plain
    try:
        value = Decimal(dotted)
        if not value.is_finite() or abs(value) > LARGEST:
            raise ArithmeticError(dotted)
    except ArithmeticError:
        unread.append("share_percent")
        return None
    exponent = value.as_tuple().exponent
    return Printed(value, -exponent if isinstance(exponent, int) and exponent < 0 else 0, qualifier(text, note, plain))


def qualifier(text: str, note: str, number: str) -> str:
    """The word that stands before the share in its cell, or before the same number in the note."""
    near = re.compile(rf"(\w+(?: than)?)\W+{re.escape(number)}(?![\d.,]\d)", re.IGNORECASE)
    said = [text.lower().split(" ")[0]] + [match[1].lower() for match in near.finditer(note)]
    for name, words in _QUALIFIERS.items():
        if any(word in words for word in said):
            return name
    return ""
