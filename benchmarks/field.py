"""Envelopes applied per second beside the plain floor: the same JSON in the same requests, inserted raw by a view.

In an installation of its own (embedded PostgreSQL), one web process as ``hieuhoc serve`` starts it, four clients that
keep their connections: with fewer the web process waits for its clients, and the time of an answer is measured, not
how many there are in a second. A village of 300 households, each registered, answered nine times and photographed: a
third of its envelopes one a request, the rest in requests of 55 as the phone sends them. The photos are stored before
the clock starts (their own speed is told beside). Then a whole pull of that village.
"""

import hashlib
import http.client
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from hieuhoc.common.ids import uuid7
from hieuhoc.config.management.commands.serve import listening, stop, web

ROOT = Path(__file__).resolve().parents[1]
HOUSES, PER_HOUSE, AT_ONCE, CLIENTS, TURNS, PIECE = 300, 11, 55, 4, 10, 64 * 1024  # five houses in a request of 55
WANTED_RATIO, WANTED_PULL_MS = 0.4, 100
PREPARE = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from hieuhoc.criteria import loading
from hieuhoc.criteria.queries import published
from hieuhoc.rounds.models import RoundModel
from tests.world import build
loading.load_shipped_sets()
world = build()
round_ = world.round()
version = published("demo-family")
RoundModel.objects.filter(round=round_, model="FAMILY").update(version=version)
houses = [world.household(f"Ksor H'{n}", details={"members": 4}) for n in range(HOUSES)]
session = SessionStore()
session["_auth_user_id"] = str(world.ksor.pk)
session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
session["_auth_user_hash"] = world.ksor.get_session_auth_hash()
session.create()
with connection.cursor() as cursor:
    cursor.execute("create table bench_raw (id uuid primary key, body jsonb not null)")
    cursor.execute("vacuum analyze")
print(json.dumps({
    "place": world.ring.pk, "round": round_.pk, "houses": [str(one.pk) for one in houses],
    "keys": [one.key for one in version.indicators.all()],
    "cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
}))
"""


def run() -> dict:
    """Envelopes per second of both, their ratio, and the milliseconds of a whole pull."""
    with tempfile.TemporaryDirectory(prefix="field-") as folder:
        environment = os.environ | {"HIEUHOC_DATA": folder, "DJANGO_SETTINGS_MODULE": "benchmarks._field_settings"}
        environment = {key: value for key, value in environment.items() if key != "DATABASE_URL"}
        script = PREPARE.replace("range(HOUSES)", f"range({HOUSES})")
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        there = json.loads(done.stdout.splitlines()[-1])
        port = 8_000 + os.getpid() % 20_000
        server = subprocess.Popen(web("127.0.0.1", port, 8), cwd=ROOT, env=environment | {"HIEUHOC_POOL": "1"})
        try:
            assert listening("127.0.0.1", port, server)
            return measure(port, there)
        finally:
            stop([server])


def measure(port: int, there: dict) -> dict:
    """Send the same requests to both by turns; then pull."""
    photos = {str(uuid7()): picture(n) for n in range(HOUSES)}
    start = time.perf_counter()
    for part in range(CLIENTS):
        mine = list(photos.items())[part::CLIENTS]
        client(port, there, [piece for photo, data in mine for piece in pieces(photo, data)])
    photo_seconds = time.perf_counter() - start
    envelopes = made(there, list(photos))
    alone, together = envelopes[: HOUSES * PER_HOUSE // 3], envelopes[HOUSES * PER_HOUSE // 3 :]
    rates = {}
    for name, some, at_once in (("alone", alone, 1), ("together", together, AT_ONCE)):
        requests = [
            json.dumps({"v": 1, "envelopes": some[at : at + at_once]}).encode() for at in range(0, len(some), at_once)
        ]
        seconds = {"floor": 0.0, "ours": 0.0}
        for turn in zip(*map(turns, parts(requests)), strict=True):
            seconds["floor"] += timed(port, there, turn, "/san/")
            seconds["ours"] += timed(port, there, turn, "/thuc-dia/gui/")
        rates |= {(name, which): len(some) / spent for which, spent in seconds.items()}
    pulls = []
    for _ in range(15):
        start = time.perf_counter()
        answer = client(port, there, [("GET", f"/thuc-dia/lay/?place={there['place']}", b"")])[0]
        pulls.append((time.perf_counter() - start) * 1000)
        assert len(answer["dossiers"]) == HOUSES
    pull = statistics.median(pulls)
    ratio = rates["alone", "ours"] / rates["alone", "floor"]
    return {
        "name": "envelopes of the field", "ratio": round(ratio, 2),
        "wanted": f">= {WANTED_RATIO}, pull < {WANTED_PULL_MS} ms",
        "ok": ratio >= WANTED_RATIO and pull < WANTED_PULL_MS, "envelopes": len(envelopes),
        "one_a_request": f"{rates['alone', 'ours']:.0f}/s of {rates['alone', 'floor']:.0f}/s",
        f"{AT_ONCE}_a_request": f"{rates['together', 'ours']:.0f}/s of {rates['together', 'floor']:.0f}/s",
        "ratio_together": round(rates["together", "ours"] / rates["together", "floor"], 2),
        "as_sent_beside_one_a_request": round(rates["together", "ours"] / rates["alone", "floor"], 2),
        "pull_ms": round(pull), "photos_per_second": round(len(photos) / photo_seconds, 1),
        "photo_kb": round(statistics.mean(map(len, photos.values())) / 1024),
    }  # fmt: skip


def made(there: dict, photos: list[str]) -> list[dict]:
    """The envelopes of a village worked through house by house, as a phone makes them."""
    envelopes = []
    for house, photo in zip(there["houses"], photos, strict=True):
        about = {"place": there["place"], "round": there["round"], "subject": house, "at": "2026-11-20T08:00:00+07:00"}
        envelopes.append({"id": str(uuid7()), "kind": "register"} | about)
        for key in there["keys"]:
            base = {"rev": 0, "value": None}
            envelopes.append({"id": str(uuid7()), "kind": "answer", "key": key, "value": 8, "base": base} | about)
        envelopes.append({"id": str(uuid7()), "kind": "photo", "key": there["keys"][0], "photo": photo} | about)
    return envelopes


def parts(requests: list[bytes]) -> list[list[bytes]]:
    """The requests of each client, whole houses each."""
    each, left = divmod(len(requests), CLIENTS)
    assert not left and HOUSES // 3 % CLIENTS == 0, (len(requests), HOUSES)
    return [requests[each * one : each * (one + 1)] for one in range(CLIENTS)]


def turns(requests: list[bytes]) -> list[list[bytes]]:
    """One client's requests in the pieces that go to the floor and to us by turns: a slow moment falls on both."""
    return [requests[len(requests) * one // TURNS : len(requests) * (one + 1) // TURNS] for one in range(TURNS)]


def timed(port: int, there: dict, parts: tuple[list[bytes], ...], path: str) -> float:
    """Seconds for all requests, each client its part in their order on one connection; every envelope has to come back
    with a receipt, and ours have to be applied.
    """
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = pool.map(lambda part: client(port, there, [("POST", path, body) for body in part]), parts)
        answers = [answer for some in found for answer in some]
    seconds = time.perf_counter() - start
    outcomes = {one.get("outcome", "applied") for answer in answers for one in answer["receipts"]}
    assert outcomes == {"applied"}, outcomes
    return seconds


def client(port: int, there: dict, requests: list[tuple[str, str, bytes]]) -> list[dict]:
    """One client: its requests one after the other on one connection."""
    headers = {"Cookie": there["cookie"], "X-Hieuhoc-Field": "1", "Content-Type": "application/json"}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    answers = []
    for method, path, body in requests:
        line.request(method, path, body, headers)
        answer = line.getresponse()
        data = answer.read()
        assert answer.status == 200, (answer.status, data[:300])
        answers.append(json.loads(data))
    line.close()
    return answers


def pieces(photo: str, data: bytes) -> list[tuple[str, str, bytes]]:
    """The requests that send a photo, in pieces as the phone does."""
    told = f"size={len(data)}&sha256={hashlib.sha256(data).hexdigest()}"
    return [
        ("PUT", f"/thuc-dia/anh/{photo}/?from={at}&{told}", data[at : at + PIECE]) for at in range(0, len(data), PIECE)
    ]


def picture(n: int) -> bytes:
    """A photo as the phone reduces it: about 200 KB, each another."""
    out = io.BytesIO()
    noise = Image.effect_noise((320, 240), 60 + n % 40).resize((1280, 960))
    noise.convert("RGB").save(out, "JPEG", quality=80, comment=str(n).encode())
    return out.getvalue()


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False))
