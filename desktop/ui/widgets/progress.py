"""A job under way: its title, a number, a bar, Cancel."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.ui.jobs import Job
from desktop.ui.numbers import digits
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.label import label
from resources.translations import _

_WHOLE = 1000


class ProgressRow(QFrame):
    """Follows a job and goes away when it has ended."""

    def __init__(self, theme: Theme, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self.setProperty("kind", "floating")
        self.setAccessibleName(job.title)
        self.setMinimumWidth(theme.px(44))
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(2), theme.px(1.25), theme.px(1.5), theme.px(1.5))
        box.setSpacing(theme.px(1))
        row = QHBoxLayout()
        row.addWidget(label(job.title), 1)
        self._number = label("", "quiet")
        row.addWidget(self._number)
        row.addWidget(button(_("Cancel"), self._cancel, kind="link"))
        box.addLayout(row)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(job.title)
        box.addWidget(self._bar)
        job.progressed.connect(self._progressed)
        job.ended.connect(self._ended)

    def _progressed(self, done: int, total: int) -> None:
        if total <= 0:
            self._number.setText(digits(done))
            return
        self._bar.setRange(0, _WHOLE)
        self._bar.setValue(round(_WHOLE * done / total))
        self._number.setText(_("{percent} %").format(percent=round(100 * done / total)))

    def _cancel(self) -> None:
        self._job.cancel()
        self._number.setText(_("Stopping …"))

    def _ended(self) -> None:
        self.hide()
        self.deleteLater()
