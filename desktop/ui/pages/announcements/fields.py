"""The fields of the composer, one below the other: where, what, when. They hold what is written; what becomes of it is the composer's."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox

from desktop.actions.announcement_edits import Written
from desktop.community.announcements import Announcement
from desktop.community.connections import Channel
from desktop.community.schedules import BeforeEvent, Schedule
from desktop.store import connections, events
from desktop.ui.kit import Kit
from desktop.ui.pages.announcements.attached_box import AttachedBox
from desktop.ui.pages.announcements.attaching import Attaching
from desktop.ui.pages.announcements.editor import Editor
from desktop.ui.pages.announcements.event_choices import choices
from desktop.ui.pages.announcements.lateness_box import LatenessBox
from desktop.ui.pages.announcements.places_box import PlacesBox
from desktop.ui.pages.announcements.ways import way_of
from desktop.ui.pages.announcements.when_box import Kind, WhenBox
from desktop.ui.reading_order import bring
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import Column
from resources.translations import _

WIDEST, WIDEST_WITH_MARGINS = 760, 820  # pixels at 100 %


class Fields(Column):
    """Holds what is written.

    Signals:
        touched: the person has changed something.
        timed: the same, and it is the time.
        drawable: a picture or file has come, or is shown now: nothing else is written.
    """

    touched = Signal()
    timed = Signal()
    drawable = Signal()

    def __init__(self, kit: Kit) -> None:
        theme, px = kit.theme, kit.theme.px
        super().__init__(theme, widest=WIDEST)
        self._kit = kit
        self._event_id = ""
        self._filling = False
        self.setMaximumWidth(round(WIDEST_WITH_MARGINS * theme.scale))
        self.places = PlacesBox(theme)
        self.editor = Editor(theme, kit.icons)
        self.editor.setMaximumHeight(px(52))
        self.attached = AttachedBox(theme, kit.icons)
        self.attaching = Attaching(kit, self.attached, self)
        self.when = WhenBox(theme, kit.icons, kit.dates, kit.program.clock)
        self.late = LatenessBox()
        self.silent = QCheckBox(_("Arrives without a sound, where the service can do so"))
        self.editor.bar.addWidget(icon_button(theme, kit.icons, "image", _("Add a photo"), self.attaching.choose_photo))
        self.editor.bar.addWidget(icon_button(theme, kit.icons, "paperclip", _("Add a document"), self.attaching.choose_document))
        box = self.box
        box.addSpacing(px(0.5))
        box.addWidget(label(_("Where"), "small quiet"))
        box.addWidget(self.places)
        box.addSpacing(px(1))
        box.addWidget(self.editor, 1)
        box.addWidget(self.attached)
        box.addSpacing(px(1))
        box.addWidget(label(_("When"), "small quiet"))
        box.addWidget(self.when)
        late_words = label(_("If this computer was off:"), "small quiet")
        late_words.setBuddy(self.late)
        box.addWidget(late_words)
        box.addWidget(self.late)
        box.addWidget(self.silent)
        box.addStretch(0)
        self._connect()

    def show_announcement(self, announcement: Announcement) -> None:
        """Show this one; its files follow. Says nothing."""
        self._filling = True
        self._event_id = announcement.event_id
        self.offer_places()
        if isinstance(announcement.schedule, BeforeEvent):
            self.when.offer_events(choices(self._kit.store, announcement.event_id))
        else:
            self.offer_events_later()
        self.places.choose(announcement.channels)
        if self.editor.field.toPlainText() != announcement.text:
            self.editor.field.setPlainText(announcement.text)
        self.attaching.begin_with(announcement)
        self.when.show_schedule(announcement.schedule, announcement.event_id)
        self.late.show_chosen(announcement.late, announcement.schedule) if announcement.id else self.late.offer(announcement.schedule)
        self.silent.setChecked(announcement.silent)
        self._filling = False

    def written(self, announcement: Announcement) -> Written:
        """The announcement with what is in the fields. Raises Refused where the time can't be."""
        schedule = self.when.schedule()
        made = replace(
            announcement,
            text=self.editor.field.toPlainText(),
            channels=self.places.chosen(),
            schedule=schedule,
            late=self.late.lateness,
            event_id=self.when.event_id if self.when.kind is Kind.BEFORE else announcement.event_id,
            silent=self.silent.isChecked(),
        )
        return Written(made, self.attached.files, self.attaching.names)

    def chosen(self) -> list[Channel]:
        """The channels that it goes to."""
        chosen = set(self.places.chosen())
        return [one for one in connections.channels(self._kit.store) if one.id in chosen]

    def offer_places(self) -> None:
        """The channels that there are now."""
        channels = connections.channels(self._kit.store)
        self.places.offer(channels, {one.id: way_of(self._kit.store, one) for one in channels})

    def offer_events_later(self) -> None:
        """The events are looked for when somebody wants to remind of one."""
        store = self._kit.store
        self.when.offer_later(lambda: choices(store, self._event_id), any_event=events.count(store) > 0)

    def follow_time(self, schedule: Schedule) -> None:
        """What becomes of what is late depends on when it is due."""
        self.late.offer(schedule)
        self.when.follow(self.late.lateness)

    def arrive(self) -> None:
        """The focus goes to where work begins."""
        self.editor.field.setFocus()
        QTimer.singleShot(0, self, self._follow_cursor)  # when the page is laid out

    def _connect(self) -> None:
        field = self.editor.field
        field.textChanged.connect(self._touched)
        field.cursorPositionChanged.connect(self._follow_cursor)
        field.files_given.connect(self.attaching.take_files)
        field.picture_pasted.connect(self.attaching.take_picture)
        self.attaching.changed.connect(self.drawable)
        self.attached.drawn.connect(self.drawable)
        self.attached.changed.connect(self._touched)
        self.places.changed.connect(self._touched)
        self.late.picked.connect(self._touched)
        self.silent.toggled.connect(self._touched)
        self.when.changed.connect(self._timed)

    def _touched(self) -> None:
        if not self._filling:
            self.touched.emit()

    def _timed(self) -> None:
        if not self._filling:
            self.timed.emit()

    def _follow_cursor(self) -> None:
        """Where the editor has no room as a whole, the line that is written in stays in sight."""
        if self.editor.field.hasFocus():
            bring(self.editor.field)
