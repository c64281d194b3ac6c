"""Criteria sets out to Excel and in again. A file is read in a process of its own, within limits.

`grids(data)` gives the cells of every sheet or raises `sheets.source.Refused`; `export(shape)` the bytes of a
workbook that `imports.read_grids` takes back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hieuhoc.common import apart
from hieuhoc.criteria.imports import HEADINGS
from hieuhoc.criteria.models import Kind
from hieuhoc.sheets.export import Page, workbook
from hieuhoc.sheets.source import refuse

MAXIMUM_BYTES = 5 << 20
MEMORY = 1 << 30
SECONDS = 20


def grids(data: bytes) -> list[list[list[Any]]]:
    """The cells of each sheet; Refused with a sentence where the file cannot be taken."""
    if len(data) > MAXIMUM_BYTES:
        raise refuse("too_large")
    why, out = apart.run("hieuhoc.criteria.reading_process", str(MEMORY), str(SECONDS), data=data, seconds=SECONDS)
    if why:
        raise refuse(why)
    report = json.loads(out)
    if "refused" in report:
        raise refuse(report["refused"])
    return report["grids"]


def export(shape: dict[str, Any]) -> bytes:
    """A workbook of one version: its indicators as they can be imported, and what stands above them."""
    return workbook(
        [
            Page("Bộ tiêu chí", list(HEADINGS.values()), list(_rows(shape))),
            Page("Thông tin", ["Mục", "Nội dung"], _head(shape)),
        ]
    )


def _rows(shape: dict[str, Any]) -> Iterator[list[Any]]:
    for group in shape["criteria"]:
        for row in group["indicators"]:
            marks = row.get("marks") or {}
            yield [
                group["key"],
                group["label"],
                row["key"],
                row["label"],
                str(Kind(row["kind"]).label),
                row.get("points"),
                row.get("floor"),
                *_pair(marks.get("general")),
                *_pair(marks.get("hard")),
                row.get("note") or "",
            ]


def _pair(asked: list[Any] | None) -> list[Any]:
    values = [float(mark) if "." in str(mark) else int(mark) for mark in asked or []]
    return [*values, None, None][:2]


def _head(shape: dict[str, Any]) -> list[list[Any]]:
    document = shape["document"] or {}
    marks = shape["pass"] or {}
    return [
        ["Tên", shape["title"]],
        ["Mã", shape["code"]],
        ["Bản", shape["version"]],
        ["Lưu ý", shape["notice"]],
        ["Văn bản", f"{document.get('number', '')} {document.get('issuer', '')}".strip()],
        ["Mốc điểm đạt", str(marks.get("general", ""))],
        ["Mốc điểm đạt vùng khó khăn", str(marks.get("hard", ""))],
        ["Nguồn", shape["source"]],
        ["Ghi chú", shape["notes"]],
    ]
