"""Photos of the store for lists and inspectors: read and made small beside the UI thread, kept for as long as there is room."""

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop.store import files
from desktop.store.database import Store
from desktop.ui.reading import Reader

SIDE = 192  # pixels: enough for the largest avatar on a fine screen
KEPT = 300


class Photos(QObject):
    """Square photos by the hash of their content.

    Signals:
        arrived: the hash of a photo that can be had now.
    """

    arrived = Signal(str)

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._asked: set[str] = set()

    def get(self, sha256: str) -> QPixmap | None:
        """The photo; None while it is not there yet (`arrived` follows), where there is none, or where it can't be read."""
        if not sha256:
            return None
        found = self._kept.get(sha256)
        if found is None and sha256 not in self._asked:
            self._asked.add(sha256)
            self._reader.ask(f"photo/{sha256}", partial(_small, sha256=sha256), partial(self._take, sha256))
        return found if found is not None and not found.isNull() else None

    def _take(self, sha256: str, image: QImage) -> None:
        self._asked.discard(sha256)
        self._kept[sha256] = QPixmap.fromImage(image)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(sha256)


def _small(store: Store, sha256: str) -> QImage:
    """The middle of the picture as a small square; a null image where it is none."""
    image = QImage.fromData(files.content(store, sha256) or b"")
    if image.isNull():
        return image
    small = image.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
    return small.copy((small.width() - SIDE) // 2, (small.height() - SIDE) // 2, SIDE, SIDE)
