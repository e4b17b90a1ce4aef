"""One step drawn: where it goes, the text and the picture, the code for the phone; and below it what else waits, to be ticked off together."""

import math
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.actions.by_hand import LONGEST_FOR_A_PHONE, Place, PlaceKind, Step, address_to_open
from desktop.ui.byhand.walk import Doing, Walk
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.theme import Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import SectionHeader, line
from desktop.ui.widgets.qr import QrCode
from desktop.ui.widgets.tick import Tick
from resources.translations import _, ngettext

MOST_LINES, FEWEST_LINES = 9, 3


class StepView(QWidget):
    """Shows a walk.

    Signals:
        go_to: the key of another step.
        tick_place: the delivery of one place.
        tick_steps: the keys of the steps that were chosen below.
    """

    go_to = Signal(str)
    tick_place = Signal(str)
    tick_steps = Signal(list)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._walk: Walk | None = None
        self._pictures: dict[str, QPixmap] = {}
        px = theme.px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(1))
        self._due = label("", "quiet", wrap=True)
        box.addWidget(self._due)
        self._places = QVBoxLayout()
        self._places.setSpacing(px(0.5))
        box.addLayout(self._places)
        box.addSpacing(px(1))
        self._copied = QWidget()
        middle = QGridLayout(self._copied)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setHorizontalSpacing(px(3))
        middle.setVerticalSpacing(px(1))
        middle.setColumnStretch(0, 1)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("The text, as it is copied"))
        self.text.setTabChangesFocus(True)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        middle.addWidget(self.text, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._document = label("", "quiet", wrap=True)
        side = QVBoxLayout()
        side.setSpacing(px(1))
        side.addWidget(self._picture)
        side.addWidget(self._document)
        side.addStretch()
        middle.addLayout(side, 0, 1)
        box.addWidget(self._copied)
        self._phone_panel = QWidget()
        panel = QHBoxLayout(self._phone_panel)
        panel.setContentsMargins(0, 0, 0, 0)
        panel.setSpacing(px(2))
        self._code = QrCode(theme, 26)
        panel.addWidget(self._code, 0, Qt.AlignmentFlag.AlignTop)
        self._phone_words = label("", "quiet", wrap=True)
        panel.addWidget(self._phone_words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._phone_panel.hide()
        box.addWidget(self._phone_panel)
        self.phone = button(f"\u2002{_('Open on my phone')}", self._show_phone)  # Qt puts the icon too near to the words
        self.phone.setAccessibleName(_("Open on my phone"))
        self.phone.setCheckable(True)
        self.phone.setIcon(icons.icon("qr-code"))
        row = QHBoxLayout()
        row.addWidget(self.phone)
        row.addStretch()
        box.addLayout(row)
        self._rest = QWidget()
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, px(2), 0, 0)
        rest.setSpacing(px(0.5))
        rest.addWidget(line())
        self.tick_chosen = button(_("Tick off the chosen"), self._tick_chosen)
        self._rest_head = SectionHeader(theme, _("Also waiting"), [self.tick_chosen])
        rest.addWidget(self._rest_head)
        rest.addWidget(label(_("Posted some of them already? Choose them here and tick them off together."), "quiet", wrap=True))
        self._others = QVBoxLayout()
        self._others.setSpacing(px(0.25))
        rest.addLayout(self._others)
        box.addWidget(self._rest)
        self.boxes: dict[str, Tick] = {}
        self._fitting = QTimer(self, singleShot=True, interval=0)  # not while everything is being laid out
        self._fitting.timeout.connect(self._fit)
        self.text.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fitting.start())  # other lines at another width
        theme.changed.connect(self._fit)

    def show_walk(self, walk: Walk, others: Sequence[Step], dates: Dates) -> None:
        """Show this step, and the others below."""
        self._walk = walk
        step = walk.step
        self._due.setText(_("“{text}” · due {when}").format(text=step.summary, when=dates.moment(step.due_at)))
        self._due.setToolTip(dates.full(step.due_at))
        _clear(self._places)
        for place in step.places:
            self._places.addWidget(self._place_row(walk, place))
        if self.text.toPlainText() != step.text:
            self.text.setPlainText(step.text)
        self._fit()
        picture = self._pictures.get(step.photo.sha256) if step.photo else None
        self._picture.setVisible(picture is not None)
        if picture is not None and step.photo is not None:
            self._picture.setPixmap(picture)
            self._picture.setAccessibleName(step.photo.name)
        self._document.setVisible(step.document is not None)
        self._document.setText(step.document.name if step.document else "")
        self._show_phone()
        self._show_others(others, dates)

    def has_picture(self, sha256: str) -> bool:
        """Whether this picture has been loaded."""
        return sha256 in self._pictures

    def show_picture(self, sha256: str, image: QImage | None) -> None:
        """A picture has been loaded."""
        if image is None:
            return
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._pictures[sha256] = pixmap
        if self._walk is not None and self._walk.step.photo is not None and self._walk.step.photo.sha256 == sha256:
            self._picture.setPixmap(pixmap)
            self._picture.setAccessibleName(self._walk.step.photo.name)
            self._picture.show()

    def _place_row(self, walk: Walk, place: Place) -> QWidget:
        theme = self._theme
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(1))
        avatar = Avatar(theme, 3.5)
        avatar.show_of(place.name, place.channel_id)
        row.addWidget(avatar)
        row.addWidget(ElidedLabel(place.name, "strong"), 1)
        opened = any(move.doing is Doing.OPEN and (walk.step.shared or move.place == place) for move in walk.done)
        if opened:
            picture = label()
            picture.setPixmap(self._icons.icon("check", "good").pixmap(theme.px(2), theme.px(2)))
            row.addWidget(picture)
            row.addWidget(label(_("text copied"), "good small"))
        if len(walk.step.places) > 1:
            tick = button(_("Tick off"), lambda: self.tick_place.emit(place.delivery_id), kind="link")
            tick.setAccessibleName(_("Tick off {place}").format(place=place.name))
            row.addWidget(tick)
        return holder

    def _fit(self) -> None:
        """As high as the text, within bounds. A line with an emoji is higher than others: each block is measured."""
        document, line_height = self.text.document(), self.text.fontMetrics().lineSpacing()
        layout, block, height = document.documentLayout(), document.begin(), 0.0
        while block.isValid() and height < MOST_LINES * line_height:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        wanted = min(max(math.ceil(height), FEWEST_LINES * line_height), MOST_LINES * line_height) + self._theme.px(2.5)
        if self.text.height() != wanted:
            self.text.setFixedHeight(wanted)

    # The phone

    def _target(self) -> tuple[Place, str] | None:
        """The place that is opened next, and what a phone would open."""
        if self._walk is None:
            return None
        step = self._walk.step
        undone = [move.place for move in self._walk.moves if move.doing is Doing.OPEN and move not in self._walk.done]
        place = (undone or list(step.places))[0]
        address = address_to_open(step, place, LONGEST_FOR_A_PHONE)
        return (place, address) if address else None

    def _show_phone(self) -> None:
        target = self._target()
        self.phone.setVisible(target is not None)
        shown = target is not None and self.phone.isChecked()
        self._phone_panel.setVisible(shown)
        self._copied.setVisible(not shown)
        if target is None or not shown:
            return
        place, address = target
        self._code.show_text(address)
        with_text = "text=" in address or "body=" in address
        first = _("Point your phone’s camera at the code.")
        if place.kind is PlaceKind.WHATSAPP and with_text:
            second = _("WhatsApp opens there with the text in it. Choose the groups and send. Then come back and tick it off here.")
        elif with_text:
            second = _("It opens {place} with the text in it. Then come back and tick it off here.").format(place=place.name)
        else:
            second = _("It opens {place}. The text is not in the code: send it to yourself first, in a chat or by e-mail.").format(place=place.name)
        self._phone_words.setText(f"{first}\n{second}")

    # What else waits

    def _show_others(self, others: Sequence[Step], dates: Dates) -> None:
        chosen = {key for key, box in self.boxes.items() if box.isChecked()}
        self._rest.setVisible(bool(others))
        _clear(self._others)
        self.boxes = {}
        for step in others:
            row = QHBoxLayout()
            row.setSpacing(self._theme.px(1))
            box = Tick(_("{text} → {places}").format(text=step.summary, places=_places(step)), dates.full(step.due_at))
            box.setChecked(step.key in chosen)
            box.toggled.connect(self._count_chosen)
            self.boxes[step.key] = box
            row.addWidget(box, 1)
            go = button(_("Go to it"), lambda key=step.key: self.go_to.emit(key), kind="link")  # type: ignore[misc]  # the key of this row
            go.setAccessibleName(_("Go to “{text}”").format(text=step.summary))
            row.addWidget(go)
            holder = QWidget()
            holder.setLayout(row)
            row.setContentsMargins(0, 0, 0, 0)
            self._others.addWidget(holder)
        self._rest_head.set_count(str(len(others)))
        self._count_chosen()

    def _count_chosen(self) -> None:
        n = sum(box.isChecked() for box in self.boxes.values())
        self.tick_chosen.setVisible(n > 0)
        self.tick_chosen.setText(ngettext("Tick off {n} chosen", "Tick off {n} chosen", n).format(n=n))

    def _tick_chosen(self) -> None:
        self.tick_steps.emit([key for key, box in self.boxes.items() if box.isChecked()])


def _places(step: Step) -> str:
    """`Garden forum`, or `3 places`."""
    n = len(step.places)
    return step.places[0].name if n == 1 else ngettext("{n} place", "{n} places", n).format(n=n)


def _clear(box: QVBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
