"""Going to sleep: what falls due meanwhile is named before the lid is closed, and what happened is looked at when it is open again."""

from collections.abc import Callable, Iterator
from ctypes import addressof, wintypes
from datetime import timedelta
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from desktop.community.announcements import Announcement
from desktop.community.connections import Channel, ConnectionRecord
from desktop.community.ids import new_id
from desktop.community.schedules import At
from desktop.store import announcements, connections
from desktop.store.database import Store, set_setting
from desktop.store.journal import operation
from desktop.ui.before_sleep import CATCHES_UP, NIGHT, BeforeSleep
from desktop.ui.navigation import PageName
from desktop.ui.pages.today.page import TodayPage
from desktop.ui.sleep import SEEN, LogindSleep, PowerMessages, Sleep, WindowsSleep, sleep_here
from helpers.clock import MovedClock
from helpers.fake_login1 import Login1, login1
from helpers.notifying import Heard
from helpers.window import Desktop
from resources.translations import phrase


@pytest.fixture(scope="module")
def logind() -> Iterator[Login1]:
    with login1() as made:
        yield made


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def night(make_desktop: Callable[..., Desktop], clock: MovedClock) -> Desktop:
    """A community with one group, from which nothing is to go out."""

    def filled(store: Store) -> None:
        with operation(store, phrase("Set up")) as op:
            practice = ConnectionRecord("practice", "Practice", {}, {}, new_id())
            connections.put_connection(op, practice)
            connections.add_channel(op, Channel(practice.id, "Neighbours", "1"))

    return make_desktop(fill=filled, clock=clock)


def announce(store: Store, after: timedelta, text: str = "Bread at eight") -> None:
    when = At((store.clock.now() + after).replace(tzinfo=None, microsecond=0), "UTC")
    with operation(store, phrase("Announced")) as op:
        announcements.add(op, Announcement(text, (connections.channels(store)[0].id,), when))


def asleep(desktop: Desktop, sleep: Sleep) -> tuple[Heard, list[str], BeforeSleep]:
    """Who tells before the computer sleeps, what they told, and how often the window looked."""
    heard, looked = Heard(), list[str]()
    return heard, looked, BeforeSleep(desktop.kit, sleep, heard, desktop.kit.navigation.go, lambda: looked.append("looked"))


def test_given_a_logind_when_it_prepares_for_sleep_then_what_falls_due_is_said_before_it_may_sleep(
    qtbot: QtBot, night: Desktop, logind: Login1
) -> None:
    announce(night.kit.store, timedelta(hours=7))
    sleep = LogindSleep(logind.address)
    heard, looked, before = asleep(night, sleep)
    sleep.listen()
    qtbot.waitUntil(lambda: sleep.holds)
    assert logind.heard() == "held sleep delay"

    with qtbot.waitSignal(sleep.near):
        logind.sleep()
    began = monotonic()
    assert [title for title, _text in heard.said] == ["This is due while the computer sleeps"]
    assert "Bread at eight → 1 group" in heard.said[0][1]
    assert sleep.holds
    qtbot.waitUntil(lambda: not sleep.holds)
    assert monotonic() - began > SEEN / 2000
    assert logind.heard() == "let go"

    woken = night.program.still.woken
    with qtbot.waitSignal(sleep.over):
        logind.wake()
    assert night.program.still.woken == woken + 1
    qtbot.waitUntil(lambda: bool(looked), timeout=2 * CATCHES_UP)
    qtbot.waitUntil(lambda: sleep.holds)
    assert logind.heard() == "held sleep delay"
    before.stop()
    sleep.stop()
    assert logind.heard() == "let go"


def test_given_no_logind_on_the_bus_or_no_bus_when_it_listens_then_nothing_happens(qtbot: QtBot, night: Desktop) -> None:
    sleep = LogindSleep("unix:path=/nowhere/at/all")
    sleep.listen()
    assert not sleep.holds
    sleep.stop()


def test_given_nothing_falls_due_until_morning_when_the_computer_sleeps_then_nothing_is_said(night: Desktop) -> None:
    announce(night.kit.store, NIGHT + timedelta(hours=1))
    sleep = Sleep()
    heard, _looked, _before = asleep(night, sleep)
    sleep.near.emit()
    assert heard.said == []


def test_given_another_computer_sends_when_this_one_sleeps_then_nothing_is_said(night: Desktop) -> None:
    announce(night.kit.store, timedelta(hours=7))
    with night.kit.store.write() as conn:
        set_setting(conn, "sender_computer", "another")
    sleep = Sleep()
    heard, _looked, _before = asleep(night, sleep)
    sleep.near.emit()
    assert heard.said == []


def test_given_it_was_said_when_the_lid_is_closed_again_then_it_is_said_only_with_something_new(night: Desktop) -> None:
    announce(night.kit.store, timedelta(hours=7))
    sleep = Sleep()
    heard, _looked, _before = asleep(night, sleep)
    for _time in range(2):
        sleep.near.emit()
        sleep.over.emit()
    sleep.near.emit()
    assert len(heard.said) == 1
    announce(night.kit.store, timedelta(hours=8), "Soup at nine")
    sleep.near.emit()
    assert [title for title, _text in heard.said][1:] == ["2 things are due while the computer sleeps"]


def test_given_a_notification_about_the_night_when_it_is_clicked_then_today_is_shown(qtbot: QtBot, night: Desktop) -> None:
    window = night.open_window()
    night.kit.navigation.go(PageName.MEMBERS)
    announce(night.kit.store, timedelta(hours=7))
    sleep = Sleep()
    heard, _looked, _before = asleep(night, sleep)
    sleep.near.emit()
    heard.clicks[0]()
    assert isinstance(window.pages.page, TodayPage)


def test_given_a_night_asleep_when_the_window_looks_again_then_one_sentence_tells_of_it(qtbot: QtBot, sample_desktop: Desktop) -> None:
    window = sample_desktop.open_window()
    with qtbot.waitExposed(window):
        window.show()
    page = window.pages.page
    assert isinstance(page, TodayPage)
    clock = sample_desktop.program.clock
    assert isinstance(clock, MovedClock)
    before = page.absence.until
    clock.advance(timedelta(hours=9))
    window.pages.awake()
    assert page.absence.until == clock.now() != before


def test_given_windows_when_it_tells_every_window_of_its_sleep_then_it_is_heard_once(qtbot: QtBot) -> None:
    sleep, heard = Sleep(), list[str]()
    sleep.near.connect(lambda: heard.append("near"))
    sleep.over.connect(lambda: heard.append("over"))
    messages = PowerMessages(sleep)
    for message, told in ((0x0218, 0x04), (0x0218, 0x04), (0x0200, 0x04), (0x0218, 0x0A), (0x0218, 0x12), (0x0218, 0x07), (0x0218, 0x12)):
        sent = wintypes.MSG(message=message, wParam=told)
        assert messages.nativeEventFilter(b"windows_generic_MSG", addressof(sent)) == (False, 0)
        assert messages.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    assert heard == ["near", "over"]


def test_each_system_is_heard_in_its_own_way() -> None:
    assert [type(sleep_here(platform)) for platform in ("linux", "win32", "darwin")] == [LogindSleep, WindowsSleep, Sleep]
