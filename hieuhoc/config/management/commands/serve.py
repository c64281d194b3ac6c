"""``hieuhoc serve``: the pages and the worker of long work, on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

PATIENCE = 300  # fifths of a second


class Command(BaseCommand):
    help = "Mở trang web (và tiến trình việc chạy lâu) trên máy này."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument("--no-worker", action="store_true")

    def handle(self, host: str, port: int, threads: int, no_worker: bool, **options) -> None:
        refuse_taken(host, port)
        connection.ensure_connection()
        connection.close()
        environment = os.environ | {"HIEUHOC_POOL": "1", "HIEUHOC_DATA": str(settings.DATA_DIR)}
        running = [subprocess.Popen(web(host, port, threads), env=environment)]
        if not no_worker:
            running.append(subprocess.Popen([sys.executable, "-m", "hieuhoc", "worker"], env=os.environ.copy()))
        if listening(host, port, running[0]):
            self.stderr.write(f"Hiếu Học đang chạy tại http://{host}:{port} – nhấn Ctrl+C để dừng.")
        signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        try:
            running[0].wait()
        except KeyboardInterrupt:
            self.stderr.write("Đang dừng…")
        finally:
            stop(running)


def web(host: str, port: int, threads: int) -> list[str]:
    """The command line of the web server."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "1", "--blocking-threads", str(threads), "--no-ws", "--log-level", "error",
        "hieuhoc.config.wsgi:application",
    ]  # fmt: skip


def listening(host: str, port: int, server: subprocess.Popen) -> bool:
    """Wait until the server answers on its port; false when it ended or does not within a minute."""
    for _ in range(PATIENCE):
        with closing(socket.socket()) as probe:
            if probe.connect_ex((host, port)) == 0:
                return True
        if server.poll() is not None:
            return False
        time.sleep(0.2)
    return False


def stop(running: list[subprocess.Popen]) -> None:
    """End the children, kindly first."""
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def refuse_taken(host: str, port: int) -> None:
    """Refuse with a sentence when another program listens there already."""
    with closing(socket.socket()) as probe:
        if probe.connect_ex((host, port)) == 0:
            raise CommandError(
                f"Cổng {port} đang có chương trình khác dùng (có thể Hiếu Học đã mở sẵn: http://{host}:{port}). "
                f"Mở trang đó, hoặc chạy lại với --port {port + 1}."
            )
