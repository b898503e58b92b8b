"""The cases that prove a rule, told and computed anew: what happened, what follows, and whether."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.events import event_label
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Event
from ipdesk.core.docket.proofs import Proof
from ipdesk.core.docket.reasons import fact_words, service_words, value_words
from ipdesk.core.docket.setting import docket_for

if TYPE_CHECKING:
    from sqlalchemy import Connection


def proved(cases: tuple[Proof, ...], today: date, connection: Connection) -> list[str]:
    """In a reader's thread: every case computed now by the built-in law, with what must follow."""
    law, calendars = Law.load(), docket_for(connection, today).calendars
    return [_told(case, law, calendars) for case in cases]


def _told(proof: Proof, law: Law, calendars: Calendars) -> str:
    found = proof.found_in(compute(proof.case, law, calendars, details=True).deadlines)
    holds = not found if proof.absent else any(not proof.differs(d) for d in found)
    sign = SIGNS[Tone.DONE if holds else Tone.OVERDUE]
    facts = [
        tr("{label}: {values}", label=fact_words(name), values=value_words(value))
        for name, value in proof.case.facts.items()
    ]
    given = tr("; ").join((*(_event(event) for event in proof.case.events), *facts))
    return f"{sign} {given} → {_follows(proof)}  ({proof.words})"


def _event(event: Event) -> str:
    details = ", ".join(_details(event))
    words = f"{event_label(event.type)} {event.date}"
    return f"{words} ({details})" if details else words


def _details(event: Event) -> Iterator[str]:
    """What an event of a case carries beside its date."""
    if event.office:
        yield event.office
    if event.ordinal:
        yield tr("no. {n}", n=event.ordinal)
    if event.service:
        yield str(service_words(event.service))
    if event.received:
        yield tr("received {day}", day=event.received)
    if event.period_months:
        yield tr("{n} months", n=event.period_months)
    if event.period_days:
        yield tr("{n} days", n=event.period_days)
    if event.extension_months:
        yield tr("extended by {n} months", n=event.extension_months)


def _follows(proof: Proof) -> str:
    """What must come out, in the order: the day, the day before it rolled, the window, the fee."""
    wanted = proof.expect
    if proof.absent:
        return tr("no date")
    raw, due = wanted.get("raw"), wanted.get("due")
    parts = []
    if raw and due and raw != due:
        parts.append(tr("{due}, moved from {raw}", due=due, raw=raw))
    elif raw or due:
        parts.append(str(due or raw))
    if "opens" in wanted:
        parts.append(tr("opens {day}", day=wanted["opens"]))
    if "surcharge_percent" in wanted:
        parts.append(tr("surcharge {percent} %", percent=wanted["surcharge_percent"]))
    return ", ".join(parts)
