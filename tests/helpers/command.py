"""The `belfry` command as people call it: a process of its own, with a data folder of its own and secrets in a file that a passphrase locks."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
SECONDS = 60  # for one command, on a machine that is busy with other tests
PASSPHRASE = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """What it said on standard error, which must be words and no traceback."""
        assert "Traceback" not in self.err, self.err
        return self.err


@dataclass(slots=True)
class Belfry:
    """The command on one computer.

    Attributes:
        home: where it is called from; files are named from here.
        data: the computer's data folder.
        more: environment variables beside the usual ones.
    """

    home: Path
    data: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of every call: nothing of the tests' own but the path to the source."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "LANG", "LC_ALL") if name in os.environ}
        own = {"HOME": str(self.home), "BELFRY_DATA": str(self.data), "BELFRY_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        return kept | own | self.more

    def command(self, arguments: Sequence[str | Path]) -> list[str]:
        """The words of a call."""
        return [sys.executable, "-P", "-m", "desktop", *map(str, arguments)]

    def __call__(self, *arguments: str | Path, stdin: str | bytes = b"", status: int | None = 0) -> Said:
        """Call it and wait. Fails where the exit status is not `status` (None: any)."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        command = self.command(arguments)
        done = subprocess.run(command, cwd=self.home, env=self.environ, input=given, capture_output=True, timeout=SECONDS, check=False)
        said = Said(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert status is None or said.status == status, f"belfry {' '.join(map(str, arguments))}: {said}"
        assert "Traceback" not in said.err, said.err
        return said

    @contextmanager
    def running(self, *arguments: str | Path) -> Iterator["Running"]:
        """The command in the background; killed at the end where it still runs."""
        process = subprocess.Popen(
            self.command(arguments),
            cwd=self.home,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running = Running(process)
        try:
            yield running
        finally:
            process.kill()
            process.wait(SECONDS)
            running.close()


class Running:
    """A command that runs in the background, and what it has said so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.out: list[str] = []
        self.err: list[str] = []
        self._heard = threading.Condition()
        self._readers = [self._reader(process.stdout, self.out), self._reader(process.stderr, self.err)]

    def wait_for(self, met: Callable[["Running"], bool], seconds: float = SECONDS) -> None:
        """Wait until a condition is met, looked at whenever a line comes and a few times a second. Fails where it is not in time."""
        until = time.monotonic() + seconds
        with self._heard:
            while not met(self):
                left = until - time.monotonic()
                assert left > 0, f"not in {seconds} s; said so far: {self.out} {self.err}"
                self._heard.wait(min(left, 0.2))

    def end(self, signal: int, seconds: float = SECONDS) -> Said:
        """Send a signal and wait for the end."""
        self.process.send_signal(signal)
        status = self.process.wait(seconds)
        self.close()
        return Said(status, "".join(self.out), "".join(self.err))

    def close(self) -> None:
        """Read what is left, and let go."""
        for reader in self._readers:
            reader.join(SECONDS)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def _reader(self, stream: IO[str] | None, into: list[str]) -> threading.Thread:
        assert stream is not None

        def read() -> None:
            for line in stream:
                with self._heard:
                    into.append(line)
                    self._heard.notify_all()

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread
