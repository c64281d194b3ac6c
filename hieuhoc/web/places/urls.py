"""Addresses of the places' pages."""

from django.urls import path

from hieuhoc.web.places import acts, views

app_name = "places"
urlpatterns = [
    path("", views.find, name="find"),
    path("xuat/", views.export_found, name="export"),
    path("<int:pk>/", views.unit, name="unit"),
    path("<int:pk>/thon/", views.villages, name="villages"),
    path("<int:pk>/thon/xuat/", views.export_villages, name="export_villages"),
    path("<int:pk>/thon/them/", acts.add, name="add"),
    path("<int:pk>/nhap/", acts.merge, name="merge"),
    path("<int:pk>/doi-ten/", acts.rename, name="rename"),
    path("<int:pk>/tach/", acts.split, name="split"),
    path("<int:pk>/dong/", acts.close, name="close"),
    path("<int:pk>/chuyen/", acts.move, name="move"),
    path("<int:pk>/dinh-chinh/", acts.correct, name="correct"),
    path("<int:pk>/bo/", acts.discard, name="discard"),
]
