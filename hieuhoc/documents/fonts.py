"""Where the letters of printed papers come from.

Papers are set in Tinos, which has the widths of Times New Roman, every Vietnamese letter and the
letters of Jrai and Ê Đê. System fonts are never used: the same data gives the same page everywhere.
"""

import os
from functools import lru_cache
from pathlib import Path

FAMILY = "Tinos"
PACKAGE = "node_modules/@expo-google-fonts/tinos"
_ROOT = Path(__file__).resolve().parents[2]


class FontsMissing(RuntimeError):
    """The fonts of printed papers are not installed."""


def folder() -> Path:
    """The folder of the paper fonts: HIEUHOC_FONTS if set, else the npm package at the root."""
    named = os.environ.get("HIEUHOC_FONTS")
    place = Path(named) if named else _ROOT / PACKAGE
    if not _holds_fonts(place):
        raise FontsMissing(
            f"Không tìm thấy phông chữ {FAMILY} trong {place}. Chạy “npm ci” ở thư mục gốc của phần mềm,"
            " hoặc đặt biến HIEUHOC_FONTS trỏ tới thư mục có các tệp .ttf."
        )
    return place


@lru_cache(maxsize=4)
def _holds_fonts(place: Path) -> bool:
    return any(place.rglob("*.ttf"))
