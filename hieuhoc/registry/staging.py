"""A roster's columns made ready for COPY: keys, details as JSON, sealed citizen numbers, a column at a time.

Each distinct value is worked out once and no record is built; texts are escaped as COPY wants them. ``rules`` says what
the keys and details of one row are, and here the same comes out for a hundred thousand. A roster goes in small parts:
each fits what lies between us and the server, which so works on one part while the next is made ready.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

from hieuhoc.registry import identity, rules
from hieuhoc.registry.keys import keys_of
from hieuhoc.registry.models import Model

KEY = "_natural_key"
PART = 500
LONGEST_PHONE = 20
NULL = "\\N"
Columns = Mapping[str, Sequence[Any]]
Texts = Sequence[Sequence[str]]

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": None}
_ESCAPED = str.maketrans(_ESCAPES)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=float).encode


SUBJECT = ("id", "place_id", "name", "search_key", "sort_key", "natural_key", "code", "phone", "details")
NUMBER = ("ciphertext", "digest", "last_three")


class Roster:
    """The columns of a checked roster of one kind, every row good; ``places`` gives the unit of each village name."""

    def __init__(self, kind: str, columns: Columns, places: Mapping[str | None, int], written: Written | None = None):
        self.kind, self.columns, self.known_places = kind, columns, places
        self.written: Written = {} if written is None else written
        self.model = rules.KINDS[kind]
        self.name_column = rules.NAME_COLUMN.get(kind, "name")
        self.names: Sequence[str] = columns[self.name_column]
        self.count = len(self.names)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Roster]:
        """The roster in small parts, which share what was written of details."""
        for at in range(0, self.count, PART):
            part = {key: values[at : at + PART] for key, values in self.columns.items()}
            yield Roster(self.kind, part, self.known_places, self.written)

    def only(self, wanted: Sequence[bool]) -> Roster:
        """The rows for which ``wanted`` is true."""
        if all(wanted):
            return self
        columns = {key: list(compress(values, wanted)) for key, values in self.columns.items()}
        return Roster(self.kind, columns, self.known_places, self.written)

    def column(self, key: str) -> Sequence[Any]:
        """The values under a key, None throughout where the roster has no such column."""
        return self.columns.get(key) or [None] * self.count

    def texts(self, key: str) -> list[str]:
        """The values under a key as texts, empty where nothing was said."""
        return [value or "" for value in self.column(key)]

    def places(self) -> list[int]:
        """The unit of each row; the commune where it names no village."""
        return list(map(self.known_places.__getitem__, self.column("village")))

    def codes(self) -> list[str]:
        """Household codes; other models have none in their rosters."""
        return self.texts("household_code") if self.model == Model.FAMILY else [""] * self.count

    def phones(self) -> list[str]:
        """Telephone numbers; of a cell that holds more than one number and words, the first."""
        phones = self.texts("phone")
        if max(map(len, phones), default=0) <= LONGEST_PHONE:
            return phones
        return [one if len(one) <= LONGEST_PHONE else _first_number(one) for one in phones]

    def natural_keys(self) -> list[str]:
        """The key of each row under which its subject is the same in every roster."""
        if KEY in self.columns:
            return list(self.columns[KEY])
        return rules.natural_keys(self.model, self.places(), self.names, self.codes(), self.texts("birth_date"))

    def unseen(self, seen: set[str]) -> Roster:
        """The rows whose natural key was not seen before; it is the first row under a key that counts."""
        keys = self.natural_keys()
        roster = Roster(self.kind, {**self.columns, KEY: keys}, self.known_places, self.written)
        if len(set(keys)) == self.count and seen.isdisjoint(keys):
            seen.update(keys)
            return roster
        return roster.only([not (key in seen or seen.add(key)) for key in keys])  # type: ignore[func-returns-value]

    def details(self) -> list[str]:
        """What is kept of each row beside name, place, code and phone, as JSON."""
        parts = [self._memo(key).of(self.columns[named]) for key, named in self._details()]
        if not parts:
            return ["{}"] * self.count
        return ["{" + row[1:] + "}" for row in map("".join, zip(*parts, strict=True))]

    def _details(self) -> list[tuple[str, str]]:
        """(key among the details, column it comes from)."""
        kept = [(key, key) for key in self.columns if rules.is_detail(key, self.name_column)]
        return kept + [(key, named) for key, (named, _) in rules.GROUP_KEYS.items() if (named, named) in kept]

    def _memo(self, key: str) -> Memo:
        if key not in self.written:
            convert = rules.GROUP_KEYS[key][1] if key in rules.GROUP_KEYS else None
            self.written[key] = Memo(key, convert)
        return self.written[key]

    def subjects(self) -> Texts:
        """These rows as texts for COPY, in the order of ``SUBJECT``."""
        search, sort, _ = zip(*map(keys_of, self.names), strict=True)
        texts = (self.names, search, sort, self.natural_keys(), self.codes(), self.phones(), self.details())
        return [identifiers(self.count), list(map(str, self.places())), *map(escaped, texts)]

    def rows(self) -> list[str]:
        """The row of the file each stands in."""
        return list(map(str, self.columns.get("_row") or [0] * self.count))

    def numbers(self) -> Texts:
        """Citizen numbers as texts for COPY, in the order of ``NUMBER``; nulls where none was given."""
        numbers = self.column("cccd")
        given = list(filter(None, numbers))
        if not given:
            return [[NULL] * self.count] * len(NUMBER)
        ciphertexts, digests = zip(*identity.sealed(given), strict=True)
        columns = [list(map(_hex, ciphertexts)), list(map(_hex, digests)), [number[-3:] for number in given]]
        return columns if len(given) == self.count else [_spread(column, numbers) for column in columns]

    def digests(self) -> list[str]:
        """The keyed hashes of the citizen numbers alone."""
        return [_hex(identity.digest(number)) if number else NULL for number in self.column("cccd")]


class Memo(dict[Any, str]):
    """A detail's values written as JSON under its key, each once; nothing for what was not said."""

    def __init__(self, key: str, convert: Callable[[Any], Any] | None):
        self.key, self.convert = key, convert

    def of(self, values: Sequence[Any]) -> list[str]:
        """Each of the values written; texts that differ from row to row and need no escapes all at once."""
        if self.convert is None and set(map(type, values)) == {str} and len(set(values)) * 2 > len(values):
            joined = "".join(values)
            if joined.isprintable() and '"' not in joined and "\\" not in joined and "" not in values:
                start = f',"{self.key}":"'
                return [f'{start}{value}"' for value in values]
        return list(map(self.__getitem__, values))

    def __missing__(self, value: Any) -> str:
        """Write a value seen for the first time."""
        text = ""
        if value is not None and value != "":
            plain = value.replace("\x00", "") if isinstance(value, str) else value
            text = f',"{self.key}":{_encode(self.convert(plain) if self.convert else plain)}'
        self[value] = text
        return text


Written = dict[str, Memo]


def _spread(column: Sequence[str], numbers: Sequence[Any]) -> list[str]:
    """A value for each row that has a number, null for the others."""
    values = iter(column)
    return [next(values) if number else NULL for number in numbers]


def _hex(data: bytes) -> str:
    return "\\\\x" + data.hex()


def _first_number(text: str) -> str:
    """The first telephone number in a text, as digits; empty where there is none."""
    found = re.search(r"0(?:[ .-]?\d){8,10}", text)
    return re.sub(r"\D", "", found[0]) if found else ""


def identifiers(count: int) -> list[str]:
    """UUIDs of version 7 in rising order, so that rows lie in the order of the file and indexes grow at their end."""
    stamp = f"{time.time_ns() // 1_000_000:012x}7"
    digits = os.urandom(9 * count).hex()
    tails = (digits[at : at + 18] for at in range(0, 18 * count, 18))
    return sorted(f"{stamp}{tail[:3]}8{tail[3:18]}" for tail in tails)


def escaped(texts: Sequence[str]) -> Sequence[str]:
    """Texts as COPY reads them back; a quick look tells the usual column that needs nothing."""
    joined = "".join(texts)
    return [text.translate(_ESCAPED) for text in texts] if any(map(joined.__contains__, _ESCAPES)) else texts


def lines(columns: Texts, tail: str = "") -> str:
    """Columns of texts as lines of COPY, each ending with the same ``tail``."""
    end = f"{tail}\n"
    return end.join(map("\t".join, zip(*columns, strict=True))) + end
