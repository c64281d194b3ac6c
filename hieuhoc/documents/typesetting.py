"""Setting pages with Typst, in a process of its own.

A process that is forked after Typst has run in it hangs, and a long list needs memory that a server
should get back: so each job is a folder that a fresh Python process works through and leaves.

    Job(main="certificate.typ", frames=("frame.typ",), parts=(Part({"title": …, "records": […]}, symbols),))
    for part in run(job): …   # one PDF (bytes) per part, in order
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hieuhoc.documents import fonts

SOURCES = Path(__file__).parent / "typst"
SECONDS_PER_PART = 300


class TypesettingFailed(RuntimeError):
    """The pages could not be set; the message says why."""


@dataclass(frozen=True)
class Part:
    """What one PDF is made of: the data and the grey bytes of its QR codes."""

    data: dict
    symbols: bytes = b""


@dataclass(frozen=True)
class Job:
    """One Typst source, the drawings set before it, the parts to set with it; `singly`: a PDF per page."""

    main: str
    parts: tuple[Part, ...]
    frames: tuple[str, ...] = ()
    singly: bool = False


def run(job: Job) -> Iterator[bytes]:
    """Set each part of the job; gives the PDFs in order, raises TypesettingFailed with the reason."""
    fonts.folder()
    with tempfile.TemporaryDirectory(prefix="hieuhoc-typst-") as name:
        folder = Path(name)
        _lay_out(job, folder)
        _work(folder, len(job.parts))
        for made in sorted(folder.glob("out-*.pdf")):
            yield made.read_bytes()
            made.unlink()


def _lay_out(job: Job, folder: Path) -> None:
    for source in (job.main, *job.frames):
        (folder / source).write_bytes((SOURCES / source).read_bytes())
    for number, part in enumerate(job.parts):
        (folder / f"{number}.json").write_text(json.dumps(part.data, ensure_ascii=False), "utf-8")
        (folder / f"{number}.bin").write_bytes(part.symbols)
    order = {"main": job.main, "frames": job.frames, "parts": len(job.parts), "singly": job.singly}
    order["fonts"] = str(fonts.folder())
    (folder / "job.json").write_text(json.dumps(order), "utf-8")


def _work(folder: Path, parts: int) -> None:
    home = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH", "")]))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "hieuhoc.documents.typeset_worker", str(folder)],
            capture_output=True,
            text=True,
            timeout=SECONDS_PER_PART * max(1, parts),
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TypesettingFailed("Việc dàn trang kéo dài quá lâu nên đã dừng. Chia danh sách nhỏ hơn.") from None
    if done.returncode:
        reason = done.stderr.strip().splitlines() or ["không rõ lý do"]
        raise TypesettingFailed(f"Không dàn được trang: {reason[-1]}")
