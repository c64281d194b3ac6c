"""Score sheets whose indicators are only numbered: read in the order of the set where as many, else refused."""

import pytest

from hieuhoc.sheets.engine import check
from hieuhoc.sheets.source import Refused
from hieuhoc.sheets.tests.given import CITIZEN_LABELS, CITIZEN_SET, FAMILY_SET, TODAY, VILLAGES
from hieuhoc.sheets.tests.tables import problems, read_book, records, write

PERSON = "STT|Họ và tên|Năm sinh|"
ROWS = """
#1|Lê Văn An|#1980|#9|#8|#7|#10|#10|#5|#6|#7|#8|#9|#79
#2|Bùi Thị Mến|#1990|#9|8,5|KAD|-||#5|#6|#7|#8|#11|#53"""
READ = [
    ["Lê Văn An", "1980", "9", "8", "7", "10", "10", "5", "6", "7", "8", "9"],
    ["Bùi Thị Mến", "1990", "9", "8.5", "KAD", "KAD", "", "5", "6", "7", "8", "11"],
]
FORMS = ("Chỉ số {}", "CS{}", "CS {}", "TC{}", "Tiêu chí {}", "Chỉ số {} (10đ)", "Điểm chỉ số {}", "{}", "#{}", "CS.{}")


def across(form: str, count: int = 10) -> str:
    return "|".join(form.format(number) for number in range(1, count + 1))


def read_scores(text: str, merges: str = "", sets=(CITIZEN_SET,)):
    return check(write(text, merges), "scores", villages=VILLAGES, criteria=list(sets), today=TODAY)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sets", [(CITIZEN_SET,), (FAMILY_SET, CITIZEN_SET)], ids=["one set", "two sets"])
def test_as_many_numbers_as_indicators_are_those_in_order(form, sets):
    result = read_scores(f"{PERSON}{across(form)}|Tổng{ROWS}", sets=sets)
    found = {"columns": result.columns}
    assert records(found, ["name", "birth_date", *CITIZEN_LABELS]) == READ
    assert problems({"problems": result.problems}) == "3 CD-3.2 over_maximum"
    assert result.tables[0]["columns"]["CD-1.1"] == "D" and result.problems[0]["cell"] == "M3"
    assert [notice["code"] for notice in result.notices] == ["indicators_in_order"]
    assert "cột D đến M" in result.notices[0]["message"]


@pytest.mark.parametrize("form", ["CS{}", "#{}", "{}"])
def test_numbers_below_one_heading(form):
    head = f"STT|Họ và tên|Năm sinh|Điểm các chỉ số{'|' * 10}Tổng\n|||{across(form)}|"
    assert records({"columns": read_scores(head + ROWS, "A1:A2 B1:B2 D1:M1").columns}, ["name", "CD-3.2"]) == [
        ["Lê Văn An", "9"], ["Bùi Thị Mến", "11"]]  # fmt: skip


@pytest.mark.parametrize("count", [3, 9, 11])
def test_another_number_of_columns_is_refused(count):
    refused = read_scores(f"{PERSON}{across('CS{}', count)}|Tổng{ROWS}").refused
    assert refused["code"] == "unknown_indicators"
    assert f"1–{count}, còn bộ tiêu chí cdht-324 có 10 chỉ số" in refused["message"]


def test_households_are_not_scored_by_a_set_of_citizens():
    refused = read_scores(f"STT|Họ và tên chủ hộ|Mã hộ|{across('CS{}')}|Tổng{ROWS}", sets=(FAMILY_SET, CITIZEN_SET))
    assert refused.refused["code"] == "unknown_indicators"


def test_numbers_of_columns_are_no_indicators():
    labels = "|".join(CITIZEN_LABELS.values())
    result = read_scores(f"{PERSON}{labels}|Tổng\n{across('#{}', 14)}{ROWS}")
    assert (result.records, result.notices) == (2, [])
    unknown = "|".join(f"Mục {letter} lạ" for letter in "abcdeghikl")
    assert read_scores(f"{PERSON}{unknown}|Tổng\nA|B|C|{across('#{}', 10)}|{ROWS}").refused is not None


def test_indicators_without_a_column_are_named():
    result = read_scores("STT|Họ và tên|CD-1.1|CD-1.2|CD-1.3|CD-1.4|CD-2.1\n#1|Lê Văn An|#9|#8|#7|#6|#5")
    (notice,) = result.notices
    assert notice["code"] == "missing_indicators" and "CD-2.2, CD-2.3, CD-2.4, CD-3.1, CD-3.2" in notice["message"]


@pytest.mark.parametrize("text", [f"{PERSON}Thôn\n#1|Lê Văn An|#1980|Thôn 1", ROWS.strip("\n") + ROWS])
def test_a_sheet_without_any_indicator_is_refused(text):
    for sets in ((CITIZEN_SET,), (FAMILY_SET, CITIZEN_SET)):
        assert read_scores(text, sets=sets).refused["code"] in ("unknown_indicators", "no_table", "no_header")


def test_points_without_headings_are_never_guessed():
    rows = "\n".join(f"#{n}|Lê Văn {name}|#1980|{across('#{}')}" for n, name in enumerate(("An", "Ba", "Tư"), 1))
    with pytest.raises(Refused) as refused:
        read_book(write(rows), "scores")
    assert refused.value.code == "no_header" and "CD-1.1" in refused.value.message
