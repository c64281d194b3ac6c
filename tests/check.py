"""``make check``: lint, types, contracts, templates, migrations and the size budgets of the architecture.

Every step runs, then the failed ones are named; exit 1 if there is any.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
FACES = ("actions", "queries", "access", "rules", "workflow", "tree", "log", "store", "derived", "judging")
MEDIAN, NINETY_FIFTH, LONGEST, MODULE = 8, 35, 60, 500


def product() -> list[Path]:
    """The product's Python files, without tests and migrations."""
    out = subprocess.run(
        ["git", "ls-files", "hieuhoc/*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    paths = [ROOT / line for line in out.split()]
    return [p for p in paths if p.exists() and "tests" not in p.parts and "migrations" not in p.parts]


def sizes(path: Path) -> list[tuple[int, str]]:
    """The length in lines of each function of a file."""
    tree = ast.parse(path.read_text())
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(f.end_lineno - f.lineno + 1, f"{path.relative_to(ROOT)}:{f.lineno} {f.name}") for f in functions]


def budgets() -> list[str]:
    """The budgets that are broken, in words."""
    files = product()
    found = sorted(size for path in files for size in sizes(path))
    lengths = [length for length, _ in found]
    middle, high = lengths[len(lengths) // 2], lengths[int(len(lengths) * 0.95)]
    print(f"  {len(files)} modules, {len(found)} functions: median {middle}, 95th % {high}, longest {lengths[-1]}")
    broken = [f"function of {length} lines: {where}" for length, where in found if length > LONGEST]
    if middle > MEDIAN or high > NINETY_FIFTH:
        broken.append(f"functions: median {middle} (<= {MEDIAN}), 95th percentile {high} (<= {NINETY_FIFTH})")
    for path in files:
        lines = path.read_text().count("\n")
        if lines > MODULE:
            broken.append(f"module of {lines} lines: {path.relative_to(ROOT)}")
    return broken


def typed() -> list[str]:
    """The faces and rules, which mypy reads."""
    return [
        str(p.relative_to(ROOT)) for p in product() if p.stem in FACES or "scoring" in p.parts or "common" in p.parts
    ]


def run(name: str, *words: str) -> bool:
    """Run one step; say its name and whether it passed."""
    print(f"== {name}", flush=True)
    return (
        subprocess.run(
            [str(BIN / words[0]) if (BIN / words[0]).exists() else words[0], *words[1:]], cwd=ROOT
        ).returncode
        == 0
    )


def main() -> int:
    """Run all steps; return the exit code."""
    failed = []
    steps = {
        "ruff": ("ruff", "check", "."),
        "format": ("ruff", "format", "--check", "-q", "."),
        "floors": ("lint-imports", "--no-cache"),
        "types": ("mypy", "--no-error-summary", "--follow-imports=silent", *typed()),
        "templates": ("djlint", "--quiet", "--lint", "hieuhoc"),
        "migrations": ("hieuhoc", "makemigrations", "--check", "--dry-run"),
        "scripts": ("node", "node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json"),
    }
    for name, words in steps.items():
        if not run(name, *words):
            failed.append(name)
    print("== budgets", flush=True)
    broken = budgets()
    print("\n".join(f"  {line}" for line in broken))
    failed += ["budgets"] if broken else []
    print("check:", "all passed" if not failed else "FAILED: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
