"""The legal bases a decision starts with: the Programme, the criteria pinned, the proposal (domain §1, §4).

They are a proposal to the person who issues the decision and can be changed until then. An illustrative set is no
basis of anything and is not named.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hieuhoc.common.dates import vn_long_date
from hieuhoc.rounds.models import Round

PROGRAMME = (
    "Căn cứ Quyết định số 387/QĐ-TTg ngày 25 tháng 3 năm 2022 của Thủ tướng Chính phủ phê duyệt Chương trình "
    "“Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021 - 2030”"
)


def of_round(round_: Round) -> list[str]:
    """The bases of a decision of the round, in the order in which a decision names them."""
    versions = [entry.version for entry in round_.models.select_related("version").order_by("model")]
    named = [
        _document(version.document) for version in versions if version.is_official or version.state == "provisional"
    ]
    return [PROGRAMME, *dict.fromkeys(filter(None, named)), f"Theo đề nghị của {round_.association}"]


def _document(document: dict[str, Any]) -> str:
    number, issuer = document.get("number"), document.get("issuer")
    if not number or not issuer:
        return ""
    kind = "Thông tư" if "/TT-" in number else "Quyết định"
    day = document.get("date")
    when = f" {vn_long_date('', date.fromisoformat(day)).removeprefix(', ')}" if day else ""
    return f"Căn cứ {kind} số {number}{when} của {issuer}"
