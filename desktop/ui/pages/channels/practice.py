"""Practice, drawn like a chat: what arrived in each group as bubbles, and how the group is to answer."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QHBoxLayout, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from desktop.actions import channel_edits
from desktop.community.connections import Channel
from desktop.store import connections
from desktop.ui.arrived import Arrived
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.kit import Kit
from desktop.ui.operations import Tell
from desktop.ui.pages.channels.fields import Fields
from desktop.ui.theme import Text, Theme
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.combo import Combo, name_box
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import line
from resources.translations import _

ARRIVED_ROLE = int(Qt.ItemDataRole.UserRole)
MOST = 300  # messages shown of a group: the latest
_NARROW = 70  # units of the grid
_WIDEST = 62  # units of the grid


class MessagesModel(QAbstractListModel):
    """The messages of one group, the oldest first."""

    def __init__(self, dates: Dates, parent: QObject) -> None:
        super().__init__(parent)
        self._dates = dates
        self._messages: list[Arrived] = []

    def show_messages(self, messages: Sequence[Arrived]) -> None:
        """These now; those that only came behind are added."""
        found = list(messages)
        had = len(self._messages)
        if found[:had] == self._messages and len(found) >= had:
            if len(found) > had:
                self.beginInsertRows(QModelIndex(), had, len(found) - 1)
                self._messages = found
                self.endInsertRows()
            return
        self.beginResetModel()
        self._messages = found
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """How many."""
        return 0 if parent.isValid() else len(self._messages)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The text, the message itself, the whole date for the tooltip."""
        if not index.isValid() or index.row() >= len(self._messages):
            return None
        message = self._messages[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return message.text
            case Qt.ItemDataRole.ToolTipRole:
                return self._dates.full(message.at)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _("{when}: {text}").format(when=self._dates.moment(message.at), text=message.text)
            case _ if role == ARRIVED_ROLE:
                return message
        return None


class BubbleDelegate(QStyledItemDelegate):
    """Draws a message as a bubble, as wide as its text needs."""

    def __init__(self, theme: Theme, icons: Icons, dates: Dates, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._icons, self._dates = theme, icons, dates

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the text at this width."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 400
        return QSize(width, self._bubble(index.data(ARRIVED_ROLE), width).height() + self._theme.px(1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw it at the leading side: it came from elsewhere."""
        message = index.data(ARRIVED_ROLE)
        theme, px, where = self._theme, self._theme.px, option.rect
        size = self._bubble(message, where.width())
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        left = where.right() - px(2) - size.width() if mirrored else where.left() + px(2)
        box = QRect(left, where.top() + px(0.5), size.width(), size.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawRoundedRect(box, px(1.25), px(1.25))
        inner = box.adjusted(px(1.5), px(1), -px(1.5), -px(1))
        small = QFontMetrics(theme.font(Text.SMALL))
        y = inner.top()
        side = int(Qt.AlignmentFlag.AlignLeading) | int(Qt.AlignmentFlag.AlignTop)
        for name in message.attachments:
            row = QRect(inner.left(), y, inner.width(), small.height() + px(0.5))
            painter.setFont(theme.font(Text.SMALL))
            painter.setPen(theme.colour("accent_text"))
            painter.drawText(row, side, small.elidedText(_("📎 {file}").format(file=name), Qt.TextElideMode.ElideMiddle, row.width()))
            y += small.height() + px(0.5)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(inner.left(), y, inner.width(), inner.bottom() - y), side | int(Qt.TextFlag.TextWordWrap), message.text)
        painter.setFont(theme.font(Text.SMALL))
        painter.setPen(theme.colour("text_quiet"))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTrailing) | int(Qt.AlignmentFlag.AlignBottom), self._foot(message))
        painter.restore()

    def _bubble(self, message: Arrived, width: int) -> QSize:
        px = self._theme.px
        most = min(width - px(6), px(_WIDEST)) - px(3)
        body, small = QFontMetrics(self._theme.font()), QFontMetrics(self._theme.font(Text.SMALL))
        text = body.boundingRect(QRect(0, 0, most, 1_000_000), int(Qt.TextFlag.TextWordWrap), message.text)
        wide = (
            max(
                text.width() + 2,
                small.horizontalAdvance(self._foot(message)),
                *(min(small.horizontalAdvance(f"📎 {name}"), most) for name in message.attachments),
            )
            if message.attachments
            else max(text.width() + 2, small.horizontalAdvance(self._foot(message)))
        )
        high = text.height() + small.height() + px(0.25) + len(message.attachments) * (small.height() + px(0.5))
        return QSize(wide + px(3), high + px(2))

    def _foot(self, message: Arrived) -> str:
        when = self._dates.moment(message.at)
        notes = [when, *([_("edited")] if message.edited else []), *([_("without a sound")] if message.silent else [])]
        return " · ".join(notes)


class PracticeView(QWidget):
    """A group of Practice.

    Signals:
        left: back to the cards.
    """

    left = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._channel: Channel | None = None
        px = kit.theme.px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(3), 0, px(3), px(1))
        head.setSpacing(px(1))
        mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.back = icon_button(kit.theme, kit.icons, "arrow-right" if mirrored else "arrow-left", _("Back to the channels"), self.left.emit)
        head.addWidget(self.back)
        self.groups = Combo()
        name_box(self.groups, _("Practice group"))
        self.groups.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.groups.activated.connect(lambda _index: self.show_group(str(self.groups.currentData())))
        head.addWidget(self.groups)
        head.addWidget(ElidedLabel(_("What you send here reaches nobody."), "quiet"), 1)
        box.addLayout(head)
        box.addWidget(line())
        self._middle = middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        middle.setSpacing(0)
        self.model = MessagesModel(kit.dates, self)
        self.list = QListView()
        self.list.setAccessibleName(_("What arrived"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setModel(self.model)
        self.list.setItemDelegate(BubbleDelegate(kit.theme, kit.icons, kit.dates, self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setViewportMargins(0, px(1), 0, px(1))
        self.list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(1)  # in a small window with large text the settings go first
        self.nothing = label(_("Nothing has arrived in this group yet. Announce something to it, and it appears here."), "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle.addWidget(self.list, 3)
        middle.addWidget(self.nothing, 3)
        self._upright = line(upright=True)
        middle.addWidget(self._upright)
        self._side = side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(px(2), px(2), px(2), px(2))
        column.setSpacing(px(1))
        column.addWidget(label(_("How this group answers"), "strong", wrap=True))
        self.fields = Fields(kit.theme, self._set)
        column.addWidget(self.fields)
        explained = _("See what Belfry does when a group asks to wait, refuses, or gives no answer. It holds for what is sent from now on.")
        self._explained = label(explained, "quiet", wrap=True)
        column.addWidget(self._explained)
        column.addStretch()
        middle.addWidget(side, 1)
        box.addLayout(middle, 1)
        kit.theme.changed.connect(self.list.doItemsLayout)

    def resizeEvent(self, event: object) -> None:
        """The settings stand beside the chat, or below it where there is no room."""
        px = self._kit.theme.px
        narrow = self.width() < px(_NARROW)
        self._middle.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._side.setMinimumWidth(0 if narrow else px(28))
        self._side.setMaximumWidth(16_777_215 if narrow else px(40))
        self._explained.setVisible(not narrow)
        self._upright.setVisible(not narrow)

    def show_group(self, channel_id: str) -> None:
        """Show this group; the first one where there is none with this id."""
        store = self._kit.store
        own = {record.id for record in connections.connections(store) if record.service == channel_edits.PRACTICE}
        groups = [channel for channel in connections.channels(store) if channel.connection_id in own]
        self._channel = next((one for one in groups if one.id == channel_id), next(iter(groups), None))
        if [self.groups.itemData(at) for at in range(self.groups.count())] != [one.id for one in groups]:
            self.groups.clear()
            for one in groups:
                self.groups.addItem(one.name, one.id)
        for at, one in enumerate(groups):
            self.groups.setItemText(at, one.name)
        if self._channel is not None:
            self.groups.setCurrentIndex(self.groups.findData(self._channel.id))
            self.fields.show_fields(channel_edits.channel_fields(store, self._channel), self._channel.settings)
        self._show_messages()

    def refresh(self) -> None:
        """What arrived since."""
        self.show_group(self._channel.id if self._channel else "")

    def _show_messages(self) -> None:
        channel = self._channel
        found: list[Arrived] = []
        if channel is not None:
            arrived = self._kit.program.arrived(self._kit.store, channel.connection_id)
            found = [one for one in arrived if one.target == channel.target][-MOST:]
        had = self.model.rowCount()
        self.model.show_messages(found)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if len(found) != had:
            self.list.scrollToBottom()

    def _set(self, name: str, value: str, refuse: object) -> None:
        if self._channel is None:
            return
        row_id = self._channel.id

        def failed(error: Exception) -> None:
            if callable(refuse):
                refuse(str(error))

        self._kit.operations.run(lambda store: channel_edits.change_setting(store, row_id, name, value), tell=Tell.NOTHING, failed=failed)
