"""The first start: a name for the community, and where and in which zone it lives, guessed; or the sample; or a file that is there already."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimeZone, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.actions import sample
from desktop.community.errors import BelfryError
from desktop.ui.icons import Icons
from desktop.ui.kit import Program
from desktop.ui.lost_file import LostFile
from desktop.ui.ports import FileChooser, Kind
from desktop.ui.reading_order import next_in
from desktop.ui.theme import LARGE, Theme
from desktop.ui.widgets.buttons import button, entered
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.label import label
from desktop.ui.widgets.lines import Column
from resources.translations import _

SAMPLE = "sample.belfry"
_MAKING = "sample.making"


class FirstStart(QWidget):
    """Asks where to begin.

    Args:
        lost: offers a backup where a community can't be opened.
    Signals:
        chosen: a Path, of a community file that is there.
        left: the person closed it.
    """

    chosen = Signal(object)
    left = Signal()
    _made = Signal(str)
    _begun = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, program: Program, files: FileChooser, lost: LostFile | None = None) -> None:
        super().__init__()
        self._lost = lost
        self._program, self._files = program, files
        self._executor = ThreadPoolExecutor(1, "belfry-making")  # starts its thread when something is to be made
        self.setWindowTitle(_("Welcome to Belfry"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        column = Column(theme, widest=640, margin=6 if theme.scale < LARGE else 3)
        whole.addWidget(column)
        box = column.box
        box.setContentsMargins(0, theme.px(6 if theme.scale < LARGE else 3), 0, 0)
        box.setSpacing(theme.px(1.5))
        box.addWidget(label(_("Welcome to Belfry"), "title", wrap=True))
        about = label(_("It keeps your members, your calendar and your announcements in one file on this computer."), "quiet", wrap=True)
        box.addWidget(about)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        box.addWidget(self._problem)
        if lost is not None:
            box.addWidget(lost)
        box.addSpacing(theme.px(2))
        box.addWidget(label(_("What is your community called?"), "strong"))
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the community"))
        self.name.setPlaceholderText(_("Choir of Saint Mary’s, Tuesday Runners, …"))
        box.addWidget(self.name)
        box.addWidget(label(_guessed(), "quiet small", wrap=True))
        self.begin = button(_("Begin"), self._begin, kind="primary")
        box.addWidget(self.begin, alignment=Qt.AlignmentFlag.AlignTrailing)
        box.addStretch()
        around = label(_("Look around first: the sample is an invented community, and nothing in it reaches anybody."), "quiet", wrap=True)
        box.addWidget(around)
        if lost is not None:
            for newcomers in (about, around):
                lost.offered.connect(newcomers.hide)  # whoever had a community knows, and small screens have no room for all
        row = FlowLayout(theme.px(1))
        self.sample = button(_("Open the sample"), self._open_sample)
        row.addWidget(self.sample)
        self.file = button(_("Open a file …"), self._open)
        row.addWidget(self.file)
        box.addLayout(row)
        self._begun.connect(self._community_made, Qt.ConnectionType.QueuedConnection)
        self._made.connect(self._sample_made, Qt.ConnectionType.QueuedConnection)
        self.name.returnPressed.connect(self._begin)
        self.name.textChanged.connect(lambda text: self.begin.setEnabled(bool(text.strip())))
        self.begin.setEnabled(False)
        room = self.screen().availableSize()
        self.resize(min(theme.px(64), room.width()), min(theme.px(58), room.height()))

    @property
    def problem(self) -> str:
        """What is said to have gone wrong; empty when nothing has."""
        return self._problem.text()

    def say(self, problem: str) -> None:
        """Say what went wrong."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as one reads."""
        return next_in(self, forth=next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not entered(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The person leaves, or the window opens."""
        super().closeEvent(event)
        self._executor.shutdown(wait=True)
        if self._lost is not None:
            self._lost.leave()
        if self.isVisible():
            self.left.emit()

    def _begin(self) -> None:
        name = self.name.text().strip()
        if not name:
            return
        self.say("")
        self.begin.setEnabled(False)
        self._executor.submit(self._make_community, name, here_zone(), QLocale.territoryToCode(QLocale.system().territory()))

    def _make_community(self, name: str, zone: str, country: str) -> None:
        """In a thread of its own."""
        try:
            self._program.create(self._program.community, name=name, zone=zone, country=country).close()
        except BelfryError as error:
            self._begun.emit(str(error))
        else:
            self._begun.emit("")

    def _community_made(self, problem: str) -> None:
        self.begin.setEnabled(True)
        self.say(problem)
        if not problem:
            self.chosen.emit(self._program.community)

    def _open_sample(self) -> None:
        self.say("")
        self.sample.setEnabled(False)
        self._executor.submit(self._make_sample)

    def _make_sample(self) -> None:
        """In a thread of its own. The file gets its name when all is in it: half a sample is never opened, and is made anew."""
        whole, making = self._program.data / SAMPLE, self._program.data / _MAKING
        try:
            if not whole.exists():
                for left_over in self._program.data.glob(f"{_MAKING}*"):
                    left_over.unlink()
                with self._program.create(making, name=sample.NAME, zone=sample.ZONE, country=sample.COUNTRY) as store:
                    sample.fill(store)
                making.replace(whole)
        except BelfryError as error:
            self._made.emit(str(error))
        except OSError as error:
            self._made.emit(_("The sample could not be made: {error}.").format(error=error.strerror or error))
        else:
            self._made.emit("")

    def _sample_made(self, problem: str) -> None:
        self.sample.setEnabled(True)
        self.say(problem)
        if not problem:
            self.chosen.emit(self._program.data / SAMPLE)

    def _open(self) -> None:
        self._files.open(self, _("Open a community"), [Kind(_("Communities"), ("*.belfry",))], lambda path: self.chosen.emit(Path(path)))


def here_zone() -> str:
    """The time zone of this computer, as in Europe/Lisbon."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode() or "UTC"


def _guessed() -> str:
    here = QLocale.system()
    country = here.nativeTerritoryName()
    if not country:
        return _("Its times are those of {zone}, as on this computer. You can change that in Settings.").format(zone=here_zone())
    return _("It lives in {country} and its times are those of {zone}, as on this computer. You can change that in Settings.").format(
        country=country, zone=here_zone()
    )
