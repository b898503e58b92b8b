"""Whether families may be fetched from the EPO, and the user's own key: a part of the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.base.keys import forget_key, keep_key, read_key
from ipdesk.core.intake.lookup.calls import KEYS, log_file
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.buttons import button, in_a_row
from ipdesk.ui.widgets.labels import label


class LookUpKeys(QWidget):
    """Off until the user ticks it; the key lies in the keyring of the system."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.allowed = QCheckBox(tr("Allow look-ups by number at the EPO"))
        self.allowed.setChecked(desk.settings.values.look_up)
        self.allowed.clicked.connect(self._allow)
        self.fields = (self._field(tr("Consumer key")), self._field(tr("Consumer secret")))
        self.state = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.allowed)
        column.addLayout(in_a_row(*self.fields, button(tr("Keep the key"), self.keep)))
        column.addWidget(self.state)
        column.addLayout(
            in_a_row(
                button(tr("Forget the key"), self.forget),
                button(tr("Open the log of calls"), self.open_log, icon="list-bullets"),
            )
        )
        self._show()

    def _field(self, words: str) -> QLineEdit:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setPlaceholderText(words)
        made.setAccessibleName(words)
        made.setMinimumWidth(theme.px(220))
        return made

    def _show(self) -> None:
        """Only what the user allowed asks the keyring; it may want to be unlocked."""
        allowed = self.allowed.isChecked()
        for field in self.fields:
            field.setEnabled(allowed)
        self.state.setVisible(allowed)
        if allowed:
            self._desk.worker.job(lambda _task: _has_keys(), self._show_state, self._say_state)

    def _show_state(self, there: bool) -> None:
        words = tr("A key is kept in the keyring of this system.")
        self.state.setText(words if there else tr("No key yet. It is free: developers.epo.org."))

    def _say_state(self, error: Exception) -> None:
        self.state.setText(f"▲ {error}")

    def _allow(self, allowed: bool) -> None:
        self._desk.settings.change(look_up=allowed)
        self._show()

    def keep(self) -> None:
        """Both halves of the key into the keyring."""
        values = [field.text().strip() for field in self.fields]
        if not all(values):
            self._desk.say(tr("Fill in both, key and secret."), Kind.PROBLEM)
            return
        for field in self.fields:
            field.clear()
        pairs = tuple(zip(KEYS, values, strict=True))
        self._run(partial(_keep, pairs), tr("The key is kept."))

    def forget(self) -> None:
        """No key, no look-ups."""
        self._run(_forget, tr("The key is forgotten."))

    def _run(self, work: Callable[[], None], words: str) -> None:
        def done(_made: object) -> None:
            self._desk.say(words, Kind.DONE)
            self._show()

        self._desk.worker.job(lambda _task: work(), done, partial(tell, self._desk))

    def open_log(self) -> None:
        """Every call that was made so far, in the system's own reader of texts."""
        path = log_file()
        if not path.is_file():
            self._desk.say(tr("No call was made yet."))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _keep(pairs: tuple[tuple[str, str], ...]) -> None:
    for name, value in pairs:
        keep_key(name, value)


def _forget() -> None:
    for name in KEYS:
        forget_key(name)


def _has_keys() -> bool:
    return all(read_key(name) for name in KEYS)
