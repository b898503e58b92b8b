"""What a deadline costs and what a matter costs next: lines for the details of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipdesk.base.dates import add_months, distance
from ipdesk.base.i18n import ntr, tr
from ipdesk.base.money import written
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.fees.costs import CostLine, DeadlineCost
from ipdesk.core.fees.queries import FeeLine, deadline_costs, fee_lines
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.later import LaterPart
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.labels import label, selectable
from ipdesk.ui.widgets.lines import Line, Lines
from ipdesk.ui.widgets.scroll import emptied

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ipdesk.core.fees.outlook import CostToCome

_BEHIND, _AHEAD = 12, 36  # months
_MOST = 4
_WAITING = ("overdue", "open", "planned", "paid")


class DeadlineCosts(LaterPart):
    """The fees that are due with a deadline, the agent's among them; nothing where there is none.

    Each fee tells on hovering how its amount comes about.
    """

    def __init__(self, desk: Desk, row: DeadlineRow) -> None:
        super().__init__(desk, tr("What it costs"), partial(_costs, row, desk.today()))

    def lines(self, cost: DeadlineCost | None) -> list[QWidget]:
        if cost is None or not cost.lines:
            return []
        told: list[QWidget] = []
        for line in cost.lines:
            made = selectable(fee_words(line))
            made.setToolTip("\n".join(str(reason) for reason in line.answer.why))
            told.append(made)
        if len(cost.lines) > 1 or any(line.agent for line in cost.lines):
            told.append(label(tr("In all: {sums}", sums=_sums(cost.totals())), wrap=True))
        if cost.unknown:
            told.append(label(tr("Some of these amounts are not known."), "muted", wrap=True))
        return told


def fee_words(line: CostLine) -> str:
    """A fee in one line: what it is, what is payable after reduction, late or not, the agent."""
    answer = line.answer
    if answer.total is None:
        parts = [tr("unknown")]
    else:
        parts = [f"{answer.currency} {written(answer.total)}"]
    if answer.reduction:
        parts.append(tr("{n} % less than {official}", n=answer.percent,
                        official=written(answer.official)))  # fmt: skip
    if answer.surcharge:
        parts.append(tr("with {amount} for being late", amount=written(answer.surcharge)))
    if line.agent is not None:
        parts.append(tr("agent {amount}", amount=line.agent))
    return f"{line.label}: " + " · ".join(parts)


def _costs(row: DeadlineRow, today: date, connection: Connection) -> DeadlineCost | None:
    docket = docket_for(connection, today)
    return deadline_costs(connection, docket, [row]).get(row.id)


class MatterFees(QWidget):
    """The next fees of a matter as lines; a click leads to the money page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._reference = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        heading = label(tr("Next fees"), "section")
        heading.setContentsMargins(theme.px(8), theme.px(4), 0, 0)
        column.addWidget(heading)
        self.lines = Lines(tr("Next fees"))
        self.lines.opened.connect(self._open)
        column.addWidget(self.lines)
        self.hide()

    def show_matter(self, matter_id: int, reference: str) -> None:
        """Read and show the fees of another matter."""
        self._reference = reference
        question = partial(_next_fees, matter_id, self._desk.today())
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="fees")

    def _show(self, found: list[FeeLine]) -> None:
        today = self._desk.today()
        lines = []
        for fee in found:
            answer = fee.answer
            total = tr("unknown") if answer.total is None else written(answer.total)
            tone = Tone.OVERDUE if fee.state == "overdue" else Tone.PLAIN
            name = str(fee.label) if fee.number is None else f"{fee.label} {fee.number}"
            far = distance(fee.due, today) if fee.due else ""
            why = "\n".join(str(reason) for reason in answer.why)
            words = f"{answer.currency} {total}".strip()
            day = fee.due.isoformat() if fee.due else ""
            lines.append(Line(fee, name, day, tone, words, far=far, tip=why))
        self.lines.put(lines, grow=True)
        self.setVisible(bool(lines))

    def _open(self, _fee: FeeLine) -> None:
        self._desk.go(Place("money", "coming", search=self._reference))


class Costs(QWidget):
    """What some matters together cost in a year and to their end, in one line each."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.hide()

    def ask_of(self, name: str, ids: Sequence[int]) -> None:
        """Read and show the cost of these matters."""
        self.ask(name, partial(_these, tuple(ids)))

    def ask(self, name: str, of: Callable[[Connection], Sequence[int]]) -> None:
        """Read and show the cost of the matters that *of* names."""
        question = partial(_cost_to_come, of, self._desk.today())
        self._desk.worker.read(
            question, partial(self._show, name), partial(tell, self._desk), key=f"cost.{name}"
        )

    def _show(self, name: str, cost: CostToCome) -> None:
        emptied(self._column)
        if cost.life or cost.unknown:
            self._column.addWidget(label(name, "section"))
            for words in cost_words(cost):
                self._column.addWidget(selectable(words))
        self.setVisible(bool(cost.life or cost.unknown))


def _these(ids: Sequence[int], _connection: Connection) -> Sequence[int]:
    return ids


def cost_words(cost: CostToCome) -> list[str]:
    """The sums of a year and to the end; what is not known is told."""
    words = [
        tr("In the next twelve months: {sums}", sums=_sums(cost.year)),
        tr("To the end of life: {sums}", sums=_sums(cost.life)),
    ]
    if cost.unknown:
        n = cost.unknown
        words.append(ntr("{n} fee has no known amount.", "{n} fees have no known amount.", n))
    return words


def _sums(sums: Mapping[str, Decimal]) -> str:
    return " + ".join(f"{c} {written(a)}" for c, a in sorted(sums.items())) or "–"


def _cost_to_come(
    of: Callable[[Connection], Sequence[int]], today: date, connection: Connection
) -> CostToCome:
    from ipdesk.core.fees.outlook import cost_to_come  # numpy: in a thread, when first needed

    return cost_to_come(connection, docket_for(connection, today), of(connection))


def _next_fees(matter_id: int, today: date, connection: Connection) -> list[FeeLine]:
    docket = docket_for(connection, today)
    day = docket.today
    begin, end = add_months(day, -_BEHIND), add_months(day, _AHEAD)
    found = fee_lines(connection, docket, [matter_id], begin, end)
    return [line for line in found if line.state in _WAITING][:_MOST]
