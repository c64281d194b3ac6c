"""Addresses of the act log."""

from django.urls import path

from hieuhoc.web.history import views

app_name = "audit"
urlpatterns = [
    path("", views.listing, name="list"),
    path("tai-ve/", views.export, name="export"),
]
