"""Pure rules: where a role may sit, user names, telephones, how long a post holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.accounts import rules
from hieuhoc.accounts.models import Role
from hieuhoc.places.models import Level

FITS = {
    Role.VILLAGE_RECORDER: "village",
    Role.COMMUNE_OFFICER: "commune",
    Role.COMMUNE_APPROVER: "commune",
    Role.PROVINCE_OFFICER: "province",
    Role.PROVINCE_APPROVER: "province",
    Role.NATIONAL_OFFICER: "nation",
    Role.INSPECTOR: "nation province commune",
    Role.ADMINISTRATOR: "nation province commune",
}


@pytest.mark.parametrize("level", Level.values)
@pytest.mark.parametrize("role", Role.values)
def test_a_role_sits_only_at_its_levels(role, level):
    assert (rules.role_problem(role, level) == "") == (level in FITS[role].split())


def test_a_role_at_the_wrong_level_is_told_where_it_belongs():
    said = rules.role_problem(Role.COMMUNE_OFFICER, Level.VILLAGE)
    assert said == "Vai trò «Cán bộ Hội Khuyến học xã» phải gắn với: xã, phường, đặc khu."


def test_an_unknown_role_is_refused():
    assert rules.role_problem("king", Level.NATION) == "Không có vai trò này."


@pytest.mark.parametrize(
    ("username", "fine"),
    [
        ("minh", True),
        ("minh.nv-2_x", True),
        ("9minh", True),
        ("mi", False),
        ("a" * 31, False),
        ("Minh", False),
        ("minh nv", False),
        ("mình", False),
        (".minh", False),
        ("", False),
        ("minh\n", False),
    ],
)
def test_user_names(username, fine):
    assert (rules.username_problem(username) == "") == fine


@pytest.mark.parametrize(
    ("name", "taken", "suggested"),
    [
        ("Nguyễn Văn Minh", (), "minhnv"),
        ("Nguyễn Văn Minh", {"minhnv"}, "minhnv2"),
        ("Nguyễn Văn Minh", {"minhnv", "minhnv2", "minhnv3"}, "minhnv4"),
        ("Ksor H'Bia", (), "hbiak"),
        ("Đỗ Ý", (), "ydx"),
        ("Lan", (), "lan"),
        ("???", (), "nguoi"),
    ],
)
def test_a_user_name_is_made_of_the_given_name_and_initials(name, taken, suggested):
    assert rules.suggest_username(name, taken) == suggested


@given(st.text(max_size=150), st.sets(st.from_regex(r"[a-z]{3,6}\d?", fullmatch=True), max_size=5))
def test_whatever_the_name_the_suggestion_can_be_used(name, taken):
    suggested = rules.suggest_username(name, taken)
    assert rules.username_problem(suggested) == "" and suggested not in taken


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0905000123", "0905000123"),
        ("905000123", "0905000123"),
        ("+84 905 000 123", "0905000123"),
        ("0905.000.123", "0905000123"),
        ("", ""),
        ("   ", ""),
        ("090500012", None),
        ("01205000123", None),
        ("số của vợ", None),
    ],
)
def test_telephones(typed, read):
    assert rules.read_phone(typed) == read


def test_a_span_counts_both_days():
    span = rules.span(date(2026, 1, 1), date(2026, 12, 31))
    assert date(2026, 12, 31) in span and date(2027, 1, 1) not in span and date(2025, 12, 31) not in span
    assert rules.last_day(span) == date(2026, 12, 31)


def test_a_span_without_a_last_day_goes_on():
    assert rules.last_day(rules.span(date(2026, 1, 1), None)) is None


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(rules.Refused, match="31/12/2025 đứng trước ngày đầu 01/01/2026"):
        rules.span(date(2026, 1, 1), date(2025, 12, 31))
