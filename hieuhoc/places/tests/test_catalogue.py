"""Which versions are one unit: only what alone and whole became the other (domain §7)."""

from collections import Counter

import pytest

from hieuhoc.places import catalogue

REFORM = "2025-07-01"


@pytest.fixture(scope="module")
def shipped():
    return catalogue.read()


def life(shipped, key):
    return [(one.code, one.name) for one in shipped.versions if one.key == key]


@pytest.mark.parametrize(
    ("key", "versions"),
    [
        ("province:14:", [("14", "Tỉnh Sơn La"), ("14", "Tỉnh Sơn La")]),
        ("province:06:", [("06", "Tỉnh Bắc Kạn")]),
        ("province:52:", [("52", "Tỉnh Bình Định")]),
        (f"province:52:{REFORM}", [("52", "Tỉnh Gia Lai")]),
        (f"province:75:{REFORM}", [("75", "Tỉnh Đồng Nai"), ("75", "Thành phố Đồng Nai")]),
        ("province:22:", [("22", "Tỉnh Quảng Ninh"), ("22", "Tỉnh Quảng Ninh"), ("22", "Thành phố Quảng Ninh")]),
        ("commune:24235:", [("24235", "Xã Krông Na"), ("24235", "Xã Buôn Đôn")]),
        ("commune:23908:", [("23908", "Xã Ia Tôr")]),
        (f"commune:23908:{REFORM}", [("23908", "Xã Ia Tôr")]),
        ("district:536:", [("536", "Huyện Lý Sơn")]),
        (f"commune:21548:{REFORM}", [("21548", "Đặc khu Lý Sơn")]),
    ],
)
def test_the_life_of_a_unit(shipped, key, versions):
    assert life(shipped, key) == versions


def test_the_counts(shipped):
    assert len(shipped.versions) == 14_175  # the nation and 14,174 of the two files
    assert Counter(one.kind for one in shipped.successions) == {"merge": 9_514, "split": 972, "continue": 5}


def test_no_succession_leads_from_a_unit_to_itself(shipped):
    assert not [one for one in shipped.successions if one.old_key == one.new_key]


def test_a_reused_code_is_another_unit(shipped):
    """52 was Bình Định and is Gia Lai; the old Gia Lai was 64: all three are apart."""
    passed = {one.old_key: one.new_key for one in shipped.successions if one.new_key == f"province:52:{REFORM}"}
    assert set(passed) == {"province:52:", "province:64:"}


def unit(level, code, first, last="", parent="", name="Xã Xa"):
    return {"level": level, "code": code, "name": name, "kind": name.split()[0].lower(), "parent": parent,
            "valid_from": first, "valid_to": last, "decree": ""}  # fmt: skip


def edge(old, new, kind, day="2027-01-01", level="province"):
    return {"level": level, "old": old, "new_level": level, "new": new, "day": day, "kind": kind,
            "whole": "1", "default": "1", "decree": ""}  # fmt: skip


def test_a_new_code_does_not_make_a_new_unit():
    rows = [
        unit("province", "01", "", "2026-12-31", name="Tỉnh A"),
        unit("province", "02", "2027-01-01", name="Tỉnh A"),
    ]
    made = catalogue.assemble(rows, [edge("01", "02", "continue")])
    assert [one.key for one in made.versions[1:]] == ["province:01:", "province:01:"]
    assert made.successions == []


def test_the_same_code_after_a_gap_is_a_new_unit():
    rows = [
        unit("province", "01", "", "2025-12-31", name="Tỉnh A"),
        unit("province", "01", "2027-01-01", name="Tỉnh B"),
    ]
    assert len({one.key for one in catalogue.assemble(rows, []).versions}) == 3


def test_an_unknown_parent_is_an_error():
    with pytest.raises(ValueError, match="not known"):
        catalogue.assemble([unit("district", "001", "", parent="77", name="Huyện A")], [])
