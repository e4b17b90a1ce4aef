"""How an announcement repeats: by the day, week, month or year, until a day or for good. A rule from elsewhere that says more is kept as it is."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QToolButton, QVBoxLayout, QWidget

from desktop.community.recurrence import Recurrence, recurrence
from desktop.community.repeat_rule import DAYS
from desktop.ui.dates import Dates
from desktop.ui.icons import Icons
from desktop.ui.rule_words import rule_words
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import chip
from desktop.ui.widgets.combo import Combo, name_box
from desktop.ui.widgets.day_field import DayField
from desktop.ui.widgets.flow import FlowLayout
from resources.translations import _

_EVERY = ("daily", "weekly", "two-weekly", "monthly", "nth", "last", "yearly", "own")


class RepeatBox(QWidget):
    """Edits a rule.

    Signals:
        changed: it says something else.
    """

    changed = Signal()

    def __init__(self, theme: Theme, icons: Icons, dates: Dates) -> None:
        super().__init__()
        self._locale = locale = dates.locale
        self._start = datetime(2000, 1, 1)  # noqa: DTZ001  wall time; replaced at once
        self._own: Recurrence | None = None
        self._left_out: tuple[date | datetime, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(1))
        self.every = Combo()
        name_box(self.every, _("How often"))
        self.every.activated.connect(lambda: self._picked())
        self._days_holder = QWidget()
        days = FlowLayout(theme.px(0.5), parent=self._days_holder)
        self.days: list[QToolButton] = []
        for number in range(7):
            made = chip(locale.dayName(number + 1, QLocale.FormatType.ShortFormat))
            made.setAccessibleName(locale.dayName(number + 1))
            made.clicked.connect(lambda _on=False, number=number: self._day_pressed(number))
            self.days.append(made)
            days.addWidget(made)
        ends_holder = QWidget()
        ends = FlowLayout(theme.px(1), parent=ends_holder)
        self.ends = QCheckBox(_("until"))
        self.until = DayField(theme, icons, dates, _("Last day"))
        self.ends.toggled.connect(self._changed)
        self.until.chosen.connect(lambda _day: self._changed())
        self.until.refused.connect(self._changed)
        ends.addWidget(self.every)
        ends.addWidget(self.ends)
        ends.addWidget(self.until)
        box.addWidget(ends_holder)
        box.addWidget(self._days_holder)
        self._kinds: Sequence[str] = ()
        self.set_start(datetime(2000, 1, 1))  # noqa: DTZ001

    def set_start(self, start: datetime) -> None:
        """The first date (wall time): the rule's words follow it."""
        moved = start.weekday() != self._start.weekday()
        alone = [number for number, day in enumerate(self.days) if day.isChecked()] == [self._start.weekday()]
        self._start = start
        if (moved and alone) or not any(day.isChecked() for day in self.days):
            for number, day in enumerate(self.days):
                day.setChecked(number == start.weekday())
        self.until.earliest = start.date()
        if not self.ends.isChecked() and self.until.day <= start.date():
            self.until.show_day(_half_a_year_on(start))
        elif self.ends.isChecked() and self.until.day < start.date() and not self.until.problem:
            self.until.choose(self.until.day)  # says why it can't be
        self._fill(self._kind() if self._kinds else "weekly")

    @property
    def problem(self) -> str:
        """Why the last day can't be; empty where it can, or none is wanted."""
        return self.until.problem if self.ends.isChecked() and self._kind() != "own" else ""

    def repeats(self) -> Recurrence:
        """The rule as it is set."""
        kind = self._kind()
        if kind == "own" and self._own is not None:
            return self._own
        nth = (self._start.day - 1) // 7 + 1
        days = ",".join(DAYS[number] for number, day in enumerate(self.days) if day.isChecked())
        rule = {
            "daily": "FREQ=DAILY",
            "weekly": f"FREQ=WEEKLY;BYDAY={days}",
            "two-weekly": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={days}",
            "monthly": f"FREQ=MONTHLY;BYMONTHDAY={self._start.day}",
            "nth": f"FREQ=MONTHLY;BYDAY={min(nth, 4)}{DAYS[self._start.weekday()]}",
            "last": f"FREQ=MONTHLY;BYDAY=-1{DAYS[self._start.weekday()]}",
            "yearly": "FREQ=YEARLY",
        }.get(kind, "FREQ=WEEKLY")
        if self.ends.isChecked():
            rule += f";UNTIL={self.until.day:%Y%m%d}T235959"
        return recurrence(rule, (), self._left_out)

    def show_rule(self, repeats: Recurrence, start: datetime) -> None:
        """Show a rule; one that the box has no words for is kept as it is, as a choice of its own."""
        self._own, self._left_out = None, repeats.left_out
        self._start = start
        parts = dict(part.split("=", 1) for part in repeats.rule.upper().split(";") if "=" in part)
        until = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:T235959)?", parts.pop("UNTIL", "") or "-")
        kind = None if repeats.extra else self._kind_of(parts)
        days = parts.get("BYDAY", "").split(",")
        for number, day in enumerate(self.days):
            day.setChecked(DAYS[number] in days if kind in ("weekly", "two-weekly") and days != [""] else number == start.weekday())
        blocked = QSignalBlocker(self.ends)
        self.ends.setChecked(until is not None)
        if until is not None:
            self.until.show_day(date(int(until[1]), int(until[2]), int(until[3])))
        del blocked
        if kind is None or ("UNTIL" in repeats.rule.upper() and until is None):
            self._own, kind = repeats, "own"
        self._fill(kind)

    def _kind_of(self, parts: dict[str, str]) -> str | None:
        nth = f"{min((self._start.day - 1) // 7 + 1, 4)}{DAYS[self._start.weekday()]}"
        by_day, rest = parts.get("BYDAY", ""), {name: value for name, value in parts.items() if name not in ("BYDAY", "WKST")}
        plain_days = all(day in DAYS for day in by_day.split(",")) if by_day else True
        match rest:
            case {"FREQ": "DAILY", **more} if not by_day and not more:
                return "daily"
            case {"FREQ": "WEEKLY", **more} if plain_days and (not more or more == {"INTERVAL": "1"}):
                return "weekly"
            case {"FREQ": "WEEKLY", **more} if plain_days and more == {"INTERVAL": "2"}:
                return "two-weekly"
            case {"FREQ": "MONTHLY", **more} if not by_day and (not more or more == {"BYMONTHDAY": str(self._start.day)}):
                return "monthly"
            case {"FREQ": "MONTHLY", **more} if not more and by_day == nth:
                return "nth"
            case {"FREQ": "MONTHLY", **more} if not more and by_day == f"-1{DAYS[self._start.weekday()]}":
                return "last"
            case {"FREQ": "YEARLY", **more} if not more and not by_day:
                return "yearly"
        return None

    def _fill(self, chosen: str) -> None:
        start, nth, in_last_week = (
            self._start,
            (self._start.day - 1) // 7 + 1,
            self._start.day > QDate(self._start.year, self._start.month, 1).daysInMonth() - 7,
        )
        day = DAYS[start.weekday()]
        kinds = [kind for kind in _EVERY if (kind != "own" or self._own) and (kind != "nth" or nth <= 4) and (kind != "last" or in_last_week)]
        rules = {
            "monthly": "FREQ=MONTHLY",
            "nth": f"FREQ=MONTHLY;BYDAY={nth}{day}",
            "last": f"FREQ=MONTHLY;BYDAY=-1{day}",
            "yearly": "FREQ=YEARLY",
        }
        words = {"daily": _("Every day"), "weekly": _("Every week"), "two-weekly": _("Every two weeks")}
        words |= {kind: rule_words(rule, start, self._locale) for kind, rule in rules.items()}
        if self._own:
            words["own"] = rule_words(self._own.rule, start, self._locale)
        self._kinds = kinds
        self.every.clear()
        self.every.addItems([words[kind] for kind in kinds])
        self.every.setCurrentIndex(kinds.index(chosen) if chosen in kinds else kinds.index("weekly"))
        self._show_parts()

    def _kind(self) -> str:
        return self._kinds[max(self.every.currentIndex(), 0)]

    def _picked(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _day_pressed(self, number: int) -> None:
        if not any(day.isChecked() for day in self.days):
            self.days[number].setChecked(True)  # a week without a day is none
        self.changed.emit()

    def _changed(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        kind = self._kind()
        self._days_holder.setVisible(kind in ("weekly", "two-weekly"))
        self.ends.setVisible(kind != "own")
        self.until.setVisible(kind != "own")
        self.until.setEnabled(self.ends.isChecked())


def _half_a_year_on(start: datetime) -> date:
    found = QDate(start.year, start.month, start.day).addMonths(6)
    return date(found.year(), found.month(), found.day())
