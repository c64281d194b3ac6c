"""The menu: what a person can reach, in the order of the year's work."""

from __future__ import annotations

from dataclasses import dataclass

from hieuhoc.places.models import Level
from hieuhoc.web.links import link
from hieuhoc.web.posts import Held, Standing


@dataclass(frozen=True)
class Item:
    """One line of the menu."""

    label: str
    icon: str
    url: str
    current: bool


def items(standing: Standing, path: str) -> list[Item]:
    """Return the menu of this person; a page without right is left out."""
    if standing.post is None:
        return []
    found = []
    for right, label, icon, url in _lines(standing.post):
        if not right or right in standing.rights:
            found.append((label, icon, url))
    current = max((url for _, _, url in found if _stands_under(path, url)), key=len, default="")
    return [Item(label, icon, url, url == current) for label, icon, url in found]


def _lines(post: Held) -> list[tuple[str, str, str, str]]:
    """Right needed, label, icon, address; what needs a round is absent until there is one."""
    lines = [("", "Việc cần làm", "tasks", link("web:board"))]
    if post.commune_id is not None:
        lines += [
            ("registry.read", "Sổ đăng ký", "people", link("registry:list")),
            ("sheet.import", "Nhập từ Excel", "import", link("intake:list")),
            ("dossier.verify", "Từ thực địa", "phone", link("field:table")),
            ("round.read", "Các đợt xét", "calendar", link("rounds:list")),
        ]
    else:
        lines.append(("round.read", "Các xã", "round", link("web:communes")))
    if post.round_id is not None:
        lines += [
            ("round.read", f"Đợt xét {post.round_year}", "round", link("rounds:round", post.round_id)),
            ("dossier.read", "Hồ sơ", "folder", link("dossiers:list")),
            ("dossier.write", "Tự chấm", "phone", link("selfassessment:list", post.round_id)),
            ("paper.read", "Giấy tờ", "paper", link("recognition:papers", post.round_id)),
        ]
    if post.level == Level.VILLAGE:
        lines.append(("dossier.write", "Ghi tại nhà dân", "phone", link("field:page")))
    if post.round_id is not None and post.level == Level.VILLAGE:
        lines.append(
            ("dossier.write", "Họp thôn", "council", link("recognition:village", post.round_id, post.place_id))
        )
    return lines + [
        ("figures.read", "Số liệu", "chart", link("figures:place")),
        ("figures.read", "Kế hoạch", "paper", link("plans:list")),
        ("figures.read", "Lịch việc", "clock", link("plans:schedule")),
        ("dossier.inspect", "Mẫu kiểm tra", "search", link("figures:samples")),
        ("paper.read", "Sổ công nhận", "seal", link("recognition:register")),
        ("criteria.edit", "Bộ tiêu chí", "rules", link("criteria:list")),
        ("places.villages", *_ground(post)),
        ("accounts.manage", "Tài khoản", "key", link("accounts:list")),
        ("audit.read", "Nhật ký", "history", link("audit:list")),
    ]


def _ground(post: Held) -> tuple[str, str, str]:
    """A commune looks after its villages; above it one looks for a unit first."""
    if post.commune_id is not None:
        return "Thôn, làng", "map", link("places:villages", post.commune_id)
    return "Địa bàn", "map", link("places:find")


def _stands_under(path: str, url: str) -> bool:
    return path == url or path.startswith(url.rstrip("/") + "/")
