"""Standing words: numbers, days and notices, known or not."""

from datetime import date

import pytest

from hieuhoc.documents import wording


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 21), "Ia Tôr, ngày 21 tháng 11 năm 2026"),
        (date(2026, 2, 5), "Ia Tôr, ngày 05 tháng 02 năm 2026"),
        (None, "Ia Tôr, ngày tháng năm 2026"),
    ],
)
def test_place_and_day(day, text):
    assert " ".join(wording.day_of("Ia Tôr", day, 2026).split()) == text
    assert " ".join(wording.long_day(day, 2026).split()) == text.removeprefix("Ia Tôr, ")


def test_room_for_a_number_is_not_drawn_together():
    assert wording.number_of("57", "QĐ-UBND") == "57/QĐ-UBND"
    assert wording.number_of(None, "QĐ-UBND") == "\u00a0" * 8 + "/QĐ-UBND"


@pytest.mark.parametrize(
    ("illustrative", "demonstration", "text"),
    [
        (False, False, ""),
        (True, False, wording.ILLUSTRATIVE),
        (False, True, wording.DEMONSTRATION),
        (True, True, f"{wording.ILLUSTRATIVE} · {wording.DEMONSTRATION}"),
    ],
)
def test_notice(illustrative, demonstration, text):
    assert wording.notice(illustrative=illustrative, demonstration=demonstration) == text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ủy ban nhân dân xã Ia Tôr", "ỦY BAN NHÂN DÂN XÃ\u00a0IA\u00a0TÔR"),
        ("Ủy ban nhân dân thành phố Đồng Nai", "ỦY BAN NHÂN DÂN THÀNH\u00a0PHỐ\u00a0ĐỒNG\u00a0NAI"),
        ("Hội đồng xét công nhận", "HỘI ĐỒNG XÉT CÔNG NHẬN"),
        ("Làng Klăh", "LÀNG KLĂH"),
    ],
)
def test_the_place_in_a_name_stays_on_one_line(name, shown):
    assert wording.authority(name) == shown
