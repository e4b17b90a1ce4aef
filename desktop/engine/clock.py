"""The real clock: the one place in Belfry that reads the time."""

import time
from datetime import UTC, datetime


class SystemClock:
    """`desktop.community.ports.Clock` over this computer's clocks."""

    def now(self) -> datetime:
        """The wall time: aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        return time.monotonic()
