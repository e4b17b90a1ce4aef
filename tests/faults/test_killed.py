"""Figure R2: the sender as a process, killed with SIGKILL at every named point and at random, while the far side counts what it got.

Whatever the moment: no message twice, none lost in silence, and the next start sends what certainly has not gone.
"""

import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.deliveries import Delivery, State
from desktop.engine.clock import SystemClock
from desktop.store import connections, database, ledger
from desktop.store.journal import operation
from helpers.community import announce, new_community
from helpers.telegram_faults import Answer, Fault
from helpers.telegram_server import TelegramServer
from integrations.practice import received
from resources.translations import phrase

ROOT = Path(__file__).parents[2]
TEXTS = ("First", "Second", "Third")
POINTS = (
    "before-claim",
    "after-claim-commit",
    "after-service-took",
    "after-answer-before-commit",
    "after-result-commit",
    "while-recovering",
)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")


class FarSide(Protocol):
    """A service that can be asked what it really got."""

    community: Path
    token: str

    def got(self) -> Counter[str]: ...


class Practice:
    """Practice keeps what it got in the community file, where it is looked for."""

    token = ""

    def __init__(self, community: Path) -> None:
        self.community = community
        furnish(community, "practice", {}, "choir")

    def got(self) -> Counter[str]:
        with database.open(self.community, clock=SystemClock(), device="device-1") as store:
            return Counter(message.text for message in received(connections.StoreShelf(store, "connection-1").read()))


class Telegram:
    """Telegram on loopback."""

    def __init__(self, community: Path, server: TelegramServer) -> None:
        self.community = community
        self.server = server
        self.token = server.token
        group = server.add_group()
        furnish(community, "telegram", {"server": server.url}, str(group.id))

    def got(self) -> Counter[str]:
        return Counter(posted.text for posted in self.server.posted())


def furnish(community: Path, service: str, settings: dict[str, str], target: str) -> None:
    """Three announcements for one channel, due at once."""
    with new_community(community, SystemClock(), grace_seconds="0") as store:
        with operation(store, phrase("Set up")) as op:
            secrets = {"token": "ref"} if service == "telegram" else {}
            connections.put_connection(op, ConnectionRecord(service, service, settings, secrets, id="connection-1"))
            channel = connections.add_channel(op, Channel("connection-1", "Choir", target))
        for text in TEXTS:
            announce(store, channel, text=text)


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[Telegram]:
    with TelegramServer() as server:
        yield Telegram(tmp_path / "c.belfry", server)


@pytest.fixture(params=["practice", "telegram"])
def far_side(request: pytest.FixtureRequest, tmp_path: Path) -> FarSide:
    if request.param == "practice":
        return Practice(tmp_path / "c.belfry")
    found: Telegram = request.getfixturevalue("telegram")
    return found


def start(far_side: FarSide, point: str = "", times: int = 1) -> subprocess.Popen[bytes]:
    """A sender, as a process."""
    environ = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "BELFRY_TEST_TOKEN": far_side.token}
    folder = far_side.community.parent
    command = [sys.executable, "-m", "helpers.killed_sender", str(folder / "data"), str(far_side.community), point, str(times)]
    return subprocess.Popen(command, env=environ, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> int:
    """Wait for its end."""
    _, said = process.communicate(timeout=60)
    assert process.returncode in (0, -9), said.decode()
    return process.returncode


def rows(far_side: FarSide) -> dict[str, Delivery]:
    """The deliveries, by their text."""
    with database.open(far_side.community, clock=SystemClock(), device="device-1") as store:
        texts = dict(store.rows("SELECT id, text FROM announcement"))
        return {texts[row.announcement_id]: row for row in ledger.listed(store.conn)}


def go_on_and_check(far_side: FarSide) -> dict[str, Delivery]:
    """Start again, undisturbed; then hold the ledger against what the far side got."""
    assert finish(start(far_side)) == 0
    got, found = far_side.got(), rows(far_side)
    assert set(found) == set(TEXTS)
    for text, row in found.items():
        assert row.state in (State.SENT, State.UNSURE), row
        assert got[text] <= 1, f"{text} was posted {got[text]} times"
        assert got[text] == 1 or row.state is State.UNSURE, f"{text} is lost: {row}"
    return found


@pytest.mark.parametrize(
    ("far_side", "point"),
    # Telegram's far side takes a message outside the sender's process: that is brought about from there, below.
    [(service, point) for service in ("practice", "telegram") for point in POINTS if (service, point) != ("telegram", "after-service-took")],
    indirect=["far_side"],
)
def test_given_a_sender_when_killed_at_a_named_point_then_nothing_is_double_and_nothing_is_lost(far_side: FarSide, point: str) -> None:
    if point == "while-recovering":
        assert finish(start(far_side, "after-claim-commit")) == -9
    assert finish(start(far_side, point, 1 if point == "while-recovering" else 2)) == -9
    found = go_on_and_check(far_side)
    # What was not on its way has nothing to be unsure of.
    expected = 0 if point in ("before-claim", "after-result-commit") else 1
    assert sum(row.state is State.UNSURE for row in found.values()) == expected


def test_given_a_sender_when_killed_over_and_over_then_nothing_is_double_and_nothing_is_lost(far_side: FarSide) -> None:
    chance = random.Random(2026)
    for _ in range(4):
        process = start(far_side)
        time.sleep(chance.uniform(0.2, 1.6))  # at random in its life: there is nothing to wait for
        process.kill()
        finish(process)
    go_on_and_check(far_side)


def test_given_a_sender_when_killed_after_connecting_then_nothing_is_double_and_nothing_is_lost(telegram: Telegram) -> None:
    telegram.server.stop_listening()
    with socket.create_server(("127.0.0.1", telegram.server.port)) as listener:
        listener.settimeout(30)
        process = start(telegram)
        connection, _ = listener.accept()
        process.kill()
        finish(process)
        connection.close()
    telegram.server.listen()
    go_on_and_check(telegram)


@pytest.mark.parametrize("posts", [False, True])
def test_given_a_sender_when_killed_after_the_bytes_left_then_what_may_be_out_is_unsure(telegram: Telegram, posts: bool) -> None:
    telegram.server.script(Fault(Answer.NOTHING, posts=posts))
    process = start(telegram)
    assert telegram.server.wait_for(lambda server: any(one.method == "sendmessage" for one in server.world.received), 30)
    if posts:
        assert telegram.server.wait_for(lambda server: bool(server.world.posted), 30)
    process.kill()
    finish(process)
    telegram.server.mend()
    found = go_on_and_check(telegram)
    assert sum(row.state is State.UNSURE for row in found.values()) == 1
    assert telegram.got().total() == 2 + posts


def test_given_a_file_when_killed_while_migrating_then_it_is_as_it_was_and_goes_on(tmp_path: Path) -> None:
    practice = Practice(tmp_path / "c.belfry")
    with database.open(practice.community, clock=SystemClock(), device="device-1") as store:
        store.conn.execute("PRAGMA user_version = 0")  # as if it came from before the last step
    assert finish(start(practice, "while-migrating")) == -9
    go_on_and_check(practice)


def test_given_a_file_when_killed_while_backing_up_then_no_half_backup_is_there_and_it_goes_on(tmp_path: Path) -> None:
    practice = Practice(tmp_path / "c.belfry")
    assert finish(start(practice, "while-backing-up")) == -9
    assert not (tmp_path / "backup.belfry").exists()
    go_on_and_check(practice)
