"""What both reports on a layout plan are made of, and the lines they print alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from ipdesk.base.i18n import Message, say, tr
from ipdesk.base.money import written
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.layout.actual import PlanActual
from ipdesk.core.layout.clock import ClockLine
from ipdesk.core.layout.coverage import Matrix
from ipdesk.core.layout.gaps import Gap, GapKind
from ipdesk.core.layout.mix import Mix
from ipdesk.core.layout.model import Branch, PlanInfo, PlanRow
from ipdesk.core.layout.protection import ProtectionLine
from ipdesk.core.layout.queries import current_plans, plan_named, plan_rows
from ipdesk.core.layout.queries_clock import outlook
from ipdesk.core.layout.queries_growth import gaps_of, growth, matrices_of, plan_actual
from ipdesk.core.layout.queries_tree import tree
from ipdesk.core.layout.words import (
    CLOCK_LABELS,
    PLAN_STATUS_LABELS,
    STANDING_LABELS,
    ClockState,
    Standing,
    label,
)
from ipdesk.reports import selection
from ipdesk.reports.lines import day, office_label
from ipdesk.reports.paper import Heading
from ipdesk.reports.parts import Text, listed
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Cell, Row

GAP_LABELS: dict[str, Message] = {
    GapKind.LATE: say("Planned too late"),
    GapKind.MARKET: say("Market opens without a right"),
    GapKind.UNGUARDED: say("Others are there, we are not"),
    GapKind.WANTED: say("Wanted, and nothing planned"),
    GapKind.STALE: say("Searched long ago"),
    GapKind.UNCHECKED: say("Nobody searched"),
    GapKind.UNSEARCHED: say("Technology without any search"),
    GapKind.BLANK: say("Searched, and nobody is there"),
    GapKind.INCOMPLETE: say("Row that is not complete"),
}
STANDING_TONES = {
    Standing.IN_FORCE: Tone.DONE,
    Standing.PENDING: Tone.PLAIN,
    Standing.CAN_ENTER: Tone.SOON,
    Standing.ACCEPTED: Tone.UNCHECKED,
    Standing.GAP: Tone.OVERDUE,
}
CLOCK_TONES = {
    ClockState.PASSED: Tone.OVERDUE,
    ClockState.URGENT: Tone.SOON,
    ClockState.OPEN: Tone.PLAIN,
    ClockState.FILED: Tone.DONE,
}


@dataclass(frozen=True, slots=True)
class LayoutValues:
    """A plan with all that stands around it on a day; without a plan the rest still holds."""

    heading: Heading
    today: date
    plan: PlanInfo | None = None
    rows: tuple[PlanRow, ...] = ()
    tree: tuple[Branch, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    gaps: tuple[Gap, ...] = ()
    clock: tuple[ClockLine, ...] = ()
    protection: tuple[ProtectionLine, ...] = ()
    actual: PlanActual | None = None
    mix: Mix | None = None


def read(connection: Connection, docket: Docket, options: Options, title: Message) -> LayoutValues:
    """The plan named, else the newest of the current ones."""
    today, name = docket.today, options.get("plan", "").strip()
    current = current_plans(connection)
    plan = plan_named(connection, name) if name else (current[0] if current else None)
    seen = outlook(connection, docket.calendars, today)
    rows = plan_rows(connection, [plan.id]) if plan else []
    company, sample = selection.about(connection, options)
    heading = Heading(company, title, today, subtitle=plan.title if plan else "", sample=sample)
    return LayoutValues(
        heading,
        today,
        plan,
        tuple(rows),
        tuple(tree(connection)),
        tuple(matrices_of(connection, plan.id if plan else None, today)),
        gaps_of(connection, plan.id, docket.calendars, today) if plan else (),
        seen.clock,
        seen.protection,
        plan_actual(connection, plan.id, today) if plan else None,
        growth(connection, today),
    )


def worst_first(gaps: Iterable[Gap]) -> list[Gap]:
    """By kind, within a kind by weight, then by day."""
    return sorted(gaps, key=lambda g: (g.rank, -g.score, g.due or date.max, str(g.said)))


def protection_line(line: ProtectionLine) -> Row:
    """Whether protection stands before a market opens, in one line."""
    tone = STANDING_TONES.get(Standing(line.standing), Tone.PLAIN)
    below = ", ".join(line.references[:3])
    if line.risk is not None:
        below = tr("accepted by {name}: {reason}", name=line.risk.by, reason=line.risk.reason)
    dates = []
    if line.until:
        dates.append(tr("enter until {day}", day=line.until))
    if line.due:
        dates.append(tr("last safe day {day}", day=line.due))
    return [
        Cell(str(line.called), bold=True),
        office_label(line.office),
        day(line.opens),
        Cell(label(STANDING_LABELS, line.standing), tone, below="\n".join(dates)),
        Cell(str(line.said), below=below),
    ]


def most_urgent(clock: Iterable[ClockLine]) -> list[ClockLine]:
    """What is not filed and nearest first; filed ones at the end."""
    return sorted(
        clock, key=lambda c: (c.state == ClockState.FILED, c.due, c.product, c.office, c.right)
    )


def clock_line(line: ClockLine) -> Row:
    """Until when something must be filed to stay new."""
    tone = CLOCK_TONES.get(ClockState(line.state), Tone.PLAIN)
    raw = tr("raw {day}", day=line.last_safe) if line.last_safe != line.due else ""
    doubts = []
    if line.unverified:
        doubts.append(tr("rule unverified"))
    if line.calendar == "computed":
        doubts.append(tr("calendar computed"))
    right = tr("design") if line.right == "design" else tr("patent")
    return [
        Cell(str(line.called), bold=True, below=right),
        office_label(line.office),
        Cell(day(line.first.day), below=str(line.first.what)),
        Cell(day(line.due), tone, below=raw),
        Cell(label(CLOCK_LABELS, line.state), below=listed([*doubts, *line.filings])),
        Cell(" ".join(map(str, _reasons(line))), quiet=True),
    ]


def _reasons(line: ClockLine) -> tuple[Message, ...]:
    """All of them where something is still to be done, else what stands there."""
    return line.why[-1:] if line.state == ClockState.FILED else line.why


def whole_units(amount: Decimal) -> str:
    """Without the cents, e.g. what is left of a budget."""
    return written(amount.quantize(Decimal(1)))


def plan_facts(plan: PlanInfo | None) -> list[tuple[Text, Text]]:
    """What is said of a plan at the top of its report."""
    if plan is None:
        return []
    status = label(PLAN_STATUS_LABELS, plan.status)
    approved = listed((day(plan.approved_on), plan.approved_by))
    period = " – ".join(day(d) for d in (plan.starts_on, plan.ends_on) if d)
    return [
        (tr("Period"), period),
        (tr("State"), status),
        (tr("Approved on"), approved if plan.approved_on else ""),
        (tr("Answers for it"), plan.owner),
        (tr("Purpose"), plan.purpose),
    ]
