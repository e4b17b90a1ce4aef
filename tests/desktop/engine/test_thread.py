"""The engine's thread, in real time: the sender runs beside the program, is told of news and asked to stop."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.community.deliveries import State
from desktop.engine.alarm import SchedulerAlarm
from desktop.engine.clock import SystemClock
from desktop.engine.computer import Computer
from desktop.engine.desk import CommunityDesk
from desktop.engine.marks import Marks
from desktop.engine.news import DeliveryMoved, News
from desktop.engine.sender import Sender, process_runs
from desktop.engine.thread import EngineThread
from desktop.store import database
from desktop.store.database import Store
from helpers.community import add_channels, announce, new_community, states
from helpers.worlds import NoVault
from integrations import manifest


class Heard:
    """The news, and a way to wait for a piece of it."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self._there = threading.Condition()

    def __call__(self, news: News) -> None:
        with self._there:
            self.news.append(news)
            self._there.notify_all()

    def wait_for(self, found: Callable[[News], bool]) -> bool:
        with self._there:
            return self._there.wait_for(lambda: any(found(news) for news in self.news), 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_community(tmp_path / "c.belfry", SystemClock(), grace_seconds="0") as store:
        yield store


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def engine(store: Store, heard: Heard, tmp_path: Path) -> Iterator[EngineThread]:
    def build() -> tuple[Sender, Callable[[], None]]:
        own = database.open(store.path, clock=SystemClock(), device="device-1")
        desk = CommunityDesk(own, NoVault(), own.clock, manifest)
        marks, computer = Marks(tmp_path / "data"), Computer("computer-1", "laptop")
        sender = Sender(own, desk, marks, computer, alarm=SchedulerAlarm, keyed=(), hear=heard, alive=process_runs)
        return sender, own.close

    engine = EngineThread(build, heard)
    engine.start()
    yield engine
    assert engine.stop(20)


def sent(news: News) -> bool:
    return isinstance(news, DeliveryMoved) and news.state is State.SENT


def test_given_an_engine_that_runs_when_something_is_announced_then_it_is_sent_and_told(store: Store, heard: Heard, engine: EngineThread) -> None:
    announce(store, *add_channels(store, "Choir"))
    engine.wake()
    assert heard.wait_for(sent)
    assert states(store) == [State.SENT]


def test_given_an_engine_that_runs_when_stopped_then_the_thread_ends_and_the_lease_is_given_back(
    store: Store, heard: Heard, engine: EngineThread
) -> None:
    announce(store, *add_channels(store, "Choir"))
    assert heard.wait_for(sent)
    assert engine.stop(20)
    assert store.value("SELECT holder FROM lease") == ""


def test_given_an_engine_that_runs_when_a_coroutine_is_handed_in_then_it_runs_on_its_loop(engine: EngineThread) -> None:
    async def where() -> str:
        return threading.current_thread().name

    assert engine.call(where()).result(20) == "belfry-engine"
