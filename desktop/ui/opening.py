"""Opens things in other programs; where none of them answers, says so and offers the link, the address or the path to be copied."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.dialogs.sheet import Sheet
from desktop.ui.notices import Notices, Offer
from desktop.ui.ports import Opener
from desktop.ui.theme import Theme
from resources.translations import _

KEY = "opening"
_MOST = 60  # characters of a link in a sentence


@dataclass(frozen=True, slots=True)
class Unopened:
    """What is said of something that no program took.

    Attributes:
        copied: what goes onto the clipboard.
        copy: the words on the button.
    """

    sentence: str
    copied: str
    copy: str


class Opening:
    """An `Opener` that is never silent: a toast, or a sheet over the dialog that is open, says that nothing was opened."""

    def __init__(self, opener: Opener, notices: Notices, theme: Theme) -> None:
        self._opener, self._notices, self._theme = opener, notices, theme

    def open(self, address: str) -> bool:
        """Open it, or tell. Gives whether another program took it."""
        if self._opener.open(address):
            return True
        found = unopened(address)
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QWidget):  # a toast lies below it, out of reach
            NotOpened(self._theme, found, dialog).open()
        else:
            self._notices.problem(found.sentence, Offer(found.copy, lambda: self._copy(found)), key=KEY)
        return False

    def _copy(self, found: Unopened) -> None:
        QGuiApplication.clipboard().setText(found.copied)
        self._notices.say(_("Copied. Paste it where you need it."), key=KEY)


class NotOpened(Sheet):
    """Says it over a dialog."""

    def __init__(self, theme: Theme, found: Unopened, parent: QWidget) -> None:
        super().__init__(theme, _("Nothing was opened"), found.sentence, found.copy, self._copy, parent, size=(56, 24))
        self._found = found

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._found.copied)
        self.accept()


def unopened(address: str) -> Unopened:
    """What to say of a web address, of `mailto:`, `tel:`, `tg:` …, or of the path of a file or folder."""
    parts = urlsplit(address)
    if Path(address).is_absolute() or not parts.scheme:
        return Unopened(_("This computer has no program that could show {place}.").format(place=address), address, _("Copy the path"))
    if parts.scheme in ("http", "https"):
        sentence = _("This computer opened no browser for {link}.").format(link=parts.netloc)
        return Unopened(sentence, address, _("Copy the link"))
    if parts.scheme in ("mailto", "tel", "sms"):
        reached = unquote(parts.path)
        return Unopened(
            _("This computer has no program that could write to {address} or call there.").format(address=reached), reached, _("Copy the address")
        )
    return Unopened(_("This computer has no program that opens {link}.").format(link=address[:_MOST]), address, _("Copy the link"))
