"""Writing an announcement and letting it go out, over the sample community."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.actions import announcement_edits
from desktop.actions.sample import fill
from desktop.community.announcements import AnnouncementStatus
from desktop.community.deliveries import State, Who
from desktop.community.lateness import ASK, UNTIL_START
from desktop.community.schedules import NOW, At, BeforeEvent
from desktop.store import announcement_lists, announcements, files, ledger
from desktop.ui.pages.announcements.page import DRAFTS, AnnouncementsPage
from desktop.ui.pages.announcements.rich import beginning
from desktop.ui.pages.announcements.when_box import Kind
from helpers.accessible import nameless
from helpers.announcing import LEFT, channel, opened, write
from helpers.hand import settle_as
from helpers.window import Desktop
from integrations.message import AttachmentKind
from resources.translations import phrase


def test_given_a_text_and_a_channel_when_sent_then_the_sheet_asks_and_undo_brings_the_draft_back(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    store = sample_desktop.kit.store
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter", "Plant lovers WhatsApp group")
    page.composer.keep()
    draft = page.composer.announcement.id
    assert announcements.get(store, draft).status is AnnouncementStatus.DRAFT

    qtbot.mouseClick(page.composer.send, LEFT)
    assert page.stack.currentWidget() is page.sheet
    assert page.sheet.back.hasFocus()
    qtbot.mouseClick(page.sheet.send, LEFT)

    made = next(iter(announcements.every(store)))
    assert made.status is AnnouncementStatus.SCHEDULED
    assert made.schedule == NOW
    assert [one.state for one in ledger.of_announcement(store.conn, made.id)] == [State.QUEUED, State.QUEUED]
    assert page.stack.currentIndex() == 0
    said = sample_desktop.said[-1]
    assert said.text == "Goes out to 2 groups in 10 s."

    assert said.offer is not None
    said.offer.do()
    qtbot.waitUntil(lambda: "nothing of it went out" in sample_desktop.said[-1].text)
    assert [one.state for one in ledger.of_announcement(store.conn, made.id)] == [State.CANCELLED, State.CANCELLED]
    assert announcements.get(store, draft).text == "Tea at four"


def test_given_something_that_has_gone_out_when_the_page_is_left_or_a_new_one_begun_then_no_draft_of_it_is_there(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    store = sample_desktop.kit.store
    drafts = sum(one.status is AnnouncementStatus.DRAFT for one in announcements.every(store))
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    qtbot.mouseClick(page.composer.send, LEFT)
    qtbot.mouseClick(page.sheet.send, LEFT)
    assert page.leave()
    page.compose()
    assert page.composer.editor.field.toPlainText() == ""
    assert sum(one.status is AnnouncementStatus.DRAFT for one in announcements.every(store)) == drafts


def test_given_an_announcement_that_is_out_when_ctrl_z_is_pressed_then_it_stays_and_a_sentence_says_why(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    store = sample_desktop.kit.store
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    page.composer.publish(sure=True)
    made = next(iter(announcements.every(store)))
    settle_as(store, ledger.of_announcement(store.conn, made.id)[0], State.SENT)
    sample_desktop.kit.operations.undo()
    qtbot.waitUntil(lambda: "is out in 1 group already" in sample_desktop.said[-1].text)
    assert announcements.get(store, made.id).text == "Tea at four"


def test_given_the_sheet_when_it_was_opened_with_a_double_click_then_escape_still_goes_back(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    qtbot.mouseClick(page.composer.send, LEFT)
    qtbot.mouseClick(page.sheet.foot, LEFT, pos=page.sheet.foot.rect().center())
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.composer


@pytest.mark.parametrize("key", [Qt.Key.Key_4, None])
def test_given_the_sheet_when_its_own_page_is_chosen_in_the_rail_then_the_list_is_there_and_the_draft_is_kept(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot, key: Qt.Key | None
) -> None:
    window = sample_desktop.window
    assert window is not None
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    qtbot.mouseClick(page.composer.send, LEFT)
    assert page.stack.currentWidget() is page.sheet
    if key is not None:
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    else:
        qtbot.mouseClick(next(one for one in window.rail.findChildren(QToolButton) if one.accessibleName() == "Announcements"), LEFT)
    assert page.stack.currentWidget() is page.lists
    assert "Tea at four" in [one.text for one in announcements.every(sample_desktop.kit.store) if one.status is AnnouncementStatus.DRAFT]


def test_given_the_sheet_when_another_page_is_chosen_then_the_way_back_leads_to_the_text(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    window = sample_desktop.window
    assert window is not None
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    qtbot.mouseClick(page.composer.send, LEFT)
    for name in ("Members", "Announcements"):
        qtbot.mouseClick(next(one for one in window.rail.findChildren(QToolButton) if one.accessibleName() == name), LEFT)
    assert window.pages.page is page
    assert page.stack.currentWidget() is page.composer
    assert page.composer.editor.field.toPlainText() == "Tea at four"


def test_given_the_sheet_when_the_text_is_another_by_then_it_asks_again(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    qtbot.mouseClick(page.composer.send, LEFT)
    page.composer.editor.field.setPlainText("Tea at five")
    qtbot.mouseClick(page.sheet.send, LEFT)
    assert page.stack.currentWidget() is page.sheet
    assert not [
        one for one in announcements.every(sample_desktop.kit.store) if one.text.startswith("Tea") and one.status is AnnouncementStatus.SCHEDULED
    ]


def test_given_another_program_that_writes_when_sent_twice_then_it_goes_out_once(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    store = sample_desktop.kit.store
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    with sample_desktop.program.open() as other, other.write():
        page.composer.publish(sure=True)
        page.composer.publish(sure=True)
    qtbot.waitUntil(lambda: not sample_desktop.kit.operations.busy)
    assert [one.status for one in announcements.every(store) if one.text == "Tea at four"] == [AnnouncementStatus.SCHEDULED]


def test_given_a_text_that_is_too_long_then_it_can_not_be_sent_and_the_reason_stands_there(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    write(qtbot, page, sample_desktop, "Long", "Newsletter")
    page.composer.editor.field.setPlainText("x" * 4100)

    qtbot.waitUntil(lambda: not page.composer.send.isEnabled())
    assert "4 characters too long" in page.composer.foot.said


def test_given_it_has_gone_out_when_undone_then_it_is_said_that_it_stays(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    store = sample_desktop.kit.store
    write(qtbot, page, sample_desktop, "Too quick", "Newsletter")
    page.composer.publish(sure=True)
    made = next(iter(announcements.every(store)))
    now = store.clock.now()
    with store.write() as conn:
        (one,) = ledger.of_announcement(conn, made.id)
        sending = ledger.move(conn, one, State.SENDING, who=Who.SENDER, why=phrase("x"), at=now)
        assert sending is not None
        ledger.move(conn, sending, State.SENT, who=Who.SENDER, why=phrase("x"), at=now)

    offer = sample_desktop.said[-1].offer
    assert offer is not None
    offer.do()

    qtbot.waitUntil(lambda: "1 message had gone out already" in sample_desktop.said[-1].text)


def test_given_a_group_that_has_had_something_when_sent_then_no_sheet_asks(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    store = sample_desktop.kit.store
    with store.write() as conn:
        conn.execute("UPDATE delivery SET state = 'sent' WHERE channel_id = ?", (channel(sample_desktop, "Newsletter"),))
    write(qtbot, page, sample_desktop, "Once more", "Newsletter")

    qtbot.keyClick(page.composer.editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert page.stack.currentIndex() == 0
    assert next(iter(announcements.every(store))).text == "Once more"


def test_what_is_typed_is_kept_as_a_draft_by_itself(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    write(qtbot, page, sample_desktop, "Half a thou")

    qtbot.waitUntil(lambda: page.composer.announcement.id != "", timeout=4000)
    qtbot.keyClicks(page.composer.editor.field, "ght")
    qtbot.keyClick(page.composer.editor.field, Qt.Key.Key_Escape)

    assert page.stack.currentIndex() == 0
    drafts = announcement_lists.drafts(sample_desktop.kit.store)
    assert drafts[0].text == "Half a thought"
    assert page.tabs.tabText(DRAFTS) == "Drafts (2)"


def test_the_preview_shows_each_channel_in_its_own_manner(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    write(qtbot, page, sample_desktop, "Be **bold**", "Newsletter", "Plant lovers WhatsApp group", "Alvalade Verde on Facebook")
    page.composer.draw()

    texts = [bubble._text.text() for bubble in page.composer.preview._bubbles.values()]
    assert ["<b>bold</b>" in text for text in texts] == [False, True, False]
    assert page.composer.preview._bubbles[channel(sample_desktop, "Newsletter")]._count.text() == "7 of 4096"


def test_a_weekly_announcement_says_when_in_one_sentence_and_is_planned_so(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    write(qtbot, page, sample_desktop, "Weekly", "Newsletter")
    qtbot.mouseClick(page.composer.when.kinds[Kind.REPEAT], LEFT)
    assert page.composer.when.words() == "Every Tuesday at 18:00, Lisbon time; next: tomorrow"
    qtbot.mouseClick(page.composer.when.repeat.days[6], LEFT)
    assert page.composer.when.words() == "Every Tuesday and Sunday at 18:00, Lisbon time; next: tomorrow"

    page.composer.publish(sure=True)

    made = next(iter(announcements.every(sample_desktop.kit.store)))
    assert isinstance(made.schedule, At)
    assert made.schedule.repeats is not None
    assert made.schedule.repeats.rule == "FREQ=WEEKLY;BYDAY=TU,SU"
    assert made.late == ASK
    assert sample_desktop.said[-1].text.startswith("Scheduled. Every Tuesday and Sunday")
    qtbot.waitUntil(lambda: page.timeline.key.startswith(made.id))


def test_given_a_day_that_is_none_when_it_is_to_be_scheduled_then_it_says_so_and_the_text_is_kept(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    composer = page.composer
    qtbot.mouseClick(composer.when.kinds[Kind.AT], LEFT)
    composer.when.day.line.setFocus()
    composer.when.day.line.selectAll()
    qtbot.keyClicks(composer.when.day.line, "31 Feb")
    qtbot.keyClick(composer.when.day.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not composer.send.isEnabled())
    assert composer.foot.said == composer.when.day.problem == "“31 Feb” is no day. Write it as in 23 Nov 2026."
    assert page.leave()
    assert announcements.get(sample_desktop.kit.store, composer.announcement.id).text == "Tea at four"


@pytest.mark.parametrize(("typed", "read"), [("09:35", (9, 35)), ("1139", (11, 39)), ("7.15pm", (19, 15))])
def test_given_the_time_marked_when_another_is_typed_over_it_then_that_is_when_it_goes_out(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot, typed: str, read: tuple[int, int]
) -> None:
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    when = page.composer.when
    qtbot.mouseClick(when.kinds[Kind.AT], LEFT)
    when.time.setFocus()
    qtbot.keyClick(when.time, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(when.time, typed)
    qtbot.keyClick(when.time, Qt.Key.Key_Tab)
    schedule = when.schedule()
    assert isinstance(schedule, At)
    assert (schedule.wall.hour, schedule.wall.minute) == read


def test_given_a_time_that_is_none_when_it_is_to_be_scheduled_then_a_sentence_says_so_until_it_is_mended(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    write(qtbot, page, sample_desktop, "Tea at four", "Newsletter")
    composer = page.composer
    qtbot.mouseClick(composer.when.kinds[Kind.AT], LEFT)
    composer.when.time.setFocus()
    composer.when.time.selectAll()
    qtbot.keyClicks(composer.when.time, "26:00")
    qtbot.keyClick(composer.when.time, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not composer.send.isEnabled())
    assert composer.foot.said == composer.when.problem == "“26:00” is no time. Write it as in 18:30."
    qtbot.keyClick(composer.when.time, Qt.Key.Key_Escape)
    qtbot.waitUntil(composer.send.isEnabled)
    assert composer.when.time.clock.hour == 18


def test_a_reminder_may_go_late_until_the_event_starts(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    write(qtbot, page, sample_desktop, "Soon", "Newsletter")
    qtbot.mouseClick(page.composer.when.kinds[Kind.BEFORE], LEFT)
    assert page.composer.late.lateness == UNTIL_START

    page.composer.publish(sure=True)

    made = next(iter(announcements.every(sample_desktop.kit.store)))
    assert isinstance(made.schedule, BeforeEvent)
    assert made.event_id
    assert made.late == UNTIL_START


def test_a_scheduled_one_changes_only_when_the_person_saves(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    store = sample_desktop.kit.store
    key = next(key for key, one in page.lists.going.items() if one.repeats)
    row_id = page.lists.going[key].announcement_id
    page.timeline.select(key)
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Return)
    before = announcements.get(store, row_id).text
    qtbot.keyClicks(page.composer.editor.field, "New: ")
    qtbot.mouseClick(page.back, LEFT)
    assert announcements.get(store, row_id).text == before
    assert sample_desktop.said[-1].text == "Your changes are not saved yet."

    offer = sample_desktop.said[-1].offer
    assert offer is not None
    offer.do()
    page.composer.publish(sure=True)

    assert announcements.get(store, row_id).text == "New: " + before


def test_send_it_to_me_first_and_rehearse_really_go_to_practice(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    store = sample_desktop.kit.store
    write(qtbot, page, sample_desktop, "Try", "Plant lovers WhatsApp group", "Newsletter")

    page.composer._try.send_to_me(channel(sample_desktop, "Newsletter"))
    tried = next(iter(announcements.every(store)))
    assert (tried.text, tried.channels) == ("Try", (channel(sample_desktop, "Newsletter"),))
    assert sample_desktop.said[-1].text == "1 message goes to Newsletter, and to nobody else."

    page.composer._try.rehearse()
    rehearsal = channel(sample_desktop, "Rehearsal")
    made = [one for one in announcements.every(store) if one.channels == (rehearsal,)]
    assert sorted(one.text for one in made) == ["**→ Newsletter**\n\nTry", "**→ Plant lovers WhatsApp group**\n\nTry"]
    assert page.stack.currentWidget() is page.composer


def test_an_empty_community_leads_to_the_first_step(make_desktop: Callable[..., Desktop], qtbot: QtBot) -> None:
    desktop = make_desktop()
    page = opened(desktop, qtbot)
    assert nameless(page) == []
    page.compose()
    assert page.composer.places.chosen() == ()
    qtbot.keyClicks(page.composer.editor.field, "Hello")
    page.composer.places.connect_wanted.disconnect()  # the page of channels has tests of its own
    with qtbot.waitSignal(page.composer.places.connect_wanted):
        qtbot.mouseClick(page.composer.places._connect, LEFT)
    assert page.leave()
    assert [one.text for one in announcement_lists.drafts(desktop.kit.store)] == ["Hello"]


def test_at_double_size_the_preview_takes_the_place_of_the_editor_and_all_can_be_reached(make_desktop: Callable[..., Desktop], qtbot: QtBot) -> None:
    desktop = make_desktop(fill=fill, scale=2.0)
    page = opened(desktop, qtbot)
    assert desktop.window is not None
    desktop.window.resize(900, 600)
    page.compose()
    qtbot.waitUntil(lambda: page.composer._switch.isVisible())
    assert not page.composer.preview.isVisible()
    qtbot.mouseClick(page.composer._switch, LEFT)
    assert page.composer.preview.isVisible()
    assert not page.composer.editor.isVisible()


def test_a_pasted_picture_and_a_dropped_file_go_with_it(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot, tmp_path: Path) -> None:
    write(qtbot, page, sample_desktop, "Look")
    pasted = QMimeData()
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    pasted.setImageData(picture)
    page.composer.editor.field.insertFromMimeData(pasted)
    assert not page.composer.send.isEnabled() or page.composer.attaching.busy  # it does not leave without its picture
    qtbot.waitUntil(lambda: [one.kind for one in page.composer.attached.files] == [AttachmentKind.PHOTO])
    assert page.composer.attached.picture is not None

    programme = tmp_path / "programme.pdf"
    programme.write_bytes(b"%PDF-1.4 programme")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(programme))])
    page.composer.editor.field.insertFromMimeData(dropped)
    qtbot.waitUntil(lambda: page.composer.attached.files[0].name == "programme.pdf")
    assert [one.kind for one in page.composer.attached.files] == [AttachmentKind.DOCUMENT]
    page.composer.keep()
    assert announcements.get(sample_desktop.kit.store, page.composer.announcement.id).document is not None

    qtbot.mouseClick(page.composer.attached.cross, LEFT)
    assert page.composer.attached.files == ()


def files_of(*paths: Path) -> QMimeData:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return dropped


def photo(path: Path, side: int = 40) -> Path:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path))
    return path


def attached(page: AnnouncementsPage, name: str) -> bool:
    return [one.name for one in page.composer.attached.files] == [name]


def test_of_several_files_the_first_goes_with_it_and_that_is_said(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    page.compose()
    page.composer.editor.field.insertFromMimeData(files_of(photo(tmp_path / "one.png"), photo(tmp_path / "two.png")))
    qtbot.waitUntil(lambda: [one.name for one in page.composer.attached.files] == ["one.png"])
    assert sample_desktop.said[-1].text == "One file can go with an announcement: one.png does, 1 other does not."


def test_a_file_that_takes_the_place_of_another_gives_it_back(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot, tmp_path: Path) -> None:
    page.compose()
    for name, side in (("one.png", 40), ("two.png", 60)):
        page.composer.editor.field.insertFromMimeData(files_of(photo(tmp_path / name, side)))
        qtbot.waitUntil(partial(attached, page, name))
    offer = sample_desktop.said[-1].offer
    assert offer is not None
    offer.do()
    assert [one.name for one in page.composer.attached.files] == ["one.png"]
    qtbot.waitUntil(lambda: page.composer.attached.picture is not None)


def test_given_no_picture_in_it_then_a_file_is_refused_in_a_sentence_and_nothing_waits(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    page.compose()
    false = tmp_path / "false.png"
    false.write_text("no picture")
    page.composer.editor.field.insertFromMimeData(files_of(false))
    qtbot.waitUntil(lambda: not page.composer.attaching.busy)
    assert page.composer.attached.files == ()
    assert "no photo, whatever its name says" in sample_desktop.said[-1].text


def test_given_another_announcement_is_opened_while_a_file_is_read_then_it_does_not_get_it(
    page: AnnouncementsPage, qtbot: QtBot, sample_desktop: Desktop, tmp_path: Path
) -> None:
    page.compose()
    page.composer.editor.field.insertFromMimeData(files_of(photo(tmp_path / "one.png")))
    page.compose()
    qtbot.waitUntil(lambda: not sample_desktop.kit.operations.busy)
    assert page.composer.attached.files == ()
    assert not page.composer.attaching.busy


def test_given_a_draft_with_a_photo_when_it_is_opened_then_the_photo_is_read_beside_the_ui_thread_and_is_not_lost_meanwhile(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    write(qtbot, page, sample_desktop, "Look", "Newsletter")
    page.composer.editor.field.insertFromMimeData(files_of(photo(tmp_path / "one.png")))
    qtbot.waitUntil(partial(attached, page, "one.png"))
    page.composer.keep()
    draft = page.composer.announcement.id
    page.compose()
    assert page.composer.attached.files == ()

    page.composer.open(draft)
    assert page.composer.attached.files == ()
    assert page.composer.foot.said == "The file is still being read …"
    assert not page.composer.send.isEnabled()
    assert not page.composer._try.isEnabled()
    page.composer.editor.field.appendPlainText("Here it is")
    page.composer.keep()
    qtbot.waitUntil(partial(attached, page, "one.png"))
    assert page.composer.changed
    qtbot.waitUntil(page.composer.send.isEnabled)
    qtbot.waitUntil(lambda: not page.composer.changed)
    kept = announcements.get(sample_desktop.kit.store, draft)
    assert (kept.text, kept.photo and kept.photo.name) == ("Look\nHere it is", "one.png")


def test_given_a_photo_when_it_is_sent_to_oneself_first_then_that_happens_beside_the_ui_thread(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    write(qtbot, page, sample_desktop, "Look", "Newsletter")
    page.composer.editor.field.insertFromMimeData(files_of(photo(tmp_path / "one.png")))
    qtbot.waitUntil(partial(attached, page, "one.png"))
    page.composer._try.rehearse()
    assert sample_desktop.kit.operations.busy
    qtbot.waitUntil(lambda: [one.text for one in sample_desktop.said[-1:]] == ["1 message goes to Rehearsal, and to nobody else."])


def test_given_somebody_who_never_pauses_then_the_draft_is_kept_all_the_same(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    page.compose()
    page.composer._keeping_at_least.setInterval(50)
    page.composer._keeping.setInterval(60_000)
    qtbot.keyClicks(page.composer.editor.field, "Word after word")
    qtbot.waitUntil(lambda: bool(announcement_lists.drafts(sample_desktop.kit.store)[0].text.startswith("Word")))


def changed_and_not_saved(page: AnnouncementsPage, qtbot: QtBot) -> str:
    """Open a scheduled announcement and type something; gives its id."""
    key = next(key for key, one in page.lists.going.items() if one.repeats)
    page.timeline.select(key)
    page.do("edit")
    qtbot.keyClicks(page.composer.editor.field, "New: ")
    return page.lists.going[key].announcement_id


def test_given_a_change_that_was_not_saved_when_the_window_is_closed_then_the_next_run_has_it(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    row_id = changed_and_not_saved(page, qtbot)
    before = announcements.get(sample_desktop.kit.store, row_id).text
    assert page.leave()
    again = AnnouncementsPage(sample_desktop.kit, page.entry)
    qtbot.addWidget(again)
    again._edit(row_id)
    assert again.composer.editor.field.toPlainText() == "New: " + before
    assert again.composer.foot.said == "What you typed last time is here again; it is not saved yet."
    again.composer.publish(sure=True)
    assert announcements.get(sample_desktop.kit.store, row_id).text == "New: " + before
    again._edit(row_id)
    assert not again.composer.changed


def test_changes_that_are_not_wanted_are_forgotten(page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot) -> None:
    row_id = changed_and_not_saved(page, qtbot)
    before = announcements.get(sample_desktop.kit.store, row_id).text
    qtbot.waitUntil(page.composer._forget.isVisible)
    page.composer.keep()
    qtbot.mouseClick(page.composer._forget, LEFT)
    assert page.composer.editor.field.toPlainText() == before
    assert not page.composer._forget.isVisible()
    page._leave_composer()
    page._edit(row_id)
    assert page.composer.editor.field.toPlainText() == before


def test_a_reminder_that_is_longer_than_there_is_time_says_what_becomes_of_the_next_date(page: AnnouncementsPage, qtbot: QtBot) -> None:
    page.compose()
    when = page.composer.when
    qtbot.mouseClick(when.kinds[Kind.BEFORE], LEFT)
    assert when.words() == "1 day before each date of “Greenhouse evening”; next: tomorrow 18:30"
    when.before.amount.setValue(3)
    how = "3 days before each date of “Greenhouse evening”. The next date, Wednesday 18:30, is nearer than that: "
    assert when.words() == how + "for it, the announcement goes out at once."
    page.composer.late.setCurrentIndex(page.composer.late.findText("don’t send it late"))
    page.composer.late.activated.emit(page.composer.late.currentIndex())
    page.composer.draw()
    assert when.words() == how + "nothing goes out for it."


def test_given_a_very_long_text_then_it_is_formatted_beside_the_ui_thread_and_its_beginning_is_drawn(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    page.compose()
    page.composer.places.choose([channel(sample_desktop, "Garden forum")])
    page.composer.editor.field.setPlainText("**Once** upon a time. " * 1000)
    page.composer.draw()
    assert not page.composer.preview._bubbles
    qtbot.waitUntil(lambda: len(page.composer.preview._bubbles) == 1)
    assert page.composer.send.isEnabled()
    (bubble,) = page.composer.preview._bubbles.values()
    assert bubble._rest.text().startswith("… and ")
    assert len(bubble._text.text()) < 10_000


def test_given_a_long_text_that_is_not_drawn_yet_when_sent_then_it_is_formatted_beside_the_ui_thread_and_goes_out(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    page.compose()
    page.composer.places.choose([channel(sample_desktop, "Garden forum")])
    page.composer.editor.field.setPlainText("**Once** upon a time. " * 150)
    page.composer.publish(sure=True)
    assert page.stack.currentIndex() == 1  # the event is over, and nothing has been formatted in it
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 0)
    made = next(iter(announcements.every(sample_desktop.kit.store)))
    assert (made.status, made.text[:8]) == (AnnouncementStatus.SCHEDULED, "**Once**")


def test_given_a_long_text_is_sent_when_it_is_typed_on_before_it_was_formatted_then_nothing_goes_out(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    page.compose()
    page.composer.places.choose([channel(sample_desktop, "Garden forum")])
    page.composer.editor.field.setPlainText("**Once** upon a time. " * 150)
    page.composer.publish(sure=True)
    page.composer.editor.field.appendPlainText("And then?")
    qtbot.waitUntil(lambda: not sample_desktop.kit.reader.busy and not page.composer._drawing.isActive())
    assert page.composer.is_draft
    assert page.composer.editor.field.toPlainText().endswith("And then?")


def test_given_a_photo_when_its_draft_is_kept_then_the_photo_is_in_the_community_already(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    write(qtbot, page, sample_desktop, "Look")
    page.composer.editor.field.insertFromMimeData(files_of(photo(tmp_path / "one.png")))
    qtbot.waitUntil(partial(attached, page, "one.png"))
    written = page.composer.written()
    assert files.is_kept(sample_desktop.kit.store.conn, written.names[0])
    page.composer.keep()
    kept = announcements.get(sample_desktop.kit.store, page.composer.announcement.id)
    assert kept.photo is not None
    assert kept.photo.sha256 == written.names[0] == files.sha256(written.files[0].content)


def test_a_text_that_no_group_takes_is_refused_at_once(page: AnnouncementsPage, sample_desktop: Desktop) -> None:
    page.compose()
    page.composer.places.choose([channel(sample_desktop, "Garden forum")])
    page.composer.editor.field.setPlainText("much " * (announcement_edits.LONGEST // 5 + 1))
    page.composer.draw()
    assert page.composer.foot.said == "No group takes a text this long. Put it on a page, and send the link to it."
    assert not page.composer.send.isEnabled()


@pytest.mark.parametrize("text", ["word " * 2000, 'a <a href="https://example.org">link</a> ' * 300, "x" * 9000, "line\n" * 3000])
def test_the_beginning_of_a_text_ends_between_words_and_outside_of_tags(text: str) -> None:
    cut = beginning(text)
    assert text.startswith(cut)
    assert 2000 < len(cut) <= 4500
    assert cut.rfind("<") <= cut.rfind(">")
