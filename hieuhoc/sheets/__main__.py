"""`python -m hieuhoc.sheets FILE KIND [VILLAGES.csv]`: the report of one workbook, without a database."""

import csv
import json
import sys
from pathlib import Path

from hieuhoc.sheets.engine import check


def read_villages(path: str) -> list[str]:
    """The names in the column `village` of a CSV, else in its last column."""
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    at = rows[0].index("village") if rows and "village" in rows[0] else -1
    return [row[at] for row in rows[1:] if row and row[at].strip()]


def main() -> int:
    """Print the report with its records; 1 where the file is refused or has problems."""
    if len(sys.argv) not in (3, 4):
        print(__doc__, file=sys.stderr)
        return 2
    known = read_villages(sys.argv[3]) if len(sys.argv) == 4 else None
    result = check(sys.argv[1], sys.argv[2], villages=known)
    json.dump(result.to_json(records=True), sys.stdout, ensure_ascii=False, default=float, indent=1)
    return 1 if result.refused or result.problems else 0


if __name__ == "__main__":
    sys.exit(main())
