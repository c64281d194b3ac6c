"""The process that reads one workbook of criteria: the file on standard input, its cells as JSON on output.

A native reader may abort on a hostile file; then only this process ends. Limits are set before it reads.
"""

import json
import sys

from hieuhoc.common import apart
from hieuhoc.sheets.source import Refused, open_book


def main(memory: int, seconds: int) -> None:
    """Write the grids of the workbook, visible sheets first, or the code of the refusal."""
    apart.bound(memory, seconds)
    try:
        book = open_book(sys.stdin.buffer.read())
        rows = [grid.rows for grid in sorted(book.grids, key=lambda grid: grid.hidden)]
        report: dict = {"grids": rows}
    except Refused as refused:
        report = {"refused": refused.code}
    json.dump(report, sys.stdout, ensure_ascii=False, default=str)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
