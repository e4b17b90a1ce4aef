"""One connection at the side: who Belfry is there, whether the service still lets it in, and what to do where it does not."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.actions import channel_edits, telegram_setup
from desktop.actions.connect import service
from desktop.community.connections import ConnectionRecord
from desktop.community.errors import Refused
from desktop.community.instants import from_text
from desktop.store import connections
from desktop.ui.engine_calls import EngineCalls
from desktop.ui.kit import Kit
from desktop.ui.news import News
from desktop.ui.pages.channels import words
from desktop.ui.pages.channels.state_line import StateLine, pause_or_resume
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.edited import InPlace
from desktop.ui.widgets.inspector import Inspector
from desktop.ui.widgets.label import label
from integrations.base import Capability, Identity
from resources.translations import _


class ConnectionInspector(Inspector):
    """Shows and edits a connection.

    Signals:
        closed: the person is done with it.
        add_group, renew: steps that are wanted for the connection with this id.
    """

    closed = Signal()
    add_group = Signal(str)
    renew = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._record: ConnectionRecord | None = None
        self._calls = EngineCalls(kit.engine, self)
        px, box = kit.theme.px, self.box
        self.setAccessibleName(_("The connection"))
        box.setContentsMargins(0, px(1), 0, 0)
        head = QHBoxLayout()
        self._service = label("", "quiet")
        self._service.setContentsMargins(px(0.75) + 3, 0, 0, 0)
        head.addWidget(self._service)
        head.addStretch()
        head.addWidget(icon_button(kit.theme, kit.icons, "x", _("Close"), self.closed.emit))
        box.addLayout(head)
        self.name = InPlace(_("Name of the connection"), self._rename, look="title")
        box.addWidget(self.name)
        self._state = StateLine(kit)
        box.addWidget(self._state)
        self.check = button(_("Check it now"), self._check)
        self.group = button(_("Add a group …"), lambda: self.add_group.emit(self._id))
        self.token = button(_("Give the token again …"), lambda: self.renew.emit(self._id))
        self.pause = button("", self._pause)
        for each in (self.check, self.group, self.token, self.pause):
            box.addWidget(_alone(each))
        box.addSpacing(px(2))
        box.addWidget(_alone(button(_("Delete it with its channels"), self._delete, kind="danger")))
        box.addStretch()
        self.destroyed.connect(self._calls.end)

    @property
    def _id(self) -> str:
        return self._record.id if self._record else ""

    def show_connection(self, connection_id: str) -> bool:
        """Show this one as it is now. False where it is not there any more."""
        if self._record is not None and self._record.id != connection_id:
            self.keep()
        try:
            record = connections.connection(self._kit.store, connection_id)
            declared = service(record.service)
        except Refused:
            self._record = None
            return False
        self._record = record
        health = connections.health(self._kit.store, connection_id)
        self._service.setText(words.service_name(record.service))
        self.name.show_text(record.name)
        said = words.reason(health)
        if not said and health.identity and health.checked_at:
            when = self._kit.dates.away(from_text(health.checked_at))
            said = _("Belfry posts there as {identity}. Checked {when}.").format(identity=health.identity, when=when)
        elif not said and Capability.BY_HAND in declared:
            said = _("You post here yourself. Belfry writes the text, opens the place and keeps the list.")
        self._state.show_state(words.connection_word(record, health), said)
        self.check.setVisible(declared.connect is not None)
        self.group.setVisible(Capability.TARGETS in declared and record.service == telegram_setup.SERVICE)
        self.token.setVisible(any(field.secret for field in declared.fields))
        self.pause.setText(_("Resume") if health.paused else _("Pause all of it"))
        return True

    def keep(self) -> None:
        """Keep what is being typed."""
        self.name.keep()

    def _rename(self, text: str) -> None:
        row_id = self._id
        self._kit.operations.run(
            lambda store: channel_edits.rename_connection(store, row_id, text), failed=lambda error: self.name.refuse(str(error))
        )

    def _check(self) -> None:
        if self._record is None:
            return
        self.check.setEnabled(False)
        self.check.setText(_("Asking …"))
        work = telegram_setup.check(self._kit.store, self._kit.program.secrets(), self._record)
        self._calls.ask(work, self._checked, self._not_checked)

    def _checked(self, identity: Identity) -> None:
        self._asked()
        text = _("It works: Belfry posts there as {identity}.").format(identity=identity.name)
        self._kit.notices.say(" ".join([text, *(str(remark) for remark in identity.remarks)]))

    def _not_checked(self, problem: str) -> None:
        self._asked()
        self._kit.notices.problem(problem)

    def _asked(self) -> None:
        self.check.setEnabled(True)
        self.check.setText(_("Check it now"))
        self._kit.operations.news.emit(News(frozenset({"health"})))

    def _pause(self) -> None:
        pause_or_resume(self._kit, self._id)

    def _delete(self) -> None:
        row_id = self._id
        self._kit.operations.run(lambda store: channel_edits.delete_connection(store, row_id))


def _alone(child: QWidget) -> QWidget:
    """A button no wider than its words."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(child)
    row.addStretch()
    return holder
