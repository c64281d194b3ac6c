"""The square of a link, as SVG to stand in a page."""

from io import BytesIO

import segno


def svg(text: str, scale: int = 4) -> str:
    """The square that a telephone's camera reads, without a fixed mask search (segno's slow part)."""
    picture = BytesIO()
    square = segno.make(text, micro=False, error="m", mask=3)
    square.save(picture, kind="svg", xmldecl=False, svgclass=None, lineclass=None, scale=scale, border=4, light="#fff")
    return picture.getvalue().decode()
