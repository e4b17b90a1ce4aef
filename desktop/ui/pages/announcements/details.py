"""The panel beside the lists: an announcement with its places and what can be done with it, or one delivery with text, life and answers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.actions import announcement_edits, deliveries
from desktop.actions.deliveries import Answer, Listed
from desktop.community.announcements import Announcement, AnnouncementStatus
from desktop.community.deliveries import Delivery, State, Who
from desktop.community.errors import Refused
from desktop.community.schedules import At
from desktop.store import announcements, connections
from desktop.store.database import Store
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.pages.announcements import state_words
from desktop.ui.pages.announcements.rich import Manner, draft, manner_of, rich
from desktop.ui.pages.announcements.schedule_words import of
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.inspector import Inspector, framed
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import SectionHeader, line
from resources.translations import _, mark

_WHO = {Who.SENDER: mark("Belfry"), Who.PLANNER: mark("a change"), Who.PERSON: mark("a person"), Who.RECOVERY: mark("Belfry, at its start")}


class Details(Inspector):
    """What is selected.

    Signals:
        wanted: (what, id): `edit`, `duplicate`, `take_back`, `go_on`, `throw_away`, `announcement` or `delivery` with an id; `close` without one.
        left_out: (announcement id, occurrence).
        answered: (delivery id, Answer).
        link: an address to be opened.
    """

    wanted = Signal(str, str)
    left_out = Signal(str, str)
    answered = Signal(str, object)
    link = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, store: Store) -> None:
        super().__init__(theme)
        self._icons, self._dates, self._store = icons, dates, store
        self._body = QWidget()
        self.box.addWidget(self._body)
        self.box.addStretch()

    def show_announcement(self, announcement: Announcement, occurrence: str, shown: Sequence[Listed], event: str) -> None:
        """An announcement and the deliveries of one of its dates."""
        box = self._fresh(_("Announcement"))
        text = _rich(announcement.text)
        box.addWidget(framed(text, self._theme))
        for kept in (announcement.photo, announcement.document):
            if kept is not None:
                box.addWidget(label(_("With the file {name}").format(name=kept.name), "quiet", wrap=True))
        box.addWidget(label(of(announcement, self._dates, self._store.clock.now(), event), wrap=True))
        if shown:
            box.addWidget(SectionHeader(self._theme, self._dates.moment(shown[0].delivery.due_at)))
        for one in shown:
            box.addWidget(self._place(one))
        actions: list[tuple[str, Callable[[], object], str]] = []
        row_id = announcement.id
        if announcement.status is AnnouncementStatus.CANCELLED:
            box.addWidget(label(_("Taken back: nothing more of it goes out."), "quiet", wrap=True))
            actions.append((_("Let it go out after all"), lambda: self.wanted.emit("go_on", row_id), ""))
        elif announcement_edits.changeable(self._store, announcement):
            actions.append((_("Edit"), lambda: self.wanted.emit("edit", row_id), ""))
        actions.append((_("Duplicate"), lambda: self.wanted.emit("duplicate", row_id), ""))
        waits = [one for one in shown if one.delivery.state in (State.HELD, State.QUEUED, State.WAITING)]
        if announcement.status is AnnouncementStatus.SCHEDULED and waits:
            repeats = isinstance(announcement.schedule, At) and announcement.schedule.repeats is not None
            if repeats and occurrence:
                actions.append((_("Leave out this date"), lambda: self.left_out.emit(row_id, occurrence), ""))
            actions.append((_("Take all of it back") if repeats else _("Take it back"), lambda: self.wanted.emit("take_back", row_id), "danger"))
        self._buttons(box, actions)

    def show_draft(self, announcement: Announcement, places: str, event: str) -> None:
        """A draft."""
        box = self._fresh(_("Draft"))
        if announcement.text.strip():
            box.addWidget(framed(_rich(announcement.text), self._theme))
        box.addWidget(label(places or _("No channel chosen yet"), "quiet", wrap=True))
        row_id = announcement.id
        self._buttons(
            box,
            [
                (_("Go on writing"), lambda: self.wanted.emit("edit", row_id), ""),
                (_("Duplicate"), lambda: self.wanted.emit("duplicate", row_id), ""),
                (_("Throw it away"), lambda: self.wanted.emit("throw_away", row_id), "danger"),
            ],
        )

    def show_delivery(self, one: Listed) -> None:
        """One delivery, with all that happened to it."""
        delivery = one.delivery
        box = self._fresh(one.channel)
        box.addWidget(_coloured(state_words.word(delivery.state), delivery.state, "strong"))
        box.addWidget(label(state_words.meaning(delivery.state), wrap=True))
        if delivery.reason is not None and delivery.state is not State.SENT:
            box.addWidget(label(str(delivery.reason), "quiet", wrap=True))
        actions: list[tuple[str, Callable[[], object], str]] = [
            (words, lambda answer=answer: self.answered.emit(delivery.id, answer), "danger" if answer is Answer.CANCEL else "")  # type: ignore[misc]
            for answer, words in state_words.answers(delivery.state)
        ]
        if delivery.link:
            actions.append((_("See it there"), lambda: self.link.emit(delivery.link), "link"))
        if self._there(delivery):
            actions.append((_("The announcement"), lambda: self.wanted.emit("announcement", delivery.announcement_id), "link"))
        self._buttons(box, actions)
        box.addWidget(SectionHeader(self._theme, _("Text as it went out") if delivery.state is State.SENT else _("Text")))
        words = _label(self._as_there(delivery)) if delivery.sent_text else _rich(deliveries.text_of(self._store, delivery))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(framed(words, self._theme))
        box.addWidget(SectionHeader(self._theme, _("What happened")))
        due = label(_("Due {when}").format(when=self._dates.moment(delivery.due_at)), wrap=True)
        due.setToolTip(self._dates.full(delivery.due_at))
        box.addWidget(due)
        for move in deliveries.life(self._store, delivery):
            box.addWidget(line())
            step = label(
                _("{state} – {when}, by {who}").format(state=state_words.word(move.becomes), when=self._dates.moment(move.at), who=_(_WHO[move.who]))
            )
            step.setWordWrap(True)
            step.setToolTip(self._dates.full(move.at))
            box.addWidget(step)
            box.addWidget(label(str(move.why), "small quiet", wrap=True))

    def _as_there(self, delivery: Delivery) -> str:
        """The text as it went out, drawn as its place draws it."""
        link = self._theme.colour("accent_text").name()
        try:
            channel = connections.channel(self._store, delivery.channel_id)
            kind = connections.connection(self._store, channel.connection_id).service
        except Refused:  # the channel is gone
            return rich(Manner.CHAT, delivery.sent_text, link)
        return rich(manner_of(kind, channel.settings), delivery.sent_text, link)

    def _there(self, delivery: Delivery) -> bool:
        try:
            announcements.get(self._store, delivery.announcement_id)
        except Refused:
            return False
        return True

    def _place(self, one: Listed) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(1))
        row.addWidget(ElidedLabel(one.channel), 1)
        row.addWidget(_coloured(state_words.word(one.delivery.state), one.delivery.state))
        row.addWidget(
            icon_button(
                self._theme,
                self._icons,
                "chevron-right",
                _("What happened with {channel}").format(channel=one.channel),
                lambda: self.wanted.emit("delivery", one.delivery.id),
            )
        )
        return holder

    def _buttons(self, box: QVBoxLayout, actions: Sequence[tuple[str, Callable[[], object], str]]) -> None:
        holder = QWidget()
        flow = FlowLayout(self._theme.px(1), parent=holder)
        flow.setContentsMargins(0, self._theme.px(1), 0, 0)
        for words, do, kind in actions:
            flow.addWidget(button(words, do, kind=kind))
        box.addWidget(holder)

    def _fresh(self, title: str) -> QVBoxLayout:
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, self._theme.px(1), 0, 0)
        box.setSpacing(self._theme.px(1))
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(title, "strong"), 1)
        head.addWidget(icon_button(self._theme, self._icons, "x", _("Close"), lambda: self.wanted.emit("close", "")))
        box.addLayout(head)
        self.box.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        self.setAccessibleName(title)
        return box


def _coloured(text: str, state: State, more: str = "") -> QLabel:
    return label(text, f"{more} {state_words.TONES[state]}".strip())


def _rich(text: str) -> QLabel:
    return _label(draft(text))


def _label(text: str) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    return made
