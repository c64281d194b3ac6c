"""Addresses of the accounts: one's own page, the invitation's door, the administrator's list."""

from django.urls import path

from hieuhoc.accounts.views import acts, lists, own, roster

app_name = "accounts"
urlpatterns = [
    path("", own.profile, name="profile"),
    path("loi-moi/<str:token>/", own.accept, name="accept"),
    path("danh-sach/", lists.people, name="list"),
    path("danh-sach/xuat/", lists.export, name="export"),
    path("danh-sach/dia-ban/", lists.places, name="places"),
    path("danh-sach/lap/", acts.make, name="make"),
    path("danh-sach/moi/", acts.invite_many, name="invite_many"),
    path("danh-sach/nhap/", roster.upload, name="upload"),
    path("danh-sach/nhap/ghi/", roster.apply, name="apply"),
    path("danh-sach/nhap/mau/", roster.blank, name="blank"),
    path("danh-sach/<int:pk>/", lists.person, name="person"),
    path("danh-sach/<int:pk>/sua/", acts.correct, name="correct"),
    path("danh-sach/<int:pk>/giao/", acts.grant, name="grant"),
    path("danh-sach/<int:pk>/moi/", acts.invite, name="invite"),
    path("danh-sach/<int:pk>/cap-lai/", acts.reset, name="reset"),
    path("danh-sach/<int:pk>/ngung/", acts.deactivate, name="deactivate"),
    path("danh-sach/<int:pk>/mo-lai/", acts.reactivate, name="reactivate"),
    path("nhiem-vu/<int:pk>/ket-thuc/", acts.end, name="end"),
]
