"""Carrying out an import: one transaction, one action, one undo; original rows are kept."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from ipdesk.base.bulk import no_collection
from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.events import grant_event
from ipdesk.core.docket.following import follow, references_of, standing
from ipdesk.core.docket.matters import MatterEdit, apply_edit, create_matters, set_date
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.docket.records import EventInput
from ipdesk.core.intake.holdings import FACTS, ROLES, holdings_for
from ipdesk.core.intake.model import ReadResult
from ipdesk.core.intake.plan import Entry, Plan, Verdict, plan
from ipdesk.core.intake.records import summary_of
from ipdesk.core.intake.remembered import SavedMapping
from ipdesk.core.intake.wishes import NO_WISHES, Wishes, row_key
from ipdesk.core.portfolio.edits import families_of
from ipdesk.core.portfolio.european import european_key
from ipdesk.core.portfolio.model import MatterFields, PersonName, PriorityClaim
from ipdesk.core.portfolio.numbers import matter_keys
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.database import Database
from ipdesk.store.paging import chunks
from ipdesk.store.schema.intake import import_batch, import_row, saved_mapping
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

Progress = Callable[[float, float], None]

_VALUES = (
    "reference right office route title title_en title_zh application_number publication_number "
    "grant_number goods abstract claims registrar version department project note"
).split()
_DATES = ("filing_date", "publication_date", "grant_date", "expiry_date")
_STATES = {"filing_date": "filing", "priorities": "priority", "priority_date": "priority"}
_WAYS = {"status": "status_text", "reported_status": "status_reported"}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    batch: int
    change: Change
    summary: dict[str, Any]
    matters: tuple[int, ...]
    reached: tuple[str, ...] = ()  # references of others that corrected dates reached


def prepare(connection: Connection, result: ReadResult) -> Plan:
    """The preview: what each row of the file would do to the portfolio as it stands."""
    return plan(result.drafts, holdings_for(connection, result.drafts))


def carry_out(
    database: Database,
    docket: Docket,
    result: ReadResult,
    preview: Plan,
    *,
    chosen: Collection[int] | None = None,
    wishes: Wishes = NO_WISHES,
    said: Sequence[SavedMapping] = (),
    progress: Progress | None = None,
) -> Imported:
    """Write the chosen entries (places in ``preview.entries``; all by default) in one transaction.

    *wishes* say which changes are taken and which families hold; *said* are meanings of columns
    that the user set, remembered for the next list. *progress* hears (done, total) and may raise
    Cancelled, which writes nothing. Raises IpdeskError when the portfolio changed since the
    preview was made.
    """
    with no_collection(), database.write(say("Imported {file}", file=result.file)) as writer:
        _still_true(writer.connection, result, preview)
        wanted = [
            entry
            for place, entry in enumerate(preview.entries)
            if chosen is None or place in chosen
        ]
        new = [e for e in wanted if e.verdict is Verdict.NEW]
        changed = [e for e in wanted if e.verdict is Verdict.CHANGED]
        batch = _batch(writer, result)
        total = len(new) + len(changed)
        told = (lambda done: progress(done, total)) if progress else None
        if progress:
            progress(0, total)
        drafts = (new_matter(e, docket, wishes) for e in new)
        ids = create_matters(writer, docket, drafts, expected=len(new), progress=told)
        before = standing(writer.connection, [e.holding for e in changed if e.holding is not None])
        change_matters(writer, docket, changed, wishes)
        reached = follow(writer, docket, before, stated=stated_in(preview))
        places = {id(e): i for e, i in zip(new, ids, strict=True)}
        places.update({id(e): e.holding for e in wanted if e.holding is not None})
        _keep_rows(writer, batch, result, preview.entries, places)
        touched = [*ids, *before.ids]
        names = references_of(writer.connection, reached)
        _link_phases(writer, docket)
        remember(writer, said)
        summary = {**summary_of(result, preview, batch), "reached": list(names)}
        kept = {k: v for k, v in summary.items() if k != "problems"}
        kept |= {"taken_new": len(new), "taken_changed": len(changed)}
        writer.update(import_batch, batch, {"summary": kept, "action_id": writer.action})
        writer.tell(
            say(
                "Imported {file}: {new} new, {changed} changed",
                file=result.file,
                new=len(new),
                changed=len(changed),
            )
        )
        told_of = (*touched, *reached)[:1000]
        change = Change.of(*Topic, matters=told_of, action=writer.action)
        return Imported(batch, change, summary, tuple(touched), names)


def _still_true(connection: Connection, result: ReadResult, preview: Plan) -> None:
    """Compare again inside the transaction: another window may have written meanwhile."""
    if connection.execute(select(matter.c.id).limit(1)).first() is None:
        same = all(e.holding is None for e in preview.entries)
    else:
        now = prepare(connection, result)
        same = [_judged(e) for e in now.entries] == [_judged(e) for e in preview.entries]
    if not same:
        raise IpdeskError(
            say("The portfolio changed since this preview was made. Look at the preview again.")
        )


def _judged(entry: Entry) -> tuple[Any, ...]:
    return (entry.verdict, entry.holding, tuple((d.field, d.old) for d in entry.differences))


def _batch(writer: Writer, result: ReadResult) -> int:
    return writer.insert(
        import_batch,
        {
            "file": result.file,
            "sha256": result.sha256,
            "format": result.format,
            "kind": "matters",
            "at": datetime.now(UTC).replace(tzinfo=None),
            "action_id": writer.action,
            "summary": {},
        },
    )


# -- mappings that are remembered -----------------------------------------------------------------
def remember(writer: Writer, said: Iterable[SavedMapping]) -> None:
    """Keep what columns mean, one mapping for each header row."""
    s = saved_mapping.c
    for one in said:
        if not one.headers:
            continue
        values = {"headers": one.headers, "source": one.source, "mapping": one.to_json()}
        known = writer.connection.execute(select(saved_mapping).where(s.headers == one.headers))
        old = known.first()
        if old is None:
            writer.insert(saved_mapping, values)
        elif (old.mapping["fields"], old.source) != (one.to_json()["fields"], one.source):
            writer.update(saved_mapping, old.id, values)


def forget_mapping(database: Database, headers: str) -> Change:
    """The next list with this header row is read by its words again."""
    with database.write(say("Forgot what the columns of a list mean")) as writer:
        s = saved_mapping.c
        found = writer.connection.execute(select(s.id).where(s.headers == headers)).scalars().all()
        writer.delete(saved_mapping, found)
        return Change.of(Topic.IMPORTS, action=writer.action)


# -- new matters ----------------------------------------------------------------------------------
def new_matter(
    entry: Entry, docket: Docket, wishes: Wishes = NO_WISHES
) -> tuple[MatterFields, list[EventInput]]:
    """The matter that a new entry becomes, and its days."""
    fields = entry.proposal.fields
    people = [
        PersonName(role, name) for field, role in ROLES.items() for name in fields.get(field, ())
    ]
    if fields.get("responsible"):
        people.append(PersonName("responsible", fields["responsible"]))
    made = MatterFields(
        **({"right": "", "office": ""} | {n: fields[n] for n in _VALUES if fields.get(n)}),
        status_text=fields.get("status", ""),
        status_reported=fields.get("reported_status"),
        family_key=wishes.family(entry),
        facts=_facts({}, fields, docket.today),
        classes=tuple(fields.get("classes", ())),
        people=tuple(people),
        priorities=_claims(fields),
        technologies=tuple(fields.get("technologies", ())),
        products=tuple(fields.get("products", ())),
        tags=tuple(fields.get("tags", ())),
    )
    return made, _events(entry)


def _facts(old: dict[str, Any], fields: Any, today: date) -> dict[str, Any]:
    facts = dict(old)
    for field, fact in FACTS.items():
        value = fields.get(field)
        if value:
            facts[fact] = value.isoformat() if isinstance(value, date) else value
    if fields.get("reported_status"):
        facts["reported_on"] = today.isoformat()
    return facts


def _claims(fields: Any) -> tuple[PriorityClaim, ...]:
    """The claims of the list, or its earliest priority date alone."""
    claims = tuple(
        PriorityClaim(c.number, c.office, c.date, c.key) for c in fields.get("priorities", ())
    )
    day, filed = fields.get("priority_date"), fields.get("filing_date")
    if day and (filed is None or day < filed) and all(c.date != day for c in claims):
        claims = (*claims, PriorityClaim(date=day))
    return claims


def _event_type(field: str, right: str) -> str:
    if field == "grant_date":
        return grant_event(right)
    return field.removesuffix("_date")


def _events(entry: Entry) -> list[EventInput]:
    fields = entry.proposal.fields
    days: dict[str, date] = {}
    for field in _DATES:
        if fields.get(field):
            days[_event_type(field, entry.proposal.right)] = fields[field]
    events = [EventInput(kind, day, source="import") for kind, day in days.items()]
    for given in entry.proposal.events:
        if given.type not in days:
            events.append(EventInput(given.type, given.date, source="import"))
    return events


def stated_in(preview: Plan) -> dict[int, frozenset[str]]:
    """Matter → the events whose day the list tells of the matter itself."""
    found = {}
    for entry in preview.entries:
        told = {kind for field, kind in _STATES.items() if field in entry.proposal.fields}
        if entry.holding is not None and told:
            found[entry.holding] = frozenset(told)
    return found


# -- changed matters ------------------------------------------------------------------------------
def change_matters(
    writer: Writer, docket: Docket, entries: Sequence[Entry], wishes: Wishes
) -> None:
    """Write what these entries tell otherwise, as far as it is wished; dates follow."""
    touched = []
    for entry in entries:
        if entry.holding is None:
            continue
        fields = {d.field: d.new for d in entry.differences if wishes.takes(entry, d.field)}
        if row_key(entry) in wishes.families:
            fields["family_key"] = wishes.family(entry)
        if fields:
            _change_one(writer, docket, entry, entry.holding, fields)
            touched.append(entry.holding)
    refresh(writer, touched, docket)
    write_search(writer, touched)


def _change_one(
    writer: Writer, docket: Docket, entry: Entry, matter_id: int, fields: dict[str, Any]
) -> None:
    claims = None
    if "priorities" in fields or "priority_date" in fields:
        claims = _claims(entry.proposal.fields)
    put_fields(writer, docket, matter_id, entry.proposal.right, fields, claims)


def put_fields(
    writer: Writer,
    docket: Docket,
    matter_id: int,
    right: str,
    fields: Mapping[str, Any],
    claims: Sequence[PriorityClaim] | None = None,
    *,
    source: str = "import",
) -> None:
    """Write fields in the words of an import; ``refresh`` and ``write_search`` are the caller's.

    Days become events from *source*; *claims* are all priorities of the matter from now on.
    """
    values = {name: fields[name] for name in _VALUES if name in fields}
    values |= {column: fields[name] for name, column in _WAYS.items() if name in fields}
    if "classes" in fields:
        values["classes"] = list(fields["classes"])
    if any(f in fields for f in (*FACTS, "reported_status")):
        old = writer.connection.execute(
            select(matter.c.facts).where(matter.c.id == matter_id)
        ).scalar_one()
        values["facts"] = _facts(dict(old or {}), fields, docket.today)
    if fields.get("family_key"):
        values["family_id"] = families_of(writer, [fields["family_key"]])[fields["family_key"]]
    elif "family_key" in fields:
        values["family_id"] = None
    people = {
        role: [PersonName(role, n) for n in fields[field]]
        for field, role in ROLES.items()
        if field in fields
    }
    if "responsible" in fields:
        people["responsible"] = [PersonName("responsible", fields["responsible"])]
    edit = MatterEdit(
        values=values,
        people=people,
        priorities=claims,
        technologies=fields.get("technologies"),
        products=fields.get("products"),
        tags=fields.get("tags"),
    )
    apply_edit(writer, docket, matter_id, edit)
    for field in _DATES:
        if field in fields:
            set_date(
                writer, docket, matter_id, _event_type(field, right), fields[field], source=source
            )


# -- what stays beside ----------------------------------------------------------------------------
def _keep_rows(
    writer: Writer,
    batch: int,
    result: ReadResult,
    entries: Sequence[Entry],
    places: dict[int, Any],
) -> None:
    drafts = [(entry, draft) for entry in entries for draft in entry.proposal.drafts]
    for part in chunks(drafts, 2_000):
        cells = result.raw_cells([draft for _, draft in part])
        rows = [
            (
                batch,
                draft.sheet,
                draft.row,
                row,
                entry.verdict.value,
                places.get(id(entry)),
            )
            for (entry, draft), row in zip(part, cells, strict=True)
        ]
        writer.insert_columns(import_row, _ROW, list(zip(*rows, strict=True)))


_ROW = ("batch_id", "sheet", "line", "cells", "verdict", "matter_id")


def _link_phases(writer: Writer, docket: Docket) -> None:
    """Phases and parts find their application by its number, in either order of arrival."""
    m = matter.c
    among = or_(m.right == "pct", m.office == "EP")
    found = select(m.application_key, m.id).where(among, m.application_key.is_not(None))
    applications: dict[str, int] = {
        row.application_key: row.id for row in writer.connection.execute(found)
    }
    if not applications:
        return
    waiting = select(m.id, m.facts, m.application_key).where(
        m.parent_id.is_(None), m.right != "pct"
    )
    changes, parents = [], set()
    for matter_id, facts, own in writer.connection.execute(waiting):
        number = (facts or {}).get("pct_number")
        key = matter_keys("WO", "pct", number, "", "")[0] if number else None
        european = european_key(own) if own else ""
        for wanted, kind in ((european, "validation"), (key, "national_phase")):
            if wanted in applications:
                values = {"parent_id": applications[wanted], "parent_kind": kind}
                changes.append((matter_id, values))
                parents.add(applications[wanted])
                break
    writer.update_many(matter, changes)
    refresh(writer, sorted(parents), docket)
