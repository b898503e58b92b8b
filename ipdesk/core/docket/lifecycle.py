"""Acts that make matters: national phases, divisionals, later filings, pairs, Hong Kong.

Each is one action of the history, so one undo takes it back whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from ipdesk.base.change import Change, Topic
from ipdesk.base.dates import add_months
from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import say, tr
from ipdesk.core.docket.bases import standing_claims
from ipdesk.core.docket.edits import add_events
from ipdesk.core.docket.holdings import as_case, load
from ipdesk.core.docket.matters import create_matters
from ipdesk.core.docket.odd_days import refuse_odd_day
from ipdesk.core.docket.reckoning import DEFAULT_TARGETS, Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.docket.records import EventInput
from ipdesk.core.portfolio.edits import families_of
from ipdesk.core.portfolio.model import (
    MatterDetail,
    MatterFields,
    PersonName,
    PriorityClaim,
    PriorityRow,
    Right,
)
from ipdesk.core.portfolio.queries import matter_detail
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import family, matter
from ipdesk.store.writer import Writer

RE_REGISTRATION = "re_registration"
_ROLLING = timedelta(days=14)  # a last day may be moved so far by closed days
_TOPICS = (Topic.MATTERS, Topic.PEOPLE, Topic.EVENTS, Topic.DEADLINES)


def enter_national_phases(
    database: Database,
    docket: Docket,
    pct_id: int,
    offices: Sequence[str],
    on: date,
    *,
    dropped: Mapping[str, str] | None = None,
) -> tuple[tuple[int, ...], Change]:
    """Make a matter for every chosen office; dropped offices keep their reason on the PCT matter.

    Raises IpdeskError for a matter that is no PCT application, an office entered before, or an
    empty choice.
    """
    with database.write(say("Entered the national phase")) as writer:
        pct = _detail(writer, pct_id)
        if pct.row.right != Right.PCT:
            raise IpdeskError(say("Only a PCT application enters national phases."))
        entered = _children(writer, pct_id)
        again = sorted(set(offices) & set(entered))
        if again:
            raise IpdeskError(say("{office} was entered already.", office=", ".join(again)))
        reasons = {k: v.strip() for k, v in (dropped or {}).items()}
        if not offices and not any(reasons.values()):
            raise IpdeskError(say("Choose at least one office."))
        writer.tell(
            say(
                "{reference} entered {offices}",
                reference=pct.row.reference,
                offices=", ".join(offices) or "–",
            )
        )
        family = _family(writer, pct)
        if offices:
            entry = EventInput("national_entry", on)
            refuse_odd_day(writer.connection, pct_id, entry, docket.today)
        drafts = [(_phase(pct, office, family), _phase_events(pct, on)) for office in offices]
        ids = create_matters(writer, docket, drafts)
        facts = dict(pct.facts)
        facts["dropped"] = {**facts.get("dropped", {}), **reasons}
        watched = facts.get("targets")
        chosen = [*(DEFAULT_TARGETS if watched is None else watched), *offices]
        facts["targets"] = [o for o in dict.fromkeys(chosen) if o not in facts["dropped"]]
        writer.update(matter, pct_id, {"facts": facts})
        return finish(writer, docket, [pct_id], tuple(ids))


def _phase(pct: MatterDetail, office: str, family: str) -> MatterFields:
    row = pct.row
    return replace(
        _copy(pct, f"{row.reference}-{office}"),
        right=str(Right.INVENTION),
        office=office,
        route="pct",
        family_key=family,
        parent_id=row.id,
        parent_kind="national_phase",
        facts={"pct_number": row.application_number},
    )


def _phase_events(pct: MatterDetail, on: date) -> list[EventInput]:
    events = [EventInput("national_entry", on, source="action")]
    if pct.row.filing_date:
        events.insert(0, EventInput("filing", pct.row.filing_date, source="action"))
    return events


def divide(
    database: Database, docket: Docket, parent_id: int, on: date, title: str = ""
) -> tuple[int, Change]:
    """A divisional of the matter: it keeps the parent's filing date and priorities.

    Raises Refused for a day to come, before the parent's filing, or from its grant on.
    """
    with database.write(say("Divided a matter")) as writer:
        parent = _detail(writer, parent_id)
        if parent.row.filing_date is None:
            raise IpdeskError(say("The parent has no filing date yet. Enter it first."))
        writer.tell(say("Divided {reference}", reference=parent.row.reference))
        fields = replace(
            _copy(parent, f"{parent.row.reference}-D"),
            title=title or parent.row.title,
            route="divisional",
            family_key=_family(writer, parent),
            parent_id=parent_id,
            parent_kind="divisional",
            facts={**parent.facts, "divided_on": on.isoformat()},
        )
        filing = EventInput("filing", parent.row.filing_date, source="action")
        divided = EventInput("divisional_filing", on, source="action")
        refuse_odd_day(writer.connection, parent_id, divided, docket.today)
        granted = parent.row.grant_date
        if granted is not None and on >= granted:
            raise Refused(
                say(
                    "{reference} was granted on {day}: no divisional can be filed from that day.",
                    reference=parent.row.reference,
                    day=granted,
                )
            )
        ids = create_matters(writer, docket, [(fields, [filing, divided])])
        made, change = finish(writer, docket, [parent_id], tuple(ids))
        return made[0], change


def claim_priority(
    database: Database, docket: Docket, earlier_id: int, right: str, office: str, filed: date
) -> tuple[int, Change]:
    """A later application that claims the priority of an earlier matter, e.g. PCT or domestic.

    An earlier Chinese application whose priority a later one claims at home is deemed withdrawn
    from that day (Implementing Regulations art. 35(3)); a granted one can give none.
    """
    with database.write(say("Filed with priority")) as writer:
        earlier = _detail(writer, earlier_id)
        if filed > docket.today:
            raise Refused(say("{day} has not come yet; record it when it has happened.", day=filed))
        late = _refuse_priority(earlier, right, office, filed)
        writer.tell(say("Filed with priority of {reference}", reference=earlier.row.reference))
        claim = PriorityClaim(
            earlier.row.application_number, earlier.row.office, earlier.row.filing_date
        )
        fields = replace(
            _copy(earlier, f"{earlier.row.reference}-{'W' if right == Right.PCT else office}"),
            right=right,
            office="WO" if right == Right.PCT else office,
            route=None if right == Right.PCT else "paris",
            priorities=(claim,),
            family_key=_family(writer, earlier),
            parent_id=earlier_id,
            parent_kind="priority",
            facts=({"receiving_office": office} if right == Right.PCT else {})
            | ({"priority_restoration": True} if late else {}),
        )
        filing = EventInput("filing", filed, source="action")
        ids = create_matters(writer, docket, [(fields, [filing])])
        if _is_domestic(earlier, right, office):
            note = tr("Deemed withdrawn: its priority is claimed by a later application.")
            gone = EventInput("withdrawal", filed, source="action", note=note)
            add_events(writer, [(earlier_id, gone)], docket)
        made, change = finish(writer, docket, [earlier_id], tuple(ids))
        return made[0], change


def _is_domestic(earlier: MatterDetail, right: str, office: str) -> bool:
    return earlier.row.office == "CN" == office and right != Right.PCT


def _refuse_priority(earlier: MatterDetail, right: str, office: str, filed: date) -> bool:
    """Refuse what can claim no priority; whether the claim is late and needs a restoration."""
    row = earlier.row
    if row.filing_date is None:
        raise IpdeskError(say("The earlier matter has no filing date yet. Enter it first."))
    if filed < row.filing_date:
        raise IpdeskError(say("The later filing cannot lie before the earlier one."))
    if _is_domestic(earlier, right, office) and row.grant_date and row.grant_date <= filed:
        raise Refused(
            say("{reference} was granted: it gives no domestic priority.", reference=row.reference)
        )
    months = 6 if Right.DESIGN in (row.right, right) else 12
    last = add_months(row.filing_date, months)
    if filed > add_months(last, 2) + _ROLLING or (months == 6 and filed > last + _ROLLING):
        raise Refused(
            say(
                "The priority period ended on {last}, and so did the time to restore it: no "
                "priority can be claimed.",
                last=last,
            )
        )
    return filed > last + _ROLLING


def same_day_pair(
    database: Database, docket: Docket, invention_id: int, *, stated: bool = True
) -> tuple[int, Change]:
    """The utility model filed in China on the day of an invention; stated in both, linked.

    Without the statement in both requests the pair cannot be kept (Implementing Regulations
    art. 47(2)): Refused.
    """
    if not stated:
        raise Refused(
            say(
                "Both requests must carry the statement on the day of filing; without it the "
                "invention is refused beside a utility model of the same content."
            )
        )
    with database.write(say("Filed a same-day utility model")) as writer:
        first = _detail(writer, invention_id)
        row = first.row
        if row.right != Right.INVENTION or row.office != "CN" or row.filing_date is None:
            raise IpdeskError(
                say("The same-day pair starts from a Chinese invention with a filing date.")
            )
        writer.tell(say("Same-day utility model of {reference}", reference=row.reference))
        fields = replace(
            _copy(first, f"{row.reference}-U"),
            right=str(Right.UTILITY_MODEL),
            route=first.route,
            family_key=_family(writer, first),
            parent_id=invention_id,
            parent_kind="same_day",
            facts={"same_day_of": row.reference, "same_day": True},
        )
        filing = EventInput("filing", row.filing_date, source="action")
        ids = create_matters(writer, docket, [(fields, [filing])])
        writer.update(matter, invention_id, {"facts": {**first.facts, "same_day": True}})
        made, change = finish(writer, docket, [invention_id], tuple(ids))
        return made[0], change


def re_register(database: Database, docket: Docket, designated_id: int) -> tuple[int, Change]:
    """A standard patent (R) in Hong Kong from a published application in China, the EPO or the UK.

    The new matter hears of the publication and, where it happened, of the grant.
    """
    with database.write(say("Re-registration in Hong Kong")) as writer:
        first = _detail(writer, designated_id)
        row = first.row
        if row.office not in ("CN", "EP", "GB") or row.right != Right.INVENTION:
            raise IpdeskError(
                say("Hong Kong re-registers patents of China, the EPO and the United Kingdom only.")
            )
        if row.publication_date is None:
            raise IpdeskError(say("The application is not published yet. Enter the day first."))
        writer.tell(say("Re-registration of {reference} in Hong Kong", reference=row.reference))
        fields = replace(
            _copy(first, f"{row.reference}-HK"),
            right=str(Right.STANDARD_PATENT_R),
            office="HK",
            route=None,
            family_key=_family(writer, first),
            parent_id=designated_id,
            parent_kind=RE_REGISTRATION,
        )
        events = [
            EventInput("filing", row.filing_date, source="action") if row.filing_date else None,
            EventInput(
                "designated_publication", row.publication_date, office=row.office, source="action"
            ),
            EventInput("designated_grant", row.grant_date, office=row.office, source="action")
            if row.grant_date
            else None,
        ]
        ids = create_matters(writer, docket, [(fields, [e for e in events if e is not None])])
        made, change = finish(writer, docket, [designated_id], tuple(ids))
        return made[0], change


def finish(
    writer: Writer, docket: Docket, touched: Sequence[int], made: tuple[int, ...]
) -> tuple[tuple[int, ...], Change]:
    """Recompute what was touched and its parents; the new matters are computed already."""
    parents = writer.connection.execute(
        select(matter.c.parent_id).where(matter.c.id.in_(touched), matter.c.parent_id.is_not(None))
    ).scalars()
    everyone = list(dict.fromkeys([*touched, *parents]))
    refresh(writer, everyone, docket)
    write_search(writer, everyone)
    return made, Change.of(*_TOPICS, matters=(*everyone, *made), action=writer.action)


def _detail(writer: Writer, matter_id: int) -> MatterDetail:
    found = matter_detail(writer.connection, matter_id)
    if found is None:
        raise IpdeskError(say("This matter is gone; somebody deleted it."))
    known = {claim.date for claim in found.priorities}
    standing = standing_claims(as_case(load(writer.connection, [matter_id])[0]))
    claims = [PriorityRow(0, 0, "", "", day, None) for day in sorted(standing - known)]
    kept = [p for p in found.priorities if p.date is None or p.date in standing]
    return replace(found, priorities=(*kept, *claims))


def _children(writer: Writer, pct_id: int) -> list[str]:
    statement = select(matter.c.office).where(
        matter.c.parent_id == pct_id, matter.c.parent_kind == "national_phase"
    )
    return list(writer.connection.execute(statement).scalars())


def _family(writer: Writer, detail: MatterDetail) -> str:
    """The key of the matter's family; one is founded when it has none."""
    m = matter.c
    known = writer.connection.execute(select(m.family_id).where(m.id == detail.row.id)).scalar()
    if known is not None:
        key = writer.connection.execute(select(family.c.key).where(family.c.id == known)).scalar()
        if key:
            return str(key)
        writer.update(family, int(known), {"key": f"F-{detail.row.reference}"})
        return f"F-{detail.row.reference}"
    founded = f"F-{detail.row.reference}"
    ids = families_of(writer, [founded])
    writer.update(matter, detail.row.id, {"family_id": ids[founded]})
    return founded


def _copy(detail: MatterDetail, reference: str) -> MatterFields:
    """Titles, people, technologies and products of a matter, for one that descends from it."""
    row = detail.row
    return MatterFields(
        right=row.right,
        office=row.office,
        reference=reference,
        route=detail.route,
        title=row.title,
        title_en=row.title_en,
        title_zh=row.title_zh,
        classes=detail.classes,
        abstract=detail.abstract,
        department=detail.department,
        project=detail.project,
        sample=row.sample,
        people=tuple(PersonName(p.role, p.name, p.name_en, p.name_zh) for p in detail.people),
        priorities=tuple(PriorityClaim(p.number, p.office, p.date) for p in detail.priorities),
        technologies=row.technologies,
        products=row.products,
        tags=row.tags,
    )
