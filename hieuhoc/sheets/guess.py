"""Which kind of roster a workbook is, by its headings: every kind is tried on the first rows, the strongest wins."""

from hieuhoc.sheets import rosters
from hieuhoc.sheets.columns import Sheet
from hieuhoc.sheets.headings import strength
from hieuhoc.sheets.layout import Table, find_tables
from hieuhoc.sheets.source import Book, Grid, refuse
from hieuhoc.sheets.villages import Villages

ANY = "any"
ENOUGH_ROWS = 300


def roster(book: Book, villages: Villages) -> Sheet:
    """The kind whose columns the headings name best; refused (`no_table`) where none has a table."""
    tops = [Grid(grid.name, grid.rows[:ENOUGH_ROWS], grid.merges, grid.hidden) for grid in book.grids]
    fits = [(fit(tops, sheet, villages), sheet) for sheet in rosters.ROSTERS.values()]
    best, chosen = max(fits, key=lambda one: one[0])
    if best <= 0:
        raise refuse("no_table")
    return chosen


def fit(grids: list[Grid], sheet: Sheet, villages: Villages) -> float:
    """How strongly the headings of the best table speak of this kind of roster."""
    tables = [table for grid in grids for table in find_tables(grid, sheet, villages, {}) if table.data]
    return max((_strength(table, sheet) for table in tables), default=0.0)


def _strength(table: Table, sheet: Sheet) -> float:
    return strength([names for names in table.header.names if names], sheet)
