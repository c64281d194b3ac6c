"""How officers type: each habit takes the true value and gives what stands in the cell.

All of them occur in the sample workbooks; what they hide is still the true value, so a reader must find it.
"""

from collections.abc import Callable
from datetime import date
from random import Random

from demo.pages import Value

Habit = Callable[[Value, Random], Value]
NO_BREAK = "\u00a0"

# The prefixes of eleven-digit numbers that became ten-digit ones in 2018.
OLD_PREFIX = {
    **{f"03{n}": f"016{n}" for n in range(2, 10)},
    "070": "0120",
    "079": "0121",
    "077": "0122",
    "076": "0126",
    "078": "0128",
    "083": "0123",
    "084": "0124",
    "085": "0125",
    "081": "0127",
    "082": "0129",
}
GROUP_WORDS = {
    1: "Nhân dân",
    2: "Người lao động",
    3: "Cán bộ, công chức, viên chức",
    4: "Học sinh, sinh viên",
}
SEX_WORDS = {"male": "Nam", "female": "Nữ"}


def plain(value: Value, rng: Random) -> Value:
    """As it is."""
    return value


def spaced_name(value: Value, rng: Random) -> Value:
    """A name, now and then with hard, doubled or trailing spaces."""
    name = str(value)
    how = rng.randrange(100)
    if how < 4:
        return name + NO_BREAK
    if how < 7:
        return name + "  "
    return name.replace(" ", "  ", 1) if how < 9 else name


def shouted_name(value: Value, rng: Random) -> Value:
    """A name, one in five in capitals."""
    return str(value).upper() if rng.randrange(5) == 0 else spaced_name(value, rng)


def careless_village(value: Value, rng: Random) -> Value:
    """A village in capitals, in small letters, with spaces, or with its first word cut to a letter."""
    name = str(value)
    how = rng.randrange(100)
    if how < 6:
        return name.upper()
    if how < 12:
        return name.lower()
    if how < 20:
        return name + NO_BREAK
    return f"{name[0]}. {name.split(' ', 1)[1]}" if how < 26 else name


def phone_as_typed(value: Value, rng: Random) -> Value:
    """A telephone as number without its zero, with dots or spaces, or with its old prefix."""
    phone = str(value or "")
    how = rng.randrange(100)
    if not phone or how < 50:
        return phone
    if how < 70:
        return int(phone)
    if how < 85:
        return f"{phone[:4]}.{phone[4:7]}.{phone[7:]}"
    if how < 93 and phone[:3] in OLD_PREFIX:
        return f"{OLD_PREFIX[phone[:3]]}.{phone[3:6]}.{phone[6:]}"
    return f"{phone[:4]} {phone[4:7]} {phone[7:]}"


def cccd_as_typed(value: Value, rng: Random) -> Value:
    """A citizen number as text, as a number that lost its zero, or in groups of three."""
    cccd = str(value or "")
    how = rng.randrange(100)
    if not cccd or how < 70:
        return cccd
    if how < 92:
        return int(cccd)
    return " ".join(cccd[at : at + 3] for at in range(0, 12, 3))


def count_as_typed(value: Value, rng: Random) -> Value:
    """A count, now and then as text or with spaces around it."""
    how = rng.randrange(100)
    if how < 5:
        return str(value)
    return f" {value} " if how < 8 else value


def count_as_text(value: Value, rng: Random) -> Value:
    """A count, mostly typed into text cells."""
    return value if rng.randrange(4) == 0 else str(value)


def tick(value: Value, rng: Random) -> Value:
    """Yes as x, X, Có or a tick; no as nothing or in a word."""
    if not value:
        return "Không" if rng.randrange(6) == 0 else ""
    return rng.choices(("x", "X", "Có", "✓"), (60, 15, 15, 10))[0]


def plain_tick(value: Value, rng: Random) -> Value:
    """Yes as x, no as nothing: also in the fonts that have no tick."""
    return "x" if value else ""


def group_as_typed(value: Value, rng: Random) -> Value:
    """The form a citizen falls under, by number or in words."""
    return value if rng.randrange(2) else GROUP_WORDS[int(str(value))]


def sex_in_words(value: Value, rng: Random) -> Value:
    """Nam or Nữ."""
    return SEX_WORDS[str(value)]


def date_in_full(value: Value, rng: Random) -> Value:
    """A day as dd/mm/yyyy text; a year alone as a number."""
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else value


def date_as_typed(value: Value, rng: Random) -> Value:
    """A day as text in several forms, as a date or as its bare serial number; a year as text or number."""
    if not isinstance(value, date):
        return str(value) if rng.randrange(2) else value
    how = rng.randrange(100)
    if how < 25:
        return value
    if how < 32:
        return (value - date(1899, 12, 30)).days
    if how < 42:
        return f"{value.day}/{value.month}/{value.year}"
    if how < 50:
        return value.strftime("%d-%m-%Y")
    if how < 56 and 1940 <= value.year < 2000:
        return f"{value.day}/{value.month}/{value.year % 100:02d}"
    return value.strftime("%d/%m/%Y")


def score_as_typed(value: Value, rng: Random) -> Value:
    """A score; now and then as text with a comma; “does not apply” in one of its two spellings."""
    if value == "KAD":
        return rng.choice(("KAD", "-"))
    if value is None or rng.randrange(100) >= 4:
        return value
    return f"{value:g}".replace(".", ",") if rng.randrange(2) else f" {value:g} ".replace(".", ",")
