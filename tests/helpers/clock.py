"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class MovedClock:
    """`desktop.community.ports.Clock` for tests. Starts on a Monday at noon UTC unless told otherwise."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now.astimezone(UTC)
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, by: timedelta) -> None:
        """Time passes while the computer runs: both clocks move. `by` is not negative."""
        if by < timedelta(0):
            raise ValueError("time does not pass backwards; use set_wall")
        self._now += by
        self._monotonic += by.total_seconds()

    def advance_to(self, moment: datetime) -> None:
        """Time passes until this moment (aware, not before now)."""
        self.advance(moment.astimezone(UTC) - self._now)

    def suspend(self, by: timedelta) -> None:
        """The computer sleeps: the wall clock moves, the monotonic one stands (as on Linux and macOS)."""
        if by < timedelta(0):
            raise ValueError("nobody sleeps backwards; use set_wall")
        self._now += by

    def set_wall(self, moment: datetime) -> None:
        """Somebody sets the wall clock, forward or back; the monotonic one does not notice."""
        self._now = moment.astimezone(UTC)
