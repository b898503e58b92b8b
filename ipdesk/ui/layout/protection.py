"""Patents precede products: one line for each product and market, and risks that were accepted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.fees.cases import ids_of_product
from ipdesk.core.layout.edits_market import accept_risk, withdraw_risk
from ipdesk.core.layout.protection import ProtectionLine
from ipdesk.core.layout.queries_clock import outlook
from ipdesk.core.layout.words import LAUNCH_LABELS, STANDING_LABELS, Standing
from ipdesk.core.layout.words import label as named
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.costs import Costs
from ipdesk.ui.layout.card import Card, Deed
from ipdesk.ui.layout.form import Form, Group
from ipdesk.ui.layout.marks import standing_mark
from ipdesk.ui.layout.names import office_short
from ipdesk.ui.layout.view import Bench, View
from ipdesk.ui.tables.columns import Column
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.asking import Asked
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.fields import day_editor, line_editor
from ipdesk.ui.widgets.labels import card
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

ALL = "all"


class ProtectionView(View):
    """Whether protection stands before the launch."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(desk, bench)
        self._lines: tuple[ProtectionLine, ...] = ()
        self._wanted = ALL
        choices = [(ALL, tr("All")), *((k, str(v)) for k, v in STANDING_LABELS.items())]
        tones = {Standing.GAP: Tone.OVERDUE, Standing.CAN_ENTER: Tone.SOON}
        self.standings = Segments(choices, {str(k): v for k, v in tones.items()})
        self.standings.chosen.connect(self.choose)
        self.standings.mark(ALL)
        self.bar.addWidget(self.standings, 1)
        self.accept = action(
            self, tr("Accept the risk…"), self.ask_risk, shortcut="Ctrl+Return",
            tip=tr("Go without a right in this market, with who and why"),
        )  # fmt: skip
        self.add_acts(None, [self.accept])
        self.table = SmallTable(self._columns(), tr("Products and markets"), stretch="said")
        self.table.picked.connect(self._show_line)
        self.card = Card(tr("Select a line to see what stands there."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            Notice(
                "shield-check",
                tr("No product has a market here"),
                tr("Set the launch of a product in Clock."),
            )
        )
        left = card()
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._stack)
        self.body.addWidget(Split(desk, "protection", left, self.card, (9, 5)), 1)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("standing", say("Protection"), lambda p: standing_mark(p.standing), 120),
            Column("product", say("Product"), self._product, 168, strong=True, tip=self._product),
            Column(
                "office",
                say("Market"),
                lambda p: office_short(p.office),
                96,
                tip=lambda p: office_name(p.office),
            ),
            Column("opens", say("Market opens"), lambda p: p.opens, 100),
            Column("said", say("In words"), lambda p: str(p.said), 240, tip=lambda p: str(p.said)),
        )

    def _product(self, line: ProtectionLine) -> str:
        return self.bench.names.item("product", line.product_id) or line.product

    # ------------------------------------------------------------------ reading

    def choose(self, standing: str) -> None:
        """All lines, or those of one standing."""
        self._wanted = standing
        self.standings.mark(standing)
        self._put()

    def visit(self, wanted: int | str | None) -> None:
        if isinstance(wanted, str):
            self.choose(wanted)

    def reload(self) -> None:
        self.ask(partial(_lines, self.desk.today()), self._show, key="protection")

    def _show(self, lines: tuple[ProtectionLine, ...]) -> None:
        self._lines = lines
        counts = Counter(line.standing for line in lines)
        self.standings.count({ALL: len(lines), **{str(s): counts[s] for s in Standing}})
        self._put()

    def _put(self) -> None:
        kept = self.table.current()
        lines = [x for x in self._lines if self._wanted in (ALL, x.standing)]
        self.table.put(lines)
        self._stack.setCurrentIndex(0 if lines else 1)
        if not lines:
            self.card.show_nothing()
            return
        same = (
            n
            for n, x in enumerate(lines)
            if kept and (x.product_id, x.office) == (kept.product_id, kept.office)
        )
        self.table.selectRow(next(same, 0))

    def _show_line(self, line: ProtectionLine | None) -> None:
        if line is None:
            return
        self.card.clear()
        self.card.title(self._product(line), office_name(line.office))
        self.card.chips([standing_mark(line.standing)])
        self.card.sentences([line.said], numbered=False)
        deeds: list[Deed] = []
        if line.standing == Standing.GAP:
            deeds.append((tr("Accept the risk…"), self.ask_risk))
            deeds.append((tr("Last safe days"), partial(self._go, "clock")))
        elif line.risk is not None:
            deeds.append((tr("Withdraw the acceptance"), partial(self._withdraw, line.risk.id)))
        if deeds:
            self.card.buttons(deeds)
        risk = line.risk
        self.card.facts(
            (
                (tr("Market opens"), line.opens),
                (tr("Because of"), ", ".join(named(LAUNCH_LABELS, k) for k in line.kinds)),
                (tr("Can enter until"), line.until),
                (tr("Last safe day"), line.due),
                (tr("Filings planned"), line.planned or ""),
                (tr("Risk accepted by"), f"{risk.by} {risk.on.isoformat()}" if risk else ""),
                (tr("Reason"), risk.reason if risk else ""),
                (tr("Accepted until"), risk.until if risk else ""),
                (tr("Matters"), ", ".join(line.references)),
            )
        )
        if line.references:
            words = tr("Show them in the portfolio")
            place = Place.at("portfolio", product=line.product)
            self.card.link(words, partial(self.desk.go, place))
        if line.why:
            self.card.section(tr("Why"))
            self.card.sentences(line.why)
        cost = Costs(self.desk)
        self.card.add(cost)
        cost.ask(
            tr("Cost to come of the product's rights"),
            partial(ids_of_product, product_id=line.product_id),
        )
        self.card.end()

    # ------------------------------------------------------------------ doing

    def _go(self, view: str) -> None:
        self.desk.go(Place("layout", view))

    def ask_risk(self) -> None:
        """Somebody answers for going without a right."""
        line: ProtectionLine | None = self.table.current()
        if line is None or line.standing != Standing.GAP:
            self.desk.say(tr("Select a market with a gap first."))
            return
        today = self.desk.today()
        product, office = line.product_id, line.office
        asked = (
            Asked("reason", tr("Why"), line_editor(), needed=True),
            Asked("by", tr("Who decides"), line_editor(), needed=True),
            Asked("until", tr("Until"), day_editor()),
        )

        def act(v: dict[str, Any]) -> Any:
            return lambda d, _law: accept_risk(
                d, product, office, v["reason"], v["by"], today, v["until"]
            )

        Form(
            self.desk,
            self,
            tr("Accept the risk: {product}, {office}",
               product=self._product(line), office=office_name(office)),
            (Group("", asked),),
            tr("Accept the risk"),
            act,
            text=tr("The line stays visible, with the name and the reason."),
            said=tr("Risk accepted."),
        ).open()  # fmt: skip

    def _withdraw(self, risk: int) -> None:
        self.run(lambda d, _law: withdraw_risk(d, risk), tr("The gap shows again."))


def _lines(today: date, connection: Connection) -> tuple[ProtectionLine, ...]:
    calendars = docket_for(connection, today).calendars
    return outlook(connection, calendars, today).protection
