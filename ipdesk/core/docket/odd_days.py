"""Days on which an event cannot have happened: to come, before filing, or out of its order.

The engine computes nothing from facts that contradict each other (see ``checks``); these harm no
date that is computed, so they are refused when somebody enters them and never later.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.events import ONCE
from ipdesk.core.docket.reasons import event_words
from ipdesk.core.docket.records import Day, EventInput
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.portfolio import matter

_MAY_LIE_AHEAD = frozenset({"expiry", "redemption_end", "employment_end", "licence_effective"})
_MAY_PRECEDE_FILING = frozenset(
    "filing priority priority_to_add priority_claim_withdrawal disclosure completion"
    " first_publication creation death first_exploitation employment_end drug_approval"
    " licence_effective foreign_filing confidentiality_request infringement_known receipt"
    " article11_invitation ro_refusal_notice missed_limit obstacle_removed assignment"
    " designated_publication designated_grant international_registration gazette"
    " designation_notice".split()
)
_ONE_AFTER_THE_OTHER = (
    ("prelim_publication", "registration"),
    ("grant_notice", "grant"),
    ("registration", "expiry"),
    ("grant", "expiry"),
)

Key = tuple[str, date, str]  # kind of event, its day, what is wrong with it


class Dated(NamedTuple):
    """What is asked of an event here."""

    type: str
    date: Day
    received: Day | None = None


def odd_days(events: Iterable[Dated], today: date) -> dict[Key, Message]:
    """What is wrong with the days of a matter's events, in words."""
    known = list(events)
    first: dict[str, date] = {}
    for one in known:
        first[one.type] = min(one.date, first.get(one.type, one.date))
    return {key: words for one in known for key, words in _odd(one, first, today)}


def _odd(one: Dated, first: Mapping[str, date], today: date) -> Iterator[tuple[Key, Message]]:
    if one.date > today and one.type not in _MAY_LIE_AHEAD:
        yield (
            (one.type, one.date, "ahead"),
            say(
                "{event}: {day} has not come yet; record it when it has happened.",
                event=event_words(one.type),
                day=one.date,
            ),
        )
    elif one.received is not None and one.received > today:
        yield (
            (one.type, one.received, "received"),
            say(
                "{event}: it cannot have been received on {day}, which has not come yet.",
                event=event_words(one.type),
                day=one.received,
            ),
        )
    earlier = [before for before, after in _ONE_AFTER_THE_OTHER if after == one.type]
    if one.type not in _MAY_PRECEDE_FILING:
        earlier.insert(0, "filing")
    for other in earlier:
        if other in first and one.date < first[other]:
            yield (
                (one.type, one.date, other),
                say(
                    "{event} on {day} lies before {earlier} on {other}.",
                    event=event_words(one.type),
                    day=one.date,
                    earlier=event_words(other),
                    other=first[other],
                ),
            )


def odd_days_of(connection: Connection, matter_id: int, today: date) -> dict[Key, Message]:
    """The same for a matter as it is recorded."""
    return odd_days(_recorded(connection, matter_id), today)


def _recorded(connection: Connection, matter_id: int) -> list[Dated]:
    e = event.c
    rows = connection.execute(select(e.type, e.date, e.received).where(e.matter_id == matter_id))
    return [Dated(*row) for row in rows]


def refuse_odd_day(connection: Connection, matter_id: int, given: EventInput, today: date) -> None:
    """An act on such a day is Refused, with the matter's reference."""
    kinds = {given.type} & ONCE  # recorded again, it takes the place of the first
    events = [one for one in _recorded(connection, matter_id) if one.type not in kinds]
    new = Dated(given.type, given.date, given.received)
    before = odd_days(events, today)
    for key, problem in odd_days([*events, new], today).items():
        if key not in before:
            found = select(matter.c.reference).where(matter.c.id == matter_id)
            reference = connection.execute(found).scalar()
            words = say("{reference}: {problem}", reference=reference, problem=problem)
            raise Refused(words if reference else problem)
