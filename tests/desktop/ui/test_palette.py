"""The command palette: what answers best stands first, whatever it is."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.actions import event_edits
from desktop.community.events import Event
from desktop.community.members import Member
from desktop.store import members
from desktop.store.database import Store
from desktop.store.journal import operation
from desktop.ui.main_window import MainWindow
from desktop.ui.navigation import PageName
from helpers.window import Desktop
from resources.translations import phrase


def add_people(store: Store, *people: Member) -> None:
    with operation(store, phrase("Added {name}", name="…")) as op:
        for one in people:
            members.add(op, one)


def type_into_palette(qtbot: QtBot, window: MainWindow, words: str) -> list[str]:
    """What the palette lists for these words, from the top."""
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    panel = window.palette_panel
    qtbot.keyClicks(panel.field, words)
    return [str(panel.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)).partition(",")[0] for row in range(panel.list.count())]


def test_given_a_member_with_such_a_note_and_an_event_of_that_name_when_it_is_typed_then_enter_opens_the_event(
    qtbot: QtBot, empty_desktop: Desktop
) -> None:
    add_people(empty_desktop.kit.store, Member("Zoe", notes="Never misses a rehearsal."))
    event_edits.add(empty_desktop.kit.store, Event("Rehearsal", date(2026, 3, 8), date(2026, 3, 9), "Europe/Lisbon"))
    window = empty_desktop.open_window()
    assert type_into_palette(qtbot, window, "rehearsal") == ["Rehearsal", "Zoe"]
    qtbot.keyClick(window.palette_panel.field, Qt.Key.Key_Return)
    assert window.pages.page is not None
    assert window.pages.page.entry.name is PageName.CALENDAR


def test_given_members_who_match_weakly_when_an_action_is_typed_then_the_action_is_first(qtbot: QtBot, empty_desktop: Desktop) -> None:
    add_people(empty_desktop.kit.store, Member("Ana Undo"), Member("Undone Rui"))
    window = empty_desktop.open_window()
    assert type_into_palette(qtbot, window, "undo") == ["Undo", "Undone Rui", "Ana Undo"]


def test_given_sixty_of_a_beginning_when_a_whole_name_is_typed_then_that_member_is_first(qtbot: QtBot, empty_desktop: Desktop) -> None:
    add_people(empty_desktop.kit.store, *(Member(f"Anabel {number}") for number in range(60)), Member("Ana"))
    assert type_into_palette(qtbot, empty_desktop.open_window(), "ana")[0] == "Ana"
