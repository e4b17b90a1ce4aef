"""“Today” by mouse and keyboard, on a day on which something waits in every way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import celebrations, member_edits
from desktop.actions.sample import fill
from desktop.actions.today import Fate
from desktop.community.deliveries import State
from desktop.community.instants import to_text
from desktop.community.members import Member
from desktop.store import ledger, members, planning
from desktop.ui.byhand.runner import Runner
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING
from desktop.ui.pages.members.page import MembersPage
from desktop.ui.pages.today.agenda import MOST
from desktop.ui.pages.today.page import TodayPage
from desktop.ui.pages.today.wait_row import WaitRow
from desktop.ui.pages.today.words import LOOKS, Deed
from helpers.accessible import nameless
from helpers.busy_day import fill_day
from helpers.clock import MovedClock
from helpers.window import Desktop


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def lid(make_desktop: Callable[..., Desktop], clock: MovedClock) -> Desktop:
    """The sample community; `come_back` lets a day pass."""
    return make_desktop(fill=fill, clock=clock)


def opened(qtbot: QtBot, desktop: Desktop) -> TodayPage:
    window = desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    desktop.kit.navigation.go(PageName.TODAY)
    page = window.pages.page
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.shown is not None)
    return page


def come_back(qtbot: QtBot, desktop: Desktop, clock: MovedClock) -> TodayPage:
    page = opened(qtbot, desktop)
    clock.advance(timedelta(days=1))
    fill_day(desktop.kit.store)
    page.look()
    qtbot.waitUntil(lambda: len(page.waits.rows) > 0)
    return page


def row(page: TodayPage, state: State) -> WaitRow:
    return next(one for one in page.waits.rows.values() if one.group.state is state)


def state_of(desktop: Desktop, delivery_id: str) -> State:
    found = ledger.get(desktop.kit.store.conn, delivery_id)
    assert found is not None
    return found.state


def settle(qtbot: QtBot, page: TodayPage, state: State, deed: Deed) -> tuple[str, ...]:
    """Press a button of a row; gives the deliveries of the row, once it has gone."""
    pressed = row(page, state)
    key, ids = pressed.group.key, pressed.group.ids
    qtbot.mouseClick(pressed.deeds[deed], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: key not in page.waits.rows)
    return ids


def test_an_empty_community_is_told_the_first_step(qtbot: QtBot, empty_desktop: Desktop) -> None:
    page = opened(qtbot, empty_desktop)
    assert page.waits.isHidden() or not page.waits.isVisible()
    assert not nameless(page)


def test_given_a_day_away_then_one_sentence_says_what_became_of_it(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    assert page.away.isVisible()
    assert [part.text() for part in page.away.parts.values()] == ["2 went out", "1 is too late and was not sent", "1 was refused", "3 need you"]
    assert not nameless(page)


def test_the_sentence_stays_true_while_things_are_settled(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    settle(qtbot, page, State.UNSURE, Deed.WENT)
    qtbot.waitUntil(lambda: page.away.parts[Fate.NEEDS].text() == "2 need you")
    settle(qtbot, page, State.MISSED, Deed.LEAVE)
    qtbot.waitUntil(lambda: Fate.LATE not in page.away.parts)
    assert page.away.parts[Fate.WENT].text() == "2 went out"


def test_what_went_out_can_be_listed_and_the_sentence_put_away(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    qtbot.mouseClick(page.away.parts[Fate.WENT], Qt.MouseButton.LeftButton)
    assert len(page.away.rows) == 2
    qtbot.mouseClick(page.away.cross, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.away.isVisible())


def test_what_needs_the_person_is_one_key_away(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    part = page.away.parts[Fate.NEEDS]
    part.setFocus()
    qtbot.keyClick(part, Qt.Key.Key_Space)
    first = next(iter(page.waits.rows.values()))
    assert QApplication.focusWidget() is next(iter(first.deeds.values()))


def test_a_short_look_elsewhere_is_no_absence(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = opened(qtbot, lid)
    clock.advance(timedelta(minutes=2))
    fill_day(lid.kit.store)
    page.look()
    qtbot.waitUntil(lambda: len(page.waits.rows) > 0)
    assert Fate.WENT not in page.away.parts  # it went out before their eyes
    assert Fate.REFUSED not in page.away.parts
    assert not page.away.isVisible()


def test_given_hours_on_another_page_when_today_is_opened_then_nobody_was_away(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = opened(qtbot, lid)
    lid.kit.navigation.go(PageName.MEMBERS)
    for _minutes in range(0, 24 * 60, 5):
        clock.advance(timedelta(minutes=5))
        lid.kit.absence._timer.timeout.emit()
    fill_day(lid.kit.store)
    lid.kit.navigation.go(PageName.TODAY)
    qtbot.waitUntil(lambda: len(page.waits.rows) > 0)
    assert not page.away.isVisible()


def test_given_a_window_in_the_tray_when_it_is_shown_again_then_what_happened_is_told_also_when_another_page_came_first(
    qtbot: QtBot, lid: Desktop, clock: MovedClock
) -> None:
    page = opened(qtbot, lid)
    window = page.window()
    lid.kit.navigation.go(PageName.MEMBERS)
    window.hide()
    clock.advance(timedelta(days=1))
    fill_day(lid.kit.store)
    for _time in range(2):
        window.show()
        window.hide()
    window.show()
    lid.kit.navigation.go(PageName.TODAY)
    qtbot.waitUntil(page.away.isVisible)
    assert page.away.parts[Fate.WENT].text() == "2 went out"
    window.hide()
    window.show()
    qtbot.waitUntil(lambda: not page.away.isVisible())


def test_given_a_community_that_is_opened_for_the_first_time_when_the_sender_begins_then_nobody_was_away(
    qtbot: QtBot, lid: Desktop, clock: MovedClock
) -> None:
    clock.advance(timedelta(days=1))  # what is due by then was so before anybody looked
    page = opened(qtbot, lid)
    fill_day(lid.kit.store)
    page.look()
    qtbot.waitUntil(lambda: len(page.waits.rows) > 0)
    assert not page.away.isVisible()


def test_what_happened_since_the_last_run_is_told_by_the_next(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = opened(qtbot, lid)
    clock.advance(timedelta(days=1))
    fill_day(lid.kit.store)
    second = TodayPage(lid.kit, page.entry)
    qtbot.addWidget(second)
    page.hide()
    second.show()
    qtbot.waitUntil(lambda: Fate.WENT in second.away.parts)


def test_unsure_said_to_be_out_is_sent(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    (unsure,) = settle(qtbot, page, State.UNSURE, Deed.WENT)
    assert state_of(lid, unsure) is State.SENT


def test_missed_is_sent_after_all_and_taken_back_within_the_grace_time(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    (missed,) = settle(qtbot, page, State.MISSED, Deed.SEND)
    queued = ledger.get(lid.kit.store.conn, missed)
    assert queued is not None
    assert queued.state is State.QUEUED
    assert clock.now() < queued.next_attempt_at < queued.late_until
    offer = lid.said[-1].offer
    assert offer is not None
    offer.do()
    again = ledger.get(lid.kit.store.conn, missed)
    assert again is not None
    assert again.late_until <= clock.now()  # the sender lets it go no more, and says that it was missed
    clock.advance(timedelta(seconds=1))
    assert missed in {one.id for one in ledger.out_of_time(lid.kit.store.conn, clock.now())}


def test_refused_is_tried_again(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    (refused,) = settle(qtbot, page, State.REJECTED, Deed.SEND)
    assert state_of(lid, refused) is State.QUEUED


def test_by_hand_opens_the_runner_and_can_be_ticked_right_here(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    qtbot.mouseClick(row(page, State.WAITING).deeds[Deed.POST], Qt.MouseButton.LeftButton)
    assert lid.window is not None
    assert isinstance(lid.window.pages.page, Runner)
    lid.kit.navigation.go(PageName.TODAY)
    ids = settle(qtbot, page, State.WAITING, Deed.WENT)
    assert {state_of(lid, one) for one in ids} == {State.SENT}


ENDS = {Deed.WENT: State.SENT, Deed.SEND: State.QUEUED, Deed.LEAVE: State.CANCELLED}


def hold(desktop: Desktop) -> None:
    """Let one delivery wait for approval. No program makes such a row yet: it is written as one that will come from elsewhere."""
    store = desktop.kit.store
    with store.write() as conn:
        conn.execute(
            "UPDATE delivery SET state = 'held' WHERE pk = (SELECT min(pk) FROM delivery WHERE state = 'queued' AND due_at > ?)",
            (to_text(store.clock.now()),),
        )


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
@pytest.mark.parametrize(("state", "deed"), [(state, deed) for state, look in LOOKS.items() for deed, _words in look.deeds if deed in ENDS])
def test_every_kind_of_waiting_is_settled_right_here(qtbot: QtBot, lid: Desktop, clock: MovedClock, state: State, deed: Deed, by: str) -> None:
    hold(lid)
    page = come_back(qtbot, lid, clock)
    qtbot.waitUntil(lambda: len({one.group.state for one in page.waits.rows.values()}) == len(LOOKS))
    waits = row(page, state)
    ids, key, pressed = waits.group.ids, waits.group.key, waits.deeds[deed]
    if by == "mouse":
        qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    else:
        assert page.waits.take_focus()
        for _step in range(60):
            if QApplication.focusWidget() is pressed:
                break
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: key not in page.waits.rows)
    assert {state_of(lid, one) for one in ids} == {ENDS[deed]}


def test_what_is_approved_goes_out_at_its_own_time(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    hold(lid)
    page = come_back(qtbot, lid, clock)
    due = row(page, State.HELD).group.due_at
    (approved,) = settle(qtbot, page, State.HELD, Deed.SEND)
    queued = ledger.get(lid.kit.store.conn, approved)
    assert queued is not None
    assert queued.next_attempt_at == max(due, clock.now() + planning.grace(lid.kit.store))


def test_the_focus_goes_on_to_the_next_thing(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    first = row(page, State.UNSURE)
    button = first.deeds[Deed.WENT]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: first.group.key not in page.waits.rows)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert any(one.isAncestorOf(focused) for one in page.waits.rows.values())


def test_something_ahead_is_stopped_and_put_back(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = opened(qtbot, lid)
    assert page.shown is not None
    group = page.shown.ahead[-1]
    page.going.show_all(True)
    number = len(page.going.rows)
    page.going.menus[-1].menu().actions()[-1].trigger()
    qtbot.waitUntil(lambda: len(page.going.rows) == number - 1)
    assert {state_of(lid, one) for one in group.ids} == {State.CANCELLED}
    offer = lid.said[-1].offer
    assert offer is not None
    offer.do()
    qtbot.waitUntil(lambda: len(page.going.rows) == number)
    before = ledger.get(lid.kit.store.conn, group.ids[0])
    assert before is not None
    assert (before.state, before.due_at) == (State.QUEUED, group.due_at)


def test_of_much_that_goes_out_the_first_few_are_named_and_all_of_it_on_demand(qtbot: QtBot, lid: Desktop) -> None:
    page = opened(qtbot, lid)
    assert page.shown is not None
    assert len(page.going.rows) == MOST < len(page.shown.ahead)
    assert page.going.more is not None
    qtbot.mouseClick(page.going.more, Qt.MouseButton.LeftButton)
    assert len(page.going.rows) == len(page.shown.ahead)
    assert QApplication.focusWidget() is page.going.rows[MOST]
    qtbot.mouseClick(page.going.more, Qt.MouseButton.LeftButton)
    assert len(page.going.rows) == MOST


def test_the_sections_take_as_many_columns_as_there_is_room_for(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = come_back(qtbot, lid, clock)
    assert lid.window is not None

    def left(widget: QWidget) -> int:
        return widget.mapTo(page, QPoint()).x()

    lid.window.resize(900, 600)
    qtbot.waitUntil(lambda: left(page.waits) < left(page.going) == left(page.events))
    lid.window.resize(1700, 900)
    qtbot.waitUntil(lambda: left(page.waits) < left(page.going) < left(page.events) == left(page.newcomers))


def test_given_nothing_waits_then_that_is_one_line_above_the_rest(qtbot: QtBot, lid: Desktop) -> None:
    page = opened(qtbot, lid)
    assert page.waits.nothing.isVisible()
    assert not page.waits.header.isVisible()
    assert page.waits.mapTo(page, QPoint(0, page.waits.height())).y() <= page.going.mapTo(page, QPoint()).y()
    assert page.waits.height() < page.going.height() / 4


def test_a_newcomer_is_opened_written_to_and_welcomed_with_undo(qtbot: QtBot, lid: Desktop) -> None:
    page = opened(qtbot, lid)
    qtbot.waitUntil(lambda: len(page.newcomers.rows) == 3)
    assert not nameless(page)
    first, second, _third = page.newcomers.ticks
    qtbot.mouseClick(page.newcomers.hellos[first], Qt.MouseButton.LeftButton)
    assert lid.opener.addresses[-1].startswith("mailto:")
    tick = page.newcomers.ticks[first]
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: first not in page.newcomers.ticks)
    assert QApplication.focusWidget() is page.newcomers.ticks[second]  # the keyboard goes on with the next
    assert members.get(lid.kit.store, first).welcomed is not None
    offer = lid.said[-1].offer
    assert offer is not None
    offer.do()
    qtbot.waitUntil(lambda: first in page.newcomers.ticks)
    assert members.get(lid.kit.store, first).welcomed is None
    qtbot.mouseClick(page.newcomers.rows[0], Qt.MouseButton.LeftButton)
    assert lid.window is not None
    assert isinstance(lid.window.pages.page, MembersPage)


def test_birthdays_and_years_lead_to_the_member_and_change_with_the_day(qtbot: QtBot, lid: Desktop, clock: MovedClock) -> None:
    page = opened(qtbot, lid)
    qtbot.waitUntil(lambda: len(page.days.rows) > 0)
    assert [(row.line.text, row.line.under, row.line.word) for row in page.days.rows][:2] == [
        ("Márcia Abrantes", "birthday: turns 48", "Today"),
        ("Beatriz Saraiva", "3 years in the community", "Today"),
    ]
    clock.advance(timedelta(days=1))
    page.look()
    qtbot.waitUntil(lambda: page.days.rows[0].line.text != "Márcia Abrantes")
    qtbot.keyClick(page.days.rows[0], Qt.Key.Key_Space)
    assert lid.window is not None
    assert isinstance(lid.window.pages.page, MembersPage)


def test_given_nobody_to_think_of_then_there_is_no_empty_section(qtbot: QtBot, empty_desktop: Desktop) -> None:
    page = opened(qtbot, empty_desktop)
    qtbot.waitUntil(lambda: page.people is not None)
    assert page.newcomers.isHidden()
    assert page.days.isHidden()
    member_edits.add(empty_desktop.kit.store, Member("Ana", joined=celebrations.community_day(empty_desktop.kit.store)))
    page.refresh(EVERYTHING)
    qtbot.waitUntil(lambda: page.newcomers.isVisible())
    assert page.days.isHidden()


def test_the_next_events_stand_there(qtbot: QtBot, lid: Desktop) -> None:
    page = opened(qtbot, lid)
    assert page.events.rows
    qtbot.keyClick(page.events.rows[0], Qt.Key.Key_Space)
    assert lid.window is not None
    assert lid.window.pages.page is not page
