"""Phones on a bad network and a server that is killed: nothing is lost, nothing is twice, every conflict is shown.

In one process by Hypothesis, which looks for the shortest way to break it; over real sockets against a real server that
is killed (SIGKILL) while phones send. ``FIELD_SEED`` names the run; it is printed.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from random import Random

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from hieuhoc.config.management.commands.serve import listening, web
from tests.faults.phones import Network, Phone, check, quiet_down
from tests.world import World

SEED = int(os.environ.get("FIELD_SEED", "387"))
# Looking for the shortest way takes minutes: only where somebody looks (HYPOTHESIS_PROFILE=search).
SEARCH = os.environ.get("HYPOTHESIS_PROFILE") == "search"
PHASES = tuple(Phase) if SEARCH else (Phase.explicit, Phase.reuse, Phase.generate)
SCRIPT = {"X-Hieuhoc-Field": "1", "Content-Type": "application/json"}


def houses_of(world: World, count: int, *places) -> None:
    """Registered households of the villages."""
    for place in places or (world.ring,):
        for n in range(count):
            world.dossier(subject=world.household(f"Ksor {n}", place=place))


def in_process(client: Client):
    """The wire of a phone within this process; half a body is a body cut short."""

    def wire(method: str, path: str, body: bytes, half: bool) -> tuple[int, bytes]:
        data = body[: len(body) // 2] if half else body
        answer = client.generic(method, f"/thuc-dia/{path}", data, "application/json", headers={"X-Hieuhoc-Field": "1"})
        return answer.status_code, answer.content

    return wire


@pytest.mark.django_db
@hypothesis(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], phases=PHASES
)
@given(rng=st.randoms(use_true_random=False, note_method_calls=False))
def test_whatever_the_network_does_nothing_is_lost_and_nothing_is_twice(world, browse, rng):
    if not world.versions:
        houses_of(world, 2)
    with transaction.atomic():
        people = [world.ksor, world.ksor, world.minh]
        phones = [Phone(rng, Network(rng, in_process(browse(one))), world.ring.pk, world.round().pk) for one in people]
        for _ in range(rng.randint(10, 40)):
            step = rng.choice(("act", "act", "act", "send", "pull", "late"))
            phone = rng.choice(phones)
            phone.network.deliver_late() if step == "late" else getattr(phone, step)()
        quiet_down(phones)
        check(phones, world.minh)
        transaction.set_rollback(True)


@dataclass
class Server:
    """A real server on the tests' database, killed and started again while phones go on."""

    port: int = 0
    process: subprocess.Popen | None = None
    kills: int = 0
    faults: list[BaseException] = field(default_factory=list)

    def start(self) -> None:
        self.port = self.port or _free_port()
        host = connection.settings_dict["HOST"] or "127.0.0.1"
        port = connection.settings_dict["PORT"]
        url = f"postgresql://{connection.settings_dict['USER']}@{'' if host.startswith('/') else f'{host}:{port}'}"
        own = {"DATABASE_URL": f"{url}/{connection.settings_dict['NAME']}?host={host}", "HIEUHOC_POOL": "1",
               "HIEUHOC_DATA": str(settings.DATA_DIR), "DJANGO_SETTINGS_MODULE": "hieuhoc.config.settings"}  # fmt: skip
        self.process = subprocess.Popen(
            web("127.0.0.1", self.port, 4), env=os.environ | own, start_new_session=True, stderr=subprocess.DEVNULL
        )
        assert listening("127.0.0.1", self.port, self.process)

    def kill(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1

    def wire(self, cookie: str):
        """The wire of a phone over a real socket; half a body is a connection closed in the middle."""

        def send(method: str, path: str, body: bytes, half: bool) -> tuple[int, bytes]:
            from tests.faults.phones import Cut

            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
                try:
                    line.putrequest(method, f"/thuc-dia/{path}")
                    for name, value in (SCRIPT | {"Cookie": cookie, "Content-Length": str(len(body))}).items():
                        line.putheader(name, value)
                    line.endheaders(body[: len(body) // 2] if half else body)
                    if half:
                        raise Cut
                    answer = line.getresponse()
                    return answer.status, answer.read()
                except (OSError, http.client.HTTPException) as broken:
                    raise Cut from broken

        return send


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(transactional_db) -> Iterator[Server]:
    """A server; what it was doing is over before the tables are emptied."""
    made = Server()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.kill()
    name = connection.settings_dict["NAME"]
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()", [name]
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)


def on_real_sockets(world: World, browse, server: Server, *, phones: int, envelopes: int, kills: int) -> dict[str, int]:
    """Let phones make and send envelopes, killing the server now and then; what the envelopes came to."""
    print(f"FIELD_SEED={SEED}", file=sys.stderr)
    houses_of(world, 8, world.ring, world.phung)
    server.start()
    made = []
    for n in range(phones):
        place = (world.ring, world.phung)[n % 2]
        person = world.user(f"may-{n}", "village_recorder", place)
        client = browse(person)
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        rng = Random(SEED * 1000 + n)
        made.append(Phone(rng, Network(rng, patient(server.wire(cookie))), place.pk, world.round().pk))
    over = threading.Event()
    killer = threading.Thread(target=_kill_now_and_then, args=(server, kills, over))
    killer.start()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda phone: _work(phone, envelopes // phones), made))
    over.set()
    killer.join()
    quiet_down(made)
    return check(made, world.minh)


def patient(wire):
    """The same wire, which answers nothing while the server is down, as a phone without a signal."""
    from tests.faults.phones import Cut

    def send(*asked) -> tuple[int, bytes]:
        try:
            return wire(*asked)
        except Cut:
            time.sleep(0.05)
            return 0, b""

    return send


def _work(phone: Phone, envelopes: int) -> None:
    while len(phone.made) < envelopes:
        phone.act()
        if phone.rng.random() < 0.12:
            phone.send()
        if phone.rng.random() < 0.03:
            phone.pull()
        if phone.rng.random() < 0.01:
            phone.network.deliver_late()


def _kill_now_and_then(server: Server, kills: int, over: threading.Event) -> None:
    rng = Random(SEED)
    try:
        while server.kills < kills and not over.wait(rng.uniform(0.5, 4)):
            server.kill()
            time.sleep(rng.uniform(0, 0.5))
            server.start()
    except BaseException as fault:
        server.faults.append(fault)


@pytest.mark.django_db(transaction=True)
def test_phones_send_while_the_server_is_killed(world, browse, server):
    counts = on_real_sockets(world, browse, server, phones=6, envelopes=480, kills=2)
    assert server.faults == [] and counts["applied"] > 200


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_phones_ten_thousand_envelopes(world, browse, server):
    counts = on_real_sockets(world, browse, server, phones=20, envelopes=10_000, kills=20)
    print(f"{counts}, {server.kills} kills", file=sys.stderr)
    assert server.faults == [] and sum(counts.values()) >= 10_000 and counts["conflict"] > 0
