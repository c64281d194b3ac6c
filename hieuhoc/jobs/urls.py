from django.urls import path

from hieuhoc.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<uuid:pk>/", views.one, name="one"),
    path("<uuid:pk>/dung/", views.stop, name="stop"),
]
