"""Walking through what is posted by hand, by keyboard and by mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.actions.channel_edits import add_by_hand
from desktop.community.announcements import Announcement, AttachedFile
from desktop.community.deliveries import State
from desktop.store import announcements, files, ledger
from desktop.store.database import Store
from desktop.store.journal import operation
from desktop.ui.byhand.entry import open_runner
from desktop.ui.byhand.runner import Runner
from desktop.ui.navigation import PageName
from desktop.ui.widgets.toasts import Toast
from helpers.accessible import nameless
from helpers.hand import hand_over
from helpers.window import Desktop
from resources.translations import phrase

GROUPS = ("Neighbours", "Runners", "Parents")


def whatsapp(store: Store) -> None:
    ids = [add_by_hand(store, name, "", "whatsapp") for name in GROUPS]
    _announce(store, "**Sunday:** soup for all", ids)


def forum_and_reddit(store: Store) -> None:
    ids = [
        add_by_hand(store, "Forum", "https://example.org/forum", "plain"),
        add_by_hand(store, "r/lisbon", "https://www.reddit.com/r/lisbon", "plain"),
    ]
    _announce(store, "Soup for all\n\nBring a bowl", ids)


def _announce(store: Store, text: str, ids: list[str], **more: AttachedFile) -> None:
    with operation(store, phrase("Announced")) as op:
        announcements.add(op, Announcement(text, tuple(ids), **more))  # type: ignore[arg-type]  # photo or document
    hand_over(store)


def opened(qtbot: QtBot, desktop: Desktop) -> Runner:
    window = desktop.open_window()
    window.show()
    qtbot.waitActive(window)
    desktop.kit.navigation.go(PageName.CHANNELS)
    return open_runner(desktop.kit, window.pages)


def states(desktop: Desktop) -> list[State]:
    return [one.state for one in ledger.listed(desktop.kit.store.conn)]


def test_given_three_groups_with_one_text_when_enter_is_pressed_twice_then_all_are_posted_and_nothing_twice(
    qtbot: QtBot, make_desktop: Callable[..., Desktop]
) -> None:
    desktop = make_desktop(fill=whatsapp)
    runner = opened(qtbot, desktop)
    assert runner.step is not None
    assert [place.name for place in runner.step.places] == list(GROUPS)
    assert runner.window().focusWidget() is runner.forth
    qtbot.keyClick(runner.forth, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == "*Sunday:* soup for all"
    assert desktop.opener.addresses == ["https://wa.me/?text=%2ASunday%3A%2A%20soup%20for%20all"]
    assert states(desktop) == [State.WAITING] * 3, "opened is not posted"
    qtbot.keyClick(runner.forth, Qt.Key.Key_Space)
    assert states(desktop) == [State.SENT] * 3
    assert runner.step is None
    assert "3 of 3 posted, nothing twice" in _words(runner)


def test_given_two_places_when_one_goes_through_then_each_is_opened_in_order_before_the_tick(
    qtbot: QtBot, make_desktop: Callable[..., Desktop]
) -> None:
    desktop = make_desktop(fill=forum_and_reddit)
    runner = opened(qtbot, desktop)
    qtbot.mouseClick(runner.forth, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(runner.forth, Qt.MouseButton.LeftButton)
    assert desktop.opener.addresses == [
        "https://example.org/forum",
        "https://www.reddit.com/r/lisbon/submit?title=Soup%20for%20all&text=Bring%20a%20bowl",
    ]
    assert runner.forth.text() == "All 2 are posted: tick them off"


def test_given_a_picture_when_it_is_copied_then_it_comes_after_the_text(qtbot: QtBot, make_desktop: Callable[..., Desktop]) -> None:
    def fill(store: Store) -> None:
        from importlib.resources import files as package_files

        content = package_files("resources.sample").joinpath("files", "jacarandas.jpg").read_bytes()
        with store.write() as conn:
            kept = AttachedFile(files.keep(conn, content, "image/jpeg"), "jacarandas.jpg", "image/jpeg")
        _announce(store, "Look", [add_by_hand(store, "Forum", "https://example.org/forum", "plain")], photo=kept)

    desktop = make_desktop(fill=fill)
    runner = opened(qtbot, desktop)
    qtbot.mouseClick(runner.forth, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Look"
    assert runner.forth.text() == "Copy the picture"
    qtbot.mouseClick(runner.forth, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasImage())
    qtbot.waitUntil(lambda: runner.forth.text() == "It is posted: tick it off")


def test_given_a_document_when_it_is_saved_then_the_file_lies_where_the_person_chose(
    qtbot: QtBot, make_desktop: Callable[..., Desktop], tmp_path: Path
) -> None:
    def fill(store: Store) -> None:
        with store.write() as conn:
            kept = AttachedFile(files.keep(conn, b"%PDF-1.7", "application/pdf"), "programme.pdf", "application/pdf")
        _announce(store, "Read", [add_by_hand(store, "Forum", "https://example.org/forum", "plain")], document=kept)

    desktop = make_desktop(fill=fill)
    runner = opened(qtbot, desktop)
    desktop.files.answers.append(tmp_path / "there.pdf")
    qtbot.mouseClick(runner.forth, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(runner.forth, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: runner.forth.text() == "It is posted: tick it off")
    assert (tmp_path / "there.pdf").read_bytes() == b"%PDF-1.7"


def test_given_several_posted_on_the_phone_when_they_are_chosen_then_they_are_ticked_off_together(qtbot: QtBot, sample_desktop: Desktop) -> None:
    hand_over(sample_desktop.kit.store, 4)
    runner = opened(qtbot, sample_desktop)
    boxes = list(runner.view.boxes.values())
    assert len(boxes) == 3
    for box in boxes[:2]:
        box.click()
    qtbot.mouseClick(runner.view.tick_chosen, Qt.MouseButton.LeftButton)
    assert states(sample_desktop).count(State.SENT) == 2
    assert runner.step is not None


def test_given_one_of_three_when_it_is_ticked_alone_then_the_others_still_wait(qtbot: QtBot, make_desktop: Callable[..., Desktop]) -> None:
    desktop = make_desktop(fill=whatsapp)
    runner = opened(qtbot, desktop)
    tick = next(one for one in runner.findChildren(QPushButton) if one.accessibleName() == "Tick off Runners")
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert runner.step is not None
    assert [place.name for place in runner.step.places] == ["Neighbours", "Parents"]


def test_given_a_step_that_is_not_to_be_posted_when_it_is_undone_then_it_is_planned_again(qtbot: QtBot, make_desktop: Callable[..., Desktop]) -> None:
    desktop = make_desktop(fill=whatsapp)
    runner = opened(qtbot, desktop)
    qtbot.mouseClick(runner.never, Qt.MouseButton.LeftButton)
    assert states(desktop) == [State.CANCELLED] * 3
    assert desktop.window is not None
    toast = desktop.window.findChild(Toast)
    assert toast is not None
    undo = next(one for one in toast.findChildren(QPushButton) if one.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert states(desktop) == [State.QUEUED] * 3


def test_given_something_ticked_off_elsewhere_when_the_news_comes_then_it_is_asked_for_no_more(
    qtbot: QtBot, make_desktop: Callable[..., Desktop]
) -> None:
    from desktop.actions import by_hand

    desktop = make_desktop(fill=whatsapp)
    runner = opened(qtbot, desktop)
    with desktop.program.open() as other:
        by_hand.tick(other, [one.id for one in ledger.listed(other.conn)])
    desktop.bridge.look()
    assert runner.step is None
    assert "Nothing waits to be posted by hand" in _words(runner)


def test_given_the_phone_when_the_code_is_shown_then_every_control_has_a_name(qtbot: QtBot, make_desktop: Callable[..., Desktop]) -> None:
    desktop = make_desktop(fill=whatsapp)
    runner = opened(qtbot, desktop)
    runner.view.phone.click()
    assert not nameless(runner)
    assert "tick it off here" in _words(runner)


def test_given_the_code_for_the_phone_when_escape_is_pressed_then_the_code_goes_and_the_runner_stays(
    qtbot: QtBot, make_desktop: Callable[..., Desktop]
) -> None:
    desktop = make_desktop(fill=whatsapp)
    runner = opened(qtbot, desktop)
    runner.view.phone.click()
    qtbot.keyClick(runner.view.phone, Qt.Key.Key_Escape)
    assert not runner.view.phone.isChecked()
    assert runner.view.text.isVisible()
    assert desktop.window is not None
    assert desktop.window.focusWidget() is runner.view.phone
    assert desktop.window.pages.page is runner


@pytest.mark.parametrize("way", ["escape", "button"])
def test_given_the_runner_when_the_person_leaves_then_the_page_from_before_is_there(
    qtbot: QtBot, make_desktop: Callable[..., Desktop], way: str
) -> None:
    desktop = make_desktop(fill=whatsapp)
    runner = opened(qtbot, desktop)
    if way == "escape":
        qtbot.keyClick(runner.forth, Qt.Key.Key_Escape)
    else:
        back = next(one for one in runner.findChildren(QPushButton) if one.text() == "Back" and one.isVisible())
        qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert desktop.window is not None
    page = desktop.window.pages.page
    assert page is not None
    assert page.entry.name is PageName.CHANNELS
    focus = desktop.window.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)


def test_given_the_runner_when_it_opens_again_and_is_left_then_the_title_of_the_window_follows_each_time(
    qtbot: QtBot, make_desktop: Callable[..., Desktop]
) -> None:
    desktop = make_desktop(fill=whatsapp)
    runner = opened(qtbot, desktop)
    window = desktop.window
    assert window is not None
    for _time in range(2):
        assert window.windowTitle() == "Post by hand · Riverside Choir"
        qtbot.keyClick(runner.forth, Qt.Key.Key_Escape)
        assert window.windowTitle() == "Channels · Riverside Choir"
        runner = open_runner(desktop.kit, window.pages)


def test_given_an_open_runner_when_it_is_opened_again_then_it_is_the_same_one_at_that_step(qtbot: QtBot, sample_desktop: Desktop) -> None:
    waiting = hand_over(sample_desktop.kit.store, 4)
    runner = opened(qtbot, sample_desktop)
    assert sample_desktop.window is not None
    again = open_runner(sample_desktop.kit, runner.view, waiting[2].id)
    assert again is runner
    assert runner.step is not None
    assert waiting[2].id in runner.step.ids


def _words(runner: Runner) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in runner.findChildren(QLabel) if one.isVisible())
