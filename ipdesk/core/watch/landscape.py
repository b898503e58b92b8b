"""The landscape of a run: who, when, where, what; counted by family, our own beside."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ipdesk.core.watch.classes import main_group
from ipdesk.core.watch.names import core_name
from ipdesk.core.watch.rows import RunRow

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LandFamily:
    """One family as it is counted; ``cells`` are (technology, effect) as a reader placed it."""

    applicants: tuple[str, ...]
    year: int | None
    offices: tuple[str, ...]
    classes: tuple[str, ...]
    cells: tuple[tuple[str, str], ...] = ()
    fresh: bool = False  # first seen in this run


@dataclass(frozen=True, slots=True)
class Landscape:
    """Counts by family, largest first; ``own_*`` count our families in the same way.

    ``undated`` and ``unplaced`` families stand in no year and in no cell.
    """

    families: int
    ran_on: date
    cut_off: date | None  # as it was given; without one the list is as old as the run at most
    database: str
    query: str
    applicants: Counts
    years: tuple[tuple[int, int], ...]
    offices: Counts
    classes: Counts
    cells: tuple[tuple[str, str, int], ...]
    newcomers: Counts
    undated: int
    unplaced: int
    own_name: str = ""
    own_families: int = 0
    own_years: tuple[tuple[int, int], ...] = ()
    own_offices: Counts = ()
    own_classes: Counts = ()
    own_cells: tuple[tuple[str, str, int], ...] = ()


def landscape(
    families: Sequence[LandFamily],
    own: Sequence[LandFamily] = (),
    *,
    own_name: str = "",
    run: RunRow,
) -> Landscape:
    """Count a run and what we own."""
    return Landscape(
        families=len(families),
        ran_on=run.ran_on,
        cut_off=run.cut_off,
        database=run.database,
        query=run.query_text,
        applicants=_applicants(families),
        years=_years(families),
        offices=_counted(f.offices for f in families),
        classes=_counted(_groups(f) for f in families),
        cells=_cells(families),
        newcomers=_newcomers(families),
        undated=sum(f.year is None for f in families),
        unplaced=sum(not f.cells for f in families),
        own_name=own_name,
        own_families=len(own),
        own_years=_years(own),
        own_offices=_counted(f.offices for f in own),
        own_classes=_counted(_groups(f) for f in own),
        own_cells=_cells(own),
    )


def _groups(family: LandFamily) -> list[str]:
    return [g for g in map(main_group, family.classes) if g]


def _counted(lists: Iterable[Iterable[str]]) -> Counts:
    counter = Counter(value for values in lists for value in set(values))
    return _largest(counter)


def _largest(counter: Counter[str]) -> Counts:
    return tuple(sorted(counter.items(), key=lambda p: (-p[1], p[0])))


def _applicants(families: Iterable[LandFamily]) -> Counts:
    """Spellings of one name are one applicant, called as it is most often written."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    counter: Counter[str] = Counter()
    for family in families:
        for core, name in {core_name(n): n for n in family.applicants}.items():
            counter[core] += 1
            spellings[core][name] += 1
    called = {core: max(sorted(names), key=names.__getitem__) for core, names in spellings.items()}
    return _largest(Counter({called[core]: n for core, n in counter.items()}))


def _newcomers(families: Sequence[LandFamily]) -> Counts:
    """Applicants all of whose families came with this run; none while everything is new."""
    if all(f.fresh for f in families):
        return ()
    known = {core_name(n) for f in families if not f.fresh for n in f.applicants}
    fresh = [f for f in families if f.fresh]
    return tuple((name, n) for name, n in _applicants(fresh) if core_name(name) not in known)


def _years(families: Iterable[LandFamily]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(Counter(f.year for f in families if f.year is not None).items()))


def _cells(families: Iterable[LandFamily]) -> tuple[tuple[str, str, int], ...]:
    counter = Counter(cell for f in families for cell in set(f.cells))
    return tuple((t, e, n) for (t, e), n in sorted(counter.items()))
