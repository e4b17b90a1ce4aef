"""A message that lies in a practice group, as the window shows it. Without Qt: the program hands it in (`desktop.ui.kit.Program.arrived`)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message in a practice group.

    Attributes:
        target: the group's id at Practice.
        at: when it came, aware, UTC.
        attachments: names of the files that came with it.
    """

    id: str
    target: str
    text: str
    at: datetime
    silent: bool = False
    edited: bool = False
    attachments: tuple[str, ...] = ()
