from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.ui.widgets.written import MOST, Written

BOX = QRect(60, 20, 120, 30)


def ink(draw: Callable[[QPainter], object]) -> QRect:
    """Where something was drawn on white."""
    image = QImage(300, 80, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(Qt.GlobalColor.black)
    draw(painter)
    painter.end()
    dark = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).lightness() < 160]
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    return QRect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


@pytest.mark.parametrize("struck", [False, True])
@pytest.mark.parametrize("text", ["Choir rehearsal", "שלום לכולם"])
def test_given_a_place_when_a_text_is_written_then_it_stands_where_qt_would_write_it_the_second_time_too(
    qapp: QApplication, text: str, struck: bool
) -> None:
    font = QFont(QGuiApplication.font())
    font.setStrikeOut(struck)
    written = Written(font)
    for side, flag in (
        ({}, Qt.AlignmentFlag.AlignLeft),
        ({"right": True}, Qt.AlignmentFlag.AlignRight),
        ({"centred": True}, Qt.AlignmentFlag.AlignHCenter),
    ):

        def as_qt(painter: QPainter, flag: Qt.AlignmentFlag = flag) -> None:
            painter.setFont(font)
            painter.drawText(BOX, int(flag | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter), text)

        expected = ink(as_qt)
        for _ in range(2):
            found = ink(lambda painter, side=side: written.write(painter, BOX, text, **side))  # type: ignore[misc]  # no lambda with a default
            off = (found.left() - expected.left(), found.right() - expected.right(), found.top() - expected.top(), found.bottom() - expected.bottom())
            assert max(map(abs, off)) <= 1, (side, off)


def test_given_too_little_room_when_a_text_is_written_then_it_is_cut_and_stays_inside(qapp: QApplication) -> None:
    written = Written(QFont(QGuiApplication.font()))
    found = ink(lambda painter: written.write(painter, BOX, "A title that is far too long for its box " * 3))
    assert BOX.contains(found)
    assert found.width() > BOX.width() / 2


def test_given_more_texts_than_are_kept_when_they_are_written_then_all_are_written(qapp: QApplication) -> None:
    written = Written(QFont(QGuiApplication.font()))

    def all_of_them(painter: QPainter) -> None:
        for number in range(MOST + 10):
            assert written.write(painter, BOX, f"{number}") > 0

    assert not ink(all_of_them).isEmpty()
