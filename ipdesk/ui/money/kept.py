"""What the user keeps about prices: own amounts, agents' prices, rates of exchange, rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import Message, say, tr
from ipdesk.core.fees.reading import shipped
from ipdesk.core.fees.sheets import item_label
from ipdesk.core.fees.support_edits import (
    keep_amount,
    keep_policy,
    keep_price,
    keep_rate,
    remove,
)
from ipdesk.core.fees.support_queries import setting_rows
from ipdesk.core.portfolio.model import RIGHT_LABELS, Right, right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.facts import amount_editor
from ipdesk.ui.money.held import HeldSource
from ipdesk.ui.money.rates import choose_rates
from ipdesk.ui.money.views import ListView, View, amount_cell
from ipdesk.ui.tables.columns import Align, Column
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.fields import choice_editor, day_editor, line_editor, number_editor
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

Values = dict[str, Any]


# ── what the user keeps ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Kind:
    """One table that the user keeps: its columns, the fields that are asked for, how it is kept."""

    table: str
    title: Message
    adding: Message
    columns: tuple[Column, ...]
    asked: Callable[[Values], Sequence[Asked]]
    keep: Callable[[Any, Values, int | None], Any]
    about: Message
    reading: Callable[[View], None] | None = None  # takes them from a file


class KeptView(ListView):
    """Rows that the user adds and corrects."""

    def __init__(self, desk: Desk, kind: Kind) -> None:
        source = HeldSource(
            kind.table, kind.columns, partial(_kept, kind.table), lambda values: values["id"]
        )
        self._kind = kind
        super().__init__(desk, source, self._nothing, "", tr("Select a line to see it whole."))
        main = action(self, tr("Add…"), lambda: ask_for(self, kind, None, {}))
        rest = [
            action(self, tr("Edit…"), self.edit),
            action(self, tr("Delete"), self.delete),
            None,
            self.list.export_action(str(kind.title)),
        ]
        reading = kind.reading
        if reading is not None:
            take = action(
                self, tr("Read from a file…"), lambda: reading(self), icon="download-simple"
            )
            rest.insert(2, take)
        self.add_actions(main, rest)
        self.list.opened.connect(lambda _id: self.edit())

    def _nothing(self) -> Notice:
        add = button(str(self._kind.adding), lambda: ask_for(self, self._kind, None, {}))
        return Notice("money", str(self._kind.title), str(self._kind.about), (add,))

    def edit(self) -> None:
        """The line in focus."""
        row = self.current()
        if row is not None:
            ask_for(self, self._kind, row["id"], row)

    def delete(self) -> None:
        """The selected lines."""
        ids = [row["id"] for row in self.chosen()]
        if ids:
            table = self._kind.table
            run_edit(self.desk, lambda d, _law: remove(d, table, ids), tr("Done."))

    def show_row(self, row: Values) -> None:
        card = self.detail
        card.begin(self._kind.title)
        card.buttons([button(tr("Edit…"), self.edit), button(tr("Delete"), self.delete)])
        card.facts((str(column.title), _plain(column.cell(row))) for column in self._kind.columns)
        card.sentences(tr("What it is for"), [self._kind.about], numbered=False)
        card.end()


def ask_for(view: View, kind: Kind, row_id: int | None, given: Values) -> None:
    """The form of a line; what is typed is kept at once."""
    Asking(
        view,
        str(kind.title),
        str(kind.about),
        kind.asked(given),
        tr("Save"),
        lambda values: run_edit(
            view.desk, lambda d, _law: kind.keep(d, values, row_id), tr("Done.")
        ),
    ).open()


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:,.2f}" if isinstance(cell, float) else str(cell)


def _kept(table: str, connection: Connection) -> list[Values]:
    return setting_rows(connection, table)


# ── forms ─────────────────────────────────────────────────────────────────────────────────────


def _rights() -> list[tuple[str, str]]:
    return [("", tr("Every right")), *((r.value, str(RIGHT_LABELS[r])) for r in Right)]


def _offices(every: bool) -> list[tuple[str, str]]:
    known = [(office, str(office_name(office))) for office in shipped()]
    return [("", tr("Every office")), *known] if every else known


def _items() -> list[tuple[str, str]]:
    """Every fee by id, named as the first table names it."""
    found: dict[str, str] = {}
    for table in shipped().values():
        for item in table.items:
            found.setdefault(item.id, str(item.label))
    return sorted(found.items(), key=lambda pair: pair[1])


def _money_fields(given: Values) -> tuple[Asked, ...]:
    return (
        Asked("amount", tr("Amount"), amount_editor(), given.get("amount"), needed=True),
        Asked("currency", tr("Currency"), line_editor(), given.get("currency") or "CNY", True),
        Asked("valid_from", tr("From"), day_editor(), given.get("valid_from")),
        Asked("valid_until", tr("Until, not included"), day_editor(), given.get("valid_until")),
    )


def _own_fields(given: Values) -> Sequence[Asked]:
    office = given.get("office") or "CN"
    return (
        Asked("office", tr("Office"), choice_editor(_offices(False)), office),
        Asked("item", tr("Fee"), choice_editor(_items()), given.get("item")),
        Asked("right", tr("Right"), choice_editor(_rights()), given.get("right") or ""),
        Asked("number", tr("Year or number"), number_editor(), given.get("number")),
        *_money_fields(given),
        Asked("source", tr("Source"), line_editor(), given.get("source") or "", needed=True),
    )


def _price_fields(given: Values) -> Sequence[Asked]:
    return (
        Asked("item", tr("Fee"), choice_editor(_items()), given.get("item")),
        Asked("office", tr("Office"), choice_editor(_offices(True)), given.get("office") or ""),
        Asked("right", tr("Right"), choice_editor(_rights()), given.get("right") or ""),
        Asked("agent", tr("Agent"), line_editor(), given.get("agent") or ""),
        *_money_fields(given),
        Asked("note", tr("Note"), line_editor(), given.get("note") or ""),
    )


def _rate_fields(given: Values) -> Sequence[Asked]:
    value = Decimal(given["value"]) if given.get("value") else None
    return (
        Asked("currency", tr("Currency"), line_editor("USD"), given.get("currency"), True),
        Asked("value", tr("Rate"), amount_editor(), value, needed=True),
        Asked("into", tr("In currency"), line_editor("CNY"), given.get("into") or "CNY", True),
        Asked("day", tr("Day"), day_editor(), given.get("day"), needed=True),
        Asked("source", tr("Source"), line_editor(), given.get("source") or ""),
    )


def _policy_fields(given: Values) -> Sequence[Asked]:
    return (
        Asked("name", tr("Name"), line_editor(), given.get("name") or "", needed=True),
        Asked("right", tr("Right"), choice_editor(_rights()), given.get("right") or ""),
        Asked("months", tr("Months after the grant"), number_editor(), given.get("months") or 3),
        *_money_fields(given),
        Asked("note", tr("Note"), line_editor(), given.get("note") or ""),
    )


def _keep_rate(database: Any, values: Values, _row: int | None) -> Any:
    codes = (values["currency"].upper(), values["into"].upper())
    return keep_rate(database, *codes, values["day"], values["value"], values["source"])


# ── columns ───────────────────────────────────────────────────────────────────────────────────


def _office(values: Values) -> str:
    return str(office_name(values["office"])) if values.get("office") else tr("Every office")


def _right(values: Values) -> str:
    return str(right_label(values["right"])) if values.get("right") else tr("Every right")


def _fee(values: Values) -> str:
    office = values.get("office") or ""
    if office:
        return str(item_label(office, values.get("right") or "invention", values["item"]))
    item = str(values["item"])
    return dict(_items()).get(item, item)


def _get(name: str) -> Callable[[Values], Any]:
    return lambda values: values.get(name)


_R = Align.RIGHT
_AMOUNT = Column("amount", say("Amount"), lambda v: amount_cell(v["amount"]), 96, _R)
_DATED = (
    _AMOUNT,
    Column("currency", say("Currency"), _get("currency"), 70),
    Column("from", say("From"), _get("valid_from"), 92),
    Column("until", say("Until"), _get("valid_until"), 92),
)
OWN = Kind(
    "fee_amount",
    say("Own amount"),
    say("Add an amount…"),
    (
        Column("office", say("Office"), _office, 110),
        Column("item", say("Fee"), _fee, 170, strong=True),
        Column("right", say("Right"), _right, 110),
        Column("number", say("Year"), _get("number"), 56, _R),
        *_DATED,
        Column("source", say("Source"), _get("source"), 160, least=100),
    ),
    _own_fields,
    keep_amount,
    say("An official amount of your own wins over the shipped one while it is valid."),
)
PRICES = Kind(
    "agent_price",
    say("Agent's price"),
    say("Add a price…"),
    (
        Column("item", say("Fee"), _fee, 170, strong=True),
        Column("office", say("Office"), _office, 110),
        Column("right", say("Right"), _right, 110),
        Column("agent", say("Agent"), _get("agent"), 130),
        *_DATED,
        Column("note", say("Note"), _get("note"), 120, least=80),
    ),
    _price_fields,
    keep_price,
    say("The most exact price that is valid on the day counts; without one the fee is unknown."),
)
RATES = Kind(
    "exchange_rate",
    say("Rate of exchange"),
    say("Add a rate…"),
    (
        Column("currency", say("Currency"), _get("currency"), 100, strong=True),
        Column("value", say("Rate"), _get("value"), 100, _R),
        Column("into", say("In currency"), _get("into"), 80),
        Column("day", say("Day"), _get("day"), 100),
        Column("source", say("Source"), _get("source"), 200, least=100),
    ),
    _rate_fields,
    _keep_rate,
    say(
        "Rates are typed or read from a list and carry their day; nothing is fetched. The forecast "
        "uses the last one before today where sums are wanted in one currency."
    ),
    choose_rates,
)
POLICIES = Kind(
    "reward_policy",
    say("Rule on rewards"),
    say("Add a rule…"),
    (
        Column("name", say("Name"), _get("name"), 180, strong=True, least=120),
        Column("right", say("Right"), _right, 120),
        Column("months", say("Months after the grant"), _get("months"), 140, _R),
        *_DATED,
    ),
    _policy_fields,
    keep_policy,
    say("What the company promises its inventors; without a rule the least by law is owed."),
)
