"""What if: a case that nobody has recorded, its dates with their reasons, and what would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ipdesk.base.change import Topic
from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Message, captioned, ntr, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.applications import COMMON
from ipdesk.core.docket.calendars import Status
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.holdings import as_case, load
from ipdesk.core.docket.model import Case, Deadline, Event, Outcome
from ipdesk.core.docket.queries import deadline_rows
from ipdesk.core.docket.reckoning import DEFAULT_TARGETS, Docket, entries_at
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.docket.whatif import Difference, compare, variations
from ipdesk.core.portfolio.model import Right
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.whatifs import moved_words
from ipdesk.ui.law.casefields import CaseFields
from ipdesk.ui.money.facts import FactCard
from ipdesk.ui.page import Page
from ipdesk.ui.tables.columns import Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.scroll import Column as Scroll
from ipdesk.ui.widgets.split import Split

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PAUSE_MS = 250
_ENTRY = "-NPE"
_MOST = 8  # differences shown of one question


@dataclass(frozen=True, slots=True)
class Told:
    """One date and what each question would do to the case."""

    deadline: Deadline
    answers: tuple[tuple[Message, tuple[Difference, ...]], ...]


class WhatIfPage(Page):
    """Facts at the left, dates at the right, below them the reasons and the differences."""

    topics = frozenset({Topic.LAW})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "what-if", tr("Deadline calculator"))
        self._wanted: tuple[str, int | None] | None = None  # the date to pick when it comes
        self._case: Case | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._compute)
        self.fields = CaseFields()
        left = Scroll(margin=theme.px(16), gap=theme.px(8))
        text = tr("Nothing typed here is recorded anywhere.")
        left.box.addWidget(label(text, "muted", wrap=True))
        left.box.addWidget(self.fields)
        left.box.addStretch(1)
        self.said = label("", "muted", wrap=True)
        self.table = SmallTable(_columns(), tr("Dates"), stretch="what")
        self.card = FactCard(tr("Select a date to see its reasons and what would change it."))
        self.body.addWidget(self._laid_out(left), 1)
        self.fields.changed.connect(self._pause.start)
        self.table.picked.connect(self._explain)
        self.fields.put(_example(desk.today()))

    def _laid_out(self, left: QWidget) -> QSplitter:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.said)
        dates, why = _framed(self.table), _framed(self.card)
        both = Split(self.desk, "whatif.dates", dates, why, (2, 3), upright=True)
        column.addWidget(both, 1)
        return Split(self.desk, "whatif", _framed(left), right, (2, 3))

    # ------------------------------------------------------------------ places

    def reload(self) -> None:
        self._compute()

    def visit(self, place: Place) -> None:
        """With the number of a stored deadline: its matter's case, that date in focus."""
        if isinstance(place.argument, int):
            self.ask(partial(_case_of, place.argument, self.desk.today()), self._take, key="case")

    def _take(self, found: tuple[Case, str, int | None] | None) -> None:
        if found is not None:
            case, rule, n = found
            self._wanted = (rule, n)
            self.fields.put(case)

    def kept(self) -> Case | None:
        return self._case

    def put_back(self, kept: Case | None) -> None:
        if kept is not None:
            self.fields.put(kept)

    # ------------------------------------------------------------------ computing

    def _compute(self) -> None:
        try:
            case = self.fields.case()
        except ValueError as problem:
            self.said.setText(str(problem))
            return
        self._case = case
        question = partial(_outcome, case, self._entered(), self.desk.today())
        self.ask(question, self._show, key="outcome")

    def _entered(self) -> tuple[str, ...]:
        """The offices whose entry limits a PCT application shows: the one asked for among them."""
        office, entry, _ = (self._wanted or ("", None))[0].partition(_ENTRY)
        common = entry and f"{office}{entry}" == COMMON
        return DEFAULT_TARGETS if common or not entry else (*DEFAULT_TARGETS, office)

    def _show(self, outcome: Outcome) -> None:
        missing = [captioned(p.label, p.why[0]) for p in outcome.pending if p.essential and p.why]
        problems = [str(problem) for problem in outcome.problems]
        n = len(outcome.deadlines)
        self.head.count.setText(f"{n:,}")
        counted = ntr("{n} date follows.", "{n} dates follow.", n)
        self.said.setText("\n".join([*problems, *(missing[:6]), *([] if problems else [counted])]))
        self.table.rows_model.put(outcome.deadlines)
        self.card.show_nothing()
        row = self._row_of(outcome.deadlines)
        if row is not None:
            self.table.selectRow(row)

    def _row_of(self, found: tuple[Deadline, ...]) -> int | None:
        """The date that was in focus or asked for, else none."""
        for row, one in enumerate(found):
            if (one.rule, one.n) == self._wanted:
                return row
        return None

    def _explain(self, deadline: Deadline | None) -> None:
        if deadline is None or self._case is None:
            return
        self._wanted = (deadline.rule, deadline.n)
        question = partial(_answers, self._case, self._entered(), deadline, self.desk.today())
        self.ask(question, self._show_card, key="answers")

    def _show_card(self, told: Told) -> None:
        d, card_ = told.deadline, self.card
        card_.begin(_name(d), d.rule)
        card_.chips(_marks(d))
        card_.facts(
            (
                (tr("Due"), d.due),
                (tr("Before rolling"), d.raw if d.raw != d.due else None),
                (tr("Runs from"), d.start),
                (tr("Opens"), d.opens),
                (tr("Grace until"), d.grace_end),
                (tr("Legal basis"), d.basis),
                (tr("Source"), d.source),
            )
        )
        card_.sentences(tr("Why this date"), d.why)
        for question, differences in told.answers:
            lines = [moved_words(one) for one in differences[:_MOST]]
            more = len(differences) - _MOST
            if more > 0:
                lines.append(ntr("and {n} more date", "and {n} more dates", more))
            card_.sentences(str(question), lines or [tr("Nothing would change.")], numbered=False)
        card_.end()
        self.table.scrollTo(self.table.currentIndex())  # the room for it is known by now


def _framed(inner: QWidget) -> QWidget:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.addWidget(inner)
    return frame


def _example(today: date) -> Case:
    """What stands there at first: an invention with a priority, and a first office action."""
    filed = add_months(today, -12)
    events = (
        Event("priority", add_months(filed, -11)),
        Event("filing", filed),
        Event("office_action", add_months(today, -1), service="electronic"),
    )
    return Case("CN", "invention", "paris", events)


def _name(deadline: Deadline) -> str:
    return f"{deadline.label} ({deadline.n})" if deadline.n else str(deadline.label)


def _marks(deadline: Deadline) -> list[tuple[Tone, object]]:
    found: list[tuple[Tone, object]] = []
    if deadline.unverified:
        found.append((Tone.UNCHECKED, tr("Unverified")))
    if deadline.calendar is Status.COMPUTED:
        found.append((Tone.UNCHECKED, tr("Computed calendar")))
    elif deadline.calendar is Status.UNKNOWN:
        found.append((Tone.UNCHECKED, tr("No calendar")))
    return found


def _doubt(deadline: Deadline) -> Mark | None:
    """The first doubt in one word; the card tells all of them."""
    if deadline.unverified:
        return Mark(Tone.UNCHECKED, tr("Unverified"))
    if deadline.calendar is Status.COMPUTED:
        return Mark(Tone.UNCHECKED, tr("Computed"))
    return Mark(Tone.UNCHECKED, tr("No calendar")) if deadline.calendar is Status.UNKNOWN else None


def _columns() -> tuple[Column, ...]:
    return (
        Column("due", say("Due"), lambda d: d.due, 96, strong=True),
        Column("what", say("What"), _name, 200, tip=lambda d: f"{d.rule}\n{d.basis}"),
        Column("start", say("Runs from"), lambda d: d.start, 92),
        Column("doubt", say("Doubt"), _doubt, 124),
    )


# ---- in a reader's thread


def _outcome(case: Case, offices: tuple[str, ...], today: date, connection: Connection) -> Outcome:
    docket = docket_for(connection, today)
    found = compute(case, docket.law, docket.calendars)
    entries = tuple(_entries(case, offices, docket))
    if not entries:
        return found
    dates = sorted((*found.deadlines, *entries), key=lambda d: (d.due, d.rule, d.n or 0))
    return replace(found, deadlines=tuple(dates))


def _entries(case: Case, offices: tuple[str, ...], docket: Docket) -> Iterable[Deadline]:
    """The limits of the national phases, where it is a PCT application."""
    pct = case.right == Right.PCT and case.events
    return entries_at(offices, case, docket) if pct else ()


def _answers(
    case: Case,
    offices: tuple[str, ...],
    deadline: Deadline,
    today: date,
    connection: Connection,
) -> Told:
    docket = docket_for(connection, today)

    def further(changed: Case) -> Iterable[Deadline]:
        return _entries(changed, offices, docket)

    answers = []
    for one in variations(case, deadline):
        moved = compare(case, one.case, docket.law, docket.calendars, further).differences
        first = sorted(moved, key=lambda m: m.before != deadline)  # the date in focus leads
        answers.append((one.question, tuple(first)))
    return Told(deadline, tuple(answers))


def _case_of(
    deadline: int, today: date, connection: Connection
) -> tuple[Case, str, int | None] | None:
    rows = deadline_rows(connection, [deadline], today)
    holdings = load(connection, [rows[0].matter_id]) if rows else []
    if not holdings:
        return None
    case = as_case(holdings[0])
    kept = {k: v for k, v in case.facts.items() if not isinstance(v, list | dict)}
    return replace(case, facts=kept), rows[0].rule, rows[0].n
