"""P6: claiming a delivery and keeping its result, each committed with `synchronous=FULL`, beside two bare fsynced writes on the same disk."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks import big_file
from benchmarks.big_community import Size
from benchmarks.figure import Figure, Held, Options, percentile

from desktop.community.announcements import Announcement
from desktop.community.deliveries import State, Who
from desktop.community.ids import new_id
from desktop.engine.clock import SystemClock
from desktop.engine.computer import Computer
from desktop.engine.marks import Marks
from desktop.engine.sender import admit
from desktop.store import announcements, connections, database, lease, ledger
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.clock import MovedClock
from resources.translations import phrase

RATIO = 4
PAGE = bytes(8192)
DELIVERIES = 500


def figures(options: Options) -> list[Figure]:
    """The deliveries of a few announcements to all channels, one after the other, with the bare writes between them."""
    with tempfile.TemporaryDirectory(prefix="belfry-p6-") as name:
        folder = Path(name)
        clock = MovedClock(SystemClock().now())
        path = big_file.kept(Size().scaled(options.scale), options.seed, folder, clock)
        with database.open(path, clock=clock, device=new_id()) as store, _bare(folder / "bare") as bare:
            ours, theirs, marked = _measure(store, Marks(folder), max(20, round(DELIVERIES * min(1.0, options.scale * 10))), bare)
    both, one = percentile(ours, 95), percentile(theirs, 95)
    return [
        Figure(
            "P6 claim and result, p95",
            both * 1000,
            "ms",
            one * 1000,
            RATIO,
            note=f"{len(ours)} deliveries, in a ledger of {Size().scaled(options.scale).deliveries:,}",
        ),
        Figure("P6 claim and result, median", percentile(ours, 50) * 1000, "ms", percentile(theirs, 50) * 1000, held=Held.NOTHING),
        Figure("P6 with the mark of this computer, p95", percentile(marked, 95) * 1000, "ms", one * 1000, held=Held.NOTHING),
    ]


def _measure(store: Store, marks: Marks, count: int, bare: int) -> tuple[list[float], list[float], list[float]]:
    clock = store.clock
    assert isinstance(clock, MovedClock)
    channels = [channel.id for channel in connections.channels(store)]
    with operation(store, phrase("Announced to all")) as op:
        for number in range(-(-count // len(channels))):
            announcements.add(op, Announcement(f"Number {number}: come to the hall **tonight**.", tuple(channels)))
    clock.advance(timedelta(minutes=1))
    computer = Computer(new_id(), "this computer")
    named, refused = admit(store, marks, computer)
    assert refused is None, refused
    fence = lease.acquire(store, me="me", computer=computer.id, pid=os.getpid(), instead_of=None)
    assert fence is not None
    ours, theirs, marked = [], [], []
    for delivery in ledger.ready(store.conn, clock.now())[:count]:
        seen = ledger.last_operation(store.conn)
        began = time.perf_counter()
        found = ledger.claim(store, delivery, fence=fence, me="me", computer=computer.id, incarnation=named.incarnation, text="It is on.", seen=seen)
        claimed_at = time.perf_counter()
        assert found is not None
        claimed, claims = found
        marks.write(named.incarnation, store.path, claims)
        marked_at = time.perf_counter()
        with store.write() as conn:
            ledger.keep_receipt(conn, claimed.id, "4711", "https://t.me/c/1/4711", clock.now())
            sent = ledger.move(conn, claimed, State.SENT, who=Who.SENDER, why=phrase("{service} took it.", service="Practice"), at=clock.now())
        ended = time.perf_counter()
        assert sent == replace(claimed, state=State.SENT, reason=sent.reason if sent else None)
        for _ in range(2):
            os.write(bare, PAGE)
            os.fsync(bare)
        theirs.append(time.perf_counter() - ended)
        ours.append(ended - began - (marked_at - claimed_at))
        marked.append(ended - began)
    return ours, theirs, marked


@contextmanager
def _bare(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)
