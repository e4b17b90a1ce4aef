"""The real `belfry` command in the process of the test: quick, with a data folder of its own."""

from dataclasses import dataclass, field
from pathlib import Path

import click.testing

from desktop.cli import main
from helpers.command import PASSPHRASE


@dataclass(slots=True)
class Called:
    """What a call came to."""

    status: int
    out: str
    err: str


@dataclass(slots=True)
class Cli:
    """The command, called as by a person whose files lie in `home`."""

    home: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def community(self) -> Path:
        """The file in the data folder."""
        return self.home / "data" / "community.belfry"

    def __call__(self, *arguments: str | Path, stdin: str | bytes = "", status: int | None = 0) -> Called:
        """Call it. Fails on another exit status than `status` (None: any), on a traceback, and on an error that came through."""
        environ = {"BELFRY_DATA": str(self.home / "data"), "BELFRY_PASSPHRASE": PASSPHRASE, **self.more}
        result = click.testing.CliRunner().invoke(main, [str(word) for word in arguments], input=stdin, env=environ, prog_name="belfry")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.stderr
        assert status is None or result.exit_code == status, (result.exit_code, result.stdout, result.stderr)
        return Called(result.exit_code, result.stdout, result.stderr)

    def write(self, name: str, content: str | bytes) -> Path:
        """A file of the person's."""
        path = self.home / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path
