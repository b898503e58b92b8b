"""Fees to come: what is due, what it costs and why; from here they go on a payment list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from ipdesk.base.dates import distance
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.fees.edits import make_list, plan_payments
from ipdesk.core.fees.queries import FeeLine, fee_lines
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.facts import money, numbered
from ipdesk.ui.money.held import HeldFacet, HeldSource
from ipdesk.ui.money.views import ListView, amount_cell, totals
from ipdesk.ui.tables.columns import Align, Column, Mark
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.fields import choice_editor, day_editor, line_editor
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BEHIND, _AHEAD = 400, 366  # days
SOON = 30
_OPEN = ("overdue", "open", "planned", "paid")
STATES = {
    "overdue": (Tone.OVERDUE, say("Overdue")),
    "open": (Tone.PLAIN, say("To come")),
    "planned": (Tone.PLAIN, say("On a payment list")),
    "paid": (Tone.SOON, say("Paid, no receipt yet")),
    "confirmed": (Tone.DONE, say("Paid, receipt seen")),
    "before_records": (Tone.UNCHECKED, say("Before the records")),
}
_TIMES = {
    "overdue": say("Overdue"),
    "30": say("30 days"),
    "90": say("3 months"),
    "later": say("Later"),
}


class ComingView(ListView):
    """Everything that falls due within a year, and what is late."""

    def __init__(self, desk: Desk, made: Callable[[int], object]) -> None:
        today = desk.today
        source = HeldSource(
            "fees",
            _columns(today),
            partial(_read, today),
            lambda line: (line.matter_id, line.item, line.number),
            _facets(today),
            _words,
        )
        prompt = tr("Select a fee to see how its amount comes about.")
        super().__init__(desk, source, self._nothing, "due", prompt)
        self._made = made  # a payment list: the page shows it
        main = action(
            self, tr("Put on a payment list…"), self.make_list, shortcut="Ctrl+L",
            tip=tr("Put the selected fees on a list for the agent or the office"),
        )  # fmt: skip
        rest = [
            action(self, tr("Plan the payments"), self.plan),
            None,
            self.list.export_action(tr("Coming fees")),
        ]
        self.add_actions(main, rest)

    def _nothing(self) -> Notice:
        return Notice("money", tr("No fee is due"), tr("No fee falls due within a year."))

    # ------------------------------------------------------------------ acts

    def _wanted(self) -> list[FeeLine]:
        lines = [line for line in self.chosen() if line.state in ("overdue", "open", "planned")]
        if not lines:
            self.desk.say(tr("Select fees that are still to be paid."))
        return lines

    def make_list(self) -> None:
        """Ask for the list's name and payee."""
        lines = self._wanted()
        if not lines:
            return
        month = self.desk.today().isoformat()[:7]
        payees = [("agent", tr("Agent")), ("office", tr("Office"))]
        asked = (
            Asked("name", tr("Name"), line_editor(), tr("Payments {month}", month=month), True),
            Asked("payee", tr("Payee"), choice_editor(payees), "agent"),
            Asked("agent", tr("Agent"), line_editor()),
            Asked("due_until", tr("To be paid by"), day_editor(), _earliest(lines, self.desk)),
        )
        text = _summed(lines)
        Asking(
            self,
            tr("New payment list"),
            text,
            asked,
            tr("Make the list"),
            lambda values: self._make(lines, values),
        ).open()

    def _make(self, lines: list[FeeLine], values: dict[str, Any]) -> None:
        wanted = [(line.matter_id, line.item, line.number) for line in lines]
        run_edit(
            self.desk,
            lambda d, law: make_list(
                d,
                law,
                values["name"],
                wanted,
                payee=values["payee"],
                agent=values["agent"],
                due_until=values["due_until"],
            ),
            tr("Payment list made: {name}", name=values["name"]),
            lambda made: self._made(made[0]),
        )

    def plan(self) -> None:
        """Note the payments without a list."""
        wanted = [(line.matter_id, line.item, line.number) for line in self._wanted()]
        if wanted:
            run_edit(self.desk, lambda d, law: plan_payments(d, law, wanted), tr("Done."))

    # ------------------------------------------------------------------ showing

    def selected_changed(self) -> None:
        lines = self.chosen()
        words = ""
        if len(lines) > 1:
            words = _summed(lines)
        self.said.put(words or self._lost())

    def _lost(self) -> str:
        """What missing records would cost on the fees in sight."""
        held = self.source
        lines = held.lines() if isinstance(held, HeldSource) else ()
        lost: dict[str, Decimal] = {}
        for line in lines:
            if line.with_record is not None and line.answer.payable is not None:
                known = lost.get(line.answer.currency, Decimal(0))
                lost[line.answer.currency] = known + line.answer.payable - line.with_record
        if not lost:
            return ""
        return tr("Full fees for want of a reduction record: {sum} more", sum=totals(lost))

    def show_row(self, row: FeeLine) -> None:
        answer, card = row.answer, self.detail
        card.begin(fee_name(row))
        card.matter(self.desk, row.matter_id, f"{row.reference}  {row.title}")
        tone, words = STATES[row.state]
        marks: list[tuple[Tone, object]] = [(tone, words)]
        if answer.unverified:
            marks.append((Tone.UNCHECKED, tr("Amount not verified yet")))
        if answer.total is None:
            marks.append((Tone.UNCHECKED, tr("Amount unknown")))
        if row.with_record is not None:
            marks.append((Tone.SOON, tr("No reduction record")))
        card.chips(marks)
        away = f"{row.due}  ({distance(row.due, self.desk.today())})" if row.due else ""
        agent = money(row.agent.amount, row.agent.currency) if row.agent else tr("no price on file")
        card.facts(
            (
                (tr("Due"), away),
                (tr("Late payment until"), answer.grace_end),
                (tr("Official fee"), money(answer.official, answer.currency)),
                (tr("Reduction"), _reduced(row)),
                (tr("Payable"), money(answer.payable, answer.currency)),
                (tr("With the record"), _cheaper(row)),
                (tr("Surcharge"), money(answer.surcharge, answer.currency)),
                (tr("To the office"), money(answer.total, answer.currency)),
                (tr("Agent's fee"), agent),
                (tr("Legal basis"), row.basis),
                (tr("Source"), answer.source),
                (tr("Confidence"), answer.confidence),
            )
        )
        card.sentences(tr("Why this amount"), (*answer.problems, *answer.why))
        card.end()


def _reduced(row: FeeLine) -> str:
    answer = row.answer
    if not answer.reduction:
        return ""
    return f"{money(answer.reduction, answer.currency)}  ({answer.percent} %)"


def _cheaper(row: FeeLine) -> str:
    return "" if row.with_record is None else money(row.with_record, row.answer.currency)


def _earliest(lines: list[FeeLine], desk: Desk) -> date | None:
    today = desk.today()
    return min((line.due for line in lines if line.due and line.due >= today), default=None)


def fee_name(line: FeeLine) -> str:
    """The fee with its year or number."""
    return numbered(str(line.label), line.item, line.number)


def _summed(lines: list[FeeLine]) -> str:
    """How many fees, what they come to, and whether agents' fees are in that."""
    words = ntr("{n} fee:", "{n} fees:", len(lines)) + " " + totals(sums_of(lines))
    if any(line.agent is not None for line in lines):
        words = tr("{fees}, agents' fees included", fees=words)
    return words


def sums_of(lines: list[FeeLine]) -> dict[str, Decimal]:
    """What the lines come to, agents' fees included, by currency; unknown ones left out."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.answer.total is not None:
            currency = line.answer.currency
            sums[currency] = sums.get(currency, Decimal(0)) + line.answer.total
        if line.agent is not None:
            known = sums.get(line.agent.currency, Decimal(0))
            sums[line.agent.currency] = known + line.agent.amount
    return sums


# ── the list ──────────────────────────────────────────────────────────────────────────────────


def _read(today: Callable[[], date], connection: Connection) -> list[FeeLine]:
    day = today()
    docket = docket_for(connection, day)
    begin, end = day - timedelta(days=_BEHIND), day + timedelta(days=_AHEAD)
    lines = fee_lines(connection, docket, None, begin, end)
    return [line for line in lines if line.state in _OPEN]


def _words(line: FeeLine) -> str:
    return f"{line.reference} {line.title} {fee_name(line)} {line.basis}"


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    right = Align.RIGHT
    return (
        Column("due", say("Due"), partial(_due, today), 112),
        Column("reference", say("Reference"), lambda f: f.reference, 84, strong=True),
        Column("title", say("Title"), lambda f: f.title, 200, shown=False, least=120),
        Column("fee", say("Fee"), fee_name, 132, least=92),
        Column("official", say("Official fee"), _official, 84, right, shown=False),
        Column("reduction", say("Reduced by"), _reduction, 84, right, tip=_reduced),
        Column("payable", say("Payable"), lambda f: amount_cell(f.answer.payable), 74, right),
        Column("surcharge", say("Surcharge"), _surcharge, 76, right),
        Column("currency", say("Currency"), lambda f: f.answer.currency, 66),
        Column("state", say("State"), _state, 136),
        Column("record", say("With the record"), _with_record, 92, right, shown=False,
               tip=lambda _f: tr("Payable with the fee-reduction record that is missing")),
        Column("agent", say("Agent's fee"), _agent, 84, right),
        Column("office", say("Office"), lambda f: office_name(f.office), 100, shown=False),
        Column("right", say("Right"), lambda f: right_label(f.right), 100, shown=False),
        Column("grace", say("Late payment until"), lambda f: f.answer.grace_end, 120, shown=False),
        Column("basis", say("Legal basis"), lambda f: str(f.basis), 160, shown=False),
    )  # fmt: skip


def _due(today: Callable[[], date], line: FeeLine) -> date | Mark | None:
    if line.due is None or line.state == "paid":
        return line.due
    days = (line.due - today()).days
    if days > SOON:
        return line.due
    return Mark(Tone.OVERDUE if days < 0 else Tone.SOON, line.due.isoformat())


def _official(line: FeeLine) -> float | Mark:
    return amount_cell(line.answer.official)


def _reduction(line: FeeLine) -> Mark | str | None:
    """The rate; where a record is missing, that it is."""
    if line.answer.reduction:
        return f"{line.answer.percent} %"
    return Mark(Tone.SOON, tr("none")) if line.with_record is not None else None


def _with_record(line: FeeLine) -> float | None:
    return None if line.with_record is None else float(line.with_record)


def _surcharge(line: FeeLine) -> float | Mark | None:
    return None if line.answer.surcharge == 0 else amount_cell(line.answer.surcharge)


def _agent(line: FeeLine) -> float | None:
    return float(line.agent.amount) if line.agent else None


def _state(line: FeeLine) -> Mark | str:
    tone, words = STATES[line.state]
    return str(words) if tone is Tone.PLAIN else Mark(tone, str(words))


def _facets(today: Callable[[], date]) -> tuple[HeldFacet, ...]:
    return (
        HeldFacet("time", say("When"), partial(_times, today), lambda v: _TIMES[v]),
        HeldFacet("state", say("State"), lambda f: (f.state,), lambda v: STATES[v][1]),
        HeldFacet("item", say("Fee"), lambda f: (str(f.label),)),
        HeldFacet("right", say("Right"), lambda f: (f.right,), right_label),
        HeldFacet("office", say("Office"), lambda f: (f.office,), office_name),
        HeldFacet("currency", say("Currency"), lambda f: (f.answer.currency,)),
    )


def _times(today: Callable[[], date], line: FeeLine) -> tuple[str, ...]:
    days = (line.due - today()).days if line.due else 0
    if days < 0:
        return ("overdue",)
    return ("30",) if days <= 30 else ("90",) if days <= 92 else ("later",)
