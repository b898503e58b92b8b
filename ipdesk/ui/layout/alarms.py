"""What cannot wait: launches unfiled, markets without a right, priority years, late rows."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.layout.alarms import ALARM_LABELS, Alarm, AlarmKind
from ipdesk.core.layout.edits_market import decide_foreign
from ipdesk.core.layout.model import RowFields, Target
from ipdesk.core.layout.queries_clock import alarms_on
from ipdesk.core.layout.words import FOREIGN_LABELS
from ipdesk.core.layout.words import label as named
from ipdesk.core.portfolio.offices import office_name, office_of
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.card import Card, Deed
from ipdesk.ui.layout.form import Form, Group
from ipdesk.ui.layout.rowform import ask_row
from ipdesk.ui.layout.view import Bench, View
from ipdesk.ui.tables.columns import Cell, Column, Mark
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.asking import Asked
from ipdesk.ui.widgets.fields import Editor, choice_editor, line_editor, names_editor
from ipdesk.ui.widgets.labels import card, label
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ROWS = (AlarmKind.LATE, AlarmKind.DUE)


class AlarmsView(View):
    """Every alarm with its reasons, and what can be done about it."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(desk, bench)
        self._wanted = ""
        words = tr("These stand on the home page and among the deadlines as well.")
        self.bar.addWidget(label(words, "muted"), 1)
        self.table = SmallTable(self._columns(), tr("What cannot wait"), stretch="said")
        self.table.picked.connect(self._show_one)
        self.table.opened.connect(lambda _alarm: self._first_deed())
        self.card = Card(tr("Select a line to see its reasons."))
        self._deeds: list[Deed] = []
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            Notice(
                "check-circle",
                tr("Nothing presses"),
                tr("No launch, market, priority year or planned filing asks for a decision now."),
            )
        )
        left = card()
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._stack)
        self.body.addWidget(Split(desk, "alarms", left, self.card, (9, 5)), 1)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("due", say("Until"), self._due, 124),
            Column("kind", say("Kind"), lambda a: named(ALARM_LABELS, a.kind), 190),
            Column("said", say("In words"), lambda a: str(a.said), 240, tip=lambda a: str(a.said)),
        )

    def _due(self, alarm: Alarm) -> Cell:
        state = alarm.state(self.desk.today())
        tones = {"overdue": Tone.OVERDUE, "soon": Tone.SOON}
        day = alarm.due.isoformat()
        return Mark(tones[state], day) if state in tones else alarm.due

    # ------------------------------------------------------------------ reading

    def visit(self, wanted: int | str | None) -> None:
        self._wanted = str(wanted or "")
        self.reload()

    def reload(self) -> None:
        self.ask(partial(_alarms, self.desk.today()), self._show, key="alarms")

    def _show(self, found: list[Alarm]) -> None:
        kept = self.table.current()
        wanted = self._wanted or (kept.key if kept else "")
        self._wanted = ""
        self.table.put(found)
        self._stack.setCurrentIndex(0 if found else 1)
        if not found:
            self.card.show_nothing()
            return
        places = [n for n, alarm in enumerate(found) if alarm.key == wanted]
        self.table.selectRow(places[0] if places else 0)
        self._show_one(self.table.current())

    def _show_one(self, alarm: Alarm | None) -> None:
        if alarm is None:
            return
        self.card.clear()
        self.card.title(str(alarm.said), named(ALARM_LABELS, alarm.kind))
        self._deeds = self._deeds_of(alarm)
        self.card.buttons(self._deeds)
        facts = [
            (tr("Until"), alarm.due),
            (tr("Office"), office_name(alarm.office) if alarm.office else ""),
            (tr("Product"), self.bench.names.item("product", alarm.product_id)),
            (tr("Matter"), alarm.reference),
        ]
        self.card.facts(facts)
        if alarm.why:
            self.card.section(tr("Why"))
            self.card.sentences(alarm.why)
        self.card.end()

    # ------------------------------------------------------------------ doing

    def _deeds_of(self, alarm: Alarm) -> list[Deed]:
        if alarm.kind == AlarmKind.PRIORITY:
            return [
                (tr("Decide on filing abroad…"), partial(self.ask_foreign, alarm)),
                (tr("Open the matter"), partial(self._go, Place("portfolio", alarm.matter_id))),
            ]
        if alarm.kind in _ROWS:
            place = Place("layout", f"plan:{alarm.row_id}")
            return [(tr("Show the plan row"), partial(self._go, place))]
        deeds: list[Deed] = [
            (tr("Plan a filing…"), partial(self.ask_filing, alarm)),
            (tr("Last safe days"), partial(self._go, Place("layout", "clock"))),
        ]
        if alarm.kind == AlarmKind.MARKET:
            deeds.append(
                (tr("Accept the risk…"), partial(self._go, Place("layout", "protection:gap")))
            )
        return deeds

    def _first_deed(self) -> None:
        if self._deeds:
            self._deeds[0][1]()

    def _go(self, place: Place) -> None:
        self.desk.go(place)

    def ask_filing(self, alarm: Alarm) -> None:
        """A new row of the draft for what is not protected."""
        info = self.bench.names.plan(self.bench.plan)
        if info is None or info.status != "draft":
            drafts = [p for p in self.bench.names.plans if p.status == "draft" and p.newest]
            info = drafts[0] if drafts else None
        if info is None:
            self.desk.say(tr("Start a plan first, or copy the approved one to a new version."))
            return
        fields = RowFields(
            title="",
            product_id=alarm.product_id,
            territories=(Target(alarm.office),) if alarm.office else (),
            target=max(alarm.due, self.desk.today()).replace(day=1),
        )
        ask_row(self.desk, self, self.bench, info.id, None, fields)

    def ask_foreign(self, alarm: Alarm) -> None:
        """What comes of a first filing before its priority year ends."""
        matter = alarm.matter_id
        if matter is None:
            return
        decisions = [(k, str(v)) for k, v in FOREIGN_LABELS.items()]
        asked = (
            Asked("decision", tr("Decision"), choice_editor(decisions)),
            Asked("offices", tr("Offices"), offices_editor(), ()),
            Asked("reason", tr("Reason"), line_editor(tr("needed where nothing is filed abroad"))),
        )
        today = self.desk.today()

        def act(v: dict[str, Any]) -> Any:
            return lambda d, _law: decide_foreign(
                d, matter, v["decision"], v["reason"], today, v["offices"]
            )

        Form(
            self.desk,
            self,
            tr("Filing abroad: {reference}", reference=alarm.reference),
            (Group("", asked),),
            tr("Decide"),
            act,
            text=tr("Its priority can be claimed until {day}.", day=alarm.due),
            said=tr("Decided."),
        ).open()


def offices_editor() -> Editor:
    """Offices, one a line."""
    plain = names_editor(tr("one a line, e.g. US"))

    def read(made: Any) -> tuple[str, ...]:
        found = []
        for line in plain.read(made):
            code = office_of(line)
            if code is None:
                raise ValueError(tr("There is no office “{name}”.", name=line))
            found.append(code)
        return tuple(dict.fromkeys(found))

    return Editor(plain.make, read)


def _alarms(today: date, connection: Connection) -> list[Alarm]:
    return alarms_on(connection, docket_for(connection, today).calendars, today)
