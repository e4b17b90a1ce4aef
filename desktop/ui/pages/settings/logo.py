"""The row of the logo: a picture is chosen, dropped or pasted, and can be taken away again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.actions import community
from desktop.community.errors import Refused, Trouble
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.logo import LogoMark, png, small
from desktop.ui.notices import Offer
from desktop.ui.operations import Tell
from desktop.ui.ports import Kind
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.flow import FlowLayout
from resources.translations import _, phrase

MOST_BYTES = 30_000_000
_KEY = "logo"


class LogoField(QWidget):
    """The picture as it is, and what can be done with it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setAcceptDrops(True)
        row = FlowLayout(kit.theme.px(1.5), parent=self)
        self.mark = LogoMark(kit.theme, kit.logo, 7)
        row.addWidget(self.mark)
        self.choose = button(_("Choose a picture …"), self._choose)
        self.remove = button(_("Take it away"), self._remove)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        kit.logo.changed.connect(self._show)
        self._show()

    def paste(self) -> None:
        """Take what is on the clipboard: a picture, or the file of one."""
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self._kit.notices.say(_("There is no picture on the clipboard. Copy one first."), key=_KEY)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A picture, or one file, may be dropped."""
        if event.mimeData().hasImage() or _file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """It is dropped."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _show(self) -> None:
        there = self._kit.logo.there
        if not there and self.remove.hasFocus():
            self.choose.setFocus()
        self.remove.setVisible(there)

    def _choose(self) -> None:
        self._kit.files.open(self, _("The logo"), [Kind(_("Pictures"), ("*.png", "*.jpg", "*.jpeg", "*.gif", "*.webp", "*.bmp"))], self._take_file)

    def _take(self, data: QMimeData) -> bool:
        """Whether there was anything to take."""
        file = _file(data)
        image = data.imageData() if data.hasImage() else None
        if file is not None:
            self._take_file(file)
        elif isinstance(image, QImage) and not image.isNull():
            self._keep(lambda: png(image))
        else:
            return False
        return True

    def _take_file(self, path: Path) -> None:
        self._keep(lambda: small(_content(path), path.name))

    def _keep(self, made: Callable[[], bytes]) -> None:
        """Keep what `made` gives, which takes long: beside the UI thread."""

        def work(store: Store, _progress: object) -> str:
            return community.set_logo(store, made())

        self._kit.operations.start(
            _("Making the logo small …"), work, lambda before: self._said(_("This is the logo now."), before), tell=Tell.NOTHING
        )

    def _remove(self) -> None:
        self._kit.operations.run(
            lambda store: community.change_logo(store, ""), lambda before: self._said(_("The logo is taken away."), before), tell=Tell.NOTHING
        )

    def _said(self, what: str, before: str) -> None:
        def back() -> None:
            self._kit.operations.run(lambda store: community.change_logo(store, before), tell=Tell.NOTHING)

        self._kit.notices.say(what, Offer(_("Undo"), back), key=_KEY)


def _file(data: QMimeData) -> Path | None:
    """The one file that is dragged or copied."""
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _content(path: Path) -> bytes:
    """What is in a file out of a foreign hand. Raises Refused or Trouble."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(phrase("{file} is too large for a logo: more than {n} MB. Nothing was changed.", file=path.name, n=MOST_BYTES // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise Trouble(phrase("{file} can't be read: {error}. Nothing was changed.", file=path.name, error=error.strerror or str(error))) from error
