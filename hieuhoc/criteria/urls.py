"""Addresses of the criteria sets."""

from django.urls import path

from hieuhoc.criteria.views import edit, importing, read

app_name = "criteria"
urlpatterns = [
    path("", read.sets, name="list"),
    path("moi/", edit.create, name="create"),
    path("<int:pk>/", read.version, name="version"),
    path("<int:pk>/tai-ve/", read.export, name="export"),
    path("<int:pk>/bieu-mau/", read.form, name="form"),
    path("<int:pk>/so-sanh/", read.compare, name="compare"),
    path("<int:pk>/so-sanh/<int:other>/", read.difference, name="difference"),
    path("<int:pk>/ban-moi/", edit.copy, name="copy"),
    path("<int:pk>/sua/", edit.edit_head, name="head"),
    path("<int:pk>/tieu-chi/", edit.group, name="new_group"),
    path("<int:pk>/tieu-chi/<str:key>/", edit.group, name="group"),
    path("<int:pk>/tieu-chi/<str:key>/bo/", edit.remove_group, name="remove_group"),
    path("<int:pk>/chi-so/", edit.indicator, name="new_indicator"),
    path("<int:pk>/chi-so/<str:key>/", edit.indicator, name="indicator"),
    path("<int:pk>/chi-so/<str:key>/bo/", edit.remove_indicator, name="remove_indicator"),
    path("<int:pk>/nhap/", importing.upload, name="import"),
    path("<int:pk>/ban-hanh/", edit.publish, name="publish"),
    path("<int:pk>/ngung/", edit.retire, name="retire"),
    path("<int:pk>/xoa/", edit.delete, name="delete"),
]
