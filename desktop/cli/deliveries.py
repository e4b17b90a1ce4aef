"""`belfry deliveries …`: what goes out, what went out, and what waits for a person."""

import click

from desktop.actions import deliveries as actions
from desktop.actions.deliveries import Answer
from desktop.cli.context import session
from desktop.cli.output import Format, format_option, show, when
from desktop.community.deliveries import Delivery, State
from resources.translations import _, mark


@click.group(short_help=mark("What goes out, what went, and what waits for you."))
def deliveries() -> None:
    """Each single sending: one announcement, on one date, to one channel."""


@deliveries.command("list")
@click.option("--state", type=click.Choice([state.value for state in State]), multiple=True, help="Only those in this state; may be given again.")
@format_option
def list_deliveries(state: tuple[str, ...], form: Format) -> None:
    """List the deliveries in the order in which they are due."""
    store = session().store
    rows = [
        {
            _("Id"): one.delivery.id[: actions.SHORT] if form is Format.TABLE else one.delivery.id,
            _("Due"): when(one.delivery.due_at, store),
            _("Channel"): one.channel,
            _("State"): one.delivery.state.value,
            _("Text"): one.text,
            _("Why"): str(one.delivery.reason or ""),
        }
        for one in actions.listed(store, tuple(State(name) for name in state))
    ]
    show(rows, form, _("No deliveries yet. Make one: belfry announce TEXT --to CHANNEL"))


@deliveries.command("show", short_help=mark("Show all that is known of one delivery."))
@click.argument("id")
@format_option
def show_delivery(id: str, form: Format) -> None:
    """Show all that is known of one delivery: its text, its receipt, and everything that happened to it."""
    store = session().store
    one = actions.find(store, id)
    channel = next(each.channel for each in actions.of_announcement(store, one.announcement_id) if each.delivery.id == one.id)
    rows = [
        (_("Id"), one.id),
        (_("Channel"), channel),
        (_("State"), one.state.value),
        (_("Why"), str(one.reason or "")),
        (_("Due"), when(one.due_at, store)),
        (_("May leave until"), when(one.late_until, store)),
        (_("Tries"), one.attempts),
        (_("Link"), one.link or one.remote_id),
        (_("Text"), actions.text_of(store, one)),
        *((when(move.at, store), f"{move.was} → {move.becomes}: {move.why}") for move in actions.life(store, one)),
    ]
    show([{_("What"): what, _("Value"): value} for what, value in rows if value != ""], form)


@deliveries.command()
@click.argument("id")
@click.option("--sent", "answer", flag_value="SENT", help="It went out (or I posted it myself).")
@click.option("--again", "answer", flag_value="AGAIN", help="It did not go out: send it.")
@click.option("--cancel", "answer", flag_value="CANCEL", help="Leave it.")
def settle(id: str, answer: str | None) -> None:
    """Say what is to become of a delivery that waits for a person."""
    if answer is None:
        raise click.UsageError(_("Say --sent, --again or --cancel."))
    _say(actions.settle(session().store, id, Answer[answer]))


@deliveries.command()
@click.argument("id")
def cancel(id: str) -> None:
    """Take a delivery back before it goes out."""
    _say(actions.settle(session().store, id, Answer.CANCEL))


def _say(now: Delivery) -> None:
    click.echo(_("{id} is now {state}.").format(id=now.id[: actions.SHORT], state=now.state.value))


COMMANDS = (deliveries,)
