"""What happens where it can't go out in time (the laptop was shut), in plain words."""

from datetime import timedelta

from PySide6.QtCore import Signal

from desktop.community.durations import Offset
from desktop.community.lateness import ASK, SKIP, UNTIL_START, Lateness, LateRule
from desktop.community.schedules import BeforeEvent, Schedule, default_lateness
from desktop.ui.pages.announcements.schedule_words import length_words
from desktop.ui.widgets.combo import Combo, name_box, shorten
from resources.translations import _

_LENGTHS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))


class LatenessBox(Combo):
    """The choices that make sense for a schedule. Follows its default until the person chooses.

    Signals:
        picked: the person has chosen.
    """

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        name_box(self, _("If it can't go out in time"))
        shorten(self, 16)
        self._own = False
        self._choices: list[Lateness] = []
        self.activated.connect(self._picked)

    @property
    def lateness(self) -> Lateness:
        """What is chosen."""
        return self._choices[self.currentIndex()] if self._choices else ASK

    def offer(self, schedule: Schedule) -> None:
        """Offer what makes sense for a schedule."""
        now = self.lateness if self._own else default_lateness(schedule)
        if now == UNTIL_START and not isinstance(schedule, BeforeEvent):
            now, self._own = default_lateness(schedule), False
        self._fill(schedule, now)

    def show_chosen(self, lateness: Lateness, schedule: Schedule) -> None:
        """Show what an announcement has."""
        self._own = lateness != default_lateness(schedule)
        self._fill(schedule, lateness)

    def _fill(self, schedule: Schedule, chosen: Lateness) -> None:
        choices = [UNTIL_START] if isinstance(schedule, BeforeEvent) else []
        choices += [ASK, *(Lateness(LateRule.WITHIN, length) for length in _LENGTHS), SKIP]
        if chosen not in choices:
            choices.append(chosen)
        if choices != self._choices:
            self._choices = choices
            self.clear()
            self.addItems([_words(one) for one in choices])
        self.setCurrentIndex(choices.index(chosen))

    def _picked(self) -> None:
        self._own = True
        self.picked.emit()


def _words(lateness: Lateness) -> str:
    match lateness.rule:
        case LateRule.UNTIL_START:
            return _("send it late, until the event starts")
        case LateRule.ASK:
            return _("send it up to 2 hours late, then ask me")
        case LateRule.SKIP:
            return _("don’t send it late")
        case LateRule.WITHIN:
            days, rest = divmod(lateness.within, timedelta(days=1))
            return _("send it up to {length} late").format(length=length_words(Offset(days, rest)))
