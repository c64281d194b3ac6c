"""What templates print: missing is said, a share has its counts, a deadline is in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import engines
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.web import states
from hieuhoc.web.templatetags import vietnamese
from hieuhoc.web.vendor import ROOT

ICONS = (ROOT / "hieuhoc/web/static/web/icons.svg").read_text()


def said(source, **context):
    return engines["django"].from_string(source).render(context).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|vn_int }}", 1234567, "1.234.567"),
        ("{{ v|vn_int }}", 0, "0"),
        ("{{ v|vn_int }}", None, "chưa có"),
        ("{{ v|vn_int }}", "", "chưa có"),
        ("{{ v|vn_number }}", "1234.50", "1.234,5"),
        ("{{ v|vn_number }}", None, "chưa có"),
        ("{{ v|vn_date }}", date(2026, 11, 21), "21/11/2026"),
        ("{{ v|vn_date }}", datetime(2026, 11, 21, 20, 5, tzinfo=UTC), "22/11/2026 03:05"),
        ("{{ v|vn_date }}", None, ""),
        ("{{ v|percent:1847 }}", 1385, "74,99 %"),
        ("{{ v|percent:27593 }}", 22038, "79,87 %"),
        ("{{ v|percent:0 }}", 0, ""),
        ("{{ v|percent:10 }}", None, ""),
        ("{{ v|whole:3 }}", 2, "66"),
        ("{{ v|whole:3 }}", 4, "100"),
        ("{{ v|whole:0 }}", 0, "0"),
    ],
)
def test_a_value_as_it_is_printed(source, value, expected):
    assert said(source, v=value) == expected


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [
        (1385, 1847, "<span>1.385/1.847 hộ ·</span> <span>74,99 %</span>"),
        (0, 0, "0/0 hộ · không có đối tượng để tính"),
        (None, 12, "chưa có số liệu"),
        (3, None, "chưa có số liệu"),
        (0, 9, "<span>0/9 hộ ·</span> <span>0,00 %</span>"),
    ],
)
def test_a_share_always_has_its_counts(count, of, expected):
    assert said('{% share c of "hộ" %}', c=count, of=of) == expected


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (12, "còn 12 ngày", ""),
        (7, "còn 7 ngày", "is-soon"),
        (0, "hạn hôm nay", "is-soon"),
        (-3, "quá hạn 3 ngày", "is-late"),
    ],
)
def test_a_deadline_in_words(days, words, tone):
    day = localdate() + timedelta(days=days)
    assert vietnamese.due(day).startswith(words)
    assert vietnamese.due_tone(day) == tone


def test_no_deadline_says_nothing():
    assert (vietnamese.due(None), vietnamese.due_tone(None)) == ("", "")


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_bar_is_full_only_when_all_are_reached(count, of):
    length = vietnamese.whole(count, of)
    assert 0 <= length <= 100
    assert (length == 100) == (count >= of)


@pytest.mark.parametrize("state", [*State.values, *Outcome.values])
def test_every_state_has_a_tone_and_a_drawn_sign(state):
    assert state in states.TONES
    assert f'id="{states.sign(state)}"' in ICONS


def test_a_link_is_an_address_with_what_was_asked_behind_it():
    assert said("{% link 'web:board' %}") == "/viec-can-lam/"
    assert said("{% link 'dossiers:list' state='draft' model='' %}") == "/ho-so/?state=draft"
