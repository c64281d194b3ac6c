"""``hieuhoc worker``: runs long work from the queue, until it is stopped."""

from __future__ import annotations

import logging

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from hieuhoc.jobs import run


class Command(BaseCommand):
    help = "Chạy các việc lâu đang chờ."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Dừng khi không còn việc chờ")

    def handle(self, once: bool, **options) -> None:
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        revived = run.revive()
        if revived:
            self.stderr.write(f"Chạy lại {revived} việc bị ngắt giữa chừng.")
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(queues=["work"], wait=not once, install_signal_handlers=True, concurrency=1)
