"""Old typing is read back by the product's own reader, which was written apart from it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo import NOTICE
from demo.legacy import to_nfd, to_tcvn3, to_tones_apart, to_vni, without_marks
from demo.names import JRAI_FAMILIES, JRAI_GIVEN, KINH_FAMILIES, KINH_GIVEN, KINH_MIDDLE
from demo.villages import IA_TOR
from hieuhoc.common.legacy import guess_encoding, tcvn3_to_unicode, vni_to_unicode

WORDS = sorted(
    {
        *(word for table in (KINH_MIDDLE, KINH_GIVEN, JRAI_GIVEN) for words in table.values() for word in words),
        *KINH_FAMILIES,
        *JRAI_FAMILIES,
        *(village.name for village in IA_TOR),
        *("Thôn, làng", "Mã hộ", "Họ và tên chủ hộ", "Trẻ em đi học", "Xếp loại", "Chưa đạt", "Đạt", NOTICE),
    }
)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@given(texts)
def test_tcvn3_is_read_back_but_for_capitals_with_a_tone(text):
    assert tcvn3_to_unicode(to_tcvn3(text)).lower() == text.lower()


@given(texts)
def test_vni_is_read_back(text):
    assert vni_to_unicode(to_vni(text)) == text


@given(texts)
def test_vni_capitals_are_read_back(text):
    assert vni_to_unicode(to_vni(text.upper())) == text.upper()


@given(texts)
def test_both_unicode_forms_are_the_same_text(text):
    for typed in (to_nfd(text), to_tones_apart(text)):
        assert unicodedata.normalize("NFC", typed) == text


@given(texts)
def test_tones_apart_fit_windows_1258(text):
    assert to_tones_apart(text).encode("cp1258").decode("cp1258") == to_tones_apart(text)


@pytest.mark.parametrize(
    ("typing", "text", "typed"),
    [
        (to_tcvn3, "Nguyễn Văn Lộc", "NguyÔn V¨n Léc"),
        (to_tcvn3, "Đường liên xã, số nhà 42", "§\xad\xeang liªn x·, sè nhµ 42"),
        (to_tcvn3, "Bế Quốc Lình", "BÕ Quèc L×nh"),
        (to_vni, "Thôn Hòa Bình", "Thoân Hoøa Bình"),
        (to_vni, "BẢNG CHẤM ĐIỂM", "BAÛNG CHAÁM ÑIEÅM"),
        (to_vni, "Trưởng ban vận động", "Tröôûng ban vaän ñoäng"),
        (without_marks, "Thôn Hòa Bình", "Thon Hoa Binh"),
        (without_marks, "Làng Đồng Ó", "Lang Dong O"),
    ],
)
def test_typing_gives_what_the_old_fonts_needed(typing, text, typed):
    assert typing(text) == typed


def test_the_words_of_a_page_are_recognised_for_what_they_are():
    assert guess_encoding(WORDS) == "unicode"
    assert guess_encoding([to_tcvn3(word) for word in WORDS]) == "tcvn3"
    assert guess_encoding([to_vni(word) for word in WORDS]) == "vni"
