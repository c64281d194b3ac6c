"""Rules of recognition: councils, codes, names shown, titles, what stands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.recognition import rules
from hieuhoc.registry.models import Model

CHAIR, VICE, MEMBER = ("An", "chair", False), ("Bình", "vice", True), ("Chi", "member", False)


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ([CHAIR, VICE, MEMBER, MEMBER, MEMBER], ""),
        ([CHAIR, VICE, *[MEMBER] * 5], ""),
        ([CHAIR, VICE, MEMBER], "cần ít nhất 5"),
        ([CHAIR, VICE, *[MEMBER] * 4], "phải là số lẻ"),
        ([CHAIR, *[MEMBER] * 4], "chưa có thành viên của Hội Khuyến học"),
        ([VICE, *[MEMBER] * 4], "đúng một chủ tịch"),
        ([CHAIR, CHAIR, VICE, MEMBER, MEMBER], "đúng một chủ tịch"),
        ([CHAIR, VICE, MEMBER, MEMBER, (" ", "member", False)], "chưa ghi họ tên"),
    ],
)
def test_a_council_works_when_odd_at_least_five_and_the_association_sits_in_it(members, problem):
    found = rules.council_problems(members)
    assert found == [] if not problem else any(problem in one for one in found)


@pytest.mark.parametrize(
    ("votes", "problem"),
    [((5, 0, 0), ""), ((3, 1, 1), ""), ((0, 0, 5), ""), ((5, 1, 0), "6 phiếu"), ((-1, 2, 0), "không thể âm"),
     ((2, 0, 0), "Mới có 2 phiếu của 5"), ((0, 0, 0), "Mới có 0 phiếu")],
)  # fmt: skip
def test_there_are_as_many_votes_as_voters(votes, problem):
    found = rules.vote_problem(*votes, voters=5)
    assert (problem in found) if problem else found == ""


def test_codes_are_long_random_and_read_back_however_typed():
    codes = {rules.new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert len(code) == 16
        shown = rules.show_code(code)
        assert rules.read_code(shown) == rules.read_code(shown.lower().replace("-", " ")) == code
    assert 31**rules.RANDOM_CHARACTERS > 2**64


@given(st.integers(0, 15), st.sampled_from(rules.ALPHABET))
def test_one_wrong_character_is_never_a_code(place, letter):
    code = rules.new_code()
    wrong = code[:place] + letter + code[place + 1 :]
    assert rules.read_code(wrong) == (code if wrong == code else None)


@given(st.integers(0, 14))
def test_two_characters_that_changed_places_are_never_a_code(place):
    code = rules.new_code()
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert rules.read_code(wrong) == (code if wrong == code else None)


@pytest.mark.parametrize("typed", ["", "ABC", "O0I1-LLLL-0000-1111", "x" * 500, "7KQM2RXW94TDH6P", "🎓" * 16])
def test_what_cannot_be_a_code_is_not_one(typed):
    assert rules.read_code(typed) is None


@pytest.mark.parametrize(
    ("name", "model", "shown"),
    [
        ("Kpuih H'Ngưn", Model.FAMILY, "Kpuih H***"),
        ("Nguyễn Văn Thành", Model.CITIZEN, "Nguyễn Văn T***"),
        ("Siu", Model.CITIZEN, "S***"),
        ("Y Ănh", Model.CITIZEN, "Y Ă***"),
        ("Dòng họ Rơ Châm", Model.CLAN, "Dòng họ Rơ Châm"),
        ("Làng Ring", Model.COMMUNITY, "Làng Ring"),
        ("Trường Tiểu học Lê Lợi", Model.ORGANISATION, "Trường Tiểu học Lê Lợi"),
    ],
)
def test_people_are_masked_and_groups_are_named(name, model, shown):
    assert rules.masked(name, model) == shown


@pytest.mark.parametrize(
    ("args", "title"),
    [
        ((Model.FAMILY, 2026, None, None), "Gia đình học tập năm 2026"),
        ((Model.ORGANISATION, 2026, 2, None), "Đơn vị học tập mức độ 2 năm 2026"),
        ((Model.COMMUNE, 2026, 1, 36), "Cộng đồng học tập cấp xã mức độ 1"),
    ],
)
def test_titles_of_a_year_name_it_and_titles_for_months_do_not(args, title):
    assert rules.title_of(*args) == title


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 11, 21), 36, date(2029, 11, 21)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 5), 12, date(2027, 12, 5)),
        (date(2026, 12, 5), None, None),
    ],
)
def test_the_last_day_of_a_title(day, months, last):
    assert rules.last_day(day, months) == last


SIGNED = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("given_", "on", "state"),
    [
        ({"signed": None}, SIGNED, "unsigned"),
        ({}, SIGNED, "standing"),
        ({}, date(2050, 1, 1), "standing"),
        ({"months": 36}, date(2029, 11, 21), "standing"),
        ({"months": 36}, date(2029, 11, 22), "expired"),
        ({"revoked": ("9/QĐ-UBND", date(2027, 1, 2))}, date(2027, 1, 2), "revoked"),
        ({"months": 36, "revoked": ("9/QĐ-UBND", date(2027, 1, 2))}, date(2050, 1, 1), "revoked"),
    ],
)
def test_what_stands_on_a_day(given_, on, state):
    usual = {"signed": SIGNED, "months": None, "revoked": None, "year": 2026}
    found = rules.standing(**usual | given_, on=on)
    assert (found.state, found.stands) == (state, state == "standing")
    assert found.because.endswith(".")


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 30))
def test_votes_are_right_only_when_every_voter_cast_one(yes, no, abstained, voters):
    right = voters > 0 and yes + no + abstained == voters
    assert (rules.vote_problem(yes, no, abstained, voters) == "") == right


@pytest.mark.parametrize(
    ("members", "twice"),
    [
        ([("Trần Văn Hòa", "Chủ tịch"), ("Trần Văn Hoà", "chủ  tịch")], ["Trần Văn Hoà"]),
        ([("Trần Văn Hòa", "Chủ tịch"), ("Trần Văn Hòa", "Hiệu trưởng")], []),
        ([("Ksor Nay", ""), ("KSOR NAY", ""), ("Ksor Nay", "")], ["KSOR NAY", "Ksor Nay"]),
        ([], []),
    ],
)
def test_nobody_sits_twice_however_typed(members, twice):
    assert rules.repeated(members) == twice


@pytest.mark.parametrize(
    ("number", "said"),
    [("57", ""), ("57a", ""), ("", "Chưa ghi số"), ("57/QĐ-UBND", "Chỉ ghi phần số"), ("QĐ", "Chỉ ghi phần số")],
)
def test_a_number_is_the_number_alone(number, said):
    assert rules.number_problem(number).startswith(said) and bool(rules.number_problem(number)) == bool(said)


@pytest.mark.parametrize(
    ("one", "other", "same"), [("57", "057", True), ("57", " 57 ", True), ("57a", "57A", True), ("57", "570", False)]
)
def test_numbers_that_are_one_on_paper(one, other, same):
    assert rules.same_number(one, other) == rules.same_number(other, one) == same


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19 giờ 00, ngày 12 tháng 11 năm 2026", date(2026, 11, 12)),
        ("8h00 ngày 05/02/2026", date(2026, 2, 5)),
        ("12-11-2026", date(2026, 11, 12)),
        ("7.3.2026", date(2026, 3, 7)),
        ("ngày 31 tháng 2 năm 2026", None),
        ("ngày 1/12", None),
        ("chiều thứ Bảy", None),
        ("", None),
    ],
)
def test_the_day_said_in_words_is_read_and_never_guessed(text, day):
    assert rules.day_in(text) == day


@given(st.dates(date(2012, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_as_it_is_written(day):
    assert rules.day_in(f"19 giờ, ngày {day.day} tháng {day.month} năm {day.year}") == day
    assert rules.day_in(f"{day.day:02}/{day.month:02}/{day.year}") == day


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_a_decision_comes_after_what_it_stands_on(day, submitted, met):
    late = [one for one in (submitted, met) if one is not None and day < one]
    assert bool(rules.before_problem(day, submitted, met)) == bool(late)


# --- names of council members

NAMES = {
    "Trần Văn Hòa": "Trần Văn Hòa",
    "  ông   Trần Văn Hoà ": "Trần Văn Hoà",
    "Bà Nguyễn Thị Minh": "Nguyễn Thị Minh",
    "Ông/Bà: Lê Văn Bình": "Lê Văn Bình",
    "Đ/c Lê Văn Bình": "Lê Văn Bình",
    "Đồng chí Bà Lê Thị Mai": "Lê Thị Mai",
    "Siu H'Blơi": "Siu H'Blơi",
    "Y-Bhăm Niê": "Y-Bhăm Niê",
    "H’Ngưn": "H’Ngưn",
    "Bàn Văn Ông": "Bàn Văn Ông",
    "Đỗ Ý": "Đỗ Ý",
    "Kpă Y Bl\u0306ơn": "Kpă Y Bl\u0306ơn",
}
NOT_NAMES = [
    "x", "Ông", "Bà", "Ông B", "12", "Trần Văn 2", "???", "...", "-", "- -", "''", "a@b.vn", "Trần, Văn Hòa",
    "=SUM(A1)", "<b>Hòa</b>", "Chủ tịch (UBND)", "Trần Văn Hòa; Lê Mai", "Trần--Hòa", "-Hòa", "Иван Петров",
    "王小明", "😀😀",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "kept"), NAMES.items())
def test_what_a_persons_name_is(typed, kept):
    assert (rules.name_problem(typed), rules.person_name(typed)) == ("", kept)


@pytest.mark.parametrize("typed", NOT_NAMES)
def test_what_no_persons_name_is(typed):
    assert f"«{typed}» không phải là họ tên" in rules.name_problem(typed)


@given(st.text(max_size=40))
def test_a_name_taken_without_its_address_is_a_name_and_stays_one(typed):
    once = rules.person_name(typed)
    assert rules.person_name(once) == once
    if not rules.name_problem(typed):
        assert not rules.name_problem(once) and not any(one.isdigit() for one in once)


TWICE = [
    ([("Trần Văn Hòa", ""), ("Ông Trần Văn Hoà", "")], ["Trần Văn Hoà"]),
    ([("Trần Văn Hòa", "Hiệu trưởng"), ("TRẦN VĂN HÒA", "hiệu trưởng")], ["TRẦN VĂN HÒA"]),
    ([("Trần Văn Hòa", "Hiệu trưởng"), ("Trần Văn Hòa", "")], ["Trần Văn Hòa"]),
    ([("Trần Văn Hòa", "Hiệu trưởng"), ("Trần Văn Hòa", "Trưởng thôn")], []),
    ([("Trần Văn Hòa", ""), ("Trần Văn Hóa", "")], []),
]


@pytest.mark.parametrize(("members", "twice"), TWICE)
def test_nobody_sits_twice_but_two_may_bear_one_name(members, twice):
    assert rules.repeated(members) == twice
