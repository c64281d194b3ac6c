"""Addresses of the field: the page of the phone and what its script asks, the officer's table."""

from django.urls import path

from hieuhoc.field.views import phone

app_name = "field"
urlpatterns = [
    path("lay/", phone.pull, name="pull"),
    path("gui/", phone.send, name="send"),
    path("anh/<uuid:photo_id>/", phone.photo, name="photo"),
]
