"""The calendar file read back by the letter of RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.plans import ical

LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<more>(?:;[A-Z-]+=[^:;]+)*):(?P<value>.*)", re.DOTALL)
STAMP = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


def lines_of(data: bytes) -> list[tuple[str, str, str]]:
    """The content lines, unfolded; every rule of the file's form is held against it on the way."""
    assert data.endswith(b"\r\n")
    raw = data.removesuffix(b"\r\n").split(b"\r\n")
    assert not any(b"\n" in one or b"\r" in one for one in raw), "a line ends in CRLF and nothing else"
    for one in raw:
        assert 0 < len(one) <= 75, "75 octets"
        one.decode(), "no letter is cut in two"
    unfolded = b"\r\n".join(raw).replace(b"\r\n ", b"").decode().split("\r\n")
    found = [LINE.fullmatch(one) for one in unfolded]
    assert all(found)
    return [(one["name"], one["more"].lstrip(";"), one["value"]) for one in found]


def text_of(value: str) -> str:
    """A text value without its escapes; a separator that is not escaped is an error."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], value)


def events_of(data: bytes) -> list[dict[str, str]]:
    """The events, each as its values; parts must be nested properly."""
    found: list[dict[str, str]] = []
    open_parts: list[str] = []
    for name, more, value in lines_of(data):
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts[-1] == "VEVENT":
            key = f"{name};{more}" if more else name
            assert key not in found[-1], "once in an event"
            found[-1][key] = value
    assert not open_parts
    return found


def event(**more) -> ical.Event:
    usual = {"uid": "1-2-2026-Q3@hieuhoc", "day": date(2026, 9, 30), "title": "Họp sơ kết", "text": "Quý III",
             "changed": STAMP}  # fmt: skip
    return ical.Event(**usual | more)


def test_an_event_as_a_calendar_reads_it():
    (found,) = events_of(
        ical.calendar("Xã Ia Tôr", [event(sequence=3, category="Kế hoạch 12", url="http://x/ke-hoach/")])
    )
    assert found == {
        "UID": "1-2-2026-Q3@hieuhoc", "DTSTAMP": "20260310T083000Z", "LAST-MODIFIED": "20260310T083000Z",
        "SEQUENCE": "3", "DTSTART;VALUE=DATE": "20260930", "DTEND;VALUE=DATE": "20261001", "SUMMARY": "Họp sơ kết",
        "DESCRIPTION": "Quý III", "CATEGORIES": "Kế hoạch 12", "URL": "http://x/ke-hoach/", "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }  # fmt: skip


def test_the_head_names_version_and_maker_first():
    lines = [(name, value) for name, _, value in lines_of(ical.calendar("Lịch; của xã, Ia Tôr", []))]
    assert lines[:3] == [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//Hieu Hoc//Lich ke hoach//VI")]
    assert ("X-WR-CALNAME", "Lịch\\; của xã\\, Ia Tôr") in lines


def test_without_events_it_still_has_a_part():
    names = [value for name, _, value in lines_of(ical.calendar("x", [])) if name == "BEGIN"]
    assert names == ["VCALENDAR", "VTIMEZONE", "STANDARD"]


def test_what_is_not_done_is_cancelled():
    assert events_of(ical.calendar("x", [event(cancelled=True)]))[0]["STATUS"] == "CANCELLED"


TEXTS = {
    "separators": "a; b, c: d", "backslash": "a\\n b\\", "lines": "một\nhai\r\nba\rbốn", "quotes": '"Gia đình học tập"',
    "control characters": "a\x00b\x07\tc", "wide letters": "Đặng Thị Ngọc Ánh 學習 😀" * 12, "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_comes_back(text):
    (found,) = events_of(ical.calendar("x", [event(title=text)]))
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert text_of(found["SUMMARY"]) == re.sub(r"[\x00-\x09\x0b-\x1f\x7f]+", " ", plain)


CONTROLS = "".join(map(chr, [*range(32), 127]))
WRITTEN = st.text(st.characters(exclude_categories=("Cs",), exclude_characters=CONTROLS), max_size=300)


@given(WRITTEN)
def test_whatever_is_written_is_read_back(text):
    (found,) = events_of(ical.calendar(text, [event(title=text, text=text, category=text or "x")]))
    assert text_of(found["SUMMARY"]) == text_of(found["DESCRIPTION"]) == text
