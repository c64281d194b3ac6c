"""What may be wrong with an installation, each check with a sentence and what to do about it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

GIGABYTE = 1 << 30
LEAST_FREE = 2


@dataclass(frozen=True)
class Finding:
    """One check: its name, whether all is well, and the sentence for the person who runs the installation."""

    name: str
    ok: bool
    says: str


def examine() -> Iterator[Finding]:
    """Run every check; one that fails in an unforeseen way is reported as such and the others go on."""
    for name, check in CHECKS.items():
        try:
            yield Finding(name, *check())
        except Exception as problem:
            yield Finding(name, False, f"Không kiểm tra được: {problem}")


def _directory() -> tuple[bool, str]:
    if not os.access(settings.DATA_DIR, os.W_OK):
        return (
            False,
            f"Không ghi được vào thư mục dữ liệu {settings.DATA_DIR}; cần cấp quyền cho người chạy phần mềm.",
        )
    return True, f"Thư mục dữ liệu: {settings.DATA_DIR}."


def _space() -> tuple[bool, str]:
    free = shutil.disk_usage(settings.DATA_DIR).free / GIGABYTE
    if free < LEAST_FREE:
        return (
            False,
            f"Chỉ còn {free:.1f} GB trống; cần ít nhất {LEAST_FREE} GB. Xóa bớt tệp khác hoặc chuyển ổ.",
        )
    return True, f"Còn {free:.0f} GB trống."


def _database() -> tuple[bool, str]:
    connection.ensure_connection()
    version = connection.pg_version
    if version < 150000:
        return False, f"PostgreSQL {version // 10000} quá cũ; cần bản 15 trở lên."
    return True, f"PostgreSQL {version // 10000} trả lời."


def _tables() -> tuple[bool, str]:
    from hieuhoc.config import ready

    if ready.pending_migrations():
        return False, "Bảng dữ liệu chưa khớp phần mềm; chạy «hieuhoc migrate»."
    return True, "Bảng dữ liệu khớp phần mềm."


def _catalogues() -> tuple[bool, str]:
    from hieuhoc.criteria.models import CriteriaVersion
    from hieuhoc.places.models import Unit

    units, versions = Unit.objects.count(), CriteriaVersion.objects.count()
    if not units or not versions:
        return False, "Chưa nạp danh mục địa bàn hoặc bộ tiêu chí; chạy «hieuhoc places load» rồi mở lại."
    return True, f"{units} đơn vị hành chính, {versions} bản bộ tiêu chí."


def _keys() -> tuple[bool, str]:
    folder = settings.DATA_DIR / "keys"
    open_to_others = [p.name for p in folder.iterdir() if stat.S_IMODE(p.stat().st_mode) & 0o077 and p.is_file()]
    if open_to_others:
        return False, f"Khóa {', '.join(open_to_others)} cho người khác đọc; chạy «chmod 600 {folder}/*»."
    return True, "Khóa chỉ chủ bản cài đặt đọc được."


def _files() -> tuple[bool, str]:
    from hieuhoc.files import store
    from hieuhoc.files.models import StoredFile

    digests = StoredFile.objects.values_list("sha256", flat=True).distinct()
    lost = sum(1 for digest in digests.iterator() if not store.path_of(digest).exists())
    if lost:
        return False, f"{lost} tệp đã giữ không còn trên đĩa; phục hồi từ bản sao lưu gần nhất."
    return True, "Các tệp đã giữ còn đủ."


def _jobs() -> tuple[bool, str]:
    from hieuhoc.jobs.models import Job

    failed = Job.objects.filter(state=Job.State.FAILED).count()
    waiting = Job.objects.filter(state=Job.State.WAITING).count()
    if waiting > 20:
        return False, f"{waiting} việc đang chờ mà chưa chạy; mở «hieuhoc serve» hoặc «hieuhoc worker»."
    return True, f"Việc chờ: {waiting}; việc từng không xong: {failed}."


def _administrator() -> tuple[bool, str]:
    from hieuhoc.accounts.models import Post, Role

    if not Post.objects.filter(role=Role.ADMINISTRATOR, valid__endswith__isnull=True).exists():
        return False, "Chưa có người quản trị; tạo bằng «hieuhoc account make»."
    return True, "Có người quản trị."


def _front() -> tuple[bool, str]:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        return False, "Thiếu phần giao diện; chạy «make front» (hoặc các bước trong README)."
    return True, "Phần giao diện đầy đủ."


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "directory": _directory,
    "space": _space,
    "keys": _keys,
    "front": _front,
    "database": _database,
    "tables": _tables,
    "catalogues": _catalogues,
    "files": _files,
    "jobs": _jobs,
    "administrator": _administrator,
}
