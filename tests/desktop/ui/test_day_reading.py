"""Days as people type them."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from desktop.ui.dates import Form, written
from desktop.ui.day_reading import day_from
from resources import translations

TODAY, NEAR = date(2026, 11, 24), date(2026, 12, 6)


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("6 Dec", "en_GB", date(2026, 12, 6)),
        ("Sunday 6 December 2026", "en_GB", date(2026, 12, 6)),
        ("Sun 6 Dec 2026", "en_GB", date(2026, 12, 6)),
        ("December 6th", "en_GB", date(2026, 12, 6)),
        ("3 jan", "en_GB", date(2027, 1, 3)),
        ("6/12", "en_GB", date(2026, 12, 6)),
        ("6.12.", "de_DE", date(2026, 12, 6)),
        ("12/6/26", "en_US", date(2026, 12, 6)),
        ("2026-12-06", "en_US", date(2026, 12, 6)),
        ("6 de dezembro de 2026", "pt_PT", date(2026, 12, 6)),
        ("29 Feb 2028", "en_GB", date(2028, 2, 29)),
        ("tomorrow", "en_GB", date(2026, 11, 25)),
        ("31 Feb", "en_GB", None),
        ("30/2/2027", "en_GB", None),
        ("6", "en_GB", None),
        ("soon", "en_GB", None),
        ("6 Dec 2026 or later", "en_GB", None),
        ("", "en_GB", None),
    ],
)
def test_given_what_was_typed_when_it_is_read_then_it_is_that_day_or_none(text: str, locale: str, day: date | None) -> None:
    assert day_from(text, QLocale(locale), TODAY, NEAR) == day


@pytest.mark.parametrize(("language", "locale"), [("en", "en_GB"), ("en", "en_US"), ("pt", "pt_PT")])
@pytest.mark.parametrize("form", [Form.SHORT_YEAR, Form.WEEKDAY_YEAR, Form.LONG_YEAR, Form.WEEKDAY])
def test_given_a_day_as_the_window_writes_it_when_it_is_typed_again_then_it_is_the_same(language: str, locale: str, form: Form) -> None:
    translations.use(language)
    for month in range(1, 13):
        day = date(2026, month, 17)
        assert day_from(written(day, form, QLocale(locale)), QLocale(locale), TODAY, date(2026, month, 1)) == day
