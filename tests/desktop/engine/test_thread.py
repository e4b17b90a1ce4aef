"""The engine's thread, in real time: the sender runs beside the program, is told of news and asked to stop."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.community.deliveries import State
from desktop.engine import thread
from desktop.engine.alarm import SchedulerAlarm
from desktop.engine.clock import SystemClock
from desktop.engine.computer import Computer
from desktop.engine.desk import CommunityDesk
from desktop.engine.marks import Marks
from desktop.engine.news import DeliveryMoved, Halted, News, Resumed
from desktop.engine.sender import Sender, take_over
from desktop.engine.thread import EngineThread
from desktop.store import database, sending
from desktop.store.database import Store
from desktop.store.processes import process_runs
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


def test_given_a_file_that_another_computer_sends_from_when_this_one_takes_over_then_it_sends_at_once(
    store: Store, heard: Heard, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(thread, "STAND_BY", 600.0)
    sending.take_over(store, "computer-2", "desktop")
    engine: EngineThread = request.getfixturevalue("engine")
    assert heard.wait_for(lambda news: isinstance(news, Halted))
    take_over(store, Marks(tmp_path / "data"), Computer("computer-1", "laptop"))
    announce(store, *add_channels(store, "Choir"))
    engine.wake()
    assert heard.wait_for(sent)
    assert [type(one) for one in heard.news[:2]] == [Halted, Resumed]
