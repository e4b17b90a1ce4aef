"""The ports of the real program: Qt's file dialogs and question, the system's own programs. None of them blocks."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.ui.ports import Kind
from desktop.ui.theme import Theme
from resources.translations import _


class NativeFileChooser:
    """`FileChooser` of the system. Remembers the folder for as long as the program runs."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def open(self, parent: QWidget, title: str, kinds: Sequence[Kind], then: Callable[[Path], object]) -> None:
        """Ask for a file that is there."""
        dialog = self._dialog(parent, title, kinds, then)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def save(self, parent: QWidget, title: str, name: str, kinds: Sequence[Kind], then: Callable[[Path], object]) -> None:
        """Ask where to write a file."""
        dialog = self._dialog(parent, title, kinds, then)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        dialog.open()

    def _dialog(self, parent: QWidget, title: str, kinds: Sequence[Kind], then: Callable[[Path], object]) -> QFileDialog:
        dialog = QFileDialog(parent, title, self._folder)
        self._theme.dress(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters([f"{kind.name} ({' '.join(kind.patterns)})" for kind in kinds])

        def chosen(name: str) -> None:
            self._folder = str(Path(name).parent)
            then(Path(name))

        dialog.fileSelected.connect(chosen)
        return dialog


class NativeAsker:
    """`Asker` as a message box; Cancel is what Enter and Escape press."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def ask(self, parent: QWidget, question: str, detail: str, yes: str, then: Callable[[], object]) -> None:
        """Ask, without blocking."""
        box = QMessageBox(QMessageBox.Icon.NoIcon, "", question, QMessageBox.StandardButton.Cancel, parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setInformativeText(detail)
        box.setTextFormat(Qt.TextFormat.PlainText)
        button = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
        button.setProperty("kind", "danger")
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        cancel = box.button(QMessageBox.StandardButton.Cancel)
        if cancel is not None:
            cancel.setText(_("Cancel"))
            cancel.setIcon(QIcon())  # some desktops put one there
        button.clicked.connect(lambda: then())
        self._theme.dress(box)
        box.open()


class NativeOpener:
    """`Opener` of the system."""

    def open(self, address: str) -> bool:
        """Open it with whatever the person uses for such things. Gives whether there is such a program."""
        url = QUrl(address) if ":" in address and not Path(address).is_absolute() else QUrl.fromLocalFile(address)
        return QDesktopServices.openUrl(url)
