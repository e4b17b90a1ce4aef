"""The shared tables: what a team will one day have in common. Every change to them goes through the operation door of `journal`.

A shared table has no UNIQUE constraint but the id, no foreign keys and no cascades; a deleted row carries `deleted_at`; what two people may add at
once is a row of its own. `op` is local: the pk of the operation that the row's present content comes from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.community.fold import sort_key, tag_key

Value = str | int | float | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SharedTable:
    """A table that is journaled.

    Attributes:
        columns: what the journal knows, with what a new row has where nothing is said. `deleted_at` is always among them, unnamed.
        parent: the column that holds the id of the row that this one is a part of, and that row's table.
        derived: local columns, made from the others and never journaled.
    """

    name: str
    columns: Mapping[str, Value]
    parent: tuple[str, str] | None = None
    derived: Mapping[str, Callable[[Row], Value]] | None = None

    def derive(self, row: Row) -> dict[str, Value]:
        """The derived columns of a row."""
        return {column: make(row) for column, make in (self.derived or {}).items()}


def _text(*names: str) -> dict[str, Value]:
    return dict.fromkeys(names, "")


MEMBER = SharedTable(
    "member",
    {
        "kind": "person",
        **_text("name", "prefix", "given", "additional", "family", "suffix", "nickname", "organization", "title", "birthday", "joined"),
        "status": "active",
        **_text("language", "notes", "photo", "welcomed"),
        "fields": "{}",
    },
    derived={"sort_key": lambda row: sort_key(str(row["name"]))},
)
CONTACT_POINT = SharedTable(
    "contact_point",
    {**_text("member_id", "kind", "value", "label"), "preferred": 0, "postal": "", "position": 0},
    parent=("member_id", "member"),
)
MEMBER_TAG = SharedTable(
    "member_tag",
    {**_text("member_id", "tag"), "position": 0},
    parent=("member_id", "member"),
    derived={"folded": lambda row: tag_key(str(row["tag"]))},
)
EVENT = SharedTable(
    "event",
    {
        **_text("title", "start", "end", "zone", "place", "description", "url"),
        "status": "confirmed",
        **_text("rrule", "rdates", "exdates", "series_id", "recurrence_id", "uid", "photo"),
    },
    parent=("series_id", "event"),
)
ANNOUNCEMENT = SharedTable(
    "announcement",
    {
        **_text("text"),
        "status": "scheduled",
        **_text("schedule", "at", "zone", "rrule", "rdates", "exdates", "event_id", "before"),
        "late": "ask",
        "silent": 0,
        **_text("photo", "photo_name", "photo_type", "document", "document_name", "document_type", "made_at"),
    },
)
ANNOUNCEMENT_CHANNEL = SharedTable(
    "announcement_channel", {**_text("announcement_id", "channel_id"), "position": 0}, parent=("announcement_id", "announcement")
)
CONNECTION = SharedTable("connection", {**_text("service", "name"), "settings": "{}", "secrets": "{}"})
CHANNEL = SharedTable("channel", {**_text("connection_id", "name", "target"), "settings": "{}"})

SHARED = {table.name: table for table in (MEMBER, CONTACT_POINT, MEMBER_TAG, EVENT, ANNOUNCEMENT, ANNOUNCEMENT_CHANNEL, CONNECTION, CHANNEL)}
