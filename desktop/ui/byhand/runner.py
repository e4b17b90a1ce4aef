"""“Post by hand”: walks through all that waits, one step at a time, and ends with “5 of 5, nothing twice”."""

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import by_hand
from desktop.actions.by_hand import Step
from desktop.store import files
from desktop.store.database import Store
from desktop.ui.byhand.step_view import StepView
from desktop.ui.byhand.walk import Doing, Move, Walk, hint, said
from desktop.ui.kit import Kit
from desktop.ui.news import News
from desktop.ui.notices import Tone
from desktop.ui.operations import Aside, Tell
from desktop.ui.pages.page import Entry, Page
from desktop.ui.ports import Kind
from desktop.ui.theme import LARGE
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import Column, line
from resources.translations import _, ngettext

THUMBNAIL = 22  # units of the grid


class Runner(Page):
    """Shows the step that is to be done now; the others wait below it.

    Signals:
        left: the person wants to go back to where they came from.
    """

    left = Signal()

    def __init__(self, kit: Kit, entry: Entry) -> None:
        super().__init__(kit, entry)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside everything leaves the keys here
        self._walks: dict[str, Walk] = {}
        self._order: list[str] = []
        self._at = ""
        self._posted = 0
        px = kit.theme.px
        self._count = label("", "quiet")
        self.head.addWidget(self._count)
        self.head.addStretch()
        self.head.addWidget(button(_("Back"), self.left.emit))
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        walking = QWidget()
        box = QVBoxLayout(walking)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        column = Column(kit.theme, widest=860)
        self.view = StepView(kit.theme, kit.icons)
        self.view.go_to.connect(self.show_step)
        self.view.tick_place.connect(lambda delivery_id: self._tick((delivery_id,)))
        self.view.tick_steps.connect(self._tick_steps)
        self._hint = label("", "quiet", wrap=True)
        large = kit.theme.scale > LARGE
        if large:
            column.box.addWidget(self._hint)
        column.box.addWidget(self.view)
        column.box.addStretch()
        column.setMinimumHeight(1)  # in a small window with large text the buttons go first
        box.addWidget(column, 1)
        box.addWidget(line())
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(px(3), px(1), px(3), px(1.5))
        foot.setSpacing(px(1))
        if not large:
            foot.addWidget(self._hint)
        buttons = FlowLayout(px(1))
        self.forth = button("", self._forth, kind="primary")
        self.later = button(_("Later"), self._later)
        self.never = button(_("Do not post it"), self._never)
        for each in (self.forth, self.later, self.never):
            buttons.addWidget(each)
        foot.addLayout(buttons)
        box.addWidget(self._foot)
        self._stack.addWidget(walking)
        self._back = button(_("Back"), self.left.emit, kind="primary")
        self._done = Empty(kit.theme, kit.icons, "circle-check", "", "", [self._back])
        self._stack.addWidget(self._done)

    def begin(self, delivery_id: str = "") -> None:
        """Show what waits now, at the step of this delivery, with the focus where the next key goes."""
        self._posted = 0
        self._read()
        wanted = next((key for key, walk in self._walks.items() if delivery_id in walk.step.ids), "") if delivery_id else ""
        self._at = wanted or self._at or next(iter(self._order), "")
        self._show()
        self._focus()

    def refresh(self, news: News) -> None:
        """Others may have ticked something off, or something new waits."""
        if news.touches("delivery", "announcement", "channel", "connection"):
            self._read()
            self._show()

    def arrive(self) -> None:
        """Work begins at the button."""
        self._focus()

    def foot(self) -> QWidget | None:
        """The buttons of the step."""
        return self._foot if self._at else None

    def show_step(self, key: str) -> None:
        """Go to another step."""
        if key in self._walks:
            self._at = key
            self._show()
            self._focus()

    @property
    def step(self) -> Step | None:
        """The step that is shown; None where nothing waits."""
        walk = self._walks.get(self._at)
        return walk.step if walk else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the code for the phone, or goes back."""
        if event.key() == Qt.Key.Key_Escape:
            if self.view.phone.isVisible() and self.view.phone.isChecked():
                self.view.phone.click()
                self.view.phone.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def _read(self) -> None:
        place = self._order.index(self._at) if self._at in self._order else 0
        steps = {step.key: step for step in by_hand.waiting(self.kit.store)}
        for key, step in steps.items():
            if key in self._walks:
                self._walks[key].follow(step)
            else:
                self._walks[key] = Walk(step)
        for key in self._walks.keys() - steps.keys():
            del self._walks[key]
        self._order = list(steps)
        if self._at not in steps:
            self._at = self._order[min(place, len(self._order) - 1)] if self._order else ""

    def _show(self) -> None:
        walk = self._walks.get(self._at)
        waits = sum(len(one.step.places) for one in self._walks.values())
        whole = waits + self._posted
        self._count.setText(_("{done} of {all} posted").format(done=self._posted, all=whole) if waits else "")
        self._stack.setCurrentIndex(0 if walk else 1)
        if walk is None:
            self._say_done()
            return
        others = [self._walks[key].step for key in self._order if key != self._at]
        self.view.show_walk(walk, others, self.kit.dates)
        if walk.step.photo is not None:
            self._load_thumbnail(walk.step)
        move = walk.next
        self.forth.setText(said(walk.step, move))
        self._hint.setText(hint(walk.step, move))
        self.later.setVisible(len(self._order) > 1)

    def _say_done(self) -> None:
        if self._posted:
            n = self._posted
            self._done.say(
                ngettext("{n} of {n} posted, nothing twice", "{n} of {n} posted, nothing twice", n).format(n=n), _("Thank you. Nothing more waits.")
            )
        else:
            self._done.say(
                _("Nothing waits to be posted by hand"), _("When something is due that you post yourself, it stands here, ready to be copied.")
            )
        if self.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self) -> None:
        (self.forth if self._at else self._back).setFocus(Qt.FocusReason.TabFocusReason)

    # The button

    def _forth(self) -> None:
        walk = self._walks.get(self._at)
        if walk is not None:
            self._make(walk, walk.next)

    def _make(self, walk: Walk, move: Move) -> None:
        match move.doing:
            case Doing.OPEN:
                QGuiApplication.clipboard().setText(walk.step.text)
                address = by_hand.address_to_open(walk.step, move.place)
                if address:
                    self.kit.opener.open(address)
                self._made(walk, move)
            case Doing.PICTURE:
                self._copy_picture(walk, move)
            case Doing.DOCUMENT:
                self._save_document(walk, move)
            case Doing.TICK:
                self._tick(walk.step.ids)

    def _made(self, walk: Walk, move: Move) -> None:
        walk.done.add(move)
        self._show()

    def _tick(self, delivery_ids: Iterable[str]) -> None:
        ids = tuple(delivery_ids)

        def ticked(n: int) -> None:
            self._posted += n
            if n:
                words = ngettext("{n} posting is ticked off.", "{n} postings are ticked off.", n).format(n=n)
                self.kit.operations.put_aside(Aside(words), tell=Tell.NOTHING)
            self._read()
            self._show()
            self._focus()

        self.kit.operations.run(lambda store: by_hand.tick(store, ids), ticked, tell=Tell.NOTHING)

    def _tick_steps(self, keys: list[str]) -> None:
        self._tick([row_id for key in keys if key in self._walks for row_id in self._walks[key].step.ids])

    def _later(self) -> None:
        """The next one; this one comes again after the others."""
        if self._at in self._order:
            self.show_step(self._order[(self._order.index(self._at) + 1) % len(self._order)])

    def _never(self) -> None:
        step = self.step
        if step is None:
            return

        def left(n: int) -> None:
            text = ngettext("“{text}” is not posted.", "“{text}” is not posted in {n} places.", n).format(text=step.summary, n=n)
            self.kit.operations.put_aside(Aside(text, lambda: self._take_up(step)))
            self._focus()

        self.kit.operations.run(lambda store: by_hand.leave(store, step.ids), left, tell=Tell.NOTHING)

    def _take_up(self, step: Step) -> None:
        self.kit.operations.run(lambda store: by_hand.take_up(store, step.ids), tell=Tell.NOTHING)

    # Files: read and decoded on the worker

    def _copy_picture(self, walk: Walk, move: Move) -> None:
        photo = walk.step.photo
        if photo is None:
            return

        def copy(image: QImage | None) -> None:
            if image is None:
                self._lost(photo.name)
                return
            data = QMimeData()
            data.setImageData(image)
            QGuiApplication.clipboard().setMimeData(data)
            self._made(walk, move)

        self.kit.operations.start("", lambda store, _progress: _picture(store, photo.sha256, QSize()), copy, tell=Tell.NOTHING)

    def _load_thumbnail(self, step: Step) -> None:
        photo = step.photo
        if photo is None or self.view.has_picture(photo.sha256):
            return
        side = round(self.kit.theme.px(THUMBNAIL) * self.devicePixelRatioF())
        self.kit.operations.start(
            "",
            lambda store, _progress: _picture(store, photo.sha256, QSize(side, side)),
            lambda image: self.view.show_picture(photo.sha256, image),
            tell=Tell.NOTHING,
        )

    def _save_document(self, walk: Walk, move: Move) -> None:
        document = walk.step.document
        if document is None:
            return

        def write(store: Store, path: object) -> bool:
            from pathlib import Path

            content = files.content(store, document.sha256)
            if content is not None:
                Path(str(path)).write_bytes(content)
            return content is not None

        def saved(kept: bool) -> None:
            if kept:
                self._made(walk, move)
            else:
                self._lost(document.name)

        self.kit.files.save(
            self,
            _("Save the file"),
            document.name,
            [Kind(_("All files"), ("*",))],
            lambda path: self.kit.operations.start("", lambda store, _progress: write(store, path), saved, tell=Tell.NOTHING),
        )

    def _lost(self, name: str) -> None:
        self.kit.notices.say(_("{file} is not in the community any more, so it can't be copied.").format(file=name), tone=Tone.WARN)


def _picture(store: Store, sha256: str, most: QSize) -> QImage | None:
    """A picture of the community, no larger than `most` where that is a size; None where there is none. Not on the UI thread."""
    content = files.content(store, sha256)
    if content is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if most.isValid() and reader.size().isValid():
        reader.setScaledSize(reader.size().scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
