"""What figures are kept of: the titles of the learning models, and the further targets plans set (domain §6).

An indicator has a count, a denominator and perhaps a number of registered ones; ``MATTERS`` says for each matter of a
target (model, measure, population) which indicator answers it, and which of its counts over which. A matter that is
not there has no figure of its own denominator, and nothing is compared. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from hieuhoc.common.text import fold
from hieuhoc.plans.marks import COUNTED, POPULATIONS
from hieuhoc.registry.models import Model
from hieuhoc.registry.wording import ONE

Matter = tuple[str, str, str]
COUNTS = ("total", "registered", "count", "first_time", "again")


@dataclass(frozen=True)
class Indicator:
    """One thing that is counted: its words, the unit of its counts, what its count and its total are called."""

    key: str
    label: str
    unit: str
    counted: str = "được công nhận"
    whole: str = "tổng số"
    model: str = ""

    @property
    def computed(self) -> bool:
        """Whether a commune's registers give it; the others are typed in."""
        return self.model in POPULATIONS


def _title(model: str) -> Indicator:
    return Indicator(model, str(Model(model).label), ONE[Model(model)], model=model)


INDICATORS = (
    *map(_title, POPULATIONS),
    Indicator(Model.COMMUNE, str(Model.COMMUNE.label), "xã", model=Model.COMMUNE),
    Indicator("member_families", "Gia đình học tập trong gia đình hội viên", "hộ", whole="gia đình hội viên"),
    Indicator(
        "citizens_in_groups", "Công dân học tập trong gia đình, dòng họ, cộng đồng học tập", "người",
        whole="người lao động trong các mô hình",
    ),
    Indicator(
        "citizens_in_organisations", "Công dân học tập trong đơn vị học tập", "người",
        whole="người trong đơn vị học tập",
    ),
    Indicator("members", "Hội viên khuyến học", "người", "là hội viên", "dân số"),
    Indicator(
        "officers_briefed", "Cán bộ, hội viên được quán triệt, học tập", "người", "được học tập",
        "cán bộ, hội viên khuyến học",
    ),
    Indicator(
        "chairs_in_centre", "Chủ tịch, phó chủ tịch Hội cấp xã tham gia quản lý trung tâm học tập cộng đồng", "người",
        "tham gia quản lý", "chủ tịch, phó chủ tịch Hội cấp xã",
    ),
    Indicator(
        "officers_in_centre", "Cán bộ khuyến học xã tham gia tổ chức hoạt động của trung tâm học tập cộng đồng",
        "người", "tham gia", "cán bộ khuyến học xã",
    ),
    Indicator(
        "officers_trained", "Cán bộ khuyến học xã được bồi dưỡng công nghệ thông tin", "người", "được bồi dưỡng",
        "cán bộ khuyến học xã",
    ),
    Indicator(
        "areas_with_branch", "Khu dân cư có chi hội, ban khuyến học", "khu dân cư", "có tổ chức khuyến học",
        "khu dân cư",
    ),
    Indicator(
        "offices_with_branch", "Cơ quan, trường học có chi hội, ban khuyến học", "đơn vị", "có tổ chức khuyến học",
        "cơ quan, trường học",
    ),
    Indicator(
        "groups_with_branch", "Dòng họ, hội đồng hương, cơ sở tôn giáo có ban khuyến học", "tổ chức",
        "có tổ chức khuyến học", "dòng họ, hội đồng hương, cơ sở tôn giáo",
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in INDICATORS}

MATTERS: dict[Matter, tuple[str, str, str]] = {
    **{matter: (matter[0], *counts) for matter, counts in COUNTED.items()},
    (Model.COMMUNE, "recognise", "communes"): (Model.COMMUNE, "count", "total"),
    (Model.FAMILY, "recognise", "member_households"): ("member_families", "count", "total"),
    (Model.CITIZEN, "recognise", "workers_in_recognised_groups"): ("citizens_in_groups", "count", "total"),
    (Model.CITIZEN, "recognise", "staff_in_recognised_organisations"): ("citizens_in_organisations", "count", "total"),
    ("", "train", "officers_and_members"): ("officers_briefed", "count", "total"),
    ("", "take_part", "commune_association_chairs"): ("chairs_in_centre", "count", "total"),
    ("", "take_part", "commune_officers"): ("officers_in_centre", "count", "total"),
    ("", "train", "commune_officers"): ("officers_trained", "count", "total"),
    ("", "organise", "residential_areas"): ("areas_with_branch", "count", "total"),
    ("", "organise", "offices_and_schools"): ("offices_with_branch", "count", "total"),
    ("", "organise", "clans_hometown_and_religious_groups"): ("groups_with_branch", "count", "total"),
}

# Whole headings of published tables, without marks and without what stands in brackets, that are the model itself.
_PRINTED = {
    "gia dinh hoc tap": Model.FAMILY,
    "gia dinh hieu hoc": Model.FAMILY,
    "dong ho hoc tap": Model.CLAN,
    "dong ho hieu hoc": Model.CLAN,
    "dong ho khuyen hoc": Model.CLAN,
    "cong dong hoc tap": Model.COMMUNITY,
    "cong dong hoc tap thon": Model.COMMUNITY,
    "cong dong hieu hoc": Model.COMMUNITY,
    "cong dong khuyen hoc": Model.COMMUNITY,
    "hoi vien khuyen hoc": "members",
    "don vi hoc tap": Model.ORGANISATION,
    "cong dan hoc tap": Model.CITIZEN,
    "cong dong hoc tap cap xa": Model.COMMUNE,
    "cong dong hoc tap xa": Model.COMMUNE,
}


def of_words(printed: str) -> str:
    """The indicator a printed heading or a code stands for; "" for one of a part of the people, or not known.

    "Cộng đồng học tập (xã)" is of communes, "Cộng đồng học tập (thôn, TDP)" of villages.
    """
    if printed in BY_KEY:
        return printed
    plain = fold(printed).strip()
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1]
    bare = " ".join(plain.split("(", 1)[0].split())
    inside = plain.split("(", 1)[1] if "(" in plain else ""
    if bare == "cong dong hoc tap" and inside.startswith("xa"):
        return Model.COMMUNE
    return _PRINTED.get(bare, "")
