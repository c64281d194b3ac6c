"""Dates as Vietnamese papers print them (Nghị định 30/2020/NĐ-CP for the long form)."""

from datetime import date


def vn_date(d: date) -> str:
    """A day in figures: "21/11/2026"."""
    return f"{d.day:02d}/{d.month:02d}/{d.year}"


def vn_long_date(place: str, d: date) -> str:
    """Place and day of an administrative paper; a day under 10 and months 1, 2 take a zero."""
    month = f"{d.month:02d}" if d.month < 3 else str(d.month)
    return f"{place}, ngày {d.day:02d} tháng {month} năm {d.year}"
