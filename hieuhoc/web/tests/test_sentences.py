"""What a form says when it refuses is this product's Vietnamese, for every sentence of the framework it may show."""

import gettext
from pathlib import Path

import pytest
from django import forms
from django.utils.translation import override

FOLDER = Path(__file__).resolve().parents[1] / "locale" / "vi" / "LC_MESSAGES"
CHOICE = "Lựa chọn này không có trong danh sách; cần chọn lại."
SAID = [
    (forms.CharField(), "", "Cần ghi mục này."),
    (forms.CharField(max_length=5), "a" * 10_000, "Dài quá 5 ký tự; đang có 10000."),
    (forms.CharField(min_length=5), "a", "Cần ít nhất 5 ký tự; đang có 1."),
    (forms.CharField(), "a\x00b", "Có ký tự không đọc được; cần gõ lại."),
    (forms.IntegerField(), "12a", "Cần ghi một số nguyên, chỉ gồm chữ số."),
    (forms.IntegerField(min_value=0), "-1", "Cần là số từ 0 trở lên."),
    (forms.IntegerField(max_value=3), "4", "Cần là số không quá 3."),
    (forms.DecimalField(), "mười", "Cần ghi một số, ví dụ 12,5."),
    (forms.DecimalField(max_digits=3), "12345", "Số này nhiều hơn 3 chữ số."),
    (forms.DecimalField(decimal_places=1), "1.234", "Chỉ ghi đến 1 chữ số sau dấu phẩy."),
    (forms.DateField(), "31/02/2026", "Không có ngày này. Ghi ngày/tháng/năm, ví dụ 21/11/2026."),
    (forms.ChoiceField(choices=[("a", "b")]), "x", CHOICE),
    (forms.MultipleChoiceField(choices=[("a", "b")]), ["x"], CHOICE),
    (forms.EmailField(), "x", "Địa chỉ thư không đúng dạng ten@noi.vn."),
    (forms.FileField(), None, "Cần ghi mục này."),
]


@pytest.mark.parametrize(("field", "typed", "said"), SAID)
def test_a_refusal_is_said_in_plain_words(field, typed, said):
    with override("vi"), pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [said]


def test_the_compiled_sentences_are_those_written():
    """A change of the .po without `msgfmt` would change nothing on the screen."""
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = {key: said for key, said in gettext.GNUTranslations(file)._catalog.items() if key}
    written = (FOLDER / "django.po").read_text()
    assert len(compiled) > 20
    assert [said for said in compiled.values() if f'"{said}"' not in written] == []
    assert written.count("\nmsgid ") - 1 == len(compiled)
