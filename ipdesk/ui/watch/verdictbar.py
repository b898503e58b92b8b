"""Below the list of hits: the four verdicts with their keys, and the line for the reason."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.watch.words import DISMISSED, VERDICT_LABELS, Verdict
from ipdesk.core.watch.words import label as word
from ipdesk.ui import theme
from ipdesk.ui.watch.marks import VERDICT_TONES
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import chip, label, put_chip

KEYS: tuple[tuple[str, Verdict], ...] = (
    ("1", Verdict.IRRELEVANT),
    ("2", Verdict.BACKGROUND),
    ("3", Verdict.RELEVANT),
    ("4", Verdict.THREAT),
)


class VerdictBar(QWidget):
    """A verdict, then one line of reason, Enter; the last reason of a verdict stands ready."""

    decided = Signal(str, str)  # verdict, reason
    left = Signal()  # Escape: back to the list

    def __init__(self) -> None:
        super().__init__()
        self._verdict = ""
        self._last: dict[str, str] = {}
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._choices())
        self._stack.addWidget(self._asking())

    def _choices(self) -> QWidget:
        self._buttons: dict[str, QWidget] = {}
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self._count = label("", "muted")
        for key, verdict in KEYS:
            name = word(VERDICT_LABELS, verdict)
            tip = tr(
                "Verdict “{verdict}” for the selected families (key {key})", verdict=name, key=key
            )
            made = button(f"{key}  {name}", partial(self.wanted.emit, verdict.value), tip=tip)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._buttons[verdict] = made
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self._count)
        return holder

    wanted = Signal(str)  # a verdict was clicked

    def _asking(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self._chip = chip(Tone.PLAIN, "")
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.installEventFilter(self)
        self.reason.returnPressed.connect(self._finish)
        row.addWidget(self._chip)
        row.addWidget(self.reason, 1)
        row.addWidget(label(tr("Enter keeps, Escape goes back"), "caption"))
        return holder

    @property
    def asking(self) -> bool:
        """Whether a reason is being typed."""
        return self._stack.currentIndex() == 1

    def show_count(self, n: int) -> None:
        """How many families a verdict would take."""
        self._count.setText(ntr("{n} selected", "{n} selected", n) if n > 1 else "")

    def ask(self, verdict: str, n: int) -> None:
        """Ask why; a dismissal needs it, the others may have it."""
        self._verdict = verdict
        name = word(VERDICT_LABELS, verdict)
        put_chip(self._chip, VERDICT_TONES[verdict], f"{name} × {n}" if n > 1 else name)
        needed = verdict in DISMISSED
        self.reason.setPlaceholderText(
            tr("Why, in one line (needed)") if needed else tr("Why, in one line")
        )
        self.reason.setText(self._last.get(verdict, "") if needed else "")
        self.reason.selectAll()
        self._stack.setCurrentIndex(1)
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reset(self) -> None:
        """Show the four verdicts; the cursor stays where it is."""
        self._stack.setCurrentIndex(0)

    def leave(self) -> None:
        """Back to the four verdicts."""
        self._stack.setCurrentIndex(0)
        self.left.emit()

    def _finish(self) -> None:
        reason = self.reason.text().strip()
        if not reason and self._verdict in DISMISSED:
            self.reason.setPlaceholderText(tr("Say in one line why this can be put away."))
            return
        self._last[self._verdict] = reason
        self._stack.setCurrentIndex(0)
        self.decided.emit(self._verdict, reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escaped = (
            watched is self.reason
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        )
        if escaped:
            self.leave()
        return escaped
