"""“Channels”: where do we live? A card for each group with how it fares; at the side what is chosen, to be looked after in place."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import channel_edits
from desktop.community.connections import Channel, ConnectionRecord
from desktop.store import channel_news, connections
from desktop.store.channel_news import ChannelNews
from desktop.ui.kit import Kit
from desktop.ui.later import Later
from desktop.ui.news import EVERYTHING, News
from desktop.ui.operations import Tell
from desktop.ui.pages.channels import words
from desktop.ui.pages.channels.channel_inspector import ChannelInspector
from desktop.ui.pages.channels.connect_dialog import ConnectDialog, Start
from desktop.ui.pages.channels.connection_inspector import ConnectionInspector
from desktop.ui.pages.channels.practice import PracticeView
from desktop.ui.pages.page import Entry, Page
from desktop.ui.theme import LARGE
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.inspector import NARROWEST, Beside
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import Column
from desktop.ui.widgets.tiles import Tile, Tiles
from resources.translations import _, ngettext

_CARDS, _EMPTY, _PRACTICE = range(3)


class ChannelsPage(Page):
    """The page “Channels”."""

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self._channel = ""
        self._connection = ""
        self._dialog: ConnectDialog | None = None
        self.sections: dict[str, _Section] = {}
        self.walk = button("", lambda: self.do("walk"))
        self.head.addStretch()
        self.head.addWidget(self.walk)
        self._column = Column(kit.theme, widest=1480)
        self._column.box.setSpacing(kit.theme.px(2))
        self._column.box.addStretch()
        empty = Empty(
            kit.theme,
            kit.icons,
            entry.icon,
            _("No channels yet"),
            _("Your groups on Telegram, WhatsApp and elsewhere stand here, each with how it fares. Connect the first, or try Belfry with Practice."),
            [
                button(_("Connect a group …"), lambda: self.open_steps(Start.CHOOSE), kind="primary"),
                button(_("Try it with Practice"), self._add_practice),
            ],
        )
        self._channel_inspector: ChannelInspector | None = None
        self._connection_inspector: ConnectionInspector | None = None
        self._practice: PracticeView | None = None
        self._side = QStackedWidget()  # holds the inspectors once they are made
        self._side.setMinimumWidth(round(NARROWEST * kit.theme.scale))
        self._beside = Beside(kit.theme, self._column, self._side)
        self._views = QStackedWidget()  # and the chat
        for view in (self._beside, empty):
            self._views.addWidget(view)
        self.body.addWidget(self._views, 1)
        self.refresh(EVERYTHING)
        Later(self, lambda: self.channel_inspector, lambda: self.connection_inspector, lambda: self.practice)

    @property
    def channel_inspector(self) -> ChannelInspector:
        """The inspector of a channel; made now if this is the first time that it is needed."""
        if self._channel_inspector is None:
            self._channel_inspector = made = ChannelInspector(self.kit)
            made.closed.connect(self._close_inspector)
            made.practice.connect(self._open_practice)
            made.walk.connect(self._walk_from)
            made.deleted.connect(self._close_inspector)
            self._side.addWidget(made)
        return self._channel_inspector

    @property
    def connection_inspector(self) -> ConnectionInspector:
        """The inspector of a connection; made in the same way."""
        if self._connection_inspector is None:
            self._connection_inspector = made = ConnectionInspector(self.kit)
            made.closed.connect(self._close_inspector)
            made.add_group.connect(lambda row_id: self.open_steps(Start.GROUP, row_id))
            made.renew.connect(lambda row_id: self.open_steps(Start.RENEW, row_id))
            self._side.addWidget(made)
        return self._connection_inspector

    @property
    def practice(self) -> PracticeView:
        """The chat; made in the same way."""
        if self._practice is None:
            self._practice = PracticeView(self.kit)
            self._practice.left.connect(self._show_cards)
            self._views.insertWidget(_PRACTICE, self._practice)
        return self._practice

    def refresh(self, news: News) -> None:
        """Cards and what is open at the side."""
        if not news.touches("channel", "connection", "health", "delivery", "announcement"):
            return
        store = self.kit.store
        records, channels = connections.connections(store), connections.channels(store)
        told = {channel.id: channel_news.news(store, channel.id) for channel in channels}
        self._show_sections(records, channels, told)
        waiting = sum(one.waiting for one in told.values())
        self.walk.setVisible(waiting > 0)
        self.walk.setText(ngettext("Post {n} by hand", "Post {n} by hand", waiting).format(n=waiting))
        if self._channel and self._channel not in told:
            self._close_inspector()
        if self._connection and self._connection not in {record.id for record in records}:
            self._close_inspector()
        self._show_inspector()
        if self._views.currentIndex() == _PRACTICE:
            self.practice.refresh()
        if self._views.currentIndex() != _PRACTICE or not any(record.service == channel_edits.PRACTICE for record in records):
            self._views.setCurrentIndex(_CARDS if records else _EMPTY)

    def do(self, command: str) -> None:
        """A command of the menu, the palette or a key."""
        match command:
            case "add":
                self.open_steps(Start.CHOOSE)
            case "walk":
                self._walk_from("")
            case "practice":
                self._open_practice("")
            case "pause" if self._channel:
                self.channel_inspector.pause_or_resume()
            case "delete" if self._channel:
                self.channel_inspector.delete()

    def can(self, command: str) -> bool:
        """What can be done now."""
        match command:
            case "pause" | "delete":
                return bool(self._channel)
            case "walk":
                return not self.walk.isHidden()
            case "practice":
                return any(record.service == channel_edits.PRACTICE for record in connections.connections(self.kit.store))
            case _:
                return True

    def arrive(self) -> None:
        """The first card, or what is open."""
        for section in self.sections.values():
            if section.tiles.buttons:
                (section.tiles.button(self._channel) or section.tiles.buttons[0]).setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def show_record(self, record: str) -> None:
        """Open a channel."""
        self._views.setCurrentIndex(_CARDS)
        self._open_channel(record)

    def leave(self) -> bool:
        """What is being typed is kept; nobody reads a bot's updates for a page that is not there."""
        self.close_steps()
        for inspector in (self._channel_inspector, self._connection_inspector):
            if inspector is not None:
                inspector.keep()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes what is open."""
        if event.key() == Qt.Key.Key_Escape and self._views.currentIndex() == _PRACTICE:
            self._show_cards()
        elif event.key() == Qt.Key.Key_Escape and (self._channel or self._connection):
            self._close_inspector()
        else:
            super().keyPressEvent(event)

    def open_steps(self, start: Start, connection_id: str = "") -> ConnectDialog:
        """Open the steps that connect something. There is one such dialog at a time, so that one reads the bot's updates."""
        self.close_steps()
        dialog = ConnectDialog(self.kit, start, connection_id, self)
        self._dialog = dialog
        dialog.made.connect(self._open_channel)
        dialog.finished.connect(lambda _result: self._dialog_over(dialog))
        dialog.open()
        return dialog

    def close_steps(self) -> None:
        """Close the steps, if they are open."""
        if self._dialog is not None:
            self._dialog.reject()

    def _dialog_over(self, dialog: ConnectDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()

    # Cards

    def _show_sections(self, records: list[ConnectionRecord], channels: list[Channel], told: dict[str, ChannelNews]) -> None:
        gone = self.sections.keys() - {record.id for record in records}
        for row_id in gone:
            section = self.sections.pop(row_id)
            section.hide()
            section.deleteLater()
        for place, record in enumerate(records):
            section = self.sections.get(record.id) or self._new_section(record)
            self._column.box.insertWidget(place, section)
            health = connections.health(self.kit.store, record.id)
            section.show_connection(record, words.connection_word(record, health), health.identity, words.reason(health))
            own = [channel for channel in channels if channel.connection_id == record.id]
            section.show_tiles([self._tile(record, channel, told[channel.id]) for channel in own])
            section.tiles.select(self._channel)

    def _new_section(self, record: ConnectionRecord) -> "_Section":
        section = self.sections[record.id] = _Section(self.kit, record)
        section.tiles.pressed.connect(self._open_channel)
        section.more.clicked.connect(lambda: self._open_connection(record.id))
        section.mend.clicked.connect(lambda: self._open_connection(record.id))
        section.add.clicked.connect(lambda: self._add_to(record))
        if section.chat is not None:
            section.chat.clicked.connect(lambda: self._open_practice(""))
        return section

    def _tile(self, record: ConnectionRecord, channel: Channel, told: ChannelNews) -> Tile:
        store = self.kit.store
        word = words.channel_word(record, connections.health(store, record.id), connections.health(store, channel.id), told)
        line, tip = _("Nothing yet"), ""
        if told.last is not None:
            line = _("{when} · {text}").format(when=self.kit.dates.moment(told.last.due_at), text=told.text)
            tip = self.kit.dates.full(told.last.due_at)
        elif told.ahead:
            line = ngettext("{n} planned", "{n} planned", told.ahead).format(n=told.ahead)
        return Tile(channel.id, channel.name, line, word.text, word.tone, word.icon, tip=tip)

    # The side

    def _open_channel(self, channel_id: str) -> None:
        self._channel, self._connection = channel_id, ""
        self._views.setCurrentIndex(_CARDS)
        self._show_inspector()

    def _open_connection(self, connection_id: str) -> None:
        self._channel, self._connection = "", connection_id
        self._show_inspector()

    def _show_inspector(self) -> None:
        for section in self.sections.values():
            section.tiles.select(self._channel)
        if self._channel and self.channel_inspector.show_channel(self._channel):
            self._side.setCurrentWidget(self.channel_inspector)
        elif self._connection and self.connection_inspector.show_connection(self._connection):
            self._side.setCurrentWidget(self.connection_inspector)
        else:
            self._channel = self._connection = ""
        self._beside.show_inspector(bool(self._channel or self._connection))

    def _close_inspector(self) -> None:
        channel, self._channel, self._connection = self._channel, "", ""
        self._show_inspector()
        for section in self.sections.values():
            button = section.tiles.button(channel)
            if button is not None:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    # Elsewhere

    def _add_to(self, record: ConnectionRecord) -> None:
        match record.service:
            case channel_edits.BY_HAND:
                self.open_steps(Start.BY_HAND)
            case channel_edits.PRACTICE:
                self._add_practice()
            case _:
                self.open_steps(Start.GROUP, record.id)

    def _add_practice(self) -> None:
        self.kit.operations.run(lambda store: channel_edits.add_practice(store, _("Practice group")), self._open_channel, tell=Tell.UNDO)

    def _open_practice(self, channel_id: str) -> None:
        self.practice.show_group(channel_id)
        self._views.setCurrentIndex(_PRACTICE)

    def _show_cards(self) -> None:
        self._views.setCurrentIndex(_CARDS)
        self.arrive()

    def _walk_from(self, delivery_id: str) -> None:
        from desktop.ui.byhand.entry import open_runner  # late: most visits post nothing

        open_runner(self.kit, self, delivery_id)


class _Section(QWidget):
    """A connection's name and health, and the cards of its channels."""

    def __init__(self, kit: Kit, record: ConnectionRecord) -> None:
        super().__init__()
        px = kit.theme.px
        self._kit = kit
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(1))
        head = QHBoxLayout()
        head.setSpacing(px(1))
        self._name = label("", "strong")
        self._identity = ElidedLabel("", "quiet")
        self._picture = label()
        self._state = label("")
        head.addWidget(self._name)
        head.addWidget(self._picture)
        head.addWidget(self._state)
        head.addWidget(self._identity, 1)
        whole = QBoxLayout(QBoxLayout.Direction.TopToBottom if kit.theme.scale > LARGE else QBoxLayout.Direction.LeftToRight)
        whole.setSpacing(px(1))
        whole.addLayout(head, 1)
        head = QHBoxLayout()
        head.setSpacing(px(1))
        self.chat = button(_("Open the chat"), kind="link") if record.service == channel_edits.PRACTICE else None
        if self.chat is not None:
            head.addWidget(self.chat)
        self.add = button(_("Add a group"), kind="link")
        head.addWidget(self.add)
        self.more = icon_button(kit.theme, kit.icons, "settings", "")
        head.addWidget(self.more)
        whole.addLayout(head)
        box.addLayout(whole)
        self.tiles = Tiles(kit.theme, kit.icons, record.name, narrowest=29)
        box.addWidget(self.tiles)
        trouble = QHBoxLayout()
        trouble.setSpacing(px(1))
        self._reason = label("", "quiet", wrap=True)
        trouble.addWidget(self._reason, 1)
        self.mend = button(_("Look after it"))
        trouble.addWidget(self.mend)
        box.insertLayout(1, trouble)
        self._nothing = label(_("No group here yet."), "quiet")
        box.addWidget(self._nothing)

    def show_connection(self, record: ConnectionRecord, word: words.Word, identity: str, reason: str) -> None:
        """Who it is and how it fares."""
        kit = self._kit
        self._name.setText(record.name)
        self._identity.setText(identity if identity != record.name else "")
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.mend.setVisible(bool(reason))
        told = bool(reason) or record.service not in (channel_edits.BY_HAND, channel_edits.PRACTICE)  # those two can't be out of order
        self._state.setVisible(told)
        self._picture.setVisible(told)
        self._state.setText(word.text)
        self._state.setProperty("look", word.tone.replace("text_", "") + " small")
        self._state.style().polish(self._state)
        self._picture.setPixmap(kit.icons.icon(word.icon, word.tone).pixmap(kit.theme.px(2), kit.theme.px(2)))
        self.more.setAccessibleName(_("Look after {name}").format(name=record.name))
        self.more.setToolTip(self.more.accessibleName())
        self.add.setAccessibleName(_("Add a group to {name}").format(name=record.name))

    def show_tiles(self, tiles: list[Tile]) -> None:
        """Its channels."""
        self.tiles.show_tiles(tiles)
        self._nothing.setVisible(not tiles)
