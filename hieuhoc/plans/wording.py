"""Targets and activities in words, for pages and papers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from hieuhoc.common.numbers import vn_number
from hieuhoc.registry.models import Model

# The learning models of the registry, and those that only plans and circulars speak of.
MODELS = dict(Model.choices) | {
    "DISTRICT": "Cộng đồng học tập cấp huyện",
    "PROVINCE": "Cộng đồng học tập cấp tỉnh",
}
MEASURES = {
    "recognise": "được công nhận",
    "register": "đăng ký",
    "train": "được học tập, tập huấn",
    "organise": "có tổ chức khuyến học",
    "take_part": "tham gia",
}
POPULATIONS = {
    "households": "hộ gia đình",
    "member_households": "gia đình hội viên",
    "clans": "dòng họ",
    "registered_households": "hộ gia đình đã đăng ký",
    "registered_clans": "dòng họ đã đăng ký",
    "registered_communities": "cộng đồng thôn, bản, tổ dân phố đã đăng ký",
    "registered_organisations": "cơ quan, đơn vị đã đăng ký",
    "communities": "cộng đồng thôn, bản, tổ dân phố",
    "organisations": "cơ quan, đơn vị",
    "workers_in_recognised_groups": "người lao động trong gia đình, dòng họ, cộng đồng học tập",
    "staff_in_recognised_organisations": "người trong đơn vị học tập",
    "officers_and_members": "cán bộ, hội viên khuyến học",
    "commune_association_chairs": "chủ tịch, phó chủ tịch Hội Khuyến học xã",
    "commune_officers": "cán bộ khuyến học xã",
    "residential_areas": "khu dân cư",
    "offices_and_schools": "cơ quan, trường học",
    "clans_hometown_and_religious_groups": "dòng họ, hội đồng hương, cơ sở tôn giáo",
    "citizens": "công dân",
    "working_age_people": "người trong độ tuổi lao động",
    "communes": "xã, phường",
    "districts": "huyện",
    "provinces": "tỉnh",
}
AREAS = {"general": "vùng chung", "hard": "vùng khó khăn", "mountain": "miền núi"}
COMPARATORS = {
    ">=": "từ mức này trở lên",
    ">": "trên mức này",
    "range": "trong khoảng",
    "relative": "so với mức khác",
    "count": "số đếm",
}
UNITS = {"percent": "%", "points": "điểm phần trăm", "number": "", "vnd_per_head": "đồng một người"}
EVERY = {"year": "hằng năm", "quarter": "mỗi quý", "month": "mỗi tháng", "always": "thường xuyên"}


class Said(Protocol):
    """What a target in words needs."""

    @property
    def comparator(self) -> str:
        """How the figure is compared."""

    @property
    def value(self) -> Decimal:
        """The figure, or the lower end of a range."""

    @property
    def value_to(self) -> Decimal | None:
        """The upper end of a range."""

    @property
    def unit(self) -> str:
        """What the figure is in."""


def amount(target: Said) -> str:
    """The figure in words: "trên 70 %", "60–70 %", "giảm 10 điểm phần trăm"."""
    unit = UNITS.get(target.unit, target.unit)
    number = vn_number(abs(target.value) if target.comparator == "relative" else target.value)
    if target.value_to is not None:
        number = f"{number}–{vn_number(target.value_to)}"
    before = {">": "trên ", "relative": "giảm " if target.value < 0 else "tăng "}.get(target.comparator, "")
    return f"{before}{number} {unit}".rstrip()


def model(code: str | None) -> str:
    """The model in words; empty where the target is of none."""
    return MODELS.get(code or "", "")


def about(code: str | None, measure: str, population: str) -> str:
    """What a target is about: "Gia đình học tập: hộ gia đình được công nhận"."""
    said = whom(measure, population)
    return f"{model(code)}: {said}" if code else said[:1].upper() + said[1:]


def document(number: str, place: str, level: str = "") -> str:
    """A plan inside a sentence: "Kế hoạch số 31/KH-HKH của xã Ia Tôr"."""
    kind = "Quyết định" if "/QĐ" in number else "Kế hoạch" if "/KH" in number else "văn bản"
    named = f"{kind} số {number}" if number else "kế hoạch"
    return named if number and level == "nation" else f"{named} của {inside(place)}"


def inside(place: str) -> str:
    """The full name of a place inside a sentence: "xã Ia Tôr"; the country keeps its capital."""
    return place if place.startswith("Việt Nam") else place[:1].lower() + place[1:]


def whom(measure: str, population: str) -> str:
    """Of whom a target speaks, and of what: "hộ gia đình được công nhận"."""
    return f"{POPULATIONS.get(population, population)} {MEASURES.get(measure, measure)}"


def when(times: list[Mapping[str, Any]]) -> str:
    """The times of an activity: "quý III/2026, hằng năm"."""
    return ", ".join(dict.fromkeys(filter(None, map(_when, times))))


def _when(one: Mapping[str, Any]) -> str:
    year = one.get("year")
    if one.get("quarter"):
        roman = ("I", "II", "III", "IV")[one["quarter"] - 1]
        return f"quý {roman}/{year}" if year else f"quý {roman}"
    if one.get("month"):
        return f"tháng {one['month']}/{year}" if year else f"tháng {one['month']}"
    if one.get("every"):
        return EVERY.get(one["every"], "") + (f" (từ {year})" if year else "")
    return f"năm {year}" if year else ""
