"""The times of activities as tables of plans write them.

"Quý III, IV/2023", "III/2014", "Hằng năm; từ quý III/2022", "mỗi quý 1 số", "2023-2025", "2014 2016" (two lines of
a cell), "Tháng 10/2023", "trước 15/12 hằng năm".
"""

import re

from hieuhoc.plans.reading.result import When

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_Q = r"(?:iv|i{1,3}|[1-4])"
_QUARTER = re.compile(
    rf"(?<![\w/])(?:quý\s*)?(?P<list>{_Q}(?:\s*(?:,|và|-|&)\s*(?:quý\s*)?{_Q})*)\s*(?:/|năm|\."
    rf"|-)\s*(?:năm\s*)?(?P<year>20\d\d)"
    rf"|(?<!mỗi )(?<!hằng )(?<!hàng )quý\s*(?P<bare>{_Q}(?:\s*(?:,|và|-|&)\s*(?:quý\s*)?{_Q})*)(?![\w/])"
)
_MONTH = re.compile(
    r"(?:tháng\s*(?P<m>\d{1,2}(?:\s*(?:,|và|-)\s*(?:tháng\s*)?\d{1,2}(?!\d))*)"
    r"|(?:ngày\s*)?\d{1,2}\s*[/.]\s*(?P<m2>\d{1,2}))"
    r"(?:\s*(?:/|năm|\.|-)\s*(?:năm\s*)?(?P<year>20\d\d))?"
)
_YEARS = re.compile(r"(?<![\d/])(?P<from>20\d\d)\s*(?:-|đến(?: năm)?)\s*(?P<to>20\d\d)")
_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d)")
_EVERY = (
    ("month", re.compile(r"(?:hằng|hàng|mỗi) tháng")),
    ("quarter", re.compile(r"(?:hằng|hàng|mỗi) quý|quý/năm|các quý")),
    ("half", re.compile(r"6 tháng|sáu tháng")),
    ("year", re.compile(r"(?:hằng|hàng|mỗi|các) năm|năm học")),
    ("always", re.compile(r"thường xuyên")),
)


def read_when(plain: str) -> tuple[When, ...]:
    """The times in a cell, in order; how often is put on a quarter or year that begins it."""
    every = next((name for name, pattern in _EVERY if pattern.search(plain)), None)
    found, rest = _quarters(plain)
    months, rest = _months(rest)
    found += months
    for match in _YEARS.finditer(rest):
        found += [When(year) for year in range(int(match["from"]), int(match["to"]) + 1)][:20]
    rest = _YEARS.sub(" ", rest)
    found += [When(int(match["year"])) for match in _YEAR.finditer(rest)]
    if every is None:
        return tuple(found)
    if not found:
        return (When(every=every),)
    return tuple(When(one.year, one.quarter, every, one.month) for one in found)


def _quarters(plain: str) -> tuple[list[When], str]:
    """Quarters with or without a year; one without takes the year of the next."""
    found: list[When] = []
    year = None
    for match in reversed(list(_QUARTER.finditer(plain))):
        year = int(match["year"]) if match["year"] else year
        names = re.findall(rf"(?<![a-z\d]){_Q}(?![a-z\d])", match["list"] or match["bare"])
        own = (
            int(match["year"]) if match["year"] else (year if not re.search(r"(?:hằng|hàng|mỗi) năm", plain) else None)
        )
        found = [When(own, _QUARTERS[name]) for name in names] + found
    return found, _QUARTER.sub(" ", plain)


def _months(plain: str) -> tuple[list[When], str]:
    found = []
    for match in _MONTH.finditer(plain):
        year = int(match["year"]) if match["year"] else None
        for month in map(int, re.findall(r"\d+", match["m"] or match["m2"])):
            if 1 <= month <= 12:
                found.append(When(year, (month + 2) // 3, None, month))
    return found, _MONTH.sub(" ", plain)
