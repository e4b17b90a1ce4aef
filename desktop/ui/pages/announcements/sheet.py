"""The sheet before a first send: every group by name, the text, the time. Nobody who was only asked to post has to be afraid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.actions.announcement_edits import Written
from desktop.community.connections import Channel
from desktop.ui.pages.announcements.rich import draft
from desktop.ui.theme import Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.inspector import framed
from desktop.ui.widgets.label import ElidedLabel, label
from desktop.ui.widgets.lines import Column, line
from resources.translations import _, ngettext

_WIDEST, _TWO = 1240, 1000  # pixels at 100 %: of all, and from which the text stands beside the groups


@dataclass(frozen=True, slots=True)
class FirstSend:
    """What is about to go out.

    Attributes:
        ways: how each of the channels is reached, in words.
        been: the ids of the channels that have had something before.
        when, verb: the time in words, and the word on the button.
    """

    written: Written
    channels: Sequence[Channel]
    ways: Sequence[str]
    been: frozenset[str]
    when: str
    verb: str


class Sheet(QWidget):
    """Asks once more, in the place of the composer.

    Signals:
        left: not yet.
    """

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._yes: Callable[[], object] = lambda: None
        self.setAccessibleName(_("Before it goes out"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside everything, such as the second one that opened it, leaves the keys here
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._column = Column(theme, widest=_WIDEST)
        box.addWidget(self._column, 1)
        self._body = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._body)
        self._column.box.addWidget(self._body)
        box.addWidget(line())
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(theme.px(3), theme.px(1.5), theme.px(3), theme.px(1.5))
        foot.setSpacing(theme.px(1))
        self.send = button("", lambda: self._yes(), kind="primary")
        self.back = button(_("Not yet"), self.left.emit)
        foot.addWidget(self.send)
        foot.addWidget(self.back)
        foot.addStretch()
        box.addWidget(self.foot)

    def ask(self, asked: FirstSend, yes: Callable[[], object]) -> None:
        """Show what is about to go out. `yes`: what the button does."""
        theme = self._theme
        channels, been = asked.channels, asked.been
        self._yes = yes
        self.send.setText(asked.verb)
        body = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom, body)
        self._sides.setContentsMargins(0, theme.px(1), 0, 0)
        self._sides.setSpacing(theme.px(2))
        rows, what = QVBoxLayout(), QVBoxLayout()
        for side in (rows, what):
            side.setSpacing(theme.px(1))
            self._sides.addLayout(side, 1)
        rows.addWidget(
            label(
                ngettext(
                    "It goes to {n} group, for the first time to some of them.",
                    "It goes to {n} groups, for the first time to some of them.",
                    len(channels),
                ).format(n=len(channels))
                if len(channels) > 1 and any(one.id in been for one in channels)
                else ngettext("It goes to {n} group, for the first time.", "It goes to {n} groups, for the first time.", len(channels)).format(
                    n=len(channels)
                ),
                "strong",
                wrap=True,
            )
        )
        for one, way in zip(channels, asked.ways, strict=True):
            row = QHBoxLayout()
            row.setSpacing(theme.px(1))
            picture = Avatar(theme, 3.5)
            picture.show_of(one.name, one.id)
            row.addWidget(picture)
            name = ElidedLabel(one.name)
            row.addWidget(name, 1)
            row.addWidget(label(way, "quiet"))
            if one.id not in been:
                row.addWidget(label(_("first time"), "warn"))
            rows.addLayout(row)
        rows.addSpacing(theme.px(1))
        rows.addWidget(label(_("When"), "small quiet"))
        rows.addWidget(label(asked.when, wrap=True))
        rows.addStretch()
        what.addWidget(label(_("What"), "small quiet"))
        shown = QLabel(draft(asked.written.announcement.text))
        shown.setTextFormat(Qt.TextFormat.RichText)
        shown.setWordWrap(True)
        what.addWidget(framed(shown, theme))
        for file in asked.written.files:
            what.addWidget(label(_("With the file {name}").format(name=file.name), "quiet", wrap=True))
        what.addStretch()
        self._arrange()
        self._column.box.replaceWidget(self._body, body)
        self._body.deleteLater()
        self._body = body
        self.back.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= _TWO * self._theme.scale
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
