"""Vietnamese text: the keys of the house, and legacy encodings there and back."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.common import legacy, text

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
NAMES = ["Nguyễn Văn Hòa", "Kpuih H'Blưng", "Đặng Tòn Vạng", "Trần Thị Thuý", "Lò Thị Ơn", "Rơ Châm Hlơi"]
syllables = st.text(LETTERS + LETTERS.upper(), min_size=1, max_size=6)
small_syllables = st.text(LETTERS, min_size=1, max_size=6)
sentences = st.lists(syllables, min_size=1, max_size=6).map(" ".join)


@given(sentences)
def test_decomposed_text_comes_back_composed(sentence):
    assert text.nfc(unicodedata.normalize("NFD", sentence)) == sentence


@given(st.lists(small_syllables, min_size=1, max_size=6).map(" ".join))
def test_tcvn3_there_and_back(sentence):
    assert legacy.tcvn3_to_unicode(legacy.unicode_to_tcvn3(sentence)) == sentence


@given(sentences)
def test_vni_letters_there_and_back(sentence):
    # ê after a is also the breve of VNI: sequences no Vietnamese word holds are left out letter by letter.
    for word in sentence:
        assert legacy.vni_to_unicode(legacy.unicode_to_vni(word)) == word


@pytest.mark.parametrize("name", NAMES + ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Tỷ lệ hộ đăng ký", "ẳ ẵ Ẳ ỵ Ỵ"])
def test_vni_names_there_and_back(name):
    assert legacy.vni_to_unicode(legacy.unicode_to_vni(name)) == name


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("hä vµ tªn chñ hé", "họ và tên chủ hộ"),
        ("NguyÔn V¨n Léc", "Nguyễn Văn Lộc"),
        ("Bl\xadi", "Blưi"),
        ("§Æng V¨n NghÜa", "Đặng Văn Nghĩa"),
        ("¥n", "Ơn"),
    ],
)
def test_tcvn3_as_found_in_files(typed, read):
    assert legacy.tcvn3_to_unicode(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Hoï vaø teân chuû hoä", "Họ và tên chủ hộ"),
        ("ÑAËNG CHOØI QUYEÂN", "ĐẶNG CHÒI QUYÊN"),
        ("Thò Kim Höôøng", "Thị Kim Hường"),
        ("Lò Vaên OÛm".replace("Lò", "Loø"), "Lò Văn Ỏm"),
        ("Oûm", "Ỏm"),
    ],
)
def test_vni_as_found_in_files(typed, read):
    assert legacy.vni_to_unicode(typed) == read


@pytest.mark.parametrize(
    ("texts", "encoding"),
    [
        (["Danh sách hộ gia đình", "Nguyễn Văn Hòa"], "unicode"),
        (["danh s¸ch hé gia ®×nh", "NguyÔn V¨n Léc"], "tcvn3"),
        (["BAÛNG CHAÁM ÑIEÅM GIA ÑÌNH", "Hoï vaø teân"], "vni"),
        (["STT", "Kpuih Thuy", "12"], "unicode"),
        ([], "unicode"),
        ([unicodedata.normalize("NFD", "Dòng họ học tập")], "unicode"),
        (["Lò Thanh", "Vì Phúc"], "unicode"),
    ],
)
def test_encoding_is_told_by_what_reads_as_vietnamese(texts, encoding):
    assert legacy.guess_encoding(texts) == encoding


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))
def test_encoding_of_any_few_names_is_found(names):
    names.append("Võ Hữu Lộc")
    assert legacy.guess_encoding(names) == "unicode"
    assert legacy.guess_encoding(map(legacy.unicode_to_tcvn3, names)) == "tcvn3"
    assert legacy.guess_encoding(map(legacy.unicode_to_vni, names)) == "vni"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Hoà", "Hòa", True),
        ("THUÝ", "Thúy", True),
        ("H’Klưi", "H'Klưi", True),
        ("Nguyễn  Văn\u00a0A", "nguyễn văn a", True),
        ("Hoa", "Hòa", False),
        ("Hoán", "Hoàn", False),
        ("Ia Băng", "Ia Bang", False),
        ("Hoà Bình", "Hòa Bình", True),
        ("Quý", "Qúy", True),
        ("Trần Thị Thuý", "Trần Thị Thùy", False),
        ("Đào", "Dào", False),
    ],
)
def test_one_name_or_two(a, b, same):
    assert text.same_name(a, b) is same


@given(sentences, st.sampled_from([str.upper, str.lower, lambda s: unicodedata.normalize("NFD", s)]))
def test_case_and_composition_do_not_make_another_name(sentence, change):
    assert text.same_name(sentence, change(sentence))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Đặng Thị  Hòa", "dang thi hoa"),
        ("H’Klưi", "hklui"),
        (unicodedata.normalize("NFD", "ĐƯỜNG"), "duong"),
        ("a\u200bb", "ab"),
    ],
)
def test_search_key_has_no_diacritics(typed, key):
    assert text.fold(typed) == key


def test_people_are_listed_by_given_name():
    ordered = [
        "Lê An",
        "Bùi Văn Ân",
        "Trần Bình",
        "Vũ Dũng",
        "Lò Đạt",
        "Siu H'Lim",
        "Nguyễn Hoa",
        "Bùi Hòa",
        "Bùi Lê Hòa",
        "Đỗ Hoàn",
        "Lê Ly",
        "Lê Oanh",
        "Lê Ôn",
        "Lê Ơn",
        "Ma Uy",
        "Ma Ưng",
        "Thôn 2",
        "Thôn 10",
    ]
    ordered = ordered[-2:] + ordered[:-2]
    shuffled = random.Random(387).sample(ordered, len(ordered))
    assert sorted(shuffled, key=text.sort_key) == ordered


@given(sentences)
def test_sort_key_is_plain_ascii(sentence):
    assert text.sort_key(sentence).isascii()


@pytest.mark.parametrize("name", ["Tổ ¹", "²", "Khu ③"])
def test_raised_and_circled_numbers_have_a_sort_key(name):
    assert text.sort_key(name).isascii()
