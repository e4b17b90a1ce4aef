"""Where a community lives: connections (accounts with credentials) and channels (groups, threads and lists on them). Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ConnectionRecord:
    """An account on a service, as the community file keeps it.

    Attributes:
        id: UUIDv7 text; empty until the store has given one.
        service: the id of the service's manifest, e.g. `telegram`.
        name: as the organizers call it.
        settings: its fields, without the secret ones.
        secrets: for each secret field, the reference under which the vault keeps it.
    """

    service: str
    name: str
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """One group, thread or list of a connection.

    Attributes:
        id: UUIDv7 text; empty until the store has given one.
        connection_id: of the connection that reaches it.
        name: as the organizers call it.
        target: the service's own name for it; empty where it has none (posted by hand).
        settings: its fields (an address to open, a formatting …).
    """

    connection_id: str
    name: str
    target: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How a connection or channel fares on this computer; local, never journaled.

    Attributes:
        paused: nothing is sent there until it is mended or a person resumes it.
        reason: why, as stored JSON of a Phrase; empty without.
        identity: who the service said we are, at the last check.
        checked_at: when, as instant text; empty if never.
    """

    paused: bool = False
    reason: str = ""
    identity: str = ""
    checked_at: str = ""
