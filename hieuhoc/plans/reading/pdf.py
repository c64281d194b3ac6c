"""The lines of a PDF that holds text. Runs in the reading process only (see `process`)."""

import io

from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from hieuhoc.plans.reading import pdf_tables
from hieuhoc.plans.reading.result import Refused

MOST_PAGES = 1500
MOST_LAID_OUT = 120
LEAST_LETTERS = 40


def lines_of(data: bytes) -> list[str]:
    """Lines of every page in order; raises Refused for a password, for pictures of pages only, for damage."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("encrypted", "")
        if len(reader.pages) > MOST_PAGES:
            raise Refused("too_large", "")
        pages = [page.extract_text() for page in reader.pages]
        tables = pdf_tables.has_tables("\n".join(pages)) and len(pages) <= MOST_LAID_OUT
        laid_out = list(pdf_tables.pages_laid_out(reader.pages)) if tables else []
    except (
        PdfReadError,
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as bad:
        raise Refused("encrypted" if "password" in str(bad).lower() else "corrupted", "") from bad
    text = "\n".join(pages)
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        raise Refused("image_only", "")
    found = pdf_tables.lines_of(laid_out)
    return found if any("\t" in line for line in found) else text.split("\n")
