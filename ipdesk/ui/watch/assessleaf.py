"""What we think of a family: grade, markets with the rules that speak, claim charts, cells."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.portfolio.offices import office_name
from ipdesk.core.watch.rows import ChartRow, HitDetail
from ipdesk.core.watch.screening import MarketState
from ipdesk.core.watch.words import (
    FEATURE_LABELS,
    LEVEL_LABELS,
    TERRITORY_LABELS,
    Feature,
    Territory,
)
from ipdesk.core.watch.words import (
    label as word,
)
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.watch.facts import chips, facts, flow_of, heading
from ipdesk.ui.watch.hitacts import HitActs
from ipdesk.ui.watch.marks import grade_mark
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import chip, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied

FEATURE_TONES: dict[str, Tone] = {
    Feature.SAME: Tone.OVERDUE,
    Feature.EQUIVALENT: Tone.SOON,
    Feature.ABSENT: Tone.DONE,
    Feature.UNKNOWN: Tone.UNCHECKED,
}
_MARKET_TONES: dict[str, Tone] = {
    Territory.IN_FORCE: Tone.OVERDUE,
    Territory.PENDING: Tone.SOON,
    Territory.PCT_OPEN: Tone.SOON,
    Territory.PRIORITY_OPEN: Tone.SOON,
    Territory.NOT_IN_FORCE: Tone.DONE,
    Territory.NONE_SEEN: Tone.UNCHECKED,
    Territory.UNKNOWN: Tone.UNCHECKED,
}


class AssessLeaf(Column):
    """Everything here is somebody's word or a rule that is shown."""

    def __init__(self, desk: Desk, acts: HitActs) -> None:
        super().__init__(margin=theme.px(12), gap=theme.px(6))
        self._desk, self._acts = desk, acts

    def put(self, detail: HitDetail) -> None:
        """Show a family."""
        emptied(self.box)
        self._add_grade(detail)
        self._add_markets(detail)
        self._add_charts(detail)
        self._add_cells(detail)
        self.box.addStretch(1)

    def _add_grade(self, detail: HitDetail) -> None:
        heading(self.box, tr("Grade"))
        mark = grade_mark(detail.row.grade)
        if mark is None:
            self.box.addWidget(label(tr("Nobody has graded this family."), "muted", wrap=True))
        else:
            chips(self.box, [(mark.tone, mark.text)])
            by = f"{detail.graded_by} {detail.graded_on or ''}".strip()
            facts(
                self.box,
                (
                    (tr("Likelihood"), word(LEVEL_LABELS, detail.likelihood)),
                    (tr("Impact"), word(LEVEL_LABELS, detail.impact)),
                    (tr("Reason"), detail.grade_reason),
                    (tr("Graded by"), by),
                ),
            )
        grade = partial(self._acts.grade, detail)
        flow_of(self.box, [button(tr("Grade…"), grade, tip=tr("Likelihood × impact (key G)"))])

    def _add_markets(self, detail: HitDetail) -> None:
        heading(self.box, tr("Markets"))
        if not detail.markets:
            words = tr("The watch names no market: add the offices where you make or sell.")
            self.box.addWidget(label(words, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnStretch(2, 1)
        for market in detail.markets:
            self._add_market(grid, detail, market)
        self.box.addLayout(grid)
        add = partial(self._acts.find, detail, None)
        flow_of(self.box, [button(tr("Note a finding…"), add)])

    def _add_market(self, grid: QGridLayout, detail: HitDetail, market: MarketState) -> None:
        place = grid.rowCount()
        name = label(market.office)
        name.setToolTip(office_name(market.office))
        tone = _MARKET_TONES.get(market.state, Tone.UNCHECKED)
        state = chip(tone, word(TERRITORY_LABELS, market.state))
        grid.addWidget(name, place, 0, theme.TOP)
        grid.addWidget(state, place, 1, theme.TOP)
        grid.addWidget(selectable(self._life(market), "muted"), place, 2, theme.TOP)
        change = button(tr("Change…"), partial(self._acts.find, detail, market), role="link")
        grid.addWidget(change, place, 3, theme.TOP)
        rules = selectable(" ".join(map(str, market.rules)), "caption")
        rules.setContentsMargins(0, 0, 0, theme.px(6))
        grid.addWidget(rules, place + 1, 1, 1, 3)

    def _life(self, market: MarketState) -> str:
        parts = [market.number]
        left = market.years_left(self._desk.today())
        if market.expiry is not None and left is not None:
            about = tr("ends about {day}") if market.estimated else tr("ends {day}")
            parts.append(about.format(day=market.expiry))
            parts.append(tr("{years} years left", years=left))
        if market.exempt:
            parts.append(tr("exempt by the rule below"))
        if market.said_by:
            parts.append(tr("found by {name}", name=market.said_by))
        return ", ".join(part for part in parts if part)

    def _add_charts(self, detail: HitDetail) -> None:
        heading(self.box, tr("Claim charts"))
        for chart in detail.charts:
            self._add_chart(detail, chart)
        new = partial(self._acts.chart, detail, None)
        flow_of(
            self.box, [button(tr("New claim chart…"), new, tip=tr("Features × product (key C)"))]
        )

    def _add_chart(self, detail: HitDetail, chart: ChartRow) -> None:
        claim = chart.claim or tr("claim not named")
        product = tr("against {product}", product=chart.product or "–")
        self.box.addWidget(selectable(f"{chart.member or detail.row.key} · {claim} · {product}"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        for feature in chart.features:
            place = grid.rowCount()
            grid.addWidget(label(f"F{feature.ordinal}", "caption"), place, 0, theme.TOP)
            grid.addWidget(selectable(feature.text), place, 1, theme.TOP)
            found = chip(FEATURE_TONES[feature.finding], word(FEATURE_LABELS, feature.finding))
            grid.addWidget(found, place, 2, theme.TOP)
            grid.addWidget(selectable(feature.note, "muted"), place, 3, theme.TOP)
        self.box.addLayout(grid)
        if chart.conclusion:
            self.box.addWidget(selectable(chart.conclusion))
        by = label(f"{chart.by} {chart.on}".strip(), "caption")
        edit = button(tr("Edit…"), partial(self._acts.chart, detail, chart), role="link")
        flow_of(self.box, [by, edit])

    def _add_cells(self, detail: HitDetail) -> None:
        heading(self.box, tr("Technology × effect"))
        for technology, effect in detail.cells:
            self.box.addWidget(selectable(f"{technology} × {effect or '–'}"))
        place = partial(self._acts.place, [detail.row.id], detail.cells)
        flow_of(self.box, [button(tr("Place…"), place)])
