"""Turning plans into work: rows become matters in preparation; inventions become rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.base.text import clean
from ipdesk.core.docket.matters import create_matters
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.layout.costs import total_of
from ipdesk.core.layout.edits import (
    Pricing,
    insert_rows,
    moving,
    note_decision,
    of_layout,
    plan_of_row,
)
from ipdesk.core.layout.model import InventionFields, PlanInfo, PlanRow, Review, RowFields
from ipdesk.core.layout.queries import inventions, plan_row_of
from ipdesk.core.layout.queries_clock import home_office
from ipdesk.core.layout.words import (
    SAME_DAY_PAIR,
    Advice,
    InventionState,
    PlanStatus,
    Role,
    RowStatus,
)
from ipdesk.core.portfolio.model import MatterFields, PersonName, Right, Status
from ipdesk.store.database import Database
from ipdesk.store.schema.layout import (
    invention,
    invention_review,
    matter_application,
    matter_effect,
    plan_row,
    plan_row_matter,
)
from ipdesk.store.schema.portfolio import matter, product, technology
from ipdesk.store.writer import Writer

_ALL = (Topic.MATTERS, Topic.PEOPLE, Topic.DEADLINES, Topic.FEES)


# -- rows become matters --------------------------------------------------------------------------
def approve_rows(
    database: Database, docket: Docket, row_ids: Sequence[int], reason: str = ""
) -> tuple[tuple[int, ...], Change]:
    """A matter in preparation for each row (two for a same-day pair), linked both ways.

    Inventors, technology, product, target month and budget go along. Raises IpdeskError for a
    frozen plan, a row that was dropped, filed or approved before, or one that files nothing.
    """
    with database.write(say("Approved {n} rows of a plan", n=len(row_ids))) as writer:
        made: list[int] = []
        for row_id in row_ids:
            made += approve_row(writer, docket, row_id, reason)
        return tuple(made), of_layout(writer, *_ALL, matters=tuple(made))


def approve_row(writer: Writer, docket: Docket, row_id: int, reason: str = "") -> list[int]:
    """The matters of one row, within another edit."""
    info = moving(writer.connection, plan_of_row(writer.connection, row_id))
    row = plan_row_of(writer.connection, row_id)
    if row is None:
        raise IpdeskError(say("This row is gone; somebody deleted it. Look at the plan again."))
    _refuse_unfit(row)
    today = docket.today
    made: list[int] = []
    for draft in _drafts(writer.connection, info, row):
        if made:  # the utility model of a pair descends from its invention
            draft = replace(draft, parent_id=made[0], parent_kind="same_day")
        made += create_matters(writer, docket, [(draft, ())])
    _link(writer, row, made)
    values = {"status": str(RowStatus.APPROVED), "reviewed_on": today}
    writer.update(plan_row, row_id, values)
    note_decision(writer, info.id, row_id, today, str(RowStatus.APPROVED), reason)
    return made


def _refuse_unfit(row: PlanRow) -> None:
    title = row.fields.title
    if row.matters or row.status == RowStatus.FILED:
        raise IpdeskError(say("{title} was turned into a matter already.", title=title))
    if row.status == RowStatus.DROPPED:
        raise IpdeskError(say("{title} was dropped. Take it up again first.", title=title))
    if row.fields.right == "publication":
        raise IpdeskError(say("{title} is a publication: nothing is filed for it.", title=title))


def _drafts(connection: Connection, info: PlanInfo, row: PlanRow) -> list[MatterFields]:
    """The first filing of a row; further territories follow it within the priority year."""
    fields = row.fields
    home = home_office(connection)
    territories = [t.office for t in fields.territories]
    first = home if not territories or home in territories else territories[0]
    rights = [fields.right]
    facts: dict[str, Any] = {"planned": _planned(info, row)}
    if fields.right == SAME_DAY_PAIR:
        rights = [str(Right.INVENTION), str(Right.UTILITY_MODEL)]
    elif fields.right == Right.PCT:
        first = "WO"
        facts |= {"receiving_office": home}
        if territories:
            facts["targets"] = [o for o in territories if o != "WO"]
    role = "designer" if fields.right == Right.DESIGN else "inventor"
    people = [PersonName(role, name) for name in fields.inventors]
    if fields.agent:
        people.append(PersonName("agency", fields.agent))
    return [
        MatterFields(
            right=right,
            office=first,
            title=fields.title,
            status_reported=str(Status.PREPARATION),  # the first event takes it further
            facts=facts,
            people=tuple(people),
            technologies=_name(connection, technology, fields.technology_id),
            products=_name(connection, product, fields.product_id),
            note=fields.proposal,
        )
        for right in rights
    ]


def _planned(info: PlanInfo, row: PlanRow) -> dict[str, Any]:
    """What the matter remembers of its plan: which, until when, for how much."""
    target = row.fields.target
    return {
        "plan": info.title,
        "row": row.id,
        "target": f"{target:%Y-%m}" if target else None,
        "cost": total_of(row).to_json(),
        "owner": row.fields.owner,
        "territories": [t.office for t in row.fields.territories],
    }


def _name(connection: Connection, table: Any, row_id: int | None) -> tuple[str, ...]:
    if row_id is None:
        return ()
    found = connection.execute(select(table.c.name).where(table.c.id == row_id)).scalar()
    return (str(found),) if found else ()


def _link(writer: Writer, row: PlanRow, matters: Sequence[int]) -> None:
    """Row ↔ matter, and what the cells of the matrices count by."""
    writer.insert_many(plan_row_matter, [{"row_id": row.id, "matter_id": i} for i in matters])
    for table, column, value in (
        (matter_effect, "effect_id", row.fields.effect_id),
        (matter_application, "application_id", row.fields.application_id),
    ):
        if value is None:
            continue
        known = select(table.c.matter_id).where(
            table.c.matter_id.in_(matters), table.c[column] == value
        )
        have = set(writer.connection.execute(known).scalars())
        rows = [{"matter_id": i, column: value} for i in matters if i not in have]
        writer.insert_many(table, rows)


def link_matter(database: Database, row_id: int, matter_id: int) -> Change:
    """Say that an existing matter is what a row planned. Raises IpdeskError when it is gone."""
    with database.write(say("Linked a matter to a plan")) as writer:
        moving(writer.connection, plan_of_row(writer.connection, row_id))
        row = plan_row_of(writer.connection, row_id)
        found = select(matter.c.reference).where(matter.c.id == matter_id)
        reference = writer.connection.execute(found).scalar()
        if row is None or reference is None:
            raise IpdeskError(say("This matter is gone; somebody deleted it."))
        if all(m.id != matter_id for m in row.matters):
            _link(writer, row, [matter_id])
        writer.tell(say("Linked {reference} to a plan", reference=reference))
        return of_layout(writer, Topic.MATTERS, matters=(matter_id,))


def unlink_matter(database: Database, row_id: int, matter_id: int) -> Change:
    """Take the link back; the matter and its cells stay."""
    with database.write(say("Unlinked a matter from a plan")) as writer:
        moving(writer.connection, plan_of_row(writer.connection, row_id))
        link = plan_row_matter.c
        found = select(link.id).where(link.row_id == row_id, link.matter_id == matter_id)
        writer.delete(plan_row_matter, list(writer.connection.execute(found).scalars()))
        return of_layout(writer, Topic.MATTERS, matters=(matter_id,))


# -- inventions -----------------------------------------------------------------------------------
def add_invention(database: Database, fields: InventionFields) -> tuple[int, Change]:
    """An invention disclosure comes in; it gets a number of its year (``D2027-003``)."""
    _refuse_untitled(fields)
    with database.write(say("Received the invention {title}", title=fields.title)) as writer:
        code = _next_code(writer.connection, fields.received_on.year)
        values = {**_invention_values(fields), "code": code, "state": str(InventionState.NEW)}
        return writer.insert(invention, values), of_layout(writer)


def change_invention(database: Database, invention_id: int, fields: InventionFields) -> Change:
    """Correct what the inventor handed in."""
    _refuse_untitled(fields)
    with database.write(say("Changed the invention {title}", title=fields.title)) as writer:
        writer.update(invention, invention_id, _invention_values(fields))
        return of_layout(writer)


def review_invention(database: Database, invention_id: int, review: Review) -> Change:
    """What a reviewer says; a new disclosure is under review from then on."""
    with database.write(say("Reviewed an invention")) as writer:
        values = {
            "invention_id": invention_id,
            "on": review.on,
            "by": review.by or writer.by,
            "advice": review.advice,
            "value": review.value,
            "copying": review.copying,
            "detectability": review.detectability,
            "note": review.note,
        }
        writer.insert(invention_review, values)
        state = select(invention.c.state).where(invention.c.id == invention_id)
        if writer.connection.execute(state).scalar() == InventionState.NEW:
            writer.update(invention, invention_id, {"state": str(InventionState.REVIEW)})
        return of_layout(writer)


def decide_invention(
    database: Database,
    invention_id: int,
    decision: str,
    today: date,
    *,
    reason: str = "",
    plan_id: int | None = None,
    pricing: Pricing | None = None,
) -> tuple[int | None, Change]:
    """Decide; what is to be filed, kept secret or published becomes a row of the plan, if given.

    Raises IpdeskError without a reason where nothing is filed, and for an approved plan.
    """
    if decision != Advice.FILE and not reason.strip():
        raise IpdeskError(say("Say in one line why it is not filed."))
    with database.write(say("Decided on an invention")) as writer:
        one = next((i for i in inventions(writer.connection) if i.id == invention_id), None)
        if one is None:
            raise IpdeskError(say("This invention is gone; somebody deleted it."))
        back = decision == Advice.IMPROVE
        writer.update(
            invention,
            invention_id,
            {
                "state": str(InventionState.REVIEW if back else InventionState.DECIDED),
                "decision": decision,
                "reason": reason.strip(),
                "decided_by": writer.by,
                "decided_on": today,
            },
        )
        row_id = None
        if plan_id is not None and decision in (Advice.FILE, Advice.SECRET, Advice.PUBLISH):
            info = moving(writer.connection, plan_id)
            if info.status != PlanStatus.DRAFT:
                raise IpdeskError(
                    say("The plan {name} takes no new rows. Copy it first.", name=info.title)
                )
            fields = _as_row(one.fields, one.id, one.reviews, decision, reason)
            row_id = insert_rows(writer, plan_id, [fields], pricing)[0]
        return row_id, of_layout(writer)


_RIGHT = {Advice.SECRET: "trade_secret", Advice.PUBLISH: "publication"}
_ROLE = {Advice.SECRET: Role.SECRET, Advice.PUBLISH: Role.PUBLICATION}


def _as_row(
    given: InventionFields,
    invention_id: int,
    reviews: Sequence[Review],
    decision: str,
    reason: str,
) -> RowFields:
    """The row of an invention, with what the last reviewer judged."""
    judged = next((r for r in reversed(reviews) if r.value is not None), None)
    choice = Advice(decision)
    return RowFields(
        title=given.title,
        technology_id=given.technology_id,
        effect_id=given.effect_id,
        application_id=given.application_id,
        product_id=given.product_id,
        gap=given.problem,
        proposal=given.solution,
        role=str(_ROLE.get(choice, Role.CORE)),
        role_reason=reason if choice is not Advice.FILE else "",
        right=_RIGHT.get(choice, str(Right.INVENTION)),
        right_reason=reason,
        inventors=given.inventors,
        value=judged.value if judged else None,
        copying=judged.copying if judged else None,
        detectability=judged.detectability if judged else None,
        status=str(RowStatus.SEARCH if choice is Advice.FILE else RowStatus.APPROVED),
        invention_id=invention_id,
    )


def _refuse_untitled(fields: InventionFields) -> None:
    if not fields.title.strip():
        raise IpdeskError(say("An invention needs a title."))


def _next_code(connection: Connection, year: int) -> str:
    stem = f"D{year}-"
    codes = connection.execute(
        select(func.max(invention.c.code)).where(invention.c.code.startswith(stem))
    ).scalar()
    last = str(codes or "")[len(stem) :]
    return f"{stem}{int(last) + 1 if last.isdigit() else 1:03d}"


def _invention_values(fields: InventionFields) -> dict[str, Any]:
    names = (
        "received_on submitted_by problem solution advantage known_art public_on technology_id "
        "effect_id application_id product_id note"
    ).split()
    return {
        **{name: getattr(fields, name) for name in names},
        "title": clean(fields.title),
        "inventors": [clean(n) for n in fields.inventors if n.strip()],
    }
