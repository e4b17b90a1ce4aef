"""What gets the focus is in sight; the next control is found from where the focus is."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QGroupBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.reading_order import bring, next_in, reached


def _shown(qtbot: QtBot, content: QWidget, height: int = 200) -> QScrollArea:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.resize(300, height)
    area.show()
    qtbot.waitExposed(area)
    return area


def test_given_a_window_when_tab_goes_on_and_back_then_it_goes_as_one_reads_and_round(qtbot: QtBot) -> None:
    window, late = QWidget(), QPushButton("late")
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    group, inner = QGroupBox(), QWidget()
    first, second, third, hidden = QLineEdit(), QPushButton("two"), QPushButton("three"), QPushButton("hidden")
    beside = QHBoxLayout(inner)
    for one in (second, hidden, third):
        beside.addWidget(one)
    QVBoxLayout(group).addWidget(inner)
    rows.addWidget(group)
    rows.addWidget(late)
    rows.insertWidget(0, first)
    window.show()
    hidden.hide()
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    assert list(reached(window)) == [first, second, third, late]
    ways: tuple[tuple[bool, list[QWidget]], ...] = ((True, [second, third, late, first]), (False, [late, third, second, first]))
    for forth, wanted in ways:
        for stop in wanted:
            assert next_in(window, forth=forth)
            assert QApplication.focusWidget() is stop


def test_given_a_window_without_anything_to_stop_at_when_tab_is_pressed_then_it_says_so(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    assert not next_in(window, forth=True)
    assert not next_in(window, forth=False)


def test_given_a_high_editor_when_it_is_brought_then_its_line_is_in_sight_and_not_all_of_it(qtbot: QtBot) -> None:
    content = QWidget()
    box = QVBoxLayout(content)
    above, field = QPushButton("Where it goes"), QPlainTextEdit("\n".join(f"line {number}" for number in range(20)))
    field.setMinimumHeight(180)
    box.addWidget(above)
    box.addWidget(field)
    area = _shown(qtbot, content)
    bring(field)
    assert area.verticalScrollBar().value() == 0  # the button above it is still there
    field.setMinimumHeight(600)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 300)
    field.moveCursor(QTextCursor.MoveOperation.End)
    bring(field)
    line = field.cursorRect().translated(field.viewport().mapTo(content, field.viewport().rect().topLeft()))
    top = area.verticalScrollBar().value()
    assert top <= line.top()
    assert line.bottom() <= top + area.viewport().height()
