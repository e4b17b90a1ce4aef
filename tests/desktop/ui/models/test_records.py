"""The table model of numbers with a page cache."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.store import members
from desktop.ui.models.records import NUMBER_ROLE, PAGE, RECORD_ROLE, SORT_ROLE, Column, RecordModel
from desktop.ui.pages.members.list import member_model
from desktop.ui.theme import Mode, Theme
from desktop.ui.widgets.table import Table
from helpers.window import Desktop


def numbers_model(asked: list[Sequence[int]]) -> RecordModel[str]:
    def fetch(numbers: Sequence[int]) -> list[str]:
        asked.append(numbers)
        return [f"n{number}" for number in numbers]

    columns: tuple[Column[str], ...] = (Column("Name", lambda name: name), Column("Size", lambda name: str(len(name)), len, right=True))
    return RecordModel(columns, fetch)


def test_given_the_members_model_when_it_is_walked_through_then_it_keeps_qt_s_rules(sample_desktop: Desktop, qtmodeltester: ModelTester) -> None:
    model = member_model(sample_desktop.kit.store, sample_desktop.kit.dates)
    model.show(members.pks(sample_desktop.kit.store))
    qtmodeltester.check(model, force_py=True)


def test_given_many_rows_when_one_is_shown_then_only_its_page_is_fetched() -> None:
    asked: list[Sequence[int]] = []
    model = numbers_model(asked)
    model.show(range(1000))
    assert model.index(500, 0).data() == "n500"
    assert model.index(500, 1).data(SORT_ROLE) == 4
    assert model.index(501, 0).data(RECORD_ROLE) == "n501"
    assert model.index(501, 0).data(NUMBER_ROLE) == 501
    assert [len(numbers) for numbers in asked] == [PAGE]


def test_given_a_record_that_was_edited_when_it_is_forgotten_then_only_its_row_is_told_of(qtbot: QtBot) -> None:
    asked: list[Sequence[int]] = []
    model = numbers_model(asked)
    model.show([7, 8, 9])
    model.index(0, 0).data()
    with qtbot.waitSignal(model.dataChanged) as told:
        model.forget([8, 100])
    assert told.args is not None
    assert (told.args[0].row(), told.args[1].row()) == (1, 1)
    model.index(1, 0).data()
    assert len(asked) == 2


def test_given_100_000_rows_when_all_are_selected_then_it_is_one_range(qapp: object, qtbot: QtBot) -> None:
    model = numbers_model([])
    table = Table(Theme(qapp, Mode.LIGHT), model, "Numbers")  # type: ignore[arg-type]  # an application
    qtbot.addWidget(table)
    model.show(range(100_000))
    table.selectAll()
    assert table.selected_count() == 100_000
    assert len(list(table.selectionModel().selection())) == 1  # type: ignore[call-overload]  # the stubs do not know that it is a list
    model.show(range(10))
    assert table.selected_count() == 0


def test_given_the_header_when_it_is_pressed_then_the_page_is_asked_for_another_order(qtbot: QtBot) -> None:
    model = numbers_model([])
    with qtbot.waitSignal(model.sort_wanted) as wanted:
        model.sort(1, Qt.SortOrder.DescendingOrder)
    assert wanted.args == [1, True]
