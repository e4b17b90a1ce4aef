"""A process that is measured from outside by p9_idle. `imports`: what the sender imports, and nothing more. `send FILE`: the headless sender."""

import importlib
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def _imports() -> None:
    for name in ("apscheduler.schedulers.asyncio", "click", "sqlite_utils", "desktop.store.driver"):
        importlib.import_module(name)
    print("ready", flush=True)
    threading.Event().wait()


def _send(path: str) -> None:
    from desktop.cli import main

    def report() -> None:
        # Asked from outside, so that nothing runs in here while it is watched.
        sys.stdin.readline()
        print("modules:", *sorted(name for name in sys.modules if name.partition(".")[0] in ("PySide6", "shiboken6")), flush=True)

    threading.Thread(target=report, daemon=True).start()
    print("ready", flush=True)
    main(["--community", path, "send"])


if __name__ == "__main__":
    _imports() if sys.argv[1] == "imports" else _send(sys.argv[2])
