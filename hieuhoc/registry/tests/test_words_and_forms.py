"""How details and histories read, and what the forms understand."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django import forms as django_forms
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.registry import forms, wording
from hieuhoc.registry.models import Model


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("members", 4, "4"), ("members", 0, "0"), ("members", None, ""), ("population", 1234, "1.234"),
        ("birth_date", "1959-11-21", "21/11/1959"), ("birth_date", "1959", "1959"), ("birth_date", "", ""),
        ("sex", "female", "Nữ"), ("sex", "khác", "khác"), ("group", 4, "Học sinh, sinh viên"), ("group", "9", "9"),
        ("address", "Nhóm 3", "Nhóm 3"), ("share_percent", 63.73, "63,73"),
    ],
)  # fmt: skip
def test_a_detail_reads_as_people_write_it(key, value, text):
    assert wording.shown(key, value) == text


def test_zero_is_said_and_what_is_not_known_is_not():
    lines = dict(wording.details_lines(Model.FAMILY, {"members": 0}))
    assert (lines["Số khẩu"], lines["Người lớn"]) == ("0", "")


@pytest.mark.parametrize("model", list(wording.TABS))
def test_every_model_has_words_for_all_its_pages(model):
    keys = {field.key for field in wording.FIELDS[model]}
    assert set(wording.LISTED[model]) <= keys
    assert wording.NAMES[model] and wording.ONE[model] and wording.TABS[model]
    assert all(wording.label_of(model, key) != key for key in [*keys, "name", "phone", "place"])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"name": "A", "details": {}}, {"name": "B", "details": {}}, ["Họ và tên chủ hộ: A → B"]),
        ({"details": {"members": 3}}, {"details": {"members": 4}}, ["Số khẩu: 3 → 4"]),
        ({"details": {}}, {"details": {"members": 0}}, ["Số khẩu: trống → 0"]),
        ({"details": {"members": 3}}, {"details": {}}, ["Số khẩu: 3 → trống"]),
        ({"code": "", "details": {}}, {"code": "IT-1", "details": {}}, ["Mã hộ: trống → IT-1"]),
        ({"details": {"clan_key": "a"}}, {"details": {"clan_key": "b"}}, []),
        (None, None, []),
    ],
)
def test_a_change_names_the_field_and_both_values(before, after, said):
    assert wording.changes(Model.FAMILY, before, after) == said


def test_looks_are_kept_out_of_the_history_and_unknown_acts_are_still_told():
    at = datetime(2026, 11, 21)
    entries = [
        SimpleNamespace(at=at, actor="Minh", verb=verb, before=None, after=None, reason="")
        for verb in ("registry.look", "registry.close", "registry.dance")
    ]
    assert [line.did for line in wording.said(Model.FAMILY, entries)] == ["Đóng", "registry.dance"]


def test_an_act_without_a_person_is_the_systems():
    entry = SimpleNamespace(at=None, actor=None, verb="registry.add", before=None, after=None, reason="")
    assert wording.said(Model.FAMILY, [entry])[0].who == "Hệ thống"


@pytest.mark.parametrize(
    ("typed", "count"), [("", None), ("  ", None), ("0", 0), ("4", 4), ("1.234", 1234), ("1 234", 1234), ("04", 4)]
)
def test_a_count_is_read_and_nothing_is_not_zero(typed, count):
    assert forms.CountField(required=False).clean(typed) == count


@pytest.mark.parametrize("typed", ["-1", "2,5", "bốn", "1e3", "10.000.001", "∞", "=1"])
def test_what_is_no_count_is_refused(typed):
    with pytest.raises(django_forms.ValidationError, match="số đếm"):
        forms.CountField(required=False).clean(typed)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("", None), ("1959", "1959"), ("21/11/1959", "1959-11-21"), ("1/2/1959", "1959-02-01"),
        ("21-11-1959", "1959-11-21"),
        ("21.11.1959", "1959-11-21"), ("1959-11-21", "1959-11-21"), (" 21/11/1959 ", "1959-11-21"),
    ],
)  # fmt: skip
def test_a_birth_is_a_day_or_a_year(typed, born):
    assert forms.BirthField(required=False).clean(typed) == born


@given(st.dates(date(1930, 1, 1), date(2025, 12, 31)))
def test_a_day_of_birth_is_typed_as_it_is_shown(born):
    field = forms.BirthField(required=False)
    shown = field.prepare_value(born.isoformat())
    assert shown == f"{born.day:02d}/{born.month:02d}/{born.year}" and field.clean(shown) == born.isoformat()


@given(st.text(max_size=30))
def test_no_text_breaks_a_field(text):
    for field in (forms.CountField, forms.BirthField, forms.PhoneField, forms.NumberField, forms.TidyField):
        try:
            field(required=False).clean(text)
        except django_forms.ValidationError as refused:
            assert refused.messages


@pytest.mark.parametrize(
    ("typed", "kept"), [("", ""), ("064079901204", "064079901204"), ("064 079 901 204", "064079901204")]
)
def test_a_citizen_number_is_twelve_digits(typed, kept):
    assert forms.NumberField(required=False).clean(typed) == kept


PLACES = {1: "Làng Ring"}


def test_what_the_form_does_not_show_stays_and_what_is_emptied_goes():
    form = forms.SubjectForm(
        Model.FAMILY, {"name": "Ksor Thu", "place": "1", "members": "", "adults": "2"}, places=PLACES
    )
    assert form.is_valid(), form.errors
    assert form.details({"members": 3, "adults": 1, "share_percent": 5}) == {"share_percent": 5, "adults": 2}


@pytest.mark.parametrize("model", list(wording.TABS))
def test_each_models_form_asks_what_is_needed_and_no_more(model):
    form = forms.SubjectForm(model, {"name": "Tên", "place": "1"}, places=PLACES)
    assert form.is_valid() and form.details() == {}
    assert [name for name, field in form.fields.items() if field.required] == ["name", "place"]
    assert "religion" not in form.fields and "ethnicity" not in form.fields and "cccd" not in form.fields


def test_a_group_is_kept_as_the_number_of_its_form():
    form = forms.SubjectForm(Model.CITIZEN, {"name": "Ksor", "place": "1", "group": "3", "sex": ""}, places=PLACES)
    assert form.is_valid() and form.details() == {"group": 3}


@pytest.mark.parametrize(("field", "value"), [("group", "9"), ("sex", "x"), ("place", "2"), ("place", "")])
def test_a_choice_that_is_none_is_refused(field, value):
    form = forms.SubjectForm(Model.CITIZEN, {"name": "Ksor", "place": "1"} | {field: value}, places=PLACES)
    assert not form.is_valid() and field in form.errors


def test_of_several_villages_none_is_taken_for_granted():
    form = forms.SubjectForm(Model.FAMILY, {"name": "Ksor Thu"}, places={1: "Làng Ring", 2: "Làng Phung"})
    assert form.fields["place"].choices[0] == ("", "Chọn thôn/làng")
    assert not form.is_valid() and form.errors["place"] == ["Cần ghi mục này."]
    assert len(forms.SubjectForm(Model.FAMILY, places=PLACES).fields["place"].choices) == 1
