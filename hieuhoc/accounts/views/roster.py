"""Accounts from a sheet: the blank, the check with every problem, then all of them or none."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hieuhoc.accounts import access, actions, imports, queries, workbooks
from hieuhoc.accounts.models import Role
from hieuhoc.accounts.views.acts import handover
from hieuhoc.files.delivery import attachment

LARGEST = 5 * 1024 * 1024
SALT = "accounts.roster"
KEPT_FOR = 3600


@login_required
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in."""
    access.require_somewhere(request.user, access.MANAGE)
    return attachment(workbooks.blank(), "mau-tai-khoan.xlsx")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file, show what was read and every problem; nothing is written yet."""
    access.require_somewhere(request.user, access.MANAGE)
    if request.method != "POST":
        return render(request, "accounts/upload.html")
    file = request.FILES.get("file")
    try:
        if file is None:
            raise imports.Unreadable("Chưa chọn tệp.")
        if file.size > LARGEST:
            raise imports.Unreadable("Tệp lớn quá 5 MB. Bảng tài khoản chỉ cần vài trăm dòng.")
        rows = imports.read(file.read())
    except imports.Unreadable as problem:
        return render(request, "accounts/upload.html", {"problem": str(problem)}, status=422)
    return _show(request, rows, file.name)


def _show(request: HttpRequest, rows: list[imports.Row], name: str) -> HttpResponse:
    checked = imports.check(rows, manager=request.user)
    lines = queries.places_in_words(account.place_id for account in checked.accounts)
    page = {
        "name": name,
        "count": len(rows),
        "problems": checked.problems,
        "accounts": [
            (number, account, str(Role(account.role).label), lines[account.place_id])
            for number, account in zip(checked.rows, checked.accounts, strict=True)
        ],
        "signed": signing.dumps({"rows": rows, "name": name}, salt=SALT, compress=True),
    }
    return render(request, "accounts/check.html", page, status=422 if checked.problems else 200)


@login_required
@never_cache
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Make all accounts of the checked sheet, or none; answers with the links to hand over."""
    access.require_somewhere(request.user, access.MANAGE)
    try:
        kept = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        messages.error(request, "Bảng đã kiểm tra quá lâu hoặc không trọn. Chọn lại tệp rồi kiểm tra lại.")
        return redirect("accounts:upload")
    rows = [(number, row) for number, row in kept["rows"]]
    checked = imports.check(rows, manager=request.user)
    if checked.problems or not checked.accounts:
        return _show(request, rows, kept["name"])
    place_id = access.giving(request.user, access.MANAGE).order_by("pk").values_list("place_id", flat=True)[0]
    try:
        handed = actions.make_accounts(checked.accounts, by=request.user, place_id=place_id, source=kept["name"])
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("accounts:upload")
    return handover(request, handed)
