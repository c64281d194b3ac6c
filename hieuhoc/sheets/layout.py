"""The tables of a grid: where each begins, which column is which; `rows` tells data from the rest."""

from collections.abc import Callable, Mapping

from hieuhoc.sheets.columns import Column, Sheet, letter
from hieuhoc.sheets.content import Content, look
from hieuhoc.sheets.headers import Header, filled, header_at, is_column_numbers
from hieuhoc.sheets.headings import Match, assign, forbidden, left_out, words_of
from hieuhoc.sheets.parts import panel, panels, parts_of
from hieuhoc.sheets.rows import RowReader, Table, name_totals
from hieuhoc.sheets.source import Grid
from hieuhoc.sheets.villages import Villages, looks_like_village

SEARCHED = 400
# A name in two columns is shown by the first, a day in three by the year.
_NAMED_BY = {2: 0, 3: 2}


def find_tables(grid: Grid, sheet: Sheet, villages: Villages, mapping: Mapping[str, str]) -> list[Table]:
    """Every table of this kind in a grid, from top to bottom."""
    tables: list[Table] = []
    row, searched = 0, SEARCHED
    while row < min(len(grid.rows), searched):
        header = header_at(grid, row, sheet)
        beside = panels(header, sheet) if header else []
        if beside:
            start = tables[-1].end if tables else 0
            lists = [panel(grid, start, left, right, side) for side, (left, right) in enumerate(beside, 1)]
            return tables + [one for part in lists for one in find_tables(part, sheet, villages, mapping)]
        table = _open(grid, header, sheet, villages, mapping) if header else None
        if table is None:
            row += 1
            continue
        table.titles = _titles_above(grid, table.header.rows[0], tables[-1].end if tables else 0)
        RowReader(table, sheet, villages).read()
        tables.append(table)
        row, searched = table.end, table.end + SEARCHED
    name_totals(tables)
    return tables


def _open(grid: Grid, header: Header, sheet: Sheet, villages: Villages, mapping: Mapping[str, str]) -> Table | None:
    """A table at this header with its columns, or None where no column names the rows."""
    first = header.rows[-1] + 1
    sample = [row for row in grid.rows[first : first + 320] if len(filled(row)) > 2 and not is_column_numbers(row)]
    cells = [look([row[at] for row in sample], _village_test(villages)) for at in range(len(header.names))]
    names = list(header.names)
    told, left = _told(grid, names, sheet, mapping)
    matches = [Match(at, column, 2.0) for at, column in told.items()]
    parts = {} if told or left else parts_of(names, sheet)
    matches += [
        Match(places[_NAMED_BY[len(places)]], column, 2.0)
        for key, places in parts.items()
        if (column := sheet.column(key))
    ]
    shut = {*told, *left, *(at for places in parts.values() for at in places)}
    open_names = [() if at in shut else tuple(n) for at, n in enumerate(names)]
    taken = {match.column.key for match in matches}
    matches += [match for match in assign(open_names, sheet, cells) if match.column.key not in taken]
    matches += _by_content(names, sheet, cells, matches, shut)
    matches.sort(key=lambda match: match.at)
    if not any(match.column.key == sheet.subject for match in matches):
        return None
    return Table(grid, header, _sexes(matches, sheet), parts=parts)


def _told(
    grid: Grid, names: list[tuple[str, ...]], sheet: Sheet, mapping: Mapping[str, str]
) -> tuple[dict[int, Column], set[int]]:
    """Columns a person has said: by letter ("B", "Trang 1!B") or by heading; an empty key leaves one out."""
    told: dict[int, Column] = {}
    left: set[int] = set()
    for at, texts in enumerate(names):
        forms = (f"{grid.name}!{letter(at)}", letter(at), words_of(" ".join(texts[:1])))
        key = next((mapping[form] for form in forms if form and form in mapping), None)
        if key is None:
            continue
        column = sheet.column(key)
        if column and column not in told.values():
            told[at] = column
        else:
            left.add(at)
    return told, left


def _village_test(villages: Villages) -> Callable[[str], bool]:
    if villages.known:
        return lambda text: villages.find(text) is not None
    return lambda text: looks_like_village(text)


def _by_content(
    names: list[tuple[str, ...]], sheet: Sheet, cells: list[Content], matches: list[Match], left: set[int]
) -> list[Match]:
    """Columns under headings nobody knows, told by what stands in them."""
    free = [
        at
        for at, texts in enumerate(names)
        if at not in left and at not in {m.at for m in matches} and not (texts and left_out(texts[0]) >= 0.6)
    ]
    found: list[Match] = []
    marked = sheet.column("registered")
    if marked and not any(match.column.key == "registered" for match in matches):
        at = next((at for at in free if _asks_to_register(names[at], marked) and cells[at].marks > 0.8), None)
        if at is not None:
            free.remove(at)
            found.append(Match(at, marked, 0.5))
    for key, test in (*_TELLING, (sheet.subject, _nameish)):
        column = sheet.column(key)
        if not column or any(match.column.key == key for match in [*matches, *found]):
            continue
        at = next(
            (at for at in free if cells[at].filled > 2 and test(cells[at]) and not forbidden(names[at], column)), None
        )
        if at is not None:
            free.remove(at)
            found.append(Match(at, column, 0.5))
    return found


_TELLING: tuple[tuple[str, Callable[[Content], bool]], ...] = (
    ("cccd", lambda content: content.cccds > 0.8),
    ("phone", lambda content: content.phones > 0.8),
    ("village", lambda content: content.villages > 0.6),
    ("birth_date", lambda content: content.days > 0.8),
    ("sex", lambda content: content.sexes > 0.8),
)


def _asks_to_register(names: tuple[str, ...], column: Column) -> bool:
    """Whether a heading speaks of registering, however it goes on."""
    said = f" {words_of(names[0])} " if names else ""
    return any(f" {word} " in said for word in ("dang ky", "cam ket")) and not forbidden(names, column)


def _nameish(content: Content) -> bool:
    return content.names > 0.8 and content.villages < 0.5 and content.numbers < 0.1


def _sexes(matches: list[Match], sheet: Sheet) -> list[Match]:
    """Nam | Nữ below one heading: years stand for the day of birth, marks for the sex."""
    keys = {match.column.key: match for match in matches}
    drop = set()
    if len({"birth_date_male", "birth_date_female"} & set(keys)) == 1:
        matches = [_as_year(match, sheet) for match in matches]
        keys = {match.column.key: match for match in matches}
    for key, other in (("sex_male", "birth_date_male"), ("sex_female", "birth_date_female")):
        if key in keys and other in keys:
            drop.add(key)
    if {"birth_date_male", "birth_date_female"} & set(keys):
        drop.add("birth_date")
    return [match for match in matches if match.column.key not in drop]


def _as_year(match: Match, sheet: Sheet) -> Match:
    """Nam | Nữ are years of birth both, or marks both."""
    other = {"sex_male": "birth_date_male", "sex_female": "birth_date_female"}.get(match.column.key)
    column = sheet.column(other) if other else None
    return Match(match.at, column, match.score) if column else match


def _titles_above(grid: Grid, row: int, after: int) -> list[int]:
    """Rows of the title block: filled rows between the last table and this header."""
    return [at for at in range(after, row) if filled(grid.rows[at])]
