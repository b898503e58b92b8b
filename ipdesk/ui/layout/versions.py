"""Versions of a plan and other plans side by side; which ones is chosen above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.layout.actual import Aligned, Compared
from ipdesk.core.layout.budget import NOTHING
from ipdesk.core.layout.costs import total_of
from ipdesk.core.layout.model import PlanInfo, PlanRow
from ipdesk.core.layout.words import ROLE_LABELS, ROW_STATUS_LABELS, plan_right_label
from ipdesk.core.layout.words import label as named
from ipdesk.ui import theme
from ipdesk.ui.layout.planlists import framed, target
from ipdesk.ui.layout.view import Bench
from ipdesk.ui.tables.columns import Cell, Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import label
from ipdesk.ui.widgets.states import Notice

MOST = 3
"""So many plans stand beside the one in sight."""


class ComparedList(QWidget):
    """Up to four plans beside each other; rows are aligned by what they were copied from."""

    chosen = Signal(list)  # the ids of the plans to stand beside

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._taken: list[int] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._choice = QWidget()
        self._flow = Flow(self._choice, gap=theme.px(6))
        column.addWidget(self._choice)
        self._nothing = Notice(
            "git-diff",
            tr("There is one plan only"),
            tr("Copy it to a new version, or to a what-if of its own, and compare them here."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        column.addWidget(self._stack, 1)

    def offer(self, plans: Sequence[PlanInfo], taken: Sequence[int]) -> None:
        """The plans that can be compared with, and those that are."""
        self._taken = list(taken)
        for old in self._choice.findChildren(QWidget):
            old.deleteLater()
        made: list[QWidget] = [label(tr("Compare with"), "muted")] if plans else []
        for info in plans:
            one = QPushButton(info.title)
            one.setCheckable(True)
            one.setChecked(info.id in self._taken)
            one.setProperty("role", "chip")
            one.toggled.connect(lambda on, plan=info.id: self._toggle(plan, on))
            made.append(one)
        self._flow.order(made)
        for widget in made:
            widget.show()

    def _toggle(self, plan: int, on: bool) -> None:
        """One more, or one less; with too many the one that was chosen first gives way."""
        rest = [one for one in self._taken if one != plan]
        self._taken = [*rest, plan][-MOST:] if on else rest
        self.chosen.emit(list(self._taken))

    def put(self, compared: Compared | None) -> None:
        """Show plans side by side."""
        while self._stack.count() > 1:
            old = self._stack.widget(1)
            if old is not None:
                self._stack.removeWidget(old)
                old.deleteLater()
        if compared is None:
            return
        table = SmallTable(_compared_columns(compared), tr("Versions side by side"), "title")
        table.put([*_totals(compared), *compared.rows])
        frame = framed(table)
        self._stack.addWidget(frame)
        self._stack.setCurrentWidget(frame)


@dataclass(frozen=True, slots=True)
class Summed:
    """A line of totals above the rows."""

    title: str
    values: tuple[str, ...]
    differs: tuple[str, ...] = ()


_FIELDS: dict[str, Message] = {
    "missing": say("not in every plan"),
    "title": say("title"),
    "right": say("right"),
    "role": say("role"),
    "target": say("target month"),
    "territories": say("territories"),
    "technology_id": say("technology"),
    "product_id": say("product"),
    "cost": say("cost"),
    "status": say("status"),
}


def _totals(compared: Compared) -> list[Summed]:
    tallies = compared.tallies
    return [
        Summed(tr("Rows planned"), tuple(str(t.planned) for t in tallies)),
        Summed(tr("Rows filed"), tuple(str(t.filed) for t in tallies)),
        Summed(tr("Estimated cost"), tuple(c.shown() for c in compared.costs)),
        Summed(tr("By right"), tuple(_counts(r, plan_right_label) for r in compared.rights)),
        Summed(tr("By territory"), tuple(_counts(t, _territory) for t in compared.territories)),
    ]


def _territory(key: str) -> str:
    return tr("not said") if key == NOTHING else key


def _counts(counts: Mapping[str, int], word: Callable[[str], str]) -> str:
    pairs = sorted(counts.items(), key=lambda p: (-p[1], p[0]))
    return ", ".join(f"{word(key)} {n}" for key, n in pairs) or "–"


def _compared_columns(compared: Compared) -> tuple[Column, ...]:
    def cell(place: int) -> Callable[[Aligned | Summed], Cell]:
        def told(line: Aligned | Summed) -> Cell:
            if isinstance(line, Summed):
                return line.values[place]
            row = line.rows[place]
            if row is None:
                return "–"
            return " · ".join(part for part in _told(row, line.differs) if part)

        return told

    def differs(line: Aligned | Summed) -> Cell:
        if not line.differs:
            return None
        words = ", ".join(str(_FIELDS.get(name, name)) for name in line.differs)
        return Mark(Tone.SOON, words)

    return (
        Column("title", say("Row"), lambda line: line.title, 220, strong=True,
               tip=lambda line: str(line.title)),
        *(
            Column(f"plan{n}", Message(info.title), told, 200, tip=partial(_words, told))
            for n, info in enumerate(compared.plans)
            for told in (cell(n),)
        ),
        Column("differs", say("What differs"), differs, 180),
    )  # fmt: skip


def _told(row: PlanRow, differs: Sequence[str]) -> list[str]:
    """What a plan says of a row: its state, month and cost, and whatever differs."""
    f = row.fields
    more = {
        "title": f.title,
        "right": plan_right_label(f.right),
        "role": named(ROLE_LABELS, f.role),
        "territories": ", ".join(t.office for t in f.territories) or "–",
        "technology_id": row.technology or "–",
        "product_id": row.product or "–",
    }
    parts = [named(ROW_STATUS_LABELS, row.status), target(row), total_of(row).shown()]
    return [*(more[name] for name in differs if name in more), *parts]


def _words(cell: Callable[[Aligned | Summed], Cell], line: Aligned | Summed) -> str:
    return str(cell(line) or "")
