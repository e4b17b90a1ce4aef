"""The pages with their text at 150 and 200 %: the scenes of other files again, larger."""

from collections.abc import Iterable
from dataclasses import replace

from helpers.scenes import Scene

SCALES = (1.5, 2.0)
PAGES = (
    "today-back",
    "today-empty",
    "members-list",
    "members-one",
    "members-import",
    "calendar-month",
    "calendar-date",
    "calendar-agenda",
    "announcements",
    "announcements-selected",
    "announcements-log",
    "announcements-composer",
    "announcements-sheet",
    "channels",
    "channels-channel",
    "channels-practice",
    "channels-connect",
    "byhand",
    "settings",
    "shell-first-start-named",
    "shell-palette-found",
    "shell-help",
    "shell-quit",
    "shell-said",
)
"""Every page, with what is open at its side, and the dialogs."""


def larger(scenes: Iterable[Scene]) -> tuple[Scene, ...]:
    """Those of PAGES, at each of SCALES: `text-200-members-list`."""
    known = {scene.name: scene for scene in scenes}
    return tuple(replace(known[name], name=f"text-{round(scale * 100)}-{name}", scale=scale) for scale in SCALES for name in PAGES)
