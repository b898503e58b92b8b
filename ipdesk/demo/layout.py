"""The demonstration's layout plans: effects, markets, searches, two years of plans, inventions."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ipdesk.base.dates import add_months
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.engine import Fees
from ipdesk.core.layout.costs import CostTerms
from ipdesk.core.layout.edits import Pricing, insert_rows
from ipdesk.core.layout.edits_tree import place_matters
from ipdesk.core.layout.edits_work import approve_row
from ipdesk.core.layout.model import RowFields, Target
from ipdesk.core.layout.queries_clock import undecided
from ipdesk.demo import layout_words as words
from ipdesk.demo import words as people
from ipdesk.demo.timeline import work_day
from ipdesk.store.schema import layout as t
from ipdesk.store.schema.portfolio import (
    matter,
    matter_product,
    matter_technology,
    product,
    technology,
)
from ipdesk.store.schema.watch import hit_cell, hit_family
from ipdesk.store.writer import Writer


def fill_layout(writer: Writer, docket: Docket) -> None:
    """Plans of this year and the next on the portfolio that stands; within one action."""
    names = _Names(writer)
    _definitions(writer, names)
    _markets(writer, names, docket.today)
    _place(writer, names)
    _searches(writer, names, docket.today)
    pricing = Pricing(Fees.load(), CostTerms("CN", "85"), docket.today)
    _this_year(writer, names, docket.today, pricing)
    _next_year(writer, names, docket, pricing)
    _inventions(writer, names, docket.today)
    _decisions(writer, docket.today)
    for years, staff in ((3, 18), (2, 26), (1, 41), (0, 55)):
        values = {"year": docket.today.year - years, "rd_staff": staff, "source": "HR"}
        writer.insert(t.staff_year, values)


class _Names:
    """Ids by name of what the portfolio brought, and of effects and fields that are made here."""

    def __init__(self, writer: Writer) -> None:
        name, zh, stage = words.NEW_PRODUCT
        writer.insert(product, {"name": name, "name_zh": zh, "stage": stage})
        self.technology = _ids(writer, technology)
        self.product = _ids(writer, product)
        self.effects = _insert(writer, t.effect, words.EFFECTS)
        self.applications = _insert(writer, t.application, words.APPLICATIONS)


def _ids(writer: Writer, table: Any) -> dict[str, int]:
    rows = writer.connection.execute(select(table.c.name, table.c.id))
    return {name: i for name, i in rows}


def _insert(writer: Writer, table: Any, pairs: tuple[tuple[str, str], ...]) -> list[int]:
    rows = [{"name": en, "name_zh": zh, "ordinal": n} for n, (en, zh) in enumerate(pairs, 1)]
    return list(writer.insert_many(table, rows))


def _definitions(writer: Writer, names: _Names) -> None:
    """What belongs to each technology, and who answers for it."""
    rows = [
        (names.technology[name], {"definition": text, "owner": people.STAFF[who][1]})
        for name, (text, who) in words.DEFINITIONS.items()
    ]
    writer.update_many(technology, rows)


def _markets(writer: Writer, names: _Names, today: date) -> None:
    for name, office, months, kind in words.LAUNCHES:
        day = work_day(add_months(today, months) + timedelta(days=9))
        values = {"product_id": names.product[name], "office": office, "kind": kind}
        writer.insert(t.launch, {**values, "date": day})
    for kind, title, name, node, months, office, place, ground, secret in words.DISCLOSURES:
        writer.insert(
            t.disclosure,
            {
                "kind": kind,
                "title": title,
                "product_id": names.product.get(name),
                "technology_id": names.technology.get(node),
                "date": work_day(add_months(today, months) + timedelta(days=3)),
                "office": office,
                "place": place,
                "ground": ground,
                "confidential": secret,
            },
        )
    writer.insert(
        t.accepted_risk,
        {
            "product_id": names.product[words.RISK[0]],
            "office": words.RISK[1],
            "reason": words.RISK[2],
            "by": people.STAFF[0][1],
            "on": today - timedelta(days=50),
            "until": add_months(today, 18),
        },
    )


def _place(writer: Writer, names: _Names) -> None:
    """Matters stand in the cells that their titles speak of."""
    m = matter.c
    rows = writer.connection.execute(select(m.id, m.title_zh).where(m.title_zh != "")).all()
    for word, effects, field in words.PLACES:
        found = [r.id for r in rows if word in r.title_zh]
        for n in effects:
            place_matters(writer, "effect", found, names.effects[n])
        if field is not None:
            place_matters(writer, "application", found, names.applications[field])


_SEARCHED = (
    ("Metal inks", 0, 20), ("Metal inks", 1, 20), ("Metal inks", 2, 230), ("Print heads", 3, 35),
    ("Thermal interface", 5, 12), ("Thermal interface", 6, 12), ("Stretchable circuits", 4, 90),
    ("Sensors", 4, 260), ("Antennas", 7, 61), ("Gallium alloys", 2, 410), ("Sensors", 0, 61),
    ("Medical electronics", 1, 90),
)  # fmt: skip


def _searches(writer: Writer, names: _Names, today: date) -> None:
    """Some cells are checked, some searches are out of date, most cells nobody searched."""
    for n, (node, effect, days) in enumerate(_SEARCHED):
        en, zh = words.EFFECTS[effect]
        search = writer.insert(
            t.layout_search,
            {
                "searched_on": today - timedelta(days=days),
                "searched_by": people.STAFF[n % len(people.STAFF)][1],
                "database": "cnipa" if n % 2 else "patsnap",
                "query": f"({node} OR 液态金属) AND ({en} OR {zh})",
                "numbers": [f"CN11{4_210_376 + 9_173 * n}A", f"CN11{5_018_442 + 7_411 * n}A"],
            },
        )
        place = {"technology_id": names.technology[node], "effect_id": names.effects[effect]}
        writer.insert(t.searched_cell, {"search_id": search, **place})
    word = {"word": "not_needed", "reason": "the carrier solves it", "by": people.STAFF[1][1]}
    spot = {"technology_id": names.technology["Antennas"], "effect_id": names.effects[6]}
    writer.insert(t.cell_word, {**spot, **word, "on": today - timedelta(days=80)})


def _plan(writer: Writer, values: Mapping[str, Any], made: date, amount: int) -> int:
    new = writer.insert(
        t.layout_plan,
        {"version": 1, "kind": "annual", "currency": "CNY", "made_on": made, **values},
    )
    start = values["starts_on"]
    budgets = [
        {
            "plan_id": new,
            "quarter": add_months(start, 3 * k),
            "amount": str(Decimal(amount)),
            "currency": "CNY",
        }
        for k in range(4)
    ]
    writer.insert_many(t.plan_budget, budgets)
    return new


def _this_year(writer: Writer, names: _Names, today: date, pricing: Pricing) -> None:
    """An approved plan that is mostly carried out: rows linked to what was filed."""
    start, end = date(today.year, 1, 1), date(today.year, 12, 31)
    approved = {"status": "approved", "approved_on": date(today.year - 1, 12, 18)}
    values = {"name": str(today.year), "starts_on": start, "ends_on": end, **approved}
    plan = _plan(writer, {**values, "approved_by": people.STAFF[0][1]}, start, 30_000)
    filed = _filed(writer, start)
    rows = [
        RowFields(
            title=row.title_zh,
            technology_id=row.technology_id,
            product_id=row.product_id,
            right=row.right,
            territories=(Target("CN", "home market"),),
            owner=people.STAFF[n % 2][1],
            value=3 + n % 3,
            copying=3,
            detectability=2 + n % 4,
            target=max(start, add_months(row.filing_date, -(n % 3))),
            status="drafting",
        )
        for n, row in enumerate(filed)
    ]
    rows.append(_late(names, today))
    ids = insert_rows(writer, plan, rows, pricing)
    links = [{"row_id": i, "matter_id": r.id} for i, r in zip(ids, filed, strict=False)]
    writer.insert_many(t.plan_row_matter, links)


def _filed(writer: Writer, start: date) -> list[Any]:
    """Every fourth patent application of the year, with its technology and product."""
    m, mt, mp = matter.c, matter_technology.c, matter_product.c
    statement = (
        select(m.id, m.title_zh, m.right, m.filing_date, mt.technology_id, mp.product_id)
        .join(matter_technology, mt.matter_id == m.id)
        .outerjoin(matter_product, mp.matter_id == m.id)
        .where(m.filing_date >= start, m.right.in_(("invention", "utility_model")))
        .order_by(m.filing_date, m.id)
    )
    return list(writer.connection.execute(statement).all()[::4])


def _decisions(writer: Writer, today: date) -> None:
    """Most first filings stay at home by decision; every ninth waits for one."""
    waiting = [f.matter_id for f in undecided(writer.connection, today)]
    rows = [
        {
            "matter_id": i,
            "decision": "none",
            "offices": [],
            "reason": "home market only",
            "by": people.STAFF[0][1],
            "on": today - timedelta(days=40),
        }
        for n, i in enumerate(waiting)
        if n % 9
    ]
    writer.insert_many(t.foreign_decision, rows)


def _late(names: _Names, today: date) -> RowFields:
    """One row whose month is over and that nobody filed."""
    return RowFields(
        title="打印平台快速加热结构",
        technology_id=names.technology["Desktop printers"],
        effect_id=names.effects[3],
        product_id=names.product["DP-1 desktop circuit printer"],
        right="utility_model",
        territories=(Target("CN", "home market"),),
        owner=people.STAFF[1][1],
        value=3,
        copying=4,
        detectability=5,
        target=add_months(today, -2),
        status="drafting",
    )


def _next_year(writer: Writer, names: _Names, docket: Docket, pricing: Pricing) -> None:
    """Next year's plan is a draft; one of its rows is a matter in preparation already."""
    today = docket.today
    start, end = date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)
    values = {"name": str(start.year), "starts_on": start, "ends_on": end, "status": "draft"}
    purpose = "Protect the new products before they are launched abroad"
    plan = _plan(writer, {**values, "purpose": purpose}, today, 60_000)
    parts = [
        {
            "plan_id": plan,
            "quarter": add_months(start, 3 * k),
            "amount": str(amount),
            "currency": "CNY",
            "right": right,
        }
        for right, amount in words.BUDGETS
        for k in range(4)
    ]
    writer.insert_many(t.plan_budget, parts)
    rows = [_row(names, start.year, *row) for row in words.ROWS]
    ids = insert_rows(writer, plan, rows, pricing)
    made = approve_row(writer, docket, ids[3], "small change, sells with the launch")
    writer.update_many(matter, [(i, {"sample": True}) for i in made])


def _row(
    names: _Names,
    year: int,
    zh: str,
    en: str,
    place: tuple[str, int, int | None, str],
    work: tuple[str, str, tuple[str, ...], tuple[int, int, int], int, str],
) -> RowFields:
    node, effect, field, name = place
    role, right, territories, (value, copying, detectability), month, status = work
    free = role in ("trade_secret", "defensive_publication")
    gap, proposal, why = words.REASONS.get(zh, ("", "", ""))
    return RowFields(
        title=zh,
        gap=gap,
        proposal=proposal,
        right_reason=why,
        technology_id=names.technology[node],
        effect_id=names.effects[effect],
        application_id=None if field is None else names.applications[field],
        product_id=names.product.get(name),
        office=territories[0] if territories else "",
        role=role,
        role_reason="cannot be seen in the product" if free else "",
        right=right,
        territories=tuple(
            Target(o, "market" if k else "home market") for k, o in enumerate(territories)
        ),
        inventors=tuple(zh for _, zh in people.INVENTORS[month % 5 : month % 5 + 2]),
        owner=people.STAFF[month % len(people.STAFF)][1],
        agent_cost=None if free else Decimal(3500 * max(1, len(territories))),
        agent_currency="" if free else "CNY",
        value=value,
        copying=copying,
        detectability=detectability,
        target=date(year, month, 1),
        status=status,
        note=en,
        reason="no school buys it without a teacher's book" if status == "dropped" else "",
    )


def _inventions(writer: Writer, names: _Names, today: date) -> None:
    for n, (en, zh, node, months, decision) in enumerate(words.INVENTIONS, 1):
        received = add_months(today, -months)
        new = writer.insert(
            t.invention,
            {
                "code": f"D{received.year}-{n:03d}",
                "title": zh,
                "inventors": [people.INVENTORS[n][1]],
                "submitted_by": people.INVENTORS[n][1],
                "received_on": received,
                "advantage": en,
                "technology_id": names.technology[node],
                "state": "decided" if decision == "keep_secret" else "review" if n > 1 else "new",
                "decision": decision,
                "reason": "cannot be seen from outside" if decision == "keep_secret" else "",
                "decided_on": received if decision else None,
                "public_on": add_months(today, 8) if n == 1 else None,
            },
        )
        if n > 1:
            review = {"by": people.STAFF[0][1], "advice": decision or "file", "value": 4}
            more = {"copying": 3, "detectability": 2, "on": received + timedelta(days=12)}
            writer.insert(t.invention_review, {"invention_id": new, **review, **more})


def place_rivals(writer: Writer) -> None:
    """Families that the watches found stand in the matrices, as a reader would place them."""
    f = hit_family.c
    families = writer.connection.execute(select(f.id, f.title_zh).order_by(f.id)).all()
    technologies = _ids(writer, technology)
    fields = _ids(writer, t.application)
    cells, placed = [], []
    for family, title in families:
        for word, node, effect, field in words.RIVALS:
            if word not in title:
                continue
            place = {"family_id": family, "technology_id": technologies[node]}
            cells.append({**place, "effect": words.EFFECTS[effect][0]})
            if field is not None:
                name = words.APPLICATIONS[field][0]
                placed.append({"family_id": family, "application_id": fields[name]})
            break
    writer.insert_many(hit_cell, cells)
    writer.insert_many(t.hit_application, placed)
