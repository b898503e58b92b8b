"""The audit of annuities: missing, doubled, unpaid, paid in vain; each with what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.fees.audit import Fault, Finding
from ipdesk.core.fees.cases import fee_matters
from ipdesk.core.fees.edits import confirm, record_paid
from ipdesk.core.fees.overviews import audit_findings
from ipdesk.core.fees.reading import shipped
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.held import HeldFacet, HeldSource
from ipdesk.ui.money.views import ListView
from ipdesk.ui.tables.columns import Align, Column, Mark
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.fields import day_editor, line_editor
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

FAULTS = {
    Fault.MISSING: (Tone.OVERDUE, say("Missing")),
    Fault.UNPAID: (Tone.OVERDUE, say("Not paid")),
    Fault.UNDERPAID: (Tone.OVERDUE, say("Too little paid")),
    Fault.DUPLICATE: (Tone.SOON, say("Paid twice")),
    Fault.AFTER_END: (Tone.SOON, say("Paid after the end")),
    Fault.OVERPAID: (Tone.SOON, say("Too much paid")),
    Fault.UNEXPECTED: (Tone.SOON, say("Never charged")),
    Fault.UNCONFIRMED: (Tone.SOON, say("No receipt seen")),
    Fault.BEFORE_RECORDS: (Tone.UNCHECKED, say("Before the records")),
}
_TO_DO = {
    Fault.MISSING: say("Pay it while that is possible, or record the payment that was made."),
    Fault.UNPAID: say("Pay it, or record the payment that was made."),
    Fault.UNDERPAID: say("Pay the rest before the time of grace ends."),
    Fault.DUPLICATE: say("Ask the office for a refund of the second payment."),
    Fault.AFTER_END: say("Ask for a refund, and look whether the right was really given up."),
    Fault.OVERPAID: say("Ask for a refund, or correct the amount on record."),
    Fault.UNEXPECTED: say("Correct the year of the payment."),
    Fault.UNCONFIRMED: say("Ask the agent for the receipt, then confirm the payment."),
    Fault.BEFORE_RECORDS: say("Look into the register, then record the payment or set it aside."),
}
_RECORDABLE = (Fault.MISSING, Fault.UNPAID, Fault.BEFORE_RECORDS)


class AuditView(ListView):
    """Expected years against the ones on record."""

    def __init__(self, desk: Desk) -> None:
        source = HeldSource(
            "audit",
            _COLUMNS,
            partial(_read, desk.today),
            lambda f: (f.matter_id, f.fault, f.number, f.payments),
            _FACETS,
        )
        prompt = tr("Select a finding to see what can be done about it.")
        super().__init__(desk, source, self._nothing, "reference", prompt)
        main = action(self, tr("Record the payment…"), self.record)
        rest = [
            action(self, tr("Receipt seen…"), self.receipt),
            None,
            self.list.export_action(tr("Audit of annuities")),
        ]
        self.add_actions(main, rest)

    def _nothing(self) -> Notice:
        text = tr("Every year that the law expects is on record, paid once and confirmed.")
        return Notice("check-circle", tr("The annuities are complete"), text)

    # ------------------------------------------------------------------ acts

    def record(self) -> None:
        """What is missing was paid after all: on which day, by which receipt."""
        found = [f for f in self.chosen() if f.fault in _RECORDABLE]
        if not found:
            self.desk.say(tr("Select findings of payments that are missing."))
            return
        first = found[0].due or self.desk.today()
        asked = (
            Asked("on", tr("Paid on"), day_editor(), min(first, self.desk.today()), needed=True),
            Asked("receipt", tr("Receipt number"), line_editor()),
        )
        text = tr("Only what the office's receipt or register shows.")
        Asking(
            self, tr("Record the payment"), text, asked, tr("Record"), partial(self._record, found)
        ).open()

    def _record(self, found: list[Finding], values: dict[str, Any]) -> None:
        on, receipt, today = values["on"], values["receipt"], self.desk.today()

        def act(database: Any, law: Any) -> Any:
            with database.read() as connection:
                wanted = _wanted(connection, found, today)
            return record_paid(database, law, wanted, on, receipt)

        run_edit(self.desk, act, tr("Done."))

    def receipt(self) -> None:
        """The receipt of a payment came."""
        ids = [i for f in self.chosen() if f.fault is Fault.UNCONFIRMED for i in f.payments]
        if not ids:
            self.desk.say(tr("Select payments without a receipt."))
            return
        asked = (
            Asked("on", tr("Confirmed on"), day_editor(), self.desk.today(), needed=True),
            Asked("receipt", tr("Receipt number"), line_editor()),
        )
        Asking(
            self, tr("Receipt seen"), "", asked, tr("Confirm"), partial(self._confirm, ids)
        ).open()

    def _confirm(self, ids: list[int], values: dict[str, Any]) -> None:
        receipts = dict.fromkeys(ids, values["receipt"]) if values["receipt"] else {}
        run_edit(
            self.desk, lambda d, law: confirm(d, law, ids, values["on"], receipts), tr("Done.")
        )

    # ------------------------------------------------------------------ showing

    def show_row(self, row: Finding) -> None:
        tone, words = FAULTS[row.fault]
        card = self.detail
        card.begin(words, tr("Year {n}", n=row.number))
        card.matter(self.desk, row.matter_id, row.reference)
        card.chips([(tone, words)])
        made = [button(tr("Open the matter"), partial(self.desk.go, _matter(row)))]
        if row.fault in _RECORDABLE:
            made.insert(0, button(tr("Record the payment…"), self.record))
            if row.grace_end is not None and row.grace_end >= self.desk.today():
                made.insert(0, button(tr("Pay it now…"), partial(self.desk.go, _fee(row))))
        elif row.fault is Fault.UNCONFIRMED:
            made.insert(0, button(tr("Receipt seen…"), self.receipt))
        card.buttons(made)
        card.facts(((tr("Due"), row.due), (tr("Late payment until"), row.grace_end)))
        card.sentences(tr("What was found"), [row.message], numbered=False)
        card.sentences(tr("What to do"), [_TO_DO[row.fault]], numbered=False)
        card.end()


def _matter(row: Finding) -> Place:
    return Place("portfolio", row.matter_id)


def _fee(row: Finding) -> Place:
    return Place("money", "coming", search=row.reference)


def _wanted(
    connection: Connection, found: list[Finding], today: date
) -> list[tuple[int, str, int | None]]:
    """The recurring fee of each matter, with the number that is missing."""
    ids = list(dict.fromkeys(f.matter_id for f in found))
    items = {}
    for one in fee_matters(connection, ids, today):
        table = shipped().get(one.office)
        item = table.recurring(one.right) if table else None
        if item is not None:
            items[one.id] = item.id
    return [(f.matter_id, items[f.matter_id], f.number) for f in found if f.matter_id in items]


def _read(today: Callable[[], date], connection: Connection) -> list[Finding]:
    return audit_findings(connection, docket_for(connection, today()))


def _mark(row: Finding) -> Mark:
    tone, words = FAULTS[row.fault]
    return Mark(tone, str(words))


_COLUMNS = (
    Column("fault", say("Fault"), _mark, 140),
    Column("reference", say("Reference"), lambda f: f.reference, 90, strong=True),
    Column("year", say("Year"), lambda f: f.number, 44, Align.RIGHT),
    Column("due", say("Due"), lambda f: f.due, 88),
    Column("grace", say("Late payment until"), lambda f: f.grace_end, 122),
    Column("message", say("What was found"), lambda f: str(f.message), 262, least=160,
           tip=lambda f: str(f.message)),
)  # fmt: skip
_FACETS = (
    HeldFacet("fault", say("Fault"), lambda f: (str(f.fault),), lambda v: FAULTS[Fault(v)][1]),
)
