"""What the window remembers is there again at the next start, whatever became of its file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from desktop.ui.window_state import FILE_NAME, WindowState


def test_given_texts_and_states_that_were_kept_when_it_starts_again_then_they_are_there(tmp_path: Path) -> None:
    first = WindowState(tmp_path)
    for number in range(50):
        first.keep("page", f"page {number}")
    first.keep("columns", QByteArray(b"\x00\xff\x01"))
    first.flush()
    again = WindowState(tmp_path)
    assert again.text("page") == "page 49"
    assert again.state("columns") == QByteArray(b"\x00\xff\x01")
    assert again.text("other", "none") == "none"
    assert again.state("other") is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"page": 3, "columns": "not one"}'])
def test_given_a_broken_file_when_it_starts_then_nothing_is_remembered_and_it_can_be_written(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, "utf-8")
    state = WindowState(tmp_path)
    assert state.text("page") == ""
    assert state.state("columns") is None
    state.keep("page", "today")
    state.flush()
    assert WindowState(tmp_path).text("page") == "today"


def test_given_a_folder_that_is_not_there_when_something_is_kept_then_it_is_remembered_until_the_end(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "gone")
    state.keep("page", "today")
    state.flush()
    assert state.text("page") == "today"
