"""Payments: lists to agents and offices, paid in two steps, receipts read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from ipdesk.base.i18n import ntr, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.events import event_label
from ipdesk.core.fees.edits import cancel, confirm, mark_paid, mark_sent
from ipdesk.core.fees.paid import payment_ids, payment_lists, payment_rows
from ipdesk.core.fees.records import PAYMENT_LABELS, ListRow, PaymentRow, PaymentState
from ipdesk.core.fees.recosting import recost
from ipdesk.core.fees.sheets import item_label
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.facts import money, numbered
from ipdesk.ui.money.files import save_payment_sheet
from ipdesk.ui.money.receipts import ReceiptDialog
from ipdesk.ui.money.views import ListView, amount_cell, totals
from ipdesk.ui.page import tell
from ipdesk.ui.tables.columns import Align, Column, Facet, Mark, Option
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.fields import day_editor, line_editor
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.lines import Line, Lines
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from array import array

    from sqlalchemy import Connection

TONES = {
    PaymentState.PLANNED: Tone.PLAIN,
    PaymentState.PAID: Tone.SOON,
    PaymentState.CONFIRMED: Tone.DONE,
    PaymentState.CANCELLED: Tone.UNCHECKED,
}


class PaymentSource:
    """Payments of all matters; the list that is chosen beside narrows them."""

    name = "payments"

    def columns(self) -> tuple[Column, ...]:
        return _COLUMNS

    def ids(self, connection: Connection, query: ListQuery) -> array[int]:
        return payment_ids(connection, query)

    def rows(self, connection: Connection, ids: Sequence[int]) -> list[PaymentRow]:
        return payment_rows(connection, ids)

    def facets(self, connection: Connection, query: ListQuery) -> tuple[Facet, ...]:
        states = tuple(Option(str(s), str(PAYMENT_LABELS[s])) for s in PaymentState)
        rights = ("invention", "utility_model", "design", "trademark")
        kinds = tuple(Option(r, str(right_label(r))) for r in rights)
        return (Facet("state", say("State"), states), Facet("right", say("Right"), kinds))


class PaymentsView(ListView):
    """Payments at the left; at the right the lists and the payment in focus."""

    def __init__(self, desk: Desk) -> None:
        prompt = tr("Select a payment to see how its amount came about.")
        super().__init__(desk, PaymentSource(), self._nothing, "state", prompt, descending=True)
        self.chosen_list: int | None = None
        self._known: dict[int, ListRow] = {}
        self._add_lists()
        main = action(
            self, tr("Mark as paid…"), self.mark_paid, shortcut="Ctrl+Return",
            tip=tr("The money went out; amber until the receipt is seen"),
        )  # fmt: skip
        self._acts: list[Any] = [
            action(self, tr("Receipt seen…"), self.confirm),
            action(self, tr("Not paid any more…"), self.cancel),
            action(
                self,
                tr("Reckon the amounts anew"),
                self.recost,
                tip=tr(
                    "By today's records, amounts, prices and surcharges; of all lines in sight "
                    "where none is selected"
                ),
            ),
            None,
            action(self, tr("Read receipts from a file…"), self.read_receipts, icon="receipt"),
            action(self, tr("Save the payment list…"), self.save_list, icon="export"),
            action(self, tr("The list was sent…"), self.mark_sent),
            None,
            self.list.export_action(tr("Payments")),
        ]
        self.add_actions(main, self._acts)

    def _add_lists(self) -> None:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, theme.px(8), 1, 1)
        heading = label(tr("Payment lists"), "section")
        heading.setContentsMargins(theme.px(12), 0, 0, 0)
        column.addWidget(heading)
        self.lists = Lines(tr("Payment lists"))
        self.lists.setFixedHeight(theme.px(170))
        self.lists.opened.connect(self.choose)
        column.addWidget(self.lists)
        self.above(frame)

    def _nothing(self) -> Notice:
        text = tr("Put coming fees on a payment list, or record what was paid.")
        return Notice("money", tr("No payment yet"), text)

    def reload(self) -> None:
        super().reload()
        self.ask(payment_lists, self._show_lists, key="lists")

    def _show_lists(self, rows: list[ListRow]) -> None:
        self._known = {row.id: row for row in rows}
        every = Line(None, tr("All payments"), below=tr("also those without a list"))
        self.lists.put([every, *(list_line(row) for row in rows)])
        places = [None, *(row.id for row in rows)]
        at = places.index(self.chosen_list) if self.chosen_list in places else 0
        self.lists.setCurrentIndex(self.lists.model().index(at, 0))

    def choose(self, list_id: int | None) -> None:
        """Only the payments of a list."""
        self.chosen_list = list_id
        wanted = () if list_id is None else (str(list_id),)
        self.list.ask(self.list.query.choose("list", *wanted))

    # ------------------------------------------------------------------ acts

    def _ids(self, *states: PaymentState) -> list[int]:
        rows = [row for row in self.chosen() if row.state in states]
        if not rows:
            named = ", ".join(str(PAYMENT_LABELS[s]) for s in states)
            self.desk.say(tr("Select payments in the state: {states}.", states=named))
        return [row.id for row in rows]

    def mark_paid(self) -> None:
        """The money went out."""
        ids = self._ids(PaymentState.PLANNED)
        if not ids:
            return
        asked = (Asked("on", tr("Paid on"), day_editor(), self.desk.today(), needed=True),)
        text = tr("They stay amber until the office's receipt is seen.")
        self._ask(
            tr("Mark as paid"), text, asked, ids, lambda d, law, v: mark_paid(d, law, ids, v["on"])
        )

    def confirm(self) -> None:
        """The office's receipt was seen."""
        ids = self._ids(PaymentState.PAID, PaymentState.PLANNED)
        if not ids:
            return
        asked = [Asked("on", tr("Confirmed on"), day_editor(), self.desk.today(), needed=True)]
        if len(ids) == 1:
            asked.append(Asked("receipt", tr("Receipt number"), line_editor()))
        text = tr("Annuities and renewals are recorded as paid in the docket.")
        self._ask(
            tr("Receipt seen"),
            text,
            asked,
            ids,
            lambda d, law, v: confirm(d, law, ids, v["on"], _receipts(ids, v.get("receipt"))),
        )

    def cancel(self) -> None:
        """These will not be paid."""
        ids = self._ids(PaymentState.PLANNED)
        if not ids:
            return
        asked = (Asked("reason", tr("Reason"), line_editor(), needed=True),)
        self._ask(
            tr("Not paid any more"), "", asked, ids, lambda d, _law, v: cancel(d, ids, v["reason"])
        )

    def recost(self) -> None:
        """Bring what is still to be paid up to date."""
        chosen = self.list.table.selected_ids()
        ids = list(chosen) if len(chosen) > 1 else list(self.list.model.ids())
        run_edit(self.desk, lambda d, law: recost(d, law, ids), "", self._say_changed)

    def _say_changed(self, made: Any) -> None:
        n = made[0]  # beside it stands the change
        words = ntr("{n} amount has changed.", "{n} amounts have changed.", n)
        self.desk.say(words if n else tr("All amounts were up to date."))

    def _ask(self, title: str, text: str, asked: Sequence[Asked], ids: list[int], act: Any) -> None:
        words = ntr("{n} payment.", "{n} payments.", len(ids)) + " " + text
        Asking(
            self,
            title,
            words.strip(),
            asked,
            title,
            lambda v: run_edit(self.desk, lambda d, law: act(d, law, v), tr("Done.")),
        ).open()

    def _list(self) -> ListRow | None:
        """The list that is chosen; the one of the payment in focus otherwise."""
        row = self.current()
        wanted = self.chosen_list or (row.list_id if row is not None else None)
        found = self._known.get(wanted or 0)
        if found is None:
            self.desk.say(tr("Choose a payment list at the right first."))
        return found

    def mark_sent(self) -> None:
        """The list went out."""
        chosen = self._list()
        if chosen is None:
            return
        asked = (Asked("on", tr("Sent on"), day_editor(), self.desk.today(), needed=True),)
        act = lambda v: run_edit(  # noqa: E731
            self.desk, lambda d, _law: mark_sent(d, chosen.id, v["on"]), tr("Done.")
        )
        title = tr("The list was sent")
        Asking(self, title, chosen.name, asked, title, act).open()

    def save_list(self) -> None:
        """As a workbook with the columns that agents use."""
        chosen = self._list()
        if chosen is not None:
            save_payment_sheet(self.desk, self, chosen)

    def read_receipts(self) -> None:
        """A returned list: which lines confirm which payments."""
        kinds = tr("Lists") + " (*.xlsx *.xls *.csv *.txt *.ods)"
        name, _kind = QFileDialog.getOpenFileName(self, tr("Read receipts"), "", kinds)
        if name:
            ReceiptDialog(self.desk, self, Path(name)).read()

    # ------------------------------------------------------------------ showing

    def selected_changed(self) -> None:
        rows = self.chosen()
        sums: dict[str, Any] = {}
        for row in rows:
            if row.total is not None:
                sums[row.currency] = sums.get(row.currency, 0) + row.total
        words = ntr("{n} payment:", "{n} payments:", len(rows)) + " " + totals(sums)
        self.said.put(words if len(rows) > 1 else "")

    def show_row(self, row: PaymentRow) -> None:
        made = self.detail
        made.begin(payment_name(row))
        made.matter(self.desk, row.matter_id, f"{row.reference}  {row.title}")
        made.chips([(TONES[PaymentState(row.state)], PAYMENT_LABELS[row.state])])
        if row.state == PaymentState.PLANNED:
            made.buttons([button(tr("Mark as paid…"), self.mark_paid)])
        elif row.state == PaymentState.PAID:
            made.buttons([button(tr("Receipt seen…"), self.confirm)])
        on_list = self._known.get(row.list_id or 0)
        made.facts(
            (
                (tr("Due"), row.due),
                (tr("Official fee"), money(row.official, row.currency)),
                (tr("Reduction"), money(row.reduction, row.currency) if row.reduction else ""),
                (tr("Payable"), money(row.payable, row.currency)),
                (tr("Surcharge"), money(row.surcharge, row.currency) if row.surcharge else ""),
                (tr("To the office"), money(row.total, row.currency)),
                (tr("Agent's fee"), money(row.agent_fee, row.agent_currency)
                 if row.agent_fee is not None else ""),
                (tr("Payment list"), on_list.name if on_list else ""),
                (tr("Paid on"), " ".join(str(x) for x in (row.paid_on, row.paid_by) if x)),
                (tr("Amount paid"), money(row.paid_amount, row.currency) if row.paid_on else ""),
                (tr("Confirmed on"),
                 " ".join(str(x) for x in (row.confirmed_on, row.confirmed_by) if x)),
                (tr("Receipt number"), row.receipt),
                (tr("Event"), event_label("annuity_paid") if row.event_id else ""),
                (tr("Note"), row.note),
            )
        )  # fmt: skip
        made.sentences(tr("Why this amount"), row.why)
        made.end()

    def failed(self, error: Exception) -> None:
        """Something could not be read."""
        tell(self.desk, error)


def list_line(row: ListRow) -> Line:
    """A payment list: name and day above, how far it has come and its sum below."""
    done = row.confirmed == row.payments and row.payments > 0
    tone = Tone.DONE if done else Tone.SOON if row.paid else Tone.PLAIN
    state = tr("{paid} of {n} paid, {confirmed} confirmed", paid=row.paid, n=row.payments,
               confirmed=row.confirmed)  # fmt: skip
    sent = tr("sent {day}", day=row.sent_on) if row.sent_on else tr("not sent")
    tip = "\n".join(part for part in (row.agent, sent, row.note) if part)
    return Line(row.id, row.name, sent, tone, state, far=totals(dict(row.totals)), tip=tip)


def payment_name(row: PaymentRow) -> str:
    """The fee with its year or number."""
    name = item_label(row.office, row.right, row.item)
    return numbered(str(name), row.item, row.number)


def _receipts(ids: list[int], receipt: str | None) -> dict[int, str]:
    return dict.fromkeys(ids, receipt) if receipt else {}


def _state(row: PaymentRow) -> Mark | str:
    tone, words = TONES[PaymentState(row.state)], str(PAYMENT_LABELS[row.state])
    return words if tone is Tone.PLAIN else Mark(tone, words)


def _surcharge(row: PaymentRow) -> float | None:
    return float(row.surcharge) if row.surcharge else None


_RIGHT = Align.RIGHT
_COLUMNS = (
    Column("due", say("Due"), lambda p: p.due, 88),
    Column("reference", say("Reference"), lambda p: p.reference, 86, strong=True),
    Column("title", say("Title"), lambda p: p.title, 180, sorts=False, shown=False,
           least=120),
    Column("item", say("Fee"), payment_name, 132, least=92),
    Column("payable", say("Payable"), lambda p: amount_cell(p.payable), 74, _RIGHT, sorts=False),
    Column("surcharge", say("Surcharge"), _surcharge, 76, _RIGHT, sorts=False, shown=False),
    Column("currency", say("Currency"), lambda p: p.currency, 66, sorts=False),
    Column("state", say("State"), _state, 172),
    Column("paid_on", say("Paid on"), lambda p: p.paid_on, 88),
    Column("receipt", say("Receipt number"), lambda p: p.receipt, 100, sorts=False),
    Column("office", say("Office"), lambda p: office_name(p.office), 100, sorts=False, shown=False),
)  # fmt: skip
