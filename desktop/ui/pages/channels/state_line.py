"""How a channel or a connection fares, at the side: in a word with its colour and picture, and below it in a sentence."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions import channel_edits
from desktop.store import connections
from desktop.ui.kit import Kit
from desktop.ui.operations import Tell
from desktop.ui.pages.channels.words import Word
from desktop.ui.widgets.label import label, restyle


class StateLine(QWidget):
    """The word and the sentence, below a name that is edited in place."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        px = kit.theme.px
        box = QVBoxLayout(self)
        box.setContentsMargins(px(0.75) + 3, 0, 0, 0)  # below the text of the name, which has a frame around it
        box.setSpacing(px(1))
        row = QHBoxLayout()
        row.setSpacing(px(0.75))
        self._picture = label()
        self._word = label("")
        row.addWidget(self._picture)
        row.addWidget(self._word)
        row.addStretch()
        box.addLayout(row)
        self._said = label("", "quiet", wrap=True)
        box.addWidget(self._said)

    def show_state(self, word: Word, said: str) -> None:
        """Show this; an empty sentence takes no room."""
        side = self._kit.theme.px(2)
        self._picture.setPixmap(self._kit.icons.icon(word.icon, word.tone).pixmap(side, side))
        self._word.setText(word.text)
        restyle(self._word, look=word.tone.replace("text_", ""))
        self._said.setText(said)
        self._said.setVisible(bool(said))


def pause_or_resume(kit: Kit, row_id: str) -> None:
    """Send nothing to a channel or through a connection for now, or go on."""
    change = channel_edits.resume if connections.health(kit.store, row_id).paused else channel_edits.pause
    kit.operations.run(lambda store: change(store, row_id), tell=Tell.NOTHING)
