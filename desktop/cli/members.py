"""`belfry members …`."""

import sys
from pathlib import Path

import click

from desktop.cli.context import session
from desktop.cli.kinds import PAIR
from desktop.cli.output import Format, ask_first, format_option, progress, replace_option, show
from desktop.community.members import ContactKind
from desktop.store import members as people
from resources.translations import _, mark, ngettext

FILE = click.Path(readable=False, path_type=Path)  # what is wrong with it, the one who reads it says better
SHORT = 8  # of an id: its random end, enough to name a member by
MANY = 1000  # rows of a table that are shown before asking for fewer
SHOWN_BAD = 10


@click.group()
def members() -> None:
    """People and organizations."""


@members.command("import")
@click.argument("file", type=FILE)
@click.option("--map", "mapping", type=PAIR, multiple=True, metavar="HEADER=FIELD", help="What a column is; may be given again. See --dry-run.")
@click.option("--dry-run", is_flag=True, help="Say how the file would be read, and change nothing.")
def import_members(file: Path, mapping: tuple[tuple[str, str], ...], dry_run: bool) -> None:
    """Import members from a CSV or vCard FILE. Who is there already is left out; `belfry undo` takes the whole import back."""
    from desktop.actions import members as actions

    with progress(_("Reading")) as report:
        outcome = actions.import_members(session().store, file, dict(mapping), dry_run=dry_run, progress=report)
    if dry_run and outcome.preview:
        preview = outcome.preview
        rows = [
            {_("Column"): use.header, _("Becomes"): use.field or f"field:{use.header}", _("For example"): " ".join(use.sample.split())[:40]}
            for use in preview.mapping
        ]
        show(rows, Format.TABLE)
        click.echo(_("Read as {encoding}, with “{delimiter}” between the cells.").format(encoding=preview.encoding, delimiter=preview.delimiter))
    for remark in outcome.remarks:
        click.echo(str(remark), err=True)
    would = ngettext("{n} member would be added.", "{n} members would be added.", outcome.added)
    did = ngettext("Added {n} member.", "Added {n} members.", outcome.added)
    click.echo((would if dry_run else did).format(n=outcome.added))
    if outcome.there:
        click.echo(ngettext("{n} was there already.", "{n} were there already.", outcome.there).format(n=outcome.there))
    if outcome.twice:
        click.echo(ngettext("{n} is in the file twice.", "{n} are in the file twice.", outcome.twice).format(n=outcome.twice))
    if outcome.lacking:
        lacking = ngettext(
            "{n} comes in without a date, an address or a number that can't be read; it is kept as a field.",
            "{n} come in without a date, an address or a number that can't be read; it is kept as a field.",
            outcome.lacking,
        )
        click.echo(lacking.format(n=outcome.lacking))
    for bad in outcome.bad[:SHOWN_BAD]:
        click.echo(_("Line {line}: {reason}").format(line=bad.line, reason=bad.reason), err=True)
    more = outcome.bad_count - SHOWN_BAD
    if more > 0:
        click.echo(ngettext("… and {n} more.", "… and {n} more.", more).format(n=more), err=True)
    if outcome.bad_file:
        message = ngettext("{n} row was not imported; it is in {file}.", "{n} rows were not imported; they are in {file}.", outcome.bad_count)
        click.echo(message.format(n=outcome.bad_count, file=outcome.bad_file), err=True)
    if outcome.bad_count:
        click.get_current_context().exit(1)


@members.command("list")
@click.option("--search", default="", metavar="Q", help="Only who has these words in the name, an address, a tag, the notes …")
@format_option
def list_members(search: str, form: Format) -> None:
    """List the members by name."""
    store = session().store
    found = people.pks(store, search)
    shown = found[:MANY] if form is Format.TABLE else found
    rows = [
        {
            _("Id"): member.id[-SHORT:] if form is Format.TABLE else member.id,
            _("Name"): member.name,
            _("E-mail"): member.reach(ContactKind.EMAIL) or "",
            _("Phone"): member.reach(ContactKind.PHONE) or "",
            _("Tags"): ", ".join(member.tags),
            _("Joined"): member.joined.isoformat() if member.joined else "",
            _("Status"): member.status.value,
        }
        for start in range(0, len(shown), people.PAGE)
        for member in people.by_pk(store, shown[start : start + people.PAGE])
    ]
    empty = (
        _("Nobody is found by “{search}”.").format(search=search)
        if search
        else _("There are no members yet. Bring them in: belfry members import FILE")
    )
    show(rows, form, empty)
    if len(shown) < len(found):
        click.echo(_("The first {shown} of {all}; look for fewer with --search.").format(shown=len(shown), all=len(found)), err=True)


@members.command("export")
@click.argument("file", type=FILE)
@click.option("--search", default="", metavar="Q", help="Only who is found by this.")
@replace_option
def export_members(file: Path, search: str, replace: bool) -> None:
    """Write members to FILE: a table (.csv) or vCards (.vcf). A table that Belfry wrote loses nothing when it is imported again."""
    from desktop.actions import members as actions

    store = session().store
    ask_first(file, replace)
    with progress(_("Writing")) as report:
        number = actions.export_members(store, file, search, progress=report)
    click.echo(ngettext("Wrote {n} member to {file}.", "Wrote {n} members to {file}.", number).format(n=number, file=file))


@members.command("erase", short_help=mark("Erase a member for good."))
@click.argument("name")
@click.option("--copies", is_flag=True, help="Take the person out of the known copies of the file, too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_member(name: str, copies: bool, yes: bool) -> None:
    """Erase the member NAME (or with this id) for good, wherever the community file holds them. There is no undo."""
    from desktop.actions import members as actions
    from desktop.store import erase, restore

    store = session().store
    member = actions.find(store, name)
    if not yes:
        if sys.stdin is None or not sys.stdin.isatty():
            raise click.UsageError(_("There is no undo for this. Where nobody can be asked, say --yes."))
        click.confirm(_("Erase {name} for good? There is no undo.").format(name=member.name), abort=True, err=True)
    outcome = erase.erase(store, member.id)
    click.echo(_("Erased. What members wrote themselves (announcements, events) was left as it is."))
    if not outcome.finished:
        click.echo(_("Another program has the file open: the last traces go when it is closed, with the next check (belfry check)."), err=True)
    for copy in outcome.copies:
        if copies and copy.readable:
            restore.cleanse(store, copy.path)
            click.echo(_("Taken out of the copy {file}, too.").format(file=copy.path))
        elif copies:
            click.echo(_("The copy {file} can't be read. Delete it, if you need it no more.").format(file=copy.path), err=True)
        else:
            click.echo(
                _("A copy may hold them still: {file}. Take them out there, too, with --copies, or delete it.").format(file=copy.path), err=True
            )


COMMANDS = (members,)
