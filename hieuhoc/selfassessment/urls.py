"""Addresses of self-assessment: under ``xa/``, ``duong-dan/``, ``ho-so/``, ``rut-giup/`` officers; else no account."""

from django.urls import path

from hieuhoc.selfassessment.views import beside, officer, public

app_name = "selfassessment"
urlpatterns = [
    path("", public.enter, name="enter"),
    path("xa/", officer.current, name="current"),
    path("xa/<int:pk>/", officer.page, name="list"),
    path("xa/<int:pk>/tai-ve/", officer.export, name="export"),
    path("xa/<int:pk>/lam/", officer.make, name="make"),
    path("xa/<int:pk>/in/", officer.print_sheet, name="print"),
    path("duong-dan/<uuid:pk>/thu-hoi/", officer.revoke, name="revoke"),
    path("duong-dan/<uuid:pk>/khoi-phuc/", officer.restore, name="restore"),
    path("duong-dan/<uuid:pk>/thu-lai/", officer.unlock, name="unlock"),
    path("rut-giup/<uuid:pk>/", officer.withdraw_for, name="withdraw_for"),
    path("ho-so/<uuid:pk>/", beside.panel, name="beside"),
    path("ho-so/<uuid:pk>/lam/", beside.make, name="make_one"),
    path("ho-so/<uuid:pk>/lay/", beside.take, name="take"),
    path("<str:token>/", public.confirm, name="open"),
    path("<str:token>/dong-y/", public.consent, name="consent"),
    path("<str:token>/cham/<int:number>/", public.step, name="step"),
    path("<str:token>/ket-qua/", public.result, name="result"),
    path("<str:token>/rut/", public.withdraw, name="withdraw"),
    path("<str:token>/thoat/", public.leave, name="leave"),
]
