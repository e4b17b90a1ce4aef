"""Telegram as the contract suite's World: every fault brought about by the fake server, by the sockets below, or by the people in the group."""

import asyncio
import errno
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from helpers.contract import Fault, Received, World
from helpers.shelf import memory_context
from helpers.telegram_faults import Answer
from helpers.telegram_faults import Fault as Ordered
from helpers.telegram_server import TelegramServer
from helpers.telegram_world import Member
from integrations.base import Target
from integrations.telegram.connection import TelegramConnection
from integrations.telegram.request import Timeouts

QUICK = Timeouts(connect=0.3, read=0.5, write=0.5, pool=0.3, whole=20)
"""Time-outs for tests; long enough for a loopback server on a busy machine."""

ANSWERS = {
    Fault.NO_REPLY: Ordered(Answer.NOTHING, posts=True),
    Fault.CLOSED_EARLY: Ordered(Answer.CLOSE),
    Fault.RESET: Ordered(Answer.RESET, posts=True),
    Fault.CUT_ANSWER: Ordered(Answer.HALF, posts=True),
    Fault.SERVER_ERROR: Ordered(Answer.ERROR_500),
    Fault.BAD_GATEWAY: Ordered(Answer.HTML_502, posts=True),
    Fault.CAPTIVE_PORTAL: Ordered(Answer.REDIRECT),
    Fault.UNREADABLE_ANSWER: Ordered(Answer.NOT_JSON),
    Fault.UNEXPECTED_ANSWER: Ordered(Answer.NO_RESULT, posts=True),
    Fault.BAD_CREDENTIALS: Ordered(Answer.UNAUTHORIZED),
    Fault.RATE_LIMIT: Ordered(Answer.FLOOD, retry_after=17),
    Fault.REFUSED_CONTENT: Ordered(Answer.REFUSED, text="Bad Request: message is too long"),
}


class TelegramWorld(World):
    """A bot in one group of the fake server."""

    moved_to = "-1007770000001"

    def __init__(self, server: TelegramServer) -> None:
        self.server = server
        self.context = memory_context()
        self.shelf = self.context.shelf
        self.group = server.add_group("Neighbours", forum=True)
        self.small = server.add_small_group("Garden")
        self.target = self._usual_target = Target(str(self.group.id), "Neighbours")
        self.connection = self._usual_connection = self.connect(server.url)
        self.busy: TelegramConnection | None = None
        self.other_connections: list[TelegramConnection] = []
        self._staged = ExitStack()

    def connect(self, address: str, timeouts: Timeouts = QUICK) -> TelegramConnection:
        return TelegramConnection(self.server.token, address, self.context, timeouts)

    def stage(self, fault: Fault) -> None:
        match fault:
            case Fault.OFFLINE:
                self._elsewhere(self.server.url)
                self._staged.enter_context(patch.object(socket.socket, "connect", _unreachable))
            case Fault.NO_ADDRESS:
                self._elsewhere("https://telegram.invalid")
            case Fault.REFUSED:
                self.server.stop_listening()
                self._staged.callback(self.server.listen)
            case Fault.CONNECT_TIMEOUT:
                self._elsewhere(self._staged.enter_context(_Full()).url)
            case Fault.POOL_TIMEOUT:
                assert self.busy is not None  # made by telegram_world
                self.connection = self.busy
            case Fault.TLS_FAILURE:
                self._elsewhere(self._staged.enter_context(TelegramServer(self.server.token, tls=untrusted())).url)
            case Fault.KICKED:
                self.server.world.change(self.group, Member.KICKED)
                self._staged.callback(self.server.world.change, self.group, Member.MEMBER)
            case Fault.NO_RIGHT:
                self.server.world.change(self.group, Member.RESTRICTED)
                self._staged.callback(self.server.world.change, self.group, Member.MEMBER)
            case Fault.TARGET_GONE:
                self.target = Target("-1005550000005", "Never met")
            case Fault.THREAD_GONE:
                self.target = Target(f"{self.group.id}/45", "A topic that was deleted")
            case Fault.MIGRATED:
                self.target = Target(str(self.small.id), "Garden")
                if self.small.migrated_to is None:
                    self.server.world.migrate(self.small, int(self.moved_to))
            case _:
                self.server.script(ANSWERS[fault], times=None, method="*")

    def mend(self) -> None:
        self._staged.close()
        self.server.mend()
        self.target, self.connection = self._usual_target, self._usual_connection

    def received(self) -> Sequence[Received]:
        return [
            Received(
                text=posted.given,
                target=str(posted.chat) if posted.thread is None else f"{posted.chat}/{posted.thread}",
                attachments=(posted.file.name,) if posted.file else (),
                digests=(sha256(posted.file.content).hexdigest(),) if posted.file else (),
                silent=posted.silent,
                understood=frozenset([entity.type for entity in posted.entities] + [kind for kind, _ in posted.found]),
            )
            for posted in self.server.posted()
        ]

    def _elsewhere(self, address: str) -> None:
        self.connection = self.connect(address)
        self.other_connections.append(self.connection)


@asynccontextmanager
async def telegram_world(*, busy: bool) -> AsyncIterator[TelegramWorld]:
    """A world; where it is `busy`, with a connection whose only socket waits for an answer that never comes (for POOL_TIMEOUT)."""
    with TelegramServer() as server:
        world = TelegramWorld(server)
        waiting: asyncio.Task[object] | None = None
        if busy:
            world.busy = world.connect(server.url, Timeouts(connect=5, read=60, write=5, pool=0.2, connections=1))
            world.other_connections.append(world.busy)
            server.script(Answer.NOTHING, method="getme")
            waiting = asyncio.create_task(world.busy.check())
            await asyncio.to_thread(server.wait_for, lambda now: bool(now.received("getme")))
        yield world
        world.mend()
        if waiting is not None:
            waiting.cancel()
            await asyncio.wait([waiting])
        for connection in (world._usual_connection, *world.other_connections):
            await connection.close()


def _unreachable(self: socket.socket, address: Any) -> None:
    raise OSError(errno.ENETUNREACH, "Network is unreachable")


class _Full:
    """A listener that completes no connection: its queue is full."""

    def __enter__(self) -> "_Full":
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._queued: list[socket.socket] = []
        for _ in range(4):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(self._listener.getsockname())
            self._queued.append(waiting)
        return self

    def __exit__(self, *error: object) -> None:
        for one in (*self._queued, self._listener):
            one.close()


def untrusted() -> ssl.SSLContext:
    """The server's side of TLS with a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(file)
    return context
