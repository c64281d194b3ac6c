"""Writes the workbooks of a commune's year: `python -m demo.make OUT_DIR`.

`build(out, seed=…, households=…, citizens=…)` gives a Manifest: the rosters and score sheets with the rows
and the faults in each, and the counts an import has to arrive at. The same seed and sizes write the same
bytes. Another place (`place=other_place(…)`) and `clean=True` (one plain table a kind) serve for measuring.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from demo.books import citizens as citizen_rosters
from demo.books import groups, households, scores
from demo.books.book import Book
from demo.books.table import Problem
from demo.villages import Place, ia_tor, other_place, write_villages
from demo.world import SMALLEST, YEAR, World, make_world

SEED, HOUSEHOLDS, CITIZENS = 387, 2600, 5000
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Written:
    """A workbook that was written: what it holds, how many rows, and every fault put into it."""

    path: Path
    kind: str
    set_code: str
    model: str
    rows: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Manifest:
    """What was written, and the truth by model: total, registered, scored without fault, outcomes."""

    place: Place
    year: int
    seed: int
    villages: Path
    rosters: tuple[Written, ...]
    scores: tuple[Written, ...]
    counts: Counts


def build(
    out: Path,
    *,
    seed: int = SEED,
    households: int = HOUSEHOLDS,
    citizens: int = CITIZENS,
    place: Place | None = None,
    clean: bool = False,
) -> Manifest:
    """Write `villages.csv`, the workbooks and `manifest.json` into the folder `out`."""
    world = make_world(place or ia_tor(), seed=seed, households=households, citizens=citizens)
    rosters = _rosters(world, seed, clean)
    sheets, outcomes = _scores(world, seed, clean)
    out.mkdir(parents=True, exist_ok=True)
    villages = out / "villages.csv"
    write_villages(villages, world.place)
    manifest = Manifest(
        place=world.place,
        year=YEAR,
        seed=seed,
        villages=villages,
        rosters=tuple(_write(book, out) for book in rosters),
        scores=tuple(_write(book, out) for book in sheets),
        counts=_counts(world, sheets, outcomes),
    )
    (out / "manifest.json").write_text(json.dumps(to_json(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    return manifest


def _rosters(world: World, seed: int, clean: bool) -> list[Book]:
    if clean:
        homes, people = [households.plain_roster(world, seed)], [citizen_rosters.plain_roster(world, seed)]
    else:
        homes, people = households.rosters(world, seed), citizen_rosters.rosters(world, seed)
    others = (groups.clan_roster, groups.community_roster, groups.organisation_roster)
    return [*homes, *(roster(world, seed, wrong=not clean) for roster in others), *people]


def _scores(world: World, seed: int, clean: bool) -> tuple[list[Book], Counts]:
    others = groups.score_books(world, seed)
    if clean:
        books, outcomes = scores.plain_books(world, seed)
        return [*books, *others], outcomes
    citizens, of_citizens = scores.citizen_books(world, seed)
    families, of_families = scores.family_books(world, seed)
    return [*citizens, *families, *others], {"CITIZEN": of_citizens, "FAMILY": of_families}


def _write(book: Book, out: Path) -> Written:
    path = book.write(out)
    return Written(path, book.kind, book.set_code, book.model, book.rows, tuple(book.problems))


def _counts(world: World, sheets: list[Book], outcomes: Counts) -> Counts:
    """By model; outcomes only where no indicator is computed from titles of the same year."""
    subjects: dict[str, Sequence[Any]] = {
        "FAMILY": world.households,
        "CLAN": world.clans,
        "COMMUNITY": world.communities,
        "ORGANISATION": world.organisations,
        "CITIZEN": world.citizens,
    }
    return {
        model: {
            "total": len(found),
            "registered": sum(one.registered for one in found),
            "scored": sum(book.rows - len(book.problems) for book in sheets if book.model == model),
            **outcomes.get(model, {}),
        }
        for model, found in subjects.items()
    }


def to_json(manifest: Manifest) -> dict:
    """The manifest as plain values, files by their names."""
    place = {"code": manifest.place.code, "name": manifest.place.name, "province": manifest.place.province}
    return {
        "place": place,
        "year": manifest.year,
        "seed": manifest.seed,
        "villages": manifest.villages.name,
        "rosters": [_file_json(file) for file in manifest.rosters],
        "scores": [_file_json(file) for file in manifest.scores],
        "counts": manifest.counts,
    }


def _file_json(file: Written) -> dict:
    return asdict(file) | {"path": file.path.name, "problems": [asdict(problem) for problem in file.problems]}


def main(arguments: list[str] | None = None) -> int:
    """The command: writes the workbooks and prints the counts as JSON."""
    parser = argparse.ArgumentParser(prog="demo.make", description="Workbooks of an invented year of a commune.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--citizens", type=int, default=CITIZENS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--code", help="code of another commune")
    parser.add_argument("--place-name", help="name of that commune, with its kind: “Xã …”")
    parser.add_argument("--clean", action="store_true", help="one plain table a kind, no fault")
    given = parser.parse_args(arguments)
    if bool(given.code) != bool(given.place_name):
        parser.error("--code and --place-name go together")
    if min(given.households, given.citizens) < SMALLEST:
        parser.error(f"at least {SMALLEST} households and {SMALLEST} citizens")
    place = other_place(given.code, given.place_name, given.households) if given.code else None
    manifest = build(
        given.out,
        seed=given.seed,
        households=given.households,
        citizens=given.citizens,
        place=place,
        clean=given.clean,
    )
    print(json.dumps(to_json(manifest)["counts"], ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
