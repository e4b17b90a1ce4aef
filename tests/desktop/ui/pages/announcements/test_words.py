"""Sentences of schedules, rendered messages as rich text: plain functions of the page of announcements."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from desktop.community.deliveries import MOVES, State, Who
from desktop.community.durations import parse_offset
from desktop.community.recurrence import recurrence
from desktop.community.schedules import NOW, At, BeforeEvent
from desktop.ui.dates import Dates
from desktop.ui.pages.announcements import state_words
from desktop.ui.pages.announcements.repeat_box import RepeatBox
from desktop.ui.pages.announcements.rich import Manner, manner_of, rich
from desktop.ui.pages.announcements.schedule_words import length_words, sentence
from helpers.clock import START, MovedClock
from helpers.window import Desktop
from integrations import MANIFESTS
from integrations.message import Message, from_markdown, plain

DATES = Dates(MovedClock(), "Europe/Lisbon", QLocale("en_GB"))
SUNDAY = datetime(2026, 12, 6, 18, 0)  # noqa: DTZ001  wall time


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=SU", "Every Sunday at 18:00, Lisbon time; next: 6 Dec"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "Every 2 weeks on Sunday at 18:00, Lisbon time; next: 6 Dec"),
        ("FREQ=DAILY", "Every day at 18:00, Lisbon time; next: 6 Dec"),
        ("FREQ=MONTHLY;BYDAY=1SU", "On the first Sunday of every month at 18:00, Lisbon time; next: 6 Dec"),
        ("FREQ=MONTHLY;BYMONTHDAY=6", "On day 6 of every month at 18:00, Lisbon time; next: 6 Dec"),
        ("FREQ=YEARLY", "Every year on 6 December at 18:00, Lisbon time; next: 6 Dec"),
        ("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU", "Again and again (FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU) at 18:00, Lisbon time; next: 6 Dec"),
    ],
)
def test_a_rule_is_said_in_one_plain_sentence(rule: str, words: str) -> None:
    assert sentence(At(SUNDAY, "Europe/Lisbon", recurrence(rule)), DATES, START) == words


def test_other_schedules_are_sentences_too() -> None:
    assert sentence(NOW, DATES, START) == "At once"
    assert sentence(At(SUNDAY, "America/Sao_Paulo"), DATES, START) == "Sunday 6 December at 18:00, Sao Paulo time, in 13 days"
    assert sentence(BeforeEvent(parse_offset("1d")), DATES, START, "Choir") == "1 day before each date of “Choir”"
    assert length_words(parse_offset("1d12h")) == "1 day 12 hours"
    assert length_words(parse_offset("2w")) == "2 weeks"
    assert length_words(parse_offset("90m")) == "1 hour 30 minutes"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
        "FREQ=MONTHLY;BYMONTHDAY=6",
        "FREQ=MONTHLY;BYDAY=1SU",
        "FREQ=YEARLY",
        "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU",
        "FREQ=WEEKLY;BYDAY=SU;COUNT=5",
        "FREQ=WEEKLY;BYDAY=SU;UNTIL=20270606T235959",
    ],
)
def test_a_rule_that_is_shown_and_not_touched_stays_what_it_was(rule: str, empty_desktop: Desktop, qtbot: QtBot) -> None:
    box = RepeatBox(empty_desktop.kit.theme, empty_desktop.kit.icons, empty_desktop.kit.dates)
    qtbot.addWidget(box)
    kept = recurrence(rule, (), (datetime(2026, 12, 13, 18, 0),))  # noqa: DTZ001
    box.show_rule(kept, SUNDAY)
    assert box.repeats() == kept


def test_each_service_has_its_manner() -> None:
    assert manner_of("telegram", {}) is Manner.TELEGRAM
    assert manner_of("byhand", {"formatting": "whatsapp"}) is Manner.WHATSAPP
    assert manner_of("byhand", {"formatting": "plain"}) is Manner.POST
    assert manner_of("practice", {}) is Manner.CHAT
    assert rich(Manner.TELEGRAM, '<b>a</b> <a href="https://e.org">x</a>', "#123456").count("#123456") == 1
    assert "<b>a <i>b</i></b>" in rich(Manner.WHATSAPP, "*a _b_* snake_case_name", "#123456")
    assert "snake_case_name" in rich(Manner.WHATSAPP, "*a _b_* snake_case_name", "#123456")


@given(text=st.text(alphabet="ab <>&\"'*_~`[]()#\\\n-1.@:/", max_size=60))
def test_whatever_is_written_no_character_of_it_becomes_markup_of_the_preview(text: str) -> None:
    for manifest in MANIFESTS:
        rendered = manifest.render(Message(from_markdown(text)), {})
        document = QTextDocument()
        document.setHtml(rich(manner_of(manifest.id, {}), rendered.text, "#123456"))
        shown = document.toPlainText()
        for letter in "<>&":
            assert shown.count(letter) >= plain(from_markdown(text)).count(letter)


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_and_what_a_person_can_do_about_it(state: State) -> None:
    assert state_words.word(state)
    assert state_words.meaning(state)
    possible = {becomes for becomes, who in MOVES[state].items() if Who.PERSON in who}
    assert len(state_words.answers(state)) == len(possible)


def test_rows_of_several_places_show_what_needs_a_person_first() -> None:
    assert state_words.together([State.SENT, State.UNSURE, State.QUEUED]) is State.UNSURE
    assert state_words.together([State.SENT, State.QUEUED]) is State.QUEUED
