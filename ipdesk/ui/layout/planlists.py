"""The lists of a plan: its rows, what was planned and filed, versions side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ipdesk.base.i18n import Message, pick, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.layout.actual import NOTHING, Aligned, Compared, PlanActual, Spending, Tally
from ipdesk.core.layout.costs import total_of
from ipdesk.core.layout.model import PlanRow
from ipdesk.core.layout.words import ROLE_LABELS, ROW_STATUS_LABELS, plan_right_label
from ipdesk.core.layout.words import label as named
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui import theme
from ipdesk.ui.layout.marks import row_mark
from ipdesk.ui.layout.names import Names
from ipdesk.ui.layout.view import Bench
from ipdesk.ui.tables.columns import Align, Cell, Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.states import Notice


def row_columns(bench: Bench, today: Callable[[], date]) -> tuple[Column, ...]:
    """What the list of rows shows."""

    def place(row: PlanRow) -> str:
        names = bench.names
        parts = (
            names.technology(row.fields.technology_id),
            names.item("effect", row.fields.effect_id),
            names.item("product", row.fields.product_id),
        )
        return " · ".join(part for part in parts if part)

    return (
        Column("status", say("State"), lambda r: row_mark(r, today()), 124),
        Column("title", say("Title"), lambda r: r.fields.title, 200, strong=True,
               tip=lambda r: str(r.fields.title)),
        Column("right", say("Right"), lambda r: plan_right_label(r.fields.right), 112,
               tip=lambda r: plan_right_label(r.fields.right)),
        Column("territories", say("Territories"), _territories, 92, tip=_territories),
        Column("target", say("Target"), target, 72),
        Column("priority", say("Weight"), lambda r: r.priority, 64, Align.RIGHT),
        Column("cost", say("Cost"), lambda r: total_of(r).shown(), 128, Align.RIGHT,
               tip=lambda r: total_of(r).shown()),
        Column("place", say("Place"), place, 150, tip=place),
        Column("matter", say("Matter"), _matters, 96, tip=_matters),
    )  # fmt: skip


def target(row: PlanRow) -> str:
    """The target month."""
    return f"{row.fields.target:%Y-%m}" if row.fields.target else ""


def _territories(row: PlanRow) -> str:
    return ", ".join(t.office for t in row.fields.territories) or row.fields.office


def _matters(row: PlanRow) -> str:
    return ", ".join(m.reference for m in row.matters)


# ── plan against actual ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Line:
    """One line of plan against actual; a group's name stands alone."""

    id: str
    name: str
    tally: Tally | None = None
    money: Spending | None = None


_GROUPS: tuple[tuple[str, Message], ...] = (
    ("by_quarter", say("By quarter")),
    ("by_right", say("By right")),
    ("by_technology", say("By technology")),
    ("by_territory", say("By territory")),
    ("by_role", say("By role")),
)


class ActualList(QWidget):
    """What was planned, what was filed, what waits, by quarter and kind; and the budget."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.table = SmallTable(_actual_columns(), tr("Plan against actual"), stretch="name")
        column.addWidget(_framed(self.table), 3)
        self._money = label(tr("Budget by quarter"), "section")
        column.addWidget(self._money)
        self.budget = SmallTable(_money_columns(), tr("Budget by quarter"), stretch="planned")
        self._frame = _framed(self.budget)
        column.addWidget(self._frame, 1)

    def put(self, actual: PlanActual | None) -> None:
        """Show the comparison of a plan."""
        lines: list[Line] = []
        for key, title in _GROUPS:
            tallies: Iterable[Tally] = getattr(actual, key) if actual else ()
            if tallies:
                lines.append(Line(key, str(title)))
                lines += [
                    Line(f"{key}:{t.key}", "    " + _key(key, t.key, self._bench.names), t)
                    for t in tallies
                ]
        self.table.put(lines)
        spending = actual.spending if actual else ()
        names = self._bench.names
        self.budget.put([Line(s.quarter, _key("", s.quarter, names), None, s) for s in spending])
        for part in (self._money, self._frame):
            part.setVisible(bool(spending))


def _key(group: str, key: str, names: Names) -> str:
    if key == NOTHING:
        return tr("not said")
    if group == "by_technology":
        return next((pick(b.name, b.name_zh) for b in names.branches if b.name == key), key)
    if group == "by_right":
        return plan_right_label(key)
    if group == "by_role":
        return named(ROLE_LABELS, key)
    return office_name(key) if group == "by_territory" else key


def _actual_columns() -> tuple[Column, ...]:
    def count(name: str) -> Callable[[Line], Cell]:
        return lambda line: getattr(line.tally, name) if line.tally else None

    def late(line: Line) -> Cell:
        if line.tally is None:
            return None
        n = line.tally.late
        return Mark(Tone.OVERDUE, str(n)) if n else n

    right = Align.RIGHT
    return (
        Column("name", say("What"), lambda line: line.name, 220),
        Column("planned", say("Planned"), count("planned"), 92, right),
        Column("filed", say("Filed"), count("filed"), 92, right),
        Column("waiting", say("Waiting"), count("waiting"), 92, right),
        Column("late", say("Late"), late, 92, right),
        Column("dropped", say("Dropped"), count("dropped"), 92, right),
        Column("beside", say("Beside the plan"), count("beside"), 128, right),
    )


def _money_columns() -> tuple[Column, ...]:
    def money(name: str) -> Callable[[Line], Cell]:
        return lambda line: getattr(line.money, name).shown()

    right = Align.RIGHT
    return (
        Column("name", say("Quarter"), lambda line: line.name, 100),
        Column("budget", say("Budget"), money("budget"), 220, right),
        Column("planned", say("Planned"), money("planned"), 220, right),
        Column("filed", say("Filed"), money("filed"), 220, right),
    )


# ── versions ──────────────────────────────────────────────────────────────────────────────────


class ComparedList(QWidget):
    """Up to four plans beside each other; rows are aligned by what they were copied from."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._nothing = Notice(
            "git-diff",
            tr("There is one plan only"),
            tr("Copy it to a new version, or to a what-if of its own, and compare them here."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        column.addWidget(self._stack)

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
        framed = _framed(table)
        self._stack.addWidget(framed)
        self._stack.setCurrentWidget(framed)


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


def _counts(counts: object, word: Callable[[str], str]) -> str:
    pairs = sorted(dict(counts).items(), key=lambda p: (-p[1], p[0]))  # type: ignore[call-overload]
    return ", ".join(f"{word(key)} {n}" for key, n in pairs) or "–"


def _compared_columns(compared: Compared) -> tuple[Column, ...]:
    def cell(place: int) -> Callable[[Aligned | Summed], Cell]:
        def told(line: Aligned | Summed) -> Cell:
            if isinstance(line, Summed):
                return line.values[place]
            row = line.rows[place]
            if row is None:
                return "–"
            parts = (named(ROW_STATUS_LABELS, row.status), target(row), total_of(row).shown())
            return " · ".join(part for part in parts if part)

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


def _words(cell: Callable[[Aligned | Summed], Cell], line: Aligned | Summed) -> str:
    return str(cell(line) or "")


def _framed(table: QWidget) -> QWidget:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.addWidget(table)
    return frame
