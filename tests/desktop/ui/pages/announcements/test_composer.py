"""Writing an announcement and letting it go out, over the sample community."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.actions.sample import fill
from desktop.community.announcements import AnnouncementStatus
from desktop.community.deliveries import State, Who
from desktop.community.lateness import ASK, UNTIL_START
from desktop.community.schedules import NOW, At, BeforeEvent
from desktop.store import announcement_lists, announcements, ledger
from desktop.ui.pages.announcements.page import DRAFTS, AnnouncementsPage
from desktop.ui.pages.announcements.when_box import Kind
from helpers.accessible import nameless
from helpers.announcing import LEFT, channel, opened, write
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


def test_given_a_text_that_is_too_long_then_it_can_not_be_sent_and_the_reason_stands_there(
    page: AnnouncementsPage, sample_desktop: Desktop, qtbot: QtBot
) -> None:
    write(qtbot, page, sample_desktop, "Long", "Newsletter")
    page.composer.editor.field.setPlainText("x" * 4100)

    qtbot.waitUntil(lambda: not page.composer.send.isEnabled())
    assert "4 characters too long" in page.composer._status.text()


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
    assert page.timeline.key.startswith(made.id)


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

    page.composer._send_to_me(channel(sample_desktop, "Newsletter"))
    tried = next(iter(announcements.every(store)))
    assert (tried.text, tried.channels) == ("Try", (channel(sample_desktop, "Newsletter"),))
    assert sample_desktop.said[-1].text == "1 message goes to Newsletter, and to nobody else."

    page.composer._rehearse()
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
    assert [one.kind for one in page.composer.attached.files] == [AttachmentKind.PHOTO]

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
