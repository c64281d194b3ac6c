"""The process that opens one Word or PDF file: the file on standard input, its text as JSON on standard output.

Started anew for every file and never forked from a server. It bounds itself first: address space, processor time,
no core file, nothing written to disk.
"""

import json
import logging
import sys

from hieuhoc.common import apart
from hieuhoc.plans.reading.result import Refused


def main(kind: str, memory: int, seconds: int) -> int:
    """Write what the file holds, or the code of the refusal; 3 where memory gave out."""
    apart.bound(memory, seconds)
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    try:
        report = _read(kind, data)
    except Refused as refused:
        report = {"refused": refused.code}
    except MemoryError:
        return apart.OUT_OF_MEMORY
    sys.stdout.buffer.write(json.dumps(report, ensure_ascii=False).encode(errors="replace"))
    return 0


def _read(kind: str, data: bytes) -> dict:
    """The report of a file of this kind."""
    if kind == "pdf":
        from hieuhoc.plans.reading.pdf import lines_of

        return {"kind": "lines", "lines": lines_of(data)}
    from hieuhoc.plans.reading.docx import blocks_of

    return {"kind": "blocks", "blocks": [[block.cells, block.table, block.numbered] for block in blocks_of(data)]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
