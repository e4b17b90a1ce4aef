"""Calendars in and out: by dialog or drop, on the worker, with a short report."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from desktop.actions.events import CALENDAR_SUFFIX, CalendarReport, export_calendar, import_calendar
from desktop.store import undo
from desktop.ui.kit import Kit
from desktop.ui.notices import Offer
from desktop.ui.operations import Tell
from desktop.ui.pages.calendar.import_report import ImportReport
from desktop.ui.ports import Kind
from resources.translations import _, ngettext


class Files:
    """Imports and exports for the page."""

    def __init__(self, kit: Kit, page: QWidget) -> None:
        self._kit, self._page = kit, page

    def choose_import(self) -> None:
        """Ask for a calendar file and import it."""
        self._kit.files.open(self._page, _("Import a calendar"), _kinds(), lambda path: self.import_all([path]))

    def import_all(self, paths: Sequence[Path]) -> None:
        """Import files, each as an operation of its own, with Undo."""
        for path in paths:
            title = _("Importing {file} …").format(file=path.name)
            self._kit.operations.start(
                title,
                lambda store, _progress, path=path: import_calendar(store, path),  # type: ignore[misc]
                lambda report, path=path: self._imported(report, path),  # type: ignore[misc]
                tell=Tell.NOTHING,
            )

    def export(self) -> None:
        """Ask where to, and write all events."""

        def to(path: Path) -> None:
            where = path if path.suffix.lower() == CALENDAR_SUFFIX else path.with_name(path.name + CALENDAR_SUFFIX)
            self._kit.operations.start(_("Exporting …"), lambda store, _progress: export_calendar(store, where), lambda n: self._exported(n, where))

        self._kit.files.save(self._page, _("Export the calendar"), _("calendar") + CALENDAR_SUFFIX, _kinds(), to)

    def _imported(self, report: CalendarReport, path: Path) -> None:
        """One line; what needs a look is one click away."""
        words = ngettext("{n} event is new from {file}.", "{n} events are new from {file}.", report.added).format(n=report.added, file=path.name)
        if report.there:
            known = ngettext("{n} was there already.", "{n} were there already.", report.there).format(n=report.there)
            words = _("{first} {second}").format(first=words, second=known)
        done = undo.last_done(self._kit.store)
        which = done.id if done is not None else ""
        offer = Offer(_("Undo"), lambda: self._kit.operations.undo(which)) if report.added else None
        if report.bad or report.remarks:
            offer = Offer(_("What happened"), lambda: ImportReport(self._kit, report, path, which, self._page).open())
            more = ngettext("{n} thing to know.", "{n} things to know.", len(report.bad) + len(report.remarks))
            words = _("{first} {second}").format(first=words, second=more.format(n=len(report.bad) + len(report.remarks)))
        self._kit.notices.say(words, offer, key="undo")

    def _exported(self, number: int, path: Path) -> None:
        words = ngettext("Wrote {n} event to {file}.", "Wrote {n} events to {file}.", number).format(n=number, file=path.name)
        self._kit.notices.say(words, Offer(_("Show the folder"), lambda: self._kit.opener.open(str(path.parent))))


def calendars_in(data: QMimeData) -> list[Path]:
    """The calendar files among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in (CALENDAR_SUFFIX, ".ical")]


def _kinds() -> list[Kind]:
    return [Kind(_("Calendars (iCalendar)"), ("*.ics", "*.ical"))]
