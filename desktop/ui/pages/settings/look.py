"""How the window looks and speaks on this computer, and what it does when it is closed and when the person logs in."""

from PySide6.QtWidgets import QCheckBox

from desktop.ui.autostart import Autostart, login_command
from desktop.ui.habits import Closing, Habits
from desktop.ui.kit import Kit
from desktop.ui.pages.settings.choices import choice, show_choice
from desktop.ui.pages.settings.rows import Section
from desktop.ui.theme import Mode
from resources.translations import _

SCALE, LANGUAGE = "scale", "language"
"""The records of Settings that a window made anew comes back to."""
SCALES = ("1", "1.15", "1.3", "1.5", "1.75", "2")


class LookSection(Section):
    """Light or dark, the size of the text, the language, closing, start at log-in."""

    def __init__(self, kit: Kit, autostart: Autostart) -> None:
        super().__init__(kit.theme, _("This computer’s window"))
        self._kit = kit
        self._habits = Habits(kit.state)
        self._autostart = autostart
        modes = ((Mode.SYSTEM, _("Like the system")), (Mode.LIGHT, _("Light")), (Mode.DARK, _("Dark")))
        self.mode = choice([(mode.value, words) for mode, words in modes], self._keep_mode)
        self.add(_("Colours"), self.mode)
        self.scale = choice([(scale, f"{round(float(scale) * 100)} %") for scale in SCALES], self._keep_scale)
        self.add(_("Size of the text"), self.scale, _("Spaces grow with the text."))
        self.language = choice((("", _("Like the system")), ("en", "English"), ("pt", "Português")), self._keep_language)
        self.add(_("Language"), self.language)
        closings = ((Closing.TRAY.value, _("Keeps the sender going, in the tray")), (Closing.QUIT.value, _("Quits Belfry")))
        self.closing = choice(closings, self._keep_closing)
        self.add(_("Closing the window"), self.closing, _("Where the system has no tray, closing quits."))
        self.at_login = QCheckBox(_("Start when I log in"))
        self.at_login.setChecked(autostart.enabled)
        self.at_login.clicked.connect(self._keep_at_login)
        self.add_below(self.at_login)
        show_choice(self.closing, self._habits.closing.value)
        show_choice(self.mode, kit.theme.mode.value)
        show_choice(self.scale, f"{kit.theme.scale:g}")
        show_choice(self.language, kit.state.text("language"))

    def _keep_mode(self, value: str) -> None:
        self._kit.state.keep("look/mode", value)
        self._kit.theme.choose(mode=Mode(value))

    def _keep_scale(self, value: str) -> None:
        if value != f"{self._kit.theme.scale:g}":
            self._kit.state.keep("look/scale", value)
            self._kit.navigation.begin_anew(SCALE)

    def _keep_language(self, value: str) -> None:
        if value != self._kit.state.text("language"):
            self._kit.state.keep("language", value)
            self._kit.navigation.begin_anew(LANGUAGE)

    def _keep_closing(self, value: str) -> None:
        self._habits.close_as(Closing(value))

    def _keep_at_login(self, wanted: bool) -> None:
        try:
            if wanted:
                self._autostart.enable(login_command())
            else:
                self._autostart.disable()
        except OSError as error:
            self.at_login.setChecked(not wanted)
            self._kit.notices.problem(_("That could not be set: {error}. Nothing was changed.").format(error=error.strerror or error))
