"""Growth and mix: filings and grants by year, what hangs on one, what ends when, beside others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipdesk.base.i18n import say, tr
from ipdesk.charts import bars, filings
from ipdesk.charts.bars import Bars
from ipdesk.charts.mix import ends_of, growth_of, tops_of
from ipdesk.charts.palette import Tone
from ipdesk.core.layout.edits_market import set_staff
from ipdesk.core.layout.mix import Applicant, Mix, Year
from ipdesk.core.layout.queries_growth import benchmark_of, growth
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.layout.form import Form, Group
from ipdesk.ui.layout.view import Bench, View
from ipdesk.ui.tables.columns import Align, Cell, Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.asking import Asked
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.chart import Chart
from ipdesk.ui.widgets.fields import line_editor, number_editor
from ipdesk.ui.widgets.labels import card, chip, label
from ipdesk.ui.widgets.scroll import Column as Scrolled
from ipdesk.ui.widgets.scroll import emptied

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Told:
    """What the view shows."""

    mix: Mix
    applicants: tuple[Applicant, ...]


class GrowthView(View):
    """Charts above, years and applicants below."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(desk, bench)
        self._note = label("", "muted", wrap=True)
        self.bar.addWidget(self._note, 1)
        staff = action(self, tr("R&D staff of a year…"), self.ask_staff)
        self.add_acts(None, [staff])
        self.page = Scrolled(margin=0, gap=theme.px(12))
        self.body.addWidget(self.page, 1)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(theme.px(6))
        self.page.box.addLayout(self._warnings)
        self.filings = Chart(desk, tr("Filings per year by right"), 220)
        self.page.box.addWidget(_titled(tr("Filings per year by right, grants as a line"),
                                        self.filings))  # fmt: skip
        self.ends = Chart(desk, tr("Rights in force by year of their end"), 230)
        self.tops = Chart(desk, tr("Largest share that hangs on one, percent"), 230)
        pair = QHBoxLayout()
        pair.setSpacing(theme.px(12))
        pair.addWidget(_titled(tr("Rights in force by year of their end"), self.ends), 1)
        pair.addWidget(_titled(tr("Largest share that hangs on one, percent"), self.tops), 1)
        self.page.box.addLayout(pair)
        self.years = SmallTable(_year_columns(), tr("Years"), stretch="year")
        self.page.box.addWidget(_titled(tr("Year by year"), self.years))
        self.others = SmallTable(_applicant_columns(desk.today()), tr("Applicants"), stretch="name")
        words = tr("Beside the applicants that are watched, by what the watches brought in")
        self.page.box.addWidget(_titled(words, self.others))
        self.page.box.addStretch(1)

    def reload(self) -> None:
        self.ask(partial(_told, self.desk.today()), self._show, key="growth")

    def _show(self, told: Told) -> None:
        mix = told.mix
        emptied(self._warnings)
        for warning in mix.warnings:
            self._warnings.addWidget(chip(Tone.SOON, warning.said))
        undated = tr("{n} matters without a filing date stand in no year.", n=mix.undated)
        self._note.setText(undated if mix.undated else "")
        self._draw(mix, self.desk.today().year)
        self.years.put(tuple(reversed(mix.years)))
        self.years.fit(at_most=8)
        self.others.put(told.applicants)
        self.others.fit(at_most=10)

    def _draw(self, mix: Mix, running: int) -> None:
        drawn = growth_of(mix, running)
        self.filings.put(lambda palette, size: filings.figure(drawn, theme=palette, size=size))
        self.ends.put(partial(_bars, ends_of(mix, 12)))
        self.tops.put(partial(_bars, tops_of(mix)))

    def ask_staff(self) -> None:
        """How many people do research and development in a year."""
        asked = (
            Asked("year", tr("Year"), number_editor(1), self.desk.today().year, needed=True),
            Asked("rd_staff", tr("R&D staff"), number_editor()),
            Asked("source", tr("Source"), line_editor()),
        )

        def act(v: dict[str, Any]) -> Any:
            return lambda d, _law: set_staff(d, v["year"], v["rd_staff"], v["source"])

        Form(
            self.desk,
            self,
            tr("R&D staff of a year"),
            (Group("", asked),),
            tr("Save"),
            act,
            text=tr("Filings per hundred R&D staff are counted with it; nothing takes it away."),
            said=tr("Saved."),
        ).open()


def _bars(values: Bars, palette: Any, size: Any) -> Any:
    return bars.figure(values, theme=palette, size=size)


def _told(today: date, connection: Connection) -> Told:
    return Told(growth(connection, today), benchmark_of(connection, today, tr("Ourselves")))


def _titled(words: str, inner: QWidget) -> QWidget:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 12, 12, 12)
    column.setSpacing(theme.px(8))
    column.addWidget(label(words, "section", wrap=True))
    column.addWidget(inner)
    return frame


def _share(value: float | None) -> Cell:
    return None if value is None else f"{value:.0%}"


def _year_columns() -> tuple[Column, ...]:
    def per_hundred(year: Year) -> Cell:
        return None if year.per_hundred is None else f"{year.per_hundred:.1f}"

    right = Align.RIGHT
    return (
        Column("year", say("Year"), lambda y: str(y.year), 80, strong=True),
        Column("filed", say("Filed"), lambda y: y.filed, 100, right),
        Column("granted", say("Granted"), lambda y: y.granted, 100, right),
        Column("models", say("Utility models"), lambda y: _share(y.utility_share), 140, right),
        Column("staff", say("R&D staff"), lambda y: y.staff, 110, right),
        Column("per_hundred", say("Per hundred R&D staff"), per_hundred, 180, right),
    )


def _applicant_columns(today: date) -> tuple[Column, ...]:
    def name(one: Applicant) -> Cell:
        return Mark(Tone.PLAIN, one.name) if one.own else one.name

    right, since = Align.RIGHT, today.year - 4
    return (
        Column("name", say("Applicant"), name, 220, strong=True),
        Column("recent", say("Last five years"), lambda a: a.since(since), 130, right),
        Column("families", say("Families"), lambda a: a.families, 96, right),
        Column("in_force", say("In force"), lambda a: a.in_force, 96, right),
        Column("pending", say("Pending"), lambda a: a.pending, 96, right),
        Column("offices", say("Offices"), lambda a: a.offices, 96, right),
        Column("models", say("Utility models"), lambda a: _share(a.utility_share), 130, right),
    )
