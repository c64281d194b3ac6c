"""Files as officers send them, made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from hieuhoc.intake import actions
from hieuhoc.registry.models import Model
from hieuhoc.sheets.export import Page, workbook
from hieuhoc.sheets.models import Import
from tests import world as worlds

HOUSEHOLDS = ("STT", "Họ và tên chủ hộ", "Mã hộ", "Thôn/làng", "Số CCCD", "Điện thoại", "Số khẩu", "Đăng ký")
ROWS = (
    (1, "Ksor H'Bia", "IT-001", "Làng Ring", "064079901204", "0905000001", 5, "x"),
    (2, "Siu Blơn", "IT-002", "Làng Ring", "", "0905000002", 4, ""),
    (3, "Rơ Mah Tin", "IT-003", "Làng Phung", "064079901206", "", 6, "x"),
    (4, "Nguyễn Thị Hòa", "IT-004", "Làng Phung", "", "", 3, "x"),
)

PREFIX = {Model.FAMILY: "GD", Model.CLAN: "DH", Model.COMMUNITY: "TH", Model.ORGANISATION: "DV", Model.CITIZEN: "CD"}


def roster(rows: Sequence[Sequence[Any]] = ROWS, headings: Sequence[str] = HOUSEHOLDS, name: str = "DS hộ") -> bytes:
    """A roster of households as a workbook."""
    return workbook([Page(name, headings, rows)])


@pytest.fixture
def brought(world) -> Callable[..., Import]:
    """``brought(data)`` checks a file for xã Ia Tôr as its officer; ``year`` asks for a round."""

    def bring(data: bytes, name: str = "danh-sach.xlsx", kind: str = "any", **more: Any) -> Import:
        return actions.check_file(data, name, kind, **{"commune_id": world.ia_tor.pk, "by": world.minh} | more)

    return bring


@pytest.fixture
def judged(world, monkeypatch):
    """The world with a set of its own for each model: GD-1.1 and GD-1.2 for families, and so on, 50 points each."""
    for model in reversed(PREFIX):
        monkeypatch.setattr(worlds, "SCORES", {f"{PREFIX[model]}-1.1": 50, f"{PREFIX[model]}-1.2": 50})
        world.version(model)
    return world
