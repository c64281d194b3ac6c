"""What comes of a process that reads a file from outside: its output, or why there is none."""

import os
import signal
import subprocess
import time

import pytest

from hieuhoc.common import apart

HERE = "hieuhoc.common.tests.reading_badly"


def run(word: str, data: bytes = b"", seconds: int = 20) -> tuple[str, bytes]:
    return apart.run(HERE, word, data=data, seconds=seconds)


def test_what_it_writes_comes_back():
    assert run("echo", "một tệp".encode()) == ("", "một tệp".encode())


def test_it_is_given_none_of_the_server_s_settings(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:secret@db/x")
    why, out = run("environment")
    assert why == "" and b"secret" not in out and b"DATABASE_URL" not in out


ENDS = {"memory": "too_large", "abort": "too_large", "error": "corrupted", "write": "corrupted", "kill": "too_large"}


@pytest.mark.parametrize(("word", "why"), ENDS.items())
def test_how_it_ends_says_why(word, why):
    assert run(word) == (why, b"")


def test_one_that_does_not_end_is_ended():
    start = time.monotonic()
    assert run("sleep", seconds=1) == ("too_slow", b"")
    assert time.monotonic() - start < 10


def test_an_interrupted_wait_leaves_no_process(monkeypatch):
    started = []
    wait = subprocess.Popen.communicate

    def interrupted(self, *words, **more):
        if not started:
            started.append(self)
            raise KeyboardInterrupt
        return wait(self, *words, **more)

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run("sleep")
    assert started[0].returncode == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(started[0].pid, 0)


@pytest.mark.parametrize(
    ("code", "why"),
    [(0, ""), (1, "corrupted"), (3, "too_large"), (-signal.SIGXCPU, "too_slow"), (-signal.SIGSEGV, "too_large")],
)
def test_codes(code, why):
    assert apart.reason(code) == why
