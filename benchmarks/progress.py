"""The progress page of the nation and of its largest province with eight years of figures of all communes.

In an installation of its own (embedded PostgreSQL): 3,321 communes × 5 models × 8 years of frozen figures and plans of
every province. The page is asked as a signed-in officer asks it; its queries are counted. The ratio is that of the page
to a bare sum of the same year's figures in the same database.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WANTED_MS, WANTED_QUERIES = 150, 12
SCRIPT = """
import json, statistics, time
from datetime import date
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hieuhoc.accounts.models import Post, Role, User
from hieuhoc.figures.models import Figure, Source
from hieuhoc.places import tree
from hieuhoc.places.load import load
from hieuhoc.plans import national
from hieuhoc.plans.models import Plan, Target

DAY, YEARS = date(2026, 11, 22), range(2019, 2027)
MATTERS = [("FAMILY", "households"), ("CLAN", "clans"), ("COMMUNITY", "communities"),
           ("ORGANISATION", "organisations"), ("CITIZEN", "citizens")]
call_command("migrate", verbosity=0)
load()
national.load()
nation = tree.root()
communes = list(tree.below(nation, DAY, "commune"))
Figure.objects.bulk_create(
    (Figure(place_id=place, year=year, indicator=model, source=Source.COMPUTED, total=1000 + at % 900,
            registered=800 + at % 700, count=500 + (at * 7 + year) % 400)
     for year in YEARS for at, place in enumerate(communes) for model, _ in MATTERS), batch_size=5000)
provinces = list(tree.below(nation, DAY, "province"))
plans = Plan.objects.bulk_create(
    Plan(place_id=place, issued=date(2026, 3, 1), first_year=2021, last_year=2030, number=f"{at}/KH")
    for at, place in enumerate(provinces))
Target.objects.bulk_create(
    Target(plan=plan, position=at, model=model, measure="recognise", population=people, year=2030, comparator=">=",
           value=70, unit="percent", sentence="70 %.")
    for plan in plans for at, (model, people) in enumerate(MATTERS, 1))
Plan.objects.filter(state="draft").update(state="published", published_at="2026-01-01T00:00Z")
officer = User.objects.create_user(username="do", password=None)
Post.objects.create(user=officer, role=Role.NATIONAL_OFFICER, place_id=nation, valid=("2025-07-01", None))
with connection.cursor() as cursor:
    cursor.execute("vacuum analyze")

def asked(address, times=15):
    client = Client(HTTP_HOST="localhost")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
        said = [f"{one['time']} {one['sql']}" for one in connection.queries]
    assert answer.status_code == 200, answer.status_code
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        client.get(address)
        taken.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(taken)), len(said), said

def bare(times=15):
    taken = []
    with connection.cursor() as cursor:
        for _ in range(times):
            start = time.perf_counter()
            cursor.execute("select indicator, sum(total), sum(count) from figures_figure where year = 2026 group by 1")
            cursor.fetchall()
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)

page, queries, sql = asked("/so-lieu/?nam=2026")
largest = max(provinces, key=lambda one: tree.below(one, DAY, "commune").count())
province, more, _ = asked(f"/so-lieu/?nam=2026&noi={largest}")
series, several, _ = asked("/so-lieu/chuoi/?tu=2019")
import sys
if "--sql" in sys.argv:
    print("\\n".join(one[:300] for one in sql), file=sys.stderr)
floor = bare()
print(json.dumps({
    "communes": len(communes), "figures": Figure.objects.count(), "page_ms": page, "queries": queries,
    "province_ms": province, "province_queries": more, "series_ms": series, "series_queries": several,
    "bare_sum_ms": round(floor, 1), "ratio": round(page / floor, 1),
}))
"""


def run() -> dict:
    """Milliseconds of server time at the median and queries of the pages, and the ratio to a bare sum."""
    with tempfile.TemporaryDirectory() as folder:
        given = {"HIEUHOC_DATA": folder, "DJANGO_SETTINGS_MODULE": "hieuhoc.config.settings"}
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | given
        command = [sys.executable, "-c", SCRIPT, *sys.argv[2:]]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"ended with {done.returncode}")
        figures = json.loads(done.stdout.splitlines()[-1])
    ok = figures["page_ms"] < WANTED_MS and figures["queries"] <= WANTED_QUERIES
    wanted = f"< {WANTED_MS} ms, ≤ {WANTED_QUERIES} queries"
    return {"name": "progress page of the nation", "wanted": wanted, "ok": ok} | figures


if __name__ == "__main__":
    sys.argv.insert(1, "progress")
    print(json.dumps(run(), indent=2))
