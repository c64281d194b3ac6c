"""The process that sets pages: `python -m hieuhoc.documents.typeset_worker FOLDER` (see typesetting)."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst
from pypdf import PdfReader, PdfWriter

# The same data gives the same bytes: no clock in the file.
STILL = datetime(2026, 1, 1, tzinfo=UTC)


def work(folder: Path) -> None:
    """Set every part of the job in the folder: N.json and N.bin become out-N.pdf, or one PDF per page."""
    job = json.loads((folder / "job.json").read_text("utf-8"))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[job["fonts"]])
    for frame in job["frames"]:
        _set(folder, frame, Path(frame).with_suffix(".pdf").name, {}, fonts)
    for number in range(job["parts"]):
        inputs = {"data": f"{number}.json", "symbols": f"{number}.bin"}
        target = f"out-{number:06}.pdf"
        _set(folder, job["main"], target, inputs, fonts)
        if job["singly"]:
            _take_apart(folder / target)


def _set(folder: Path, source: str, target: str, inputs: dict[str, str], fonts: typst.Fonts) -> None:
    typst.compile(
        str(folder / source),
        output=str(folder / target),
        root=str(folder),
        format="pdf",
        font_paths=fonts,
        sys_inputs=inputs,
        timestamp=int(STILL.timestamp()),
        pdf_tags=False,
    )


def _take_apart(whole: Path) -> None:
    """One PDF per page: three times as fast as setting each page anew."""
    reader = PdfReader(whole)
    for number, page in enumerate(reader.pages):
        single = PdfWriter()
        single.add_page(page)
        single.add_metadata({"/Title": reader.metadata.title or ""} if reader.metadata else {})
        single.write(whole.with_name(f"{whole.stem}-{number:06}.pdf"))
    whole.unlink()


if __name__ == "__main__":
    work(Path(sys.argv[1]))
