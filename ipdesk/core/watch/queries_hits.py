"""Reading hit families: ids of a list, its rows, one family whole, the landscape of a run."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, extract, func, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Message, say
from ipdesk.base.text import squeeze
from ipdesk.core.docket.national import phases
from ipdesk.core.watch.filters import conditions, member_numbers, ordered
from ipdesk.core.watch.model import Near, Reason
from ipdesk.core.watch.queries_gates import answers_of, charts_of, findings_of
from ipdesk.core.watch.rows import (
    DecisionRow,
    Elsewhere,
    HitDetail,
    HitRow,
    MemberRow,
    SightingRow,
)
from ipdesk.core.watch.screening import MarketState, MemberSign, screen
from ipdesk.store.paging import ListQuery, chunks, id_array
from ipdesk.store.schema.portfolio import technology
from ipdesk.store.schema.watch import (
    hit_cell,
    hit_decision,
    hit_family,
    hit_member,
    hit_score,
    watch,
    watch_run,
    watch_sighting,
)

_PLAIN = (
    "id watch_id key title title_en title_zh status priority_date filing_date publication_date "
    "verdict reason decided_by decided_on reviewer review_due grade reopened first_seen"
).split()


def hit_ids(connection: Connection, watch_id: int | None, query: ListQuery) -> "array[int]":
    """The families that answer the question, in its order."""
    f = hit_family.c
    statement = select(f.id).outerjoin(hit_score, hit_score.c.family_id == f.id)
    statement = statement.where(*conditions(watch_id, query))
    return id_array(connection, ordered(statement, query))


def hit_rows(connection: Connection, ids: Iterable[int]) -> list[HitRow]:
    """The rows of these families, in the order asked; unknown ids are left out."""
    wanted = list(ids)
    last = _last_runs(connection)
    found: dict[int, HitRow] = {}
    for part in chunks(wanted):
        found.update(_rows(connection, part, last))
    return [found[i] for i in wanted if i in found]


def _last_runs(connection: Connection) -> dict[int, int]:
    """The latest good run of every watch."""
    r = watch_run.c
    statement = select(r.watch_id, func.max(r.id)).where(r.failed.is_(False)).group_by(r.watch_id)
    return {w: int(i) for w, i in connection.execute(statement)}


def _rows(connection: Connection, ids: Sequence[int], last: dict[int, int]) -> dict[int, HitRow]:
    f = hit_family.c
    numbers: defaultdict[int, list[str]] = defaultdict(list)
    for family_id, number in connection.execute(member_numbers(ids)):
        numbers[family_id].append(number)
    seen = _sightings(connection, ids)
    statement = (
        select(hit_family, hit_score.c.score, hit_score.c.reasons, hit_score.c.nearest)
        .outerjoin(hit_score, hit_score.c.family_id == f.id)
        .where(f.id.in_(ids))
    )
    rows = {}
    for r in connection.execute(statement):
        run, day = seen.get(r.id, (0, None))
        latest = last.get(r.watch_id, 0)
        rows[r.id] = HitRow(
            **{name: getattr(r, name) for name in _PLAIN},
            members=tuple(numbers[r.id]),
            applicants=tuple(r.applicants),
            offices=tuple(r.offices),
            score=r.score,
            reasons=tuple(_reason(x) for x in r.reasons or ()),
            nearest=tuple(Near(**x) for x in r.nearest or ()),
            changed=_messages(r.changed),
            last_seen=day,
            fresh=r.first_run_id == latest,
            gone=run < latest,
        )
    return rows


def _sightings(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[int, date]]:
    """The latest run, and its day, that met each family."""
    s, r = watch_sighting.c, watch_run.c
    latest = (
        select(s.family_id, func.max(s.run_id).label("run_id"))
        .where(s.family_id.in_(ids))
        .group_by(s.family_id)
        .subquery()
    )
    statement = select(latest.c.family_id, latest.c.run_id, r.ran_on).join(
        watch_run, r.id == latest.c.run_id
    )
    return {f: (int(run), day) for f, run, day in connection.execute(statement)}


def _reason(stored: dict[str, Any]) -> Reason:
    return Reason(stored["kind"], stored["weight"], Message.from_json(stored["message"]))


def _messages(stored: Iterable[dict[str, Any]]) -> tuple[Message, ...]:
    return tuple(Message.from_json(m) for m in stored)


def find_family(connection: Connection, watch_id: int, name: str) -> int:
    """The family of that name, or with that publication number. Raises IpdeskError."""
    f, m = hit_family.c, hit_member.c
    wanted = squeeze(name)
    names = select(f.id, f.key).where(f.watch_id == watch_id)
    for family_id, key in connection.execute(names):
        if key == name.strip() or squeeze(key) == wanted:
            return int(family_id)
    members = select(m.family_id, m.number).join(hit_family, f.id == m.family_id)
    for family_id, number in connection.execute(members.where(f.watch_id == watch_id)):
        if squeeze(number) == wanted:
            return int(family_id)
    raise IpdeskError(
        say("The watch has no family {name}. List them with “watch hits”.", name=name)
    )


def hit_detail(connection: Connection, family_id: int, today: date) -> HitDetail | None:
    """One family whole; None when it is gone."""
    r = connection.execute(select(hit_family).where(hit_family.c.id == family_id)).first()
    if r is None:
        return None
    members = members_of(connection, family_id)
    return HitDetail(
        row=hit_rows(connection, [family_id])[0],
        abstract=r.abstract,
        classes=tuple(r.classes),
        inventors=tuple(r.inventors),
        cells=cells_of(connection, [family_id])[family_id],
        likelihood=r.likelihood,
        impact=r.impact,
        grade_reason=r.grade_reason,
        graded_by=r.graded_by,
        graded_on=r.graded_on,
        members=members,
        markets=market_states(connection, family_id, members, today),
        charts=charts_of(connection, [family_id]),
        answers=answers_of(connection, family_id=family_id),
        decisions=_decisions(connection, family_id),
        sightings=_history(connection, family_id),
        elsewhere=_elsewhere(connection, r.watch_id, family_id),
    )


def members_of(connection: Connection, family_id: int) -> tuple[MemberRow, ...]:
    """The publications of a family, oldest first."""
    m = hit_member.c
    names = (
        "id number office right application_number title priority_date filing_date "
        "publication_date grant_date expiry_date status status_text owners claims claims_text "
        "link drawing"
    ).split()
    statement = (
        select(*(m[n] for n in names))
        .where(m.family_id == family_id)
        .order_by(m.publication_date.asc().nulls_last(), m.id)
    )
    return tuple(
        MemberRow(**{**r._mapping, "owners": tuple(r.owners)})
        for r in connection.execute(statement)
    )


def market_states(
    connection: Connection, family_id: int, members: Sequence[MemberRow], today: date
) -> tuple[MarketState, ...]:
    """The markets of the family's watch, by the rules and by what people found."""
    statement = (
        select(watch.c.markets)
        .join(hit_family, hit_family.c.watch_id == watch.c.id)
        .where(hit_family.c.id == family_id)
    )
    findings = findings_of(connection, family_id)
    markets = list(connection.execute(statement).scalar() or ())
    markets += [o for o in findings if o not in markets]
    signs = [
        MemberSign(
            m.number,
            m.office,
            m.right,
            m.status,
            m.priority_date,
            m.filing_date,
            m.expiry_date,
        )
        for m in members
    ]
    states = screen(signs, markets, today, pct_months())
    return tuple(findings.get(s.office, s) for s in states)


def pct_months() -> dict[str, int]:
    """Months from the priority date for entering each office, regional ones for closed routes."""
    known = phases()
    months = {}
    for office, phase in known.items():
        own = phase if not phase.closed else known.get(phase.instead)
        if own is not None and own.chapter1:
            months[office] = own.chapter1
    return months


def cells_of(
    connection: Connection, ids: Sequence[int]
) -> defaultdict[int, tuple[tuple[str, str], ...]]:
    """Where readers placed families: technology and effect."""
    found: defaultdict[int, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for part in chunks(ids):
        statement = (
            select(hit_cell.c.family_id, technology.c.name, hit_cell.c.effect)
            .join(technology, technology.c.id == hit_cell.c.technology_id)
            .where(hit_cell.c.family_id.in_(part))
            .order_by(hit_cell.c.id)
        )
        for family_id, name, effect in connection.execute(statement):
            found[family_id] += ((name, effect),)
    return found


def _decisions(connection: Connection, family_id: int) -> tuple[DecisionRow, ...]:
    d = hit_decision.c
    columns = (d.on, d.by, d.verdict, d.reason, d.grade, d.facts)
    statement = select(*columns).where(d.family_id == family_id).order_by(d.id.desc())
    return tuple(DecisionRow(*r[:5], _messages(r.facts)) for r in connection.execute(statement))


def _history(connection: Connection, family_id: int) -> tuple[SightingRow, ...]:
    s, r = watch_sighting.c, watch_run.c
    statement = (
        select(s.run_id, r.ran_on, s.state, s.changes)
        .join(watch_run, r.id == s.run_id)
        .where(s.family_id == family_id)
        .order_by(s.run_id.desc())
    )
    return tuple(
        SightingRow(x.run_id, x.ran_on, x.state, _messages(x.changes))
        for x in connection.execute(statement)
    )


def _elsewhere(connection: Connection, watch_id: int, family_id: int) -> tuple[Elsewhere, ...]:
    """The same publications in other watches; found by more than one route weighs more."""
    m, f = hit_member.c, hit_family.c
    keys = list(
        connection.execute(select(m.key).where(m.family_id == family_id, m.key != "")).scalars()
    )
    statement = (
        select(watch.c.name, f.id, f.verdict, f.reason, f.decided_on)
        .join(hit_member, m.family_id == f.id)
        .join(watch, watch.c.id == f.watch_id)
        .where(m.key.in_(keys), f.watch_id != watch_id)
        .distinct()
    )
    return tuple(Elsewhere(*r) for r in connection.execute(statement))


def changes_since(
    connection: Connection, watch_id: int, since: date | None
) -> dict[int, tuple[SightingRow, ...]]:
    """The changes that runs after a day met, by family, oldest first; decided ones too."""
    s, r = watch_sighting.c, watch_run.c
    statement = (
        select(s.family_id, s.run_id, r.ran_on, s.state, s.changes)
        .join(watch_run, r.id == s.run_id)
        .where(r.watch_id == watch_id, s.state == "changed")
        .order_by(s.run_id)
    )
    if since is not None:
        statement = statement.where(r.ran_on > since)
    found: defaultdict[int, tuple[SightingRow, ...]] = defaultdict(tuple)
    for x in connection.execute(statement):
        row = SightingRow(x.run_id, x.ran_on, x.state, _messages(x.changes))
        found[x.family_id] += (row,)
    return dict(found)


def facet_counts(
    connection: Connection, watch_id: int | None, query: ListQuery, facet: str
) -> list[tuple[str, int]]:
    """The values of a facet with the number of families under all other conditions."""
    f = hit_family.c
    lists = {"applicant": f.applicants, "office": f.offices}
    where = conditions(watch_id, query, without=facet)
    column: Any = lists.get(facet)
    if column is None:
        column = extract("year", f.filing_date) if facet == "year" else f[facet]
    counter: Counter[str] = Counter()
    for (value,) in connection.execute(select(column).where(*where)):
        if facet in lists:
            counter.update(set(value))
        else:
            counter["-" if value in (None, "") else str(value)] += 1
    return sorted(counter.items(), key=lambda p: (p[0] == "-", -p[1], p[0]))
