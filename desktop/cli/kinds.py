"""Option values that are checked as they are read: a bad one is bad usage (exit status 2), with a sentence that says how it is written."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from desktop.community.durations import parse_offset, parse_wall
from desktop.community.errors import Refused
from desktop.community.lateness import parse_lateness
from desktop.community.zones import is_zone
from resources.translations import phrase

if TYPE_CHECKING:
    from desktop.community.recurrence import Recurrence


class Parsed(click.ParamType[Any]):
    """A value that a function of the community reads; its Refused is bad usage."""

    def __init__(self, name: str, parse: Callable[[str], Any]) -> None:
        self.name = name
        self._parse = parse

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value read, or bad usage."""
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except Refused as refused:
            self.fail(str(refused), param, ctx)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(phrase("“{text}” is not a date. Write it as in 2026-12-06.", text=text)) from None


def _zone(text: str) -> str:
    if not is_zone(text):
        raise Refused(phrase("There is no time zone {zone}. Write it as in Europe/Lisbon.", zone=text))
    return text


def _country(text: str) -> str:
    if len(text) != 2 or not text.isalpha():
        raise Refused(phrase("“{text}” is no country. Write its two letters, as in PT.", text=text))
    return text.upper()


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Refused(phrase("“{text}” has no “=”. Write it as in name=value.", text=text))
    return name.strip(), value.strip()


def _rule(text: str) -> "Recurrence":
    from desktop.community.recurrence import recurrence  # late: dateutil takes its time

    return recurrence(text)


WALL = Parsed("date and time", parse_wall)
OFFSET = Parsed("length of time", parse_offset)
LATE = Parsed("lateness", parse_lateness)
DAY = Parsed("date", _day)
ZONE = Parsed("zone", _zone)
COUNTRY = Parsed("country", _country)
PAIR = Parsed("name=value", _pair)
RULE = Parsed("repeat rule", _rule)
