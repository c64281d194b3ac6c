"""Score sheets as officers head them: indicators by key, number or words, rows of maxima, totals to leave out."""

import pytest

from hieuhoc.sheets.tests.given import CITIZEN_LABELS, FAMILY_KEYS
from hieuhoc.sheets.tests.tables import problems, read_book, records, write

KEYS = [f"GD-{number}" for number in FAMILY_KEYS]
ROWS = """
#1|Thôn 1|Lê Văn An|#9|#8|#7|#10|#20|#5|#6|#7|#8|#80
#2|Thôn 1|Bùi Thị Mến|#9.5|8,5|KAD|-||#5|#6|#7|#8|#53
#3|Thôn 2|Siu H'Lim|#0|0|#7|#10|#20|#5|#6|#7|#8|#63"""
READ = [
    ["Lê Văn An", "Thôn 1", "9", "8", "7", "10", "20", "5", "6", "7", "8"],
    ["Bùi Thị Mến", "Thôn 1", "9.5", "8.5", "KAD", "KAD", "", "5", "6", "7", "8"],
    ["Siu H'Lim", "Thôn 2", "0", "0", "7", "10", "20", "5", "6", "7", "8"],
]
WHO = "STT|Thôn|Họ tên chủ hộ"
GROUPS = "Tiêu chí 1 (30 điểm)|||Tiêu chí 2 (30 điểm)||Tiêu chí 3 (20 điểm)||Tiêu chí 4 (20 điểm)|"
MERGED = "A1:A2 B1:B2 C1:C2 D1:F1 G1:H1 I1:J1 K1:L1 M1:M2"


def across(form: str) -> str:
    return "|".join(form.format(number) for number in FAMILY_KEYS)


MAXIMA = "10 10 10 10 20 10 10 10 10".split()  # noqa: SIM905
HEADERS = {
    "keys": (f"{WHO}|{across('GD-{}')}|Tổng điểm", ""),
    "small keys without a dash": (f"{WHO}|{across('gd{}')}|Cộng", ""),
    "keys with Đ": (f"{WHO}|{across('GĐ-{}')}|Tổng", ""),
    "numbers as text": (f"{WHO}|{across('{}')}|Tổng điểm", ""),
    "numbers as numbers": (f"{WHO}|{across('#{}')}|Tổng điểm", ""),
    "numbers with a comma": (f"{WHO}|{across('{}').replace('.', ',')}|Tổng", ""),
    "chỉ số": (f"{WHO}|{across('Chỉ số {}')}|Tổng số điểm", ""),
    "TC": (f"{WHO}|{across('TC{}')}|Tổng số điểm đạt", ""),
    "groups above": (f"{WHO}|{GROUPS}|Tổng\n|||{across('{}')}|", MERGED),
    "groups above numbers": (f"{WHO}|{GROUPS}|Tổng\n|||{across('#{}')}|", MERGED),
    "maxima as numbers": (f"{WHO}|{across('{}')}|Tổng\n|||#{'|#'.join(MAXIMA)}|#100", ""),
    "maxima in brackets": (f"{WHO}|{across('{}')}|Tổng\n|||({'đ)|('.join(MAXIMA)}đ)|(100đ)", ""),
    "maxima in words": (f"{WHO}|{across('{}')}|Tổng\n||Điểm tối đa|{' điểm|'.join(MAXIMA)} điểm|", ""),
    "maxima with a name": (f"{WHO}|{across('GD-{}')}|Tổng\n||Điểm tối đa|#{'|#'.join(MAXIMA)}|#100", ""),
}


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_of_scores_is_read(header):
    text, merges = HEADERS[header]
    report = read_book(write(text + ROWS, merges), "scores")
    assert (records(report, ["head_name", "village", *KEYS]), problems(report)) == (READ, "")


def test_sums_between_the_indicators_are_left_out():
    head = WHO + "|GD-1.1|GD-1.2|GD-1.3|Điểm TC 1|GD-2.1|GD-2.2|Cộng TC2|GD-3.1|GD-3.2|GD-4.1|GD-4.2|Tổng|Xếp loại"
    report = read_book(write(f"{head}\n#1|Thôn 1|Lê Văn An|#9|#8|#7|#24|#10|#20|#30|#5|#6|#7|#8|#80|Đạt"), "scores")
    assert records(report, ["head_name", "village", *KEYS]) == READ[:1]


def test_a_row_like_the_maxima_with_a_name_is_a_household():
    rows = f"\n#1|Thôn 1|Lê Văn An|#{'|#'.join(MAXIMA)}|#100"
    assert len(records(read_book(write(f"{WHO}|{across('GD-{}')}|Tổng{rows}"), "scores"), KEYS)) == 1


CITIZEN_ROWS = """
#1|Lê Văn An|#1980|#9|#8|#7|#10|#10|#5|#6|#7|#8|#9|#79
#2|Bùi Thị Mến|#1990|#9|8,5|KAD|-||#5|#6|#7|#8|#9|#53"""
CITIZENS = [
    ["Lê Văn An", "1980", "9", "8", "7", "10", "10", "5", "6", "7", "8", "9"],
    ["Bùi Thị Mến", "1990", "9", "8.5", "KAD", "KAD", "", "5", "6", "7", "8", "9"],
]
PERSON = "STT|Họ và tên|Năm sinh"
LABELS, NUMBERS = "|".join(CITIZEN_LABELS.values()), "|".join(key[3:] for key in CITIZEN_LABELS)
REWORDED = (
    "Tự đọc, tìm và cập nhật thông tin|Có kế hoạch học tập cá nhân|Tham dự sinh hoạt, hội thảo, lớp học|"
    "Động viên mọi người cùng học|Sử dụng công nghệ thông tin, kỹ năng số|Sử dụng ngoại ngữ, ngôn ngữ khác|"
    "Khả năng tính toán|Có tư duy phản biện|Thân thiện, biết giải quyết xung đột|Biết hợp tác, chia sẻ"
)
CITIZEN_HEADERS = {
    "labels": f"{PERSON}|{LABELS}|Tổng",
    "labels reworded": f"{PERSON}|{REWORDED}|Tổng cộng",
    "labels above numbers": f"{PERSON}|{LABELS}|Tổng\n|||{NUMBERS}|",
    "numbers above labels": f"{PERSON}|{NUMBERS}|Tổng\n|||{LABELS}|",
    "labels with the most": f"{PERSON}|{LABELS.replace('|', ' (10 điểm)|')} (10 điểm)|Tổng điểm (100)",
}


@pytest.mark.parametrize("header", CITIZEN_HEADERS)
def test_a_header_of_scores_of_citizens_is_read(header):
    report = read_book(write(CITIZEN_HEADERS[header] + CITIZEN_ROWS), "scores")
    assert (records(report, ["name", "birth_date", *CITIZEN_LABELS]), problems(report)) == (CITIZENS, "")
