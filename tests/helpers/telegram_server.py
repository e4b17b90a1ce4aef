"""A strict Telegram on loopback, over real HTTP, in a thread of its own; `python -m helpers.telegram_server` starts it alone.

What it answers is in telegram_world, how it reads HTML in telegram_html, what can be made to go wrong in telegram_faults.
"""

import argparse
import asyncio
import json
import re
import signal
import socket
import ssl
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from email.message import EmailMessage
from types import TracebackType
from typing import Self, cast
from urllib.parse import unquote

from aiohttp import web

from helpers.telegram_faults import Answer, Fault, Script
from helpers.telegram_world import TOKEN, ApiError, Chat, Json, Member, Posted, Received, Upload, World

_PATH = re.compile(r"^/bot([^/]+)/(\w+)$")
_HALF = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"ok":true,"result":{"mess'
_DISPOSITION = re.compile(r';\s*(name|filename)="([^"]*)"', re.IGNORECASE)
_TOKEN = re.compile(r"^\d+:[A-Za-z0-9_-]{35}$")
_PAGE = "<!doctype html><html><body><h1>{title}</h1></body></html>"


class TelegramServer:
    """The fake Bot API. Use as a context manager; every method may be called from any thread.

    Attributes:
        world: chats, messages and updates; look in, or act as the people in the chats.
        url: what a person would fill in as "server", e.g. `http://127.0.0.1:43117`.
    """

    def __init__(self, token: str = TOKEN, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.world = World(token)
        self.port = port
        self._tls = tls
        self._scripts: list[Script] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="fake Telegram", daemon=True)
        self._ready = threading.Event()
        self._stopping = asyncio.Event()
        self._news = asyncio.Event()
        self._poller: asyncio.Event | None = None
        self._runner: web.AppRunner
        self._listener: asyncio.Server | None = None

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the fake Telegram did not start")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    # The chats.

    def add_group(self, title: str = "Neighbours", id: int = -1001234567890, **more: object) -> Chat:
        """A supergroup in which the bot may write; `more` as in Chat."""
        return self.world.add(Chat(id, "supergroup", title, **more))  # type: ignore[arg-type]

    def add_small_group(self, title: str = "Garden", id: int = -4567890, **more: object) -> Chat:
        """A group that was never upgraded to a supergroup."""
        return self.world.add(Chat(id, "group", title, **more))  # type: ignore[arg-type]

    def add_channel(self, title: str = "Town news", id: int = -1009876543210, **more: object) -> Chat:
        """A broadcast channel of which the bot is an administrator."""
        return self.world.add(Chat(id, "channel", title, **more))  # type: ignore[arg-type]

    # What came in.

    def posted(self, chat: int | None = None) -> list[Posted]:
        """What stands in the chats (in one of them), in order; deleted messages are left out."""
        with self.world.lock:
            return [posted for posted in self.world.posted if not posted.deleted and chat in (None, posted.chat)]

    def received(self, method: str = "") -> list[Received]:
        """Every request that was read (of one method, in lower case), in order."""
        with self.world.lock:
            return [received for received in self.world.received if method in ("", received.method)]

    def wait_for(self, met: Callable[[Self], bool], seconds: float = 10) -> bool:
        """Block until the condition is met, as things come in; False if it is not in time."""
        with self.world.lock:
            return self.world.lock.wait_for(lambda: met(self), seconds)

    # What goes wrong.

    def script(self, fault: Fault | Answer, *, times: int | None = 1, chat: int | None = None, method: str | None = None) -> Script:
        """Order a fault; see Script for when it strikes. Faults ordered first strike first."""
        script = Script(Fault(fault) if isinstance(fault, Answer) else fault, times, chat, method)
        with self.world.lock:
            self._scripts.append(script)
        if script.fault.answer is Answer.CLOSE_ON_ACCEPT:
            self._on_loop(self._hang_up)
        return script

    def mend(self) -> None:
        """Forget every ordered fault."""
        with self.world.lock:
            self._scripts.clear()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Nothing listens at the port meanwhile, and open connections are gone."""
        self.stop_listening()
        try:
            yield
        finally:
            self.listen()

    def stop_listening(self) -> None:
        """Refuse connections from now on."""
        self._on_loop(self._stop_listening)

    def listen(self) -> None:
        """Take connections again, at the same port."""
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    # The thread.

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        app = web.Application(client_max_size=100_000_000)
        app.router.add_route("*", "/{tail:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        self.world.heard = lambda: self._loop.call_soon_threadsafe(self._news.set)
        await self._listen()
        self._ready.set()
        await self._stopping.wait()
        self.world.heard = lambda: None
        self._news.set()
        self._stop_listening()
        await self._runner.cleanup()

    async def _listen(self) -> None:
        if self._listener is None:
            self._listener = await self._loop.create_server(self._protocol, "127.0.0.1", self.port, ssl=self._tls, reuse_address=True)
            self.port = cast("int", self._listener.sockets[0].getsockname()[1])

    def _stop_listening(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        self._hang_up()

    def _protocol(self) -> asyncio.BaseProtocol:
        with self.world.lock:
            for script in self._scripts:
                if script.fault.answer is Answer.CLOSE_ON_ACCEPT and script.times != 0:
                    script.struck()
                    return _HangUp()
        assert self._runner.server is not None  # set up before anything listens
        return self._runner.server()

    def _hang_up(self) -> None:
        """Close the connections that wait for a next request, so that clients have to open new ones."""
        for connection in self._runner.server.connections if self._runner.server else ():
            if connection.transport is not None and connection._current_request is None:
                connection.transport.close()

    def _on_loop(self, what: Callable[[], None]) -> None:
        done = threading.Event()

        def run() -> None:
            what()
            done.set()

        self._loop.call_soon_threadsafe(run)
        if not done.wait(10):
            raise RuntimeError("the fake Telegram hangs")

    # One request.

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        at = self.world.now()
        if request.path.startswith("/_fake/"):
            return await self._control(request)
        found = _PATH.match(request.path)
        if not found or not _TOKEN.match(found[1]):
            return _refusal(ApiError(404, "Not Found"))
        params, files = await _parameters(request)
        method = found[2].lower()
        fault = self._note(Received(method, params, files, at))
        try:
            if found[1] != self.world.token:
                raise ApiError(401, "Unauthorized")
            if fault is None:
                return web.json_response({"ok": True, "result": await self._result(method, params, files)})
            return await self._fail(request, fault, method, params, files)
        except ApiError as error:
            return _refusal(error)

    def _note(self, received: Received) -> Fault | None:
        """Write a request down; the fault that strikes it, if one does."""
        world = self.world
        with world.lock:
            world.received.append(received)
            world.lock.notify_all()
            given = received.params.get("chat_id", "")
            chat = int(given) if re.fullmatch(r"-?\d+", given) else None
            for script in self._scripts:
                if script.fault.answer is not Answer.CLOSE_ON_ACCEPT and script.strikes(received.method, chat):
                    script.struck()
                    return script.fault
        return None

    async def _result(self, method: str, params: Mapping[str, str], files: Mapping[str, Upload]) -> object:
        if method == "getupdates":
            return await self._updates(params)
        return self.world.call(method, params, files)

    async def _updates(self, params: Mapping[str, str]) -> list[Json]:
        """Long polling: a second poller ends the first one's wait with 409, as at the real one."""
        if self.world.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
        if "allowed_updates" in params:
            self.world.allowed = json.loads(params["allowed_updates"])
        offset, limit = int(params.get("offset", "0")), min(int(params.get("limit", "100")), 100)
        until = self._loop.time() + float(params.get("timeout", "0"))
        if self._poller is not None:
            self._poller.set()
            self._news.set()
        ended = self._poller = asyncio.Event()
        try:
            while not (found := self.world.pending(offset, limit)) and self._loop.time() < until and not self._stopping.is_set():
                self._news.clear()
                try:
                    await asyncio.wait_for(self._news.wait(), until - self._loop.time())
                except TimeoutError:
                    break
                if ended.is_set():
                    raise ApiError(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
            return found
        finally:
            if self._poller is ended:
                self._poller = None

    async def _fail(
        self, request: web.Request, fault: Fault, method: str, params: Mapping[str, str], files: Mapping[str, Upload]
    ) -> web.StreamResponse:
        result: object = None
        if fault.posts or fault.answer is Answer.NORMAL:
            result = await self._result(method, params, files)
        if fault.seconds:
            await self._rest(fault.seconds)
        match fault.answer:
            case Answer.NORMAL:
                return web.json_response({"ok": True, "result": result})
            case Answer.CLOSE | Answer.CLOSE_ON_ACCEPT:
                return _gone(request)
            case Answer.RESET:
                raw = request.transport.get_extra_info("socket") if request.transport else None
                if raw is not None:
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return _gone(request)
            case Answer.NOTHING:
                await self._stopping.wait()
                return _gone(request)
            case Answer.HALF:
                if request.transport is not None:
                    request.transport.write(_HALF)
                    request.transport.close()
                return web.Response()
            case Answer.ERROR_500:
                return _refusal(ApiError(500, "Internal Server Error"))
            case Answer.HTML_502:
                return _page(502, "502 Bad Gateway")
            case Answer.HTML_403:
                return _page(403, "Access denied")
            case Answer.REDIRECT:
                return web.Response(status=302, headers={"Location": "http://login.portal.invalid/"})
            case Answer.NOT_JSON:
                return _page(200, "Welcome to the library's Wi-Fi")
            case Answer.NO_RESULT:
                return web.json_response(["hello"])
            case Answer.ODD_RESULT:
                return web.json_response({"ok": True, "result": True})
            case Answer.FLOOD:
                raise ApiError(429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after)
            case Answer.FLOOD_HTML:
                return _page(429, "Too many requests")
            case Answer.TOO_LARGE:
                return _page(413, "413 Request Entity Too Large")
            case Answer.UNAUTHORIZED:
                raise ApiError(401, "Unauthorized")
            case Answer.NOT_FOUND:
                raise ApiError(404, "Not Found")
            case Answer.REFUSED:
                raise ApiError(400, fault.text)
            case Answer.FORBIDDEN:
                raise ApiError(403, fault.text)
            case Answer.CONFLICT:
                raise ApiError(409, fault.text)

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    async def _control(self, request: web.Request) -> web.Response:
        """For a server in another process: GET `/_fake/posted`, `/_fake/received`; POST `/_fake/fault` (JSON of Script and Fault), `/_fake/mend`."""
        match request.path:
            case "/_fake/posted":
                shown = [asdict(posted) | {"file": posted.file.name if posted.file else ""} for posted in self.posted()]
                return web.json_response(shown)
            case "/_fake/received":
                calls = [{"method": received.method, "params": dict(received.params), "at": received.at} for received in self.received()]
                return web.json_response(calls)
            case "/_fake/fault":
                order = await request.json()
                when = {name: order.pop(name) for name in ("times", "chat", "method") if name in order}
                fault = Fault(Answer[order.pop("answer")], **order)
                with self.world.lock:
                    self._scripts.append(Script(fault, **when))
                return web.json_response(True)
            case "/_fake/mend":
                self.mend()
                return web.json_response(True)
            case _:
                return web.json_response(False, status=404)


class _HangUp(asyncio.Protocol):
    """Closes what it is given."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


async def _parameters(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """Parameters as text and files, from the query, a form, multipart or JSON: https://core.telegram.org/bots/api#making-requests"""
    params = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        given = json.loads(await request.read() or b"{}")
        params |= {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
        return params, files
    if request.content_type == "multipart/form-data":
        return _multipart(request.headers["Content-Type"], await request.read(), params)
    params |= {name: str(value) for name, value in (await request.post()).items()}
    return params, files


def _multipart(content_type: str, body: bytes, params: dict[str, str]) -> tuple[dict[str, str], dict[str, Upload]]:
    """RFC 7578. By hand, since aiohttp's reader gives a warning about itself now and then, and in tests a warning is an error."""
    head = EmailMessage()
    head["Content-Type"] = content_type
    files: dict[str, Upload] = {}
    for part in body.split(b"--" + (head.get_boundary() or "").encode())[1:-1]:
        described, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        fields = {name.lower(): value for name, value in _DISPOSITION.findall(described.decode())}
        if "filename" in fields:
            files[fields["name"]] = Upload(unquote(fields["filename"]), content)
        else:
            params[fields["name"]] = content.decode()
    return params, files


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    return web.json_response(body | ({"parameters": error.parameters} if error.parameters else {}), status=error.code)


def _page(status: int, title: str) -> web.Response:
    return web.Response(status=status, text=_PAGE.format(title=title), content_type="text/html")


def _gone(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def main() -> None:
    """Serve until interrupted. The first line on stdout is the address; then the bot's token, the groups, and each message as it arrives, as JSON."""
    parser = argparse.ArgumentParser(prog="python -m helpers.telegram_server", description="A Telegram of your own, for trying things out.")
    parser.add_argument("--port", type=int, default=0, help="0 finds a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--group", action="append", metavar="TITLE", help="a group that the bot is in; may be repeated (default: Neighbours)")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with TelegramServer(arguments.token, arguments.port) as server:
        groups = [server.add_group(title, -1001000000000 - number) for number, title in enumerate(arguments.group or ["Neighbours"], start=1)]
        _say(server.url)
        _say(f"token {server.token}")
        for group in groups:
            _say(f"group {group.id} {group.title}")
        shown = 0
        try:
            while True:
                server.wait_for(lambda now, seen=shown: len(now.world.posted) > seen, 3600)  # type: ignore[misc]
                for posted in server.world.posted[shown:]:
                    arrived = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(posted.at))
                    more = {"file": posted.file.name} if posted.file else {}
                    title = server.world.chats[posted.chat].title
                    _say(json.dumps({"arrived": arrived, "group": title, "text": posted.text, **more}, ensure_ascii=False))
                    shown += 1
        except KeyboardInterrupt:
            return


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


__all__ = ["TOKEN", "Answer", "Chat", "Fault", "Member", "Posted", "TelegramServer"]

if __name__ == "__main__":
    main()
