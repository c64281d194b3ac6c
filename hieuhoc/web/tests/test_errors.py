"""Errors in plain words: what happened, what is kept, what to do; a problem for scripts."""

import json
import logging

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse
from django.template import loader
from django.test import Client
from django.urls import path

from hieuhoc.config.urls import urlpatterns as rooms
from hieuhoc.web import errors


def _raise(error):
    def view(request):
        raise error

    return view


def _too_big(request):
    raise RequestDataTooBig("too much")


urlpatterns = [
    path("khong-co/", _raise(Http404("hidden"))),
    path("cam/", _raise(PermissionDenied("Chỉ người duyệt của UBND xã ký quyết định."))),
    path("lon/", _too_big),
    path("hong/", _raise(ZeroDivisionError("secret detail"))),
    path("tot/", lambda request: HttpResponse("tốt")),
    *rooms,
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
CASES = [
    ("/khong-co/", 404, "Không tìm thấy trang này"),
    ("/chua-bao-gio-co/", 404, "Không tìm thấy trang này"),
    ("/cam/", 403, "Chỉ người duyệt của UBND xã ký quyết định."),
    ("/lon/", 413, "vượt quá cỡ cho phép"),
    ("/hong/", 500, "Lỗi đã được ghi lại"),
]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("path", "status", "said"), CASES)
def test_a_person_gets_a_plain_page(client, path, status, said):
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert "Còn giữ" in page and "Cần làm" in page
    assert "hidden" not in page and "secret detail" not in page and "Traceback" not in page


@pytest.mark.parametrize(("path", "status", "said"), CASES)
@pytest.mark.parametrize("header", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_a_script_gets_a_problem(client, path, status, said, header):
    answer = client.get(path, headers=header)
    problem = json.loads(answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, problem["status"]) == (status, status)
    assert said in f"{problem['title']} {problem['detail']}"
    assert problem["kept"] and problem["todo"]


def test_a_fault_is_logged_with_its_trace(client, caplog):
    with caplog.at_level(logging.ERROR, logger="hieuhoc.web"):
        logging.getLogger("hieuhoc").propagate = True
        client.get("/hong/")
    assert any(record.exc_info and record.exc_info[0] is ZeroDivisionError for record in caplog.records)


def test_a_stale_form_is_told_to_load_again():
    answer = Client(enforce_csrf_checks=True).post("/tot/", {"a": "1"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


def test_a_form_too_large_for_the_guard_is_told_so(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post("/tot/", {"a": "1" * 99})
    assert answer.status_code == 400
    assert "quá lớn" in answer.content.decode()


@pytest.mark.parametrize("name", errors.PROBLEMS)
def test_the_page_django_asks_for_says_what_we_say(name):
    page = loader.render_to_string(f"{name}.html")
    assert errors.PROBLEMS[name].title in page
    assert errors.PROBLEMS[name].todo in page


def test_an_error_page_needs_neither_database_nor_session(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert errors.broken(rf.get("/")).status_code == 500
