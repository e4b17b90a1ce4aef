"""A repeat rule as a person edits it: how often, on which days, how long. What an imported rule says beyond that is kept as it is. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.community.errors import Refused
from desktop.community.recurrence import Wall
from resources.translations import phrase

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PATTERN = frozenset({"FREQ", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO", "BYYEARDAY"})
_LAST_WEEK = 7


class Pattern(StrEnum):
    """How a rule repeats, as the editor offers it."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTH_DAY = "month_day"
    """On the start's day of the month."""
    MONTH_NTH = "month_nth"
    """On the start's weekday, counted from the beginning of the month."""
    MONTH_LAST = "month_last"
    """On the start's weekday, the last of the month."""
    YEARLY = "yearly"
    OTHER = "other"
    """What the editor has no words of its own for; kept as it is."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A rule taken apart, in the order it was written.

    Attributes:
        items: (name, value); `INTERVAL`, `UNTIL` and `COUNT` are among them.
    """

    items: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, rule: str) -> "Parts":
        """Of the value of an RRULE."""
        pairs = (part.partition("=") for part in rule.strip().removeprefix("RRULE:").split(";") if part.strip())
        return cls(tuple((name.strip().upper(), value.strip().upper()) for name, _equals, value in pairs))

    def __str__(self) -> str:
        return ";".join(f"{name}={value}" for name, value in self.items)

    def get(self, name: str) -> str:
        """The value of a part; empty where it is not there."""
        return next((value for one, value in self.items if one == name), "")

    def put(self, **values: str) -> "Parts":
        """With these parts; an empty one is taken out. All others stay as they are, where they are."""
        kept = tuple((name, values.get(name, value)) for name, value in self.items)
        fresh = tuple((name, value) for name, value in values.items() if name not in dict(self.items))
        return Parts(tuple((name, value) for name, value in (*kept, *fresh) if value))

    @property
    def interval(self) -> int:
        """Every so many periods."""
        return int(self.get("INTERVAL") or 1)

    @property
    def count(self) -> int | None:
        """How many dates in all; None where they are not counted."""
        return int(self.get("COUNT")) if self.get("COUNT") else None

    @property
    def until(self) -> date | None:
        """The last day, as it is written."""
        text = self.get("UNTIL")
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if text else None

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The plain weekdays, 0 for Monday."""
        return tuple(DAYS.index(day) for day in self.get("BYDAY").split(",") if day in DAYS)

    def every(self, interval: int) -> "Parts":
        """Every so many periods."""
        return self.put(INTERVAL=str(interval) if interval > 1 else "")

    def on(self, weekdays: tuple[int, ...]) -> "Parts":
        """By the week, on these days."""
        return self.put(BYDAY=",".join(DAYS[day] for day in sorted(weekdays)))

    def for_good(self) -> "Parts":
        """Without an end."""
        return self.put(UNTIL="", COUNT="")

    def last_day(self, day: date, start: Wall) -> "Parts":
        """Until the end of a day. The form is that of the start: a date, or a wall time that the export turns into UTC (RFC 5545 §3.3.10)."""
        return self.put(COUNT="", UNTIL=f"{day:%Y%m%d}T235959" if isinstance(start, datetime) else f"{day:%Y%m%d}")

    def times(self, count: int) -> "Parts":
        """So many dates in all."""
        return self.put(UNTIL="", COUNT=str(count))

    def as_pattern(self, pattern: Pattern, start: Wall) -> "Parts":
        """Repeating in another way; the interval and the end stay."""
        rest = Parts(tuple((name, value) for name, value in self.items if name not in _PATTERN))
        match pattern:
            case Pattern.NEVER:
                return Parts()
            case Pattern.OTHER:
                return self
            case Pattern.DAILY:
                head = {"FREQ": "DAILY"}
            case Pattern.WEEKLY:
                head = {"FREQ": "WEEKLY", "BYDAY": DAYS[start.weekday()]}
            case Pattern.MONTH_DAY:
                head = {"FREQ": "MONTHLY", "BYMONTHDAY": str(start.day)}
            case Pattern.MONTH_NTH:
                head = {"FREQ": "MONTHLY", "BYDAY": f"{nth(start)}{DAYS[start.weekday()]}"}
            case Pattern.MONTH_LAST:
                head = {"FREQ": "MONTHLY", "BYDAY": f"-1{DAYS[start.weekday()]}"}
            case Pattern.YEARLY:
                head = {"FREQ": "YEARLY"}
        return Parts((*head.items(), *rest.items))

    def pattern(self, start: Wall) -> Pattern:
        """Which of the editor's ways this is."""
        said = {name: value for name, value in self.items if name not in ("INTERVAL", "UNTIL", "COUNT", "WKST") and not name.startswith("X-")}
        frequency, by_day, by_month_day = said.pop("FREQ", ""), said.pop("BYDAY", ""), said.pop("BYMONTHDAY", "")
        if not frequency:
            return Pattern.NEVER
        if said:
            return Pattern.OTHER
        plain = all(day in DAYS for day in by_day.split(",")) if by_day else True
        day = DAYS[start.weekday()]
        match frequency:
            case "DAILY" if not by_day and not by_month_day:
                return Pattern.DAILY
            case "WEEKLY" if plain and not by_month_day:
                return Pattern.WEEKLY
            case "MONTHLY" if not by_day and by_month_day in ("", str(start.day)):
                return Pattern.MONTH_DAY
            case "MONTHLY" if not by_month_day and by_day in (f"{nth(start)}{day}", f"+{nth(start)}{day}"):
                return Pattern.MONTH_NTH
            case "MONTHLY" if not by_month_day and by_day == f"-1{day}" and in_last_week(start):
                return Pattern.MONTH_LAST
            case "YEARLY" if not by_day and not by_month_day:
                return Pattern.YEARLY
        return Pattern.OTHER


def nth(start: Wall) -> int:
    """Which of its weekday in its month a day is, from 1."""
    return (start.day - 1) // 7 + 1


def in_last_week(start: Wall) -> bool:
    """Whether no day with the same weekday follows in its month."""
    return (start + timedelta(days=_LAST_WEEK)).month != start.month


def shifted(rule: str, old: Wall, new: Wall) -> str:
    """The rule of a series whose start goes from `old` to `new`, so that all dates move along.

    Raises Refused where the rule names days that can't be moved along: such a series is given another rule first.
    """
    if not rule:
        return rule
    parts = Parts.of(rule)
    gap = _day(new) - _day(old)
    clock = isinstance(old, datetime) and isinstance(new, datetime) and old.time() != new.time()
    if clock and any(parts.get(name) for name in ("BYHOUR", "BYMINUTE", "BYSECOND")):
        raise _fixed()
    if gap:
        match parts.pattern(old):
            case Pattern.WEEKLY if parts.get("BYDAY"):
                parts = parts.on(tuple((day + gap.days) % 7 for day in parts.weekdays))
            case Pattern.MONTH_DAY if parts.get("BYMONTHDAY"):
                parts = parts.put(BYMONTHDAY=str(new.day))
            case Pattern.MONTH_NTH:
                parts = parts.put(BYDAY=f"{nth(new)}{DAYS[new.weekday()]}")
            case Pattern.MONTH_LAST:
                parts = parts.put(BYDAY=f"{-1 if in_last_week(new) else nth(new)}{DAYS[new.weekday()]}")
            case Pattern.OTHER:
                raise _fixed()
    return str(parts.put(UNTIL=_until(parts.get("UNTIL"), old, new)))


def _until(text: str, old: Wall, new: Wall) -> str:
    """The end moves along; for whole days it is a date."""
    if not text:
        return ""
    if "T" not in text or not isinstance(new, datetime):
        day = date(int(text[:4]), int(text[4:6]), int(text[6:8])) + (_day(new) - _day(old))
        return f"{day:%Y%m%d}"
    by = new - old if isinstance(old, datetime) else _day(new) - _day(old)
    if text.removesuffix("Z").endswith("T235959"):
        by = _day(new) - _day(old)  # the end of a day stays one
    moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S") + by  # noqa: DTZ007  moved by a length, whatever its zone
    return f"{moment:%Y%m%dT%H%M%S}" + ("Z" if text.endswith("Z") else "")


def _fixed() -> Refused:
    return Refused(phrase("This repeats by a rule that names its days and times. Change how it repeats, or move one date alone."))


def _day(moment: Wall) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
