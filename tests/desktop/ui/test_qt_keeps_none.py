"""Figure R9: PySide6 6.12.0 on Python 3.11 loses a reference to None in each void call and aborts after thousands. The pin `<6.12` holds."""

import sys

from PySide6.QtWidgets import QApplication, QWidget

CALLS = 10_000


def test_given_thousands_of_void_calls_then_none_keeps_its_references(qapp: QApplication) -> None:
    widget = QWidget()
    before = sys.getrefcount(None)
    for _call in range(CALLS):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 10
