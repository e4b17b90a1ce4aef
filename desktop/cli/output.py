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

import click
from click._termui_impl import ProgressBar

from desktop.community import zones
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
            click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
        case Format.CSV:
            text = io.StringIO()
            writer = csv.writer(text)
            if rows:
                writer.writerow(rows[0])
            writer.writerows([_safe(cell) for cell in row.values()] for row in rows)
            click.echo(text.getvalue(), nl=False)
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
    shown: list[ProgressBar[int]] = []

    def report(done: int, total: int) -> None:
        if not shown and time.monotonic() - began > PATIENCE and total:
            shown.append(click.progressbar(length=total, label=label, file=sys.stderr).__enter__())
        for bar in shown:
            bar.update(done - bar.pos)

    try:
        yield report
    finally:
        for bar in shown:
            bar.render_finish()


def _safe(cell: Cell) -> Cell:
    """No cell that a spreadsheet would run as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def format_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option --format of a list."""
    forms = click.Choice([form.value for form in Format])
    return click.option("--format", "form", type=forms, default=Format.TABLE.value, callback=lambda _context, _option, value: Format(value))(command)


def when(instant: datetime, store: Store) -> str:
    """An instant as the community's clocks show it, to the minute, with the zone's own abbreviation."""
    zone = zones.zone(store.setting("zone", "UTC"))
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M %Z}"
