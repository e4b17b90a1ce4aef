"""Runs what a person does. Short actions at once, on the UI thread; long ones on the worker, with progress; each ends in a toast with Undo.

    operations.run(lambda store: member_edits.rename(store, id, "Ana"))
    operations.start(_("Importing …"), lambda store, progress: members.import_members(store, path, {}, progress=progress), then=self._imported)

Pages never refresh by themselves after an action: they are told through `news`, like everybody else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.actions.importing import Progress
from desktop.community.errors import BelfryError, NothingThere
from desktop.community.ports import VaultError
from desktop.store import undo as undoing
from desktop.store.database import Store
from desktop.store.faults import Busy
from desktop.store.journal import Changes
from desktop.ui.jobs import Job, Worker
from desktop.ui.news import news_of
from desktop.ui.notices import Notices, Offer, Tone
from resources.translations import _, ngettext

T = TypeVar("T")
UNDO_KEY = "undo"
WAITS = 30
"""Milliseconds that the UI thread waits for another program that writes; then the worker does, which has the time."""


class Tell(Enum):
    """What is said after an action went well."""

    UNDO = auto()
    """What was done, by the operation's own name, with Undo."""
    NOTHING = auto()
    """Nothing: what changed shows by itself. Ctrl+Z undoes it all the same."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Something done that the journal does not hold: a move of deliveries.

    Attributes:
        what: what was done, as a sentence.
        back: takes it back; None where it stays.
    """

    what: str
    back: Callable[[], object] | None = None


class Operations(QObject):
    """What a page runs its actions with.

    Signals:
        news: a `News` of what was changed from here.
    """

    news = Signal(object)

    def __init__(self, store: Store, notices: Notices) -> None:
        super().__init__()
        self._store = store
        self._notices = notices
        self._worker = Worker(store)
        self._heard: list[Changes] = []
        self._aside: Aside | None = None
        store.wait_at_most(WAITS)
        store.followers = (*store.followers, lambda _store, changes: self._heard.append(changes))

    def run(
        self,
        action: Callable[[Store], T],
        then: Callable[[T], object] | None = None,
        *,
        tell: Tell = Tell.UNDO,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Do something short now. Where the file is being written to, it is done on the worker as soon as it is free.

        Args:
            then: gets the result, on the UI thread.
            failed: gets an error that a sentence explains; without it the sentence is shown as a toast.
        """
        self._heard.clear()
        before = self._store.conn.total_changes
        try:
            result = action(self._store)
        except Busy:
            self.start("", lambda store, _progress: action(store), then, tell=tell, failed=failed)
            return
        except explained() as error:
            self._explain(error, failed)
            return
        heard = list(self._heard)
        self._done(heard, tell, wrote=self._store.conn.total_changes != before)
        if then:
            then(result)

    def start(
        self,
        title: str,
        work: Callable[[Store, Progress], T],
        then: Callable[[T], object] | None = None,
        *,
        tell: Tell = Tell.UNDO,
        failed: Callable[[Exception], object] | None = None,
    ) -> Job:
        """Do something long on the worker. `title` is shown with its progress; empty: it shows none. `work` calls its progress now and then."""

        def over(job: Job) -> None:
            if isinstance(job.error, explained()):
                self._done(job.changes, Tell.NOTHING, wrote=job.wrote)
                self._explain(job.error, failed)
            elif job.error is not None:
                raise job.error
            else:
                self._done(job.changes, tell, wrote=job.wrote)
                if then:
                    then(job.result)

        job = Job(title, over)
        if title:
            self._notices.job(job)
        self._worker.start(job, work)
        return job

    def put_aside(self, aside: Aside, *, tell: Tell = Tell.UNDO) -> None:
        """This was done last, beside the journal: Ctrl+Z is about this, and never about what was done before it without a word."""
        self._aside = aside
        if tell is Tell.UNDO:
            self._notices.say(aside.what, Offer(_("Undo"), lambda: self._undo_this(aside)) if aside.back else None, key=UNDO_KEY)

    def undo(self, which: str = "") -> None:
        """Take back what was done last, or the operation with this id."""
        aside, self._aside = self._aside, None
        if not which and aside is not None:
            self._undo_aside(aside)
            return

        def take_back(store: Store, _progress: Progress) -> undoing.Outcome:
            from desktop.actions.announcement_edits import undo_step  # late: it brings what sends

            return undo_step(store, which)

        self.start("", take_back, self._undone, tell=Tell.NOTHING, failed=self._not_turned)

    def redo(self) -> None:
        """Make again what was taken back last."""
        self.start("", lambda store, _progress: undoing.redo(store), self._redone, tell=Tell.NOTHING, failed=self._not_turned)

    @property
    def last(self) -> str:
        """What `undo` is about; empty for nothing."""
        if self._aside is not None:
            return self._aside.what
        done = undoing.last_done(self._store)
        return str(done.name) if done else ""

    @property
    def busy(self) -> bool:
        """Whether the worker has something to do."""
        return self._worker.busy

    def stop(self) -> None:
        """Cancel what runs and let go of the file."""
        self._worker.stop()

    def _done(self, changes: list[Changes], tell: Tell, *, wrote: bool) -> None:
        if not (changes or wrote):
            return
        if changes:
            self._aside = None
        self.news.emit(news_of(changes))
        if tell is Tell.UNDO and changes:
            pk = changes[-1].operation
            made = next((one for one in undoing.history(self._store, limit=5) if one.pk == pk), None)
            if made is not None:
                self._notices.say(str(made.name), Offer(_("Undo"), lambda: self.undo(made.id)), key=UNDO_KEY)

    def _undo_this(self, aside: Aside) -> None:
        if self._aside is aside:
            self._aside = None
        self._undo_aside(aside)

    def _undo_aside(self, aside: Aside) -> None:
        if aside.back is not None:
            aside.back()
            self._notices.say(_("Undone: {what}").format(what=aside.what), key=UNDO_KEY)
            return
        before = undoing.last_done(self._store)
        if before is None:
            self._notices.say(_("{what}\nThat stays so.").format(what=aside.what), key=UNDO_KEY)
        else:
            words = _("{what}\nThat stays so. Done before it: {before}").format(what=aside.what, before=before.name)
            self._notices.say(words, Offer(_("Undo that"), self.undo), key=UNDO_KEY)

    def _not_turned(self, error: Exception) -> None:
        """Quietly: nothing has happened, and the next press says the same."""
        tone = Tone.PLAIN if isinstance(error, NothingThere) else Tone.WARN
        self._notices.say(str(error), key=UNDO_KEY, tone=tone)

    def _undone(self, outcome: undoing.Outcome) -> None:
        self._notices.say(_("Undone: {what}").format(what=outcome.name) + self._kept(outcome), Offer(_("Redo"), self.redo), key=UNDO_KEY)

    def _redone(self, outcome: undoing.Outcome) -> None:
        self._notices.say(_("Done again: {what}").format(what=outcome.name) + self._kept(outcome), Offer(_("Undo"), self.undo), key=UNDO_KEY)

    def _kept(self, outcome: undoing.Outcome) -> str:
        """A second sentence where not all could be put back."""
        if not outcome.kept:
            return ""
        sentence = ngettext(
            "{n} thing was changed since then and stays as it is.", "{n} things were changed since then and stay as they are.", outcome.kept
        )
        return "\n" + sentence.format(n=outcome.kept)

    def _explain(self, error: Exception, failed: Callable[[Exception], Any] | None) -> None:
        if failed:
            failed(error)
        else:
            self._notices.problem(str(error))


def explained() -> tuple[type[Exception], ...]:
    """Errors whose `str()` is a sentence for a person."""
    from integrations.base import SendError  # late: most runs meet no error, and the window is there sooner

    return BelfryError, VaultError, SendError
