"""The place of the demonstration and its villages.

Xã Ia Tôr (23908), tỉnh Gia Lai, is a real commune, today's home of the former xã Ia Băng. Its villages
stand in no catalogue. Ten names are those of the sample workbooks; four (marked below) are INVENTED in the
same manner, to bring the commune to fourteen. Their sizes and everything else about them are invented.
"""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Village:
    """A village: its name, whose it mostly is, its weight in households, how many in a hundred register."""

    name: str
    jrai: bool
    weight: int
    registering: int


@dataclass(frozen=True)
class Place:
    """A commune with its villages; `initials` begin its household codes."""

    code: str
    name: str
    province: str
    initials: str
    villages: tuple[Village, ...]

    @property
    def short(self) -> str:
        """The name without the word for its kind, as before a date on a paper."""
        return self.name.split(" ", 1)[1]


IA_TOR = (
    Village("Làng Ring", True, 153, 71),
    Village("Thôn Phù Cát", False, 257, 84),
    Village("Thôn 1", False, 224, 80),
    Village("Thôn 2", False, 139, 77),
    Village("Làng Klũ", True, 203, 69),
    Village("Làng Phung", True, 166, 74),
    Village("Thôn Hòa Bình", False, 281, 88),
    Village("Làng Xom Bang", True, 217, 73),
    Village("Thôn Tân Lập", False, 181, 82),
    Village("Làng Ó Gang", True, 192, 66),
    Village("Thôn 3", False, 154, 79),  # invented
    Village("Thôn Đồng Tâm", False, 171, 86),  # invented
    Village("Làng Hlang Brơi", True, 136, 76),  # invented
    Village("Làng Ia Kren", True, 126, 81),  # invented
)


def ia_tor() -> Place:
    """The commune of the demonstration."""
    return Place("23908", "Xã Ia Tôr", "tỉnh Gia Lai", "IT", IA_TOR)


def other_place(code: str, name: str, households: int) -> Place:
    """Any other commune, with numbered villages of about three hundred households, at least four, one in three Jrai."""
    count = max(4, round(households / 300))
    numbered = tuple(Village(f"Thôn {n}", n % 3 == 0, 90 + n * 37 % 60, 68 + n * 7 % 21) for n in range(1, count + 1))
    return Place(code, name, "", "HO", numbered)


def write_villages(path: Path, place: Place) -> None:
    """`villages.csv`: the villages the commune knows, as the import wants them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("place", "village"))
        writer.writerows((place.code, village.name) for village in place.villages)
