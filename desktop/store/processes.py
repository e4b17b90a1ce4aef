"""Whether the process that holds something of a file is still there."""

import os


def process_runs(pid: int) -> bool:
    """Whether a process with this id runs on this computer. True where that can't be found out: then the lease is watched."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
