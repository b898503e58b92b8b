"""Reading the landscape of a run: its families, and ours beside them."""

from collections import defaultdict

from sqlalchemy import Connection, extract, select

from ipdesk.core.portfolio.model import PATENT_RIGHTS
from ipdesk.core.watch.landscape import LandFamily, Landscape, landscape
from ipdesk.core.watch.queries import run_row
from ipdesk.core.watch.queries_hits import cells_of
from ipdesk.store.schema.portfolio import matter, matter_technology
from ipdesk.store.schema.watch import (
    hit_family,
    watch,
    watch_run,
    watch_sighting,
    watch_technology,
)


def landscape_of(connection: Connection, run_id: int, own_name: str = "") -> Landscape | None:
    """The landscape of a run, our own families of the watch's technologies beside it."""
    statement = select(watch_run, watch.c.name).join(watch, watch.c.id == watch_run.c.watch_id)
    stored = connection.execute(statement.where(watch_run.c.id == run_id)).first()
    if stored is None:
        return None
    run = run_row(stored)
    f, s = hit_family.c, watch_sighting.c
    columns = (f.id, f.applicants, f.filing_date, f.offices, f.classes, s.state)
    rows = connection.execute(
        select(*columns).join(watch_sighting, s.family_id == f.id).where(s.run_id == run_id)
    ).all()
    cells = cells_of(connection, [r.id for r in rows])
    families = [
        LandFamily(
            tuple(r.applicants),
            r.filing_date.year if r.filing_date else None,
            tuple(r.offices),
            tuple(r.classes),
            cells[r.id],
            r.state == "new",
        )
        for r in rows
    ]
    own = own_families(connection, run.watch_id)
    return landscape(families, own, own_name=own_name, run=run)


def own_families(connection: Connection, watch_id: int) -> list[LandFamily]:
    """Our families, those of the watch's technologies where it names some; counted like hits."""
    link = watch_technology.c
    wanted = set(
        connection.execute(select(link.technology_id).where(link.watch_id == watch_id)).scalars()
    )
    m, mt = matter.c, matter_technology.c
    statement = select(
        m.id, m.family_id, extract("year", m.filing_date), m.office, m.classes
    ).where(m.archived.is_(False), m.right.in_(PATENT_RIGHTS))
    if wanted:
        linked = select(mt.matter_id).where(mt.technology_id.in_(wanted))
        statement = statement.where(m.id.in_(linked))
    groups: defaultdict[tuple[str, int], list[tuple[int | None, str, list[str]]]]
    groups = defaultdict(list)
    for matter_id, family_id, year, office, classes in connection.execute(statement):
        key = ("family", family_id) if family_id else ("matter", matter_id)
        groups[key].append((int(year) if year else None, office, classes))
    own = []
    for members in groups.values():
        years = [y for y, _, _ in members if y is not None]
        own.append(
            LandFamily(
                (),
                min(years) if years else None,
                tuple(sorted({o for _, o, _ in members})),
                tuple(sorted({str(c) for _, _, classes in members for c in classes})),
            )
        )
    return own
