"""The desk: turns a delivery into the message that leaves, and keeps the connections open that it leaves through."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.community.announcements import Announcement, AttachedFile
from desktop.community.connections import ConnectionRecord
from desktop.community.deliveries import Delivery
from desktop.community.errors import Refused
from desktop.community.ports import Clock, Locked, Vault, VaultError
from desktop.store import announcements, connections, files
from desktop.store.database import Store
from integrations.base import AuthenticationFailed, Connection, Context, Manifest, SendError, Target, with_defaults
from integrations.message import Attachment, AttachmentKind, Message, from_markdown
from resources.translations import Phrase, phrase

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to leave, and how.

    Attributes:
        text: as the service will show it; kept with the delivery.
        problem: what stops it from going out as it is; None when it can go.
    """

    connection_id: str
    manifest: Manifest
    message: Message
    target: Target
    text: str
    problem: Phrase | None = None


class Unusable(Exception):
    """A connection can't be opened as it is set up; `reason` says what a person has to mend."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.id)
        self.reason = reason


class Desk(Protocol):
    """What the dispatcher needs to know of messages and connections."""

    def parcel(self, delivery: Delivery) -> Parcel:
        """The message of a delivery. Raises Refused where announcement, channel or connection are not there any more."""
        ...

    async def connection(self, connection_id: str) -> Connection:
        """The open connection. After the computer slept, it has dropped its old sockets. Raises Unusable, AuthenticationFailed, or Locked."""
        ...

    def slept(self) -> None:
        """The computer slept, or its clock was set: no socket is to be trusted."""
        ...

    def forget(self, connection_id: str) -> None:
        """Open it anew when it is needed next: a person has changed it."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


class CommunityDesk:
    """`Desk` over a community file. Used on the engine's loop only."""

    def __init__(
        self,
        store: Store,
        vault: Vault,
        clock: Clock,
        manifest: Callable[[str], Manifest],
        *,
        shelf: Callable[[Store, str], connections.StoreShelf] = connections.StoreShelf,
    ) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._manifest = manifest
        self._shelf = shelf
        self._open: dict[str, tuple[ConnectionRecord, Connection]] = {}
        self._stale: set[str] = set()
        self._opening = asyncio.Lock()

    def parcel(self, delivery: Delivery) -> Parcel:
        """The message of a delivery, as announcement and channel are now."""
        announcement = announcements.get(self._store, delivery.announcement_id)
        channel = connections.channel(self._store, delivery.channel_id)
        record = connections.connection(self._store, channel.connection_id)
        manifest = self._known(record)
        settings = with_defaults(manifest.channel_fields, channel.settings)
        attachments, missing = self._attachments(announcement)
        message = Message(from_markdown(announcement.text), attachments, silent=announcement.silent)
        rendered = manifest.render(message, settings)
        problems = (*missing, *rendered.problems)
        return Parcel(
            connection_id=record.id,
            manifest=manifest,
            message=message,
            target=Target(delivery.target, channel.name, settings),
            text=rendered.text,
            problem=problems[0] if problems else None,
        )

    async def connection(self, connection_id: str) -> Connection:
        """The open connection; opened, and its secrets asked from the vault, at the first call."""
        async with self._opening:
            record = connections.connection(self._store, connection_id)
            kept = self._open.get(connection_id)
            if kept is not None and kept[0] != record:
                await self._drop(connection_id)
                kept = None
            if kept is None:
                kept = (record, await self._connect(record))
                self._open[connection_id] = kept
                self._stale.discard(connection_id)
        if connection_id in self._stale:
            self._stale.discard(connection_id)
            try:
                await kept[1].refresh()
            except AuthenticationFailed:
                raise
            except SendError as error:  # the send that follows will find out for itself
                log.info("A connection could not be reached after the pause: %s", error.reason.id)
        return kept[1]

    def slept(self) -> None:
        """Every open connection drops its sockets and makes one cheap read before it is used again."""
        self._stale |= self._open.keys()

    def forget(self, connection_id: str) -> None:
        """Its secrets are read anew when it is needed next."""
        kept = self._open.get(connection_id)
        if kept is not None:
            self._open[connection_id] = (ConnectionRecord(kept[0].service, ""), kept[1])

    async def close(self) -> None:
        """Close all connections."""
        for connection_id in list(self._open):
            await self._drop(connection_id)

    async def _drop(self, connection_id: str) -> None:
        _, connection = self._open.pop(connection_id)
        await connection.close()

    async def _connect(self, record: ConnectionRecord) -> Connection:
        manifest = self._known(record)
        if manifest.connect is None:
            raise Unusable(phrase("{name} is posted by hand; there is nothing to connect to.", name=record.name))
        given = dict(record.settings)
        for name, reference in record.secrets.items():
            try:
                secret = await asyncio.to_thread(self._vault.get, reference)
            except Locked:
                raise
            except VaultError as error:
                raise Unusable(error.reason) from error
            if secret is None:
                reason = phrase("The secret “{field}” of {name} is not on this computer. Set the connection up again.", field=name, name=record.name)
                raise Unusable(reason)
            given[name] = secret.reveal()
        context = Context(self._shelf(self._store, record.id), self._clock.now, asyncio.sleep)
        try:
            return manifest.connect(with_defaults(manifest.fields, given), context)
        except ValueError as error:
            reason = phrase("{name} can't be used as it is set up. Set it up again.", name=record.name)
            raise Unusable(reason) from error

    def _known(self, record: ConnectionRecord) -> Manifest:
        try:
            return self._manifest(record.service)
        except KeyError:
            raise Refused(phrase("This Belfry does not know the service “{service}”.", service=record.service)) from None

    def _attachments(self, announcement: Announcement) -> tuple[tuple[Attachment, ...], Sequence[Phrase]]:
        found: list[Attachment] = []
        missing: list[Phrase] = []
        for kind, attached in ((AttachmentKind.PHOTO, announcement.photo), (AttachmentKind.DOCUMENT, announcement.document)):
            if attached is not None:
                content = files.content(self._store, attached.sha256)
                if content is None:
                    missing.append(_lost(attached))
                else:
                    found.append(Attachment(kind, attached.name, attached.media_type, content))
        return tuple(found), missing


def _lost(attached: AttachedFile) -> Phrase:
    return phrase("The file {name} is not in the community any more. Attach it again, then send again.", name=attached.name)
