"""Prices and rates: fee tables with their sources, own amounts, agents' prices, rates, rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.model import is_unverified
from ipdesk.core.fees.reading import shipped
from ipdesk.core.fees.tables import Amount, Item
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk
from ipdesk.ui.money.held import HeldFacet, HeldSource
from ipdesk.ui.money.kept import OWN, POLICIES, PRICES, RATES, KeptView, ask_for
from ipdesk.ui.money.views import ListView, View
from ipdesk.ui.tables.columns import Column, Mark
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Official:
    """One amount of a fee table as it ships."""

    office: str
    item: Item
    amount: Amount
    place: int
    shown: str
    number: int | None
    sum: Decimal | None
    currency: str

    @property
    def rights(self) -> tuple[str, ...]:
        """Whom it concerns."""
        return self.amount.rights or self.item.rights


class PricingView(View):
    """Five lists to choose from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._parts: dict[str, ListView] = {
            "official": OfficialView(desk),
            "fee_amount": KeptView(desk, OWN),
            "agent_price": KeptView(desk, PRICES),
            "exchange_rate": KeptView(desk, RATES),
            "reward_policy": KeptView(desk, POLICIES),
        }
        choices = [
            ("official", tr("Fee tables")),
            ("fee_amount", tr("Own amounts")),
            ("agent_price", tr("Agents' prices")),
            ("exchange_rate", tr("Rates of exchange")),
            ("reward_policy", tr("Rules on rewards")),
        ]
        self.segments = Segments(choices)
        self.segments.chosen.connect(self.choose)
        self.bar.addWidget(self.segments, 1)
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
            part.counted.connect(self._tell)
        self.column.addWidget(self._stack, 1)
        self.choose("official")

    def choose(self, name: str) -> None:
        """Another list."""
        self.segments.mark(name)
        self._stack.setCurrentWidget(self._parts[name])
        self._parts[name].reload()

    def reload(self) -> None:
        part = self._stack.currentWidget()
        if isinstance(part, ListView):
            part.reload()

    def _tell(self, n: object) -> None:
        if self.sender() is self._stack.currentWidget():
            self.counted.emit(n)


# ── fee tables ────────────────────────────────────────────────────────────────────────────────


class OfficialView(ListView):
    """What the offices charge as the program knows it; any amount can be corrected."""

    def __init__(self, desk: Desk) -> None:
        source = HeldSource(
            "official",
            _OFFICIAL,
            lambda _connection: _official(),
            lambda o: (o.office, o.item.id, o.item.rights, o.place),
            _OFFICIAL_FACETS,
        )
        prompt = tr("Select an amount to see its source.")
        super().__init__(desk, source, _nothing_known, "office", prompt)
        main = action(self, tr("Correct the amount…"), self.correct)
        self.add_actions(main, [self.list.export_action(tr("Fee tables"))])

    def correct(self) -> None:
        """An own amount that wins over the shipped one."""
        row = self.current()
        if row is None:
            self.desk.say(tr("Select an amount first."))
            return
        given = {
            "office": row.office,
            "item": row.item.id,
            "right": row.rights[0] if len(row.rights) == 1 else "",
            "number": row.number,
            "amount": row.sum,
            "currency": row.currency,
        }
        ask_for(self, OWN, None, given)

    def show_row(self, row: Official) -> None:
        card, amount = self.detail, row.amount
        card.begin(row.item.label, office_name(row.office))
        if is_unverified(amount.confidence) or amount.missing:
            card.chips([(Tone.UNCHECKED, tr("Amount not verified yet"))])
        card.buttons([button(tr("Correct the amount…"), self.correct)])
        rights = _official_rights(row)
        when = "; ".join(f"{fact}: {', '.join(sorted(v))}" for fact, v in amount.when)
        card.facts(
            (
                (tr("Amount"), f"{row.currency} {row.shown}" if row.shown else tr("unknown")),
                (tr("Rights"), rights),
                (tr("Only where"), when),
                (tr("Counted by"), row.item.count),
                (tr("From"), amount.valid_from),
                (tr("Until"), amount.valid_until),
                (tr("Source"), amount.source),
                (tr("Confidence"), amount.confidence),
                (tr("Note"), amount.note or ""),
            )
        )
        card.end()


def _official() -> list[Official]:
    found = []
    for office, table in shipped().items():
        for item in table.items:
            for place, amount in enumerate(item.amounts):
                plain = amount.flat if not amount.tiers and not amount.series else None
                parts = [_amount_words(amount)]
                shown = "; ".join(p for p in parts if p)
                found.append(
                    Official(office, item, amount, place, shown, None, plain, table.currency)
                )
    return found


def _amount_words(amount: Amount) -> str:
    """Sums in one line: flat, by year, or by number."""
    if amount.series:
        return ", ".join(
            f"{low}–{high}: {each:,}" if low != high else f"{low}: {each:,}"
            for low, high, each in amount.series
        )
    parts = [f"{amount.flat:,}"] if amount.flat is not None else []
    parts += [tr("above {n}: {each} each", n=n, each=f"{each:,}") for n, each in amount.tiers]
    return ", ".join(parts)


def _nothing_known() -> Notice:
    return Notice("money", tr("No fee table"), tr("The program ships without this office."))


# ── columns ───────────────────────────────────────────────────────────────────────────────────


def _doubt(row: Official) -> Mark | str:
    if row.amount.missing:
        return Mark(Tone.UNCHECKED, tr("unknown"))
    return row.shown


def _official_rights(row: Official) -> str:
    return ", ".join(str(right_label(r)) for r in row.rights)


_OFFICIAL = (
    Column("office", say("Office"), lambda o: str(office_name(o.office)), 110),
    Column("item", say("Fee"), lambda o: str(o.item.label), 190, strong=True, least=130),
    Column("rights", say("Rights"), _official_rights, 130, tip=_official_rights, least=90),
    Column("amount", say("Amount"), _doubt, 190, tip=lambda o: o.shown),
    Column("currency", say("Currency"), lambda o: o.currency, 70),
    Column("from", say("From"), lambda o: o.amount.valid_from, 92),
    Column("until", say("Until"), lambda o: o.amount.valid_until, 92),
    Column("confidence", say("Confidence"), lambda o: o.amount.confidence, 84),
    Column("source", say("Source"), lambda o: str(o.amount.source), 220, shown=False),
)
_OFFICIAL_FACETS = (
    HeldFacet("office", say("Office"), lambda o: (o.office,), office_name),
    HeldFacet("right", say("Right"), lambda o: o.rights, right_label),
    HeldFacet("fee", say("Fee"), lambda o: (str(o.item.label),)),
    HeldFacet("confidence", say("Confidence"), lambda o: (o.amount.confidence or "–",)),
)
