"""What becomes of changed fields: take the list's value, keep ours, or ask line by line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ipdesk.base.i18n import Message, captioned, say, tr
from ipdesk.core.intake.wishes import Policy, Wishes
from ipdesk.ui.intake.fields import field_name

POLICIES: Mapping[Policy, Message] = {
    Policy.TAKE: say("Take what the list says"),
    Policy.KEEP: say("Keep our value"),
    Policy.ASK: say("Ask line by line"),
}


class PolicyChip(QPushButton):
    """A chip whose menu has the changing fields and what becomes of each."""

    chosen = Signal(str, object)  # field, Policy

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.setToolTip(tr("Take, keep or ask, by field"))
        self.fields = QMenu(self)
        self.setMenu(self.fields)
        self.put((), Wishes())

    def put(self, changing: tuple[tuple[str, int], ...], wishes: Wishes) -> None:
        """Show the fields that change, with how many matters, and what was decided for each."""
        self.setVisible(bool(changing))
        self.fields.clear()
        for field, n in changing:
            self._add(field, n, wishes.policy(field))
        found = [wishes.policy(field) for field, _n in changing]
        kept, asked = found.count(Policy.KEEP), found.count(Policy.ASK)
        parts = []
        if kept:
            parts.append(tr("{n} kept", n=kept))
        if asked:
            parts.append(tr("{n} asked", n=asked))
        title = tr("Changed fields")
        words = captioned(title, ", ".join(parts)) if parts else title
        self.setText(f"{words}  ▾")
        self.setAccessibleName(words)
        self.setProperty("chosen", "true" if parts else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def _add(self, field: str, n: int, now: Policy) -> None:
        name = field_name(field).replace("&", "&&")
        mark = "" if now is Policy.TAKE else f"  –  {POLICIES[now]}"
        menu = self.fields.addMenu(f"{name} ({n:,}){mark}")
        group = QActionGroup(menu)
        for policy, words in POLICIES.items():
            choice = menu.addAction(str(words), partial(self.chosen.emit, field, policy))
            choice.setCheckable(True)
            choice.setChecked(policy is now)
            group.addAction(choice)
