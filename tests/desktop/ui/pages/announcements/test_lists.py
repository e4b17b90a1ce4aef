"""The timeline, the drafts and the log of the page of announcements, by mouse and by keyboard, over the sample community."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.community.announcements import AnnouncementStatus
from desktop.community.deliveries import State, Who
from desktop.store import announcement_lists, announcements, ledger
from desktop.ui.navigation import PageName
from desktop.ui.pages.announcements.page import DRAFTS, LOG, TIMELINE, AnnouncementsPage
from desktop.ui.pages.announcements.rows import ROW_ROLE
from desktop.ui.pages.announcements.state_words import Filter
from desktop.ui.pages.announcements.when_box import Kind
from helpers.accessible import nameless
from helpers.announcing import LEFT, channel, press, select_first
from helpers.window import Desktop
from resources.translations import phrase


def test_the_timeline_lists_what_is_planned_week_by_week(page: AnnouncementsPage) -> None:
    rows = page.timeline.rows.rows

    assert [row.title() for row in rows if row.heading][:2] == ["This week", "Next week"]
    weekly = [row for row in rows if row.title() == "The week at Alvalade Verde"]
    assert len(weekly) >= 8
    assert all(row.word == "Planned" and "repeats" in row.detail for row in weekly)


def test_the_rows_are_a_sound_model_and_every_control_has_a_name(page: AnnouncementsPage, qtmodeltester: object, qtbot: QtBot) -> None:
    qtmodeltester.check(page.timeline.rows)  # type: ignore[attr-defined]
    assert nameless(page) == []
    select_first(page.timeline)
    assert nameless(page) == []
    page.do("log")
    qtmodeltester.check(page.log.model)  # type: ignore[attr-defined]
    assert nameless(page) == []
    page.compose()
    page.composer.when.kinds[Kind.REPEAT].click()
    page.composer.when.kinds[Kind.BEFORE].click()
    assert nameless(page) == []


def test_one_date_of_a_series_is_left_out_and_all_of_it_is_taken_back(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    store = sample_desktop.kit.store
    keys = [index.data(ROW_ROLE).key for index in (page.timeline.rows.index(n, 0) for n in range(page.timeline.rows.rowCount()))]
    weekly = [key for key in keys if key and page.lists.going[key].repeats]
    page.timeline.select(weekly[0])
    row_id = page.lists.going[weekly[0]].announcement_id

    press(qtbot, page, "Leave out this date")
    assert weekly[0] not in page.lists.going
    assert weekly[1] in page.lists.going

    page.timeline.select(weekly[1])
    press(qtbot, page, "Take all of it back")
    assert announcements.get(store, row_id).status is AnnouncementStatus.CANCELLED
    assert not any(key.startswith(row_id) for key in page.lists.going)


def test_the_log_says_what_to_do_and_does_it(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    store = sample_desktop.kit.store
    with store.write() as conn:
        one = next(one for one in ledger.ready(conn, store.clock.now() + timedelta(minutes=1)))
        sending = ledger.move(conn, one, State.SENDING, who=Who.SENDER, why=phrase("x"), at=store.clock.now())
        assert sending is not None
        ledger.move(conn, sending, State.UNSURE, who=Who.SENDER, why=phrase("There was no answer."), at=store.clock.now())
    qtbot.keyClick(page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert page.tabs.currentIndex() == LOG
    qtbot.mouseClick(page.log.chips[Filter.WAITS], LEFT)
    assert page.log.model.rowCount() == 1
    page.log.table.selectRow(0)

    press(qtbot, page, "It went out")

    delivery = ledger.get(store.conn, one.id)
    assert delivery is not None
    assert delivery.state is State.SENT


def test_another_page_leads_here_to_an_announcement_a_delivery_or_an_event(page: AnnouncementsPage, sample_desktop: Desktop) -> None:
    store, go = sample_desktop.kit.store, sample_desktop.kit.navigation.go
    key = next(iter(page.lists.going))
    go(PageName.ANNOUNCEMENTS, page.lists.going[key].announcement_id)
    assert (page.tabs.currentIndex(), page.timeline.key) == (TIMELINE, key)
    delivery = ledger.listed(store.conn)[0].id
    go(PageName.ANNOUNCEMENTS, delivery)
    assert (page.tabs.currentIndex(), page.log.selected) == (LOG, delivery)
    event = store.value("SELECT id FROM event WHERE rrule != ''")
    go(PageName.ANNOUNCEMENTS, event)
    assert page.stack.currentWidget() is page.composer
    assert page.composer.when.event_id == event


def test_in_a_wide_window_eight_weeks_by_channels_lead_to_the_rows(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    assert sample_desktop.window is not None
    sample_desktop.window.resize(1700, 900)
    qtbot.waitUntil(lambda: page.overview.isVisible())
    cell = next(made for made in page.overview.findChildren(QToolButton) if made.toolTip().startswith("Newsletter, Next week"))
    qtbot.mouseClick(cell, LEFT)
    assert page.timeline.key
    sample_desktop.window.resize(900, 600)
    qtbot.waitUntil(lambda: not page.overview.isVisible())


def test_a_draft_is_opened_and_thrown_away_by_keyboard(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.tabs.currentIndex() == DRAFTS
    select_first(page.drafts)
    qtbot.keyClick(page.drafts, Qt.Key.Key_Return)
    assert page.composer.editor.field.toPlainText().startswith("**Looking for a new home")
    qtbot.keyClick(page.composer.editor.field, Qt.Key.Key_Escape)
    select_first(page.drafts)

    qtbot.keyClick(page.drafts, Qt.Key.Key_Delete)

    assert announcement_lists.drafts(sample_desktop.kit.store) == []
    assert sample_desktop.said[-1].offer is not None


def headings(page: AnnouncementsPage) -> list[tuple[str, str]]:
    return [(row.title(), row.word) for row in page.timeline.rows.rows if row.heading]


def test_each_of_the_next_weeks_has_its_count_also_where_nothing_is_planned(page: AnnouncementsPage, qtbot: QtBot, sample_desktop: Desktop) -> None:
    assert headings(page)[0][0] == "This week"
    assert [words for _week, words in headings(page)][1:3] == ["3 messages", "2 messages"]
    forum = channel(sample_desktop, "Garden forum")

    page.lists.bar.channels.setCurrentIndex(page.lists.bar.channels.findData(forum))

    assert [words for _week, words in headings(page)] == ["2 messages", *["nothing yet"] * 7]
    assert all("Garden forum" in row.detail or "more" in row.detail for row in page.timeline.rows.rows if not row.heading)


def test_given_a_filter_when_another_page_leads_to_what_it_leaves_out_then_it_is_shown(page: AnnouncementsPage, sample_desktop: Desktop) -> None:
    forum = channel(sample_desktop, "Garden forum")
    page.lists.bar.channels.setCurrentIndex(page.lists.bar.channels.findData(forum))
    weekly = next(one for one in page.lists.going.values() if one.repeats and all(row_id != forum for row_id, _state in one.places))
    sample_desktop.kit.navigation.go(PageName.ANNOUNCEMENTS, weekly.announcement_id)
    assert page.timeline.key.startswith(weekly.announcement_id)
    assert page.lists.bar.channel == ""


def test_in_a_narrow_list_the_chips_of_the_log_stay_in_one_row(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    assert sample_desktop.window is not None
    sample_desktop.window.resize(900, 600)
    page.do("log")
    page.log.table.selectRow(0)
    qtbot.waitUntil(lambda: len({chip.y() for chip in page.log.chips.values()}) == 1)
    assert any(letter.isdigit() for letter in page.log.chips[Filter.WAITS].text())


def test_a_long_first_line_is_cut_by_the_room_alone(page: AnnouncementsPage) -> None:
    titles = [row.title() for row in page.timeline.rows.rows if not row.heading]
    assert "Lost: a grey watering can with a dent and a great deal of history." in titles
