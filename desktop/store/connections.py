"""Connections, channels, how they fare, and what connections keep for themselves."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from desktop.community.connections import Channel, ConnectionRecord, Health
from desktop.community.errors import Refused, Remedy
from desktop.store import faults
from desktop.store.database import Store
from desktop.store.driver import Connection
from desktop.store.journal import Operation
from resources.translations import phrase

T = TypeVar("T")
_CONNECTION = "SELECT service, name, settings, secrets, id FROM connection WHERE deleted_at IS NULL"
_CHANNEL = "SELECT connection_id, name, target, settings, id FROM channel WHERE deleted_at IS NULL"


def put_connection(op: Operation, record: ConnectionRecord) -> None:
    """Keep a connection under the id it has: a new one, or another value of one that is there."""
    op.put("connection", record.id, **_connection_columns(record))


def connections(store: Store) -> list[ConnectionRecord]:
    """All connections, in the order they were made."""
    return _all(store, _connection, store.rows(f"{_CONNECTION} ORDER BY pk"))


def secret_refs(store: Store) -> list[str]:
    """The references of all secrets that connections have, also of those that were taken away and may come back."""
    return [ref for (secrets,) in store.rows("SELECT secrets FROM connection ORDER BY pk") for ref in json.loads(secrets or "{}").values()]


def connection(store: Store, connection_id: str) -> ConnectionRecord:
    """One connection by its id. Raises Refused where there is none."""
    return _one(_all(store, _connection, store.rows(f"{_CONNECTION} AND id = ?", (connection_id,))), connection_id)


def connection_named(store: Store, name: str) -> ConnectionRecord:
    """One connection by its name, whatever its capitals. Raises Refused where there is none, or more than one."""
    found = [record for record in connections(store) if record.name.casefold() == name.casefold()]
    if len(found) != 1:
        raise Refused(phrase("There is no connection called {name}.", name=name), Remedy.FIND_CONNECTION)
    return found[0]


def add_channel(op: Operation, channel: Channel) -> str:
    """Keep a new channel; gives its id."""
    return op.new("channel", **_channel_columns(channel))


def change_channel(op: Operation, channel: Channel) -> None:
    """Make the channel with this id what the value says."""
    op.put("channel", channel.id, **_channel_columns(channel))


def channels(store: Store) -> list[Channel]:
    """All channels, in the order they were made."""
    return _all(store, _channel, store.rows(f"{_CHANNEL} ORDER BY pk"))


def channel(store: Store, channel_id: str) -> Channel:
    """One channel by its id. Raises Refused where there is none."""
    return _one(_all(store, _channel, store.rows(f"{_CHANNEL} AND id = ?", (channel_id,))), channel_id)


def channel_named(store: Store, name: str) -> Channel:
    """One channel by its name, whatever its capitals. Raises Refused where there is none, or more than one."""
    found = [one for one in channels(store) if one.name.casefold() == name.casefold()]
    if len(found) != 1:
        raise Refused(phrase("There is no channel called {name}.", name=name), Remedy.FIND_CHANNEL)
    return found[0]


def health(store: Store, owner: str) -> Health:
    """How a connection or channel fares on this computer."""
    rows = store.rows("SELECT paused, reason, identity, checked_at FROM health WHERE owner = ?", (owner,))
    return Health(bool(rows[0][0]), *rows[0][1:]) if rows else Health()


def set_health(conn: Connection, owner: str, now: Health) -> None:
    """Keep how a connection or channel fares; inside a write transaction."""
    conn.execute(
        "INSERT OR REPLACE INTO health (owner, paused, reason, identity, checked_at) VALUES (?, ?, ?, ?, ?)",
        (owner, int(now.paused), now.reason, now.identity, now.checked_at),
    )


class StoreShelf:
    """The keeping place of one connection, in the community file. Each call is one short transaction."""

    def __init__(self, store: Store, connection_id: str) -> None:
        self._store = store
        self._owner = connection_id

    def read(self) -> Sequence[Mapping[str, object]]:
        """All entries, oldest first."""
        return [json.loads(row[0]) for row in self._store.rows("SELECT entry FROM shelf WHERE connection_id = ? ORDER BY pk", (self._owner,))]

    def append(self, entry: Mapping[str, object]) -> None:
        """Keep one more entry."""
        with self._store.write() as conn:
            self._put(conn, entry)

    def replace(self, entries: Sequence[Mapping[str, object]]) -> None:
        """Keep these instead of all there is."""
        with self._store.write() as conn:
            conn.execute("DELETE FROM shelf WHERE connection_id = ?", (self._owner,))
            for entry in entries:
                self._put(conn, entry)

    def _put(self, conn: Connection, entry: Mapping[str, object]) -> None:
        conn.execute("INSERT INTO shelf (connection_id, entry) VALUES (?, ?)", (self._owner, json.dumps(dict(entry), ensure_ascii=False)))


def _connection_columns(record: ConnectionRecord) -> dict[str, str]:
    return {"service": record.service, "name": record.name, "settings": _json(record.settings), "secrets": _json(record.secrets)}


def _channel_columns(channel: Channel) -> dict[str, str]:
    return {"connection_id": channel.connection_id, "name": channel.name, "target": channel.target, "settings": _json(channel.settings)}


def _all(store: Store, make: Callable[[tuple[Any, ...]], T], rows: Iterable[tuple[Any, ...]]) -> list[T]:
    with faults.readable(store.path):
        return [make(row) for row in rows]


def _connection(row: tuple[Any, ...]) -> ConnectionRecord:
    service, name, settings, secrets, row_id = row
    return ConnectionRecord(service, name, json.loads(settings), json.loads(secrets), row_id)


def _channel(row: tuple[Any, ...]) -> Channel:
    connection_id, name, target, settings, row_id = row
    return Channel(connection_id, name, target, json.loads(settings), row_id)


def _one(found: list[T], what: str) -> T:
    if not found:
        raise Refused(phrase("{what} is not here any more.", what=what))
    return found[0]


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
