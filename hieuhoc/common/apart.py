"""A file from outside is read in a process of its own: a hostile one ends that process and nothing else.

``run`` starts a module of the product on the bytes and says how it ended; the module calls ``bound`` before it looks at
them. The process is started anew, never forked from a server, and is given none of the server's settings: whoever takes
it over finds no address of a database and no key.
Use: ``why, out = run("hieuhoc.sheets.reader", data=data, seconds=20)``.
"""

import logging
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

OUT_OF_MEMORY = 3  # what a module returns that ran out of memory and could still say so
_SLOW = (-signal.SIGXCPU, -signal.SIGALRM)
_LARGE = (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGKILL, -signal.SIGBUS)
_GIVEN = ("PATH", "LANG", "LD_LIBRARY_PATH")
_ROOT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)


def run(module: str, *words: str, data: bytes, seconds: int) -> tuple[str, bytes]:
    """Run the module on the data: ("", its output), or (why not, b""): too_slow, too_large, corrupted."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *words], env=_environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        out, said = process.communicate(data, timeout=seconds * 2)
    except BaseException as problem:
        process.kill()
        process.communicate()
        if isinstance(problem, subprocess.TimeoutExpired):
            return "too_slow", b""
        raise
    if process.returncode:
        _log.warning("%s ended with %s: %s", module, process.returncode, said[-600:].decode(errors="replace"))
    why = reason(process.returncode)
    return why, b"" if why else out


def reason(code: int) -> str:
    """What the end of a process says of the file it read; "" where it ended well."""
    if code in _SLOW:
        return "too_slow"
    if code in _LARGE:
        return "too_large"
    return "corrupted" if code else ""


def bound(memory: int, seconds: int) -> None:
    """Bound this process: address space in bytes, processor time, no core file, nothing written to disk."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in _GIVEN if key in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)]), "PYTHONUTF8": "1"}
