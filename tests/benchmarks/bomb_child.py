"""A process that imports one file into a community; prints seconds, megabytes at the most, and how many rows came of it. Measured by x5_bombs."""

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.actions.events import import_calendar
from desktop.actions.members import import_members
from desktop.community.errors import BelfryError
from desktop.community.ids import new_id
from desktop.community.zones import pin_tzdata
from desktop.engine.clock import SystemClock
from desktop.store import database, events, members, occurrences


def main(community: Path, source: Path) -> None:
    """As the command line does it."""
    pin_tzdata()
    with database.open(community, clock=SystemClock(), device=new_id()) as store:
        began = time.perf_counter()
        try:
            if source.suffix == ".ics":
                import_calendar(store, source)
                occurrences.refresh(store)
            else:
                import_members(store, source, {})
        except BelfryError as refused:
            print(refused, file=sys.stderr)
        seconds = time.perf_counter() - began
        print(seconds, _peak(), members.count(store) + events.count(store))


def _peak() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says begins with the memory of the process that started this one
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM:")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
