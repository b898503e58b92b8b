"""Faster examination: requests, shorter reply periods, results, and the time that was saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from ipdesk.base.dates import distance
from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.fees.acceleration import TimeSaved, Way, ways
from ipdesk.core.fees.records import AccelerationRow
from ipdesk.core.fees.support_edits import keep_acceleration, remove
from ipdesk.core.fees.support_queries import accelerations, times_saved
from ipdesk.core.portfolio.model import right_label
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.held import HeldFacet, HeldSource
from ipdesk.ui.money.naming import matters_named
from ipdesk.ui.money.views import ListView
from ipdesk.ui.tables.columns import Align, Column, Mark
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.fields import choice_editor, day_editor, line_editor
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATES = {
    "asked": (Tone.SOON, say("Requested")),
    "accepted": (Tone.SOON, say("Accepted")),
    "refused": (Tone.OVERDUE, say("Refused")),
    "closed": (Tone.DONE, say("Finished")),
    "": (Tone.PLAIN, say("In preparation")),
}
_WHAT = {
    "first_action": say("first office action"),
    "close": say("end of the examination"),
    "reply": say("reply of the applicant"),
    "pre_examination": say("pre-examination"),
    "re_examination": say("re-examination"),
    "invalidation": say("invalidation"),
}


@dataclass(frozen=True, slots=True)
class Fast:
    """A request with the time that it saved, where that is known."""

    row: AccelerationRow
    saved: TimeSaved | None

    @property
    def state(self) -> str:
        row = self.row
        if row.refused_on:
            return "refused"
        if row.closed_on:
            return "closed"
        return "accepted" if row.accepted_on else "asked" if row.requested_on else ""


class AccelerationView(ListView):
    """Requests at the left; at the right the way, its periods and conditions, what it brought."""

    def __init__(self, desk: Desk) -> None:
        source = HeldSource(
            "acceleration", _columns(desk.today), _read, lambda f: f.row.id, _FACETS
        )
        prompt = tr("Select a request to see its periods and what it saved.")
        super().__init__(desk, source, self._nothing, "requested", prompt)
        main = action(self, tr("Add a request…"), lambda: self.edit(None))
        rest = [
            action(self, tr("Edit the request…"), lambda: self.edit(self.current())),
            action(self, tr("Delete the request"), self.delete),
            None,
            self.list.export_action(tr("Faster examination")),
        ]
        self.add_actions(main, rest)

    def _nothing(self) -> Notice:
        add = button(tr("Add a request…"), lambda: self.edit(None), role="main")
        text = tr("Priority examination, pre-examination by a protection centre, PPH and others.")
        return Notice("fast-forward", tr("No request yet"), text, (add,))

    # ------------------------------------------------------------------ edits

    def edit(self, one: Fast | None) -> None:
        """A new request, or what became of one."""
        row = one.row if one else None
        today = self.desk.today()
        known = [
            (w.id, str(w.label)) for w in ways() if _open(w, today) or (row and row.way == w.id)
        ]
        get = partial(_value, row)
        asked = [
            Asked("way", tr("Way"), choice_editor(known), get("way", known[0][0])),
            Asked("centre", tr("Protection centre or office"), line_editor(), get("centre", "")),
            Asked("ground", tr("Ground"), line_editor(), get("ground", "")),
            Asked("requested_on", tr("Requested on"), day_editor(), get("requested_on")),
            Asked("accepted_on", tr("Accepted on"), day_editor(), get("accepted_on")),
            Asked("refused_on", tr("Refused on"), day_editor(), get("refused_on")),
            Asked("reply_due", tr("Reply due on"), day_editor(), get("reply_due")),
            Asked("replied_on", tr("Replied on"), day_editor(), get("replied_on")),
            Asked("closed_on", tr("Closed on"), day_editor(), get("closed_on")),
            Asked("result", tr("Result"), line_editor(), get("result", "")),
            Asked("note", tr("Note"), line_editor(), get("note", "")),
        ]
        if row is None:
            asked.insert(0, Asked("reference", tr("Reference"), line_editor(), "", needed=True))
        title = row.reference if row else tr("New request")
        text = tr("Where a reply period is not in the tables, take it from the notice.")
        Asking(self, title, text, asked, tr("Save"), partial(self._keep, row)).open()

    def _keep(self, row: AccelerationRow | None, values: dict[str, Any]) -> None:
        def act(database: Any, _law: Any) -> Any:
            if row is not None:
                return keep_acceleration(database, row.matter_id, values, row.id)
            reference = values.pop("reference")
            with database.read() as connection:
                (matter_id,) = matters_named(connection, [reference])
            return keep_acceleration(database, matter_id, values)

        run_edit(self.desk, act, tr("Done."))

    def delete(self) -> None:
        """The request in focus was never made."""
        one = self.current()
        if one is None:
            self.desk.say(tr("Select a request first."))
            return
        run_edit(self.desk, lambda d, _law: remove(d, "acceleration", [one.row.id]), tr("Done."))

    # ------------------------------------------------------------------ showing

    def show_row(self, row: Fast) -> None:
        one, card, way = row.row, self.detail, way_of(row.row.way)
        card.begin(way.label if way else one.way)
        card.matter(self.desk, one.matter_id, f"{one.reference}  {right_label(one.right)}")
        tone, words = _STATES[row.state]
        marks: list[tuple[Tone, object]] = [(tone, words)]
        if way is not None and way.unverified:
            marks.append((Tone.UNCHECKED, tr("Rule not verified yet")))
        card.chips(marks)
        card.buttons([button(tr("Edit the request…"), partial(self.edit, row))])
        today = self.desk.today()
        reply = f"{one.reply_due}  ({distance(one.reply_due, today)})" if one.reply_due else ""
        card.facts(
            (
                (tr("Protection centre or office"), one.centre),
                (tr("Ground"), one.ground),
                (tr("Requested on"), one.requested_on),
                (tr("Accepted on"), one.accepted_on),
                (tr("Refused on"), one.refused_on),
                (tr("Reply due on"), reply),
                (tr("Replied on"), one.replied_on),
                (tr("Closed on"), one.closed_on),
                (tr("Result"), one.result),
                (tr("Source"), way.source if way else ""),
                (tr("Note"), one.note),
            )
        )
        if row.saved is not None:
            card.sentences(tr("Time saved"), [row.saved.message], numbered=False)
        if way is not None:
            card.sentences(tr("Periods"), _periods(way, one.right), numbered=False)
            card.sentences(tr("Conditions"), way.conditions, numbered=False)
        card.end()


def way_of(wanted: str) -> Way | None:
    """A way by its id."""
    return next((way for way in ways() if way.id == wanted), None)


def _open(way: Way, today: date) -> bool:
    begun = way.valid_from is None or way.valid_from <= today
    return begun and (way.valid_until is None or today < way.valid_until)


def _periods(way: Way, right: str) -> list[str]:
    found = []
    for period in way.periods:
        if period.rights and right not in period.rights:
            continue
        what: Message | str = _WHAT.get(period.what, period.what)
        if period.missing:
            found.append(tr("{what}: not known, see the notice", what=what))
        elif period.months:
            found.append(tr("{what}: {n} months", what=what, n=period.months))
        elif period.working:
            found.append(tr("{what}: {n} working days", what=what, n=period.days))
        else:
            found.append(tr("{what}: {n} days", what=what, n=period.days))
    return found


def _value(row: AccelerationRow | None, name: str, otherwise: Any = None) -> Any:
    return otherwise if row is None else getattr(row, name)


def _read(connection: Connection) -> list[Fast]:
    saved = times_saved(connection)
    return [Fast(row, saved.get(row.matter_id)) for row in accelerations(connection)]


def _state(row: Fast) -> Mark | str:
    tone, words = _STATES[row.state]
    return str(words) if tone is Tone.PLAIN else Mark(tone, str(words))


def _reply(today: Callable[[], date], row: Fast) -> date | Mark | None:
    due = row.row.reply_due
    if due is None or row.row.replied_on or row.row.closed_on:
        return due
    return Mark(Tone.OVERDUE if due < today() else Tone.SOON, due.isoformat())


def _saved(row: Fast) -> int | None:
    return row.saved.days if row.saved is not None else None


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    return (
        Column("reference", say("Reference"), lambda f: f.row.reference, 104, strong=True),
        Column("way", say("Way"), _way, 240, least=150),
        Column("requested", say("Requested on"), lambda f: f.row.requested_on, 100),
        Column("state", say("State"), _state, 110),
        Column("reply", say("Reply due on"), partial(_reply, today), 112),
        Column("closed", say("Closed on"), lambda f: f.row.closed_on, 96),
        Column("saved", say("Days saved"), _saved, 90, Align.RIGHT),
    )


def _way(row: Fast) -> str:
    way = way_of(row.row.way)
    return str(way.label) if way else row.row.way


_FACETS = (HeldFacet("state", say("State"), lambda f: (f.state,), lambda v: _STATES[v][1]),)
