"""Bring the browser parts we serve: ``python -m hieuhoc.web.vendor`` after ``npm ci``.

Copies the few files needed from ``node_modules`` into ``hieuhoc/web/static/vendor/`` (not in git): Tabler's
style without the parts no page uses, htmx, ECharts with lines and bars (only pages with a chart load it), and Be
Vietnam Pro in two weights. Nothing is fetched.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "node_modules"
TARGET = Path(__file__).resolve().parent / "static" / "vendor"

FONT = "@fontsource/be-vietnam-pro/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
SUBSETS = {
    "vietnamese": "U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, "
    "U+0300-0301, U+0303-0304, U+0308-0309, U+0323, U+0329, U+1EA0-1EF9, U+20AB",
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, "
    "U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
}
WEIGHTS = (400, 600)
COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "licences/htmx.txt",
    "echarts/dist/echarts.simple.min.js": "echarts.min.js",
    "echarts/LICENSE": "licences/echarts.txt",
    "@fontsource/be-vietnam-pro/LICENSE": "licences/be-vietnam-pro.txt",
}
# Widgets of Tabler that need scripts or pictures we do not ship, and its palette of brand colours.
UNUSED = re.compile(
    r"apexcharts|tom-select|\bts-|litepicker|dropzone|dz-|jsvectormap|jvm|noUi|plyr|fslightbox|tox-|hugerte"
    r"|star-rating|gl-star|coloris|clr-|signature|turbo-|carousel|accordion|offcanvas|tooltip|popover|lightbox"
    r"|ribbon|chat-|timeline|tracking|flag|payment|social|avatar|navbar|datagrid|chip|marketing|"
    r"(?:bg|text|btn|link|border|badge|alert|steps|list-group-item|status|nav-segmented|form-imagecheck|bg-)-"
    r"(?:outline-|ghost-)?(?:azure|indigo|purple|pink|orange|yellow|lime|teal|cyan|facebook|twitter|x|linkedin"
    r"|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler)\b"
    r"|theme=dark|-xxl-|cursor-|tracking-|space-[xy]-|scroll-|placeholder-|divide-[xy]"
)


def main() -> int:
    """Copy the parts; 1 and a plain sentence when ``npm ci`` was not run."""
    if not (PACKAGES / "htmx.org").is_dir():
        sys.stderr.write("Chưa có node_modules: chạy `npm ci` trước.\n")
        return 1
    shutil.rmtree(TARGET, ignore_errors=True)
    (TARGET / "licences").mkdir(parents=True)
    for source, name in COPIES.items():
        if (PACKAGES / source).is_file():
            shutil.copyfile(PACKAGES / source, TARGET / name)
    style = (PACKAGES / "@tabler/core/dist/css/tabler.min.css").read_text(encoding="utf-8")
    (TARGET / "tabler.css").write_text(trimmed(style), encoding="utf-8")
    (TARGET / "fonts.css").write_text(fonts(), encoding="utf-8")
    return 0


def fonts() -> str:
    """Copy the font files and return the style that names them."""
    faces = []
    for weight in WEIGHTS:
        for subset, codes in SUBSETS.items():
            name = f"be-vietnam-pro-{subset}-{weight}.woff2"
            shutil.copyfile(PACKAGES / FONT.format(subset=subset, weight=weight), TARGET / name)
            faces.append(
                '@font-face{font-family:"Be Vietnam Pro";font-style:normal;font-display:swap;'
                f'font-weight:{weight};src:url("{name}") format("woff2");unicode-range:{codes}}}'
            )
    return "\n".join(faces) + "\n"


def trimmed(style: str) -> str:
    """Leave out of a stylesheet the rules that only speak of unused widgets."""
    style = re.sub(r"/\*[^!].*?\*/", "", style, flags=re.S)
    return "".join(_kept(head, body) for head, body in _blocks(style))


def _kept(head: str, body: str) -> str:
    """One rule without its unused selectors; an at-rule with its rules trimmed; "" when nothing is left."""
    if head.startswith(("@media", "@supports")):
        inner = trimmed(body)
        return f"{head}{{{inner}}}" if inner else ""
    if head.startswith("@") or not body:
        return f"{head}{{{body}}}" if body else f"{head};"
    selectors = [one for one in _selectors(head) if not UNUSED.search(one)]
    return f"{','.join(selectors)}{{{body}}}" if selectors else ""


def _blocks(style: str) -> list[tuple[str, str]]:
    """Split a stylesheet into (head, body) of its outermost rules; a statement has an empty body."""
    blocks: list[tuple[str, str]] = []
    at = 0
    while at < len(style):
        found = re.compile(r"[{;]").search(style, at)
        if not found:
            break
        head = style[at : found.start()].strip()
        if found.group() == ";":
            blocks.append((head, ""))
            at = found.end()
            continue
        end = _closing(style, found.end())
        blocks.append((head, style[found.end() : end]))
        at = end + 1
    return blocks


def _closing(style: str, at: int) -> int:
    """The place of the brace that closes the block opened before ``at``; quoted text is passed over."""
    depth = 1
    for found in re.compile(r'"[^"]*"|\'[^\']*\'|[{}]').finditer(style, at):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.start()
    raise ValueError("unclosed block in stylesheet")


def _selectors(head: str) -> list[str]:
    """Split a selector list at its outermost commas."""
    parts = re.split(r",(?![^()]*\))", head)
    return [part.strip() for part in parts]


if __name__ == "__main__":
    raise SystemExit(main())
