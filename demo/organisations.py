"""The twenty-two bodies under the commune: kinds such as every commune has, names invented or general.

`{}` stands for the name of the commune.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Kind:
    """A body: name, kind as officers write it, staff, learners where there are any, form of its people."""

    name: str
    kind: str
    staff: int
    learners: int | None = None
    group: int = 3
    registered: bool = True


SCHOOL, SERVICE, OFFICE = "Trường học", "Đơn vị sự nghiệp", "Cơ quan"
FORCE, COOPERATIVE, FIRM, FAITH = "Lực lượng vũ trang", "Hợp tác xã", "Doanh nghiệp", "Cơ sở tôn giáo"

_BODIES = (
    Kind("Trường Mầm non Hoa Pơ Lang", SCHOOL, 22, 318),
    Kind("Trường Mầm non Sơn Ca", SCHOOL, 19, 264),
    Kind("Trường Tiểu học Nguyễn Bá Ngọc", SCHOOL, 34, 612),
    Kind("Trường Tiểu học Kim Đồng", SCHOOL, 29, 487),
    Kind("Trường THCS Lê Hồng Phong", SCHOOL, 36, 703),
    Kind("Trường THCS Phù Cát", SCHOOL, 27, 498),
    Kind("Trường THPT {}", SCHOOL, 48, 1045),
    Kind("Trung tâm học tập cộng đồng xã", SERVICE, 6),
    Kind("Trạm Y tế xã", SERVICE, 12),
    Kind("Trung tâm Dịch vụ tổng hợp xã", SERVICE, 15),
    Kind("Đảng ủy xã", OFFICE, 21),
    Kind("UBND xã {}", OFFICE, 38),
    Kind("Ủy ban Mặt trận Tổ quốc xã", OFFICE, 16),
    Kind("Công an xã", FORCE, 18),
    Kind("Ban Chỉ huy Quân sự xã", FORCE, 9),
    Kind("HTX Nông nghiệp – Dịch vụ Ia Băng", COOPERATIVE, 24, group=2),
    Kind("HTX Cà phê Phù Cát", COOPERATIVE, 17, group=2, registered=False),
    Kind("Công ty TNHH MTV Cà phê {} Xanh", FIRM, 44, group=2),
    Kind("Nông trường cao su Đội 12", FIRM, 61, group=2),
    Kind("Quỹ tín dụng nhân dân {}", FIRM, 13, group=2),
    Kind("Chùa Bửu Hòa", FAITH, 5, group=1, registered=False),
    Kind("Giáo họ Plei Ring", FAITH, 8, group=1),
)


def bodies(commune: str) -> tuple[Kind, ...]:
    """The bodies of a commune of that name."""
    return tuple(replace(kind, name=kind.name.format(commune)) for kind in _BODIES)
