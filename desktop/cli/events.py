"""`belfry events …`."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from desktop.cli.context import session
from desktop.cli.kinds import DAY
from desktop.cli.output import Format, ask_first, format_option, replace_option, show
from desktop.community.zones import to_utc, to_wall
from resources.translations import _, ngettext

FILE = click.Path(readable=False, path_type=Path)  # what is wrong with it, the one who reads it says better
AHEAD = timedelta(days=31)
SHOWN_BAD = 10
SHORT = 8  # of an id: its random end, enough to name an event by


@click.group()
def events() -> None:
    """The calendar."""


@events.command("import")
@click.argument("file", type=FILE)
def import_events(file: Path) -> None:
    """Import the events of an .ics FILE. What is there already is left as it is; `belfry undo` takes the whole import back."""
    from desktop.actions import events as actions

    outcome = actions.import_calendar(session().store, file)
    click.echo(ngettext("Added {n} event.", "Added {n} events.", outcome.added).format(n=outcome.added))
    if outcome.there:
        click.echo(ngettext("{n} was there already.", "{n} were there already.", outcome.there).format(n=outcome.there))
    for remark in outcome.remarks:
        click.echo(str(remark), err=True)
    for bad in outcome.bad[:SHOWN_BAD]:
        click.echo(_("Line {line}: {reason}").format(line=bad.line, reason=bad.reason), err=True)
    more = len(outcome.bad) - SHOWN_BAD
    if more > 0:
        click.echo(ngettext("… and {n} more.", "… and {n} more.", more).format(n=more), err=True)
    if outcome.bad:
        click.get_current_context().exit(1)


@events.command("list")
@click.option("--from", "first", type=DAY, help="The first day, e.g. 2026-12-01; without it, today.")
@click.option("--to", "last", type=DAY, help="The last day; without it, a month after the first.")
@format_option
def list_events(first: date | None, last: date | None, form: Format) -> None:
    """List the dates of the calendar, one row for each."""
    from desktop.community.calendar import Window
    from desktop.store import events as calendar
    from desktop.store import occurrences

    now = session()
    store, zone = now.store, now.store.setting("zone", "UTC")
    occurrences.refresh(store)
    first = first or to_wall(now.program.clock.now(), zone).date()
    last = last or first + AHEAD
    if last < first:
        raise click.UsageError(_("--to is before --from."))
    window = Window(to_utc(datetime.combine(first, time()), zone), to_utc(datetime.combine(last + timedelta(days=1), time()), zone))
    rows = [
        {
            _("Event"): one.series_id[-SHORT:] if form is Format.TABLE else one.series_id,
            _("Start"): _moment(one.start),
            _("End"): _moment(one.end if isinstance(one.end, datetime) else one.end - timedelta(days=1)),
            _("Zone"): one.zone,
            _("Title"): one.title,
            _("Place"): one.place,
            _("Cancelled"): _("cancelled") if one.cancelled else "",
        }
        for one in occurrences.between(store, window)
    ]
    nothing = _("Nothing is in the calendar from {first} to {last}. Look elsewhere with --from and --to.").format(first=first, last=last)
    show(rows, form, nothing if calendar.count(store) else _("There are no events yet. Bring them in: belfry events import FILE.ics"))


@events.command("export")
@click.argument("file", type=FILE)
@replace_option
def export_events(file: Path, replace: bool) -> None:
    """Write the calendar to an .ics FILE."""
    from desktop.actions import events as actions

    ask_first(file, replace)
    number = actions.export_calendar(session().store, file)
    click.echo(ngettext("Wrote {n} event to {file}.", "Wrote {n} events to {file}.", number).format(n=number, file=file))


def _moment(moment: datetime | date) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment:%Y-%m-%d}"


COMMANDS = (events,)
