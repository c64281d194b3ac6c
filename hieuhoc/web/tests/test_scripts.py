"""What the modules do in Chromium: toasts, errors, confirmation, dialogs, drop zone, filters, cards."""

import pytest
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django_cotton.compiler_regex import CottonCompiler

from tests.browser import chromium, visit  # noqa: F401

PAGE = """{% extends "web/base.html" %}{% load static %}
{% block scripts %}<script src="{% static 'web/js/drop.js' %}" type="module"></script>
<script src="{% static 'web/js/filter.js' %}" type="module"></script>{% endblock %}
{% block content %}<h1>Thử</h1>
<div id="cho">chờ</div>
<button hx-post="/luu/" hx-target="#cho" type="button">Lưu</button>
<button hx-post="/cam/" hx-target="#cho" type="button">Cấm</button>
<button hx-post="/sai/" hx-target="#cho" type="button">Sai</button>
<button hx-post="/di/" hx-target="#cho" type="button">Đi</button>
<button hx-post="/luu/" hx-target="#cho" hx-confirm="Gộp hai hộ?" type="button">Gộp</button>
<button type="button" data-open="hoi">Thu hồi</button>
<c-confirm id="hoi" title="Thu hồi?" action="/luu/" button="Thu hồi ngay"><p>Không hoàn tác được.</p></c-confirm>
<form><c-drop max_mb="1" /></form>
<c-search name="q" data-narrow="#bang" />
<div id="bang"><c-table label="Tên" cards="1"><thead><tr><th>Tên</th><th>Thôn</th></tr></thead>
<tbody><tr><td>Rơ Châm Đôi</td><td>Làng Ring</td></tr>
<tr><td>Nguyễn Văn An</td><td>Làng Phung</td></tr></tbody></c-table></div>
{% endblock %}"""


def page_(request: HttpRequest) -> HttpResponse:
    source = CottonCompiler().process(PAGE)
    return HttpResponse(engines["django"].from_string(source).render({}, request))


def save(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Đã lưu", extra_tags="undo:/hoan-tac/")
    return HttpResponse("đã lưu")


def undo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<h1>hoàn tác bằng {request.method}</h1>")


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Đợt xét đã khóa.")


def wrong(request: HttpRequest) -> HttpResponse:
    return HttpResponse("thiếu họ tên", status=422)


urlpatterns = [
    path("thu/", page_),
    path("luu/", save),
    path("hoan-tac/", undo),
    path("cam/", forbid),
    path("sai/", wrong),
    path("di/", lambda request: redirect("/hoan-tac/")),
    path("", include("hieuhoc.config.urls")),
]
pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]


@pytest.fixture
def page(world, visit):  # noqa: F811
    return visit("/thu/", as_=world.minh)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_an_answer_is_swapped_in_and_its_message_can_be_undone(page):
    press(page, "Lưu")
    page.locator("#cho", has_text="đã lưu").wait_for()
    page.locator(".hh-toast", has_text="Đã lưu").wait_for()
    press(page, "Hoàn tác")
    page.locator("h1", has_text="hoàn tác bằng POST").wait_for()


def test_a_refusal_is_said_and_swaps_nothing(page):
    press(page, "Cấm")
    page.locator(".hh-toast.is-bad", has_text="Đợt xét đã khóa.").wait_for()
    assert page.locator("#cho").text_content() == "chờ"


def test_a_form_with_errors_is_swapped_in_without_a_toast(page):
    press(page, "Sai")
    page.locator("#cho", has_text="thiếu họ tên").wait_for()
    assert page.locator(".hh-toast").count() == 0


def test_a_redirect_moves_the_page(page):
    press(page, "Đi")
    page.wait_for_url("**/hoan-tac/")


def test_no_network_is_said(page):
    page.context.set_offline(True)
    press(page, "Lưu")
    page.locator(".hh-toast.is-bad", has_text="Máy chủ không trả lời").wait_for()
    page.context.set_offline(False)


@pytest.mark.parametrize(("answer", "result"), [("Tiếp tục", "đã lưu"), ("Thôi", "chờ")])
def test_asked_first_in_our_own_dialog(page, answer, result):
    press(page, "Gộp")
    dialog = page.locator("#hoi-lai")
    assert "Gộp hai hộ?" in dialog.text_content()
    dialog.get_by_role("button", name=answer, exact=True).click()
    page.locator("#cho", has_text=result).wait_for()
    assert not dialog.is_visible()


def test_a_dialog_opens_by_keyboard_and_closes_with_escape(page):
    button = page.get_by_role("button", name="Thu hồi", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("#hoi").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#hoi").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Thu hồi"


def test_a_file_too_large_is_said_at_once(page):
    big = {"name": "to.xlsx", "mimeType": "application/octet-stream", "buffer": b"0" * 1_200_000}
    page.locator("input[type=file]").set_input_files(files=[big])
    assert "to.xlsx (1,1 MB)" in page.locator(".hh-drop-files").text_content()
    assert "lớn hơn 1 MB" in page.evaluate("document.querySelector('input[type=file]').validationMessage")


@pytest.mark.parametrize(("typed", "left"), [("doi", 1), ("lang r", 1), ("NGUYEN an", 1), ("zz", 0), ("", 2)])
def test_a_list_is_narrowed_without_marks(page, typed, left):
    page.locator("input[type=search]").fill(typed)
    assert page.locator("#bang tbody tr:visible").count() == left


def test_the_slash_key_goes_to_the_search(page):
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_row_is_a_card_with_the_words_of_its_columns(world, visit):  # noqa: F811
    page = visit("/thu/", as_=world.minh, width=360)
    assert page.locator("td").nth(1).get_attribute("data-label") == "Thôn"
    assert page.evaluate("getComputedStyle(document.querySelector('#bang tr:last-child')).display") == "block"


def test_printing_shows_the_content_and_not_the_frame(page):
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator(".hh-top").is_visible()
    assert not page.locator(".hh-side").is_visible()


def test_reduced_motion_is_honoured(page):
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate("getComputedStyle(document.querySelector('#dang-tai')).animationIterationCount")
    assert moving == "1"
