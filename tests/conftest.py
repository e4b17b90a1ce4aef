"""What holds for every test: no network but this machine's own, no unexpected warning in the log, hypothesis without deadlines."""

import ipaddress
import logging
import os
import re
import signal
import socket
import sys
from collections.abc import Iterator

import hypothesis
import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell started us in its background; the programs that we start would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("long", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))

_attempts: list[str] = []


class NetworkForbiddenError(RuntimeError):
    """A test reached for a machine other than this one."""


def _is_here(host: object) -> bool:
    """Whether this address or name is this machine: loopback, `localhost`, or "any of mine" for a socket that listens."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _forbid(what: str) -> None:
    _attempts.append(what)
    raise NetworkForbiddenError(f"a test reached for {what}; tests talk to this machine only")


def _guard(event: str, args: tuple[object, ...]) -> None:
    """An audit hook: sees what every library does with sockets, also those written in C. Unix sockets pass.

    Names under `.invalid` (RFC 6761: they never exist) fail as they do in the world, without asking it.
    """
    match event:
        case "socket.connect" | "socket.sendto" | "socket.sendmsg":
            sock, address = args
            if (
                isinstance(sock, socket.socket)
                and sock.family in (socket.AF_INET, socket.AF_INET6)
                and isinstance(address, tuple)
                and not _is_here(address[0])
            ):
                _forbid(f"{address[0]} port {address[1]}")
        case "socket.getaddrinfo" | "socket.gethostbyname" | "socket.gethostbyaddr":
            host = args[0]
            if isinstance(host, str | bytes) and str(host if isinstance(host, str) else host.decode()).rstrip(".").endswith(".invalid"):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            if not _is_here(host):
                _forbid(f"the name {host!r}")


sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def _only_this_machine() -> Iterator[None]:
    """Fails a test that reached for the network, even where the code under test swallowed the error."""
    _attempts.clear()
    yield
    reached, _attempts[:] = list(_attempts), []
    assert not reached, f"the test reached for {', '.join(reached)}; tests talk to this machine only"


class _Warnings(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that logs a warning or an error which it does not expect.

    Expected are those that match a mark `expects_log("regular expression")`; a test that takes pytest's `caplog` looks after its log itself.
    """
    if "caplog" in request.fixturenames:
        yield
        return
    kept = _Warnings()
    logging.getLogger().addHandler(kept)
    yield
    logging.getLogger().removeHandler(kept)
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    surprises = [line for line in kept.lines if not any(re.search(pattern, line) for pattern in expected)]
    assert not surprises, "unexpected in the log:\n" + "\n".join(surprises)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what kept the UI thread for long (tests/helpers/watchdog.py)."""
    gaps = [
        (report.nodeid, value)
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "teardown"
        for name, value in report.user_properties
        if name == "ui_gap"
    ]
    if gaps:
        terminalreporter.section("What kept the UI thread for more than 50 ms")
        for node, value in gaps:
            terminalreporter.line(f"{node}: {value}")
