"""Fee reduction: records a year, who qualifies, what threatens it, what it has saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from ipdesk.base.dates import distance
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.base.money import written
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.fees.alarms import Alarm, Threat
from ipdesk.core.fees.overviews import eligibility, reduction_alarms, savings_of
from ipdesk.core.fees.records import ApplicantRow, RecordRow
from ipdesk.core.fees.savings import Saving, Savings
from ipdesk.core.fees.setting import reduction_records
from ipdesk.core.fees.support_edits import keep_record, remove
from ipdesk.core.fees.support_queries import applicants
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.facts import FactCard, amount_editor, money, tick_editor
from ipdesk.ui.money.tables import Framed
from ipdesk.ui.money.views import View, totals
from ipdesk.ui.tables.columns import Align, Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.fields import choice_editor, day_editor, line_editor, number_editor
from ipdesk.ui.widgets.labels import selectable
from ipdesk.ui.widgets.lines import Line, Lines
from ipdesk.ui.widgets.tile import Tile

if TYPE_CHECKING:
    from sqlalchemy import Connection

KINDS = {
    "enterprise": say("Enterprise"),
    "person": say("Person"),
    "institution": say("Institution"),
}
_ALARMS = {
    Alarm.NOT_FILED: (Tone.OVERDUE, say("No record")),
    Alarm.LAPSES: (Tone.SOON, say("Record lapses")),
    Alarm.INCOME: (Tone.SOON, say("Income too high")),
    Alarm.LEAVES_WINDOW: (Tone.PLAIN, say("Leaves the reduced years")),
}


@dataclass(frozen=True, slots=True)
class Reductions:
    """What the view shows."""

    records: tuple[RecordRow, ...]
    known: tuple[tuple[int, str], ...]
    applicants: tuple[ApplicantRow, ...]
    threats: tuple[Threat, ...]
    savings: Savings


class ReductionView(View):
    """Four cards: records, applicants, alarms, savings with their calculation."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._known: tuple[tuple[int, str], ...] = ()
        self._records: tuple[RecordRow, ...] = ()
        self._add_tiles()
        self.records = SmallTable(_RECORDS, tr("Reduction records"))
        self.records.opened.connect(self.edit)
        self.applicants = Lines(tr("Who qualifies"))
        self.alarms = Lines(tr("Alarms"))
        self.alarms.opened.connect(self._open)
        self.saved = SmallTable(_SAVED, tr("Saved"), stretch="reference")
        self.how = FactCard(tr("Select a matter to see the calculation."))
        self.saved.picked.connect(self._explain)
        for one in (self.records, self.applicants, self.alarms, self.saved, self.how):
            one.setMinimumHeight(theme.px(44))
        self._lay_out()
        main = action(self, tr("Add a record…"), lambda: self.edit(None))
        rest = [
            action(self, tr("Edit the record…"), lambda: self.edit(self.records.current())),
            action(self, tr("Delete the record"), self.delete),
        ]
        self.add_actions(main, rest)

    def _add_tiles(self) -> None:
        year = self.desk.today().year
        self.tiles = {
            "year": Tile(tr("saved in {year}, CNY", year=year), self._to_saved),
            "ever": Tile(tr("saved since the beginning, CNY"), self._to_saved),
            "stake": Tile(tr("at stake, CNY"), self._to_alarms, Tone.SOON),
            "alarms": Tile(tr("alarms"), self._to_alarms, Tone.SOON),
        }
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        for tile in self.tiles.values():
            row.addWidget(tile)
        self.column.addLayout(row)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.px(12))
        year = self.desk.today().year
        who = tr("Who qualifies, by the incomes on record for {year}", year=year)
        grid.addWidget(Framed(tr("Records by applicant and year"), [self.records]), 0, 0)
        grid.addWidget(Framed(who, [self.applicants]), 1, 0)
        grid.addWidget(Framed(tr("What threatens the reduction"), [self.alarms]), 0, 1)
        grid.addWidget(Framed(tr("Saved, by matter"), [self.saved, self.how]), 1, 1)
        for place, (row, column) in enumerate(((3, 1), (4, 1))):
            grid.setRowStretch(place, row)
            grid.setColumnStretch(place, column)
        self.column.addLayout(grid, 1)

    def _to_saved(self) -> None:
        self.saved.setFocus()

    def _to_alarms(self) -> None:
        self.alarms.setFocus()

    # ------------------------------------------------------------------ showing

    def reload(self) -> None:
        self.ask(partial(_read, self.desk.today()), self._show)

    def _show(self, found: Reductions) -> None:
        self._known, self._records = found.known, found.records
        self.records.put(found.records)
        self.applicants.put([_applicant_line(row) for row in found.applicants])
        day = self.desk.today()
        self.alarms.put([_alarm_line(threat, day) for threat in found.threats])
        self.saved.put(found.savings.matters)
        this_year = found.savings.this_year
        ever = found.savings.ever
        self.tiles["year"].put(int(this_year.get("CNY", Decimal(0))))
        self.tiles["ever"].put(int(ever.get("CNY", Decimal(0))))
        self.tiles["stake"].put(int(sum((t.at_stake for t in found.threats), Decimal(0))))
        self.tiles["alarms"].put(len(found.threats))
        others = {c: a for c, a in ever.items() if c != "CNY"}
        self.said.put(totals(others))
        self.counted.emit(None)

    def _explain(self, row: Saving | None) -> None:
        if row is None:
            self.how.show_nothing()
            return
        self.how.empty()
        self.how.matter(self.desk, row.matter_id, row.reference)
        for line in row.lines:
            self.how.add(selectable(line))
        self.how.end()

    def _open(self, threat: Threat) -> None:
        if len(threat.matters) == 1:
            self.desk.go(Place("portfolio", threat.matters[0]))
        elif threat.applicant_id is not None and threat.alarm is not Alarm.LEAVES_WINDOW:
            self.edit(None, threat.applicant_id, threat.act_by.year)

    # ------------------------------------------------------------------ records

    def edit(
        self, row: RecordRow | None, party: int | None = None, year: int | None = None
    ) -> None:
        """A new record, or the values of one."""
        if not self._known:
            self.desk.say(tr("No applicant of a Chinese patent is on record yet."))
            return
        kinds = [(value, str(words)) for value, words in KINDS.items()]
        first = party or self._known[0][0]
        year = year or free_year(self._records, first, self.desk.today().year)
        asked = [
            Asked("party", tr("Applicant"), choice_editor(self._known), first),
            Asked("year", tr("Year"), number_editor(2000), year, True),
        ]
        if row is not None:
            asked = []
        asked += [
            Asked("number", tr("Record number"), line_editor(), row.number if row else ""),
            Asked("kind", tr("Kind"), choice_editor(kinds), row.kind if row else "enterprise"),
            Asked("income", tr("Income of the year before, CNY"), amount_editor(),
                  row.income if row else None),
            Asked("filed_on", tr("Filed on"), day_editor(), row.filed_on if row else None),
            Asked("approved_on", tr("Approved on"), day_editor(), row.approved_on if row else None),
            Asked("valid_until", tr("Valid until"), day_editor(), row.valid_until if row else None),
            Asked("evidence", tr("Evidence"), line_editor(), row.evidence if row else ""),
            Asked("withdrawn", "", tick_editor(tr("Withdrawn")), row.withdrawn if row else False),
            Asked("note", tr("Note"), line_editor(), row.note if row else ""),
        ]  # fmt: skip
        title = tr("{name}, {year}", name=row.name, year=row.year) if row else tr("New record")
        text = tr("Taxable income of a firm, income of a person; a record ends with its year.")
        Asking(self, title, text, asked, tr("Save"), partial(self._keep, row)).open()

    def _keep(self, row: RecordRow | None, values: dict[str, Any]) -> None:
        party = row.party_id if row else values.pop("party")
        year = row.year if row else values.pop("year")
        run_edit(
            self.desk,
            lambda d, law: keep_record(d, party, year, values, law),
            tr("Record kept; the payments planned for {year} are reckoned anew.", year=year),
        )

    def delete(self) -> None:
        """The record in focus was never there."""
        row = self.records.current()
        if row is None:
            self.desk.say(tr("Select a record first."))
            return
        run_edit(self.desk, lambda d, _law: remove(d, "reduction_record", [row.id]), tr("Done."))


def free_year(records: Iterable[RecordRow], party: int, year: int) -> int:
    """The first year from this one on for which the applicant has no record yet."""
    held = {row.year for row in records if row.party_id == party}
    while year in held:
        year += 1
    return year


def _read(today: date, connection: Connection) -> Reductions:
    docket = docket_for(connection, today)
    return Reductions(
        tuple(reduction_records(connection)),
        tuple(applicants(connection)),
        tuple(eligibility(connection, docket, today.year)),
        reduction_alarms(connection, docket),
        savings_of(connection, today.year),
    )


def _applicant_line(row: ApplicantRow) -> Line:
    names = " + ".join(row.names)
    if row.rate is None:
        tone, state = Tone.UNCHECKED, tr("income missing")
    elif row.rate == "none":
        tone, state = Tone.OVERDUE, tr("no reduction")
    elif row.held == "none":
        tone, state = Tone.SOON, tr("{n} % possible, no record", n=row.rate)
    else:
        tone, state = Tone.DONE, tr("{n} % on record", n=row.held)
    rights = ntr("{n} right", "{n} rights", row.matters)
    tip = "\n".join(str(reason) for reason in row.why)
    return Line(row, names, rights, tone, state, below=str(row.why[0]) if row.why else "", tip=tip)


def _alarm_line(row: Threat, today: date) -> Line:
    tone, state = _ALARMS[row.alarm]
    if row.act_by < today:
        tone = Tone.OVERDUE
    stake = f"CNY {written(row.at_stake)}" if row.at_stake else ""
    words = str(row.message)
    far = stake or distance(row.act_by, today)
    return Line(row, words, row.act_by.isoformat(), tone, str(state), far=far, tip=words)


def _ends(row: RecordRow) -> date | Mark:
    end = row.valid_until or date(row.year, 12, 31)
    return Mark(Tone.UNCHECKED, tr("withdrawn")) if row.withdrawn else end


def _sum(get: Callable[[Saving], Decimal]) -> Callable[[Any], str]:
    return lambda row: money(get(row), row.currency)


_RIGHT = Align.RIGHT
_RECORDS = (
    Column("name", say("Applicant"), lambda r: r.name, 170, tip=lambda r: r.name),
    Column("year", say("Year"), lambda r: r.year, 52, _RIGHT, strong=True),
    Column("income", say("Income"), lambda r: written(r.income), 84, _RIGHT),
    Column("ends", say("Valid until"), _ends, 96),
    Column("number", say("Record number"), lambda r: r.number, 110),
)
_SAVED = (
    Column("reference", say("Reference"), lambda s: s.reference, 120, strong=True),
    Column("year", say("This year"), _sum(lambda s: s.this_year), 110, _RIGHT),
    Column("ever", say("Since the beginning"), _sum(lambda s: s.ever), 140, _RIGHT),
)
