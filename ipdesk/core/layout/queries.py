"""Reading plans: versions, rows and what they became, budgets, decisions, inventions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.core.layout.model import (
    Budget,
    CostLine,
    Decision,
    Invention,
    InventionFields,
    LinkedMatter,
    PlanInfo,
    PlanRow,
    Review,
    RowFields,
    Target,
)
from ipdesk.store.paging import chunks
from ipdesk.store.schema.layout import (
    application,
    effect,
    invention,
    invention_review,
    layout_plan,
    plan_budget,
    plan_decision,
    plan_row,
    plan_row_matter,
)
from ipdesk.store.schema.portfolio import matter, product, technology

_ROW_FIELDS = (
    "title technology_id effect_id application_id product_id office gap proposal role role_reason "
    "right right_reason owner agent agent_currency value copying detectability target status "
    "reason reviewed_on invention_id note"
).split()
_INVENTION_FIELDS = (
    "title received_on submitted_by problem solution advantage known_art public_on technology_id "
    "effect_id application_id product_id note"
).split()


def plans(connection: Connection) -> list[PlanInfo]:
    """All versions of all plans, newest version first within a name."""
    p, r = layout_plan.c, plan_row.c
    filed = _filed_rows()
    counts = (
        select(
            r.plan_id,
            func.count().label("rows"),
            func.sum(case((r.id.in_(filed) | (r.status == "filed"), 1), else_=0)).label("filed"),
        )
        .group_by(r.plan_id)
        .subquery()
    )
    columns = (
        "id name version kind status starts_on ends_on currency owner purpose copied_from_id "
        "made_on approved_on approved_by"
    ).split()
    statement = (
        select(*(p[c] for c in columns), counts.c.rows, counts.c.filed)
        .outerjoin(counts, counts.c.plan_id == p.id)
        .order_by(p.name, p.version.desc())
    )
    found: list[PlanInfo] = []
    seen: set[str] = set()
    for row in connection.execute(statement):
        newest = row.name not in seen
        seen.add(row.name)
        values: dict[str, Any] = {name: getattr(row, name) for name in columns}
        numbers = (int(row.rows or 0), int(row.filed or 0))
        found.append(PlanInfo(**values, rows=numbers[0], filed=numbers[1], newest=newest))
    return found


def _filed_rows() -> Any:
    """Rows of which a matter was filed."""
    return (
        select(plan_row_matter.c.row_id)
        .join(matter, matter.c.id == plan_row_matter.c.matter_id)
        .where(matter.c.filing_date.is_not(None) | matter.c.status.not_in(_UNFILED))
    )


_UNFILED = ("preparation", "unknown")


def plan(connection: Connection, plan_id: int) -> PlanInfo:
    """One version. Raises IpdeskError when it is gone."""
    found = next((p for p in plans(connection) if p.id == plan_id), None)
    if found is None:
        raise IpdeskError(say("This plan is gone; somebody deleted it."))
    return found


def plan_named(connection: Connection, name: str, version: int | None = None) -> PlanInfo:
    """The newest version of that name, or the one asked for, also as ``2027 (v1)``.

    Raises IpdeskError with the known names.
    """
    known = plans(connection)
    wanted = name.strip().casefold()
    for one in known:
        numbered = f"{one.name} (v{one.version})".casefold()
        titled = wanted == numbered and version is None
        named = one.name.casefold() == wanted and (version is None or one.version == version)
        if titled or named:
            return one
    names = ", ".join(dict.fromkeys(p.name for p in known)) or "–"
    raise IpdeskError(say("There is no plan {name}. Known: {names}.", name=name, names=names))


def current_plans(connection: Connection) -> list[PlanInfo]:
    """What the company works by: the newest version of every plan that is not a what-if."""
    return [
        p
        for p in plans(connection)
        if p.newest and p.kind != "what_if" and p.status in ("draft", "approved")
    ]


def plan_at(connection: Connection, today: date) -> PlanInfo | None:
    """The current plan whose period holds the day, else the one that begins last."""
    known = current_plans(connection)
    for one in known:
        if one.starts_on and one.starts_on <= today <= (one.ends_on or date.max):
            return one
    return max(known, key=lambda p: (p.starts_on or date.min, p.id), default=None)


def plan_rows(connection: Connection, plan_ids: Sequence[int]) -> list[PlanRow]:
    """The rows of these plans in their order."""
    found: list[PlanRow] = []
    for part in chunks(list(plan_ids)):
        where = plan_row.c.plan_id.in_(part)
        found += _rows(connection, where)
    return found


def plan_row_of(connection: Connection, row_id: int) -> PlanRow | None:
    """One row; None when it is gone."""
    return next(iter(_rows(connection, plan_row.c.id == row_id)), None)


def rows_of_matter(connection: Connection, matter_id: int) -> list[PlanRow]:
    """The rows that became this matter, newest plan first."""
    mine = select(plan_row_matter.c.row_id).where(plan_row_matter.c.matter_id == matter_id)
    return list(reversed(_rows(connection, plan_row.c.id.in_(mine))))


def _rows(connection: Connection, where: Any) -> list[PlanRow]:
    r = plan_row.c
    statement = (
        select(
            plan_row,
            technology.c.name.label("technology"),
            effect.c.name.label("effect"),
            application.c.name.label("application"),
            product.c.name.label("product"),
        )
        .outerjoin(technology, technology.c.id == r.technology_id)
        .outerjoin(effect, effect.c.id == r.effect_id)
        .outerjoin(application, application.c.id == r.application_id)
        .outerjoin(product, product.c.id == r.product_id)
        .where(where)
        .order_by(r.plan_id, r.ordinal, r.id)
    )
    rows = connection.execute(statement).all()
    linked = _linked(connection, [row.id for row in rows])
    return [_row(row, linked.get(row.id, ())) for row in rows]


def _row(row: Row[Any], matters: Iterable[LinkedMatter]) -> PlanRow:
    values = {name: getattr(row, name) for name in _ROW_FIELDS}
    fields = RowFields(
        **values,
        territories=tuple(Target(t["office"], t.get("reason", "")) for t in row.territories or ()),
        inventors=tuple(row.inventors or ()),
        agent_cost=Decimal(row.agent_cost) if row.agent_cost else None,
    )
    return PlanRow(
        id=row.id,
        plan_id=row.plan_id,
        ordinal=row.ordinal,
        lineage=row.lineage or row.id,
        fields=fields,
        technology=row.technology or "",
        effect=row.effect or "",
        application=row.application or "",
        product=row.product or "",
        estimate=tuple(cost_line(line) for line in row.estimate or ()),
        estimated_on=row.estimated_on,
        matters=tuple(matters),
    )


def cost_line(stored: Mapping[str, Any]) -> CostLine:
    """A line of an estimate as it was stored."""
    amount, official = stored.get("amount"), stored.get("official")
    return CostLine(
        office=stored["office"],
        item=stored["item"],
        label=Bilingual(stored["en"], stored["zh"]),
        amount=None if amount is None else Decimal(amount),
        currency=stored.get("currency", ""),
        percent=int(stored.get("percent", 0)),
        why=tuple(Message.from_json(w) for w in stored.get("why", ())),
        official=None if official is None else Decimal(official),
        right=stored.get("right", ""),
    )


def _linked(connection: Connection, rows: Sequence[int]) -> dict[int, list[LinkedMatter]]:
    found: defaultdict[int, list[LinkedMatter]] = defaultdict(list)
    m = matter.c
    for part in chunks(rows):
        statement = (
            select(
                plan_row_matter.c.row_id,
                m.id,
                m.reference,
                m.right,
                m.office,
                m.status,
                m.filing_date,
                m.grant_date,
            )
            .join(matter, m.id == plan_row_matter.c.matter_id)
            .where(plan_row_matter.c.row_id.in_(part))
            .order_by(plan_row_matter.c.id)
        )
        for row in connection.execute(statement):
            found[row.row_id].append(LinkedMatter(*row[1:]))
    return found


def budget_of(connection: Connection, plan_id: int) -> list[Budget]:
    """The budgets of a plan by quarter; those of a whole quarter first."""
    b = plan_budget.c
    statement = (
        select(b.quarter, b.amount, b.currency, b.right, b.office, b.technology_id)
        .where(b.plan_id == plan_id)
        .order_by(b.quarter, b.right, b.office, b.technology_id, b.currency)
    )
    return [
        Budget(row.quarter, Decimal(row.amount), *row[2:]) for row in connection.execute(statement)
    ]


def decisions_of(connection: Connection, plan_id: int) -> list[Decision]:
    """What was decided on a plan and its rows, newest first."""
    d = plan_decision.c
    statement = (
        select(d.id, d.row_id, d.on, d.by, d.decision, d.reason)
        .where(d.plan_id == plan_id)
        .order_by(d.id.desc())
    )
    return [Decision(*row) for row in connection.execute(statement)]


def inventions(connection: Connection, state: str = "") -> list[Invention]:
    """Invention disclosures, newest first; of one state only where one is given."""
    i = invention.c
    statement = (
        select(invention, technology.c.name.label("technology"), product.c.name.label("product"))
        .outerjoin(technology, technology.c.id == i.technology_id)
        .outerjoin(product, product.c.id == i.product_id)
        .order_by(i.received_on.desc(), i.id.desc())
    )
    if state:
        statement = statement.where(i.state == state)
    rows = connection.execute(statement).all()
    reviews = _reviews(connection)
    in_rows: defaultdict[int, list[int]] = defaultdict(list)
    links = select(plan_row.c.invention_id, plan_row.c.id).where(
        plan_row.c.invention_id.is_not(None)
    )
    for one, row_id in connection.execute(links.order_by(plan_row.c.id)):
        in_rows[one].append(row_id)
    return [
        Invention(
            id=row.id,
            code=row.code,
            fields=InventionFields(
                **{name: getattr(row, name) for name in _INVENTION_FIELDS},
                inventors=tuple(row.inventors or ()),
            ),
            state=row.state,
            decision=row.decision,
            reason=row.reason,
            decided_by=row.decided_by,
            decided_on=row.decided_on,
            technology=row.technology or "",
            product=row.product or "",
            reviews=tuple(reviews[row.id]),
            row_ids=tuple(in_rows[row.id]),
        )
        for row in rows
    ]


def _reviews(connection: Connection) -> defaultdict[int, list[Review]]:
    r = invention_review.c
    statement = select(
        r.invention_id, r.by, r.on, r.advice, r.value, r.copying, r.detectability, r.note
    )
    found: defaultdict[int, list[Review]] = defaultdict(list)
    for row in connection.execute(statement.order_by(r.on, r.id)):
        found[row.invention_id].append(Review(*row[1:]))
    return found
