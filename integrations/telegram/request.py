"""How python-telegram-bot reaches the network for us: its own httpx request, which also notes whether anything left, and looks at answers first."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds.

    Attributes:
        read: for the next piece of the answer. Telegram may take long over a photo; giving up early makes a delivery unsure.
        write: for the next piece of the request to leave.
        pool: for one of `connections` to be free.
        whole: for everything together.
    """

    connect: float = 10
    read: float = 30
    write: float = 30
    pool: float = 10
    whole: float = 600
    connections: int = 16


class FloodWait(TelegramError):
    """429. Stands in for PTB's RetryAfter, which warns of a change to come whenever it is made. `after`: None where Telegram gave no time."""

    def __init__(self, after: timedelta | None) -> None:
        super().__init__("Too Many Requests")
        self.after = after


class Unreadable(NetworkError):
    """An answer that is not Telegram's, or that tells nothing of what became of the request."""


class Trip:
    """One request on its way. `left`: whether its first byte may have."""

    def __init__(self) -> None:
        self.left = False

    async def note(self, event: str, info: Mapping[str, Any]) -> None:
        """httpx's `trace`: https://www.encode.io/httpcore/extensions/#trace. What a tunnel is asked for (CONNECT) is not the request itself."""
        if event.endswith(".send_request_headers.started") and info["request"].method != b"CONNECT":
            self.left = True


_trip: ContextVar[Trip | None] = ContextVar("trip", default=None)


@contextmanager
def following() -> Iterator[Trip]:
    """Follow the one request made inside."""
    trip = Trip()
    reset = _trip.set(trip)
    try:
        yield trip
    finally:
        _trip.reset(reset)


async def _attach(request: httpx.Request) -> None:
    trip = _trip.get()
    if trip is not None:
        request.extensions = {**request.extensions, "trace": trip.note}


class FollowedRequest(HTTPXRequest):
    """PTB's request over httpx. Raises what PTB does, FloodWait for 429, Unreadable for what nobody can judge."""

    __slots__ = ()

    def __init__(self, timeouts: Timeouts) -> None:
        super().__init__(
            connection_pool_size=timeouts.connections,
            connect_timeout=timeouts.connect,
            read_timeout=timeouts.read,
            write_timeout=timeouts.write,
            media_write_timeout=timeouts.write,
            pool_timeout=timeouts.pool,
            httpx_kwargs={"event_hooks": {"request": [_attach]}},
        )

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The status and body of an answer that PTB can read. Bodies that it can't read it would log in full."""
        code, payload = await super().do_request(*args, **kwargs)
        _look_at(code, payload)
        return code, payload


def _look_at(code: int, payload: bytes) -> None:
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        answer = None
    good = isinstance(answer, dict) and isinstance(answer.get("parameters", {}), dict)
    match code:
        case _ if 200 <= code < 300:
            if not good or answer.get("ok") is not True or "result" not in answer:
                raise Unreadable("an answer of another shape")
        case 413:  # also from a gateway in front of the server: the request was too large to be taken in
            raise BadRequest("Request Entity Too Large")
        case 401 | 404 if not good:
            raise InvalidToken("Not Found" if code == 404 else "Unauthorized")
        case _ if not good or answer.get("ok") is not False or code < 400 or code >= 500:
            raise Unreadable(f"status {code}")
        case 429:
            after = answer.get("parameters", {}).get("retry_after")
            raise FloodWait(timedelta(seconds=after) if isinstance(after, int | float) else None)
