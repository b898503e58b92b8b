"""How states of a plan look: rows, cells, the clock, protection, inventions."""

from __future__ import annotations

from datetime import date

from ipdesk.charts.palette import Tone
from ipdesk.core.layout.actual import is_late
from ipdesk.core.layout.clock import ClockLine
from ipdesk.core.layout.model import PlanInfo, PlanRow
from ipdesk.core.layout.words import (
    CELL_STATE_LABELS,
    CLOCK_LABELS,
    INVENTION_STATE_LABELS,
    PLAN_STATUS_LABELS,
    ROW_STATUS_LABELS,
    STANDING_LABELS,
    CellState,
    ClockState,
    InventionState,
    PlanStatus,
    RowStatus,
    Standing,
    label,
)
from ipdesk.ui.tables.columns import Mark

_ROWS = {
    RowStatus.FILED: Tone.DONE,
    RowStatus.APPROVAL: Tone.SOON,
}
_CELLS = {CellState.CHECKED: Tone.DONE, CellState.STALE: Tone.SOON}
_CLOCK = {
    ClockState.PASSED: Tone.OVERDUE,
    ClockState.URGENT: Tone.SOON,
    ClockState.FILED: Tone.DONE,
}
_STANDING = {
    Standing.IN_FORCE: Tone.DONE,
    Standing.CAN_ENTER: Tone.SOON,
    Standing.ACCEPTED: Tone.UNCHECKED,
    Standing.GAP: Tone.OVERDUE,
}
_INVENTIONS = {InventionState.NEW: Tone.SOON, InventionState.DECIDED: Tone.DONE}
_PLANS = {PlanStatus.APPROVED: Tone.DONE, PlanStatus.FROZEN: Tone.UNCHECKED}


def row_mark(row: PlanRow, today: date) -> Mark:
    """A row's status; one that should be filed by now is overdue."""
    words = label(ROW_STATUS_LABELS, row.status)
    if is_late(row, today):
        return Mark(Tone.OVERDUE, words)
    return Mark(_ROWS.get(RowStatus(row.status), Tone.PLAIN), words)


def plan_mark(info: PlanInfo) -> Mark:
    """Draft, approved or frozen."""
    tone = _PLANS.get(PlanStatus(info.status), Tone.PLAIN)
    return Mark(tone, label(PLAN_STATUS_LABELS, info.status))


def cell_mark(state: str) -> Mark:
    """Whether somebody searched."""
    return Mark(_CELLS.get(CellState(state), Tone.UNCHECKED), label(CELL_STATE_LABELS, state))


def clock_mark(line: ClockLine) -> Mark:
    """How a last safe day stands."""
    tone = _CLOCK.get(ClockState(line.state), Tone.PLAIN)
    return Mark(tone, label(CLOCK_LABELS, line.state))


def standing_mark(standing: str) -> Mark:
    """Whether protection stands in a market."""
    tone = _STANDING.get(Standing(standing), Tone.PLAIN)
    return Mark(tone, label(STANDING_LABELS, standing))


def invention_mark(state: str) -> Mark:
    """Where an invention disclosure stands."""
    tone = _INVENTIONS.get(InventionState(state), Tone.PLAIN)
    return Mark(tone, label(INVENTION_STATE_LABELS, state))
