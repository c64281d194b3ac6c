"""Addresses of the public site."""

from django.urls import path

from hieuhoc.portal import check, views

app_name = "portal"
urlpatterns = [
    path("", views.front, name="front"),
    path("xa/<str:code>/", views.commune, name="commune"),
    path("xa/<str:code>/chi-tieu/", views.targets, name="targets"),
    path("xac-nhan/", check.check, name="check"),
    path("xac-nhan/khoa.json", check.keys, name="check_keys"),
    path("xac-nhan/ngoai-tuyen/", check.offline, name="check_offline"),
    path("xac-nhan/<str:code>", check.check, name="check_code"),
]
