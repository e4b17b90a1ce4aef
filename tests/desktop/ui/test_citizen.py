"""The window and the desktop around it: tray, closing, notifications, start at log-in, quitting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from time import perf_counter

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions.sample import fill
from desktop.community.announcements import Announcement
from desktop.community.deliveries import State, Who
from desktop.community.schedules import At
from desktop.store import announcements, connections, ledger
from desktop.store.announcement_lists import drafts
from desktop.store.database import Store, set_setting
from desktop.store.journal import operation
from desktop.ui import quitting
from desktop.ui.appearing import Appear
from desktop.ui.autostart import XdgAutostart
from desktop.ui.citizen import Citizen
from desktop.ui.habits import Closing
from desktop.ui.main_window import MainWindow, Outside
from desktop.ui.navigation import PageName
from desktop.ui.news import EngineNews, Told
from desktop.ui.notices import Notice
from desktop.ui.notifications import Notifications
from desktop.ui.pages import PAGES
from desktop.ui.pages.announcements.page import AnnouncementsPage
from desktop.ui.pages.today.page import TodayPage
from desktop.ui.sender_line import says
from desktop.ui.tray import Tray
from helpers.busy_day import by_machine, fill_day, miss
from helpers.clock import MovedClock
from helpers.hand import hand_over
from helpers.notifying import Heard
from helpers.window import Desktop
from resources.translations import phrase


class ShownTray(Tray):
    """A tray on a desktop that has one."""

    there = True

    @property
    def possible(self) -> bool:
        return self.there


@dataclass
class House:
    """A window with its citizen."""

    desktop: Desktop
    window: MainWindow
    citizen: Citizen
    tray: ShownTray
    notifier: Heard
    autostart: XdgAutostart
    left: list[str]


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def house(qtbot: QtBot, make_desktop: Callable[..., Desktop], clock: MovedClock) -> Iterator[House]:
    built = build(make_desktop(fill=fill, clock=clock))
    with qtbot.waitActive(built.window):
        built.citizen.appear(Appear.WINDOW)
    yield built
    built.citizen.stop()


def build(desktop: Desktop) -> House:
    """What `desktop.ui.start.Session` puts together."""
    kit = desktop.kit
    left: list[str] = []
    made: list[Citizen] = []
    window = MainWindow(kit, desktop.bridge, PAGES, Outside(lambda: None, lambda: None), closing=lambda: made[0].close())
    tray, notifier, autostart = ShownTray(kit.theme, kit.icons), Heard(), XdgAutostart(desktop.program.data / "config")
    made.append(Citizen(kit, desktop.bridge, window, lambda: left.append("quit"), tray, autostart, notifier))
    desktop.window = window
    return House(desktop, window, made[0], tray, notifier, autostart, left)


def announce_sunday(store: Store) -> str:
    channel = connections.channels(store)[0].id
    with operation(store, phrase("Announced")) as op:
        when = At((store.clock.now() + timedelta(days=6)).replace(tzinfo=None, hour=18, minute=0), "Europe/Lisbon")
        return announcements.add(op, Announcement("Soup on Sunday", (channel,), when))


def test_closing_keeps_the_sender_in_the_tray_and_says_so_once(house: House) -> None:
    house.window.close()
    assert not house.window.isVisible()
    assert [title for title, _text in house.notifier.said] == ["Still at work"]
    house.tray.open.trigger()
    assert house.window.isVisible()
    house.window.close()
    assert len(house.notifier.said) == 1
    assert house.left == []
    assert house.desktop.asker.asked == []


@pytest.mark.parametrize("how", ["no tray", "set so"])
def test_where_closing_quits_it_is_asked_when_something_is_to_go_out(house: House, how: str) -> None:
    if how == "no tray":
        house.tray.there = False
    else:
        house.citizen.habits.close_as(Closing.QUIT)
    house.desktop.asker.yes = False
    house.window.close()
    assert house.desktop.asker.asked == ["Quit, although this is to go out?"]
    assert house.window.isVisible()
    assert house.left == []
    house.desktop.asker.yes = True
    house.tray.quit.trigger()
    assert house.left == ["quit"]


def test_quitting_names_what_falls_due_meanwhile(house: House) -> None:
    kit = house.desktop.kit
    announce_sunday(kit.store)
    groups = quitting.falls_due(kit.store)
    lines = quitting.detail(groups[-1:], kit.dates).splitlines()
    assert lines[0] == "Sunday 18:00: Soup on Sunday → 1 group"
    assert "and 5 more" in quitting.detail((groups * 9)[:9], kit.dates).splitlines()


@contextmanager
def no_room(store: Store) -> Iterator[None]:
    """SQLite finds no room for another page, as on a disk that is full."""
    store.conn.execute(f"PRAGMA max_page_count={store.value('PRAGMA page_count')}")
    yield
    store.conn.execute("PRAGMA max_page_count=1000000")


def test_what_is_being_written_and_can_t_be_kept_goes_only_if_the_person_says_so(qtbot: QtBot, house: House) -> None:
    kit, asker = house.desktop.kit, house.desktop.asker
    kit.navigation.go(PageName.ANNOUNCEMENTS)
    page = house.window.pages.page
    assert isinstance(page, AnnouncementsPage)
    page.compose()
    page.composer.editor.field.setPlainText("Soup tonight! " * 4000)
    asker.yes = False
    with no_room(kit.store):
        house.tray.quit.trigger()
        assert asker.asked == ["Leave, although what you wrote is not kept?"]
        assert house.left == []
        assert house.window.isVisible()
        assert page.composer.editor.field.toPlainText().startswith("Soup tonight!")
    house.tray.quit.trigger()  # there is room again
    assert asker.asked[1:] == ["Quit, although this is to go out?"]
    assert any(draft.text.startswith("Soup tonight!") for draft in drafts(kit.store))


def test_where_another_computer_sends_quitting_asks_nothing(house: House) -> None:
    with house.desktop.kit.store.write() as conn:
        set_setting(conn, "sender_computer", "another")
        set_setting(conn, "sender_name", "the kitchen laptop")
    house.tray.quit.trigger()
    assert house.left == ["quit"]
    assert house.desktop.asker.asked == []
    assert says(house.desktop.kit.store, house.desktop.kit.dates).next == "Sent from the kitchen laptop, not from here."


def test_the_tray_says_what_is_next_and_what_waits(qtbot: QtBot, house: House) -> None:
    assert house.tray.next.text().startswith("Next: ")
    assert not house.tray.waits.isVisible()
    fill_day(house.desktop.kit.store)
    house.citizen.notifications.stop()
    house.desktop.bridge.look()
    hand_over(house.desktop.kit.store, 1)
    house.window.strip.stale.emit()
    assert house.tray.waits.text() == "6 wait for you"
    assert house.tray.icon.toolTip().splitlines() == ["Belfry", house.tray.next.text(), "6 wait for you"]
    house.window.hide()
    house.tray.waits.trigger()
    assert house.window.isVisible()
    assert house.window.pages.page is not None
    assert house.window.pages.page.entry.name.value == "today"


def test_the_first_schedule_offers_to_start_at_log_in_and_only_the_first(house: House) -> None:
    kit = house.desktop.kit
    kit.operations.run(announce_sunday)
    offered = [one for one in house.desktop.said if one.key == "autostart"]
    assert len(offered) == 1
    assert offered[0].text.startswith("This computer must be on ")
    offer = offered[0].offer
    assert offer is not None
    offer.do()
    assert house.autostart.enabled
    kit.operations.run(announce_sunday)
    assert len([one for one in house.desktop.said if one.key == "autostart"]) == 1


def test_where_starting_at_log_in_can_t_be_set_up_a_sentence_says_so(house: House) -> None:
    house.autostart.file.parent.parent.write_text("a file where a folder should be")
    house.desktop.kit.operations.run(announce_sunday)
    offer = next(one.offer for one in house.desktop.said if one.key == "autostart")
    assert offer is not None
    offer.do()
    last: Notice = house.desktop.said[-1]
    assert last.text.startswith("Belfry could not set that up: ")
    assert not house.autostart.enabled


def test_given_something_unsure_and_another_page_open_last_when_belfry_starts_then_it_is_in_front_within_two_seconds(
    qtbot: QtBot, make_desktop: Callable[..., Desktop]
) -> None:
    def filled(store: Store) -> None:
        fill(store)
        fill_day(store)

    desktop = make_desktop(fill=filled)
    desktop.kit.state.keep("window/page", "members")
    began = perf_counter()
    built = build(desktop)
    built.citizen.appear(Appear.WINDOW)
    page = built.window.pages.page
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: len(page.waits.rows) > 0)
    assert perf_counter() - began < 2.0  # figure R5
    assert {State.UNSURE, State.MISSED} <= {row.group.state for row in page.waits.rows.values() if row.isVisible()}
    built.citizen.stop()


@pytest.mark.parametrize("left", ["on its way", "too late"])
def test_given_something_that_the_sender_will_find_in_doubt_when_belfry_starts_then_today_is_open(
    qtbot: QtBot, make_desktop: Callable[..., Desktop], left: str
) -> None:
    def filled(store: Store) -> None:
        fill(store)
        one = by_machine(store)[0]
        with store.write() as conn:
            now = store.clock.now()
            if left == "on its way":
                ledger.move(conn, one, State.SENDING, who=Who.SENDER, why=phrase("It is so."), at=now, then=replace(one, attempts=1, claimed_at=now))
            else:
                day = timedelta(days=1)
                ledger.retime(conn, replace(one, due_at=now - 2 * day, next_attempt_at=now - 2 * day, late_until=now - day))

    desktop = make_desktop(fill=filled)
    desktop.kit.state.keep("window/page", "members")
    built = build(desktop)
    built.citizen.appear(Appear.WINDOW)
    assert isinstance(built.window.pages.page, TodayPage)
    qtbot.waitUntil(lambda: not desktop.kit.reader.busy)
    built.citizen.stop()


def test_at_log_in_nothing_is_seen_but_the_tray(house: House) -> None:
    house.window.hide()
    house.citizen.appear(Appear.TRAY)
    assert not house.window.isVisible()


def moved(delivery_id: str, state: State) -> EngineNews:
    return EngineNews(Told.MOVED, phrase("It is so."), delivery_id, state)


def test_what_waits_is_told_while_the_person_is_elsewhere_and_never_twice(house: House) -> None:
    store = house.desktop.kit.store
    house.window.hide()
    missed = miss(store, by_machine(store)[0])
    house.desktop.bridge.engine.emit(moved(missed.id, State.MISSED))
    house.desktop.bridge.engine.emit(moved(missed.id, State.MISSED))
    house.citizen.notifications.flush()
    house.desktop.bridge.engine.emit(moved(missed.id, State.MISSED))
    house.citizen.notifications.flush()
    assert [title for title, _text in house.notifier.said] == ["Too late, not sent"]
    house.notifier.clicks[0]()
    assert house.window.isVisible()


def test_many_things_at_once_are_one_notification(qtbot: QtBot, house: House) -> None:
    house.window.hide()
    for one in hand_over(house.desktop.kit.store, 3):
        house.desktop.bridge.engine.emit(moved(one.id, State.WAITING))
    qtbot.waitUntil(lambda: len(house.notifier.said) == 1)
    title, text = house.notifier.said[0]
    assert title == "3 things wait for you"
    assert len(text.splitlines()) == 3


def test_what_was_settled_meanwhile_is_not_told(house: House) -> None:
    store = house.desktop.kit.store
    house.window.hide()
    waiting = by_machine(store)[0]
    house.desktop.bridge.engine.emit(moved(waiting.id, State.UNSURE))  # the ledger says otherwise by now
    house.citizen.notifications.flush()
    assert house.notifier.said == []


def test_a_paused_connection_and_a_halt_are_told_once_each(house: House) -> None:
    house.window.hide()
    for _time in range(2):
        house.desktop.bridge.engine.emit(EngineNews(Told.PAUSED, phrase("The token was refused."), "c1"))
        house.desktop.bridge.engine.emit(EngineNews(Told.HALTED, phrase("This file is a copy.")))
    assert house.notifier.said == [("A connection needs you", "The token was refused."), ("Nothing is being sent", "This file is a copy.")]
    house.window.strip.stale.emit()
    assert house.tray.next.text() == "This file is a copy."


def test_what_is_in_the_way_is_said_until_the_engine_says_that_it_is_over_whatever_else_moves(qtbot: QtBot, house: House) -> None:
    engine, why = house.desktop.bridge.engine, "The passwords are locked."
    engine.emit(EngineNews(Told.HALTED, phrase(why)))
    engine.emit(moved(by_machine(house.desktop.kit.store)[0].id, State.WAITING))  # by hand: it needs no password
    qtbot.waitUntil(lambda: house.tray.next.text() == why)
    assert why in house.window.strip._said
    engine.emit(EngineNews(Told.RESUMED))
    assert why not in house.window.strip._said
    qtbot.waitUntil(lambda: house.tray.next.text() != why)


def test_who_looks_at_the_window_is_told_by_the_window_alone(make_desktop: Callable[..., Desktop]) -> None:
    desktop = make_desktop(fill=fill)
    told = Heard()
    notifications = Notifications(desktop.kit.store, told, lambda: True, lambda _page: None)
    missed = miss(desktop.kit.store, by_machine(desktop.kit.store)[0])
    notifications.hear(moved(missed.id, State.MISSED))
    notifications.flush()
    assert told.said == []
