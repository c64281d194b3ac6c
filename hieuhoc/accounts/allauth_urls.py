"""The few routes of django-allauth that are open here, at Vietnamese addresses.

No sign-up, no e-mail, no password reset by mail: accounts and new passwords come from an administrator.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_required
from django.urls import path

from hieuhoc.accounts import signin

ON = login_required(signin.Activate.as_view())
OFF = totp.DeactivateTOTPView.as_view(template_name="accounts/second_factor_off.html")
CODES = codes.ViewRecoveryCodesView.as_view(template_name="accounts/recovery_codes.html")
NEW_CODES = login_required(codes.GenerateRecoveryCodesView.as_view(template_name="accounts/recovery_codes_new.html"))
CODES_FILE = codes.DownloadRecoveryCodesView.as_view(template_name="accounts/recovery_codes.txt")
STOPPED = account.AccountInactiveView.as_view(template_name="accounts/stopped.html")

urlpatterns = [
    path("dang-nhap/", signin.SignIn.as_view(), name="account_login"),
    path("dang-nhap/ma/", signin.EnterCode.as_view(), name="mfa_authenticate"),
    path("dang-xuat/", account.LogoutView.as_view(template_name="accounts/signout.html"), name="account_logout"),
    path("ngung-dung/", STOPPED, name="account_inactive"),
    path("xac-nhan/", signin.Confirm.as_view(), name="account_reauthenticate"),
    path("xac-nhan/ma/", signin.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path("mat-khau/", signin.ChangePassword.as_view(), name="account_change_password"),
    path("hai-lop/", mfa.IndexView.as_view(template_name="accounts/second_factor.html"), name="mfa_index"),
    path("hai-lop/bat/", ON, name="mfa_activate_totp"),
    path("hai-lop/tat/", OFF, name="mfa_deactivate_totp"),
    path("hai-lop/ma-du-phong/", CODES, name="mfa_view_recovery_codes"),
    path("hai-lop/ma-du-phong/tao/", NEW_CODES, name="mfa_generate_recovery_codes"),
    path("hai-lop/ma-du-phong/tai/", CODES_FILE, name="mfa_download_recovery_codes"),
]
