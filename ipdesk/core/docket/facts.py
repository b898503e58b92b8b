"""Facts of a matter that the law asks for and that are no events: what each is and may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.docket.languages import languages
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.portfolio.offices import office_of
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import matter

YES_NO = ((True, say("yes")), (False, say("no")))


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its name in the rules, its caption, and what it may be."""

    name: str
    caption: Message
    kind: str  # choice, office or number
    options: tuple[tuple[Any, Message | Bilingual], ...] = ()
    rights: frozenset[str] = frozenset()  # none: wherever a rule reads it
    tip: Message | None = None


_PCT = frozenset({"pct"})


def facts() -> tuple[Fact, ...]:
    """All facts that can be entered, in the order in which they are shown."""
    spoken = sorted(languages().names.items(), key=lambda pair: pair[1].en)
    return (
        Fact("receiving_office", say("Receiving office"), "office", rights=_PCT),
        Fact("isa", say("International Searching Authority"), "office", rights=_PCT),
        Fact("ipea", say("International Preliminary Examining Authority"), "office", rights=_PCT),
        Fact(
            "filing_language",
            say("Language of filing"),
            "choice",
            tuple(spoken),
            _PCT,
            say("It decides whether a translation is due for search or publication."),
        ),
        Fact(
            "chapter",
            say("Chapter of the PCT"),
            "choice",
            ((1, say("Chapter I")), (2, say("Chapter II, demand filed"))),
        ),
        Fact(
            "applicant_residence",
            say("Applicant's residence"),
            "choice",
            (("domestic", say("in the country")), ("overseas", say("overseas"))),
        ),
        Fact(
            "owner_type",
            say("Kind of owner"),
            "choice",
            (("legal_entity", say("legal entity")), ("natural_person", say("natural person"))),
        ),
        Fact("service_invention", say("Service invention"), "choice", YES_NO),
        Fact("biological_material", say("Biological material"), "choice", YES_NO),
        Fact("same_day", say("Same-day utility model"), "choice", YES_NO),
        Fact("priority_restoration", say("Restoration of priority"), "choice", YES_NO),
        Fact("deferral_months", say("Months of delay asked for"), "number"),
        Fact(
            "delay_days",
            say("Days of reasonable and own delay"),
            "number",
            tip=say("Deducted from the estimate of the term's compensation."),
        ),
        Fact(
            "compensation_days",
            say("Days of compensation"),
            "number",
            tip=say("Added to the term; recorded decisions of the office give it."),
        ),
    )


def fact_named(name: str) -> Fact | None:
    """The fact of this name."""
    return next((f for f in facts() if f.name == name), None)


def facts_for(office: str, right: str, law: Law) -> Iterator[Fact]:
    """The facts that the rules for such a matter read."""
    read: set[str] = set()
    for rule in law.for_matter(office, right):
        read |= {c.name for c in rule.conditions if c.is_fact} | {rule.period_fact}
        if rule.lengthened:
            read.add("compensation_days")
        if rule.estimate == "grant":
            read.add("delay_days")
    for fact in facts():
        if right in fact.rights or (not fact.rights and fact.name in read):
            yield fact


def fact_value(fact: Fact, text: str) -> Any:
    """A value from a word of the command line or of a form; None for nothing. Raises Refused."""
    word = text.strip()
    if not word:
        return None
    if fact.kind == "number":
        if word.isdigit():
            return int(word)
        raise Refused(say("{fact} is a whole number.", fact=fact.caption))
    if fact.kind == "office":
        found = "IB" if word.upper() == "IB" else office_of(word)
        if found:
            return found
        raise Refused(say("This office is not known. Type its two letters, e.g. CN."))
    for value, words in fact.options:
        plain = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else ""
        if word.casefold() in (str(value).casefold(), str(words).casefold(), plain):
            return value
    known = ", ".join(
        {True: "yes", False: "no"}[v] if isinstance(v, bool) else str(v) for v, _ in fact.options
    )
    raise Refused(say("{fact} is one of: {known}.", fact=fact.caption, known=known))


def set_facts(
    database: Database, docket: Docket, matter_id: int, values: Mapping[str, Any]
) -> Change:
    """Keep facts (None takes one away); everything that depends on them is computed again."""
    with database.write(say("Changed the facts of a matter")) as writer:
        m = matter.c
        row = writer.connection.execute(
            select(m.reference, m.facts).where(m.id == matter_id)
        ).first()
        if row is None:
            raise IpdeskError(say("This matter is gone; somebody deleted it."))
        kept = {**(row.facts or {}), **values}
        writer.tell(say("Changed {reference}", reference=row.reference))
        writer.update(
            matter, matter_id, {"facts": {k: v for k, v in kept.items() if v is not None}}
        )
        refresh(writer, [matter_id], docket)
        topics = (Topic.MATTERS, Topic.DEADLINES)
        return Change.of(*topics, matters=(matter_id,), action=writer.action)
