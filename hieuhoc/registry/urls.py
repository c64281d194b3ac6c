"""Addresses of the registry."""

from django.urls import path

from hieuhoc.registry.views import acts, lists, record, twins

app_name = "registry"
urlpatterns = [
    path("", lists.subjects, name="list"),
    path("tai-ve/", lists.export, name="export"),
    path("them/", acts.add, name="add"),
    path("them/<str:model>/", acts.add, name="add"),
    path("trung/", twins.pairs, name="twins"),
    path("trung/<uuid:first>/<uuid:second>/", twins.compare, name="compare"),
    path("trung/<uuid:first>/<uuid:second>/gop/", twins.merge, name="merge"),
    path("trung/<uuid:first>/<uuid:second>/khac-nhau/", twins.distinct, name="distinct"),
    path("<uuid:pk>/", record.one, name="one"),
    path("<uuid:pk>/sua/", acts.correct, name="correct"),
    path("<uuid:pk>/bo-them/", acts.undo_add, name="undo_add"),
    path("<uuid:pk>/chuyen/", acts.move, name="move"),
    path("<uuid:pk>/dong/", acts.close, name="close"),
    path("<uuid:pk>/mo-lai/", acts.reopen, name="reopen"),
    path("<uuid:pk>/bo-gop/", twins.unmerge, name="unmerge"),
    path("<uuid:pk>/can-cuoc/", record.number, name="number"),
    path("<uuid:pk>/can-cuoc/ghi/", acts.set_number, name="set_number"),
]
