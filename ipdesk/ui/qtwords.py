"""The words that Qt brings itself: buttons of questions, file dialogs, menus of text fields."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ipdesk.base.i18n import Message, language, say

_NAME = "words of Qt"
_MISSED: dict[str, Message] = {  # what Qt's own Chinese catalogue leaves in English
    "&Look in:": say("&Look in:"),
    "Files of &type:": say("Files of &type:"),
    "Folder": say("Folder"),
    "Drive": say("Drive"),
}


class _Words(QTranslator):
    """Qt's catalogue of a language, and what it misses in file dialogs."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        found = super().translate(context, text, disambiguation, n)
        return found or (str(_MISSED[text]) if text in _MISSED else text)


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
    words = _Words(app)
    words.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(locale, "qtbase", "_", folder):
        app.installTranslator(words)
