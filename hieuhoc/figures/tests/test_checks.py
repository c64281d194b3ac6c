"""The checks on figures: what each rule says of figures like those found in reports, and that right figures pass."""

from __future__ import annotations

import csv
import io
import json
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.figures import checks
from hieuhoc.figures.checks import table
from hieuhoc.figures.checks.rows import Row, kind_of, read_rows
from hieuhoc.figures.checks.sizes import Nothing, Units

PUBLISHED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "figures" / "published-figures.csv"
HEADER = "place,level,year,model,total,registered,recognised,share_percent"
A, B = "Huyện A, Tỉnh B", "Tỉnh B"


def found(*lines: str, header: str = HEADER, known=None) -> list[tuple[int, str]]:
    records = csv.DictReader(io.StringIO("\n".join((header, *lines))))
    return [(one.row, one.rule) for one in checks.check(read_rows(records), known)]


def message(*lines: str, header: str = HEADER) -> str:
    records = csv.DictReader(io.StringIO("\n".join((header, *lines))))
    (only,) = checks.check(read_rows(records))
    return only.message


# -- one row --------------------------------------------------------------------------------------------------------

ONE_ROW = {
    "M1 share does not match": ("B,district,2023,FAMILY,1847,,1385,70.48", ["share_mismatch"]),
    "M1 written as Vietnamese write": ('B,district,2023,FAMILY,1.847,,1.385,"70,48"', ["share_mismatch"]),
    "the right share": ("B,district,2023,FAMILY,1847,,1385,74.99", []),
    "of registered ones only, as printed": ("B,hamlet,2015,FAMILY,,108,101,93.5", []),
    "of registered ones only, wrong": ("B,hamlet,2015,FAMILY,,108,101,95.5", ["share_mismatch"]),
    "registrations of all": ("B,district,2014,FAMILY,26516,807,,3.04", []),
    "M2 more recognised than registered": ("B,district,2023,COMMUNITY,,74,91,", ["recognised_over_registered"]),
    "as many recognised as registered": ("B,district,2023,COMMUNITY,,74,74,", []),
    "M4 the share is of registered ones": ("B,district,2023,FAMILY,12000,9000,6450,71.67", ["wrong_denominator"]),
    "M5 rounded up to the target": ("B,district,2023,FAMILY,27593,,22038,80", ["rounded_across_target"]),
    "M5 with zeros": ("B,district,2023,FAMILY,100000,,79996,80.00", ["rounded_across_target"]),
    "nearly is said, so it is not rounded": ("B,district,2023,FAMILY,27593,,22038,gần 80", []),
    "exactly the target": ("B,district,2023,FAMILY,1000,,800,80", []),
    "rounded, no mark crossed": ("B,district,2023,FAMILY,140,,129,92", []),
    "M6 cut instead of rounded": ("B,district,2023,FAMILY,100000,,57589,57.58", []),
    "M7 cut": ("B,district,2020,COMMUNITY,78,,66,84.61", []),
    "rounded": ("B,district,2020,COMMUNITY,78,,66,84.62", []),
    "one too many": ("B,district,2020,COMMUNITY,78,,66,84.63", ["share_mismatch"]),
    "above 100": ("B,district,2020,COMMUNITY,,,,104", ["implausible"]),
    "more than there are": ("B,district,2020,COMMUNITY,78,,90,", ["implausible"]),
    "more registered than there are": ("B,district,2020,FAMILY,780,800,,", ["implausible"]),
    "nothing but a share": ("B,district,2020,FAMILY,,,,83", []),
    "zero is a number": ("B,district,2020,CLAN,12,,0,0", []),
    "nobody to count": ("B,district,2020,CLAN,0,0,0,", []),
    "a cell nobody can read": ("B,district,2020,CLAN,1o2,,12,", ["implausible"]),
    "a year that cannot be": ("B,district,2105,CLAN,,,12,", ["implausible"]),
}


@pytest.mark.parametrize(("line", "rules"), ONE_ROW.values(), ids=ONE_ROW)
def test_a_row_alone(line, rules):
    assert found(line) == [(2, rule) for rule in rules]


def test_a_share_of_registered_ones_is_checked_against_them():
    header = HEADER + ",share_of"
    assert found("B,district,2023,FAMILY,12000,9000,6450,71.67,registered", header=header) == []
    wrong = found("B,district,2023,FAMILY,12000,9000,6450,53.75,registered", header=header)
    assert wrong == [(2, "wrong_denominator")]


def test_a_target_in_the_file_is_a_mark_even_when_it_is_no_multiple_of_five():
    header = HEADER + ",target"
    assert found("B,district,2023,ORGANISATION,1000,,728,73,73", header=header) == [(2, "rounded_across_target")]
    assert found("B,district,2023,ORGANISATION,1000,,728,73,75", header=header) == []


@pytest.mark.parametrize("word", ["hơn", "trên"])
def test_a_word_before_the_number_stays_with_it(word):
    assert found(f"B,district,2023,FAMILY,1000,,836,{word} 83") == []
    assert found(f"B,district,2023,FAMILY,1000,,820,{word} 83") == [(2, "share_mismatch")]


def test_the_word_may_stand_in_the_note():
    header = HEADER + ",note"
    assert found("B,commune,2017,MEMBER,4500,,1048,24,'nearly 24%' of the people", header=header) == []
    assert found("B,commune,2017,MEMBER,4500,,1048,24,", header=header) == [(2, "share_mismatch")]


def test_sentences_name_counts_share_and_mark():
    assert message("B,district,2023,FAMILY,1847,,1385,70.48") == (
        "1.385/1.847 là 74,99 %, in là 70,48 %: tỷ lệ không khớp với số đếm."
    )
    assert "chưa đạt mức 80 %" in message("B,district,2023,FAMILY,27593,,22038,80")
    assert "trên tổng số là 53,75 %" in message("B,district,2023,FAMILY,12000,9000,6450,71.67")


@given(of=st.integers(1, 10**7), data=st.data(), digits=st.integers(0, 3), cut=st.booleans())
def test_a_share_rounded_or_cut_is_never_a_mismatch(of, data, digits, cut):
    count = data.draw(st.integers(0, of))
    exact = Decimal(count) * 100 / of
    shown = exact.quantize(Decimal(1).scaleb(-digits), ROUND_FLOOR if cut else ROUND_HALF_UP)
    said = found(f"B,district,2023,FAMILY,{of},,{count},{shown}")
    assert said in ([], [(2, "rounded_across_target")])
    if cut or shown <= exact:
        assert said == []


@given(of=st.integers(100, 10**6), data=st.data())
def test_a_share_off_by_two_points_is_always_a_mismatch(of, data):
    count = data.draw(st.integers(of // 20, of - of // 20))
    shown = (Decimal(count) * 100 / of + data.draw(st.sampled_from((-2, 2)))).quantize(Decimal("0.01"))
    assert (2, "share_mismatch") in found(f"B,district,2023,FAMILY,{of},,{count},{shown}")


# -- two years ------------------------------------------------------------------------------------------------------

TWO_YEARS = {
    "M8 implied households fall": (
        "B,district,2017,FAMILY,,,8200,22.78", "B,district,2021,FAMILY,,,26889,88.26", ["denominator_changed"],
    ),
    "households grow as people do": (
        "B,district,2022,FAMILY,30000,,21000,", "B,district,2023,FAMILY,30450,,22000,", [],
    ),
    "households fall in a year": (
        "B,district,2022,FAMILY,30000,,21000,", "B,district,2023,FAMILY,28000,,21500,", ["denominator_changed"],
    ),
    "M14 more members and a larger share": (
        "B,commune,2023,MEMBER,,,4000,17.21", "B,commune,2024,MEMBER,,,4010,18.53", ["denominator_changed"],
    ),
    "ranges of rounded shares touch": (
        "B,district,2022,CLAN,,,331,49", "B,district,2023,CLAN,,,335,50", [],
    ),
    "M9 a break": ("B,district,2022,CLAN,,,497,", "B,district,2024,CLAN,,,160,", ["series_break"]),
    "a break of the total": ("B,district,2022,CLAN,497,,100,", "B,district,2024,CLAN,160,,100,", ["series_break"]),
    "a young programme grows": ("B,district,2023,CITIZEN,,,1000,", "B,district,2024,CITIZEN,,,4000,", []),
    "a slip of a digit": ("B,district,2023,CITIZEN,,,1000,", "B,district,2024,CITIZEN,,,10040,", ["series_break"]),
    "few may halve": ("B,district,2023,CLAN,,,9,", "B,district,2024,CLAN,,,3,", []),
    "M16 new criteria": (
        "B,province,2020,FAMILY,,,,75", "B,province,2023,FAMILY,,,,65.6", ["criteria_changed"],
    ),
    "a rise over new criteria": ("B,province,2020,FAMILY,,,,65", "B,province,2023,FAMILY,,,,75.6", []),
    "M17 another title": (
        "B,province,2016,Gia đình hiếu học,,,600000,", "B,province,2018,Gia đình học tập,,,327000,",
        ["criteria_changed"],
    ),
    "a break explained by new criteria is labelled": (
        "B,province,2021,CLAN,,,497,", "B,province,2022,CLAN,,,160,", ["criteria_changed"],
    ),
    "a fall under the same criteria is a figure": (
        "B,province,2023,FAMILY,,,,75.4", "B,province,2024,FAMILY,,,,71.6", [],
    ),
    "M15 a large count again": ("B,district,2023,FAMILY,,,8613,", "B,district,2025,FAMILY,,,8613,", ["stale"]),
    "all of few again": ("B,district,2023,COMMUNE,14,,14,100", "B,district,2024,COMMUNE,14,,14,100", []),
    "a round share again": ("B,district,2023,CLAN,,,,80", "B,district,2024,CLAN,,,,80", []),
    "the target over years": ("B,district,2018,FAMILY,,,8613,", "B,district,2023,FAMILY,,,8613,", []),
    "other people": (
        "B,province,2023,Công dân học tập - nông dân,,,,43.4", "B,province,2024,Công dân học tập - công nhân,,,,64.7",
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "rules"), TWO_YEARS.values(), ids=TWO_YEARS)
def test_two_years_of_a_series(before, after, rules):
    assert found(before, after) == [(3, rule) for rule in rules]
    assert found(after, before) == [(2, rule) for rule in rules], "the order of the rows does not matter"


def test_a_whole_year_repeated_is_stale():
    first = [
        f"B,province,2022,{model},,,,{share}" for model, share in (("FAMILY", 86), ("CLAN", 86), ("COMMUNITY", 97))
    ]
    again = [line.replace("2022", "2024") for line in first]
    assert found(*first, *again) == [(5, "stale"), (6, "stale"), (7, "stale")]
    again[0] = again[0].replace("86", "88")
    assert found(*first, *again) == []


def test_over_a_change_of_territory_years_are_not_compared():
    before, after = "B,province,2024,FAMILY,400000,,300000,", "B,province,2026,FAMILY,190000,,100000,"
    assert found(before, after) == []

    class SameTerritory(Nothing):
        def changed(self, before: Row, after: Row) -> bool:
            return False

    assert found(before, after, known=SameTerritory()) == [(3, "series_break")]


# -- beside others --------------------------------------------------------------------------------------------------


def test_as_many_clans_as_families_is_not_believed():
    families, clans = "B,province,2017,FAMILY,,,170957,", "B,province,2017,CLAN,,,119127,"
    assert found(families, clans) == [(3, "implausible")]
    assert found(families, clans.replace("119127", "3127")) == []
    assert found(families, clans.replace("B,", "C,")) == [], "another place"
    assert found("B,hamlet,2017,FAMILY,,,50,", "B,hamlet,2017,CLAN,,,12,") == [], "a hamlet"


class Sixty(Nothing):
    """A place of sixty communes."""

    def __init__(self, *, exact: bool):
        self.units = Units(60, exact, "60")

    def communes(self, row: Row) -> Units | None:
        return self.units


def test_no_more_communes_than_there_are():
    line = "B,province,2026,Cộng đồng học tập (xã),{},,,"
    assert found(line.format(61), known=Sixty(exact=True)) == [(2, "more_than_units")]
    assert found(line.format(60), known=Sixty(exact=True)) == []
    assert found(line.format(75), known=Sixty(exact=False)) == [], "older years had more"
    assert found(line.format(76), known=Sixty(exact=False)) == [(2, "more_than_units")]
    assert found(line.format(76).replace("xã", "thôn"), known=Sixty(exact=True)) == [], "villages are in no catalogue"
    assert found(line.format(61)) == [], "an unknown place"


KINDS = {
    "Cộng đồng học tập (thôn, TDP)": "COMMUNITY",
    "Cộng đồng học tập (xã)": "COMMUNE",
    "Cộng đồng học tập ('xã, phường, thị trấn')": "COMMUNE",
    "Cộng đồng học tập cấp xã": "COMMUNE",
    "Dòng họ hiếu học": "CLAN",
    "Đơn vị học tập (cấp xã)": "ORGANISATION",
    "Công dân học tập - công nhân": "CITIZEN",
    "CLB 'Gia đình học tập'": "",
    "(hội viên khuyến học)": "MEMBER",
    "Hội khuyến học cấp xã": "COMMUNE_ASSOCIATION",
    "GĐHT": "FAMILY",
    "CĐHT": "COMMUNITY",
    "CDHT": "CITIZEN",
    "clan": "CLAN",
    "Trung tâm VHTT-HTCĐ xếp loại tốt": "",
}


@pytest.mark.parametrize(("words", "kind"), KINDS.items())
def test_models_in_words(words, kind):
    assert kind_of(words) == kind


# -- the command ----------------------------------------------------------------------------------------------------


def command(capsys, path: Path, *words: str) -> tuple[int, dict]:
    with pytest.raises(SystemExit) as ended:
        call_command("figures", "check", str(path), "--json", *words)
    return ended.value.code, json.loads(capsys.readouterr().out)


@pytest.mark.django_db
def test_the_command_says_row_rule_and_sentence(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\n\nB,district,2023,FAMILY,1847,,1385,70.48\n", encoding="utf-8-sig")
    code, said = command(capsys, path)
    assert (code, said["figures"]) == (1, 1)
    assert [(one["row"], one["rule"]) for one in said["findings"]] == [(3, "share_mismatch")], "an empty line counts"
    path.write_text(f"{HEADER}\nB,district,2023,FAMILY,1847,,1385,74.98\n")
    assert command(capsys, path) == (0, {"figures": 1, "findings": []})


@pytest.mark.django_db
def test_vietnamese_headings_semicolons_and_other_encodings(tmp_path, capsys):
    path = tmp_path / "a.csv"
    text = "Địa phương;Cấp;Năm;Mô hình;Tổng số;Số đăng ký;Số được công nhận;Tỷ lệ %\n"
    text += "Huyện A;huyện;2023;Gia đình học tập;1.847;;1.385;70,48\n"
    for encoding in ("utf-8", "utf-16"):
        path.write_bytes(text.encode(encoding))
        assert [one["rule"] for one in command(capsys, path)[1]["findings"]] == ["share_mismatch"]


BAD = {"empty": b"", "missing_columns": b"a,b,c\n1,2,3\n", "not_a_table": b"PK\x03\x04\x00\x00\x00"}


@pytest.mark.parametrize(("code", "data"), BAD.items())
def test_a_file_that_is_no_table_gets_one_sentence(tmp_path, capsys, code, data):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    ended, said = command(capsys, path)
    assert (ended, said["refused"]["code"]) == (1, code)
    assert said["refused"]["message"].endswith(".")


def test_every_rule_has_title_and_help():
    names = [rule.name for rule in checks.RULES]
    assert len(set(names)) == len(names) == 10
    assert all(rule.title and rule.help.endswith(".") for rule in checks.RULES)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="published figures are not beside the checkout")
def test_published_figures_give_what_their_notes_say():
    rows = table.read(PUBLISHED)
    assert len(rows) == 136
    said = {(one.row, one.rule) for one in checks.check(rows)}
    assert said == {
        (5, "denominator_changed"), (7, "denominator_changed"), (14, "implausible"), (104, "criteria_changed"),
        (109, "criteria_changed"), (110, "criteria_changed"), (112, "criteria_changed"),
    }  # fmt: skip
