"""Addresses of the import room."""

from django.urls import path

from hieuhoc.intake.views import acts, files, models, one

app_name = "intake"
urlpatterns = [
    path("", files.files, name="list"),
    path("tai-len/", files.upload, name="upload"),
    path("mau/cham-diem/<int:round_id>/<str:model>/", models.scores, name="sample_scores"),
    path("mau/<str:kind>/", models.roster, name="sample"),
    path("<uuid:pk>/", one.one, name="one"),
    path("<uuid:pk>/se-lam/", one.what_it_does, name="effects"),
    path("<uuid:pk>/cot/", acts.columns, name="columns"),
    path("<uuid:pk>/loai/", acts.kind, name="kind"),
    path("<uuid:pk>/mo-thon/", acts.villages, name="villages"),
    path("<uuid:pk>/ghi/", acts.apply, name="apply"),
    path("<uuid:pk>/hoan-tac/", acts.undo, name="undo"),
    path("<uuid:pk>/bo/", acts.discard, name="discard"),
    path("<uuid:pk>/danh-dau-loi/", one.errors, name="errors"),
]
