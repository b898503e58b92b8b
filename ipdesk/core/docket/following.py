"""Many matters edited at once, as by a list: what rests on their dates follows in the same act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from ipdesk.base.change import Change
from ipdesk.base.i18n import ntr
from ipdesk.core.docket.handing_on import Given, Stated, giving, hand_on
from ipdesk.core.docket.holdings import reached_by
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.paging import among, chunks
from ipdesk.store.schema.portfolio import matter
from ipdesk.store.writer import Writer

Look = Callable[[int], object]
_NAMED = 5


def unseen(_matter: int) -> None:
    """A look that sees nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How matters stood before an edit, as far as others rest on them."""

    ids: Sequence[int]
    gave: Mapping[int, Given] = field(default_factory=dict)
    reached: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Followed:
    """What an edit of many matters did, and the references of others that took its dates over."""

    change: Change
    reached: tuple[str, ...] = ()


def reached_words(references: Sequence[str]) -> str:
    """How many other matters corrected dates reach, the first by name."""
    n = len(references)
    names = ", ".join([*references[:_NAMED], *(["…"] if n > _NAMED else [])])
    return ntr(
        "Corrected dates reach {n:,} other matter: {names}",
        "Corrected dates reach {n:,} other matters: {names}",
        n,
        names=names,
    )


def references_of(connection: Connection, ids: Sequence[int]) -> tuple[str, ...]:
    """References, or titles where there is none, in the order of the ids."""
    found: dict[int, str] = {}
    for part in chunks(ids):
        m = matter.c
        rows = connection.execute(select(m.id, m.reference, m.title).where(among(m.id, part)))
        found.update({i: reference or title for i, reference, title in rows})
    return tuple(found[i] for i in ids if i in found)


def standing(connection: Connection, ids: Sequence[int]) -> Standing:
    """Look at these matters before they are edited."""
    return Standing(ids, giving(connection, ids), frozenset(reached_by(connection, ids)))


def follow(
    writer: Writer,
    docket: Docket,
    before: Standing,
    look: Look = unseen,
    stated: Stated | None = None,
) -> list[int]:
    """National phases, divisionals, pairs and later claims take the corrected dates over.

    The others that were corrected, beside those edited; *look* hears of each before. What the
    edit *stated* of a matter itself stays. Parents and earlier applications whose dates are
    answered by these matters are computed again.
    """
    own, touched = set(before.ids), []
    for one, gave in before.gave.items():
        touched += hand_on(writer, one, gave, look, stated)
    touched = list(dict.fromkeys(touched))
    refresh(writer, touched, docket)
    write_search(writer, touched)
    answered = reached_by(writer.connection, before.ids) | before.reached
    refresh(writer, sorted(answered), docket, changed_only=True)
    return [i for i in touched if i not in own]
