"""PySide6 looks through the source of every module that is imported after it, for a mark of features that Belfry has no use for (`__feature__`).

That reads all of the program's source and keeps it in memory: a sixth of the start, some megabytes. A module that was not looked at has no features,
as ours have not.
"""

import importlib
import sys


def look_at_no_source() -> None:
    """Call it before the modules of the window are imported. Where PySide6 does it in another way by now, nothing changes."""
    importlib.import_module("PySide6.QtCore")  # brings it along
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "feature_imported"):
        feature.feature_imported = _as_it_is  # type: ignore[union-attr]


def _as_it_is(_module: object) -> None:
    return
