"""Bringing indicators in from Excel: the file is checked whole, and taken only when nothing is wrong."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hieuhoc.criteria import access, actions, workbooks
from hieuhoc.criteria.imports import Read, RowProblem, read_grids
from hieuhoc.criteria.views.read import head
from hieuhoc.sheets.source import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a workbook; show every problem with its row, or replace the draft's indicators."""
    draft = access.editable(request.user, pk)
    problems: list[RowProblem] = []
    refusal = "" if draft.is_draft else "Bản này đã ban hành nên không sửa được; hãy lập bản mới từ bản này."
    if request.method == "POST" and not refusal:
        read, refusal = _read(request)
        problems = read.problems
        if not problems and not refusal:
            count = sum(len(group["indicators"]) for group in read.groups)
            try:
                actions.import_indicators(pk, read.groups, by=request.user)
                messages.success(request, f"Đã nhập {count} chỉ số từ tệp.")
                return redirect("criteria:version", pk)
            except actions.Refused as refused:
                refusal = str(refused)
    page = {**head(draft), "problems": problems, "refusal": refusal}
    return render(request, "criteria/import.html", page, status=422 if problems or refusal else 200)


def _read(request: HttpRequest) -> tuple[Read, str]:
    """What the file holds, or the sentence why it cannot be read."""
    file = request.FILES.get("file")
    if file is None:
        return Read([], []), "Chưa chọn tệp."
    try:
        return read_grids(workbooks.grids(file.read(workbooks.MAXIMUM_BYTES + 1))), ""
    except Refused as refused:
        return Read([], []), refused.message
