"""How the command line shows things: lists as a table, JSON or CSV; a progress bar where something takes more than a second."""

import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.community import zones
from desktop.community.errors import Refused
from resources.translations import _, phrase

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from desktop.store.database import Store

PATIENCE = 1.0  # seconds before a progress bar appears
Cell = str | int | float | bool | None


class Format(StrEnum):
    """The value of --format."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def show(rows: Sequence[Mapping[str, Cell]], form: Format, empty: str = "") -> None:
    """Print a list. `empty` is said, on standard error, where a table would have no row."""
    match form:
        case Format.JSON:
            _say(json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n")
        case Format.CSV:
            from desktop.exchange.tables import safe

            text = io.StringIO()
            writer = csv.writer(text)
            if rows:
                writer.writerow(rows[0])
            writer.writerows([safe(cell) if isinstance(cell, str) and cell else cell for cell in row.values()] for row in rows)
            _say(text.getvalue())
        case Format.TABLE if rows:
            from tabulate import tabulate

            cells = [["" if cell is None else cell for cell in row.values()] for row in rows]
            click.echo(tabulate(cells, headers=list(rows[0]), tablefmt="simple", disable_numparse=True))
        case Format.TABLE:
            click.echo(empty, err=True)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for something that reports (done, total); it appears after a second, and only on a terminal."""
    began = time.monotonic()
    watched = sys.stderr is not None and sys.stderr.isatty()
    shown: list[ProgressBar[int]] = []

    def report(done: int, total: int) -> None:
        if watched and not shown and total and time.monotonic() - began > PATIENCE:
            shown.append(click.progressbar(length=total, label=label, file=sys.stderr).__enter__())
        for bar in shown:
            bar.update(done - bar.pos)

    try:
        yield report
    finally:
        for bar in shown:
            bar.render_finish()


def _say(text: str) -> None:
    """Print what another program is to read: UTF-8 and with the line ends as they are, whatever this computer's usage is, but on a terminal."""
    click.echo(text if sys.stdout is not None and sys.stdout.isatty() else text.encode(errors="replace"), nl=False)


def format_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option --format of a list."""
    forms = click.Choice([form.value for form in Format])
    return click.option("--format", "form", type=forms, default=Format.TABLE.value, callback=lambda _context, _option, value: Format(value))(command)


def replace_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option --replace of an export."""
    return click.option("--replace", is_flag=True, help="Write over FILE where it is there already.")(command)


def ask_first(file: Path, replace: bool) -> None:
    """Ask before a file that is there is written over: it may be somebody's only list. Refused where nobody can be asked."""
    if replace or not file.exists():
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise Refused(phrase("{file} exists already. Nothing was changed; choose another name, or say --replace.", file=str(file)))
    click.confirm(_("{file} exists already. Write over it?").format(file=file), abort=True, err=True)


def when(instant: datetime, store: "Store") -> str:
    """An instant as the community's clocks show it, to the minute, with the zone's own abbreviation."""
    zone = zones.zone(store.setting("zone", "UTC"))
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M %Z}"
