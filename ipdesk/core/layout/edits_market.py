"""Writing markets and evidence: launches, disclosures, searches, words on cells, risks, staff."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, and_, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.base.text import clean, fold
from ipdesk.core.layout.cells import Place, SearchFields
from ipdesk.core.layout.edits import of_layout
from ipdesk.core.layout.model import DisclosureFields
from ipdesk.core.layout.words import DISCLOSURE_LABELS, LAUNCH_LABELS, Foreign, Ground, Word
from ipdesk.core.portfolio.offices import codes, office_of
from ipdesk.store.database import Database
from ipdesk.store.schema.layout import (
    accepted_risk,
    cell_word,
    disclosure,
    foreign_decision,
    launch,
    layout_search,
    searched_cell,
    staff_year,
)
from ipdesk.store.schema.portfolio import matter, product

_TOPICS = (Topic.DEADLINES,)


# -- launches and disclosures ---------------------------------------------------------------------
def product_named(connection: Connection, name: str) -> int:
    """A product by name (in either language) or code. Raises IpdeskError with the names."""
    p = product.c
    rows = connection.execute(select(p.id, p.name, p.name_zh, p.code).order_by(p.name)).all()
    wanted = fold(name)
    for row in rows:
        if wanted and wanted in {fold(n) for n in row[1:] if n}:
            return int(row.id)
    names = ", ".join(r.name for r in rows) or "–"
    raise IpdeskError(say("There is no product {name}. Known: {names}.", name=name, names=names))


def set_launch(
    database: Database,
    product_id: int,
    office: str,
    day: date,
    kind: str = "launch",
    note: str = "",
) -> Change:
    """When a product comes to a market; a date that is there moves. Raises IpdeskError."""
    office = office_coded(office)
    if kind not in LAUNCH_LABELS:
        raise IpdeskError(say("“{kind}” is no kind of launch.", kind=kind))
    with database.write(say("Set a launch")) as writer:
        name = writer.connection.execute(
            select(product.c.name).where(product.c.id == product_id)
        ).scalar()
        if name is None:
            raise IpdeskError(say("This product is gone; somebody deleted it."))
        n = launch.c
        known = select(n.id).where(n.product_id == product_id, n.office == office, n.kind == kind)
        found = writer.connection.execute(known).scalar()
        if found is None:
            values = {"product_id": product_id, "office": office, "kind": kind}
            writer.insert(launch, {**values, "date": day, "note": note})
        else:
            writer.update(launch, found, {"date": day, **({"note": note} if note else {})})
        writer.tell(say("Launch of {name} in {office}: {day}", name=name, office=office, day=day))
        return of_layout(writer, *_TOPICS)


def delete_launch(database: Database, launch_id: int) -> Change:
    """Take a market out of the plan."""
    with database.write(say("Deleted a launch")) as writer:
        writer.delete(launch, [launch_id])
        return of_layout(writer, *_TOPICS)


def add_disclosure(database: Database, fields: DisclosureFields) -> tuple[int, Change]:
    """An exhibition, paper, sale or tender. Raises IpdeskError when it discloses nothing."""
    _refuse_disclosure(fields)
    with database.write(say("Recorded a disclosure")) as writer:
        return writer.insert(disclosure, _values(fields)), of_layout(writer, *_TOPICS)


def change_disclosure(database: Database, disclosure_id: int, fields: DisclosureFields) -> Change:
    """Correct, move or cancel a disclosure."""
    _refuse_disclosure(fields)
    with database.write(say("Changed a disclosure")) as writer:
        writer.update(disclosure, disclosure_id, _values(fields))
        return of_layout(writer, *_TOPICS)


def delete_disclosure(database: Database, disclosure_id: int) -> Change:
    """Remove a disclosure that never was; a cancelled one is better kept and marked so."""
    with database.write(say("Deleted a disclosure")) as writer:
        writer.delete(disclosure, [disclosure_id])
        return of_layout(writer, *_TOPICS)


def _refuse_disclosure(fields: DisclosureFields) -> None:
    if fields.product_id is None and fields.technology_id is None:
        raise IpdeskError(say("Say which product or technology it discloses."))
    if fields.kind not in DISCLOSURE_LABELS:
        raise IpdeskError(say("“{kind}” is no kind of disclosure.", kind=fields.kind))
    if fields.ground and fields.ground not in frozenset(Ground):
        raise IpdeskError(say("“{ground}” excuses nothing.", ground=fields.ground))


def _values(fields: DisclosureFields) -> dict[str, object]:
    names = ("kind date product_id technology_id ground confidential cancelled note place").split()
    office = office_coded(fields.office) if fields.office else ""
    values = {name: getattr(fields, name) for name in names}
    return values | {"title": clean(fields.title), "office": office}


def office_coded(text: str) -> str:
    """The code that was meant. Raises IpdeskError for an office that nobody knows."""
    code = text.strip().upper()
    found = code if code in codes() else office_of(text)
    if found is None:
        raise IpdeskError(
            say("“{office}” is no office. Write its two letters, e.g. CN, US, EP.", office=text)
        )
    return found


# -- cells ----------------------------------------------------------------------------------------
def record_search(database: Database, fields: SearchFields) -> tuple[int, Change]:
    """A search and all cells that it covers. Raises IpdeskError without a query or a cell."""
    if not fields.query.strip() or not fields.database.strip():
        raise IpdeskError(say("Name the database and the query, so that others can repeat it."))
    if not fields.places:
        raise IpdeskError(say("Choose the cells that the search covers."))
    with database.write(say("Recorded a search of {n} cells", n=len(fields.places))) as writer:
        search = writer.insert(
            layout_search,
            {
                "searched_on": fields.on,
                "searched_by": fields.by or writer.by,
                "database": clean(fields.database),
                "query": fields.query.strip(),
                "numbers": [clean(n) for n in fields.numbers if n.strip()],
                "watch_id": fields.watch_id,
                "note": fields.note,
            },
        )
        places = dict.fromkeys(fields.places)
        rows = [{"search_id": search, **place.columns()} for place in places]
        writer.insert_many(searched_cell, rows)
        return search, of_layout(writer)


def delete_search(database: Database, search_id: int) -> Change:
    """Remove a search; its cells are unchecked again unless another one covers them."""
    with database.write(say("Deleted a search")) as writer:
        writer.delete(layout_search, [search_id])
        return of_layout(writer)


def say_of_cells(
    database: Database, places: Sequence[Place], word: str, reason: str, today: date
) -> Change:
    """What is thought of cells (not needed, wanted, crowded); an empty word takes it back."""
    if word and word not in frozenset(Word):
        raise IpdeskError(say("“{word}” says nothing of a cell.", word=word))
    if word == Word.NOT_NEEDED and not reason.strip():
        raise IpdeskError(say("Say in one line why nothing is needed there."))
    with database.write(say("Marked {n} cells", n=len(places))) as writer:
        for place in places:
            columns = place.columns()
            same = and_(*(cell_word.c[k].is_not_distinct_from(v) for k, v in columns.items()))
            old = writer.connection.execute(select(cell_word.c.id).where(same)).scalars()
            writer.delete(cell_word, list(old))
            if word:
                said = {"word": word, "reason": reason.strip(), "by": writer.by, "on": today}
                writer.insert(cell_word, {**columns, **said})
        return of_layout(writer)


# -- risks, decisions, staff ----------------------------------------------------------------------
def accept_risk(
    database: Database,
    product_id: int,
    office: str,
    reason: str,
    by: str,
    today: date,
    until: date | None = None,
) -> Change:
    """Go without a right in a market. Raises IpdeskError without a reason and a name."""
    if not reason.strip() or not by.strip():
        raise IpdeskError(say("Say who accepts the risk and why."))
    with database.write(say("Accepted a risk")) as writer:
        values = {"reason": reason.strip(), "by": clean(by), "on": today, "until": until}
        a = accepted_risk.c
        known = select(a.id).where(a.product_id == product_id, a.office == office_coded(office))
        found = writer.connection.execute(known).scalar()
        if found is None:
            where = {"product_id": product_id, "office": office_coded(office)}
            writer.insert(accepted_risk, {**where, **values})
        else:
            writer.update(accepted_risk, found, values)
        return of_layout(writer, *_TOPICS)


def withdraw_risk(database: Database, risk_id: int) -> Change:
    """The risk is not accepted any more; the gap shows again."""
    with database.write(say("Withdrew an accepted risk")) as writer:
        writer.delete(accepted_risk, [risk_id])
        return of_layout(writer, *_TOPICS)


def decide_foreign(
    database: Database,
    matter_id: int,
    decision: str,
    reason: str,
    today: date,
    offices: Sequence[str] = (),
) -> Change:
    """What comes of a first filing before its priority year ends. Raises IpdeskError."""
    if decision not in frozenset(Foreign):
        raise IpdeskError(say("“{decision}” is no decision on filing abroad.", decision=decision))
    if decision == Foreign.NONE and not reason.strip():
        raise IpdeskError(say("Say in one line why it is not filed abroad."))
    with database.write(say("Decided on filing abroad")) as writer:
        found = select(matter.c.reference).where(matter.c.id == matter_id)
        reference = writer.connection.execute(found).scalar()
        if reference is None:
            raise IpdeskError(say("This matter is gone; somebody deleted it."))
        writer.tell(say("Decided on filing {reference} abroad", reference=reference))
        old = select(foreign_decision.c.id).where(foreign_decision.c.matter_id == matter_id)
        writer.delete(foreign_decision, list(writer.connection.execute(old).scalars()))
        writer.insert(
            foreign_decision,
            {
                "matter_id": matter_id,
                "decision": decision,
                "offices": [office_coded(o) for o in offices],
                "reason": reason.strip(),
                "by": writer.by,
                "on": today,
            },
        )
        return of_layout(writer, *_TOPICS, Topic.MATTERS, matters=(matter_id,))


def set_staff(database: Database, year: int, rd_staff: int | None, source: str = "") -> Change:
    """R&D staff of a year; None takes the number away. Raises IpdeskError below zero."""
    if rd_staff is not None and rd_staff < 0:
        raise IpdeskError(say("Staff is a number from 0 on."))
    with database.write(say("Set the R&D staff of {year}", year=str(year))) as writer:
        s = staff_year.c
        found = writer.connection.execute(select(s.id).where(s.year == year)).scalar()
        values = {"rd_staff": rd_staff, "source": source}
        if rd_staff is None:
            writer.delete(staff_year, [found] if found is not None else [])
        elif found is None:
            writer.insert(staff_year, {"year": year, **values})
        else:
            writer.update(staff_year, found, values)
        return of_layout(writer)
