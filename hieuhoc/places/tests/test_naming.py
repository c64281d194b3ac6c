"""Names as values: keys, kinds, and reading what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.places import naming
from hieuhoc.places.catalogue import read


@pytest.mark.parametrize(
    ("name", "kind", "bare", "inside"),
    [
        ("Xã Ia Tôr", "xã", "Ia Tôr", "xã Ia Tôr"),
        ("Thành phố Hồ Chí Minh", "thành phố", "Hồ Chí Minh", "thành phố Hồ Chí Minh"),
        ("Đặc khu Lý Sơn", "đặc khu", "Lý Sơn", "đặc khu Lý Sơn"),
        ("Thôn 1", "thôn", "1", "thôn 1"),
        ("Việt Nam", "nước", "Việt Nam", "Việt Nam"),
    ],
)
def test_a_name_with_and_without_its_kind(name, kind, bare, inside):
    assert (naming.bare(name, kind), naming.in_sentence(name, kind)) == (bare, inside)


@pytest.mark.parametrize("typed", ["1", "thôn 1", "Thôn 1", " THÔN  1 "])
def test_a_full_name_however_it_is_typed(typed):
    assert naming.full(typed, "thôn") == "Thôn 1"


@pytest.mark.parametrize(
    ("name", "level", "kind"),
    [
        ("Tổ dân phố 3", "village", "tổ dân phố"),
        ("tổ 3", "village", "tổ"),
        ("Khu dân cư số 2", "village", "khu dân cư"),
        ("Khu vườn", "village", "khu"),
        ("Thônang", "village", ""),
        ("Thị trấn Ea Kar", "commune", "thị trấn"),
        ("Ia Tôr", "commune", ""),
    ],
)
def test_the_kind_is_the_longest_that_fits(name, level, kind):
    assert naming.kind_of(name, level) == kind


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Tỉnh Bà Rịa - Vũng Tàu", "tinh ba ria vung tau"),
        ("Xã Ea H’Leo", "xa ea hleo"),
        ("Xã Ea H'leo", "xa ea hleo"),
        ("Xã Hoà Bình", "xa hoa binh"),
        ("Xã Hòa Bình", "xa hoa binh"),
        ("Đắk Lắk", "dak lak"),
    ],
)
def test_the_search_key(name, key):
    assert naming.search_key(name) == key


def test_villages_are_ordered_by_number_and_in_vietnamese():
    names = [("Thôn 10", "thôn"), ("Làng Ring", "làng"), ("Thôn 2", "thôn"), ("Thôn Đoàn Kết", "thôn"),
             ("Thôn Dun", "thôn"), ("Thôn 1", "thôn")]  # fmt: skip
    ordered = [name for name, _ in sorted(names, key=lambda one: naming.sort_key(*one))]
    assert ordered == ["Thôn 1", "Thôn 2", "Thôn 10", "Thôn Dun", "Thôn Đoàn Kết", "Làng Ring"]


@pytest.mark.parametrize(
    ("typed", "key", "above"),
    [
        ("ia bang", "ia bang", ()),
        ("xã Ia Tôr, Gia Lai", "xa ia tor", ("gia lai",)),
        ("Ia Băng, Chư Prông, Gia Lai", "ia bang", ("chu prong", "gia lai")),
        ("TP Huế", "thanh pho hue", ()),
        ("tp.hcm", "thanh pho hcm", ()),
        ("P. 1, Q. 3", "phuong 1", ("quan 3",)),
        ("TT Ea Kar", "thi tran ea kar", ()),
        ("H Leo", "h leo", ()),
        ("T.Gia Lai", "tinh gia lai", ()),
        (" , ", "", ()),
    ],
)
def test_what_is_typed_is_read(typed, key, above):
    query = naming.read_query(typed)
    assert (query.key, query.above) == (key, above)


@given(st.text())
def test_no_typed_text_breaks_the_reading(typed):
    query = naming.read_query(typed)
    assert all(key == " ".join(key.split()) and key.isascii() for key in (query.key, *query.above))


def test_every_name_of_the_catalogue_begins_with_its_kind():
    odd = [one.name for one in read().versions if one.level != "nation" and naming.bare(one.name, one.kind) == one.name]
    assert odd == []
