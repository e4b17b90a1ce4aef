"""The table model of numbers with a page cache."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.store import members
from desktop.ui.models.records import KEPT, NUMBER_ROLE, RECORD_ROLE, SORT_ROLE, TOGETHER, Column, RecordModel
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


def test_given_many_rows_when_one_is_shown_then_only_it_and_the_next_are_fetched() -> None:
    asked: list[Sequence[int]] = []
    model = numbers_model(asked)
    model.show(range(1000))
    assert model.index(500, 0).data() == "n500"
    assert model.index(500, 1).data(SORT_ROLE) == 4
    assert model.index(501, 0).data(RECORD_ROLE) == "n501"
    assert model.index(501, 0).data(NUMBER_ROLE) == 501
    assert asked == [list(range(500, 500 + TOGETHER))]
    assert model.index(498, 0).data() == "n498"
    assert asked[1:] == [[498, 499]]
    assert model.index(999, 0).data() == "n999"
    assert asked[2:] == [[999]]


def test_given_a_record_that_is_gone_when_its_row_is_shown_then_it_is_empty_and_the_others_keep_their_places() -> None:
    columns: tuple[Column[str], ...] = (Column("Name", lambda name: name),)
    model = RecordModel(columns, lambda numbers: [f"n{number}" for number in numbers if number != 8])
    model.show([7, 8, 9])
    assert [model.index(row, 0).data() for row in range(3)] == ["n7", None, "n9"]
    assert [model.text(row, 0) for row in range(3)] == ["n7", "", "n9"]


def test_given_a_walk_over_many_records_when_it_comes_back_then_no_more_are_kept_than_is_said() -> None:
    asked: list[Sequence[int]] = []
    model = numbers_model(asked)
    model.show(range(3 * KEPT))
    for row in range(2 * KEPT):
        assert model.text(row, 0) == f"n{row}"
    fetched = len(asked)
    assert model.text(KEPT, 0) == f"n{KEPT}"
    assert len(asked) == fetched
    assert model.text(0, 0) == "n0"
    assert len(asked) == fetched + 1


def test_given_a_table_when_it_has_another_size_then_as_many_records_are_fetched_as_have_room(qapp: object, qtbot: QtBot) -> None:
    asked: list[Sequence[int]] = []
    model = numbers_model(asked)
    table = Table(Theme(qapp, Mode.LIGHT), model, "Numbers")  # type: ignore[arg-type]  # an application
    qtbot.addWidget(table)
    table.resize(300, 600)
    model.show(range(1000))
    with qtbot.waitExposed(table):
        table.show()
    asked.clear()
    table.scrollTo(model.index(500, 0), Table.ScrollHint.PositionAtTop)
    table.viewport().repaint()
    seen = table.rowAt(table.viewport().height() - 1) - 500 + 1
    assert [numbers[0] for numbers in asked] == [500]
    assert seen <= len(asked[0]) <= seen + 1


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
