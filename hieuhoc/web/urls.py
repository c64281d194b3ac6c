"""Addresses of the frame and the board."""

from django.urls import path

from hieuhoc.web import communes, views

app_name = "web"
urlpatterns = [
    path("viec-can-lam/", views.board, name="board"),
    path("cac-xa/", communes.listing, name="communes"),
    path("cac-xa/tai-ve/", communes.export, name="export_communes"),
    path("chuc-trach/", views.choose_post, name="post"),
]
