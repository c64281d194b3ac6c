"""Addresses of rounds. The round itself and its steps work on dossiers, a floor above: they are only named here."""

from django.urls import include, path

from hieuhoc.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.rounds, name="list"),
    path("mo/", views.open_round, name="open"),
    path("<int:pk>/cai-dat/", views.settings, name="settings"),
    path("<int:pk>/bo-tieu-chi/", views.pin, name="pin"),
    path("<int:pk>/mo-lai/", views.reopen, name="reopen"),
    path("", include("hieuhoc.dossiers.round_urls")),
]
