"""The lists of a plan: its rows, what was planned and filed, versions side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipdesk.base.i18n import Message, pick, say, tr
from ipdesk.base.money import written
from ipdesk.charts.palette import Tone
from ipdesk.core.layout.actual import PlanActual, Tally
from ipdesk.core.layout.budget import NOTHING, Spending
from ipdesk.core.layout.costs import total_of
from ipdesk.core.layout.model import PlanRow
from ipdesk.core.layout.words import ROLE_LABELS, plan_right_label
from ipdesk.core.layout.words import label as named
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui import theme
from ipdesk.ui.layout.marks import row_mark
from ipdesk.ui.layout.names import Names
from ipdesk.ui.layout.view import Bench
from ipdesk.ui.tables.columns import Align, Cell, Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.labels import card, label


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
    ("quarter", say("By quarter")),
    ("right", say("By right")),
    ("technology", say("By technology")),
    ("territory", say("By territory")),
    ("role", say("By role")),
)


class ActualList(QWidget):
    """What was planned, filed and paid, what waits and what is left of the budget."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.table = SmallTable(_actual_columns(), tr("Plan against actual"), stretch="name")
        column.addWidget(framed(self.table), 1)
        self.note = label("", "muted", wrap=True)
        column.addWidget(self.note)

    def put(self, actual: PlanActual | None) -> None:
        """Show the comparison of a plan."""
        lines: list[Line] = []
        if actual is not None:
            whole = actual.spent("all", "")
            lines.append(Line("all", tr("The whole plan"), actual.whole, whole))
        for key, title in _GROUPS:
            tallies: Iterable[Tally] = getattr(actual, f"by_{key}") if actual else ()
            here = [*_lines(key, actual, tallies, self._bench.names)] if actual else []
            if here:
                lines += [Line(key, str(title)), *here]
        self.table.put(lines)
        self.note.setText(_money_note(actual) if actual else "")


def _lines(
    group: str, actual: PlanActual, tallies: Iterable[Tally], names: Names
) -> Iterator[Line]:
    """One line a key: what was counted, and the money beside it; budgets without rows too."""
    told = set()
    for tally in tallies:
        told.add(tally.key)
        words = "    " + _key(group, tally.key, names)
        yield Line(f"{group}:{tally.key}", words, tally, actual.spent(group, tally.key))
    for money in actual.money.get(group, ()):
        if money.key not in told and money.budget.sums:
            words = "    " + _key(group, money.key, names)
            yield Line(f"{group}:{money.key}", words, Tally(money.key), money)


def _money_note(actual: PlanActual) -> str:
    words = tr(
        "Money in {currency}, official fees after reduction and agents; ≥: an amount is unknown.",
        currency=actual.currency,
    )
    if actual.worth is None:
        words += " " + tr("Type the missing rates of exchange in Money to see one sum.")
    return words


def _key(group: str, key: str, names: Names) -> str:
    if key == NOTHING:
        return tr("not said")
    if group == "technology":
        return next((pick(b.name, b.name_zh) for b in names.branches if b.name == key), key)
    if group == "right":
        return plan_right_label(key)
    if group == "role":
        return named(ROLE_LABELS, key)
    return office_name(key) if group == "territory" else key


def _actual_columns() -> tuple[Column, ...]:
    def count(name: str) -> Callable[[Line], Cell]:
        return lambda line: getattr(line.tally, name) if line.tally else None

    def late(line: Line) -> Cell:
        if line.tally is None:
            return None
        n = line.tally.late
        return Mark(Tone.OVERDUE, str(n)) if n else n

    def money(name: str, title: Message) -> Column:
        def told(line: Line) -> str:
            return line.money.shown(name) if line.money else ""

        def whole(line: Line) -> str:
            return getattr(line.money, name).shown() if line.money else ""

        return Column(name + "_sum", title, told, 96, right, tip=whole)

    right = Align.RIGHT
    return (
        Column("name", say("What"), lambda line: line.name, 160, tip=lambda line: line.name),
        Column("planned", say("Planned"), count("planned"), 72, right),
        Column("filed", say("Filed"), count("filed"), 60, right),
        Column("waiting", say("Waiting"), count("waiting"), 72, right),
        Column("late", say("Late"), late, 64, right),
        Column("dropped", say("Dropped"), count("dropped"), 76, right),
        Column("beside", say("Beside the plan"), count("beside"), 112, right),
        money("budget", say("Budget")),
        money("planned", say("Estimate")),
        money("paid", say("Paid")),
        Column("left", say("Left"), _left, 108, right),
    )


def _left(line: Line) -> Cell:
    """What the estimates leave of the budget; less than nothing is overdue money."""
    left = line.money.left if line.money else None
    if left is None:
        return None
    words = written(left.quantize(Decimal(1)))
    return Mark(Tone.OVERDUE, words) if left < 0 else words


def framed(table: QWidget) -> QWidget:
    """A table on a card."""
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.addWidget(table)
    return frame
