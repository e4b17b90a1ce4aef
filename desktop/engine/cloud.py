"""Recognises folders that a cloud service keeps in step: a community file there may be changed or copied behind Belfry's back."""

import re
from pathlib import Path

# By what the services themselves put into the folder they keep in step (or, iCloud and OneDrive, only by its name).
_MARKERS = (
    ("Dropbox", (".dropbox", ".dropbox.cache")),
    ("Syncthing", (".stfolder", ".stversions", ".stignore")),
    ("Nextcloud", (".nextcloudsync.log", ".sync_*.db", "._sync_*.db", "._nextcloudsync.log")),
    ("ownCloud", (".owncloudsync.log", ".csync_journal.db")),
    ("Google Drive", (".tmp.driveupload", ".tmp.drivedownload")),
    ("OneDrive", (".849C9593-D756-4E56-8D6E-42412F2A707B",)),
    ("Resilio Sync", (".sync",)),
    ("MEGA", (".megaignore",)),
)
_NAMES = (
    ("OneDrive", re.compile(r"onedrive( ?- ?.+)?", re.IGNORECASE)),
    ("Dropbox", re.compile(r"dropbox( \(.+\))?", re.IGNORECASE)),
    ("iCloud Drive", re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents", re.IGNORECASE)),
    ("Google Drive", re.compile(r"google ?drive|googledrive-.+", re.IGNORECASE)),
    ("Nextcloud", re.compile(r"nextcloud", re.IGNORECASE)),
    ("ownCloud", re.compile(r"owncloud", re.IGNORECASE)),
    ("pCloud", re.compile(r"pclouddrive|pcloud drive", re.IGNORECASE)),
    ("Proton Drive", re.compile(r"proton ?drive", re.IGNORECASE)),
    ("Syncthing", re.compile(r"syncthing", re.IGNORECASE)),
)
_MAC_FOLDER = "CloudStorage"  # ~/Library/CloudStorage/<Service>-<account>, since macOS 12.3


def cloud_folder(path: Path) -> str | None:
    """The name of the service that keeps the folder of this file in step; None where none is seen. Reads folders, changes nothing, never raises.

    A guess for a warning, from names and from the marker files that the services leave: what a person renamed may be missed.
    """
    try:
        path = path.resolve()
    except OSError:
        path = path.absolute()
    for folder in path.parents:
        service = _by_marker(folder) or _by_name(folder)
        if service is not None:
            return service
    return None


def _by_marker(folder: Path) -> str | None:
    try:
        names = {entry.name for entry in folder.iterdir() if entry.name.startswith(".")}
        # Programs keep their own settings under the same names in the home folder: there `.dropbox` is a folder, elsewhere a file.
        if (folder / ".dropbox").is_dir():
            names.discard(".dropbox")
        if folder == Path.home():
            names.discard(".sync")
    except OSError:
        return None
    for service, markers in _MARKERS:
        patterns = [re.compile(re.escape(marker).replace(r"\*", ".*")) for marker in markers]
        if any(pattern.fullmatch(name) for pattern in patterns for name in names):
            return service
    return None


def _by_name(folder: Path) -> str | None:
    for service, pattern in _NAMES:
        if pattern.fullmatch(folder.name):
            return service
    if folder.parent.name == _MAC_FOLDER:
        return folder.name.partition("-")[0]
    return None
