"""Names of people, joined at random from common Kinh and Jrai syllables: any real bearer is a coincidence."""

from random import Random

KINH_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Bùi", "Đinh", "Hồ", "Đặng", "Phan", "Huỳnh", "Đỗ")
JRAI_FAMILIES = ("Ksor", "Siu", "Kpuih", "Rơ Mah", "Rah Lan", "Rơ Châm", "Nay", "Puih")

KINH_MIDDLE = {
    "male": ("Văn", "Đức", "Hữu", "Quang", "Xuân", "Đình", "Ngọc", "Quốc"),
    "female": ("Thị", "Thị Kim", "Thị Thanh", "Ngọc", "Thị Mỹ", "Thị Thu"),
}
KINH_GIVEN = {
    "male": (
        *("Hùng", "Dũng", "Sơn", "Hải", "Bình", "Cường", "Đạt", "Khánh", "Lộc", "Nghĩa", "Phúc", "Quý"),
        *("Thắng", "Toàn", "Tuấn", "Vinh", "Hiếu", "Đức", "Long", "Nam", "Minh", "Trung", "Hòa", "Thành"),
    ),
    "female": (
        *("Lan", "Hoa", "Mai", "Hương", "Hằng", "Thảo", "Trang", "Yến", "Nga", "Hạnh", "Thúy", "Loan"),
        *("Oanh", "Phượng", "Ngân", "Vân", "Diệu", "Thu", "Hiền", "Dung", "Liên", "Bích", "Tuyết", "Hồng"),
    ),
}
JRAI_GIVEN = {
    "male": (
        *("Hlơi", "Glơng", "Yưng", "Blơn", "Phưn", "Bloih", "Tơih", "Hmrơn", "Pyưh", "Chưn", "Dưk", "Hyưm"),
        *("Klơn", "Brơi", "Djơk", "Hiar", "Kren", "Thưm", "Bưng", "Phơr", "Tưih", "Grinh", "Nưm", "Hnhơn"),
    ),
    "female": (
        *("H'Klưi", "H'Ngưn", "H'Bích", "H'Grơ", "H'Blưng", "H'Chuyên", "H'Đuyên", "H'Lim", "H'Hăp", "H'Mơl"),
        *("H'Rin", "H'Nhơi", "H'Suyn", "H'Brưi", "H'Tuyn", "H'Đơk", "H'Phiơr", "H'Yưi", "H'Nhung", "H'Wơn"),
    ),
}


def families(jrai: bool) -> tuple[str, ...]:
    """Family names of one people."""
    return JRAI_FAMILIES if jrai else KINH_FAMILIES


def full_name(rng: Random, *, jrai: bool, sex: str, family: str) -> str:
    """A name of a man or a woman bearing `family`."""
    if jrai:
        return f"{family} {rng.choice(JRAI_GIVEN[sex])}"
    return f"{family} {rng.choice(KINH_MIDDLE[sex])} {rng.choice(KINH_GIVEN[sex])}"
