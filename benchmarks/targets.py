"""Which targets bind all communes of the nation in a year, with plans of provinces, former provinces and communes.

In an installation of its own (embedded PostgreSQL). The ratio is that of asking place by place (a sample, scaled) to
asking for all places at once, in the same run.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WANTED_SECONDS = 1
SCRIPT = """
import json, statistics, time
from datetime import date
import django
django.setup()
from django.core.management import call_command
from hieuhoc.places import tree
from hieuhoc.places.load import load
from hieuhoc.plans import national, queries
from hieuhoc.plans.models import Plan, Target

DAY, OLD = date(2026, 11, 22), date(2025, 6, 30)
MATTERS = [("FAMILY", "households"), ("CLAN", "clans"), ("COMMUNITY", "communities"), ("ORGANISATION", "organisations")]
call_command("migrate", verbosity=0)
load()
national.load()
nation = tree.root()
former = list(tree.below(nation, OLD, "province"))
new = list(tree.below(nation, DAY, "province"))[::2]
communes = list(tree.below(nation, DAY, "commune"))
given = [(place, date(2022, 6, 1)) for place in former] + [(place, date(2026, 3, 1)) for place in new]
given += [(place, date(2026, 5, 1)) for place in communes[::11]]
plans = Plan.objects.bulk_create(
    Plan(place_id=place, issued=day, first_year=2021, last_year=2030, number=f"{at}/KH")
    for at, (place, day) in enumerate(given)
)
Target.objects.bulk_create(
    Target(plan=plan, position=at, model=model, measure="recognise", population=people, year=2030, comparator=">=",
           value=70, unit="percent", sentence="70 %.")
    for plan in plans for at, (model, people) in enumerate(MATTERS, 1)
)
Plan.objects.filter(state="draft").update(state="published", published_at="2026-01-01T00:00Z")

def timed(act, times):
    act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        found = act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), found

every, bound = timed(lambda: queries.bound(communes, 2026, DAY), 5)
assert len(bound) == len(communes) and all(len(one) >= 4 for one in bound.values())
sample = communes[:20]
single, _ = timed(lambda: [queries.bound([one], 2026, DAY) for one in sample], 1)
one = single / len(sample)
print(json.dumps({
    "communes": len(communes), "plans": len(plans) + 1, "all_s": round(every, 2), "one_ms": round(one * 1000, 1),
    "ratio": round(one * len(communes) / every),
}))
"""


def run() -> dict:
    """Seconds for all communes at once, milliseconds for one, and the ratio of one by one to all at once."""
    with tempfile.TemporaryDirectory() as folder:
        given = {"HIEUHOC_DATA": folder, "DJANGO_SETTINGS_MODULE": "hieuhoc.config.settings"}
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | given
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        figures = json.loads(done.stdout.splitlines()[-1])
    ok = figures["all_s"] <= WANTED_SECONDS
    return {"name": "targets that bind all communes", "wanted": f"≤ {WANTED_SECONDS} s", "ok": ok} | figures


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
