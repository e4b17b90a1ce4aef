"""The language of the window: our catalogue, Qt's own one for its dialogs, and the direction of reading."""

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from resources import translations


def speak(app: QApplication, language: str = "") -> QLocale:
    """Speak this language (`pt`, `pt_BR`); the system's where none is given. Gives its locale.

    Mirrors the window for a language that is read from the right, where we have its words: English words stay as they are.
    """
    locale = QLocale(language) if language else QLocale.system()
    translations.use(locale.name())
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    own = QTranslator(app)
    if own.load(locale, "qtbase", "_", folder):
        app.installTranslator(own)
    QLocale.setDefault(locale)
    known = translations.known(locale.name())
    app.setLayoutDirection(locale.textDirection() if known else Qt.LayoutDirection.LeftToRight)
    return locale
