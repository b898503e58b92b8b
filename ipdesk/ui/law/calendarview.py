"""Calendars of the offices: what is published, what is computed, days added by the company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ipdesk.base.i18n import Bilingual, ntr, say, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket import rule_edits
from ipdesk.core.docket.calendars import Closing, Coverage, MissingYear, Status
from ipdesk.core.docket.setting import OwnClosing, docket_for, own_closings
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.law.acts import change_law
from ipdesk.ui.law.closings import ClosingForm, Closings
from ipdesk.ui.money.held import HeldFacet, HeldSource
from ipdesk.ui.money.views import ListView
from ipdesk.ui.tables.columns import Align, Column, Mark
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.labels import chip, label
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

STATUS = {
    Status.OFFICIAL: (Tone.DONE, say("published")),
    Status.COMPUTED: (Tone.UNCHECKED, say("computed")),
    Status.UNKNOWN: (Tone.SOON, say("not known")),
}


@dataclass(frozen=True, slots=True)
class OfficeYears:
    """One office with everything the list and its detail show."""

    code: str
    name: Bilingual
    basis: Bilingual
    years: tuple[Coverage, ...]
    this_year: Status
    next_year: Status
    own: tuple[OwnClosing, ...]
    closings: Mapping[int, tuple[Closing, ...]]

    @property
    def published(self) -> str:
        """The spans of years with a published list: ``2004–2026``."""
        years = [c.year for c in self.years if c.status is Status.OFFICIAL]
        return ", ".join(_spans(years)) or "–"


class CalendarView(ListView):
    """Offices at the left, the years and the days of the one in focus at the right."""

    def __init__(self, desk: Desk) -> None:
        self._year = desk.today().year
        source = HeldSource(
            "calendars", _columns(desk.today().year), partial(_offices, desk.today()),
            lambda o: o.code, _FACETS, lambda o: f"{o.code} {o.name.en} {o.name.zh}",
        )  # fmt: skip
        prompt = tr("Select an office to see its closed days.")
        super().__init__(desk, source, self._nothing, "", prompt)
        self.reminder = label("", "muted", wrap=True)
        self.column.insertWidget(1, self.reminder)
        main = action(self, tr("Add closing days…"), self.add)
        self.add_actions(main, [self.list.export_action(tr("Calendars"))])

    def _nothing(self) -> Notice:
        return Notice("calendar", tr("No calendars were loaded"), tr("Details are in the log."))

    def reload(self) -> None:
        super().reload()
        self.ask(partial(_missing, self.desk.today()), self._remind, key="missing")

    def _remind(self, missing: Sequence[MissingYear]) -> None:
        """The yearly reminder: whose notice for the coming year is not here yet."""
        if not missing:
            self.reminder.setText("")
            return
        names = ", ".join(str(m.name) for m in missing)
        self.reminder.setText(
            tr(
                "The closed days of {year} are not published here yet for: {offices}. Get the"
                " notice and paste it, or bring its .ics file.",
                year=missing[0].year,
                offices=names,
            )
        )

    # ------------------------------------------------------------------ acts

    def add(self) -> None:
        """Paste a notice, a list or an .ics file."""
        row = self.current()
        if row is None:
            self.desk.say(tr("Select an office first."))
            return
        ClosingForm(self, row.code, str(row.name), partial(self._save, row.code)).open()

    def _save(self, office: str, given: Closings) -> None:
        said = ntr("{n} day added.", "{n} days added.", len(given.days))
        act = rule_edits.add_closings
        change_law(self.desk, act, said, office, given.days, given.complete)

    def remove(self, days: Sequence[OwnClosing]) -> None:
        """What the company added for a year goes again."""
        change_law(self.desk, rule_edits.remove_closings, tr("Done."), [d.id for d in days])

    # ------------------------------------------------------------------ showing

    def show_row(self, row: OfficeYears) -> None:
        card = self.detail
        card.begin(row.name, row.basis)
        card.add(self._choose_year(row))
        own = [o for o in row.own if o.day.year == self._year]
        made = [button(tr("Add closing days…"), self.add, role="main")]
        if own:
            words = tr("Remove the days we added in {year}", year=self._year)
            made.append(button(words, partial(self.remove, own)))
        card.buttons(made)
        closings = row.closings.get(self._year, ())
        closed = [_closing_words(c) for c in closings if not c.working]
        worked = [_closing_words(c) for c in closings if c.working]
        title = tr("Closed beside the weekends") if row.code != "IB" else tr("Closed days")
        card.sentences(title, closed or [tr("No day is known.")], numbered=False)
        card.sentences(tr("Make-up working days"), worked, numbered=False)
        card.sentences(tr("Sources"), _sources(row.years), numbered=False)
        card.end()

    def _choose_year(self, row: OfficeYears) -> Any:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        made = QComboBox()
        made.setAccessibleName(tr("Year"))
        years = sorted({*row.closings, self._year}, reverse=True)
        for year in years:
            made.addItem(str(year), year)
        made.setCurrentIndex(max(0, made.findData(self._year)))
        made.activated.connect(lambda _i: self._pick_year(int(made.currentData())))
        status = next((c.status for c in row.years if c.year == self._year), Status.UNKNOWN)
        tone, words = STATUS[status]
        line.addWidget(made)
        line.addWidget(chip(tone, words))
        line.addStretch(1)
        return holder

    def _pick_year(self, year: int) -> None:
        self._year = year
        row = self.current()
        if row is not None:
            self.show_row(row)


def _columns(year: int) -> tuple[Column, ...]:
    return (
        Column("code", say("Code"), lambda o: o.code, 56, strong=True),
        Column("name", say("Office"), lambda o: str(o.name), 150),
        Column("published", say("Published lists"), lambda o: o.published, 130),
        Column("this", say("This year"), lambda o: _mark(o.this_year), 110),
        Column("next", say("Next year"), lambda o: _mark(o.next_year), 110),
        Column("own", say("Days of ours"), lambda o: len(o.own) or None, 96, Align.RIGHT),
    )


def _mark(status: Status) -> Mark:
    tone, words = STATUS[status]
    return Mark(tone, str(words))


_FACETS = (
    HeldFacet(
        "next", say("Next year"), lambda o: (o.next_year.value,), lambda v: STATUS[Status(v)][1]
    ),
)


def _offices(today: date, connection: Connection) -> list[OfficeYears]:
    calendars = docket_for(connection, today).calendars
    own = own_closings(connection)
    found = []
    for code in calendars.offices():
        years = tuple(calendars.covered(code))
        near = range(today.year - 3, today.year + 6)
        found.append(
            OfficeYears(
                code,
                calendars.name(code),
                calendars.basis(code),
                years,
                calendars.status(code, today.year),
                calendars.status(code, today.year + 1),
                tuple(o for o in own if o.office == code),
                {year: calendars.closings(code, year) for year in near},
            )
        )
    return found


def _missing(today: date, connection: Connection) -> list[MissingYear]:
    return docket_for(connection, today).calendars.missing_years(today)


def _closing_words(closing: Closing) -> str:
    words = f"{closing.day}  {closing.name}"
    doubt = tr("unverified")
    return f"{words}  {SIGNS[Tone.UNCHECKED]} {doubt}" if closing.unverified else words


def _sources(years: Sequence[Coverage]) -> list[str]:
    spans: dict[tuple[Status, Bilingual], list[int]] = {}
    for one in years:
        spans.setdefault((one.status, one.source), []).append(one.year)
    groups = sorted(spans.items(), key=lambda item: -item[1][-1])
    return [
        f"{', '.join(_spans(found))}: {STATUS[status][1]} ({source})"
        for (status, source), found in groups[:12]
    ]


def _spans(years: Sequence[int]) -> list[str]:
    """Years that follow each other as one span."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return [f"{s[0]}–{s[-1]}" if len(s) > 1 else str(s[0]) for s in spans]
