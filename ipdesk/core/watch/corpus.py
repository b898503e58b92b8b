"""What hits are compared with, read from the store: our matters, products, technologies."""

from collections import defaultdict

from sqlalchemy import Connection, select

from ipdesk.core.watch.evidence import Own, Question
from ipdesk.store.schema.portfolio import (
    matter,
    matter_party,
    party,
    product,
    technology,
)
from ipdesk.store.schema.watch import (
    watch,
    watch_product,
    watch_technology,
)


def own_things(connection: Connection) -> list[Own]:
    """Everything of ours with a text; archived matters are left out."""
    return [*_matters(connection), *_products(connection), *_technologies(connection)]


def _matters(connection: Connection) -> list[Own]:
    people = _inventors(connection)
    m = matter.c
    columns = (
        m.id,
        m.reference,
        m.title,
        m.title_en,
        m.title_zh,
        m.abstract,
        m.classes,
        m.facts,
        m.application_key,
        m.publication_key,
        m.grant_key,
    )
    own = []
    for r in connection.execute(select(*columns).where(m.archived.is_(False)).order_by(m.id)):
        titles = dict.fromkeys(t for t in (r.title, r.title_en, r.title_zh) if t)
        if not titles and not r.abstract:
            continue
        own.append(
            Own(
                kind="matter",
                id=r.id,
                label=r.reference,
                title=" ; ".join(titles),
                body=r.abstract,
                classes=tuple(r.classes),
                keys=tuple(k for k in (r.application_key, r.publication_key, r.grant_key) if k),
                citations=tuple(r.facts.get("citations", ())),
                inventors=tuple(people[r.id]),
            )
        )
    return own


def _inventors(connection: Connection) -> defaultdict[int, list[str]]:
    people: defaultdict[int, list[str]] = defaultdict(list)
    mp = matter_party.c
    statement = (
        select(mp.matter_id, party.c.name)
        .join(party, party.c.id == mp.party_id)
        .where(mp.role == "inventor")
    )
    for matter_id, name in connection.execute(statement):
        people[matter_id].append(name)
    return people


def _products(connection: Connection) -> list[Own]:
    p = product.c
    statement = select(p.id, p.name, p.name_zh, p.description).order_by(p.id)
    return [
        Own("product", r.id, r.name, f"{r.name} ; {r.name_zh}", r.description)
        for r in connection.execute(statement)
    ]


def _technologies(connection: Connection) -> list[Own]:
    t = technology.c
    columns = (t.id, t.name, t.name_zh, t.definition, t.keywords, t.classes)
    return [
        Own(
            "technology",
            r.id,
            r.name,
            f"{r.name} ; {r.name_zh}",
            " ; ".join([r.definition, *map(str, r.keywords)]),
            classes=tuple(map(str, r.classes)),
        )
        for r in connection.execute(select(*columns).order_by(t.id))
    ]


def question_of(connection: Connection, watch_id: int) -> Question:
    """What the watch asks, with the words of its technologies and products."""
    r = connection.execute(select(watch).where(watch.c.id == watch_id)).one()
    words, classes = list(r.synonyms), list(r.classes)
    t, link = technology.c, watch_technology.c
    technologies = (
        select(t.name, t.name_zh, t.keywords, t.classes)
        .join(watch_technology, link.technology_id == t.id)
        .where(link.watch_id == watch_id)
    )
    for x in connection.execute(technologies):
        words += [w for w in (x.name, x.name_zh, *map(str, x.keywords)) if w]
        classes += map(str, x.classes)
    p, at = product.c, watch_product.c
    products = (
        select(p.name, p.name_zh)
        .join(watch_product, at.product_id == p.id)
        .where(at.watch_id == watch_id)
    )
    for names in connection.execute(products):
        words += [w for w in names if w]
    return Question(
        r.question,
        tuple(dict.fromkeys(words)),
        tuple(dict.fromkeys(classes)),
        tuple(r.applicants),
        tuple(r.inventors),
    )
