"""Everything that a date says: reasons, its event and documents, what a missed one leaves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.deadline_rules import extension_rule
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.progress import is_decision
from ipdesk.core.docket.queries import deadline_rows, deadlines_of_matter, events_of, explain
from ipdesk.core.docket.reasons import period_words
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import DeadlineRow, EventRow, State
from ipdesk.core.docket.rules import Rule
from ipdesk.core.portfolio.documents import documents_of
from ipdesk.core.portfolio.model import AttachmentRow


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way back after a missed date: until a day, or so long from an event to come."""

    label: Bilingual
    due: date | None
    words: Message
    waits_for: str  # an event to record, where the day waits for it
    note: Bilingual | None


@dataclass(frozen=True, slots=True)
class Said:
    """One deadline with all that is known of it."""

    row: DeadlineRow
    why: tuple[Message, ...]
    event: EventRow | None
    documents: tuple[AttachmentRow, ...]
    consequence: Bilingual | None
    extension: Bilingual | None  # what the law says of an extension
    extends: Rule | None  # the rule that counts one
    remedies: tuple[Remedy, ...]


def said_of(connection: Connection, deadline_id: int, docket: Docket) -> Said | None:
    """What a deadline says; None when it is gone."""
    row = next(iter(deadline_rows(connection, [deadline_id], docket.today)), None)
    if row is None:
        return None
    events = events_of(connection, row.matter_id)
    event = next((e for e in events if e.id == row.event_id), None)
    papers = documents_of(connection, "event", event.id) if event else ()
    rule = docket.law.rule(row.rule)
    found: tuple[Remedy, ...] = ()
    if row.shown(docket.today) in ("overdue", "grace", State.PAST):
        siblings = deadlines_of_matter(connection, row.matter_id, docket)
        happened = frozenset(e.type for e in events)
        found = (*_late(row, docket.today), *remedies(row, siblings, happened, docket.law))
    return Said(
        row,
        explain(connection, row, docket),
        event,
        papers,
        rule.consequence if rule else None,
        rule.extension if rule else None,
        extension_rule(docket.law, row),
        found,
    )


def _late(row: DeadlineRow, today: date) -> Iterator[Remedy]:
    """While a period of grace runs, the act itself can still be done."""
    if row.grace_end is not None and row.grace_end >= today:
        label = Bilingual("Do it late, with the surcharge", "在宽限期内办理（加收费用）")
        yield Remedy(label, row.grace_end, say("until {day}", day=row.grace_end), "", None)


def remedies(
    row: DeadlineRow, siblings: Iterable[DeadlineRow], happened: frozenset[str], law: Law
) -> Iterator[Remedy]:
    """What can still be done of a missed date: computed days first, then what waits for a notice.

    A date that the law excludes from restoration (a priority, a choice) has only its own remedy.
    """
    computed = list(siblings)
    for other in computed:
        rule = law.rule(other.rule)
        if rule is None or rule.kind != "restoration" or other.due < row.due:
            continue
        if rule.part_of == row.rule or not (rule.part_of or is_decision(row.rule)):
            words = say("until {day}", day=other.due)
            yield Remedy(other.label, other.due, words, "", rule.note)
    if is_decision(row.rule) or row.manual:
        return
    shown = {other.rule for other in computed}
    for rule in law.for_matter(row.office, row.right):
        base = rule.term.bases[0]
        if rule.kind != "restoration" or rule.part_of or rule.id in shown or base in happened:
            continue
        if base.startswith("rule:") or base == "priority_date":
            continue
        words = say("{period} from its event", period=period_words(rule.term.period))
        yield Remedy(rule.label, None, words, base, rule.note)
