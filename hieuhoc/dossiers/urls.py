"""Addresses of dossiers."""

from django.urls import path

from hieuhoc.dossiers.views import evidence, grid, keying, lists, moves, one, printing

app_name = "dossiers"
urlpatterns = [
    path("", lists.dossiers, name="list"),
    path("nhieu/", moves.move_many, name="move_many"),
    path("bang-cham/o/", grid.answer, name="answer"),
    path("bang-cham/dan/", grid.paste, name="paste"),
    path("bang-cham/<int:round_id>/<str:model>/", grid.page, name="grid"),
    path("hoan-tac/<int:entry>/", moves.undo, name="undo"),
    path("minh-chung/<uuid:pk>/", evidence.serve, name="evidence"),
    path("minh-chung/<uuid:pk>/go/", evidence.detach, name="detach"),
    path("nhap-phieu/", keying.start, name="key_start"),
    path("nhap-phieu/hoan-tac/<int:entry>/", keying.undo, name="key_undo"),
    path("nhap-phieu/<int:round_id>/", keying.number, name="key"),
    path("nhap-phieu/<int:round_id>/<int:number>/", keying.sheet, name="key_sheet"),
    path("nhap-phieu/<int:round_id>/<int:number>/tinh/", keying.judge, name="key_judge"),
    path("phieu-da-in/<uuid:pk>/", printing.fetch, name="printed"),
    path("<int:round_id>/<str:model>/in-phieu/", printing.page, name="print"),
    path("<int:round_id>/<str:model>/", lists.dossiers, name="list"),
    path("<int:round_id>/<str:model>/tai-ve/", lists.export, name="export"),
    path("<int:round_id>/<str:model>/dang-ky/", moves.register, name="register"),
    path("<int:round_id>/<str:model>/bo-dang-ky/", moves.unregister, name="unregister"),
    path("<uuid:pk>/", one.page, name="one"),
    path("<uuid:pk>/tra-loi/", one.save, name="save"),
    path("<uuid:pk>/thong-tin/", one.facts, name="facts"),
    path("<uuid:pk>/chuyen/", moves.move, name="move"),
    path("<uuid:pk>/minh-chung/", evidence.attach, name="attach"),
    path("<uuid:pk>/tinh-tu/<str:key>/", one.behind, name="behind"),
]
