"""A second start brings the first window to the front."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.ui.single import Single


def test_given_a_first_start_when_there_is_a_second_then_the_first_is_asked_to_come_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Single(tmp_path, tmp_path / "a.belfry"), Single(tmp_path, tmp_path / "a.belfry")
    assert first.claim()
    with qtbot.waitSignal(first.raised):
        assert not second.claim()
    first.release()


def test_given_two_communities_when_both_are_opened_then_both_are_first(tmp_path: Path) -> None:
    one, other = Single(tmp_path, tmp_path / "a.belfry"), Single(tmp_path, tmp_path / "b.belfry")
    assert one.claim()
    assert other.claim()
    one.release()
    other.release()


def test_given_a_first_start_that_has_ended_when_there_is_another_then_it_is_the_first(tmp_path: Path) -> None:
    one = Single(tmp_path, tmp_path / "a.belfry")
    assert one.claim()
    one.release()
    assert Single(tmp_path, tmp_path / "a.belfry").claim()
