"""Telegram, first step: a bot of the community's own. BotFather is opened with everything ready; its answer is recognised on the clipboard."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.actions import telegram_setup
from desktop.community.ports import Secret
from desktop.ui.engine_calls import EngineCalls
from desktop.ui.kit import Kit
from desktop.ui.pages.channels.steps import copied_row, numbered
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.label import label, restyle
from desktop.ui.widgets.lines import Column
from integrations.base import Identity
from resources.translations import _


class TelegramToken(Column):
    """Asks for the token.

    Signals:
        ready: whether a token is there to be tried.
        greeted: an Identity: Telegram knows the bot.
    """

    ready = Signal(bool)
    greeted = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme, widest=640)
        self._kit = kit
        self._calls: EngineCalls | None = None
        self._watching = False
        px, box = kit.theme.px, self.box
        names = telegram_setup.bot_names(kit.store.setting("name"))
        self._names = names
        self._intro = label(
            _("In Telegram, a program posts through a bot: a member of the group that only speaks. Making one takes two minutes and costs nothing."),
            "quiet",
            wrap=True,
        )
        box.addWidget(self._intro)
        self.open = button(_("Open BotFather"), self._open)
        self._making = [
            numbered(
                kit.theme, 1, _("Open BotFather, Telegram’s own bot for this. “/newbot” is written there already: press send."), [_lead(self.open)]
            ),
            numbered(
                kit.theme,
                2,
                _("It asks for a name, then for a username. Here are two that fit; is the username taken, put something before “_bot”."),
                [copied_row(kit, names.name, _("Copy the name")), copied_row(kit, names.username, _("Copy the username"))],
            ),
        ]
        for each in self._making:
            box.addWidget(each)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(_("The bot’s token"))
        self.line.setPlaceholderText(_("The token appears here by itself"))
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.greet)
        self._state = label("", "quiet", wrap=True)
        self._last = numbered(
            kit.theme, 3, _("It answers with a token, the bot’s key. Copy its whole message: Belfry finds the token in it."), [self.line, self._state]
        )
        box.addWidget(self._last)
        self.advanced = button(_("Advanced"), self._toggle, kind="link")
        self.advanced.setCheckable(True)
        box.addWidget(_lead(self.advanced))
        self.server = QLineEdit()
        self.server.setAccessibleName(_("Address of your own Bot API server"))
        self.server.setPlaceholderText("https://…")
        self.server.returnPressed.connect(self.greet)
        self._server_label = label(_("Only for communities that run a Bot API server of their own: its address"), "quiet", wrap=True)
        box.addWidget(self._server_label)
        box.addWidget(self.server)
        box.addSpacing(px(1))
        box.addStretch()
        self._toggle()

    @property
    def secret(self) -> Secret:
        """What was given."""
        return Secret(self.line.text().strip())

    @property
    def server_address(self) -> str:
        """The server, where one was given."""
        return self.server.text().strip()

    def begin(self, *, renewing: bool = False, server: str = "") -> None:
        """Begin to look at the clipboard; it ends with `leave`. `server`: of the connection that gets its token again."""
        if renewing:
            self.server.setText(server)
        for each in self._making:
            each.setVisible(not renewing)
        self._intro.setText(
            _("In Telegram, open @BotFather, send /token, choose the bot, and copy its answer. Belfry finds the token in it.")
            if renewing
            else self._intro.text()
        )
        self._calls = self._calls or EngineCalls(self._kit.engine, self)
        self._say(_("Waiting for the token …"))
        if not self._watching:
            self._watching = True
            QGuiApplication.clipboard().dataChanged.connect(self.look)
        self.ready.emit(False)
        self.look()
        (self.line if renewing else self.open).setFocus()

    @property
    def said(self) -> str:
        """What is said of how it goes."""
        return self._state.text()

    def leave(self) -> None:
        """Look no more, ask no more."""
        if self._watching:
            self._watching = False
            QGuiApplication.clipboard().dataChanged.disconnect(self.look)
        if self._calls is not None:
            self._calls.end()
            self._calls = None
        self.line.clear()

    def look(self) -> None:
        """See whether a token was copied."""
        if self._calls is None or self._calls.busy:
            return
        token = telegram_setup.token_in(QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard))
        if token and token != self.line.text().strip():
            self.line.setText(token)
            self.greet()

    def greet(self) -> None:
        """Ask Telegram whose token this is."""
        token = telegram_setup.token_in(self.line.text()) or self.line.text().strip()
        if self._calls is None or self._calls.busy or not token:
            return
        problem = telegram_setup.credentials_problem(token, self.server_address)
        if problem is not None:
            self.refuse(str(problem))
            return
        self.line.setText(token)
        self._say(_("Here is a token. Asking Telegram whose it is …"))
        self.ready.emit(False)
        self._calls.ask(telegram_setup.greet(self._kit.store, Secret(token), self.server_address), self._greeted, self.refuse)

    def refuse(self, problem: str) -> None:
        """It can't be used; the person may mend it."""
        self._say(problem, "bad")
        self.ready.emit(bool(self.line.text().strip()))

    def refuse_error(self, error: Exception) -> None:
        """The same, for an error."""
        self.refuse(str(error))

    def changeEvent(self, event: QEvent) -> None:
        """Where the system tells of copies only to the window in front (Wayland), look when it becomes that."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._watching and self.isActiveWindow():
            self.look()

    def _greeted(self, identity: Identity) -> None:
        self._say(_("Hello, {bot}!").format(bot=identity.name), "good")
        self.greeted.emit(identity)

    def _open(self) -> None:
        QGuiApplication.clipboard().setText(self._names.name)
        self._kit.opener.open(telegram_setup.BOTFATHER)
        self._say(_("The name is copied. Send /newbot there, then paste it."))

    def _typed(self, text: str) -> None:
        self.ready.emit(bool(text.strip()))

    def _toggle(self) -> None:
        shown = self.advanced.isChecked()
        self.server.setVisible(shown)
        self._server_label.setVisible(shown)

    def _say(self, text: str, look: str = "quiet") -> None:
        self._state.setText(text)
        restyle(self._state, look=look)


def _lead(child: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(child)
    row.addStretch()
    return holder
