"""Indicators headed by nothing but their number: "Chỉ số 1 … Chỉ số 10", "CS1", a plain 1 to 10.

They are those of the set in its order where there are exactly as many, and never otherwise: one sentence instead.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hieuhoc.common.text import fold
from hieuhoc.sheets.columns import IndicatorSet, letter
from hieuhoc.sheets.headers import filled, is_blank
from hieuhoc.sheets.headings import strength
from hieuhoc.sheets.sets import score_sheet, told
from hieuhoc.sheets.source import Grid, Refused

SEARCHED = 60
_LEAST = 3
_FLAT = re.compile(
    r"(?P<word>(?:diem |ma )?(?:chi so|chi tieu|tieu chi|noi dung|muc|cau|cs|tc|ct|nd|diem)(?: so)?)?\s*[.:-]?\s*"
    r"(?P<number>\d{1,2})\s*[.)]?(?:\s*\(?\s*(?:toi da )?\d+\s*(?:d|diem)?\.?\s*\)?)?"
)


@dataclass(frozen=True)
class Run:
    """Headings 1, 2, 3 … n in a row of a sheet."""

    grid: Grid
    row: int
    places: tuple[int, ...]


def name_in_order(grids: Iterable[Grid], sets: Sequence[IndicatorSet]) -> list[dict[str, Any]]:
    """Write the key beside every number where the set is sure, and give the notice of it; raises Refused."""
    grids = list(grids)
    if not sets or told(grids, sets):
        return []
    runs = [run for grid in grids for row in range(min(SEARCHED, len(grid.rows))) if (run := _run(grid, row))]
    if not runs:
        return []
    chosen = _set_of(runs, sets)
    for run in runs:
        cells = run.grid.rows[run.row]
        for place, one in zip(run.places, chosen.indicators, strict=True):
            number = cells[place] if isinstance(cells[place], str) else f"{cells[place]:g}"
            cells[place] = f"{number} → {one.key}"
    return [_notice(runs[0], chosen)]


def _run(grid: Grid, row: int) -> Run | None:
    """The numbers that stand in this row as headings, if they go from 1 up."""
    cells = grid.rows[row]
    found = [(at, match) for at in filled(cells) if (match := _match(cells[at]))]
    worded = [(at, match) for at, match in found if match["word"]]
    if len(worded) < _LEAST:
        worded = []
    run = worded or _upward(found)
    numbers = [int(match["number"]) for _, match in run]
    places = tuple(at for at, _ in run)
    if len(run) < _LEAST or numbers != list(range(1, len(run) + 1)):
        return None
    return Run(grid, row, places) if worded or _heads(grid, row, places) else None


def _match(cell: Any) -> re.Match[str] | None:
    if isinstance(cell, float):
        cell = f"{cell:g}"
    return _FLAT.fullmatch(fold(cell)) if isinstance(cell, str) else None


def _upward(found: Sequence[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """The last numbers of a row that stand side by side and begin at 1."""
    start = next((i for i in range(len(found) - 1, -1, -1) if found[i][1]["number"] in ("1", "01")), len(found))
    run = list(found[start:])
    beside = all(b[0] - a[0] == 1 for a, b in pairwise(run))
    return run if beside else []


def _heads(grid: Grid, row: int, places: Sequence[int]) -> bool:
    """Whether bare numbers are headings, not the numbers of the columns: words stand to their left, none above each."""
    above = grid.rows[row - 1] if row else []
    own = [cell for cell in grid.rows[row][: places[0]] if not is_blank(cell)]
    words = own or [cell for cell in above[: places[0]] if not is_blank(cell)]
    over = [at for at in places if above and not is_blank(above[at])]
    return sum(map(_is_word, words)) >= 2 and len(words) == sum(map(_is_word, words)) and len(over) * 2 < len(places)


def _is_word(cell: Any) -> bool:
    return isinstance(cell, str) and re.search(r"[^\W\d_]{2}", cell) is not None


def _set_of(runs: Sequence[Run], sets: Sequence[IndicatorSet]) -> IndicatorSet:
    """The one set with as many indicators whose subjects the headings name; raises Refused."""
    counts = {len(run.places) for run in runs}
    count = max(counts)
    fitting = [one for one in sets if {len(one.indicators)} == counts]
    if len(fitting) > 1 or len(sets) > 1:
        fitting = [one for one in fitting if _names_subjects(runs[0], one, sets)]
    if len(fitting) == 1:
        return fitting[0]
    why = f"Các cột chỉ số chỉ đánh số 1–{count}"
    if len(sets) == 1:
        why += f", còn bộ tiêu chí {sets[0].code} có {len(sets[0].indicators)} chỉ số"
    key = sets[0].indicators[0].key if sets[0].indicators else "GD-1.1"
    todo = f"Hãy ghi mã từng chỉ số (ví dụ {key}) ở tiêu đề rồi gửi lại."
    raise Refused("unknown_indicators", f"{why}, nên không biết cột nào là chỉ số nào. {todo}")


def _names_subjects(run: Run, one: IndicatorSet, sets: Sequence[IndicatorSet]) -> bool:
    """Whether the headings beside the numbers name the subjects of this set's model better than those of another."""
    rows = run.grid.rows[max(run.row - 1, 0) : run.row + 1]
    headings = [(cell,) for row in rows for cell in row[: run.places[0]] if isinstance(cell, str) and cell.strip()]

    def fit(model: str) -> float:
        return strength(headings, score_sheet(IndicatorSet("", model)))

    return all(fit(one.model) > fit(other) for other in {another.model for another in sets} - {one.model})


def _notice(run: Run, chosen: IndicatorSet) -> dict[str, Any]:
    first, last = letter(run.places[0]), letter(run.places[-1])
    keys = chosen.indicators[0].key, chosen.indicators[-1].key
    said = f"Các chỉ số chỉ đánh số, nên cột {first} đến {last} được hiểu theo thứ tự là {keys[0]} đến {keys[1]}"
    message = f"{said} của bộ {chosen.code}. Cần xem lại trước khi dùng."
    return {"sheet": run.grid.name, "row": run.row + 1, "code": "indicators_in_order", "message": message}
