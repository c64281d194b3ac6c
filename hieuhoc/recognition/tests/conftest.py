"""Decisions ready to be tried, in the shared world."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.timezone import localdate

from hieuhoc.dossiers.models import State
from hieuhoc.recognition import actions
from hieuhoc.registry.models import Model

COUNCIL = [
    {"name": "Trần Văn Hòa", "post": "Phó Chủ tịch UBND xã", "role": "chair", "association": False},
    {"name": "Nguyễn Thị Minh", "post": "Chủ tịch Hội Khuyến học xã", "role": "vice", "association": True},
    {"name": "Lê Văn Bình", "post": "Công chức Văn hóa – Xã hội", "role": "secretary", "association": False},
    {"name": "Ksor Nay", "post": "Chủ tịch Mặt trận xã", "role": "member", "association": False},
    {"name": "Siu H'Blơi", "post": "Hiệu trưởng", "role": "member", "association": False},
]


@pytest.fixture
def today() -> date:
    return localdate()


@pytest.fixture
def put_forward(world):
    """Two households and a clan that wait for a decision."""
    return [
        world.dossier(State.PROPOSED, world.household("Kpuih H'Ngưn")),
        world.dossier(State.PROPOSED, world.household("Rơ Châm Anh", place=world.phung)),
        world.dossier(State.PROPOSED, world.subject(Model.CLAN, "Dòng họ Rơ Châm")),
    ]


@pytest.fixture
def decision(world, put_forward):
    """A decision with three titles that is not signed yet."""
    return actions.issue_decision(world.round().pk, by=world.hoa)


@pytest.fixture
def signed(world, decision, today):
    """The same, signed today as number 57."""
    return actions.sign_decision(decision.pk, "57", today, by=world.hoa, signer="Trần Văn Hòa")
