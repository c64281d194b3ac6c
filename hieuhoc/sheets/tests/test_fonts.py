"""Legacy fonts in a part of a workbook: names in .VnTime or VNI beside Unicode, and the other way round."""

import unicodedata
from collections.abc import Callable

import pytest

from hieuhoc.common.legacy import unicode_to_tcvn3, unicode_to_vni
from hieuhoc.sheets.fonts import encoding_of, sign
from hieuhoc.sheets.tests.tables import read_book, records, write

TABLE = """
STT|Họ và tên chủ hộ|Thôn|Số khẩu|Đăng ký
#1|Lê Văn ấn|Thôn Phù Cát|#4|x
#2|Bùi Thị Mến|Làng Klũ|#3|
#3|Nguyễn Đức Thuỷ|Thôn Hòa Bình|#5|x
""".strip()
WANTED = [
    ["Lê Văn ấn", "Thôn Phù Cát", "4", "True"],
    ["Bùi Thị Mến", "Làng Klũ", "3", "False"],
    ["Nguyễn Đức Thuỷ", "Thôn Hòa Bình", "5", "True"],
]
KEYS = ["head_name", "village", "members", "registered"]
CONVERT = {"tcvn3": unicode_to_tcvn3, "vni": unicode_to_vni}
PARTS: dict[str, Callable[[int, int], bool]] = {
    "everything": lambda row, column: True,
    "the names under a Unicode header": lambda row, column: row > 0 and column == 1,
    "the villages under a Unicode header": lambda row, column: row > 0 and column == 2,
    "the header alone": lambda row, column: row == 0,
    "all but the header": lambda row, column: row > 0,
    "the names with their heading": lambda row, column: column == 1,
}


def typed(part: Callable[[int, int], bool], convert: Callable[[str], str]) -> str:
    """The table with a part of its cells in a legacy encoding."""
    rows = [line.split("|") for line in TABLE.splitlines()]
    return "\n".join(
        "|".join(convert(cell) if part(at, place) else cell for place, cell in enumerate(row))
        for at, row in enumerate(rows)
    )


@pytest.mark.parametrize("encoding", CONVERT)
@pytest.mark.parametrize("part", PARTS)
def test_a_part_typed_in_a_legacy_font_is_read(part, encoding):
    report = read_book(write(typed(PARTS[part], CONVERT[encoding])), "households")
    assert (report["encoding"], records(report, KEYS), report["problems"]) == (encoding, WANTED, [])


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_unicode_is_left_alone(form):
    report = read_book(write(unicodedata.normalize(form, TABLE)), "households")
    assert (report["encoding"], records(report, KEYS)) == ("unicode", WANTED)


def test_capitals_of_vntimeh_are_read_by_their_small_letters():
    report = read_book(write(unicode_to_tcvn3(TABLE.lower())), "households")
    assert [row[1] for row in records(report, KEYS)] == [row[1] for row in WANTED]


@pytest.mark.parametrize(
    ("text", "encoding", "more"),
    [("Nguyễn", "tcvn3", -1), ("Le Lai", "tcvn3", 0), (unicode_to_tcvn3("Nguyễn"), "tcvn3", 1),
     (unicode_to_vni("Nguyễn"), "vni", 1), ("Hòa", "tcvn3", 0)],
)  # fmt: skip
def test_a_text_says_what_it_was_typed_in(text, encoding, more):
    found = sign(text, encoding)
    assert (found > 0) - (found < 0) == more


def test_a_few_odd_words_do_not_make_a_file_legacy():
    assert encoding_of({"Trường Mầm non", "Café", "Lê Ý Nhi", "10 m²", "Müller", "Thôn 1"}) == "unicode"


@pytest.mark.parametrize("wide", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_in_utf_16_is_read_with_and_without_its_mark(wide):
    text = TABLE.replace("#", "").replace("|", "\t")
    assert records(read_book(text.encode(wide), "households"), KEYS) == WANTED
