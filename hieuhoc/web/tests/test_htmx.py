"""Manners towards htmx: redirects move the page, messages travel along."""

import json

import pytest
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import include, path


def say(request):
    messages.success(request, "Đã nhập 2.612 hộ", extra_tags="undo:/hoan-tac/7/")
    messages.error(request, "Một tệp không đọc được")
    return HttpResponse("<p>xong</p>")


def say_with_event(request):
    messages.info(request, "Đã lưu")
    answer = HttpResponse("")
    answer["HX-Trigger"] = request.GET["event"]
    return answer


def say_and_go(request):
    messages.success(request, "Đã lưu")
    return redirect("/noi/?a=1")


urlpatterns = [
    path("noi/", say),
    path("su-kien/", say_with_event),
    path("di/", say_and_go),
    path("kin/", login_required(say)),
    path("", include("hieuhoc.config.urls")),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
HTMX = {"HX-Request": "true"}


def toasts(answer):
    return json.loads(answer["HX-Trigger"])["toast"]["all"]


def test_messages_travel_with_their_undo():
    assert toasts(Client().get("/noi/", headers=HTMX)) == [
        {"text": "Đã nhập 2.612 hộ", "undo": "/hoan-tac/7/", "bad": False},
        {"text": "Một tệp không đọc được", "undo": "", "bad": True},
    ]


def test_the_header_is_plain_ascii():
    assert Client().get("/noi/", headers=HTMX)["HX-Trigger"].isascii()


@pytest.mark.parametrize(
    ("event", "kept"), [("da-luu, dem-lai", {"da-luu", "dem-lai"}), ('{"dem": {"n": 3}}', {"dem"})]
)
def test_an_event_of_the_view_is_kept(event, kept):
    events = json.loads(Client().get("/su-kien/", {"event": event}, headers=HTMX)["HX-Trigger"])
    assert set(events) == kept | {"toast"}


def test_a_page_is_left_alone():
    assert "HX-Trigger" not in Client().get("/noi/")
    assert Client().get("/di/").status_code == 302


def test_a_redirect_moves_the_page_and_keeps_the_message_for_it():
    client = Client()
    answer = client.get("/di/", headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/noi/?a=1")
    assert toasts(client.get("/noi/", headers=HTMX))[0]["text"] == "Đã lưu"


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://testserver/ho-so/?thon=3", "%2Fho-so%2F%3Fthon%3D3"),
        ("http://testserver//evil.example/", "%2Fkin%2F"),
        ("javascript:alert(1)", "%2Fkin%2F"),
    ],
)
def test_after_signing_in_again_the_person_is_back_on_the_page(page, back):
    answer = Client().get("/kin/", headers=HTMX | {"HX-Current-URL": page})
    if back == "%2Fkin%2F":
        assert answer["HX-Redirect"].replace("/kin/", back).endswith(f"?next={back}")
    else:
        assert answer["HX-Redirect"].endswith(f"?next={back}")
