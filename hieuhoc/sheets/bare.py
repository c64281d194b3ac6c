"""Lists without a header row: the columns told by what stands in them, or one clear sentence why they are not.

Taken only where nothing else can be meant: one column of persons, one of known villages, numbers of citizens. What
may be this or that (an "x", a second number) is left to the person, and a notice says what was guessed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from hieuhoc.common.text import fold, nfc
from hieuhoc.sheets import looks
from hieuhoc.sheets.columns import Sheet, letter
from hieuhoc.sheets.headers import TITLE, Header, filled, is_blank, is_column_numbers
from hieuhoc.sheets.headings import Match
from hieuhoc.sheets.rows import RowReader, Table
from hieuhoc.sheets.rowwords import FOOTER, is_row_number, is_total
from hieuhoc.sheets.source import Grid, Refused
from hieuhoc.sheets.values import DITTO, text
from hieuhoc.sheets.villages import Villages, looks_like_village

SAMPLE = 400
_LEAST = 3
_MOST = 0.8
_SURE = 0.6  # of what is unmistakable: a known village, twelve digits; the rest of the column is wrong then
_SAY = "Hãy thêm một dòng tiêu đề ({names}) ngay trên dòng dữ liệu đầu rồi gửi lại."
_NAMES = {
    "households": "STT, Thôn, Họ và tên chủ hộ, Số khẩu…",
    "citizens": "STT, Họ và tên, Ngày sinh, Số CCCD, Thôn…",
    "clans": "STT, Tên dòng họ, Trưởng họ, Thôn, Số gia đình…",
    "communities": "STT, Thôn/làng, Trưởng thôn, Tổng số hộ, Nhân khẩu…",
    "organisations": "STT, Tên cơ quan, đơn vị, Thủ trưởng, Số CB, CC, VC…",
}
_SUBJECTS: dict[str, Callable[[Any], bool]] = {
    "households": looks.is_person,
    "citizens": looks.is_person,
    "clans": looks.is_clan,
    "organisations": looks.is_office,
}


@dataclass
class Sample:
    """The first rows of a sheet that may be data: their numbers, and their cells by column."""

    at: list[int]
    columns: list[list[Any]]
    ordinal: int | None = None

    def share(self, place: int, test: Callable[[Any], bool]) -> float:
        """Share of the filled cells of a column that pass a test."""
        cells = self.full(place)
        return sum(map(test, cells)) / len(cells) if cells else 0.0

    def full(self, place: int) -> list[Any]:
        """The filled cells of a column."""
        return [cell for cell in self.columns[place] if not is_blank(cell)]

    def alike(self, test: Callable[[Any], bool], least: float = _MOST) -> list[int]:
        """The columns whose filled cells, three at least, nearly all pass a test."""
        places = range(len(self.columns))
        return [at for at in places if len(self.full(at)) >= _LEAST and self.share(at, test) >= least]


def bare_table(
    grid: Grid, sheet: Sheet, villages: Villages, mapping: Mapping[str, str], today: date
) -> tuple[Table, str] | None:
    """The list of a sheet without a header, with the sentence that says what was guessed; None where there is none.

    Refused where there is a list but its columns cannot be told.
    """
    sample = _sample(grid)
    if len(sample.at) < _LEAST:
        return None
    told = _told(grid, sheet, mapping, len(sample.columns))
    names = [told[sheet.subject]] if sheet.subject in told else _subjects(sample, sheet, villages)
    if not names:
        return None
    if len(names) > 1:
        letters = ", ".join(letter(at) for at in names)
        raise _unsure(sheet, f"Danh sách không có dòng tiêu đề, và có {len(names)} cột cùng có vẻ là tên ({letters}).")
    if sheet.kind == "households" and sample.alike(looks.is_sex, 0.9):
        why = "Danh sách không có dòng tiêu đề, và có cột nam, nữ nên có thể là danh sách người chứ không phải hộ."
        raise _unsure(sheet, why)
    ordinal = sample.ordinal
    first = _first(sample, names[0], ordinal, _SUBJECTS.get(sheet.kind))
    _refuse_headed(grid, sheet, first)
    places = {sheet.subject: names[0]} | _others(sample, sheet, villages, today, {names[0], ordinal})
    left = {at for key, at in _said(grid, mapping, len(sample.columns)) if not sheet.column(key)}
    places = {key: at for key, at in places.items() if at not in left and at not in told.values()} | told
    if len(places) < 2 and ordinal is None:
        raise _unsure(sheet, "Danh sách không có dòng tiêu đề, chỉ nhận ra một cột tên.")
    return _table(grid, sheet, villages, places, ordinal, first), _notice(grid, sheet, sample, places, ordinal)


def like(grid: Grid, sheet: Sheet, villages: Villages, other: Table) -> Table | None:
    """A sheet without a header that goes on with the columns of another one; None where its cells say otherwise."""
    sample = _sample(grid)
    subject = other.place(sheet.subject)
    test = _test_of(sheet)
    if subject is None or other.parts or not sample.at or subject >= len(sample.columns) or test is None:
        return None
    numbered = other.ordinal is None or sample.share(other.ordinal, is_row_number) >= _MOST
    if not numbered or sample.share(subject, test) < _MOST:
        return None
    first = _first(sample, subject, other.ordinal, test)
    if _headings(grid, first) is not None:
        return None
    places = {match.column.key: match.at for match in other.matches if match.at < len(sample.columns)}
    return _table(grid, sheet, villages, places, other.ordinal, first)


def above(grid: Grid, sheet: Sheet, villages: Villages, table: Table) -> Table | None:
    """Rows of a list that stand above its first header, as when only the second page has one."""
    subject, ordinal, test = table.place(sheet.subject), table.ordinal, _test_of(sheet)
    if subject is None or ordinal is None or test is None or not table.header.rows:
        return None
    rows = [row for row in table.titles if is_row_number(grid.rows[row][ordinal]) and test(grid.rows[row][subject])]
    if not rows:
        return None
    blank = [""] * len(grid.rows[0])
    cells = [grid.rows[row] if row in table.titles else blank for row in range(table.header.rows[0])]
    merges = [one for one in grid.merges if one[2] < table.header.rows[0]]
    found = like(Grid(grid.name, cells, merges, grid.hidden, grid.side), sheet, villages, table)
    if found and found.data:
        table.titles = [row for row in table.titles if row < found.first]
    return found


def _sample(grid: Grid) -> Sample:
    """The numbered rows; else rows that fill half of what most rows fill and are no titles, totals, signatures."""
    rows = [(at, row) for at, row in enumerate(grid.rows[:SAMPLE]) if len(filled(row)) > 1]
    rows = [(at, row) for at, row in rows if not is_column_numbers(row) and not any(map(is_total, row))]
    ordinal = _ordinal([row for _, row in rows])
    if ordinal is not None:
        rows = [(at, row) for at, row in rows if is_row_number(row[ordinal]) and len(filled(row)) > 1]
    else:
        rows = [(at, row) for at, row in rows if not any(map(_of_a_paper, row))]
        counts = sorted(len(filled(row)) for _, row in rows)
        usual = counts[len(counts) // 2] if counts else 0
        rows = [(at, row) for at, row in rows if len(filled(row)) * 2 >= usual]
    columns = [list(column) for column in zip(*(row for _, row in rows), strict=True)]
    return Sample([at for at, _ in rows], columns, ordinal)


def _of_a_paper(cell: Any) -> bool:
    """Whether a cell holds words of the head or the foot of a paper."""
    return isinstance(cell, str) and bool(FOOTER.search(fold(cell)) or TITLE.search(fold(cell)))


def _ordinal(rows: Sequence[Sequence[Any]]) -> int | None:
    """The first column whose numbers go up by one, with words to the right of them."""
    for at, column in enumerate(zip(*rows, strict=True)):
        numbers = [looks.whole(cell.strip(" .)") if isinstance(cell, str) else cell) for cell in column]
        told = [number for number in numbers if number is not None]
        steps = [b - a for a, b in pairwise(told)]
        begun = sum(b == 1 for _, b in pairwise(told))  # each village may begin anew
        ones = steps.count(1)
        if len(told) >= _LEAST and ones + begun >= len(steps) * 0.7 and ones * 2 >= len(steps):
            return at
    return None


def _said(grid: Grid, mapping: Mapping[str, str], width: int) -> list[tuple[str, int]]:
    """Columns a person has said by their letter."""
    forms = [(f"{grid.name}!{letter(at)}", letter(at), at) for at in range(width)]
    return [(mapping.get(form, mapping.get(short, "")), at) for form, short, at in forms if {form, short} & {*mapping}]


def _told(grid: Grid, sheet: Sheet, mapping: Mapping[str, str], width: int) -> dict[str, int]:
    return {key: at for key, at in _said(grid, mapping, width) if sheet.column(key)}


def _subjects(sample: Sample, sheet: Sheet, villages: Villages) -> list[int]:
    """The columns that may name the rows."""
    if sheet.subject == "village":
        found = sample.alike(_village_test(villages), 0.9)
        return [at for at in found if len(set(map(text, sample.full(at)))) >= len(sample.full(at)) * 0.9]
    test = _SUBJECTS.get(sheet.kind)
    found = sample.alike(test) if test else []
    if test is looks.is_person:
        found = _persons(sample)
    return [at for at in found if len(sample.full(at)) >= len(sample.at) * 0.6]


def _test_of(sheet: Sheet) -> Callable[[Any], bool] | None:
    """What the name of a row must look like."""
    column = sheet.column(sheet.subject)
    if sheet.kind == "scores" and column and column.label.startswith("Họ và tên"):
        return looks.is_person
    return _SUBJECTS.get(sheet.kind)


def holds_people(grid: Grid) -> bool:
    """Whether a sheet has a list of people on it without a header."""
    sample = _sample(grid)
    return len(sample.at) >= _LEAST and bool(_persons(sample)) and _headings(grid, sample.at[0]) is None


def _persons(sample: Sample) -> list[int]:
    return [at for at in sample.alike(looks.is_person) if sample.share(at, looks.has_family_name) >= 0.5]


def _is_ditto(cell: Any) -> bool:
    return isinstance(cell, str) and nfc(cell).lower().replace(" ", "") in DITTO


def _village_test(villages: Villages) -> Callable[[Any], bool]:
    if villages.known:
        return lambda cell: isinstance(cell, str) and not cell.isdecimal() and villages.find(cell) is not None
    return lambda cell: looks_like_village(text(cell))


def _first(sample: Sample, subject: int, ordinal: int | None, test: Callable[[Any], bool] | None) -> int:
    """The first row of data: named, and numbered where the rows are."""
    for i, at in enumerate(sample.at):
        cell = sample.columns[subject][i]
        numbered = ordinal is None or is_row_number(sample.columns[ordinal][i])
        if numbered and (test(cell) if test else not is_blank(cell)):
            return at
    return sample.at[0]


def _refuse_headed(grid: Grid, sheet: Sheet, first: int) -> None:
    """Refuse where words stand over the columns after all: headings nobody knows must not be guessed over."""
    at = _headings(grid, first)
    if at is not None:
        why = f"Dòng {at + 1} có vẻ là tiêu đề nhưng không nhận ra đủ các cột."
        raise Refused("no_header", f"{why} Hãy ghi tiêu đề như mẫu ({_NAMES[sheet.kind]}) rồi gửi lại.")


def _headings(grid: Grid, first: int) -> int | None:
    """The row above the first row of data that holds words over most columns."""
    width = len(filled(grid.rows[first]))
    for at in [at for at in range(first) if filled(grid.rows[at])][-3:]:
        cells = [grid.rows[at][place] for place in filled(grid.rows[at])]
        worded = all(isinstance(cell, str) and sum(map(str.isalpha, cell)) > 1 for cell in cells)
        if worded and len(cells) > 2 and len(cells) * 2 >= width and not is_column_numbers(grid.rows[at]):
            return at
    return None


def _others(sample: Sample, sheet: Sheet, villages: Villages, today: date, taken: set[int | None]) -> dict[str, int]:
    """The other columns of the sheet, each only where one place alone can be meant."""
    is_village = _village_test(villages)
    tests: list[tuple[str, Callable[[Any], bool]]] = [
        ("village", lambda cell: is_village(cell) or _is_ditto(cell)),
        ("cccd", looks.is_citizen_number),
        ("phone", looks.is_phone),
        ("birth_date", lambda cell: looks.year_of_birth(cell, today) is not None),
        ("sex", looks.is_sex),
    ]
    if sheet.kind == "households":
        tests.append(("household_code", looks.is_code))
    found: dict[str, int] = {}
    for key, test in tests:
        least = _MOST if key in ("sex", "household_code") else _SURE
        places = [at for at in sample.alike(test, least) if at not in taken] if sheet.column(key) else []
        taken = taken | set(places)
        if key == "birth_date":
            places = [at for at in places if _long_ago(sample.full(at), today)]
        if len(places) == 1:
            found[key] = places[0]
    heads = [at for at in _persons(sample) if at not in taken] if sheet.subject != "head_name" else []
    if sheet.column("head_name") and len(heads) == 1:
        found["head_name"] = heads[0]
    return found | _counts(sample, sheet, taken)


def _long_ago(cells: Sequence[Any], today: date) -> bool:
    """Whether most years are those of grown people: a day a card was issued is not a day of birth."""
    years = sorted(year for cell in cells if (year := looks.year_of_birth(cell, today)) is not None)
    return bool(years) and years[len(years) // 2] <= today.year - 16


def _counts(sample: Sample, sheet: Sheet, taken: set[int | None]) -> dict[str, int]:
    """The main count of a kind, where the numbers leave no doubt which column it is."""
    places = [at for at in sample.alike(lambda cell: looks.whole(cell) is not None) if at not in taken]
    places = [at for at in places if len(sample.full(at)) >= len(sample.at) * _MOST]
    numbers = {at: [looks.whole(cell) for cell in sample.columns[at]] for at in places}
    if sheet.kind == "communities":
        return _homes_and_people(numbers)
    key, most = {"households": ("members", 25), "clans": ("families", 3000), "organisations": ("staff", 5000)}.get(
        sheet.kind, ("", 0)
    )
    whole = [at for at in places if all(_covers(numbers[at], numbers[other]) for other in places)]
    if len(whole) != 1 or not all(1 <= (one or 1) <= most for one in numbers[whole[0]]):
        return {}
    return {key: whole[0]} if key == "members" or len(places) == 1 else {}


def _homes_and_people(numbers: Mapping[int, Sequence[int | None]]) -> dict[str, int]:
    """Two counts of a village, one always more than twice the other: homes and people."""
    if len(numbers) != 2:
        return {}
    a, b = sorted(numbers, key=lambda at: sum(one or 0 for one in numbers[at]))
    both = [(x, y) for x, y in zip(numbers[a], numbers[b], strict=True) if x and y]
    return {"households": a, "population": b} if both and all(2 * x <= y <= 9 * x for x, y in both) else {}


def _covers(whole: Sequence[int | None], part: Sequence[int | None]) -> bool:
    return all((a or 0) >= (b or 0) for a, b in zip(whole, part, strict=True))


def _table(
    grid: Grid, sheet: Sheet, villages: Villages, places: Mapping[str, int], ordinal: int | None, first: int
) -> Table:
    """The table of these columns, its rows told apart as under a header."""
    columns = [(sheet.column(key), at) for key, at in places.items()]
    matches = sorted((Match(at, column, 0.5) for column, at in columns if column), key=lambda match: match.at)
    width = max(map(len, grid.rows), default=0)
    start = _with_section(grid, villages, first)
    table = Table(grid, Header((), ((),) * width), matches, start=start, numbers=ordinal)
    table.titles = [at for at in range(start) if filled(grid.rows[at])]
    RowReader(table, sheet, villages).read()
    return table


def _with_section(grid: Grid, villages: Villages, first: int) -> int:
    """The row of the village that stands right above the first row of data, if there is one."""
    above = grid.rows[first - 1] if first else []
    cells = [above[at] for at in filled(above)]
    if 1 <= len(cells) <= 2 and isinstance(cells[-1], str) and villages.in_section(cells[-1]):
        return first - 1
    return first


def _notice(grid: Grid, sheet: Sheet, sample: Sample, places: Mapping[str, int], ordinal: int | None) -> str:
    """What was guessed and what was not used, by letter."""
    labels = [(at, column.label) for key, at in places.items() if (column := sheet.column(key))]
    if ordinal is not None:
        labels.append((ordinal, "STT"))
    said = ", ".join(f"{letter(at)} là {label}" for at, label in sorted(labels))
    used = {at for at, _ in labels}
    rest = [letter(at) for at in range(len(sample.columns)) if at not in used and sample.full(at)]
    left = f" Không dùng cột {', '.join(rest)} vì không rõ là gì." if rest else ""
    where = f"Trang “{grid.name}”" if grid.name else "Tệp"
    return f"{where} không có dòng tiêu đề; các cột được đoán theo nội dung: {said}.{left} Cần xem lại trước khi dùng."


def refuse_scores(grids: Sequence[Grid]) -> None:
    """Points without headings are never guessed."""
    for grid in grids:
        sample = _sample(grid)
        if _persons(sample) and len(sample.alike(lambda cell: looks.whole(cell) is not None, 0.5)) > _LEAST:
            why = "Bảng chấm điểm không có dòng tiêu đề nên không biết cột nào là chỉ số nào."
            raise Refused("no_header", f"{why} Hãy thêm dòng tiêu đề có mã từng chỉ số (ví dụ CD-1.1) rồi gửi lại.")


def _unsure(sheet: Sheet, why: str) -> Refused:
    return Refused("no_header", f"{why} {_SAY.format(names=_NAMES[sheet.kind])}")
