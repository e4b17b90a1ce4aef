"""Another program that asks for the write lock of a community file again and again; told to stop, it prints the longest wait, in seconds."""

import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.store.driver import OperationalError, connect


def main(path: str) -> None:
    """Until a line comes in."""
    stop = threading.Event()

    def listen() -> None:
        sys.stdin.readline()
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    conn = connect(path, isolation_level=None, timeout=0.0)
    longest, asked = 0.0, None
    print("ready", flush=True)
    while not stop.is_set():
        began = time.perf_counter() if asked is None else asked
        try:
            conn.execute("BEGIN IMMEDIATE")
            conn.execute("ROLLBACK")
            asked = None
        except OperationalError:  # locked
            asked = began
        longest = max(longest, time.perf_counter() - began)
        time.sleep(0.01)
    print(longest)


if __name__ == "__main__":
    main(sys.argv[1])
