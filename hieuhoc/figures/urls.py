from django.urls import path

from hieuhoc.figures.views import entering, inspecting, of_round, place, published, series

app_name = "figures"
urlpatterns = [
    path("", place.place, name="place"),
    path("kiem-tra/", entering.rules, name="rules"),
    path("chuoi/", series.series, name="series"),
    path("nhap/", entering.enter, name="enter"),
    path("nhap/xem/", entering.look, name="check"),
    path("<int:pk>/", entering.figure, name="figure"),
    path("<int:pk>/minh-chung/", entering.evidence, name="evidence"),
    path("<int:pk>/rut/", entering.withdraw, name="withdraw"),
    path("<int:pk>/giai-trinh/", entering.explain, name="explain"),
    path("ke-hoach/<int:pk>/", place.low_targets, name="low_targets"),
    path("tep/", published.upload, name="upload"),
    path("tep/<uuid:pk>/", published.file, name="file"),
    path("tep/<uuid:batch>/hoan-tac/", published.undo, name="undo"),
    path("dot/<int:pk>/", of_round.of_round, name="round"),
    path("dot/<int:pk>/xlsx/", of_round.export, name="export"),
    path("dot/<int:pk>/khoa/", of_round.close, name="close"),
    path("dot/<int:pk>/sap-tinh/", place.coming, name="coming"),
    path("mau/", inspecting.samples, name="samples"),
    path("mau/<int:pk>/", inspecting.sample, name="sample"),
    path("mau/<int:pk>/xlsx/", inspecting.export, name="export_sample"),
    path("mau/<int:pk>/<uuid:dossier>/", inspecting.look, name="look"),
]
