"""`belfry new`, `set`, `info`, `check`, `backup`, `restore`, `undo`, `redo`, `history`, and what Belfry shows where it has no window."""

from pathlib import Path

import click

from desktop.actions import community
from desktop.actions.deliveries import left_the_house
from desktop.cli.context import session
from desktop.cli.kinds import COUNTRY, ZONE
from desktop.cli.output import Cell, Format, format_option, show, when
from desktop.community.deliveries import State
from desktop.store import undo as journal
from resources.translations import _, mark, ngettext

FILE = click.Path(dir_okay=False, path_type=Path)
SHORT = 8  # of an id: its random end, enough to name a change by


@click.command(short_help=mark("Make a community."))
@click.argument("file", type=FILE, required=False)
@click.option("--sample", is_flag=True, help="Fill it with an invented community, to try things out.")
@click.option("--name", help="What the community is called; without it, the name of the file.")
@click.option("--zone", type=ZONE, help="The community's time zone, e.g. Europe/Lisbon; without it, this computer's.")
@click.option("--country", type=COUNTRY, help="Two letters, e.g. PT: for phone numbers that are written without their country.")
def new(file: Path | None, sample: bool, name: str | None, zone: str | None, country: str | None) -> None:
    """Make a community FILE; without one, that in the data folder, which every command uses where no --community is named."""
    from desktop.engine.cloud import cloud_folder

    program = session().program
    file = file or session().file or program.community
    if sample:
        from desktop.actions import sample as invented

        name, zone, country = name or invented.NAME, zone or invented.ZONE, country or invented.COUNTRY
    store = community.new(
        file,
        clock=program.clock,
        computer=program.computer.id,
        computer_name=program.computer.name,
        name=name or file.stem,
        zone=zone or this_zone(),
        country=country or "",
    )
    with store:
        if sample:
            invented.fill(store)
        click.echo(_("Made {file}, in the time zone {zone}. This computer sends from it.").format(file=store.path, zone=store.setting("zone")))
        if not store.setting("country"):
            remark = _("Phone numbers without their country can't be told apart yet. Say where you are: belfry set --country PT")
            click.echo(remark, err=True)
    cloud = cloud_folder(file)
    if cloud:
        warning = _(
            "{file} lies in a folder of {cloud}, which may damage an open file or send it to a second computer. A folder of your own is safer."
        )
        click.echo(warning.format(file=file, cloud=cloud), err=True)


def this_zone() -> str:
    """The zone of this computer; UTC where it does not say, or says two things at once (tzlocal raises then)."""
    import tzlocal

    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"


@click.command("set")
@click.option("--name", help="What the community is called.")
@click.option("--zone", type=ZONE, help="Its time zone, e.g. Europe/Lisbon.")
@click.option("--country", type=COUNTRY, help="Two letters, e.g. PT: for phone numbers that are written without their country.")
@click.option("--grace", type=click.IntRange(0, 3600), help="Seconds that a message which is due at once still waits, so that it can be taken back.")
def set_up(name: str | None, zone: str | None, country: str | None, grace: int | None) -> None:
    """Change the settings of the community."""
    if all(given is None for given in (name, zone, country, grace)):
        raise click.UsageError(_("Say what to change: --name, --zone, --country or --grace."))
    community.set_up(session().store, name=name, zone=zone, country=country, grace=grace)
    click.echo(_("Changed."))


@click.command()
@format_option
def info(form: Format) -> None:
    """Say what is in the community file."""
    now = community.info(session().store)
    sender = now.sender or _("no computer; say: belfry take-over")
    rows: list[tuple[str, Cell]] = [
        (_("Community"), now.name),
        (_("File"), f"{now.file} ({now.bytes / 1e6:.1f} MB)"),
        (_("Time zone"), now.zone),
        (_("Country"), now.country or "–"),
        (_("Members"), now.members),
        (_("Events"), now.events),
        (_("Connections"), now.connections),
        (_("Channels"), now.channels),
        (_("Deliveries"), ", ".join(f"{state} {number}" for state, number in now.deliveries.items()) or "–"),
        (
            _("Sends"),
            _("this computer ({name})").format(name=now.sender) if now.sends_here else sender,
        ),
        ("SQLite, tzdata", f"{now.sqlite}, {now.tzdata}"),
    ]
    show([{_("What"): what, _("Value"): value} for what, value in rows], form)


@click.command(short_help=mark("Copy the community, and verify the copy."))
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Copy the community to FILE, as it is at this moment, and verify the copy."""
    session().store.copy_to(file.absolute())
    click.echo(_("Copied to {file} and verified. Nothing is sent from the copy.").format(file=file))


@click.command(short_help=mark("Look through the community file."))
@click.option("--repair", is_flag=True, help="Make anew what can be worked out from the rest.")
def check(repair: bool) -> None:
    """Look through the community file: whether it is whole, and whether everything in it fits together."""
    from desktop.cli.remedies import advised
    from desktop.store import check as checking
    from desktop.store import erase

    store = session().store
    found = checking.repair(store) if repair else checking.check(store)
    erase.finish(store)
    for one in found:
        click.echo(advised(one.what, one.remedy), err=True)
    if not found:
        click.echo(_("All is well."))
        return
    if any(one.mendable for one in found) and not repair:
        click.echo(_("This can be mended: belfry check --repair"), err=True)
    click.get_current_context().exit(1)


@click.command(short_help=mark("Put a backup in the place of the community."))
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put a copy of the backup FILE in the place of the community. What was there is kept under another name, and the backup stays as it is."""
    from desktop.actions.restoring import SENDS_NOTHING, outcome
    from desktop.cli.remedies import TAKE_OVER, with_command
    from desktop.store import restore as restoring

    now = session()
    path = now.file or now.program.community
    done = restoring.restore(path, file, clock=now.program.clock, device=now.program.computer.id)
    click.echo(_("Restored {file} from {backup}.").format(file=path, backup=file))
    for sentence in outcome(done):
        click.echo(str(sentence))
    click.echo(with_command(SENDS_NOTHING, TAKE_OVER))


@click.command(short_help=mark("Take back the last change, or an earlier one."))
@click.argument("which", required=False, default="")
def undo(which: str) -> None:
    """Take back the last change, or the one with this id from `belfry history`."""
    store = session().store
    outcome = journal.undo(store, which)
    click.echo(_("Undone: {what}").format(what=outcome.name))
    for gone in left_the_house(store, outcome.announcements):
        out = _("It has gone out to {channel}, which can't be taken back from here.")
        maybe = _("It may have gone out to {channel}, which can't be taken back from here. Look there.")
        click.echo((out if gone.delivery.state is State.SENT else maybe).format(channel=gone.channel), err=True)
    _tell_kept(outcome.kept)


@click.command()
def redo() -> None:
    """Make the change again that was taken back last."""
    outcome = journal.redo(session().store)
    click.echo(_("Done again: {what}").format(what=outcome.name))
    _tell_kept(outcome.kept)


def _tell_kept(kept: int) -> None:
    if kept:
        message = ngettext(
            "{n} thing stayed as it is, because it was changed since.", "{n} things stayed as they are, because they were changed since.", kept
        )
        click.echo(message.format(n=kept), err=True)


@click.command()
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
@format_option
def history(limit: int, form: Format) -> None:
    """List what was done, the newest first."""
    store = session().store
    done = journal.history(store, limit)
    rows: list[dict[str, Cell]] = [
        {_("Id"): one.id[-SHORT:], _("When"): when(one.at, store), _("What"): str(one.name), _("Undone"): _("undone") if one.undone else ""}
        for one in done
    ]
    show(rows, form, _("Nothing was done yet."))


@click.command(hidden=True)
def demonstration() -> None:
    """Show on an invented community that Belfry works: what it does where there is no window."""
    from desktop.demonstration import demonstrate

    click.get_current_context().exit(demonstrate())


COMMANDS = (new, set_up, info, check, backup, restore, undo, redo, history, demonstration)
