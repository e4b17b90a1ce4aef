"""The inspector of an event: what it is, when and where, how it repeats, what is announced of it; edited in place, for one date or for all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions import event_edits
from desktop.community.announcements import AnnouncementStatus
from desktop.community.events import Event, EventStatus, recurrence_moment, recurrence_text
from desktop.community.recurrence import Wall
from desktop.store import calendar_reads, events
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.navigation import PageName
from desktop.ui.operations import Tell
from desktop.ui.pages.calendar.repeat_editor import RepeatEditor
from desktop.ui.pages.calendar.repeat_words import event_repeats
from desktop.ui.pages.calendar.when_box import WhenBox
from desktop.ui.pages.calendar.words import other_zone
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.edited import InPlaceLine, InPlaceText, problem_of
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import SectionHeader, line
from resources.translations import _


class Scope(Enum):
    """What an edit is meant for."""

    ONE = auto()
    """The date that was opened."""
    ALL = auto()
    """The event, with all its dates."""


class EventInspector(Inspector):
    """Shows and edits an event, or a new one that has no title so far.

    Attributes:
        series_id: of the event or series that is open; empty for a new one.
        occurrence: which date of it, RECURRENCE-ID text; empty for an event that happens once.
        value: what the fields show: the event, the series, or one date of it.
    Signals:
        closed: the person is done with it.
        added: the id of an event that was just made.
        draft_moved: the new event lies on other days.
    """

    closed = Signal()
    added = Signal(str)
    draft_moved = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self.series_id = self.occurrence = ""
        self.value: Event | None = None
        self.scope = Scope.ONE
        self._build()

    @property
    def key(self) -> tuple[str, str] | None:
        """Which date is open."""
        return (self.series_id, self.occurrence) if self.series_id else None

    @property
    def draft(self) -> Event | None:
        """The new event, before it is kept."""
        return self.value if not self.series_id else None

    def show_date(self, series_id: str, occurrence: str) -> bool:
        """Show a date of an event; what is being typed into a field stays. Gives whether it is there."""
        other = (series_id, occurrence) != self.key
        if other:
            self.take_focus_out()
            self.scope = Scope.ONE
        found = calendar_reads.series_of(self._kit.store, series_id)
        if found is None:
            return False
        series = events.get(self._kit.store, series_id)
        if not series.repeats:
            occurrence = ""
        elif not occurrence:
            occurrence = recurrence_text(series.start)
            if not other:
                self.scope = Scope.ALL  # it has just begun to repeat: how it does so is asked of all its dates
        elif not event_edits.is_date(self._kit.store, series_id, occurrence):
            return False
        self.series_id, self.occurrence = series_id, occurrence
        self._show(series)
        if other:
            self.column.verticalScrollBar().setValue(0)
        return True

    def show_again(self) -> bool:
        """Show what is open as it is now; where the date is gone and the series is not, its first date. Gives whether anything is left."""
        if not self.series_id:
            return self.draft is not None
        if self.show_date(self.series_id, self.occurrence):
            return True
        scope = self.scope
        if scope is Scope.ONE or not self.show_date(self.series_id, ""):
            return False
        self._scope(scope)
        return True

    def begin_new(self, event: Event) -> None:
        """A new event: the title is enough, the rest follows."""
        typed = self.title.text() if self.draft is not None else ""
        if self.draft is None:
            self.take_focus_out()
        self.series_id = self.occurrence = ""
        self.value = event
        self._show_below(False)
        self.title.show_value("")
        self.title.setText(typed)
        self.when.show_when(event.start, event.end)
        self.title.setFocus()

    def forget(self) -> None:
        """Nothing is open any more."""
        self.value = None
        self.series_id = self.occurrence = ""
        self.title.show_value("")
        self.title.clear()

    def take_focus_out(self) -> None:
        """Keep what is typed."""
        focus: QWidget | None = self.focusWidget()  # the stubs do not know that it may be None
        if focus is not None and focus.hasFocus():
            focus.clearFocus()

    def delete(self) -> None:
        """Take the date or the event out of the calendar."""
        series_id, occurrence = self.series_id, self.occurrence
        if not series_id:
            return
        if occurrence and self.scope is Scope.ONE:
            self._kit.operations.run(lambda store: event_edits.remove_date(store, series_id, occurrence))
        else:
            self._kit.operations.run(lambda store: event_edits.delete(store, series_id))

    def call_off(self) -> None:
        """Cancel the date or the event, or take that back."""
        series_id, occurrence = self.series_id, self.occurrence
        if not series_id or self.value is None:
            return
        off = self.value.status is EventStatus.CANCELLED
        if occurrence and self.scope is Scope.ONE:
            one = event_edits.restore_date if off else event_edits.cancel_date
            self._kit.operations.run(lambda store: one(store, series_id, occurrence))
        else:
            every = event_edits.restore if off else event_edits.cancel
            self._kit.operations.run(lambda store: every(store, series_id))

    def _build(self) -> None:
        kit, px = self._kit, self._kit.theme.px
        self.box.setContentsMargins(0, px(1.5), 0, 0)
        head = QHBoxLayout()
        head.setSpacing(px(1))
        self.title = InPlaceLine(_("Title"), _("What is it?"), look="title")
        self.title.committed.connect(self._title)
        head.addWidget(self.title, 1)
        head.addWidget(icon_button(kit.theme, kit.icons, "x", _("Close (Esc)"), self.closed.emit), 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(head)
        self.box.addWidget(problem_of(self.title))
        self.off = label("", "bad")
        self.box.addWidget(self.off)
        self.box.addWidget(self._scopes())
        self.when = WhenBox(kit.theme, kit.icons, kit.dates)
        self.when.edited.connect(self._when)
        self.box.addWidget(self.when)
        self._hint = label(_("A title is enough. Press Enter, and the rest can follow."), "quiet", wrap=True)
        self.box.addWidget(self._hint)
        self.place = InPlaceLine(_("Place"), _("Where?"))
        self.place.committed.connect(lambda text: self._edit(lambda event: replace(event, place=text), self.place))
        self.url = InPlaceLine(_("Web address"), _("A page or a video call"))
        self.url.committed.connect(lambda text: self._edit(lambda event: replace(event, url=text), self.url))
        self.open_url = icon_button(kit.theme, kit.icons, "external-link", _("Open the web address"), self._open_url)
        self.description = InPlaceText(_("Description"), _("What should people know?"))
        self.description.committed.connect(lambda text: self._edit(lambda event: replace(event, description=text)))
        self.repeats = RepeatEditor(kit.theme, kit.icons, kit.dates)
        self.repeats.edited.connect(lambda rule: self._edit(lambda event: replace(event, rrule=rule)))
        self.repeats_words = label("", "quiet", wrap=True)
        self.alike = button(_("Make it like the others again"), self._like_the_others, kind="link")
        tied = QWidget()
        self._tied = QVBoxLayout(tied)
        self._tied.setContentsMargins(0, 0, 0, 0)
        self._tied.setSpacing(px(0.25))
        announce = button(_("Announce it …"), self._announce, kind="link")
        self.call = button("", self.call_off)
        self.remove = button("", self.delete, kind="danger")
        where = QHBoxLayout()
        where.setContentsMargins(0, 0, 0, 0)
        where.addWidget(self.url, 1)
        where.addWidget(self.open_url)
        whole_url = QWidget()
        whole_url.setLayout(where)
        whole_foot = QWidget()
        foot = FlowLayout(px(1), parent=whole_foot)
        foot.addWidget(self.call)
        foot.addWidget(self.remove)
        self._below: list[QWidget] = [
            line(),
            _explained(self.place, self.place),
            _explained(whole_url, self.url),
            self.description,
            line(),
            SectionHeader(kit.theme, _("Repeats")),
            self.repeats,
            self.repeats_words,
            self.alike,
            line(),
            SectionHeader(kit.theme, _("Announcements"), [announce]),
            tied,
            whole_foot,
        ]
        for widget in self._below:
            if widget is self.alike:
                self.box.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading)
            else:
                self.box.addWidget(widget)
        self.box.addSpacing(px(2))
        self.box.addStretch()

    def _scopes(self) -> QWidget:
        """The question “this date or all of them?”, asked where the answer is seen."""
        self.scopes = QWidget()
        row = QHBoxLayout(self.scopes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._kit.theme.px(0.5))
        self._group = QButtonGroup(self)
        self.one_date, self.all_dates = chip(_("This date")), chip(_("All dates"))
        edit = label(_("Edit"), "quiet")
        edit.setContentsMargins(self._kit.theme.px(0.75) + 3, 0, 0, 0)
        row.addWidget(edit)
        for scope, made in ((Scope.ONE, self.one_date), (Scope.ALL, self.all_dates)):
            self._group.addButton(made)
            made.clicked.connect(lambda _on=False, scope=scope: self._scope(scope))
            row.addWidget(made)
        row.addStretch()
        return self.scopes

    def _show(self, series: Event) -> None:
        kit = self._kit
        whole = self.scope is Scope.ALL or not self.occurrence
        event = series if whole else event_edits.date_of(kit.store, self.series_id, self.occurrence)
        self.value = event
        self._show_below(True)
        self.scopes.setVisible(bool(self.occurrence))
        (self.all_dates if whole else self.one_date).setChecked(True)
        self.title.show_value(event.title)
        off = EventStatus.CANCELLED in (event.status, series.status)
        self.off.setText(_("Cancelled") if off else _("Not certain yet") if event.status is EventStatus.TENTATIVE else "")
        self.off.setVisible(bool(self.off.text()))
        start = self._displayed_start(series) if whole else event.start
        self.when.show_when(start, start + event.length, other_zone(event, kit.dates))
        self.place.show_value(event.place)
        self.url.show_value(event.url)
        self.open_url.setVisible("://" in event.url)
        self.description.show_value(event.description)
        self.repeats.setVisible(whole)
        if whole:
            self.repeats.show_event(series)
        self.repeats_words.setVisible(not whole)
        self.alike.setVisible(not whole and bool(event.id))
        words = event_repeats(series, kit.dates.locale)
        self.repeats_words.setText(_("{rule}. This date was changed on its own.").format(rule=words) if event.id and not whole else words)
        self._show_tied()
        many = bool(self.occurrence)
        self.call.setText(
            _("Takes place after all") if off else _("Cancel this date") if not whole else _("Cancel all dates") if many else _("Cancel it")
        )
        self.call.setEnabled(not (off and not whole and series.status is EventStatus.CANCELLED))
        self.remove.setText(_("Delete this date") if not whole else _("Delete all dates") if many else _("Delete it"))

    def _displayed_start(self, series: Event) -> Wall:
        """Of all dates the one that was opened is shown; moving it moves the others as far."""
        return recurrence_moment(self.occurrence) if self.occurrence else series.start

    def _show_tied(self) -> None:
        while (item := self._tied.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        found = calendar_reads.announcements_of(self._kit.store, self.series_id)
        for one in found:
            words = one.line or _("Without a text")
            if one.status is AnnouncementStatus.DRAFT:
                words = _("{text} (draft)").format(text=words)
            elif one.status is AnnouncementStatus.CANCELLED:
                words = _("{text} (taken back)").format(text=words)
            short = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self._kit.theme.px(38))
            made = button(short.replace("&", "&&"), lambda one=one: self._kit.navigation.go(PageName.ANNOUNCEMENTS, one.id), kind="link")  # type: ignore[misc]
            made.setToolTip(words)
            self._tied.addWidget(made, 0, Qt.AlignmentFlag.AlignLeading)
        if not found:
            self._tied.addWidget(label(_("Nothing is announced of it yet."), "quiet"))

    def _show_below(self, shown: bool) -> None:
        for widget in (*self._below, self.scopes, self.off):
            widget.setVisible(shown)
        self._hint.setVisible(not shown)

    def _scope(self, scope: Scope) -> None:
        self.take_focus_out()
        self.scope = scope
        self.show_date(self.series_id, self.occurrence)

    def _title(self, text: str) -> None:
        draft = self.draft
        if self.series_id:
            self._edit(lambda event: replace(event, title=text), self.title)
        elif draft is not None and text.strip():
            made = replace(draft, title=text)
            self._kit.operations.run(lambda store: event_edits.add(store, made), self.added.emit, failed=lambda error: self.title.wrong(str(error)))

    def _when(self, start: Wall, end: Wall) -> None:
        event = self.value
        if event is None:
            return
        zone = "" if not isinstance(start, datetime) else event.zone or (self._kit.dates.zone.key if event.all_day else "")
        if not self.series_id:
            self.value = replace(event, start=start, end=end, zone=zone or (self._kit.dates.zone.key if isinstance(start, datetime) else ""))
            self.draft_moved.emit()
            return
        if event.series_id or not self.occurrence:
            self._edit(lambda event: replace(event, start=start, end=end, zone=zone))
            return
        opened = self._displayed_start(event)
        days = _day(start) - _day(opened)
        first = datetime.combine(_day(event.start) + days, start.time()) if isinstance(start, datetime) else _day(event.start) + days
        moved = replace(event, start=first, end=first + (end - start), zone=zone)  # type: ignore[operator]  # both times or both dates

        def change(store: Store) -> Event:
            kept = event_edits.change(store, moved)
            self.occurrence = recurrence_text(start)  # the date that is open has moved with the others
            return kept

        self._run(change)

    def _edit(self, make: Callable[[Event], Event], field: InPlaceLine | None = None) -> None:
        if self.value is None or not self.series_id:
            return
        now = make(self.value)
        if now.series_id:
            self._run(lambda store: event_edits.change_date(store, now), field)
        else:
            self._run(lambda store: event_edits.change(store, now), field)

    def _run(self, action: Callable[[Store], Event], field: InPlaceLine | None = None) -> None:
        def failed(error: Exception) -> None:
            if field is not None:
                field.wrong(str(error))
            else:
                self._kit.notices.problem(str(error))
                self.show_date(self.series_id, self.occurrence)  # what can't be is not shown

        self._kit.operations.run(action, tell=Tell.NOTHING, failed=failed)

    def _like_the_others(self) -> None:
        series_id, occurrence = self.series_id, self.occurrence
        self._kit.operations.run(lambda store: event_edits.like_the_others(store, series_id, occurrence))

    def _open_url(self) -> None:
        if self.value is not None and "://" in self.value.url:
            self._kit.opener.open(self.value.url)

    def _announce(self) -> None:
        self._kit.navigation.go(PageName.ANNOUNCEMENTS, self.series_id)


def _day(moment: Wall) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _explained(field: QWidget, line: InPlaceLine) -> QWidget:
    """A field with what is wrong with its line said below."""
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    box.addWidget(field)
    box.addWidget(problem_of(line))
    return made
