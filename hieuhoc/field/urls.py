"""Addresses of the field: the page of the phone and what its script asks, the officer's table."""

from django.urls import path

from hieuhoc.field.views import office, phone, shell

app_name = "field"
urlpatterns = [
    path("", shell.page, name="page"),
    path("sw.js", shell.worker, name="worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("lay/", phone.pull, name="pull"),
    path("gui/", phone.send, name="send"),
    path("anh/<uuid:photo_id>/", phone.photo, name="photo"),
    path("tu-thon/", office.table, name="table"),
    path("tu-thon/da-xem/", office.seen, name="seen"),
    path("tu-thon/tep/", office.take_file, name="take_file"),
    path("tu-thon/<uuid:made_id>/", office.settle, name="settle"),
    path("tu-thon/<uuid:made_id>/hoan-tac/", office.undo, name="undo"),
]
