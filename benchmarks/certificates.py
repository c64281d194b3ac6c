"""A thousand certificates in one PDF: Typst against WeasyPrint, on the same page, in one run.

WeasyPrint gets the same words, letters and symbols, and less work: it does not shrink long names,
and the frame is a picture, since drawing it as SVG on every page takes it five times as long
again. Each side starts from the same list of certificates and ends with bytes; Typst
runs as the product runs it, its own process included.
"""

import base64
import sys
import time
from datetime import date
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image

from hieuhoc.documents import certificates, fonts, qr, wording
from hieuhoc.documents.typesetting import SOURCES

COUNT = 1000
WANTED = 6
STYLE = """
@font-face { font-family: Paper; src: url(%(regular)s) }
@font-face { font-family: Paper; font-weight: bold; src: url(%(bold)s) }
@font-face { font-family: Paper; font-style: italic; src: url(%(italic)s) }
@font-face { font-family: Paper; font-weight: bold; font-style: italic; src: url(%(bold_italic)s) }
@page { size: 297mm 210mm; margin: 23mm 26mm 21mm;
        background: url(%(frame)s) no-repeat -26mm -23mm / 297mm 210mm }
body { font: 15pt Paper; margin: 0; text-align: center }
section { break-after: page; position: relative; height: 165mm }
p { margin: 0 0 3mm } .red { color: #a8161c } .big { font-size: 43pt; letter-spacing: 1.4pt }
.name { font-size: 31pt } .award { font-size: 26pt } i { color: #4a4a4a; font-size: 15.5pt }
.motto { border-bottom: .8pt solid #1b1b1b; display: inline-block; margin-bottom: 6mm }
img { position: absolute; left: 0; bottom: 6mm; width: 30mm; image-rendering: pixelated }
.facts { position: absolute; left: 36mm; bottom: 6mm; text-align: left; font-size: 11.5pt }
.sign { position: absolute; right: 0; bottom: 6mm; width: 105mm; font-size: 13.5pt }
.notice { position: absolute; bottom: 0; width: 100%%; font-size: 10.5pt }
"""
PAGE = """<section><p><b>{nation}</b></p><p class=motto><b>{motto}</b></p>
<p class=red><b>{authority}</b></p><p class="red big"><b>{heading}</b></p><p><i>{subject}</i></p>
<p class=name><b>{name}</b></p><p>{place}</p><p><i>{lead}</i></p><p class="red award"><b>{award}</b></p>
<img src="{symbol}"><div class=facts>{facts}<br>Mã kiểm tra: <b>{code}</b></div>
<div class=sign><em>{issued}</em><br><b>{signing}</b><br><br><br><br><b>{signer}</b></div>
<div class="notice red"><b><em>{notice}</em></b></div></section>"""


def run(count: int = COUNT) -> dict:
    """Both sides at the same count; seconds, pages a second and the ratio."""
    listed = [_certificate(n) for n in range(count)]
    typst, one = _timed(lambda: certificates.pdf(listed))
    weasy, other = _timed(lambda: _by_weasyprint(listed))
    return {
        "name": "certificates",
        "count": count,
        "typst_seconds": round(typst, 2),
        "weasyprint_seconds": round(weasy, 2),
        "typst_bytes": len(one),
        "weasyprint_bytes": len(other),
        "ratio": round(weasy / typst, 1),
        "wanted": WANTED,
        "ok": weasy / typst >= WANTED,
    }


def _timed(work) -> tuple[float, bytes]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def _certificate(n: int) -> certificates.Certificate:
    code = f"7KQM-2RXW-94TD-{n:04}"
    return certificates.Certificate(
        authority="Ủy ban nhân dân xã Ia Tôr",
        subject="Hộ gia đình",
        name=("Kpuih H'Ngưn", "Nguyễn Văn Thành", "Siu H'Blơi Rơ Châm", "Rahlan Y Nay")[n % 4] + f" {n}",
        place=f"Làng Klăh {n % 14}, xã Ia Tôr, tỉnh Gia Lai",
        title="Gia đình học tập năm 2026",
        year=2026,
        number=f"{n:04}/GĐHT-2026",
        code=code,
        url=f"https://example.vn/xac-nhan/{code}#" + "aZ-9" * 40,
        issued_place="Ia Tôr",
        signing=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        signer="Nguyễn Thị Minh Hạnh",
        day=date(2026, 11, 21),
        decision_number="57",
        illustrative=True,
    )


def _by_weasyprint(listed: list[certificates.Certificate]) -> bytes:
    import weasyprint

    side, symbols = qr.sheets([one.url for one in listed])
    pages = [_html(one, side, grey) for one, grey in zip(listed, symbols, strict=True)]
    style = STYLE % {**_letters(), "frame": _frame()}
    html = f"<html lang=vi><style>{style}</style><body>{''.join(pages)}"
    return weasyprint.HTML(string=html).write_pdf()


def _html(one: certificates.Certificate, side: int, grey: bytes) -> str:
    record = {key: escape(str(value)) for key, value in certificates._record(one, None).items()}
    picture = BytesIO()
    Image.frombytes("L", (side, side), grey).convert("1").save(picture, "PNG")
    symbol = "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()
    record |= {"facts": "<br>".join(certificates._facts(one)), "signing": "<br>".join(one.signing)}
    return PAGE.format(nation=wording.NATION, motto=wording.MOTTO, **{**record, "symbol": symbol})


def _frame() -> str:
    import typst

    drawn = typst.compile(str(SOURCES / "frame.typ"), format="png", ppi=150)
    return "data:image/png;base64," + base64.b64encode(drawn).decode()


def _letters() -> dict[str, str]:
    names = {"regular": "400Regular", "bold": "700Bold", "italic": "400Regular_Italic"}
    names["bold_italic"] = "700Bold_Italic"
    return {key: next(Path(fonts.folder()).rglob(f"*_{name}.ttf")).as_uri() for key, name in names.items()}


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
