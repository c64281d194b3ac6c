"""The product's addresses and a page with every component, for the tests of the components."""

from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django_cotton.compiler_regex import CottonCompiler

from hieuhoc.dossiers.models import State

GALLERY = Path(__file__).with_name("gallery.html")


class Household(forms.Form):
    """A form with each kind of control."""

    name = forms.CharField(label="Họ và tên chủ hộ")
    members = forms.IntegerField(label="Số khẩu", help_text="Số người có tên trong sổ hộ khẩu", min_value=1)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    area = forms.ChoiceField(
        label="Khu vực", choices=[("general", "Chung"), ("hard", "Khó khăn")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="Hộ tự nguyện đăng ký")


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component once."""
    messages.success(request, "Đã nhập 2.612 hộ", extra_tags="undo:/hoan-tac/")
    context = {
        "crumbs": [("Đợt 2026", "#"), ("Hồ sơ", "#")],
        "options": State.choices,
        "states": State.choices,
        "none": None,
        "page": Paginator(range(950), 50).page(int(request.GET.get("trang", 4))),
        "form": Household({"members": "0", "note": ""}),
    }
    source = CottonCompiler().process(GALLERY.read_text())
    return HttpResponse(engines["django"].from_string(source).render(context, request))


urlpatterns = [path("thanh-phan/", gallery), path("", include("hieuhoc.config.urls"))]
