"""A workbook to be: its pages, what it holds and what is wrong in it."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from demo.books.table import Column, Draft, Problem
from demo.pages import Page, write_csv, write_ods, write_xlsx
from demo.villages import Place


@dataclass
class Book:
    """A workbook of one kind (for scores also the set and the model); the suffix says how it is written."""

    file: str
    kind: str
    rng: Random
    set_code: str = ""
    model: str = ""
    drafts: list[Draft] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    font: str = "Times New Roman"
    encoding: str = "utf-8-sig"

    def draft(self, name: str, columns: tuple[Column, ...], offset: int = 0) -> Draft:
        """A new page with a table on it."""
        return self.draft_on(self.page(name), columns, offset)

    def draft_on(self, page: Page, columns: tuple[Column, ...], offset: int = 0) -> Draft:
        """A table on a page that is there."""
        draft = Draft(page, columns, self.rng, offset=offset)
        self.drafts.append(draft)
        return draft

    def page(self, name: str) -> Page:
        """A new page."""
        self.pages.append(Page(name))
        return self.pages[-1]

    @property
    def rows(self) -> int:
        """Rows of entries, wrong ones too."""
        return sum(draft.rows for draft in self.drafts)

    @property
    def problems(self) -> list[Problem]:
        """Every fault where it landed."""
        return [problem for draft in self.drafts for problem in draft.problems]

    def write(self, folder: Path) -> Path:
        """The file in the folder."""
        path = folder / self.file
        if path.suffix == ".csv":
            write_csv(path, self.pages[0], self.encoding)
        elif path.suffix == ".ods":
            write_ods(path, self.pages)
        else:
            write_xlsx(path, self.pages, self.font)
        return path


def letterhead(place: Place, second: str = "HỘI KHUYẾN HỌC XÃ") -> list[str]:
    """Who writes, as it stands at the top left."""
    return [f"UBND {place.name.upper()}", second]


def on_day(place: Place, day: str) -> str:
    """Place and day, as it stands above the signatures."""
    return f"{place.short}, ngày {day} tháng 11 năm 2026"
