"""The window of the first tour is watched as those of the other tests are (tests/helpers/watchdog.py)."""

import pytest

from helpers.watchdog import WatchedApplication


@pytest.fixture(scope="session")
def qapp_cls() -> type[WatchedApplication]:
    return WatchedApplication
