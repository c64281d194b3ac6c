"""Addresses of recognition."""

from django.urls import path

from hieuhoc.recognition.views import deciding, papers, register

app_name = "recognition"
urlpatterns = [
    path("dot/<int:pk>/", papers.overview, name="papers"),
    path("dot/<int:pk>/tao/", papers.make, name="make"),
    path("dot/<int:pk>/tao-tat-ca/", papers.make_all, name="make_all"),
    path("dot/<int:pk>/tat-ca/", papers.everything, name="everything"),
    path("dot/<int:pk>/mau/", papers.templates, name="templates"),
    path("dot/<int:pk>/mau/<str:kind>/", papers.template, name="template"),
    path("giay-to/<int:pk>/", papers.paper, name="paper"),
    path("dot/<int:pk>/thon/<int:place>/", deciding.village, name="village"),
    path("dot/<int:pk>/hoi-dong/", deciding.council, name="council"),
    path("dot/<int:pk>/hop-hoi-dong/", deciding.council_meeting, name="council_meeting"),
    path("dot/<int:pk>/to-trinh/", deciding.submission, name="submission"),
    path("dot/<int:pk>/quyet-dinh/", deciding.issue, name="issue"),
    path("quyet-dinh/<int:pk>/ky/", deciding.sign, name="sign"),
    path("danh-hieu/<uuid:pk>/dua-ra/", deciding.drop, name="drop"),
    path("dua-ra/<int:pk>/hoan-tac/", deciding.restore, name="restore"),
    path("so/", register.register, name="register"),
    path("danh-hieu/<uuid:pk>/", register.title, name="title"),
    path("danh-hieu/<uuid:pk>/ban-chinh/", register.original, name="original"),
    path("danh-hieu/<uuid:pk>/ban-sao/", register.reprint, name="reprint"),
    path("danh-hieu/<uuid:pk>/thu-hoi/", register.revoke, name="revoke"),
    path("danh-hieu/<uuid:pk>/dinh-chinh/", register.correct, name="correct"),
]
