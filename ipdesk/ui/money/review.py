"""Keep or abandon: the annuities to come with what speaks for and against each right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from ipdesk.base.dates import add_months, distance
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.fees.decisions import decide
from ipdesk.core.fees.overviews import decisions, review_rows
from ipdesk.core.fees.records import DecisionRow
from ipdesk.core.fees.review import ReviewRow
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.facts import money
from ipdesk.ui.money.held import HeldFacet, HeldSource
from ipdesk.ui.money.views import ListView, amount_cell
from ipdesk.ui.tables.columns import Align, Column, Mark
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.fields import choice_editor, line_editor
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MONTHS = 12
DECISIONS = {
    "": (Tone.PLAIN, say("Not decided")),
    "keep": (Tone.DONE, say("Keep")),
    "abandon": (Tone.OVERDUE, say("Abandon")),
    "later": (Tone.SOON, say("Decide later")),
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A line of the sheet with the decisions that were taken on its matter."""

    row: ReviewRow
    taken: tuple[DecisionRow, ...]

    @property
    def decision(self) -> str:
        own = (d.decision for d in self.taken if d.number == self.row.number)
        return next(own, self.row.held.decision)


class ReviewView(ListView):
    """The next unpaid fee of every living right due within a year."""

    def __init__(self, desk: Desk) -> None:
        source = HeldSource(
            "review",
            _columns(desk.today),
            partial(_read, desk.today),
            lambda one: (one.row.held.matter_id, one.row.number),
            _FACETS,
        )
        prompt = tr("Select a right to see what speaks for and against it.")
        super().__init__(desk, source, self._nothing, "due", prompt)
        main = action(
            self, tr("Decide…"), self.decide, shortcut="Ctrl+D",
            tip=tr("Keep, abandon or decide later, for all selected lines"),
        )  # fmt: skip
        self.add_actions(main, [self.list.export_action(tr("Keep or abandon"))])

    def _nothing(self) -> Notice:
        return Notice("scales", tr("Nothing to decide"), tr("No annuity is due within a year."))

    def decide(self) -> None:
        """Ask for decision and reason; pledged rights also for the lender's consent."""
        lines = self.chosen()
        if not lines:
            self.desk.say(tr("Select the lines to decide on."))
            return
        options = [(v, str(words)) for v, (_tone, words) in DECISIONS.items() if v]
        hint = tr("e.g. product sold until 2029, meeting of 2026-11-20")
        asked = [
            Asked("decision", tr("Decision"), choice_editor(options), "keep"),
            Asked("reason", tr("Reason"), line_editor(hint), needed=True),
        ]
        pledged = [one.row.held.reference for one in lines if one.row.needs_consent]
        text = ntr("{n} right.", "{n} rights.", len(lines))
        if len(lines) == 1:
            held = lines[0].row.held
            text = f"{held.reference}  {held.title}"
        if pledged:
            hint = tr("e.g. letter of the bank of 2026-11-20")
            asked.append(Asked("consent", tr("Lender's consent"), line_editor(hint)))
            named = ", ".join(pledged[:5])
            text += " " + tr(
                "Pledged: {references}; giving up needs the consent.", references=named
            )
        Asking(
            self, tr("Keep or abandon"), text, asked, tr("Decide"), partial(self._decide, lines)
        ).open()

    def _decide(self, lines: list[Reviewed], values: dict[str, Any]) -> None:
        chosen = [(one.row.held.matter_id, one.row.number) for one in lines]
        decision, reason = values["decision"], values["reason"]
        consent = values.get("consent") or ""
        run_edit(
            self.desk,
            lambda d, law: decide(d, law, chosen, decision, reason, consent),
            ntr("{n} right decided.", "{n} rights decided.", len(chosen)),
        )

    def selected_changed(self) -> None:
        n = len(self.list.table.selected_ids())
        self.said.put(ntr("{n} line selected", "{n} lines selected", n) if n > 1 else "")

    def show_row(self, row: Reviewed) -> None:
        sheet, held, card = row.row, row.row.held, self.detail
        currency = sheet.answer.currency
        card.begin(tr("Year {n}", n=sheet.number))
        card.matter(self.desk, held.matter_id, f"{held.reference}  {held.title}")
        tone, words = DECISIONS[row.decision]
        marks: list[tuple[Tone, object]] = [(tone, words)]
        if sheet.needs_consent:
            marks.append((Tone.SOON, tr("pledged")))
        if sheet.assumed:
            marks.append((Tone.UNCHECKED, tr("fee reduction assumed")))
        card.chips(marks)
        card.buttons([button(tr("Decide…"), self.decide)])
        card.facts(
            (
                (tr("Due"), f"{sheet.due}  ({distance(sheet.due, self.desk.today())})"),
                (tr("Late payment until"), sheet.grace_end),
                (tr("Payable"), money(sheet.answer.total, currency)),
                (tr("Agent's fee"), sheet.agent or ""),
                (tr("Cost to its end"), money(sheet.to_come, currency)),
                (tr("Years left"), sheet.years_left),
                (tr("Expiry date"), held.expiry),
                (tr("Grade"), held.grade),
                (tr("Products"), ", ".join(held.products)),
            )
        )
        card.sentences(tr("What speaks for and against it"), sheet.remarks, numbered=False)
        card.sentences(tr("Why this amount"), (*sheet.answer.problems, *sheet.answer.why))
        card.sentences(tr("Decided"), [_said(d) for d in row.taken], numbered=False)
        card.end()


def _said(row: DecisionRow) -> str:
    words = tr(
        "{day}, year {n}: {decision} – {reason}",
        day=row.decided_on,
        n=row.number,
        decision=DECISIONS[row.decision][1],
        reason=row.reason,
    )
    more = [row.decided_by, row.consent]
    return " · ".join([words, *(part for part in more if part)])


def _read(today: Callable[[], date], connection: Connection) -> list[Reviewed]:
    docket = docket_for(connection, today())
    taken: dict[int, list[DecisionRow]] = {}
    for one in decisions(connection):
        taken.setdefault(one.matter_id, []).append(one)
    rows = review_rows(connection, docket, add_months(docket.today, _MONTHS))
    return [Reviewed(row, tuple(taken.get(row.held.matter_id, ()))) for row in rows]


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    right = Align.RIGHT
    return (
        Column("due", say("Due"), partial(_due, today), 112),
        Column("reference", say("Reference"), lambda o: o.row.held.reference, 84, strong=True),
        Column("decision", say("Decision"), _decision, 96),
        Column("title", say("Title"), lambda o: o.row.held.title, 150, shown=False, least=100),
        Column("number", say("Year"), lambda o: o.row.number, 40, right),
        Column("grade", say("Grade"), lambda o: o.row.held.grade, 52),
        Column("products", say("Products"), lambda o: ", ".join(o.row.held.products), 96, least=80),
        Column("left", say("Years left"), lambda o: o.row.years_left, 74, right),
        Column("cover", say("Coverage"), lambda o: o.row.held.covering or None, 70, right,
               shown=False, tip=lambda _o: tr("Living rights of the same technology")),
        Column("payable", say("Payable"), lambda o: amount_cell(o.row.answer.total), 72, right,
               tip=lambda o: tr("fee reduction assumed") if o.row.assumed else ""),
        Column("to_come", say("Cost to its end"), lambda o: amount_cell(o.row.to_come), 100, right),
        Column("currency", say("Currency"), lambda o: o.row.answer.currency, 66, shown=False),
        Column("pledged", say("Pledged to"), lambda o: o.row.held.pledged_to, 120, shown=False),
    )  # fmt: skip


def _due(today: Callable[[], date], one: Reviewed) -> date | Mark:
    days = (one.row.due - today()).days
    if days > 30:
        return one.row.due
    return Mark(Tone.OVERDUE if days < 0 else Tone.SOON, one.row.due.isoformat())


def _decision(one: Reviewed) -> Mark | str:
    tone, words = DECISIONS[one.decision]
    return Mark(tone, str(words)) if one.decision else ""


_FACETS = (
    HeldFacet("decision", say("Decision"), lambda o: (o.decision,), lambda v: DECISIONS[v][1]),
    HeldFacet("grade", say("Grade"), lambda o: (o.row.held.grade or "–",)),
    HeldFacet("use", say("Product"), lambda o: o.row.held.products or ("–",)),
    HeldFacet("right", say("Right"), lambda o: (o.row.held.case.right,), right_label),
    HeldFacet("office", say("Office"), lambda o: (o.row.held.case.office,), office_name),
    HeldFacet(
        "pledged",
        say("Pledged"),
        lambda o: ("yes" if o.row.needs_consent else "no",),
        lambda v: tr("Yes") if v == "yes" else tr("No"),
    ),
)
