"""Addresses of plans."""

from django.urls import path

from hieuhoc.plans import progress_views as progress
from hieuhoc.plans import schedule_views as schedule
from hieuhoc.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.plans, name="list"),
    path("doc/", views.upload, name="upload"),
    path("vung/", views.area, name="area"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/phan-dau/", views.head, name="head"),
    path("<int:pk>/them/", views.add_target, name="add_target"),
    path("<int:pk>/xac-nhan/", views.publish, name="publish"),
    path("<int:pk>/bo/", views.discard, name="discard"),
    path("chi-tieu/<int:pk>/", views.target, name="target"),
    path("chi-tieu/<int:pk>/bo/", views.drop_target, name="drop_target"),
    path("lich/", schedule.listing, name="schedule"),
    path("lich/thang/", schedule.months, name="months"),
    path("lich/tai-ve.ics", schedule.calendar_file, name="calendar_file"),
    path("lich/dia-chi/", schedule.open_feed, name="open_feed"),
    path("lich/dia-chi/ngung/", schedule.close_feed, name="close_feed"),
    path("lich/minh-chung/<uuid:pk>/", progress.file, name="progress_file"),
    path("lich/minh-chung/<uuid:pk>/go/", progress.detach, name="detach"),
    path("lich/hoan-tac/<int:entry>/", progress.unmark, name="unmark"),
    path("lich/<str:token>.ics", schedule.feed, name="feed"),
    path("lich/<int:place>/<int:activity>/<str:period>/", progress.one, name="occurrence"),
    path("lich/<int:place>/<int:activity>/<str:period>/ghi/", progress.mark, name="mark"),
    path("lich/<int:place>/<int:activity>/<str:period>/them/", progress.attach, name="attach"),
]
