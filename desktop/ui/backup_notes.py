"""Where the backups of a community are, noted outside its file too: a file that can't be opened any more tells nothing."""

from pathlib import Path

from desktop.store import backups
from desktop.ui.kit import Kit
from desktop.ui.window_state import WindowState


def note(kit: Kit) -> None:
    """Note the backups that the open community knows of."""
    kit.state.keep(_key(kit.store.path), "\n".join(str(path) for path in backups.paths(kit.store)))


def noted(state: WindowState, community: Path) -> list[Path]:
    """The backups that were noted for this file."""
    return [Path(line) for line in state.text(_key(community)).splitlines()]


def _key(community: Path) -> str:
    return f"backups/{community.absolute()}"
