"""One channel at the side: its name, how it fares, where it goes, what it was sent lately."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions import by_hand, channel_edits
from desktop.actions.connect import service
from desktop.community.connections import Channel
from desktop.community.deliveries import Delivery
from desktop.community.errors import Refused
from desktop.store import channel_news, connections
from desktop.ui.kit import Kit
from desktop.ui.operations import Tell
from desktop.ui.pages.channels import words
from desktop.ui.pages.channels.fields import Fields
from desktop.ui.pages.channels.state_line import StateLine, pause_or_resume
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.edited import InPlace
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import SectionHeader
from resources.translations import _, ngettext

RECENT = 8


class ChannelInspector(Inspector):
    """Shows and edits a channel.

    Signals:
        closed: the person is done with it.
        deleted: it is gone.
        practice: the chat of this practice group is wanted: its id.
        walk: what waits there is to be posted: the id of a delivery.
    """

    closed = Signal()
    deleted = Signal()
    practice = Signal(str)
    walk = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._channel: Channel | None = None
        self._waiting = ""
        px, box = kit.theme.px, self.box
        self.setAccessibleName(_("The channel"))
        box.setContentsMargins(0, px(1), 0, 0)
        head = QHBoxLayout()
        head.setSpacing(px(1))
        self._avatar = Avatar(kit.theme, 5)
        head.addWidget(self._avatar)
        head.addStretch()
        head.addWidget(icon_button(kit.theme, kit.icons, "x", _("Close"), self.closed.emit))
        box.addLayout(head)
        self.name = InPlace(_("Name of the channel"), self._rename, look="title")
        box.addWidget(self.name)
        self._where = ElidedLabel("", "quiet")
        self._where.setContentsMargins(px(0.75) + 3, 0, 0, 0)
        box.addWidget(self._where)
        self._state = StateLine(kit)
        box.addWidget(self._state)
        row = FlowLayout(px(1))
        self.post = button("", lambda: self.walk.emit(self._waiting), kind="primary")
        self.open = button(_("Open"), self._open)
        self.chat = button(_("Open the chat"), lambda: self.practice.emit(self._channel.id if self._channel else ""))
        self.pause = button("", self.pause_or_resume)
        for each in (self.post, self.open, self.chat, self.pause):
            row.addWidget(each)
        box.addLayout(row)
        box.addWidget(SectionHeader(kit.theme, _("Settings")))
        self._target_label = label(_("Group"), "quiet small")
        self.target = InPlace(_("Group"), self._retarget, hint=_("none"))
        box.addWidget(self._target_label)
        box.addWidget(self.target)
        self.fields = Fields(kit.theme, self._set)
        box.addWidget(self.fields)
        self._recent_head = SectionHeader(kit.theme, _("Lately"))
        box.addWidget(self._recent_head)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(px(1.25))
        box.addLayout(self._recent)
        box.addSpacing(px(1))
        last = QHBoxLayout()
        last.addWidget(button(_("Delete the channel"), self.delete, kind="danger"))
        last.addStretch()
        box.addLayout(last)
        box.addStretch()

    def show_channel(self, channel_id: str) -> bool:
        """Show this one as it is now. False where it is not there any more."""
        store = self._kit.store
        if self._channel is not None and self._channel.id != channel_id:
            self.keep()
        try:
            channel = connections.channel(store, channel_id)
            record = connections.connection(store, channel.connection_id)
            declared = service(record.service)
        except Refused:
            self._channel = None
            return False
        self._channel = channel
        news = channel_news.news(store, channel_id)
        health, own = connections.health(store, record.id), connections.health(store, channel_id)
        self._avatar.show_of(channel.name, channel.id)
        self.name.show_text(channel.name)
        name = words.service_name(record.service)
        self._where.setText(name if record.name == name else _("{service} · {connection}").format(service=name, connection=record.name))
        self._state.show_state(words.channel_word(record, health, own, news), words.reason(health) or words.reason(own))
        waiting = [step for step in by_hand.waiting(store) if any(place.channel_id == channel_id for place in step.places)]
        self._waiting = next((place.delivery_id for step in waiting for place in step.places if place.channel_id == channel_id), "")
        self.post.setVisible(bool(waiting))
        self.post.setText(ngettext("Post it now", "Post {n} now", len(waiting)).format(n=len(waiting)))
        self.open.setVisible(bool(channel.settings.get("address")))
        self.chat.setVisible(record.service == channel_edits.PRACTICE)
        self.pause.setText(_("Resume") if own.paused else _("Pause"))
        self._target_label.setVisible(declared.target is not None)
        self.target.setVisible(declared.target is not None)
        self.target.show_text(channel.target)
        self.fields.show_fields(declared.channel_fields, channel.settings)
        self._show_recent(news.ahead)
        return True

    def keep(self) -> None:
        """Keep what is being typed."""
        self.name.keep()
        self.target.keep()
        self.fields.keep()

    def pause_or_resume(self) -> None:
        """Send nothing there for now, or go on."""
        if self._channel is not None:
            pause_or_resume(self._kit, self._channel.id)

    def delete(self) -> None:
        """Take it away, with Undo."""
        if self._channel is None:
            return
        row_id, self._channel = self._channel.id, None
        self._kit.operations.run(lambda store: channel_edits.delete_channel(store, row_id), lambda _none: self.deleted.emit())

    def _show_recent(self, ahead: int) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        channel = self._channel
        found = channel_news.recent(self._kit.store, channel.id, RECENT) if channel else []
        for delivery in found:
            self._recent.addWidget(self._row(delivery))
        if not found:
            self._recent.addWidget(label(_("Nothing has gone there yet."), "quiet", wrap=True))
        more = ngettext("{n} more planned", "{n} more planned", ahead) if found else ngettext("{n} planned", "{n} planned", ahead)
        self._recent_head.set_count(more.format(n=ahead) if ahead else "")

    def _row(self, delivery: Delivery) -> QWidget:
        kit = self._kit
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.theme.px(0.25))
        box.addWidget(ElidedLabel(channel_news.summary(kit.store, delivery)))
        row = QHBoxLayout()
        row.setSpacing(kit.theme.px(1))
        state, tone = words.state(delivery)
        row.addWidget(label(state, f"{tone.replace('text_', '')} small"))
        when = label(kit.dates.moment(delivery.due_at), "quiet small")
        when.setToolTip(kit.dates.full(delivery.due_at))
        row.addWidget(when)
        row.addStretch()
        if delivery.link:
            link = delivery.link
            row.addWidget(button(_("See it there"), lambda: kit.opener.open(link), kind="link"))
        box.addLayout(row)
        if delivery.reason is not None and delivery.state.value in ("rejected", "unsure", "missed"):
            box.addWidget(label(str(delivery.reason), "quiet small", wrap=True))
        return holder

    def _open(self) -> None:
        if self._channel is not None:
            self._kit.opener.open(self._channel.settings.get("address", ""))

    def _rename(self, text: str) -> None:
        if self._channel is not None:
            row_id = self._channel.id
            self._kit.operations.run(
                lambda store: channel_edits.rename_channel(store, row_id, text), failed=lambda error: self.name.refuse(str(error))
            )

    def _retarget(self, text: str) -> None:
        if self._channel is not None:
            row_id = self._channel.id
            self._kit.operations.run(lambda store: channel_edits.retarget(store, row_id, text), failed=lambda error: self.target.refuse(str(error)))

    def _set(self, name: str, value: str, refuse: object) -> None:
        if self._channel is None:
            return
        row_id = self._channel.id

        def failed(error: Exception) -> None:
            if callable(refuse):
                refuse(str(error))

        self._kit.operations.run(lambda store: channel_edits.change_setting(store, row_id, name, value), tell=Tell.NOTHING, failed=failed)
