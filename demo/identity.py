"""Citizen numbers and telephones that have the right form and belong to nobody.

A citizen number has three digits of the province, one of century and sex, two of the year of birth, and six
that are drawn; here the drawn six always begin with 90. A telephone's subscriber part is always 000xxxx.
"""

from random import Random

PROVINCES = (
    "064",
    "064",
    "064",
    "052",
)  # Gia Lai and Bình Định as they were numbered; both are Gia Lai today
MARK = "90"
SUBSCRIBER = "000"
PREFIXES = (
    *("032", "033", "034", "035", "036", "037", "038", "039", "070", "076", "077", "078", "079"),
    *("081", "082", "083", "084", "085", "086", "088", "089", "090", "091", "093", "096", "097", "098"),
)


class Issuer:
    """Gives out numbers, none of them twice."""

    def __init__(self, rng: Random):
        self.rng = rng
        self.used: set[str] = set()

    def cccd(self, sex: str, year: int) -> str:
        """Twelve digits that agree with sex and year of birth."""
        century = (0 if year < 2000 else 2) + (sex == "female")
        return self._fresh(lambda: f"{self.rng.choice(PROVINCES)}{century}{year % 100:02d}{MARK}", 4)

    def phone(self) -> str:
        """Ten digits."""
        return self._fresh(lambda: f"{self.rng.choice(PREFIXES)}{SUBSCRIBER}", 4)

    def _fresh(self, head, digits: int) -> str:
        while True:
            number = f"{head()}{self.rng.randrange(10**digits):0{digits}d}"
            if number not in self.used:
                self.used.add(number)
                return number
