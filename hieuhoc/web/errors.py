"""The error answers, as pages and as problems (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

from hieuhoc.web import htmx

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@dataclass(frozen=True)
class Problem:
    """What a person is told: what happened, what is kept, what to do."""

    status: int
    title: str
    happened: str
    kept: str
    todo: str


NOT_FOUND = Problem(
    404,
    "Không tìm thấy trang này",
    "Địa chỉ có thể đã đổi, hoặc nội dung không thuộc phạm vi của tài khoản đang dùng.",
    "Không có gì bị thay đổi.",
    "Kiểm tra lại địa chỉ, hoặc đi từ trang Việc cần làm.",
)
FORBIDDEN = Problem(
    403,
    "Tài khoản này không làm được việc đó",
    "Việc này cần một quyền mà chức trách đang giữ không có.",
    "Không có gì bị thay đổi.",
    "Chuyển sang chức trách khác nếu có, hoặc đề nghị người quản trị cấp quyền.",
)
EXPIRED = Problem(
    403,
    "Trang đã mở quá lâu",
    "Phiên làm việc của trang không còn hiệu lực nên yêu cầu chưa được nhận.",
    "Những gì đã lưu trước đó vẫn còn nguyên.",
    "Quay lại trang trước, tải lại rồi gửi lần nữa.",
)
BAD_REQUEST = Problem(
    400,
    "Yêu cầu không đọc được",
    "Dữ liệu gửi lên không đúng dạng hoặc quá lớn.",
    "Không có gì bị thay đổi.",
    "Quay lại trang trước, tải lại rồi làm lại.",
)
TOO_BIG = Problem(
    413,
    "Dữ liệu gửi lên quá lớn",
    "Tệp hoặc biểu mẫu vượt quá cỡ cho phép nên chưa được nhận.",
    "Không có gì bị thay đổi.",
    "Chia tệp thành nhiều phần nhỏ hơn, hoặc giảm cỡ ảnh, rồi gửi lại.",
)
BROKEN = Problem(
    500,
    "Có lỗi trong phần mềm",
    "Yêu cầu vừa rồi không hoàn thành. Lỗi đã được ghi lại.",
    "Việc đang làm dở được hủy trọn vẹn; những gì đã lưu trước đó vẫn còn nguyên.",
    "Thử lại sau ít phút. Nếu vẫn gặp, báo người quản trị giờ xảy ra và việc đang làm.",
)


# By name, for the templates Django itself asks for when a request fails before or outside our middleware.
PROBLEMS = {"400": BAD_REQUEST, "403": FORBIDDEN, "403_csrf": EXPIRED, "404": NOT_FOUND, "500": BROKEN}


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404; what is out of reach looks the same as what does not exist."""
    return answer(request, NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 with the sentence the gate gave."""
    return answer(request, FORBIDDEN, str(exception or ""))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 when the request was too large."""
    return answer(request, TOO_BIG if isinstance(exception, TOO_LARGE) else BAD_REQUEST)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database anything, since it may be what is broken."""
    return answer(request, BROKEN)


def answer(request: HttpRequest, problem: Problem, happened: str = "") -> HttpResponse:
    """Give ``problem`` as JSON to a script and as a page to a person."""
    said = happened or problem.happened
    if wants_json(request):
        body = {
            "type": "about:blank",
            "title": problem.title,
            "status": problem.status,
            "detail": said,
            "kept": problem.kept,
            "todo": problem.todo,
        }
        return JsonResponse(body, status=problem.status, content_type="application/problem+json")
    page = loader.render_to_string("web/error.html", {"problem": problem, "happened": said})
    return HttpResponse(page, status=problem.status)


def wants_json(request: HttpRequest) -> bool:
    """Say whether a script asked: htmx, or a client that accepts JSON and not HTML."""
    accepts = request.headers.get("Accept", "")
    return htmx.asked(request) or ("json" in accepts and "html" not in accepts)
