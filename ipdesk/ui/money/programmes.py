"""Programmes: subsidies, awards and projects with their windows, documents, money, refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from ipdesk.base.dates import distance
from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.fees.records import (
    PROGRAMME_KINDS,
    PROGRAMME_STATES,
    DocumentRow,
    ProgrammeRow,
    ProgrammeState,
)
from ipdesk.core.fees.support_edits import keep_document, keep_programme, remove
from ipdesk.core.fees.support_queries import programmes
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.facts import amount_editor, money
from ipdesk.ui.money.held import HeldFacet, HeldSource
from ipdesk.ui.money.naming import matters_named
from ipdesk.ui.money.views import ListView
from ipdesk.ui.tables.columns import Align, Column, Mark
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import LinkLine, action, button
from ipdesk.ui.widgets.fields import (
    choice_editor,
    day_editor,
    line_editor,
    names_editor,
    text_editor,
)
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

TONES = {
    ProgrammeState.PREPARING: Tone.SOON,
    ProgrammeState.APPLIED: Tone.SOON,
    ProgrammeState.APPROVED: Tone.DONE,
    ProgrammeState.RECEIVED: Tone.DONE,
    ProgrammeState.REFUSED: Tone.OVERDUE,
}


class ProgrammesView(ListView):
    """The ledger of programmes; the one in focus with its documents at the right."""

    def __init__(self, desk: Desk) -> None:
        source = HeldSource("programmes", _columns(desk.today), _read, lambda p: p.id, _FACETS)
        prompt = tr("Select a programme to see its conditions and documents.")
        super().__init__(desk, source, self._nothing, "closes", prompt)
        main = action(self, tr("Add a programme…"), lambda: self.edit(None))
        rest = [
            action(self, tr("Edit the programme…"), lambda: self.edit(self.current())),
            action(self, tr("Add a document…"), lambda: self.edit_document(None)),
            action(self, tr("Delete the programme"), self.delete),
            None,
            self.list.export_action(tr("Programmes")),
        ]
        self.add_actions(main, rest)

    def _nothing(self) -> Notice:
        add = button(tr("Add a programme…"), lambda: self.edit(None), role="main")
        text = tr("Subsidies, awards, pledge-interest subsidies, projects: their dates are kept.")
        return Notice("bank", tr("No programme yet"), text, (add,))

    # ------------------------------------------------------------------ edits

    def edit(self, row: ProgrammeRow | None) -> None:
        """A new programme, or the values of one."""
        kinds = [(kind, str(words)) for kind, words in PROGRAMME_KINDS.items()]
        states = [(str(state), str(words)) for state, words in PROGRAMME_STATES.items()]
        get = partial(_value, row)
        linked = tuple(reference for _, reference in row.matters) if row else ()
        asked = (
            Asked("name", tr("Name"), line_editor(), get("name", ""), needed=True),
            Asked("kind", tr("Kind"), choice_editor(kinds), get("kind", "grant")),
            Asked("authority", tr("Authority"), line_editor(), get("authority", "")),
            Asked("conditions", tr("Conditions"), text_editor(), get("conditions", "")),
            Asked("opens", tr("Opens"), day_editor(), get("opens")),
            Asked("closes", tr("Last day to apply"), day_editor(), get("closes")),
            Asked("owner", tr("Person"), line_editor(), get("owner", "")),
            Asked("state", tr("State"), choice_editor(states), get("state", "watching")),
            Asked("expected", tr("Expected, CNY"), amount_editor(), get("expected")),
            Asked("applied_on", tr("Applied on"), day_editor(), get("applied_on")),
            Asked("decided_on", tr("Decided on"), day_editor(), get("decided_on")),
            Asked("refusal", tr("Reason of a refusal"), line_editor(), get("refusal", "")),
            Asked("received", tr("Received, CNY"), amount_editor(), get("received")),
            Asked("received_on", tr("Received on"), day_editor(), get("received_on")),
            Asked("matters", tr("Matters"), names_editor(tr("One reference a line")), linked),
        )
        title = row.name if row else tr("New programme")
        Asking(self, title, "", asked, tr("Save"), partial(self._keep, row)).open()

    def _keep(self, row: ProgrammeRow | None, values: dict[str, Any]) -> None:
        references = values.pop("matters")

        def act(database: Any, _law: Any) -> Any:
            with database.read() as connection:
                ids = matters_named(connection, references)
            return keep_programme(database, values, row.id if row else None, ids)

        run_edit(self.desk, act, tr("Done."))

    def edit_document(self, row: DocumentRow | None) -> None:
        """A document that the programme in focus asks for."""
        programme = self.current()
        if programme is None:
            self.desk.say(tr("Select a programme first."))
            return
        asked = (
            Asked("name", tr("Document"), line_editor(), row.name if row else "", needed=True),
            Asked("due", tr("Due"), day_editor(), row.due if row else programme.closes),
            Asked("submitted_on", tr("Submitted on"), day_editor(),
                  row.submitted_on if row else None),
            Asked("note", tr("Note"), line_editor(), row.note if row else ""),
        )  # fmt: skip
        run = lambda values: run_edit(  # noqa: E731
            self.desk,
            lambda d, _law: keep_document(d, programme.id, values, row.id if row else None),
            tr("Done."),
        )
        Asking(self, row.name if row else tr("New document"), "", asked, tr("Save"), run).open()

    def _submitted(self, row: DocumentRow) -> None:
        values = {"submitted_on": self.desk.today()}
        programme = row.programme_id
        run_edit(
            self.desk, lambda d, _law: keep_document(d, programme, values, row.id), tr("Done.")
        )

    def delete(self) -> None:
        """The programme in focus, with its documents."""
        row = self.current()
        if row is None:
            self.desk.say(tr("Select a programme first."))
            return
        run_edit(self.desk, lambda d, _law: remove(d, "programme", [row.id]), tr("Done."))

    # ------------------------------------------------------------------ showing

    def show_row(self, row: ProgrammeRow) -> None:
        card = self.detail
        card.begin(row.name, row.authority)
        state = ProgrammeState(row.state)
        card.chips([(TONES.get(state, Tone.PLAIN), PROGRAMME_STATES[state])])
        card.buttons(
            [
                button(tr("Edit the programme…"), partial(self.edit, row)),
                button(tr("Add a document…"), partial(self.edit_document, None)),
            ]
        )
        today = self.desk.today()
        closes = f"{row.closes}  ({distance(row.closes, today)})" if row.closes else ""
        received = money(row.received, row.currency) if row.received is not None else ""
        card.facts(
            (
                (tr("Kind"), PROGRAMME_KINDS[row.kind]),
                (tr("Opens"), row.opens),
                (tr("Last day to apply"), closes),
                (tr("Person"), row.owner),
                (tr("Expected"), money(row.expected, row.currency) if row.expected else ""),
                (tr("Applied on"), row.applied_on),
                (tr("Decided on"), row.decided_on),
                (tr("Reason of a refusal"), row.refusal),
                (tr("Received"), " · ".join(str(x) for x in (received, row.received_on) if x)),
                (tr("Note"), row.note),
            )
        )
        if row.conditions:
            card.sentences(tr("Conditions"), [row.conditions], numbered=False)
        self._documents(row, today)
        if row.matters:
            card.sentences(tr("Matters"), (), numbered=False)
            for matter_id, reference in row.matters:
                go = Place("portfolio", matter_id)
                card.add(LinkLine(reference, partial(self.desk.go, go), tr("Open the matter")))
        card.end()

    def _documents(self, row: ProgrammeRow, today: date) -> None:
        lines = [_document_words(one, today) for one in row.documents]
        self.detail.sentences(tr("Documents"), lines, numbered=False)
        missing: list[QPushButton] = [
            button(tr("Submitted: {document}", document=one.name), partial(self._submitted, one))
            for one in row.documents
            if one.submitted_on is None
        ]
        if missing:
            self.detail.buttons(missing)


def _value(row: ProgrammeRow | None, name: str, otherwise: Any = None) -> Any:
    return otherwise if row is None else getattr(row, name)


def _document_words(row: DocumentRow, today: date) -> str:
    if row.submitted_on is not None:
        words = tr("{name}: submitted on {day}", name=row.name, day=row.submitted_on)
        return f"{SIGNS[Tone.DONE]} {words}"
    if row.due is None:
        return row.name
    sign = SIGNS[Tone.OVERDUE if row.due < today else Tone.SOON]
    words = tr("{name}: due on {day}", name=row.name, day=row.due)
    return f"{sign} {words} ({distance(row.due, today)})"


def next_day(row: ProgrammeRow) -> date | None:
    """The next day on which something is to be done for it."""
    if row.state in ("refused", "received", "ended"):
        return None
    days = [d.due for d in row.documents if d.due is not None and d.submitted_on is None]
    if row.closes is not None and row.state in ("watching", "preparing"):
        days.append(row.closes)
    return min(days, default=None)


def _read(connection: Connection) -> list[ProgrammeRow]:
    return programmes(connection)


def _next(today: Callable[[], date], row: ProgrammeRow) -> date | Mark | None:
    day = next_day(row)
    if day is None or (day - today()).days > 30:
        return day
    return Mark(Tone.OVERDUE if day < today() else Tone.SOON, day.isoformat())


def _state(row: ProgrammeRow) -> Mark | str:
    state = ProgrammeState(row.state)
    words, tone = str(PROGRAMME_STATES[state]), TONES.get(state, Tone.PLAIN)
    return words if tone is Tone.PLAIN else Mark(tone, words)


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    right = Align.RIGHT
    return (
        Column("name", say("Name"), lambda p: p.name, 210, strong=True, tip=lambda p: p.name,
               least=130),
        Column("kind", say("Kind"), lambda p: str(PROGRAMME_KINDS[p.kind]), 130),
        Column("state", say("State"), _state, 136),
        Column("next", say("Next day"), partial(_next, today), 112),
        Column("closes", say("Last day to apply"), lambda p: p.closes, 112),
        Column("owner", say("Person"), lambda p: p.owner, 80),
        Column("expected", say("Expected"),
               lambda p: None if p.expected is None else float(p.expected), 96, right),
        Column("received", say("Received"),
               lambda p: None if p.received is None else float(p.received), 96, right),
        Column("matters", say("Matters"), lambda p: len(p.matters) or None, 64, right),
    )  # fmt: skip


_FACETS = (
    HeldFacet("state", say("State"), lambda p: (p.state,), lambda v: PROGRAMME_STATES[v]),
    HeldFacet("kind", say("Kind"), lambda p: (p.kind,), lambda v: PROGRAMME_KINDS[v]),
)
