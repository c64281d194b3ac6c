"""A module that reads its input in every way a reader can end; run by the tests of ``apart``."""

import os
import signal
import sys
import time
from pathlib import Path

from hieuhoc.common import apart


def main(word: str) -> int:
    """Do as the word says, within limits."""
    apart.bound(512 << 20, 5)
    if word == "echo":
        sys.stdout.buffer.write(sys.stdin.buffer.read())
    elif word == "environment":
        print(dict(os.environ))
    elif word == "memory":
        try:
            bytearray(2 << 30)
        except MemoryError:
            return apart.OUT_OF_MEMORY
    elif word == "write":
        Path("/tmp/hieuhoc-not-written").write_bytes(b"x" * 100)
    elif word == "sleep":
        time.sleep(60)
    elif word == "error":
        raise ValueError(word)
    else:
        os.kill(os.getpid(), {"abort": signal.SIGABRT, "kill": signal.SIGKILL}[word])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
