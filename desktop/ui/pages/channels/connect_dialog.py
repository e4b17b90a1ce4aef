"""The steps that connect a place: what it is, then what it needs. Nothing is kept before the last of them; each step says what happens."""

from enum import Enum, auto

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import channel_edits, telegram_setup
from desktop.actions.by_hand_places import PRESETS, preset
from desktop.community.connections import ConnectionRecord
from desktop.community.ports import Locked, NoKeyring
from desktop.store import connections
from desktop.ui.dialogs.passphrase import unlock
from desktop.ui.dialogs.secret_places import choose_place
from desktop.ui.kit import Kit
from desktop.ui.pages.channels.by_hand_form import ByHandForm
from desktop.ui.pages.channels.telegram_groups import TelegramGroups
from desktop.ui.pages.channels.telegram_token import TelegramToken
from desktop.ui.reading_order import next_in
from desktop.ui.unlocking import unlocked
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.label import ElidedLabel
from desktop.ui.widgets.lines import Column, SectionHeader, line
from desktop.ui.widgets.tiles import Tile, Tiles
from integrations.base import Identity
from resources.translations import _

_SIZE = QSize(760, 620)  # pixels at 100 %
_PRACTICE = "practice"


class Start(Enum):
    """Where the steps begin."""

    CHOOSE = auto()
    BY_HAND = auto()
    GROUP = auto()  # of a connection that is there
    RENEW = auto()  # its token


class ConnectDialog(QDialog):
    """One dialog for all of it.

    Signals:
        made: the id of a channel that was made.
    """

    made = Signal(str)

    def __init__(self, kit: Kit, start: Start, connection_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self._renewed = connection_id if start is Start.RENEW else ""
        self.setWindowTitle(_("Connect"))
        px = kit.theme.px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px(2), 0, 0)
        box.setSpacing(px(1))
        self.heading = ElidedLabel("", "title")
        self.heading.setContentsMargins(px(3), 0, px(3), 0)
        box.addWidget(self.heading)
        self.stack = QStackedWidget()
        box.addWidget(self.stack, 1)
        box.addWidget(line())
        foot = QHBoxLayout()
        foot.setContentsMargins(px(3), px(1), px(3), px(1.5))
        foot.setSpacing(px(1))
        self.back = button(_("Back"), self._choose)
        foot.addWidget(self.back)
        foot.addStretch()
        self.cancel = button(_("Cancel"), self.reject)
        foot.addWidget(self.cancel)
        self.forth = button("", self._forth, kind="primary")
        foot.addWidget(self.forth)
        box.addLayout(foot)
        self.places = self._choice()
        self.by_hand = ByHandForm(kit)
        self.by_hand.ready.connect(self.forth.setEnabled)
        self.by_hand.made.connect(self._channel_made)
        self.token = TelegramToken(kit)
        self.token.greeted.connect(self._greeted)
        self.token.ready.connect(self.forth.setEnabled)
        self.groups = TelegramGroups(kit)
        self.groups.made.connect(self.made.emit)
        for page in (self.places, self.by_hand, self.token, self.groups):
            self.stack.addWidget(page)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)  # Enter in a field belongs to the field, not to the first button of the dialog
        room = parent.window().size()
        scale = kit.theme.scale
        wide, high = round(_SIZE.width() * scale), round(_SIZE.height() * scale)
        self.resize(min(wide, max(room.width() - px(4), 480)), min(high, max(room.height() - px(4), 400)))
        self.finished.connect(self._end)
        match start:
            case Start.CHOOSE:
                self._choose()
            case Start.BY_HAND:
                self._choose()
            case Start.GROUP:
                self._add_group(connections.connection(kit.store, connection_id), None)
            case Start.RENEW:
                self._ask_token()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as one reads."""
        return next_in(self, forth=next)

    def choose(self, key: str) -> None:
        """A place was chosen: `telegram`, `practice`, or the id of a preset."""
        if key == telegram_setup.SERVICE:
            known = [record for record in connections.connections(self._kit.store) if record.service == telegram_setup.SERVICE]
            if known:
                self._add_group(known[0], None)
            else:
                self._ask_token()
        elif key == _PRACTICE:
            self._kit.operations.run(lambda store: channel_edits.add_practice(store, _("Practice group")), self._channel_made)
        else:
            chosen = preset(key.removeprefix("hand-"))
            self.by_hand.show_preset(chosen)
            self._show(self.by_hand, _(chosen.name), _("Add it"))
            self.by_hand.begin()

    def _choice(self) -> QWidget:
        kit = self._kit
        column = Column(kit.theme, widest=1200)
        column.box.addWidget(SectionHeader(kit.theme, _("Belfry posts there by itself")))
        self.alone = Tiles(kit.theme, kit.icons, _("Belfry posts there by itself"), narrowest=40, checkable=False)
        self.alone.show_tiles([Tile(telegram_setup.SERVICE, _("Telegram"), _("Groups, topics and channels"), icon="send")])
        column.box.addWidget(self.alone)
        column.box.addWidget(SectionHeader(kit.theme, _("You post there, Belfry prepares it")))
        self.hand = Tiles(kit.theme, kit.icons, _("You post there, Belfry prepares it"), narrowest=25, checkable=False)
        self.hand.show_tiles([Tile(f"hand-{one.id}", _(one.name), icon=one.icon) for one in PRESETS])
        column.box.addWidget(self.hand)
        column.box.addWidget(SectionHeader(kit.theme, _("To try things out")))
        self.trying = Tiles(kit.theme, kit.icons, _("To try things out"), narrowest=40, checkable=False)
        self.trying.show_tiles([Tile(_PRACTICE, _("Practice"), _("A group inside Belfry: reaches nobody"), icon="message-circle")])
        column.box.addWidget(self.trying)
        column.box.addStretch()
        for tiles in (self.alone, self.hand, self.trying):
            tiles.pressed.connect(self.choose)
        return column

    def _choose(self) -> None:
        self.token.leave()
        self.groups.leave()
        self._show(self.places, _("What do you want to connect?"), "")
        self.alone.buttons[0].setFocus()

    def _ask_token(self) -> None:
        self._show(self.token, _("Give the bot’s token again") if self._renewed else _("Make a bot for your community"), _("Go on"))
        server = connections.connection(self._kit.store, self._renewed).settings.get("server", "") if self._renewed else ""
        self.token.begin(renewing=bool(self._renewed), server=server)

    def _add_group(self, record: ConnectionRecord, identity: Identity | None) -> None:
        self._show(self.groups, _("Add {bot} to your group").format(bot=record.name), _("Done"))
        self.cancel.hide()
        self.forth.setEnabled(True)
        self.groups.begin(record, identity)

    def _show(self, page: QWidget, heading: str, forth: str) -> None:
        self.stack.setCurrentWidget(page)
        self.heading.setText(heading)
        self.forth.setText(forth)
        self.forth.setVisible(bool(forth))
        self.cancel.show()
        self.back.setVisible(page is self.by_hand or (page is self.token and not self._renewed))

    def _forth(self) -> None:
        match self.stack.currentWidget():
            case ByHandForm():
                self.by_hand.add()
            case TelegramToken():
                self.token.greet()
            case _:
                self.accept()

    def _greeted(self, identity: Identity) -> None:
        """The token is right: keep it off the UI thread, then go on to the groups."""
        kit, token, server = self._kit, self.token.secret, self.token.server_address
        vault, renewed = kit.program.secrets(), self._renewed
        if renewed:

            def done(_record: ConnectionRecord) -> None:
                kit.notices.say(_("{bot} can post again.").format(bot=identity.name))
                self.accept()

            kit.operations.start(
                "", lambda store, _progress: telegram_setup.renew_bot(store, vault, renewed, token, identity), done, failed=self._not_kept
            )
            return
        kit.operations.start(
            "",
            lambda store, _progress: telegram_setup.keep_bot(store, vault, token, server, identity),
            lambda record: self._add_group(record, identity),
            failed=self._not_kept,
        )

    def _not_kept(self, error: Exception) -> None:
        """The token could not be kept: where the place of the secrets is at fault, another one is offered, and what was typed stays."""
        self.token.refuse_error(error)
        match error:
            case NoKeyring():
                choose_place(self._kit, self, str(error), self.token.greet)
            case Locked():
                unlock(self._kit, self, self._unlocked)

    def _unlocked(self) -> None:
        unlocked(self._kit)
        self.token.greet()

    def _channel_made(self, channel_id: str) -> None:
        self.made.emit(channel_id)
        self.accept()

    def _end(self) -> None:
        self.token.leave()
        self.groups.leave()
