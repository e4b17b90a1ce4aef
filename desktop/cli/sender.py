"""`belfry send` and `belfry take-over`."""

import asyncio
import signal
from collections import Counter

import click

from desktop.cli.context import session
from desktop.cli.output import when
from desktop.community.deliveries import State
from desktop.engine.news import ConnectionPaused, DeliveryMoved, Halted, News
from desktop.engine.sender import Outcome, Sender, Until
from desktop.store import connections, ledger
from resources.translations import _, ngettext

_TOLD = frozenset(State) - {State.SENDING}
_WENT_WRONG = (State.REJECTED, State.UNSURE, State.MISSED)


@click.command()
@click.option("--once", "until", flag_value=Until.ONCE.name, help="Over what is due now, then end.")
@click.option("--until-idle", "until", flag_value=Until.IDLE.name, help="Until nothing is due within a minute, then end.")
def send(until: str | None) -> None:
    """Send what is due, when it is due: for ever, or as long as the option says. Ctrl+C ends it; what is on its way is waited for."""
    now = session()
    store = now.store
    names = {channel.id: channel.name for channel in connections.channels(store)}
    accounts = {record.id: record.name for record in connections.connections(store)}

    def hear(news: News) -> None:
        match news:
            case DeliveryMoved(delivery_id, state, reason) if state in _TOLD:
                delivery = ledger.get(store.conn, delivery_id)
                channel = names.get(delivery.channel_id, "–") if delivery else "–"
                line = _("{when}  {channel}: {state}. {why}").format(
                    when=when(now.program.clock.now(), store), channel=channel, state=state.value, why=reason
                )
                click.echo(line, err=state in _WENT_WRONG)
            case ConnectionPaused(connection_id, reason):
                line = _("{connection} is paused: {why}").format(connection=accounts.get(connection_id, "–"), why=reason)
                click.echo(line, err=True)
            case Halted(reason):
                click.echo(str(reason), err=True)

    how = Until[until] if until else Until.STOPPED
    if how is Until.STOPPED:
        click.echo(_("Sending for {file}. Ctrl+C ends it.").format(file=store.path), err=True)
    outcome = asyncio.run(_run(now.program.sender(store, now.vault(), hear), how))
    click.get_current_context().exit(_tell(outcome))


async def _run(sender: Sender, until: Until) -> Outcome:
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM"):
        try:
            loop.add_signal_handler(getattr(signal, name), sender.stop)
        except NotImplementedError:  # Windows: Ctrl+C then ends the run as KeyboardInterrupt, and the next one recovers
            break
    return await sender.run(until)


def _tell(outcome: Outcome) -> int:
    """Say how it ended; gives the exit status."""
    if outcome.other is not None:
        message = _("{name} sends already for this community (process {pid}). Nothing was done here.")
        click.echo(message.format(name=outcome.other.name or _("Another program"), pid=outcome.other.pid))
        return 0
    if outcome.refused is not None:
        click.echo(str(outcome.refused), err=True)
        return 1
    counts = Counter(outcome.counts)
    parts = [
        ngettext("{n} sent", "{n} sent", counts[State.SENT]).format(n=counts[State.SENT]),
        *(_("{n} {state}").format(n=number, state=state.value) for state, number in counts.items() if number and state in _SHOWN),
    ]
    if outcome.due:
        parts.append(ngettext("{n} still due", "{n} still due", outcome.due).format(n=outcome.due))
    click.echo(", ".join(parts) + ".")
    return 1 if outcome.due or any(counts[state] for state in _WENT_WRONG) else 0


_SHOWN = (State.WAITING, State.REJECTED, State.UNSURE, State.MISSED, State.SKIPPED)


@click.command("take-over")
def take_over() -> None:
    """Make this computer the one that sends for the community, from now on. What fell due meanwhile is unsure, and yours to settle."""
    now = session()
    unsure = now.program.take_over(now.store)
    click.echo(_("This computer sends from now on. On the other one, nothing is sent from this community any more."))
    if unsure:
        message = ngettext(
            "{n} message fell due and may have gone out from elsewhere. Settle it: belfry deliveries list --state unsure",
            "{n} messages fell due and may have gone out from elsewhere. Settle them: belfry deliveries list --state unsure",
            unsure,
        )
        click.echo(message.format(n=unsure), err=True)


COMMANDS = (send, take_over)
