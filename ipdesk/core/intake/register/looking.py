"""Comparing a file that was read with the portfolio as it stands; nothing is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, tuple_

from ipdesk.base.bulk import no_collection
from ipdesk.base.i18n import Message, say
from ipdesk.core.intake.holdings import holdings_for
from ipdesk.core.intake.merging import Proposal
from ipdesk.core.intake.model import ReadResult
from ipdesk.core.intake.plan import Entry, Holding, Verdict, plan
from ipdesk.core.intake.register.comparing import Parties, differences_of
from ipdesk.core.intake.register.model import NAMES, Lack, Scope, Side, Told
from ipdesk.core.portfolio.people import known_parties, party_key
from ipdesk.store.paging import chunks
from ipdesk.store.schema.portfolio import matter, matter_party, party

Report = Callable[[float, float, object], None]

_OWNING = ("applicant", "owner")


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a file says of the portfolio."""

    file: str
    sha256: str
    source: str
    records: int
    matched: dict[int, tuple[Proposal, Holding]]  # matters that the file speaks of
    told: tuple[Told, ...]
    lacks: tuple[Lack, ...]
    scope: Scope
    parties: Parties
    refused: int = 0

    def count(self, side: Side) -> int:
        """How many records one side lacks."""
        return sum(1 for lack in self.lacks if lack.side is side)


def look(connection: Connection, result: ReadResult, report: Report | None = None) -> Comparison:
    """Compare; *report* hears (done, total, words) and may raise Cancelled."""
    told_so = report or (lambda done, total, said: None)
    told_so(0, 10, say("Finding the matters…"))
    held = holdings_for(connection, result.drafts)
    told_so(3, 10, say("Comparing with the portfolio…"))
    with no_collection():
        entries = plan(result.drafts, held).entries
    told_so(7, 10, say("Comparing field by field…"))
    parties = parties_of(connection, held.by_id.values(), entries)
    matched: dict[int, tuple[Proposal, Holding]] = {}
    told: list[Told] = []
    for place, entry in enumerate(entries):
        if place % 2000 == 0:
            told_so(7 + 2 * place / len(entries), 10, say("Comparing field by field…"))
        holding = held.by_id.get(entry.holding) if entry.holding is not None else None
        if holding is None or holding.id in matched:
            continue
        matched[holding.id] = (entry.proposal, holding)
        told.extend(differences_of(entry, holding, parties))
    told_so(9, 10, say("Looking for what one side lacks…"))
    scope = _scope(connection, entries, matched, parties)
    lacks = [*_not_here(entries), *_not_there(connection, scope, matched)]
    return Comparison(
        result.file,
        result.sha256,
        result.format,
        sum(1 for e in entries if e.verdict is not Verdict.REFUSED),
        matched,
        tuple(told),
        tuple(lacks),
        scope,
        parties,
        sum(1 for e in entries if e.verdict is Verdict.REFUSED),
    )


def parties_of(
    connection: Connection, holdings: Iterable[Holding], entries: Sequence[Entry] = ()
) -> Parties:
    """The parties behind all names on both sides."""
    names = {n for h in holdings for field in NAMES for n in h.fields.get(field, ())}
    names |= {n for e in entries for field in NAMES for n in e.proposal.fields.get(field, ())}
    return known_parties(connection, sorted({party_key(n) for n in names} - {""}))


# -- what one side lacks --------------------------------------------------------------------------
def _scope(
    connection: Connection, entries: Sequence[Entry], matched: Iterable[int], parties: Parties
) -> Scope:
    """Offices, rights and applicants of the file; a register names companies in one language,
    so the applicants of the matters that it was found to speak of count as well."""
    read = [e.proposal for e in entries if e.verdict is not Verdict.REFUSED]
    places = sorted({(p.office, p.right) for p in read})
    names = {n: None for p in read for f in ("applicants", "owners") for n in p.fields.get(f, ())}
    known = {parties[k] for k in map(party_key, names) if k in parties}
    if names:
        mp = matter_party.c
        for part in chunks(sorted(matched)):
            found = select(mp.party_id).where(mp.matter_id.in_(part), mp.role.in_(_OWNING))
            known.update(connection.execute(found.distinct()).scalars())
    return Scope(tuple(places), tuple(names), frozenset(known))


def _not_here(entries: Sequence[Entry]) -> Iterable[Lack]:
    for entry in entries:
        if entry.verdict is not Verdict.NEW:
            continue
        fields, keys = entry.proposal.fields, entry.proposal.keys
        first = entry.proposal.drafts[0]
        number = next((fields[n] for n in _NUMBERS if fields.get(n)), "")
        title = str(fields.get("title", ""))
        key = next(iter(keys.values()), "") or f"{entry.proposal.right}:{title}"
        yield Lack(
            Side.NOT_HERE,
            key,
            entry.proposal.right,
            entry.proposal.office,
            number,
            title,
            tuple(fields.get("applicants") or fields.get("owners") or ()),
            fields.get("filing_date"),
            None,
            keys.get("application"),
            keys.get("publication"),
            keys.get("grant"),
            first.sheet,
            first.row,
        )


_NUMBERS = ("application_number", "grant_number", "publication_number")


def _not_there(connection: Connection, scope: Scope, matched: Iterable[int]) -> Iterable[Lack]:
    """Numbered matters within the scope of the file that it does not name."""
    known = set(matched)
    rows = [r for r in _within(connection, scope) if r.id not in known]
    owners = _owners(connection, [r.id for r in rows])
    for row in rows:
        names = owners.get(row.id, [])
        if scope.applicants and names and not any(i in scope.parties for i, _ in names):
            continue
        yield Lack(
            Side.NOT_THERE,
            f"#{row.id}",
            row.right,
            row.office,
            row.application_number or row.grant_number or row.publication_number,
            row.title,
            tuple(n for _, n in names),
            row.filing_date,
            row.id,
            row.application_key,
            row.publication_key,
            row.grant_key,
        )


def _within(connection: Connection, scope: Scope) -> list[Any]:
    m = matter.c
    found: list[Any] = []
    for part in chunks(scope.places, 200):
        statement = select(matter).where(
            tuple_(m.office, m.right).in_([tuple(p) for p in part]),
            m.archived.is_(False),
            m.application_key.is_not(None)
            | m.publication_key.is_not(None)
            | m.grant_key.is_not(None),
        )
        found += connection.execute(statement.order_by(m.sort_reference)).all()
    return found


def _owners(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    mp = matter_party.c
    found: dict[int, list[tuple[int, str]]] = {}
    for part in chunks(ids):
        statement = (
            select(mp.matter_id, party.c.id, party.c.name)
            .join(party, party.c.id == mp.party_id)
            .where(mp.matter_id.in_(part), mp.role.in_(_OWNING))
            .order_by(mp.matter_id, mp.role, mp.ordinal)
        )
        for matter_id, party_id, name in connection.execute(statement):
            found.setdefault(matter_id, []).append((party_id, name))
    return found


def summary_words(comparison: Comparison) -> Message:
    """What came of it, in one sentence."""
    return say(
        "{file} compared: {matters} matters found, {n} differences, {here} not here, {there} not "
        "in the register",
        file=comparison.file,
        matters=len(comparison.matched),
        n=len(comparison.told),
        here=comparison.count(Side.NOT_HERE),
        there=comparison.count(Side.NOT_THERE),
    )
