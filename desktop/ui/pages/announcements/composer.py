"""The composer: a full page, at the leading side what is said, where and when, beside it what each channel will show. It keeps a draft."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import announce, announcement_edits
from desktop.actions.announce import Shown
from desktop.actions.announcement_edits import Written
from desktop.community.announcements import Announcement, AnnouncementStatus
from desktop.community.connections import Channel
from desktop.community.durations import Offset
from desktop.community.errors import BelfryError, Refused
from desktop.community.schedules import NOW, BeforeEvent
from desktop.store import announcement_lists, announcements
from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.news import News
from desktop.ui.operations import Tell
from desktop.ui.pages.announcements.fields import Fields
from desktop.ui.pages.announcements.foot import Foot
from desktop.ui.pages.announcements.preview import Preview
from desktop.ui.pages.announcements.sheet import FirstSend
from desktop.ui.pages.announcements.sides import Sides
from desktop.ui.pages.announcements.try_button import TryButton
from desktop.ui.pages.announcements.unsaved import Unsaved
from desktop.ui.pages.announcements.ways import service_of, way_of
from desktop.ui.pages.announcements.when_box import Kind
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.lines import line
from integrations.message import Attachment, AttachmentKind
from resources.translations import _

DRAWN_AFTER, KEPT_AFTER, KEPT_AT_LEAST = 120, 1500, 10_000  # milliseconds after the last key; after the first, for who never pauses
_ASKED = "announcements/preview"
SHORT = 2000  # characters that are formatted at once


class Composer(QWidget):
    """Writes one announcement: `start_new` or `open` says which.

    Attributes:
        announcement: what is being written, as it was kept last; its id is empty while nothing was.
    Signals:
        left: the person goes back to the lists; what is written is kept.
        asked: the sheet is to be shown first: a `FirstSend`.
        published: the announcement goes out at its time: its `Announcement`, and whether it was only changed.
        tried: a `Rehearsed`.
        renamed: the title of the page.
    """

    left = Signal()
    asked = Signal(object)
    published = Signal(object, bool)
    tried = Signal(object)
    renamed = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        theme = kit.theme
        self.announcement = Announcement("", ())
        self._kept: Written | None = None
        self._publishing = False
        self._drawn: tuple[object, Sequence[Shown]] | None = None
        self._pressed: bool | None = None
        self._unsaved = Unsaved(kit.state)
        self.setAcceptDrops(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(line())
        self.fields = Fields(kit)
        within = self.fields
        self.places, self.editor, self.attached, self.attaching = within.places, within.editor, within.attached, within.attaching
        self.when, self.late, self.silent = within.when, within.late, within.silent
        self.preview = Preview(theme, kit.icons, kit.dates, lambda: kit.store.setting("name") or _("Community"))
        self._sides = Sides(theme, self.fields, self.preview)
        self._switch = self._sides.switch
        outer.addLayout(self._sides, 1)
        outer.addWidget(line())
        self.foot = self._build_foot()
        outer.addWidget(self.foot)
        self._drawing = QTimer(self, singleShot=True, interval=DRAWN_AFTER)
        self._drawing.timeout.connect(self.draw)
        self._keeping = QTimer(self, singleShot=True, interval=KEPT_AFTER)
        self._keeping.timeout.connect(self.keep)
        self._keeping_at_least = QTimer(self, singleShot=True, interval=KEPT_AT_LEAST)
        self._keeping_at_least.timeout.connect(self.keep)
        self._connect()

    # What is written

    def start_new(self, event_id: str = "") -> None:
        """An empty page; about an event where one is given."""
        schedule = BeforeEvent(Offset(1)) if event_id else NOW
        self._show(Announcement("", (), schedule, event_id=event_id, status=AnnouncementStatus.DRAFT))

    def open(self, announcement_id: str) -> None:
        """Go on with a draft, or change what is scheduled. Raises Refused where it is gone."""
        found = announcements.get(self._kit.store, announcement_id)
        self._show(found)
        typed = self._unsaved.text_of(announcement_id)
        if typed is not None and not self.is_draft and typed != found.text:
            self.editor.field.setPlainText(typed)
            self.draw()
            self._say(_("What you typed last time is here again; it is not saved yet."))

    def forget(self) -> None:
        """Drop the changes to what is scheduled that were not saved."""
        self._unsaved.forget(self.announcement.id)
        self.open(self.announcement.id)

    @property
    def is_draft(self) -> bool:
        """Whether this is not yet to go out: only then it is kept as it is typed."""
        return self.announcement.status is AnnouncementStatus.DRAFT

    def written(self) -> Written:
        """What is on the page. Raises Refused where the time can't be."""
        return self.fields.written(self.announcement)

    def keep(self) -> None:
        """Keep the draft, where there is anything to keep. What is scheduled changes only when the person says so; what was typed is not lost."""
        self._stop_keeping()
        if self.attaching.fetching:
            self._keeping.start()  # with its files, which are there in a moment
            return
        written = self._readable()
        if written is None or written == self._kept or not self._worth(written):
            return
        if not self.is_draft:
            self._unsaved.keep(self.announcement.id, written.announcement.text)
            return
        self._kit.operations.run(
            lambda store: announcement_edits.keep_draft(store, written),
            lambda made: self._was_kept(made, written),
            tell=Tell.NOTHING,
            failed=lambda error: self._kit.notices.problem(str(error), key="unkept"),  # once, however often it is tried
        )

    @property
    def changed(self) -> bool:
        """Whether there is something on the page that is nowhere else."""
        written = self._readable()
        return written is not None and written != self._kept and self._worth(written)

    # What is shown

    def draw(self) -> None:
        """Draw the preview, and say what is in the way; a long text is formatted beside the UI thread first."""
        self._drawing.stop()
        self._pressed = None  # what is drawn now is not what was on the page when the person pressed, or it went wrong
        self.when.follow(self.late.lateness)
        written = self._readable()
        text, silent, channels, files = drawn = self._to_draw()
        if len(text) <= SHORT or len(text) > announcement_edits.LONGEST:
            self._kit.reader.forget(_ASKED)  # an answer about another text comes too late
            self._show_drawn(written, drawn, announce.preview(self._kit.store, text, channels, files, silent) if len(text) <= SHORT else [])
            return
        self._kit.reader.ask(_ASKED, lambda store: announce.preview(store, text, channels, files, silent), partial(self._show_drawn, written, drawn))

    def _to_draw(self) -> tuple[str, bool, list[Channel], tuple[Attachment, ...]]:
        """All that the preview depends on."""
        return self.editor.field.toPlainText(), self.silent.isChecked(), self.fields.chosen(), self.attached.files

    def _show_drawn(self, written: Written | None, drawn: object, shown: Sequence[Shown]) -> None:
        self._drawn = (drawn, shown)
        files, store = self.attached.files, self._kit.store
        messages = [(one, service_of(store, one.channel), way_of(store, one.channel)) for one in shown]
        document = next((one.name for one in files if one.kind is AttachmentKind.DOCUMENT), "")
        at = max(self.when.next_moment(), self._kit.dates.now()) if written is not None else self._kit.dates.now()
        self.preview.show_messages(messages, at, self.attached.picture, document)
        problem = self._problem(written, shown)
        self._say(problem)
        self.send.setEnabled(not problem)
        self.send.setText(self._verb())
        self._try.setEnabled(bool(written and self._worth(written)) and not self.attaching.fetching)
        self._forget.setVisible(not self.is_draft and written != self._kept)
        if self._pressed is not None:
            self.publish(sure=self._pressed)

    def refresh(self, news: News) -> None:
        """Offer what is there now; where this very announcement was changed elsewhere, show that."""
        if news.touches("channel", "connection"):
            self._drawn = None  # what a group takes may be another now
            self.fields.offer_places()
            self._drawing.start()
        if news.touches("event") and self.when.kind is not Kind.BEFORE:
            self.fields.offer_events_later()
        if news.touches("announcement") and self.announcement.id:
            self._catch_up()

    def arrive(self) -> None:
        """The focus goes to where work begins."""
        self.fields.arrive()

    def publish(self, *, sure: bool = False) -> None:
        """Let it go out; first show the sheet where a group has never had anything from here, unless the person has seen it."""
        written = self._readable()
        self._pressed = None
        if written is None or self.attaching.busy or self._publishing:
            return
        if self.when.problem:
            self._say(self.when.problem)
            return
        drawn = self._to_draw()
        if self._drawn is None or self._drawn[0] != drawn:
            self._drawn = None
            if SHORT < len(drawn[0]) <= announcement_edits.LONGEST:
                self.draw()  # beside; it goes on when that is done
                self._pressed = sure
                return
        shown = self._drawn[1] if self._drawn is not None else None
        try:
            announcement_edits.check(self._kit.store, written, shown)
        except BelfryError as error:
            self._say(str(error))
            return
        channels = self.fields.chosen()
        been = announcement_lists.been_to(self._kit.store, written.announcement.channels)
        if not sure and any(one.id not in been for one in channels):
            ways = [way_of(self._kit.store, one) for one in channels]
            self.asked.emit(FirstSend(written, channels, ways, been, self._when_words(), self._verb()))
            return
        changing = not self.is_draft
        action = announcement_edits.change if changing else announcement_edits.publish
        self._stop_keeping()
        self._publishing = True  # it may wait for another program that writes: a second press is not a second message
        self._kit.operations.run(
            lambda store: action(store, written, shown), lambda made: self._went(made, changing), tell=Tell.NOTHING, failed=self._did_not_go
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one at a time."""
        super().resizeEvent(event)
        self._sides.arrange(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves, what is written is kept; Ctrl+Enter sends."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.send.click()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the page."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The same as a paste into the editor."""
        self.editor.field.insertFromMimeData(event.mimeData())
        event.acceptProposedAction()

    # Within

    def _build_foot(self) -> Foot:
        self._forget = button(_("Forget the changes"), self.forget)
        self._try = TryButton(self._kit, self._readable)
        self.send = button(_("Send now"), self.publish, kind="primary")
        self.send.setToolTip(QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText))
        return Foot(self._kit.theme, self._switch, (self._forget, self._try, self.send))

    def _connect(self) -> None:
        self.fields.touched.connect(self._touched)
        self.fields.timed.connect(self._when_changed)
        self.fields.drawable.connect(self._drawing.start)
        self.attaching.fetched.connect(self._fetched)
        self.attaching.unreadable.connect(self._unreadable)
        self._try.tried.connect(self.tried)
        self.places.connect_wanted.connect(self._connect_group)
        self._kit.navigation.narrowed.connect(self._narrow)
        self._narrow()

    def _show(self, announcement: Announcement) -> None:
        self._pressed = None
        self._stop_keeping()
        self.announcement = announcement
        self.fields.show_announcement(announcement)
        self._kept = self._readable()
        self.renamed.emit(self.title)
        self._say("")
        self.draw()
        if self.is_draft:
            self._say(self._problem(self._kept) if announcement.id else "")

    @property
    def title(self) -> str:
        """What the page is called meanwhile."""
        if not self.is_draft:
            return _("Change an announcement")
        return _("Draft") if self.announcement.id else _("New announcement")

    def _fetched(self) -> None:
        """The files of what is shown are there."""
        if self._kept is not None:
            self._kept = replace(self._kept, files=self.attached.files)
        self.draw()

    def _unreadable(self, why: str) -> None:
        """They can't be read: it is not written on without them."""
        self._show(Announcement("", (), status=AnnouncementStatus.DRAFT))
        self._kit.notices.problem(why)
        self.left.emit()

    def _touched(self) -> None:
        self._pressed = None
        self._drawing.start()
        self._keeping.start()
        if not self._keeping_at_least.isActive():
            self._keeping_at_least.start()

    def _stop_keeping(self) -> None:
        self._keeping.stop()
        self._keeping_at_least.stop()

    def _when_changed(self) -> None:
        written = self._readable()
        if written is not None:
            self.fields.follow_time(written.announcement.schedule)
        self._touched()

    def _readable(self) -> Written | None:
        try:
            return self.written()
        except Refused as error:
            self._say(str(error))
            return None

    def _worth(self, written: Written) -> bool:
        return bool(written.announcement.text.strip() or written.files)

    def _problem(self, written: Written | None, shown: Sequence[Shown] | None = None) -> str:
        """The first thing that would stop it, in words."""
        if written is None:
            return self.foot.said
        if self.attaching.busy:
            return _("The file is still being read …")
        if not self._worth(written):
            return _("Write something first.")
        if self.when.problem:
            return self.when.problem
        try:
            announcement_edits.check(self._kit.store, written, shown)
        except BelfryError as error:
            return str(error)
        return ""

    def _say(self, text: str) -> None:
        self.foot.say(text)

    def _verb(self) -> str:
        if not self.is_draft:
            return _("Save the changes")
        return _("Send now") if self.when.kind is Kind.NOW else _("Schedule it")

    def _when_words(self) -> str:
        if self.when.kind is Kind.NOW:
            return _("Now. For a few seconds after that you can still take it back.")
        return self.when.words()

    def _was_kept(self, made: Announcement, written: Written) -> None:
        fresh = not self.announcement.id
        self.announcement = made
        self._kept = Written(replace(written.announcement, id=made.id, made_at=made.made_at, photo=made.photo, document=made.document), written.files)
        if fresh:
            self.renamed.emit(self.title)
        if not self.foot.said:
            self._say(_("Draft kept"))

    def _catch_up(self) -> None:
        """What was kept may have been undone, or changed by another program."""
        try:
            now = announcements.get(self._kit.store, self.announcement.id)
        except Refused:
            typed = self.changed
            self.announcement = replace(self.announcement, id="", status=AnnouncementStatus.DRAFT)
            self._kept = None if typed else self._readable()  # what was thrown away stays so, but for what was typed since
            return
        if now != self.announcement and not self.changed:
            self._show(now)

    def holds(self, written: Written) -> bool:
        """Whether this text, these files and these groups are still what would go out: an undo or another program may have changed them."""
        now = self._readable()
        shown, there = written.announcement, now.announcement if now is not None else None
        return now is not None and there is not None and (shown.text, shown.channels, written.files) == (there.text, there.channels, now.files)

    def _did_not_go(self, error: Exception) -> None:
        self._publishing = False
        self._say(str(error))

    def _went(self, made: Announcement, changing: bool) -> None:
        self._publishing = False
        self._unsaved.forget(self.announcement.id)
        self._show(Announcement("", (), status=AnnouncementStatus.DRAFT))  # what has gone is not kept as a draft again
        self.published.emit(made, changing)

    def _narrow(self) -> None:
        self.places.let_connect(self._kit.navigation.reaches(PageName.CHANNELS))

    def _connect_group(self) -> None:
        self.keep()
        self._kit.navigation.go(PageName.CHANNELS)
