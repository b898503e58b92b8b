"""The plan: its rows with what they cost and became; plan against actual; versions side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout

from ipdesk.base.i18n import ntr, tr
from ipdesk.base.text import fold
from ipdesk.core.layout.actual import Compared, PlanActual
from ipdesk.core.layout.costs import Total, total
from ipdesk.core.layout.edits import delete_rows
from ipdesk.core.layout.model import Decision, PlanInfo, PlanRow
from ipdesk.core.layout.queries import decisions_of, plan_row_of, plan_rows
from ipdesk.core.layout.queries import plan as plan_of
from ipdesk.core.layout.queries_growth import compare_plans, plan_actual, pot_of
from ipdesk.core.layout.words import ROLE_LABELS, ROW_STATUS_LABELS, label, plan_right_label
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.marks import plan_mark
from ipdesk.ui.layout.names import Names
from ipdesk.ui.layout.planacts import PlanActs
from ipdesk.ui.layout.planlists import ActualList, row_columns
from ipdesk.ui.layout.rowcard import RowCard
from ipdesk.ui.layout.versions import MOST, ComparedList
from ipdesk.ui.layout.view import Bench, View
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.labels import Shortened, card
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

ROWS, ACTUAL, COMPARED = "rows", "actual", "compared"


@dataclass(frozen=True, slots=True)
class Told:
    """A plan as the view shows it."""

    rows: tuple[PlanRow, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actual: PlanActual | None = None
    compared: Compared | None = None
    still: str = ""  # what waits to be filed costs so much


class PlanView(View):
    """One version of a plan; which one is chosen at the top of the page."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(desk, bench)
        self.acts = PlanActs(desk, self, bench, self._show_new)
        self.parts = Segments(
            [
                (ROWS, tr("Rows")),
                (ACTUAL, tr("Plan against actual")),
                (COMPARED, tr("Versions side by side")),
            ]
        )
        self.parts.chosen.connect(self.choose)
        self.parts.mark(ROWS)
        self.bar.addWidget(self.parts, 1)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search rows"))
        self.search.setAccessibleName(tr("Search rows"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.px(200))
        self.search.textChanged.connect(lambda _words: self._put_rows())
        self.bar.addWidget(self.search)
        self.summary = Shortened("", "muted")
        self._wanted: int | None = None
        self._decisions: tuple[Decision, ...] = ()
        self._rows: tuple[PlanRow, ...] = ()
        self._beside: list[int] | None = None  # plans to compare with; None: those next to it
        self._add_actions()
        self._add_lists()
        action(self, tr("Search rows"), self._find, shortcut="Ctrl+F", everywhere=True)

    def _add_actions(self) -> None:
        acts, ids = self.acts, self.selected
        self.add = action(
            self, tr("Add row…"), self.acts.add, icon="plus", shortcut="Ctrl+N",
            tip=tr("Add a row to the plan"),
        )  # fmt: skip

        def doing(words: str, run: Callable[[list[PlanRow]], object], keys: str = "") -> Any:
            return action(self, words, lambda: run(ids()), shortcut=keys)

        self.add_acts(
            self.add,
            [
                doing(tr("Approve rows: make matters…"), acts.approve, "Ctrl+Return"),
                doing(tr("Move on…"), acts.move_on),
                doing(tr("Duplicate the row…"), self._duplicate, "Ctrl+D"),
                doing(tr("Move the row up"), partial(self._order, -1), "Alt+Up"),
                doing(tr("Move the row down"), partial(self._order, 1), "Alt+Down"),
                doing(tr("Delete rows"), self._delete, "Ctrl+Del"),
                None,
                action(self, tr("New plan…"), acts.new_plan),
                action(self, tr("Change the plan…"), acts.change_plan),
                action(self, tr("Rename the plan…"), acts.rename_plan),
                action(self, tr("Set the budget…"), acts.set_budget, shortcut="Ctrl+Shift+B"),
                action(self, tr("Approve this version…"), acts.approve_plan),
                action(self, tr("Copy to a new version"), acts.copy_version),
                action(self, tr("Copy to a plan of its own…"), acts.copy_plan),
                action(self, tr("Estimate costs anew"), acts.price),
                action(self, tr("Delete this draft"), acts.delete_plan),
                None,
                action(self, tr("Report for the board…"), partial(self._report, "board")),
                action(self, tr("Report in full…"), partial(self._report, "layout")),
            ],
        )

    def _find(self) -> None:
        self.choose(ROWS)
        self.search.setFocus()
        self.search.selectAll()

    def _add_lists(self) -> None:
        names = self.bench
        self.table = SmallTable(
            row_columns(names, self.desk.today), tr("Plan rows"), stretch="title", multiple=True
        )
        self.card = RowCard(self.desk, self.bench, self.acts)
        left = card()
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 1, 1, 1)
        self._empty = Notice(
            "list-bullets",
            tr("No rows yet"),
            tr("Add a row, or plan a filing from a cell of a matrix."),
        )
        self._either = QStackedWidget()
        self._either.addWidget(self.table)
        self._either.addWidget(self._empty)
        column.addWidget(self._either)
        self.actual = ActualList(self.bench)
        self.compared = ComparedList(self.bench)
        self.compared.chosen.connect(self._compare_with)
        self._stack = QStackedWidget()
        self._stack.addWidget(Split(self.desk, "plan", left, self.card, (9, 5)))
        self._stack.addWidget(self.actual)
        self._stack.addWidget(self.compared)
        self.body.addWidget(self.summary)
        self.body.addWidget(self._stack, 1)
        self.table.picked.connect(self._show_row)
        self.table.opened.connect(self.acts.change)

    # ------------------------------------------------------------------ places

    def choose(self, part: str) -> None:
        """Rows, plan against actual, or versions side by side."""
        self.parts.mark(part)
        self.search.setVisible(part == ROWS)
        self._stack.setCurrentIndex((ROWS, ACTUAL, COMPARED).index(part))

    def visit(self, wanted: int | str | None) -> None:
        if isinstance(wanted, str) and wanted.isdigit():
            self._wanted = int(wanted)
            self.choose(ROWS)
            self.ask(partial(_plan_of, self._wanted), self._go_to_plan)
        elif wanted in (ROWS, ACTUAL, COMPARED):
            self.choose(str(wanted))

    def _show_new(self, row: int) -> None:
        """What was just added is selected and in sight."""
        self._wanted = row
        self.reload()

    def _go_to_plan(self, plan: int | None) -> None:
        if plan is not None and plan != self.bench.plan:
            self.bench.choose(plan)
        else:
            self.reload()

    def selected(self) -> list[PlanRow]:
        """The selected rows."""
        return self.table.selected()

    # ------------------------------------------------------------------ reading

    def reload(self) -> None:
        plan, today = self.bench.plan, self.desk.today()
        if plan is None:
            self._show(Told())
            return
        others = _others(self.bench.names.plans, plan)
        known = [one for one in self._beside or () if one in others]
        beside = others[:MOST] if self._beside is None else known
        offered = [info for one in others if (info := self.bench.names.plan(one)) is not None]
        self.compared.offer(offered, beside)
        self.ask(partial(_told, plan, beside, today), self._show, key="plan")

    def _compare_with(self, plans: list[int]) -> None:
        self._beside = plans
        self.reload()

    def _show(self, told: Told) -> None:
        self._decisions = told.decisions
        self._rows = told.rows
        info = self.bench.names.plan(self.bench.plan)
        self.acts.plan = info
        self.summary.put(_summary(info, told) if info else tr("There is no plan yet."))
        self.actual.put(told.actual)
        self.compared.put(told.compared)
        self._put_rows()

    def _put_rows(self) -> None:
        """All rows, or those that hold every word of the search."""
        words = [fold(word) for word in self.search.text().split()]
        names = self.bench.names
        shown = [r for r in self._rows if all(w in _line_of(r, names) for w in words)]
        if self._wanted is not None and all(r.id != self._wanted for r in shown):
            shown = list(self._rows)
        self.table.put(shown)
        self._either.setCurrentWidget(self.table if self._rows else self._empty)
        ids = [row.id for row in shown]
        if self._wanted in ids:
            self.table.selectRow(ids.index(self._wanted))
            self._wanted = None
        elif self.table.current() is None and shown:
            self.table.selectRow(0)
        self._show_row(self.table.current())

    def _show_row(self, row: PlanRow | None) -> None:
        mine = [d for d in self._decisions if row is not None and d.row_id == row.id]
        self.card.show_row(row, mine)

    # ------------------------------------------------------------------ doing

    def _duplicate(self, rows: list[PlanRow]) -> None:
        if rows:
            self.acts.duplicate(rows[0])

    def _order(self, step: int, rows: list[PlanRow]) -> None:
        if rows:
            self.acts.order(self._rows, rows[0], step)

    def _delete(self, rows: list[PlanRow]) -> None:
        ids = [row.id for row in rows]
        if ids:
            self.run(lambda d, _law: delete_rows(d, ids), tr("Rows deleted."))

    def _report(self, report: str) -> None:
        info = self.acts.plan
        kept = (("plan", (f"{info.name} (v{info.version})",)),) if info else ()
        self.desk.go(Place("reports", report, kept))


def _told(plan: int, others: list[int], today: date, connection: Connection) -> Told:
    compared = compare_plans(connection, [plan, *others], today) if others else None
    rows = tuple(plan_rows(connection, [plan]))
    return Told(
        rows,
        tuple(decisions_of(connection, plan)),
        plan_actual(connection, plan, today),
        compared,
        _still(connection, rows, today),
    )


def _still(connection: Connection, rows: Sequence[PlanRow], today: date) -> str:
    """The cost of what is not filed yet, in one currency where the rates are known."""
    info = plan_of(connection, rows[0].plan_id) if rows else None
    cost = total(row for row in rows if row.planned)
    pot = pot_of(connection, info.currency if info else "", today)
    worth = pot.worth(cost)
    if worth is None or len(cost.sums) < 2:
        return cost.shown()
    one = Total({pot.currency: worth.quantize(Decimal(1))}, cost.unknown)
    return f"≈ {one.shown()}"


def _line_of(row: PlanRow, names: Names) -> str:
    """Everything that a search of rows looks through."""
    f = row.fields
    places = (
        names.technology(f.technology_id),
        *(
            names.item(kind, getattr(f, f"{kind}_id"))
            for kind in ("effect", "application", "product")
        ),
    )
    offices = (t.office for t in f.territories)
    words = (
        f.title, f.gap, f.proposal, f.owner, f.agent, f.note, *f.inventors, *places, *offices,
        plan_right_label(f.right), label(ROW_STATUS_LABELS, row.status), label(ROLE_LABELS, f.role),
        *(m.reference for m in row.matters),
    )  # fmt: skip
    return fold(" ".join(words))


def _others(plans: Sequence[PlanInfo], plan: int) -> list[int]:
    """The plans to compare with: its other versions and its copies first."""
    info = next((p for p in plans if p.id == plan), None)

    def far(other: PlanInfo) -> bool:
        related = other.copied_from_id == plan or (info and info.copied_from_id == other.id)
        return not (related or (info and other.name == info.name))

    return [p.id for p in sorted(plans, key=far) if p.id != plan]


def _plan_of(row: int, connection: Connection) -> int | None:
    found = plan_row_of(connection, row)
    return found.plan_id if found else None


def _summary(info: PlanInfo, told: Told) -> str:
    """State, period, how far, what it costs, in one line."""
    parts = [plan_mark(info).text]
    if info.approved_on:
        parts[0] += f" {info.approved_on.isoformat()} {info.approved_by}".rstrip()
    if info.starts_on and info.ends_on:
        parts.append(f"{info.starts_on.isoformat()} – {info.ends_on.isoformat()}")
    parts.append(ntr("{n} row", "{n} rows", len(told.rows)))
    if told.actual is not None:
        whole = told.actual.whole
        parts.append(tr("{n} filed", n=whole.filed))
        if whole.late:
            parts.append(tr("{n} late", n=whole.late))
    parts.append(tr("still to file: {cost}", cost=told.still))
    if info.purpose:
        parts.append(info.purpose)
    return "  ·  ".join(parts)
