"""Score sheets: the columns of a criteria set, and which set a sheet was filled in for, by its headings."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from hieuhoc.sheets import rosters, wordings
from hieuhoc.sheets.columns import Column, Indicator, IndicatorSet, Sheet
from hieuhoc.sheets.headings import ENOUGH, score
from hieuhoc.sheets.rows import Table
from hieuhoc.sheets.source import Grid, Refused

_KEY = re.compile(r"\b([A-ZĐ]{1,4}\d{0,2})\s*[-. ]?\s*(\d\.\d{1,2}[a-d]?)\b")
_MAXIMUM = re.compile(r"\((?:tối đa\s*)?(\d{1,3})\s*(?:đ|điểm)?\.?\s*\)", re.IGNORECASE)
_MODELS = {"GD": "FAMILY", "GĐ": "FAMILY", "DH": "CLAN", "CĐ": "COMMUNITY", "CDD": "COMMUNITY", "TH": "COMMUNITY",
           "DV": "ORGANISATION", "ĐV": "ORGANISATION", "CD": "CITIZEN"}  # fmt: skip


def choose(grids: Sequence[Grid], sets: Sequence[IndicatorSet]) -> IndicatorSet | None:
    """The set whose indicators stand in the headings, or one read from the headings' own keys."""
    return sets[0] if len(sets) == 1 else told(grids, sets)


def told(grids: Sequence[Grid], sets: Sequence[IndicatorSet]) -> IndicatorSet | None:
    """The set the headings themselves tell: by half of its indicators, else by the keys typed."""
    headings = _headings(grids)
    fits = [(_fit(headings, one), one) for one in sets]
    best = max(fits, key=lambda fit: fit[0], default=None)
    return best[1] if best and best[0] >= 0.5 else _from_keys(headings)


def spell_numbers(grids: Iterable[Grid]) -> None:
    """Numbers of indicators typed as numbers (1.1, 1.2, 2.1 …) become words, so that their row can be a header."""
    for grid in grids:
        for row in grid.rows[:60]:
            numbers = [cell for cell in row if isinstance(cell, float)]
            if len(numbers) > 2 and all(_next(a, b) for a, b in pairwise(numbers)):
                row[:] = [f"{cell:g}" if isinstance(cell, float) else cell for cell in row]


def _next(number: float, after: float) -> bool:
    """Whether the number of one indicator follows that of another: 1.2 after 1.1, 2.1 after 1.3."""
    return round(after - number, 6) == 0.1 or (round(after % 1, 6) == 0.1 and int(after) == int(number) + 1)


def _headings(grids: Sequence[Grid]) -> list[str]:
    """Texts of the first rows that could be headings."""
    texts: dict[str, None] = {}
    for grid in grids:
        for row in grid.rows[:60]:
            if not any(isinstance(cell, float) for cell in row):
                texts.update((" ".join(cell.split()), None) for cell in row if _may_be(cell))
    return list(texts)[:400]


def _may_be(cell: Any) -> bool:
    return isinstance(cell, str) and 2 < len(cell) < 160


def _fit(headings: Iterable[str], one: IndicatorSet) -> float:
    """Share of the set's indicators some heading names, less a trifle for bare numbers many sets share."""
    columns = [Column(i.key, i.label, "score") for i in one.indicators]
    if not columns:
        return 0.0
    best = [max((score(text, column) for text in headings), default=0.0) for column in columns]
    named = sum(found >= ENOUGH for found in best)
    prefix = columns[0].key.partition("-")[0]
    keyed = any(match[1] == prefix for text in headings for match in _KEY.finditer(text.upper()))
    return named / len(columns) + (0.2 if keyed and named else 0.0)


def _from_keys(headings: Iterable[str]) -> IndicatorSet | None:
    """A set made of the keys typed in the headings, with the maximum in brackets beside them."""
    found: dict[str, Indicator] = {}
    prefixes: dict[str, int] = {}
    for text in headings:
        match = _KEY.search(text)
        if match and len(text) < 60:
            key = f"{match[1]}-{match[2]}"
            most = _MAXIMUM.search(text)
            found.setdefault(key, Indicator(key, text, float(most[1]) if most else None))
            prefixes[match[1]] = prefixes.get(match[1], 0) + 1
    if len(found) < 2:
        return None
    usual = max(prefixes, key=prefixes.__getitem__)
    indicators = tuple(one for key, one in found.items() if key.startswith(f"{usual}-"))
    return IndicatorSet("", _MODELS.get(usual, "ORGANISATION"), indicators)


def missing(chosen: IndicatorSet, tables: Sequence[Table]) -> list[dict[str, Any]]:
    """What to check where a sheet has no column for some indicators; refused where it has none for any."""
    found = {match.column.key for table in tables for match in table.matches}
    absent = [one.key for one in chosen.indicators if one.key not in found]
    if not absent:
        return []
    if len(absent) == len(chosen.indicators):
        said = f"Không thấy cột nào của các chỉ số trong bộ {chosen.code}."
        raise Refused("unknown_indicators", f"{said} Hãy ghi mã từng chỉ số (ví dụ {absent[0]}) ở tiêu đề rồi gửi lại.")
    message = f"Không thấy cột của chỉ số {', '.join(absent)}; điểm của các chỉ số này để trống."
    grid = tables[0].grid
    return [{"sheet": grid.name, "row": tables[0].first, "code": "missing_indicators", "message": message}]


# A score sheet names its subjects as their roster does.
_FAMILY = (wordings.VILLAGE, wordings.HOUSEHOLD_CODE, wordings.HOUSEHOLD_HEAD, wordings.CCCD)
_CITIZEN = (
    wordings.PERSON,
    wordings.BIRTH_DATE,
    *wordings.BY_SEX,
    wordings.SEX,
    wordings.CCCD,
    wordings.VILLAGE,
    wordings.HOUSEHOLD_CODE,
)
_IDENTITY = {
    "FAMILY": (_FAMILY, "head_name", rosters.HOUSEHOLDS.unique),
    "CLAN": (
        rosters.CLANS.pick("name", "head_name", "village"),
        "name",
        rosters.CLANS.unique,
    ),
    "COMMUNITY": (rosters.COMMUNITIES.pick("village", "head_name"), "village", ("village",)),
    "ORGANISATION": (rosters.ORGANISATIONS.pick("name", "kind"), "name", ("name",)),
    "CITIZEN": (_CITIZEN, "name", rosters.CITIZENS.unique),
}


def score_sheet(chosen: IndicatorSet) -> Sheet:
    """The sheet of a criteria set: the identifying columns of its model, then one column an indicator."""
    columns, subject, unique = _IDENTITY.get(chosen.model, _IDENTITY["ORGANISATION"])
    scores = tuple(
        Column(one.key, one.label, "score", maximum=one.maximum, judged=one.kind) for one in chosen.indicators
    )
    return Sheet("scores", f"Bảng chấm điểm {chosen.code}", (*columns, *scores), subject, unique)
