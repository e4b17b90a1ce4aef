"""Setting up Telegram: names for the bot, its token found in what was copied, the links that add it to a group, the message to its admin.

Links: https://core.telegram.org/bots/features#deep-linking and https://core.telegram.org/api/links.
"""

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from desktop.actions import channel_edits, connect
from desktop.actions.connect import service
from desktop.community.connections import ConnectionRecord, Health
from desktop.community.errors import Refused
from desktop.community.fold import words
from desktop.community.instants import to_text
from desktop.community.ports import Secret, Vault
from desktop.store import connections
from desktop.store.connections import StoreShelf
from desktop.store.database import Store
from integrations.base import Connection, Context, Identity, ListsTargets, Receipt, RetryLater, SendError, Target, settings_problems, with_defaults
from integrations.message import Message, from_plain
from resources.translations import Phrase, _, phrase

T = TypeVar("T")
SERVICE = "telegram"
BOTFATHER = "https://t.me/BotFather?text=%2Fnewbot"
EACH = 3.0
"""Seconds between two looks for new groups."""
AT_MOST = 30.0
LAST_LOOK = 5.0
"""Seconds that a look has to come to its end when nobody waits for it any more."""
_LONGEST_NAME, _LONGEST_USERNAME = 64, 32


@dataclass(frozen=True, slots=True)
class BotNames:
    """What BotFather asks for: a name that people read, and a username, which ends in “bot” and that no other bot has."""

    name: str
    username: str


def bot_names(community: str) -> BotNames:
    """Names to propose for the community's bot."""
    name = _("{community} announcements").format(community=community)[:_LONGEST_NAME] if community else _("Announcements")
    stem = "_".join(words(community))[: _LONGEST_USERNAME - len("_news_bot")].strip("_")
    if not stem or not stem[0].isalpha():  # a username begins with a letter
        stem = f"our_{stem}".strip("_")
    return BotNames(name, f"{stem}_news_bot")


def token_in(text: str) -> str:
    """The token of a bot in a text that was copied, such as BotFather's whole answer; empty where there is none."""
    field = next(one for one in service(SERVICE).fields if one.secret)
    for word in re.split(r"[\s`]+", text[:10_000]):
        if field.problem is not None and field.problem(word) is None:
            return word
    return ""


def nonce() -> str:
    """What the link to a group carries, so that this wizard's link is none that somebody could guess: [A-Za-z0-9_-], 64 at most."""
    return secrets.token_urlsafe(12)


def group_link(username: str, start: str) -> str:
    """Opens Telegram, lets the person choose a group, and adds the bot there as an administrator who may pin and nothing else."""
    return f"https://t.me/{username.removeprefix('@')}?startgroup={start}&admin=pin_messages"


def admin_message(community: str, username: str) -> str:
    """What to write to the administrator of a group, beside the link."""
    return _(
        "Hello! {community} would like its announcements to appear in the group by themselves, through the bot {bot}. It posts what we write and "
        "nothing else. Would you add it? This link asks you for the group and does the rest."
    ).format(community=community or _("Our community"), bot=username)


def share_link(text: str, link: str) -> str:
    """Opens Telegram with the text and the link, and lets the person choose whom it goes to."""
    return f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(text, safe='')}"


def test_message(community: str) -> str:
    """What the test message says."""
    return _("Hello! From now on the announcements of {community} appear here.").format(community=community or _("our community"))


def credentials_problem(token: str, server: str) -> Phrase | None:
    """What is wrong with what was filled in; None where nothing is."""
    return next(iter(settings_problems(service(SERVICE).fields, {"token": token, "server": server})), None)


class _NoShelf:
    """Keeps nothing."""

    def read(self) -> Sequence[dict[str, object]]:
        return []

    def append(self, entry: object) -> None:
        """Forget it."""

    def replace(self, entries: object) -> None:
        """Forget them."""


async def greet(store: Store, token: Secret, server: str) -> Identity:
    """Ask Telegram whose token this is, before anything is kept. Raises SendError, or Refused for what can't be."""
    problem = credentials_problem(token.reveal(), server)
    if problem is not None:
        raise Refused(problem)
    connection = _connect({"token": token.reveal(), "server": server}, Context(_NoShelf(), store.clock.now, asyncio.sleep))
    try:
        return await connection.check()
    finally:
        await connection.close()


def keep_bot(store: Store, vault: Vault, token: Secret, server: str, identity: Identity) -> ConnectionRecord:
    """Keep a bot that has been greeted. Blocks while the vault works: never on the UI thread. Raises Refused or VaultError."""
    name = channel_edits.free_connection_name(store, identity.name)
    record = connect.add_connection(store, vault, SERVICE, name, {"server": server} if server else {}, lambda _field: token)
    _keep_identity(store, record, identity)
    return record


def renew_bot(store: Store, vault: Vault, connection_id: str, token: Secret, identity: Identity) -> ConnectionRecord:
    """Give a connection its token anew; it goes on, where it was paused. Blocks while the vault works."""
    record = connect.renew_connection(store, vault, connections.connection(store, connection_id).name, lambda _field: token)
    _keep_identity(store, record, identity)
    return record


def _keep_identity(store: Store, record: ConnectionRecord, identity: Identity) -> None:
    with store.write() as conn:
        connections.set_health(conn, record.id, Health(identity=identity.name, checked_at=to_text(store.clock.now())))


async def reached(store: Store, vault: Vault, record: ConnectionRecord) -> Connection:
    """The connection with its secrets, for use on this loop. Raises Refused where a secret is not on this computer, or VaultError."""
    settings = dict(record.settings)
    for name, reference in record.secrets.items():
        secret = await asyncio.to_thread(vault.get, reference)
        if secret is None:
            raise Refused(phrase("The token of {name} is not on this computer. Give it again.", name=record.name))
        settings[name] = secret.reveal()
    return _connect(settings, Context(StoreShelf(store, record.id), store.clock.now, asyncio.sleep), record.service)


async def check(store: Store, vault: Vault, record: ConnectionRecord) -> Identity:
    """Ask the service who we are and keep the answer; a connection that was paused goes on. The file is opened once more for this thread."""
    own = store.again()
    try:
        connection = await reached(own, vault, record)
        try:
            return await connect.check(own, connection, record)
        finally:
            await connection.close()
    finally:
        own.close()


async def watch_groups(
    store: Store, vault: Vault, record: ConnectionRecord, found: Callable[[Sequence[Target]], None], trouble: Callable[[str], None]
) -> None:
    """Tell which groups the bot is in, over and over, until it is cancelled. One reader for each bot: Telegram takes no two.

    Args:
        found: is told all groups after each look, on this loop.
        trouble: is told what went wrong, in words; the watching goes on.
    """
    own = store.again()
    try:
        connection = await reached(own, vault, record)
        lister: ListsTargets = connection  # type: ignore[assignment]  # the manifest's capability says so
        wait = EACH
        try:
            while True:
                try:
                    found(await _to_its_end(lister.targets()))
                    wait = EACH
                except RetryLater as later:
                    trouble(str(later))
                    wait = max(later.after.total_seconds() if later.after else 0.0, min(wait * 2, AT_MOST))
                except SendError as error:
                    trouble(str(error))
                    wait = min(wait * 2, AT_MOST)
                await asyncio.sleep(wait)
        finally:
            await connection.close()
    finally:
        own.close()


async def _to_its_end(look: Awaitable[T]) -> T:
    """Where the watching is cancelled, a look that is under way comes to its end first: what it has read is kept, and no socket is torn open."""
    under_way = asyncio.ensure_future(look)
    try:
        return await asyncio.shield(under_way)
    except asyncio.CancelledError:
        if not under_way.done():
            await asyncio.wait([under_way], timeout=LAST_LOOK)
            under_way.cancel()
        raise


async def send_test(store: Store, vault: Vault, record: ConnectionRecord, to: Target, text: str) -> Receipt:
    """Post one message now, outside the plan: a person asked for it and looks at the group. Raises SendError, Refused or VaultError."""
    own = store.again()
    try:
        connection = await reached(own, vault, record)
        try:
            return await connection.send(Message(from_plain(text)), to, nonce())
        finally:
            await connection.close()
    finally:
        own.close()


def known_targets(store: Store, connection_id: str) -> dict[str, str]:
    """The targets of a connection that have a channel already, with its id."""
    return {channel.target: channel.id for channel in connections.channels(store) if channel.connection_id == connection_id}


def _connect(settings: dict[str, str], context: Context, service_id: str = SERVICE) -> Connection:
    declared = service(service_id)
    if declared.connect is None:
        raise Refused(phrase("{name} is posted by hand: there is nothing to reach.", name=declared.name))
    try:
        return declared.connect(with_defaults(declared.fields, settings), context)
    except ValueError:
        raise Refused(phrase("Belfry can't use this token or this address. Look at them again.")) from None
