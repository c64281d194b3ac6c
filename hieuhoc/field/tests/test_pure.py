"""The pure parts of the phone's page, tested in their own language by Node (pure.test.mjs)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NODE = Path(sys.executable).parent / "node"


def test_the_pure_parts_of_the_page():
    run = subprocess.run(
        [str(NODE), "--test", "--test-reporter=tap", "pure.test.mjs"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    assert "# pass 16" in run.stdout, run.stdout[-600:]
