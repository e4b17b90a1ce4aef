"""Telegram, second step: the bot is added to groups, which appear by themselves; each is taken with one press, and tried with a message."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.actions import channel_edits, telegram_setup
from desktop.community.connections import ConnectionRecord
from desktop.ui.engine_calls import EngineCalls
from desktop.ui.kit import Kit
from desktop.ui.operations import Tell
from desktop.ui.theme import LARGE
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import ElidedLabel, label, restyle
from desktop.ui.widgets.lines import Column, SectionHeader
from desktop.ui.widgets.qr import QrCode
from integrations.base import Identity, Receipt, Target
from resources.translations import _


class TelegramGroups(Column):
    """The groups of one bot. One of these watches at a time.

    Signals:
        made: the id of a channel that was made.
    """

    made = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme, widest=720)
        self._kit = kit
        self._record: ConnectionRecord | None = None
        self._calls: EngineCalls | None = None
        self._link = ""
        self.rows: dict[str, GroupRow] = {}
        px, box = kit.theme.px, self.box
        self._greeting = label("", "good", wrap=True)
        self._greeting.setMinimumWidth(px(10))
        box.addWidget(self._greeting)
        top = QBoxLayout(_across(kit))
        top.setSpacing(px(3))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(
            label(
                _("Open this link on this computer, or point your phone’s camera at the code: Telegram asks which group, and adds the bot."),
                wrap=True,
            )
        )
        buttons = FlowLayout(px(1))
        self.add = button(_("Add it to a group"), lambda: kit.opener.open(self._link))
        self.copy = button(_("Copy the link"), lambda: self._copy(self._link, self.copy))
        buttons.addWidget(self.add)
        buttons.addWidget(self.copy)
        words.addLayout(buttons)
        self.not_admin = button(_("I’m not the admin there"), self._toggle, kind="link")
        self.not_admin.setCheckable(True)
        other = QHBoxLayout()
        other.addWidget(self.not_admin)
        other.addStretch()
        words.addLayout(other)
        words.addStretch()
        top.addLayout(words, 1)
        self._code = QrCode(kit.theme, 18)
        top.addWidget(self._code)
        box.addLayout(top)
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(px(1))
        asking.addWidget(
            label(_("Send this to whoever looks after the group. The group appears below as soon as they have pressed the link."), wrap=True)
        )
        self.message = QPlainTextEdit()
        self.message.setAccessibleName(_("Message to the admin"))
        self.message.setTabChangesFocus(True)
        self.message.setFixedHeight(self.message.fontMetrics().lineSpacing() * 6 + px(2.5))
        asking.addWidget(self.message)
        row = FlowLayout(px(1))
        self.copy_message = button(_("Copy the message"), lambda: self._copy(self.message.toPlainText(), self.copy_message))
        row.addWidget(self.copy_message)
        self.share = button(_("Send it with Telegram"), self._share)
        row.addWidget(self.share)
        asking.addLayout(row)
        box.addWidget(self._asking)
        self._asking.hide()
        self._head = SectionHeader(kit.theme, _("Groups"))
        box.addWidget(self._head)
        self._state = label("", "quiet", wrap=True)
        box.addWidget(self._state)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(px(1))
        box.addLayout(self._groups)
        self._test_label = label(_("The test message says:"), "quiet")
        self.test = QLineEdit()
        self.test.setAccessibleName(_("The test message"))
        box.addWidget(self._test_label)
        box.addWidget(self.test)
        box.addStretch()

    def begin(self, record: ConnectionRecord, identity: Identity | None) -> None:
        """Begin to watch for groups; it ends with `leave`. Without an identity the bot is asked for it first."""
        self._record = record
        self._calls = EngineCalls(self._kit.engine, self)
        self.test.setText(telegram_setup.test_message(self._kit.store.setting("name")))
        self._show_test()
        self._say(_("Asking Telegram …"))
        if identity is not None:
            self._greeted(identity)
        else:
            for each in (self.add, self.copy, self.not_admin):
                each.setEnabled(False)
            self._calls.ask(telegram_setup.check(self._kit.store, self._kit.program.secrets(), record), self._greeted, self._trouble)

    @property
    def said(self) -> str:
        """What is said of how it goes."""
        return self._state.text()

    def leave(self) -> None:
        """Watch no more."""
        if self._calls is not None:
            self._calls.end()
            self._calls = None

    def _greeted(self, identity: Identity) -> None:
        kit, record, calls = self._kit, self._record, self._calls
        if record is None or calls is None:
            return
        self._greeting.setText(
            " ".join([_("Hello, I am {bot} ({username}).").format(bot=identity.name, username=identity.id), *map(str, identity.remarks)])
        )
        self._link = telegram_setup.group_link(identity.id, telegram_setup.nonce())
        self._code.show_text(self._link)
        text = telegram_setup.admin_message(kit.store.setting("name"), identity.id)
        self.message.setPlainText(f"{text}\n{self._link}")
        for each in (self.add, self.copy, self.not_admin):
            each.setEnabled(True)
        self.add.setFocus()
        self._say(_("A group appears here as soon as the bot is in it. Waiting …"))

        def found(targets: Sequence[Target]) -> None:
            calls.bring(lambda: self._found(targets))

        def trouble(problem: str) -> None:
            calls.bring(lambda: self._trouble(problem))

        work = telegram_setup.watch_groups(kit.store, kit.program.secrets(), record, found, trouble)
        calls.ask(work, lambda _none: None, self._trouble)

    def _found(self, targets: Sequence[Target]) -> None:
        if self._record is None or self._calls is None:
            return
        known = telegram_setup.known_targets(self._kit.store, self._record.id)
        here = {target.id for target in targets}
        for gone in self.rows.keys() - here:
            row = self.rows.pop(gone)
            row.hide()
            row.deleteLater()
        for target in targets:
            row = self.rows.get(target.id) or self._new_row(target)
            row.show_target(target, known.get(target.id, ""))
        self._head.set_count(str(len(targets)) if targets else "")
        waiting = _("A group appears here as soon as the bot is in it. Waiting …")
        self._say(waiting if not targets else _("Not the right one? A group appears here as soon as the bot is in it."))
        self._show_test()

    def _new_row(self, target: Target) -> "GroupRow":
        row = self.rows[target.id] = GroupRow(self._kit, target)
        row.use.clicked.connect(lambda: self._use(row))
        row.try_it.clicked.connect(lambda: self._try(row))
        self._groups.addWidget(row)
        return row

    def _use(self, row: "GroupRow") -> None:
        record, target = self._record, row.target
        if record is None:
            return

        def added(channel_id: str) -> None:
            row.show_target(target, channel_id)
            row.try_it.setFocus()
            self._show_test()
            self.made.emit(channel_id)

        self._kit.operations.run(
            lambda store: channel_edits.add_channel(store, record.id, target.name or target.id, target.id, {}), added, tell=Tell.NOTHING
        )

    def _try(self, row: "GroupRow") -> None:
        if self._record is None or self._calls is None or not self.test.text().strip():
            return
        row.sending()
        work = telegram_setup.send_test(self._kit.store, self._kit.program.secrets(), self._record, row.target, self.test.text().strip())
        self._calls.ask(work, row.arrived, row.refused)

    def _show_test(self) -> None:
        shown = any(row.channel_id for row in self.rows.values())
        self._test_label.setVisible(shown)
        self.test.setVisible(shown)

    def _toggle(self) -> None:
        self._asking.setVisible(self.not_admin.isChecked())
        if self.not_admin.isChecked():
            self.copy_message.setFocus()

    def _share(self) -> None:
        text = self.message.toPlainText().replace(self._link, "").strip()
        self._kit.opener.open(telegram_setup.share_link(text, self._link))

    def _copy(self, text: str, pressed: object) -> None:
        QGuiApplication.clipboard().setText(text)
        self._kit.notices.say(_("Copied."), key="copied")

    def _trouble(self, problem: str) -> None:
        self._say(problem, "bad")

    def _say(self, text: str, look: str = "quiet") -> None:
        self._state.setText(text)
        restyle(self._state, look=look)


def _across(kit: Kit) -> QBoxLayout.Direction:
    """Side by side; one below the other where the text is so large that there is no room for that."""
    return QBoxLayout.Direction.TopToBottom if kit.theme.scale > LARGE else QBoxLayout.Direction.LeftToRight


class GroupRow(QWidget):
    """One group that the bot is in.

    Attributes:
        channel_id: of the channel that it has become; empty before.
    """

    def __init__(self, kit: Kit, target: Target) -> None:
        super().__init__()
        self._kit = kit
        self.target = target
        self.channel_id = ""
        self._link = ""
        px = kit.theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(0.25))
        both = QBoxLayout(_across(kit))
        both.setSpacing(px(1))
        row = QHBoxLayout()
        row.setSpacing(px(1))
        self._avatar = Avatar(kit.theme, 4)
        row.addWidget(self._avatar)
        self._name = ElidedLabel("", "strong")
        row.addWidget(self._name, 1)
        both.addLayout(row, 1)
        end = FlowLayout(px(1)) if kit.theme.scale > LARGE else QHBoxLayout()
        end.setSpacing(px(1))
        self._picture = label()
        self._picture.setPixmap(kit.icons.icon("circle-check", "good").pixmap(px(2), px(2)))
        end.addWidget(self._picture)
        self.state = label("", "good")
        end.addWidget(self.state)
        self.see = button(_("See it there"), lambda: kit.opener.open(self._link), kind="link")
        self.see.hide()
        end.addWidget(self.see)
        self.try_it = button(_("Send the test message"))
        end.addWidget(self.try_it)
        self.use = button(_("Use this group"), kind="primary")
        end.addWidget(self.use)
        both.addLayout(end)
        outer.addLayout(both)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        outer.addWidget(self.problem)

    def show_target(self, target: Target, channel_id: str) -> None:
        """Its name, and whether it is a channel already."""
        self.target = target
        name = target.name or target.id
        self._avatar.show_of(name, target.id)
        self._name.setText(name)
        self.use.setAccessibleName(_("Use the group {name}").format(name=name))
        self.try_it.setAccessibleName(_("Send the test message to {name}").format(name=name))
        if channel_id and not self.channel_id:
            self.state.setText(_("Is one of your channels"))
        self.channel_id = channel_id
        self._picture.setVisible(bool(channel_id))
        self.state.setVisible(bool(channel_id))
        self.use.setVisible(not channel_id)
        self.try_it.setVisible(bool(channel_id))

    def sending(self) -> None:
        """The test message is on its way."""
        self.try_it.setEnabled(False)
        self.problem.hide()
        self.state.setText(_("On its way …"))

    def arrived(self, receipt: Receipt) -> None:
        """The group has it."""
        self.try_it.setEnabled(True)
        self.try_it.setText(_("Send it again"))
        self.state.setText(_("The test message is there"))
        self._link = receipt.link
        self.see.setVisible(bool(receipt.link))

    def refused(self, problem: str) -> None:
        """It did not arrive, or may not have."""
        self.try_it.setEnabled(True)
        self.state.setText(_("Is one of your channels"))
        self.problem.setText(problem)
        self.problem.show()
