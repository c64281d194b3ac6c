"""Write the catalogue: two gzipped CSV files, the same bytes on every run."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from hieuhoc.places.build.lineage import Edge
from hieuhoc.places.build.units import Version

UNIT_COLUMNS = ("level", "code", "name", "kind", "parent", "valid_from", "valid_to", "decree")
EDGE_COLUMNS = ("level", "old", "new_level", "new", "day", "kind", "whole", "default", "decree")


def files(folder: Path, rows: list[Version], edges: list[Edge]) -> Iterator[Path]:
    """Write units.csv.gz and lineage.csv.gz in `folder` and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    yield _write(folder / "units.csv.gz", UNIT_COLUMNS, rows)
    yield _write(folder / "lineage.csv.gz", EDGE_COLUMNS, edges)


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Version] | Iterable[Edge]) -> Path:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([getattr(row, column) for column in columns] for row in rows)
    # no name and no time in the header, so that an unchanged catalogue is an unchanged file
    path.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))
    return path
