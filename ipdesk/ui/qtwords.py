"""The words that Qt brings itself: buttons of questions, file dialogs, menus of text fields."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ipdesk.base.i18n import language

_NAME = "words of Qt"


def speak(app: QApplication) -> None:
    """Let Qt speak the language of the program, and write months and days in it.

    Without Qt's catalogue of that language its words stay English.
    """
    locale = QLocale(language())
    QLocale.setDefault(locale)
    before = app.findChild(QTranslator, _NAME)
    if before is not None:
        app.removeTranslator(before)
        before.setParent(None)
    words = QTranslator(app)
    words.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(locale, "qtbase", "_", folder):
        app.installTranslator(words)
