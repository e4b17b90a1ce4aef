"""`belfry send` and `belfry take-over`."""

import asyncio
import logging
import signal
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import click

from desktop.actions.deliveries import SHORT
from desktop.cli.context import session
from desktop.cli.output import when
from desktop.cli.remedies import TAKE_OVER, with_command
from desktop.community.deliveries import State
from desktop.community.errors import BelfryError
from desktop.store import connections, ledger
from desktop.store.database import Store
from resources.translations import _, mark, ngettext

if TYPE_CHECKING:
    from desktop.engine.news import News
    from desktop.engine.sender import Outcome, Sender, Until

_WENT_WRONG = (State.REJECTED, State.UNSURE, State.MISSED)
_SHOWN = (State.WAITING, State.REJECTED, State.UNSURE, State.MISSED, State.SKIPPED)
_NEEDS_YOU = (State.WAITING, *_WENT_WRONG)

log = logging.getLogger(__name__)


@click.command(short_help=mark("Send what is due, when it is due."))
@click.option("--once", "until", flag_value="ONCE", help="Over what is due now, then end.")
@click.option("--until-idle", "until", flag_value="IDLE", help="Until nothing is due within a minute, then end.")
def send(until: str | None) -> None:
    """Send what is due, when it is due: for ever, or as long as the option says. Ctrl+C ends it; what is on its way is waited for."""
    from desktop.engine.sender import Until

    now = session()
    how = Until[until] if until else Until.STOPPED
    sender = now.program.sender(now.store, now.vault(), _Voice(now.store).hear)
    if how is Until.STOPPED:
        click.echo(_("Sending for {file}. Ctrl+C ends it.").format(file=now.store.path), err=True)
    outcome = asyncio.run(_run(sender, how))
    click.get_current_context().exit(_tell(outcome, now.store))


async def _run(sender: "Sender", until: "Until") -> "Outcome":
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM"):
        try:
            loop.add_signal_handler(getattr(signal, name), sender.stop)
        except NotImplementedError:  # Windows: Ctrl+C then ends the run as KeyboardInterrupt, and the next one recovers
            break
    return await sender.run(until)


class _Voice:
    """Says what happens while it happens. Sending never suffers from it: where nobody can hear it any more, it is silent."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def hear(self, news: "News") -> None:
        """Say a piece of news."""
        try:
            self._say(news)
        except (OSError, ValueError, BelfryError) as error:  # the terminal was closed, the file is locked for a moment
            log.info("Could not say what happened: %s", error)

    def _say(self, news: "News") -> None:
        from desktop.engine.news import ConnectionPaused, DeliveryMoved, Halted

        match news:
            case DeliveryMoved(state=State.SENDING):
                return
            case DeliveryMoved(delivery_id, state, reason):
                delivery = ledger.get(self._store.conn, delivery_id)
                line = _("{when}  {channel}: {state}. {why}").format(
                    when=when(self._store.clock.now(), self._store),
                    channel=connections.channel(self._store, delivery.channel_id).name if delivery else "–",
                    state=state.value,
                    why=reason,
                )
                click.echo(line, err=state in _WENT_WRONG)
                if state in _NEEDS_YOU:
                    click.echo(_("    See: belfry deliveries show {id}").format(id=delivery_id[:SHORT]), err=state in _WENT_WRONG)
            case ConnectionPaused(connection_id, reason):
                name = connections.connection(self._store, connection_id).name
                click.echo(_("{connection} is paused: {why}").format(connection=name, why=reason), err=True)
                mend = _('    To give it a new token: belfry connections renew "{connection}". To try again: belfry connections check "{connection}"')
                click.echo(mend.format(connection=name), err=True)
            case Halted(reason):
                click.echo(str(reason), err=True)


def _tell(outcome: "Outcome", store: Store) -> int:
    """Say how it ended; gives the exit status."""
    if outcome.other is not None:
        message = _("{name} sends already for this community (process {pid}). Nothing was done here.")
        click.echo(message.format(name=outcome.other.name or _("Another program"), pid=outcome.other.pid))
        return 0
    if outcome.refused is not None:
        click.echo(with_command(outcome.refused, TAKE_OVER), err=True)
        return 1
    counts = Counter(outcome.counts)
    held_up = _held_up(store)
    parts = [
        ngettext("{n} sent", "{n} sent", counts[State.SENT]).format(n=counts[State.SENT]),
        *(_("{n} {state}").format(n=counts[state], state=state.value) for state in _SHOWN if counts[state]),
    ]
    if outcome.due:
        parts.append(ngettext("{n} still due", "{n} still due", outcome.due).format(n=outcome.due))
    if held_up:
        parts.append(ngettext("{n} waits for a paused connection", "{n} wait for a paused connection", held_up).format(n=held_up))
    click.echo(", ".join(parts) + ".")
    following = _next(store)
    if following:
        click.echo(_("The next is due at {when}.").format(when=when(following, store)))
    return 1 if outcome.due or held_up or any(counts[state] for state in _WENT_WRONG) else 0


def _next(store: Store) -> datetime | None:
    with store.read() as conn:
        return ledger.next_moment(conn, store.clock.now(), ledger.paused(conn))


def _held_up(store: Store) -> int:
    """How many are due on connections that are paused."""
    now = store.clock.now()
    with store.read() as conn:
        return len(ledger.ready(conn, now)) - len(ledger.ready(conn, now, ledger.paused(conn)))


@click.command("take-over", short_help=mark("Let this computer send from now on."))
def take_over() -> None:
    """Make this computer the one that sends for the community, from now on. What fell due meanwhile is unsure, and yours to settle."""
    now = session()
    if now.program.sends(now.store):
        click.echo(_("This computer sends for this community already. Nothing was changed."))
        return
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
