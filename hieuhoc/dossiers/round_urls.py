"""The pages of a round that work on dossiers; they hang in the room of rounds, under its names."""

from django.urls import path

from hieuhoc.dossiers.views import rounds

urlpatterns = [
    path("<int:pk>/", rounds.one, name="round"),
    path("<int:pk>/tinh-lai/", rounds.judge_anew, name="judge"),
    path("<int:pk>/<slug:step>/", rounds.step, name="step"),
]
