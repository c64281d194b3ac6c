"""``make bench``: every measurement in one run, side by side, written to ``benchmarks/RESULTS.md`` with the machine.

Each module here has ``run() -> dict`` with ``name``, figures, ``ratio`` and ``wanted`` where a bound
stands, and ``ok``. Names on the command line choose some of them.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent
ONE = "--one"


def machine() -> str:
    """What the figures were measured on, in a line."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}, {platform.system()}"


def commit() -> str:
    """The commit that was measured."""
    return subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()


def measure(name: str) -> dict:
    """Run one module in a process of its own, whose memory is its own too; a failure is a result."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "benchmarks", ONE, name], stdout=subprocess.PIPE, text=True)
    lines = done.stdout.splitlines()
    result = json.loads(lines[-1]) if done.returncode == 0 and lines else {"name": name, "ok": False}
    result["took"] = round(time.perf_counter() - start, 1)
    return result


def one(name: str) -> int:
    """Measure here and print the figures as JSON on the last line."""
    try:
        result = importlib.import_module(f"benchmarks.{name}").run()
    except Exception as problem:
        result = {"name": name, "ok": False, "problem": repr(problem)}
    print(json.dumps(result, ensure_ascii=False, default=str))
    return 0


def table(results: list[dict]) -> str:
    """The results as Markdown."""
    lines = [
        "# Measurements",
        "",
        f"Made by `make bench` on {date.today():%d/%m/%Y} at commit {commit()}: {machine()}.",
        "Ratios are of two things measured side by side in the same run.",
        "",
        "| What | Ratio | Wanted | Met | Figures |",
        "|---|---|---|---|---|",
    ]
    for result in results:
        figures = ", ".join(f"{k} {v}" for k, v in result.items() if k not in ("name", "ratio", "wanted", "ok"))
        met = "yes" if result.get("ok") else "**no**"
        bound = f"{result.get('ratio', '')} | {result.get('wanted', '')}"
        lines.append(f"| {result['name']} | {bound} | {met} | {figures} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, print, write; exit 1 when a bound is not met."""
    if sys.argv[1:2] == [ONE]:
        return one(sys.argv[2])
    chosen = sys.argv[1:] or sorted(p.stem for p in FOLDER.glob("*.py") if not p.stem.startswith("_"))
    results = []
    for name in chosen:
        print(f"… {name}", file=sys.stderr, flush=True)
        results.append(measure(name))
    text = table(results)
    print(text)
    if not sys.argv[1:]:
        (FOLDER / "RESULTS.md").write_text(text)
    return 0 if all(result.get("ok") for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
