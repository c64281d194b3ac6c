"""What a reading of a plan holds: plain values, each with the characters it was taken from.

Every `Span` counts characters of `ReadPlan.text`, the normalised text (NFC, one line a paragraph or a table row), so
a page can mark a value in its sentence and a person can see where it stands. Nothing here knows the database.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Span:
    """Characters start..end of the normalised text, end not included."""

    start: int
    end: int

    def to_json(self) -> dict[str, int]:
        """The two ends."""
        return {"start": self.start, "end": self.end}


@dataclass(frozen=True)
class Head:
    """Who issued which plan when, for where and under which programme; None where the text does not say."""

    number: str | None = None
    date: datetime.date | None = None
    issuer: str | None = None
    place: str | None = None
    programme: str | None = None
    years: tuple[int, int] | None = None
    spans: tuple[tuple[str, Span], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The head as `plans read --json` promises it."""
        return {
            "number": self.number,
            "date": self.date.isoformat() if self.date else None,
            "issuer": self.issuer,
            "place": self.place,
            "programme": self.programme,
            "years": list(self.years) if self.years else None,
            "where": {name: span.to_json() for name, span in self.spans},
        }


@dataclass(frozen=True)
class Target:
    """One figure to be reached: of whom, what, by when, how much, and the sentence that says so."""

    model: str | None
    measure: str
    population: str
    area: str
    year: int | None
    comparator: str
    value: Decimal
    unit: str
    sentence: str
    span: Span
    value_to: Decimal | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two readings one target."""
        return (self.model, self.measure, self.population, self.area, self.year, self.comparator,
                self.value, self.value_to, self.unit)  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """The target as `plans read --json` promises it."""
        return {
            "model": self.model,
            "measure": self.measure,
            "population": self.population,
            "area": self.area,
            "year": self.year,
            "comparator": self.comparator,
            "value": plain(self.value),
            "value_to": None if self.value_to is None else plain(self.value_to),
            "unit": self.unit,
            "sentence": self.sentence,
        } | self.span.to_json()


@dataclass(frozen=True)
class When:
    """A time of an activity: a year, a quarter or month of it, or how often ("year", "quarter", "month", "always")."""

    year: int | None = None
    quarter: int | None = None
    every: str | None = None
    month: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Year, quarter and how often, the month where it is named."""
        return {"year": self.year, "quarter": self.quarter, "every": self.every, "month": self.month}


@dataclass(frozen=True)
class Activity:
    """One dated act of a plan: under which task, its number, what, when, who leads and who joins."""

    task: str | None
    item: str | None
    text: str
    when: tuple[When, ...]
    who: str | None
    sentence: str
    span: Span
    lead: str | None = None
    joins: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The activity as `plans read --json` promises it."""
        return {
            "task": self.task,
            "item": self.item,
            "text": self.text,
            "when": [one.to_json() for one in self.when],
            "who": self.who,
            "lead": self.lead,
            "joins": self.joins,
            "sentence": self.sentence,
        } | self.span.to_json()


@dataclass(frozen=True)
class Duty:
    """What one body is to do, as the part "Tổ chức thực hiện" says."""

    body: str
    items: tuple[tuple[str, Span], ...]
    span: Span

    def to_json(self) -> dict[str, Any]:
        """The body with its duties, each with its characters."""
        items = [{"text": text} | span.to_json() for text, span in self.items]
        return {"body": self.body, "duties": items} | self.span.to_json()


@dataclass(frozen=True)
class Caution:
    """Something a person should look at: said, never repaired in silence."""

    code: str
    message: str
    sentence: str = ""
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """The warning as `plans read --json` promises it."""
        shown = {"code": self.code, "message": self.message, "sentence": self.sentence}
        return shown | (self.span.to_json() if self.span else {"start": None, "end": None})


@dataclass(frozen=True)
class ReadPlan:
    """Everything read from one plan. `text` is what all spans count in."""

    text: str
    head: Head = Head()
    targets: tuple[Target, ...] = ()
    activities: tuple[Activity, ...] = ()
    duties: tuple[Duty, ...] = ()
    warnings: tuple[Caution, ...] = ()
    encoding: str = "unicode"
    tasks: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The report of `hieuhoc plans read --json`."""
        return {
            "plan": self.head.to_json(),
            "targets": [one.to_json() for one in self.targets],
            "activities": [one.to_json() for one in self.activities],
            "duties": [one.to_json() for one in self.duties],
            "warnings": [one.to_json() for one in self.warnings],
            "encoding": self.encoding,
        }


class Refused(Exception):
    """A file that cannot be read: a code for programs and one sentence for people."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = message


def plain(value: Decimal) -> int | float:
    """A value for JSON: whole numbers as such."""
    return int(value) if value == value.to_integral_value() else float(value)
