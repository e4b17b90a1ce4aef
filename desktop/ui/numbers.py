"""Numbers as the reader writes them: 100,000 or 100 000."""

from PySide6.QtCore import QLocale


def digits(number: int) -> str:
    """How many, with what separates the thousands in the reader's language."""
    return QLocale().toString(number)
