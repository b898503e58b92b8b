"""One row of a plan whole: what, why, what it costs and why so much, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ipdesk.base.i18n import captioned, tr
from ipdesk.base.money import Money
from ipdesk.charts.palette import Tone
from ipdesk.core.layout.actual import is_late
from ipdesk.core.layout.costs import total_of
from ipdesk.core.layout.model import Decision, PlanRow
from ipdesk.core.layout.words import (
    ROLE_LABELS,
    ROW_STATUS_LABELS,
    RowStatus,
    plan_right_label,
)
from ipdesk.core.layout.words import (
    label as named,
)
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.card import Card, Deed
from ipdesk.ui.layout.marks import row_mark
from ipdesk.ui.layout.planacts import PlanActs
from ipdesk.ui.layout.planlists import target
from ipdesk.ui.layout.view import Bench
from ipdesk.ui.matter.source import status_mark
from ipdesk.ui.tables.columns import Mark


class RowCard(Card):
    """Shows a row; its buttons act on it."""

    def __init__(self, desk: Desk, bench: Bench, acts: PlanActs) -> None:
        super().__init__(tr("Select a row to see its reasons and its cost."))
        self._desk, self._bench, self._acts = desk, bench, acts

    def show_row(self, row: PlanRow | None, decisions: Sequence[Decision]) -> None:
        """One row, or none."""
        if row is None:
            self.show_nothing()
            return
        today = self._desk.today()
        self.clear()
        self.title(row.fields.title)
        marks = [row_mark(row, today)]
        if is_late(row, today):
            marks.append(Mark(Tone.OVERDUE, tr("target month is past")))
        self.chips(marks)
        self.buttons(self._deeds(row))
        self._facts(row)
        self._matters(row)
        self._cost(row)
        if decisions:
            self.section(tr("Decisions"))
            for one in decisions:
                words = f"{one.on.isoformat()}  {one.by}  {named(ROW_STATUS_LABELS, one.decision)}"
                self.muted(f"{words}  {one.reason}".rstrip())
        self.end()

    def _deeds(self, row: PlanRow) -> list[Deed]:
        acts = self._acts
        deeds: list[Deed] = []
        if not row.matters and row.status not in (RowStatus.DROPPED, RowStatus.FILED):
            deeds.append((tr("Approve: make the matter…"), partial(acts.approve, [row])))
        deeds.append((tr("Change…"), partial(acts.change, row)))
        deeds.append((tr("Move on…"), partial(acts.move_on, [row])))
        deeds.append((tr("Link a matter…"), partial(acts.link, row)))
        return deeds

    def _facts(self, row: PlanRow) -> None:
        f, names = row.fields, self._bench.names
        judged = f"{f.value} × {f.copying} × {f.detectability} = {row.priority}"
        right = plan_right_label(f.right)
        self.facts(
            (
                (tr("Technology"), names.technology(f.technology_id)),
                (tr("Effect"), names.item("effect", f.effect_id)),
                (tr("Application field"), names.item("application", f.application_id)),
                (tr("Product"), names.item("product", f.product_id)),
                (tr("Market"), office_name(f.office) if f.office else ""),
                (tr("Gap"), f.gap),
                (tr("Proposal"), f.proposal),
                (tr("Right"), captioned(right, f.right_reason) if f.right_reason else right),
                (tr("Role"), _reasoned(named(ROLE_LABELS, f.role), f.role_reason)),
                (
                    tr("Territories"),
                    "\n".join(_reasoned(office_name(t.office), t.reason) for t in f.territories),
                ),
                (tr("Priority score"), judged if row.priority else tr("not judged yet")),
                (tr("Target month"), target(row)),
                (tr("Inventors"), ", ".join(f.inventors)),
                (tr("Answers for it"), f.owner),
                (tr("Agent"), f.agent),
                (tr("Reason"), f.reason),
                (tr("Note"), f.note),
            )
        )

    def _matters(self, row: PlanRow) -> None:
        if not row.matters:
            return
        self.section(tr("Became"))
        for one in row.matters:
            state = status_mark(one.status).text
            day = one.filing_date.isoformat() if one.filing_date else ""
            words = f"{one.reference}  {plan_right_label(one.right)}  {state}  {day}".rstrip()
            self.link(words, partial(self._desk.go, Place("portfolio", one.id)))
            self.link(tr("Remove this link"), partial(self._acts.unlink, row, one.id))

    def _cost(self, row: PlanRow) -> None:
        if not row.estimate and row.fields.agent_cost is None:
            return
        self.section(tr("Estimated cost: {sum}", sum=total_of(row).shown()))
        for line in row.estimate:
            amount = tr("not known")
            if line.amount is not None:
                amount = str(Money(line.amount, line.currency))
            words = captioned(f"{line.office}  {line.label}", amount)
            if line.percent:
                words += "  " + tr("({percent} % off)", percent=line.percent)
            self.sentences([words], numbered=False)
        if row.estimated_on:
            day = row.estimated_on
            self.muted(tr("Estimated on {day} from the fee tables of that day.", day=day))


def _reasoned(words: str, reason: str) -> str:
    return captioned(words, reason) if reason else words
