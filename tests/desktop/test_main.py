"""What a start is for: the window, a file's window, or a command."""

import signal
import sys
from pathlib import Path

import pytest

from desktop.__main__ import community_of
from helpers.command import Belfry


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ([], None),
        (["choir.belfry"], Path("choir.belfry")),
        (["/home/ana/The Choir.belfry"], Path("/home/ana/The Choir.belfry")),
        (["--community", "choir"], Path("choir")),
        (["--community=choir.belfry"], Path("choir.belfry")),
        (["check", "choir.belfry"], None),
        (["--community", "choir.belfry", "info"], None),
        (["members"], None),
        (["--help"], None),
    ],
)
def test_given_the_words_of_a_start_when_they_name_a_file_and_nothing_else_then_its_window_is_wanted(words: list[str], file: Path | None) -> None:
    assert community_of(words) == file


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_given_a_file_alone_when_belfry_is_started_then_its_window_opens_and_it_is_the_last_one(tmp_path: Path) -> None:
    belfry = Belfry(tmp_path, tmp_path / "data", {"QT_QPA_PLATFORM": "offscreen"})
    belfry("new", "choir.belfry", "--name", "Choir", "--zone", "Europe/Lisbon", "--country", "PT")
    state = belfry.data / "window.json"
    with belfry.running("choir.belfry") as window:
        window.wait_for(lambda _: state.exists() and str(tmp_path / "choir.belfry") in state.read_text("utf-8"))
        assert any(belfry.data.glob("window-*.lock"))
        window.end(signal.SIGTERM)


def test_given_a_file_alone_when_there_is_no_display_then_what_it_holds_is_said(tmp_path: Path) -> None:
    belfry = Belfry(tmp_path, tmp_path / "data")
    belfry("new", "choir.belfry", "--name", "Choir of the Quarter", "--zone", "Europe/Lisbon", "--country", "PT")
    assert "Choir of the Quarter" in belfry("choir.belfry").out
