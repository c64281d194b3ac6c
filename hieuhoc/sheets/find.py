"""The tables of a whole workbook: under headers where there are any, else told without; and what to check by eye."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hieuhoc.sheets import bare, forms, rosters
from hieuhoc.sheets.columns import Column, Sheet, letter
from hieuhoc.sheets.headings import left_out, score, strength, words_of
from hieuhoc.sheets.layout import find_tables
from hieuhoc.sheets.rows import Table
from hieuhoc.sheets.source import Book, Grid, Refused, refuse
from hieuhoc.sheets.villages import Villages

Notice = dict[str, Any]
_KINDS = {
    "yes_no": "có hay không",
    "count": "số",
    "share": "tỷ lệ",
    "date": "ngày sinh",
    "cccd": "số CCCD",
    "phone": "số điện thoại",
    "sex": "nam hay nữ",
    "name": "tên",
}
MEMBERS = (
    "Đây là danh sách nhân khẩu (có cột quan hệ với chủ hộ), không phải danh sách hộ. Hãy đọc tệp như danh sách "
    "công dân, hoặc gửi danh sách mỗi hộ một dòng."
)
_RELATED = ("quan he voi chu", "quan he chu ho", "moi quan he voi", "qh voi chu", "quan he")


def tables_of(
    book: Book, sheet: Sheet, villages: Villages, mapping: Mapping[str, str], today: date
) -> tuple[list[Table], list[Notice]]:
    """Tables of the visible sheets, of the hidden ones only where the visible hold none; raises Refused."""
    members = False
    for hidden in (False, True):
        grids = [grid for grid in book.grids if grid.hidden is hidden]
        found = [table for grid in grids for table in find_tables(grid, sheet, villages, mapping) if table.data]
        members = members or any(_of_members(table, sheet) for table in found)
        found = [table for table in found if not forms.is_form(table, sheet) and not _of_members(table, sheet)]
        if found:
            fitting = [table for table in found if not _of_another_kind(table, sheet)] or found
            return _with_the_rest(grids, fitting, found, sheet, villages)
    return _without_headers(book, sheet, villages, mapping, today, members)


def _of_another_kind(table: Table, sheet: Sheet) -> bool:
    """Whether the headings fit another roster clearly better: a list of people among lists of households."""
    if sheet.kind == "scores":
        return False
    named = [names for names in table.header.names if names]
    return any(
        strength(named, other) >= strength(named, sheet) + 1.5
        for other in rosters.ROSTERS.values()
        if other is not sheet
    )


def _of_members(table: Table, sheet: Sheet) -> bool:
    """Whether a list of a household's members was taken for one of households: it says how each is related."""
    at = table.place(sheet.subject)
    if sheet.kind != "households" or at is None or not table.header.names[at]:
        return False
    words = [words_of(names[0]) for names in table.header.names if names]
    return any(word.startswith(_RELATED) for word in words) and "chu ho" not in words_of(table.header.names[at][0])


def _with_the_rest(
    grids: Sequence[Grid], tables: list[Table], found: Sequence[Table], sheet: Sheet, villages: Villages
) -> tuple[list[Table], list[Notice]]:
    """The tables, and the sheets without a header that go on with the columns of the first one."""
    headed = {table.grid.name for table in found}
    notices = []
    fitting = tables[0]
    for table in list(tables):
        more = bare.above(table.grid, sheet, villages, table)
        if more and more.data:
            tables.insert(tables.index(table), more)
            first, last = more.data[0] + 1, more.data[-1] + 1
            said = (
                f"Dòng {first}–{last} đứng trên dòng tiêu đề {table.header.rows[0] + 1}, được đọc theo các cột của nó."
            )
            notices.append(_notice(more, f"{said} Cần xem lại trước khi dùng."))
    for grid in grids:
        more = bare.like(grid, sheet, villages, fitting) if grid.name not in headed else None
        if more and more.data:
            tables.append(more)
            said = f"Trang “{grid.name}” không có dòng tiêu đề, được đọc theo các cột của trang “{fitting.grid.name}”."
            notices.append(_notice(more, f"{said} Cần xem lại trước khi dùng."))
        elif grid.name not in headed and bare.holds_people(grid):
            message = f"Trang “{grid.name}” không được đọc: không có dòng tiêu đề và khác các cột của trang kia."
            notices.append({"sheet": grid.name, "row": 1, "code": "sheet_not_read", "message": message})
    order = {grid.name: at for at, grid in enumerate(grids)}
    return sorted(tables, key=lambda table: order[table.grid.name]), notices


def _without_headers(
    book: Book, sheet: Sheet, villages: Villages, mapping: Mapping[str, str], today: date, members: bool
) -> tuple[list[Table], list[Notice]]:
    """Forms, else lists without a header, on the visible sheets; refused where there is none or one cannot be told."""
    grids = [grid for grid in book.grids if not grid.hidden]
    if sheet.kind == "scores":
        forms.refuse_score_form(grids, [one.key for one in sheet.columns if one.kind == "score"])
        bare.refuse_scores(grids)
        raise refuse("no_table")
    filled_in = [form for grid in grids if (form := forms.form_table(grid, sheet, mapping))]
    if filled_in:
        return filled_in, []
    if members:
        raise Refused("members", MEMBERS)
    found = [one for grid in grids if (one := bare.bare_table(grid, sheet, villages, mapping, today)) and one[0].data]
    if not found:
        forms.refuse_nameless(grids, sheet)
        raise refuse("no_table")
    return [table for table, _ in found], [_notice(*one) for one in found]


def unused(tables: Sequence[Table], sheet: Sheet) -> list[Notice]:
    """Columns whose heading is known but whose cells are of another kind: nothing of them is read, so it is said."""
    found = {}
    for table in tables:
        taken = {match.at for match in table.matches}.union(*table.parts.values())
        keys = {match.column.key for match in table.matches}
        for at, names in enumerate(table.header.names):
            column = None if at in taken or not names else _exact(names[0], sheet)
            if column and column.key not in keys:
                message = f"Cột {letter(at)} “{names[0]}” không dùng được: các ô không phải là {_KINDS[column.kind]}."
                found.setdefault(message, _notice(table, message) | {"code": "column_not_used"})
    return list(found.values())


def _exact(name: str, sheet: Sheet) -> Column | None:
    fitting = [column for column in sheet.columns if column.kind in _KINDS and score(name, column) >= 0.93]
    return fitting[0] if fitting and left_out(name) < 0.93 else None


def _notice(table: Table, message: str) -> Notice:
    return {"sheet": table.grid.name, "row": table.data[0] + 1, "code": "guessed_columns", "message": message}
