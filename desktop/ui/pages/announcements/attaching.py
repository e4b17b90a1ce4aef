"""How a photo or document comes to an announcement: chosen, dropped or pasted. Reading and decoding happen on the worker, also for 20 MB."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.actions import announce, announcement_edits
from desktop.community.announcements import Announcement
from desktop.community.errors import BelfryError, Refused
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.notices import Offer
from desktop.ui.operations import Tell, explained
from desktop.ui.pages.announcements.attached_box import AttachedBox, image_of, png_of
from desktop.ui.ports import Kind as FileKind
from integrations.message import Attachment, AttachmentKind
from resources.translations import _, ngettext, phrase

_FETCHED = "announcements/files"
_PHOTOS = ("*.jpg", "*.jpeg", "*.png", "*.gif", "*.webp")


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read. `image`: as it is shown; null for a document, and for what can't be drawn. `name`: under which it is kept."""

    file: Attachment
    image: QImage
    name: str


class Attaching(QObject):
    """Fills an `AttachedBox`.

    Attributes:
        busy: a file is being read.
        fetching: it is that of the announcement that is shown, and so long nothing is attached.
    Signals:
        changed: `busy` has changed.
        fetched: the files of the announcement are attached.
        unreadable: they can't be read: why.
    """

    changed = Signal()
    fetched = Signal()
    unreadable = Signal(str)

    def __init__(self, kit: Kit, box: AttachedBox, window: QWidget) -> None:
        super().__init__(window)
        self._kit, self._box, self._window = kit, box, window
        self._round = 0
        self._kept: tuple[Attachment, str] | None = None
        self.busy = self.fetching = False

    @property
    def names(self) -> tuple[str, ...]:
        """For each of the files that are attached its name in the community, empty where it is not known."""
        return tuple(self._kept[1] if self._kept is not None and one is self._kept[0] else "" for one in self._box.files)

    def begin_with(self, announcement: Announcement) -> None:
        """Another announcement is shown: its files, which may be large, are read beside the UI thread."""
        self.begin(())
        if announcement.photo is None and announcement.document is None:
            return
        self.fetching = True
        self._set_busy(True)
        now = self._round

        def read(store: Store) -> tuple[Attachment, ...] | BelfryError:
            try:
                return announcement_edits.attachments(store, announcement)
            except BelfryError as error:
                return error

        self._kit.reader.ask(_FETCHED, read, lambda found: self._fetch(now, found))

    def begin(self, files: Sequence[Attachment]) -> None:
        """Another announcement is shown, with these files: what is still being read for the one before is not for it."""
        self._round += 1
        self.fetching = False
        self._set_busy(False)
        self._box.attach(files, told=False)
        for file in files[:1]:
            self._work(partial(_read, file), self._drawn)

    def choose_photo(self) -> None:
        """Ask for a file."""
        kinds = [FileKind(_("Photos"), _PHOTOS)]
        self._kit.files.open(self._window, _("Add a photo"), kinds, lambda path: self._take(path, AttachmentKind.PHOTO))

    def choose_document(self) -> None:
        """Ask for a file."""
        kinds = [FileKind(_("All files"), ("*",))]
        self._kit.files.open(self._window, _("Add a document"), kinds, lambda path: self._take(path, AttachmentKind.DOCUMENT))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files were dropped or pasted: the first goes with it, and where there are more, that is said."""
        path = paths[0]
        photo = f"*{path.suffix.lower()}" in _PHOTOS
        self._take(path, AttachmentKind.PHOTO if photo else AttachmentKind.DOCUMENT)
        if len(paths) > 1:
            sentence = ngettext(
                "One file can go with an announcement: {name} does, {n} other does not.",
                "One file can go with an announcement: {name} does, {n} others do not.",
                len(paths) - 1,
            )
            self._kit.notices.say(sentence.format(name=path.name, n=len(paths) - 1))

    def take_picture(self, image: QImage) -> None:
        """A picture was pasted."""
        name = _("photo.png")

        def read(store: Store) -> _Read:
            content = png_of(image)
            shown = image_of(content)
            if shown.isNull():
                raise Refused(phrase("This picture can't be read. Save it as a file, then drop that here."))
            made = Attachment(AttachmentKind.PHOTO, name, "image/png", content)
            return _Read(made, shown, announcement_edits.keep_file(store, made))

        self._set_busy(True)
        self._work(read, self._attach)

    def _take(self, path: Path, kind: AttachmentKind) -> None:
        def read(store: Store) -> _Read:
            return _read(announce.attachment(path, kind), store)

        self._set_busy(True)
        self._work(read, self._attach)

    def _work(self, read: Callable[[Store], _Read], then: Callable[[_Read], object]) -> None:
        now = self._round
        self._kit.operations.start(
            "",
            lambda store, _progress: read(store),
            lambda done: then(done) if now == self._round else None,
            tell=Tell.NOTHING,
            failed=partial(self._failed, now),
        )

    def _fetch(self, round_: int, found: tuple[Attachment, ...] | BelfryError) -> None:
        if round_ != self._round or not self.fetching:
            return  # another one is shown by now, or the person has given it another file
        self.begin(found if not isinstance(found, BelfryError) else ())
        if isinstance(found, BelfryError):
            self.unreadable.emit(str(found))
        else:
            self.fetched.emit()

    def _attach(self, read: _Read) -> None:
        before = self._box.files
        self.fetching = False
        self._set_busy(False)
        self._kept = (read.file, read.name)
        self._box.attach((read.file,), read.image)
        if before and before[0].content != read.file.content:
            text = _("{new} goes with it in the place of {old}.").format(new=read.file.name, old=before[0].name)
            self._kit.notices.say(text, Offer(_("Undo"), partial(self._put_back, self._round, before)))

    def _put_back(self, round_: int, files: Sequence[Attachment]) -> None:
        if round_ == self._round:
            self.begin(files)
            self._box.changed.emit()

    def _drawn(self, read: _Read) -> None:
        if read.file in self._box.files:
            self._kept = (read.file, read.name)
            if not read.image.isNull():
                self._box.show_picture(read.image)

    def _failed(self, round_: int, error: Exception) -> None:
        if round_ == self._round:
            self._set_busy(False)
        if isinstance(error, explained()):
            self._kit.notices.problem(str(error))

    def _set_busy(self, busy: bool) -> None:
        if self.busy != busy:
            self.busy = busy
            self.changed.emit()


def _read(file: Attachment, store: Store) -> _Read:
    """On the worker: what is shown of it, and its name in the community, where it is kept now."""
    return _Read(file, image_of(file.content) if file.kind is AttachmentKind.PHOTO else QImage(), announcement_edits.keep_file(store, file))
