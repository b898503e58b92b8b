"""Reading what the clock runs for: products, what makes them public, and what is filed for them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.layout.alarms import Alarm, alarms
from ipdesk.core.layout.clock import ClockLine, Terms, run
from ipdesk.core.layout.model import DisclosureRow, Invention, Item, LaunchRow, PlanRow
from ipdesk.core.layout.moves import Move, moves, with_launch
from ipdesk.core.layout.protection import ProtectionLine, lines
from ipdesk.core.layout.queries import current_plans, inventions, plan_rows
from ipdesk.core.layout.queries_tree import (
    branch_ids,
    disclosures,
    launches,
    products,
    risks,
    tree,
)
from ipdesk.core.layout.subjects import Exposure, Filing, Market, Subject
from ipdesk.core.layout.words import DISCLOSURE_LABELS, LAUNCH_LABELS, PUBLIC_LAUNCHES
from ipdesk.core.portfolio.model import ENDED, Right
from ipdesk.store.paging import chunks
from ipdesk.store.schema.layout import foreign_decision
from ipdesk.store.schema.portfolio import (
    matter,
    matter_product,
    matter_technology,
    priority,
)

_PROTECTS = (
    "invention utility_model design pct provisional unitary_patent standard_patent_r "
    "standard_patent_o short_term_patent"
).split()
_FIRST = ("invention", "utility_model", "provisional", "design", "pct")


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything that depends on launches and filings, read once."""

    terms: Terms
    subjects: tuple[Subject, ...]
    clock: tuple[ClockLine, ...]
    protection: tuple[ProtectionLine, ...]
    rows: tuple[PlanRow, ...]  # of the current plans


def home_office(connection: Connection) -> str:
    """Where the company files first, by what it did so far; China while nothing is filed."""
    m = matter.c
    statement = (
        select(m.office, func.count())
        .where(m.parent_id.is_(None), m.right.in_(("invention", "utility_model")))
        .group_by(m.office)
        .order_by(func.count().desc(), m.office)
        .limit(1)
    )
    found = connection.execute(statement).first()
    return str(found[0]) if found else "CN"


def outlook(
    connection: Connection,
    calendars: Calendars,
    today: date,
    terms: Terms | None = None,
    opened: Sequence[LaunchRow] | None = None,
) -> Outlook:
    """The clock and the protection of every product and market; *opened*: with other launches."""
    terms = terms or Terms(today, home_office(connection))
    rows = plan_rows(connection, [p.id for p in current_plans(connection)])
    found = subjects(connection, rows, opened)
    clock = run(found, calendars, terms)
    protection = lines(found, clock, risks(connection), calendars, terms.today)
    return Outlook(terms, tuple(found), tuple(clock), tuple(protection), tuple(rows))


def moves_of(
    connection: Connection,
    calendars: Calendars,
    today: date,
    product_id: int,
    office: str,
    day: date,
    kind: str,
) -> list[Move]:
    """What a launch would move, without writing it."""
    known = launches(connection)
    before = outlook(connection, calendars, today, opened=known)
    wanted = with_launch(known, product_id, office, day, kind)
    after = outlook(connection, calendars, today, before.terms, wanted)
    return moves(before.clock, after.clock)


def alarms_on(connection: Connection, calendars: Calendars, today: date) -> list[Alarm]:
    """What the home page and the deadlines page say about launches, markets and priorities."""
    seen = outlook(connection, calendars, today)
    return alarms(
        seen.subjects,
        seen.clock,
        seen.protection,
        undecided(connection, today),
        seen.rows,
        calendars,
        today,
    )


# -- subjects -------------------------------------------------------------------------------------
def subjects(
    connection: Connection, rows: Iterable[PlanRow], launched: Sequence[LaunchRow] | None = None
) -> list[Subject]:
    """Products, technologies disclosed without a product, and inventions about to be public."""
    rows = list(rows)
    opened: defaultdict[int, list[LaunchRow]] = defaultdict(list)
    for launch in launches(connection) if launched is None else launched:
        opened[launch.product_id].append(launch)
    shown = [
        d for d in disclosures(connection) if not (d.fields.cancelled or d.fields.confidential)
    ]
    found = [
        _product(item, opened[item.id], shown, rows, own) for item, own in _with_filings(connection)
    ]
    found += _technologies(connection, shown)
    found += _inventions(connection, rows)
    return found


def _with_filings(connection: Connection) -> list[tuple[Item, tuple[Filing, ...]]]:
    items = products(connection, counted=False)
    link = matter_product.c
    linked = select(link.product_id, link.matter_id)
    filings = _filings(connection, connection.execute(linked).all())
    return [(item, filings.get(item.id, ())) for item in items]


def _product(
    item: Item,
    opened: list[LaunchRow],
    shown: Iterable[DisclosureRow],
    rows: Iterable[PlanRow],
    filings: tuple[Filing, ...],
) -> Subject:
    mine = [r for r in rows if r.fields.product_id == item.id and r.planned]
    exposures = [
        Exposure("launch", n.id, LAUNCH_LABELS[n.kind], n.date, n.office)
        for n in opened
        if n.kind in PUBLIC_LAUNCHES
    ]
    exposures += [_exposure(d) for d in shown if d.fields.product_id == item.id]
    targets = [t.office for r in mine for t in r.fields.territories]
    targets += [r.fields.office for r in mine if r.fields.office]
    designs = [
        t.office for r in mine if r.fields.right == Right.DESIGN for t in r.fields.territories
    ]
    return Subject(
        kind="product",
        id=item.id,
        name=item.name,
        name_zh=item.name_zh,
        markets=_markets(opened),
        exposures=tuple(exposures),
        filings=filings,
        planned=len(mine),
        designs=tuple(dict.fromkeys(designs)),
        targets=tuple(t for t in dict.fromkeys(targets) if t != "WO"),
    )


def _markets(opened: Iterable[LaunchRow]) -> tuple[Market, ...]:
    by_office: defaultdict[str, list[LaunchRow]] = defaultdict(list)
    for one in opened:
        by_office[one.office].append(one)
    return tuple(
        Market(
            office,
            min((n.date for n in found if n.kind in PUBLIC_LAUNCHES), default=None),
            tuple(dict.fromkeys(n.kind for n in found)),
        )
        for office, found in by_office.items()
    )


def _exposure(row: DisclosureRow) -> Exposure:
    fields = row.fields
    return Exposure(
        source="disclosure",
        id=row.id,
        what=DISCLOSURE_LABELS.get(fields.kind, Message(fields.kind)),
        day=fields.date,
        office=fields.office,
        title=fields.title or fields.place,
        ground=fields.ground,
    )


def _technologies(connection: Connection, shown: Iterable[DisclosureRow]) -> list[Subject]:
    """A paper about a technology concerns whatever is filed in its branch."""
    by_node: defaultdict[int, list[DisclosureRow]] = defaultdict(list)
    for row in shown:
        if row.fields.product_id is None and row.fields.technology_id is not None:
            by_node[row.fields.technology_id].append(row)
    if not by_node:
        return []
    branches = tree(connection, counted=False)
    by_id = {b.id: b for b in branches}
    link = matter_technology.c
    pairs: list[tuple[int, int]] = []
    for node in by_node:
        inside = select(link.matter_id).where(link.technology_id.in_(branch_ids(branches, node)))
        pairs += [(node, i) for i in connection.execute(inside).scalars()]
    filings = _filings(connection, pairs)
    return [
        Subject(
            kind="technology",
            id=node,
            name=by_id[node].name if node in by_id else "",
            name_zh=by_id[node].name_zh if node in by_id else "",
            exposures=tuple(_exposure(row) for row in found),
            filings=filings.get(node, ()),
        )
        for node, found in by_node.items()
    ]


def _inventions(connection: Connection, rows: Iterable[PlanRow]) -> list[Subject]:
    """Invention disclosures whose first publication is known; products speak for themselves."""
    found = []
    for one in inventions(connection):
        public = one.fields.public_on
        if public is None or one.fields.product_id or one.decision in ("reject", "publish"):
            continue
        mine = [r for r in rows if r.fields.invention_id == one.id]
        filings = _filings(connection, [(one.id, m.id) for r in mine for m in r.matters])
        found.append(_invention(one, public, mine, filings.get(one.id, ())))
    return found


def _invention(
    one: Invention, public: date, mine: Iterable[PlanRow], filings: tuple[Filing, ...]
) -> Subject:
    targets = [t.office for r in mine for t in r.fields.territories]
    exposure = Exposure("invention", one.id, say("Planned publication"), public)
    return Subject(
        kind="invention",
        id=one.id,
        name=one.fields.title,
        exposures=(exposure,),
        filings=filings,
        targets=tuple(dict.fromkeys(targets)),
    )


# -- filings --------------------------------------------------------------------------------------
def _filings(connection: Connection, pairs: Iterable[Any]) -> Mapping[int, tuple[Filing, ...]]:
    """Subject → its patents and designs, with the other members of their families."""
    of_subject: defaultdict[int, set[int]] = defaultdict(set)
    for subject, matter_id in pairs:
        of_subject[subject].add(matter_id)
    wanted = sorted({i for ids in of_subject.values() for i in ids})
    if not wanted:
        return {}
    linked = _read_filings(connection, matter.c.id, wanted)
    families = sorted({f.family_id for f in linked if f.family_id})
    members = _read_filings(connection, matter.c.family_id, families)
    by_family: defaultdict[int, list[Filing]] = defaultdict(list)
    for one in members:
        by_family[one.family_id or 0].append(one)
    by_id = {f.matter_id: f for f in linked}
    found = {}
    for subject, ids in of_subject.items():
        mine: dict[int, Filing] = {}
        for i in sorted(ids):
            known = by_id.get(i)
            if known is not None:
                mine[i] = known
                mine.update((f.matter_id, f) for f in by_family.get(known.family_id or -1, ()))
        found[subject] = tuple(mine.values())
    return found


def _read_filings(connection: Connection, column: Any, ids: list[int]) -> list[Filing]:
    m = matter.c
    named = {
        "matter_id": m.id,
        "reference": m.reference,
        "right": m.right,
        "office": m.office,
        "status": m.status,
        "filing": m.filing_date,
        "priority": m.priority_date,
        "grant": m.grant_date,
        "family_id": m.family_id,
        "publication": m.publication_date,
    }
    columns = [c.label(name) for name, c in named.items()]
    found: list[Filing] = []
    for part in chunks(ids):
        statement = select(*columns).where(
            column.in_(part), m.right.in_(_PROTECTS), m.archived.is_(False)
        )
        found += [Filing(**row) for row in connection.execute(statement).mappings()]
    return found


def undecided(connection: Connection, today: date) -> list[Filing]:
    """First filings of the last year without an application elsewhere and without a decision."""
    m = matter.c
    since = date(today.year - 1, 1, 1)
    statement = select(m.id).where(
        m.filing_date >= since,
        m.right.in_(_FIRST),
        m.status.not_in([*ENDED, "preparation"]),
        m.archived.is_(False),
        m.parent_id.is_(None),
        m.id.not_in(select(foreign_decision.c.matter_id)),
    )
    ids = list(connection.execute(statement).scalars())
    mine = _read_filings(connection, m.id, ids)
    parents = _continued(connection)
    families = sorted({f.family_id for f in mine if f.family_id})
    offices: Counter[int] = Counter()
    for family_id, n in _offices_of(connection, families):
        offices[family_id] = n
    return [f for f in mine if f.matter_id not in parents and offices[f.family_id or 0] <= 1]


def _continued(connection: Connection) -> set[int]:
    """Filings that an application at another office descends from or claims."""
    earlier, later = matter.alias("earlier"), matter.alias("later")
    elsewhere = later.c.office != earlier.c.office
    by_parent = select(earlier.c.id).join(later, later.c.parent_id == earlier.c.id).where(elsewhere)
    by_claim = (
        select(earlier.c.id)
        .join(priority, priority.c.earlier_matter_id == earlier.c.id)
        .join(later, later.c.id == priority.c.matter_id)
        .where(elsewhere)
    )
    return set(connection.execute(by_parent.union(by_claim)).scalars())


def _offices_of(connection: Connection, families: list[int]) -> Iterable[tuple[int, int]]:
    m = matter.c
    for part in chunks(families):
        statement = (
            select(m.family_id, func.count(m.office.distinct()))
            .where(m.family_id.in_(part), m.right.in_(_PROTECTS))
            .group_by(m.family_id)
        )
        for family_id, n in connection.execute(statement):
            yield int(family_id), int(n)
