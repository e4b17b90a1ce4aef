"""Pictures of the page “Announcements”: its lists, the composer in its states, the sheet."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.community.deliveries import State, Who
from desktop.store import connections, ledger
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING
from desktop.ui.pages.announcements.page import AnnouncementsPage
from desktop.ui.pages.announcements.when_box import Kind
from helpers.announcing import select_first
from helpers.scenes import Community, Scene
from helpers.window import Desktop
from resources.translations import _, phrase

TEXT = """**Greenhouse evening on Saturday** 🪴

From *four o'clock* there is tea, and somebody shows how to take cuttings. Bring

- a small pot
- scissors
- a neighbour

All about it: [the page of the evening](https://example.org/greenhouse-evening)"""


def _open(desktop: Desktop) -> AnnouncementsPage:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.ANNOUNCEMENTS)
    page = desktop.window.pages.page
    assert isinstance(page, AnnouncementsPage)
    return page


def _page(desktop: Desktop) -> QWidget:
    return _open(desktop).window()


def _selected(desktop: Desktop) -> QWidget:
    page = _open(desktop)
    repeats = _("{places} · repeats").format(places="")
    row = next(row for row in page.timeline.rows.rows if repeats in row.detail)
    page.timeline.select(row.key)
    return page.window()


def _drafts(desktop: Desktop) -> QWidget:
    page = _open(desktop)
    page.do("drafts")
    select_first(page.drafts)
    return page.window()


def _log(desktop: Desktop) -> QWidget:
    """What a sender would have made of the sample in its first minute."""
    store = desktop.kit.store
    ends = (State.SENT, State.SENT, State.UNSURE, State.REJECTED, State.SENT)
    why = phrase("Practice gave no answer. The message may be there: look on the Practice page, then say whether it is.")
    now = store.clock.now()
    with store.write() as conn:
        due = [one for one in ledger.ready(conn, store.clock.now().replace(year=2027)) if one.due_at <= now]
        for number, one in enumerate(due):
            end = ends[number % len(ends)]
            sending = ledger.move(conn, one, State.SENDING, who=Who.SENDER, why=phrase("It is being sent."), at=now)
            assert sending is not None
            ledger.move(conn, sending, end, who=Who.SENDER, why=phrase("It went out.") if end is State.SENT else why, at=now)
    page = _open(desktop)
    page.do("log")
    unsure = store.value("SELECT id FROM delivery WHERE state = 'unsure'")
    page.refresh(EVERYTHING)
    page.log.select(unsure)
    return page.window()


def _compose(desktop: Desktop, *, text: str = TEXT, places: int = 6) -> AnnouncementsPage:
    page = _open(desktop)
    page.compose()
    composer = page.composer
    wanted = ("Neighbours (Telegram style)", "Plant lovers WhatsApp group", "Alvalade Verde on Facebook", "Garden forum")
    chosen = [one.id for one in connections.channels(desktop.kit.store) if one.name in wanted][:places]
    composer.places.choose(chosen)
    composer.editor.field.setPlainText(text)
    composer.editor.field.moveCursor(QTextCursor.MoveOperation.End)
    composer.draw()
    return page


def _composer(desktop: Desktop) -> QWidget:
    page = _compose(desktop)
    page.composer.when.kinds[Kind.REPEAT].setChecked(True)
    page.composer.draw()
    return page.window()


def _composer_no_day(desktop: Desktop) -> QWidget:
    page = _compose(desktop)
    page.composer.when.kinds[Kind.REPEAT].setChecked(True)
    page.composer.when.repeat.ends.setChecked(True)
    page.composer.when.day.line.setText("31 Feb")
    page.composer.when.day.line.commit()
    page.composer.draw()
    return page.window()


def _composer_photo(desktop: Desktop) -> QWidget:
    page = _open(desktop)
    store = desktop.kit.store
    page.composer.open(store.value("SELECT id FROM announcement WHERE photo != '' AND schedule = 'before'"))
    page._show_side(1)
    return page.window()


def _composer_new(desktop: Desktop) -> QWidget:
    page = _open(desktop)
    page.compose()
    return page.window()


def _composer_too_long(desktop: Desktop) -> QWidget:
    return _compose(desktop, text="**Much to say.** " + "Once upon a time there was a garden. " * 120, places=2).window()


def _sheet(desktop: Desktop) -> QWidget:
    page = _compose(desktop)
    page.composer.publish()
    return page.window()


SCENES = (
    Scene("announcements", _page),
    Scene("announcements-selected", _selected),
    Scene("announcements-empty", _page, Community.EMPTY),
    Scene("announcements-drafts", _drafts),
    Scene("announcements-log", _log),
    Scene("announcements-composer", _composer),
    Scene("announcements-composer-no-day", _composer_no_day),
    Scene("announcements-composer-photo", _composer_photo),
    Scene("announcements-composer-new", _composer_new),
    Scene("announcements-composer-no-channel", _composer_new, Community.EMPTY),
    Scene("announcements-composer-too-long", _composer_too_long),
    Scene("announcements-sheet", _sheet),
)
