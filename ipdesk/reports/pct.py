"""The chapter on PCT applications: a timeline, and their next national-phase dates in a table."""

from collections.abc import Iterable, Sequence
from datetime import date

from reportlab.platypus import Flowable

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import tr
from ipdesk.charts import lanes
from ipdesk.charts.lanes import Lane, Lanes, Point
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.applications import COMMON, goes_on, precise
from ipdesk.core.docket.records import WAITING, DeadlineRow, State
from ipdesk.core.portfolio.model import MatterRow, Right, status_label
from ipdesk.reports import parts
from ipdesk.reports.lines import DATE, NUMBER, day, tone_of, uncertain
from ipdesk.reports.parts import Chart
from ipdesk.reports.table import Cell, Column, Row, Rows

_LANES_A_PAGE = 22
_TIMELINE = {"PCT-PRIO", "PCT-16M", "PCT-18M", "PCT-DEMAND", "PCT-ART19", "PCT-NPE"} | {"CN-NPE-32"}


def applications(matters: Iterable[MatterRow]) -> list[MatterRow]:
    """The PCT applications among some matters, by priority date."""
    found = [m for m in matters if m.right == Right.PCT]
    return sorted(found, key=lambda m: (m.priority_date or m.filing_date or date.max, m.reference))


def pages(
    matters: Sequence[MatterRow], deadlines: Iterable[DeadlineRow], today: date
) -> list[Flowable]:
    """The chapter: a timeline of what goes on, a table of all."""
    dates: dict[int, list[DeadlineRow]] = {}
    for row in deadlines:
        dates.setdefault(row.matter_id, []).append(row)
    found = applications(matters)
    lanes_ahead = [
        lane_of(matter, precise(dates.get(matter.id, [])), today)
        for matter in found
        if not matter.ended and goes_on(dates.get(matter.id, []), today)
    ]
    drawn = Lanes(today, tuple(lanes_ahead)).parts(_LANES_A_PAGE)
    room = lanes.height(drawn[0]) * 72 if drawn else 90
    story = parts.chapter(tr("PCT applications and their national phases"), "pct", room=room)
    for piece in drawn:
        story.append(Chart(lanes.figure, piece, lanes.height(piece) * 72))
    words = tr("Months count from the priority date.")
    if len(lanes_ahead) < len(found):
        words += " " + tr("Applications without a date to come are only in the table.")
    if drawn:
        story.append(parts.caption(words))
    columns = [
        Column(tr("Reference"), 70),
        Column(tr("Title"), 150),
        Column(tr("Application no."), NUMBER, fixed=True),
        Column(tr("Priority date"), DATE, fixed=True),
        Column(tr("Next national-phase dates"), 136),
    ]
    entered = _entered(matters)
    rows = [line(m, precise(dates.get(m.id, [])), entered, today) for m in found]
    return [*story, Rows(columns, rows)]


def lane_of(matter: MatterRow, rows: Iterable[DeadlineRow], today: date) -> Lane:
    """The lane of an application, from its priority date to the last national phase."""
    points: dict[date, Point] = {}
    if matter.priority_date:
        points[matter.priority_date] = Point(matter.priority_date, tr("Priority"), done=True)
    if matter.filing_date and matter.filing_date != matter.priority_date:
        points[matter.filing_date] = Point(matter.filing_date, tr("Filed"), done=True)
    for row in sorted(rows, key=lambda r: (r.due, r.rule)):
        if row.rule in _TIMELINE or row.rule.endswith("-NPE"):
            start = matter.priority_date or matter.filing_date
            months_on = _months(start, row.raw) if start else 0
            words = tr("{n} m", n=months_on) if months_on else _word(row.rule)
            tone = tone_of(row, today) if row.state in WAITING else Tone.PLAIN
            over = row.due < today or row.state not in (*WAITING, State.INFORMATION)
            point = Point(row.due, words, bool(uncertain(row)), over, tone, months_on)
            points.setdefault(row.due, point)
    return Lane(matter.reference, matter.shown_title, matter.right, tuple(points.values()))


def _word(rule: str) -> str:
    """What stands at a point that is no whole number of months from the priority date."""
    known = {"PCT-ART19": tr("Art. 19"), "PCT-DEMAND": tr("demand")}
    return known.get(rule) or rule.removesuffix("-NPE")


def _months(start: date, end: date) -> int:
    """Whole months between two days, 0 where they are not whole."""
    count = (end.year - start.year) * 12 + end.month - start.month
    return count if add_months(start, count) == end else 0


def _entered(matters: Iterable[MatterRow]) -> dict[str, list[str]]:
    """Family → offices in which it has matters, but for the PCT application itself."""
    found: dict[str, set[str]] = {}
    for matter in matters:
        if matter.family and matter.right != Right.PCT:
            found.setdefault(matter.family, set()).add(matter.office)
    return {family: sorted(offices) for family, offices in found.items()}


def line(
    matter: MatterRow, rows: Iterable[DeadlineRow], entered: dict[str, list[str]], today: date
) -> Row:
    """An application with its coming national phases, each day once."""
    phases = [r for r in rows if r.rule.endswith("-NPE") and r.state in WAITING]
    ordered = sorted(phases, key=lambda r: (r.due, r.office))
    tone = tone_of(ordered[0], today) if ordered else Tone.PLAIN
    groups: dict[date, list[str]] = {}
    for row in ordered:
        office = tr("in common") if row.rule == COMMON else row.rule.removesuffix("-NPE")
        groups.setdefault(row.due, []).append(office)
    words = [f"{due.isoformat()} {', '.join(codes)}" for due, codes in groups.items()]
    if matter.ended:
        words = [status_label(matter.status)]
    offices = entered.get(matter.family, [])
    if offices:
        words.append(tr("family in {offices}", offices=", ".join(offices)))
    if not words:
        words = [tr("none open")]
    return [
        Cell(matter.reference, bold=True), matter.shown_title, matter.application_number,
        day(matter.priority_date), Cell("\n".join(words), tone),
    ]  # fmt: skip
