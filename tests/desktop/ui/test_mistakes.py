"""A mistake of Belfry's own ends in a sentence and a report without personal data."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.community.errors import Refused
from desktop.ui.mistakes import Mistakes
from desktop.ui.notices import Notice, Notices
from helpers.window import Opened
from resources.translations import phrase

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.expects_log("A mistake of Belfry's own")
def test_given_an_exception_that_nobody_caught_when_it_names_a_person_then_the_report_does_not(qtbot: QtBot, tmp_path: Path) -> None:
    notices, said = Notices(), list[Notice]()
    notices.stays.connect(said.append)
    opener = Opened()
    mistakes = Mistakes(tmp_path / "reports", notices, opener, lambda: NOW)
    try:
        name = "Ana Silva"
        raise ValueError(f"{name} has no phone")
    except ValueError:
        mistakes.heard(*sys.exc_info())
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].offer is not None
    said[0].offer.do()
    text = Path(opener.addresses[0]).read_text("utf-8")
    assert "ValueError" in text
    assert "test_mistakes.py" in text
    assert "Ana" not in text
    assert str(tmp_path) not in text


def test_given_an_error_that_a_sentence_explains_when_nobody_caught_it_then_the_sentence_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    notices, said = Notices(), list[Notice]()
    notices.said.connect(said.append)
    mistakes = Mistakes(tmp_path / "reports", notices, Opened(), lambda: NOW)
    refused = Refused(phrase("There is no such member."))
    mistakes.heard(Refused, refused, None)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].text == "There is no such member."
    assert not (tmp_path / "reports").exists()
