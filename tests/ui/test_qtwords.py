"""Buttons of questions, menus of text fields and months follow the language of the program."""

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from ipdesk.base.i18n import set_language
from ipdesk.ui.qtwords import speak


def _words(qtbot: QtBot) -> list[str]:
    question, field = QMessageBox(), QLineEdit()
    qtbot.addWidget(question)
    qtbot.addWidget(field)
    question.setStandardButtons(QMessageBox.StandardButton.Cancel)
    menu = field.createStandardContextMenu()
    paste = menu.actions()[5].text().partition("\t")[0].replace("&", "")
    menu.deleteLater()
    return [question.buttons()[0].text(), paste, QLocale().monthName(3)]


def test_qt_speaks_as_the_program_does_and_back(qapp: QApplication, qtbot: QtBot) -> None:
    assert _words(qtbot) == ["Cancel", "Paste", "March"]
    for _ in range(2):
        set_language("zh_CN")
        speak(qapp)
        assert _words(qtbot) == ["取消", "粘贴(P)", "三月"]
        set_language("en")
        speak(qapp)
        assert _words(qtbot) == ["Cancel", "Paste", "March"]


def test_what_qt_leaves_in_english_in_file_dialogs_is_said_in_chinese(qapp: QApplication) -> None:
    set_language("zh_CN")
    speak(qapp)
    said = [
        QCoreApplication.translate("QFileDialog", "&Look in:"),
        QCoreApplication.translate("QFileDialog", "Files of &type:"),
    ]
    set_language("en")
    speak(qapp)
    assert said == ["查看位置(&L)：", "文件类型(&T)："]
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == "&Look in:"
