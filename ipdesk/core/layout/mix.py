"""Growth and mix of a portfolio: per year, right and head of R&D; concentration; expiry cliff."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipdesk.base.i18n import Message, say
from ipdesk.core.layout.reach import office_label
from ipdesk.core.portfolio.model import PATENT_RIGHTS, Right, Status

CLASS_SIGNS = 4
"""Classes are compared by subclass: ``H01L 21/02`` counts as ``H01L``."""


@dataclass(frozen=True, slots=True)
class Held:
    """An own matter as far as growth and mix ask for it."""

    right: str
    office: str
    status: str
    filing: date | None = None
    grant: date | None = None
    expiry: date | None = None
    inventors: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()

    @property
    def patent(self) -> bool:
        return self.right in PATENT_RIGHTS

    @property
    def in_force(self) -> bool:
        return self.status == Status.GRANTED


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares from which a concentration is told; the company's own choice, not a law."""

    utility_models: float = 0.6
    inventor: float = 0.4
    klass: float = 0.6
    territory: float = 0.9
    cliff: float = 0.25
    least: int = 10  # below so many matters a share says nothing


@dataclass(frozen=True, slots=True)
class Year:
    """One year's filings and grants by right; per hundred R&D staff where the staff is known."""

    year: int
    filings: Mapping[str, int]
    grants: Mapping[str, int]
    staff: int | None = None

    @property
    def filed(self) -> int:
        return sum(self.filings.values())

    @property
    def granted(self) -> int:
        return sum(self.grants.values())

    @property
    def per_hundred(self) -> float | None:
        """Patent filings per hundred R&D staff."""
        if not self.staff:
            return None
        patents = sum(n for right, n in self.filings.items() if right in PATENT_RIGHTS)
        return 100 * patents / self.staff

    @property
    def utility_share(self) -> float | None:
        """Utility models among inventions and utility models filed in the year."""
        return _utility(self.filings)


def _utility(counts: Mapping[str, int]) -> float | None:
    models = counts.get(Right.UTILITY_MODEL, 0)
    both = models + counts.get(Right.INVENTION, 0)
    return models / both if both else None


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much hangs on one: the largest and the Herfindahl index (0 spread, 1 all on one)."""

    of: str  # inventor | class | territory
    top: str
    top_share: float
    index: float
    counts: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing to think about in the mix."""

    kind: str
    said: Message
    share: float


@dataclass(frozen=True, slots=True)
class Mix:
    """Growth and mix on a day. ``expiring`` counts rights in force by the year of their end."""

    years: tuple[Year, ...]
    utility_share: float | None
    concentrations: tuple[Concentration, ...]
    expiring: tuple[tuple[int, int], ...]
    warnings: tuple[Warned, ...]
    undated: int


def mix(
    held: Sequence[Held], staff: Mapping[int, int], today: date, limits: Limits | None = None
) -> Mix:
    """Count and judge; a matter without a filing date stands in no year."""
    limits = limits or Limits()
    patents = [h for h in held if h.patent]
    live = [h for h in patents if h.status in _LIVE]
    found = tuple(
        c
        for c in (
            concentration("inventor", live, lambda h: h.inventors),
            concentration("class", live, _classes),
            concentration("territory", live, lambda h: (h.office,)),
        )
        if c is not None
    )
    expiring = _expiring(patents, today)
    share = _utility(Counter(h.right for h in live))
    return Mix(
        years=_years(held, staff),
        utility_share=share,
        concentrations=found,
        expiring=expiring,
        warnings=tuple(_warnings(share, found, expiring, live, limits)),
        undated=sum(1 for h in held if h.filing is None),
    )


_LIVE = frozenset({Status.PENDING, Status.PUBLISHED, Status.GRANTED, Status.ENTERED})


def _years(held: Iterable[Held], staff: Mapping[int, int]) -> tuple[Year, ...]:
    filings: defaultdict[int, Counter[str]] = defaultdict(Counter)
    grants: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for one in held:
        if one.filing:
            filings[one.filing.year][one.right] += 1
        if one.grant:
            grants[one.grant.year][one.right] += 1
    known = {*filings, *grants, *staff}
    if not known:
        return ()
    return tuple(
        Year(y, dict(filings[y]), dict(grants[y]), staff.get(y))
        for y in range(min(known), max(known) + 1)
    )


def _classes(held: Held) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.replace(" ", "")[:CLASS_SIGNS].upper() for c in held.classes))


def concentration(
    of: str, held: Iterable[Held], keys: Callable[[Held], Sequence[str]]
) -> Concentration | None:
    """How the matters spread over keys; one with several counts for each in equal parts."""
    weights: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    total = 0
    for one in held:
        found = keys(one)
        if not found:
            continue
        total += 1
        counts.update(found)
        for key in found:
            weights[key] += 1 / len(found)
    if not total:
        return None
    top = counts.most_common(1)[0][0]
    index = sum((w / total) ** 2 for w in weights.values())
    ranked = tuple(sorted(counts.items(), key=lambda c: (-c[1], c[0])))
    return Concentration(of, top, counts[top] / total, index, ranked, total)


def _expiring(held: Iterable[Held], today: date) -> tuple[tuple[int, int], ...]:
    years = Counter(h.expiry.year for h in held if h.in_force and h.expiry and h.expiry >= today)
    return tuple(sorted(years.items()))


def _warnings(
    share: float | None,
    found: Iterable[Concentration],
    expiring: Sequence[tuple[int, int]],
    live: Sequence[Held],
    limits: Limits,
) -> Iterable[Warned]:
    if len(live) < limits.least:
        return
    if share is not None and share >= limits.utility_models:
        yield Warned(
            "utility_models",
            say(
                "{percent} % of inventions and utility models are utility models.",
                percent=_p(share),
            ),
            share,
        )
    levels = {
        "inventor": limits.inventor,
        "class": limits.klass,
        "territory": limits.territory,
    }
    for one in found:
        if one.top_share >= levels[one.of]:
            yield Warned(one.of, _on_one(one), one.top_share)
    force = sum(n for _, n in expiring)
    year, most = max(expiring, key=lambda e: e[1], default=(0, 0))
    if force >= limits.least and most / force >= limits.cliff:
        yield Warned(
            "cliff",
            say(
                "{n} of {total} rights in force end in {year}.", n=most, total=force, year=str(year)
            ),
            most / force,
        )
    if not any(h.in_force for h in live):
        yield Warned("only_pending", say("Everything is pending; nothing is in force yet."), 1.0)


def _on_one(one: Concentration) -> Message:
    values: dict[str, Any] = {
        "percent": _p(one.top_share),
        "name": one.top,
        "total": one.total,
    }
    if one.of == "inventor":
        return say("{name} is named in {percent} % of {total} patents.", **values)
    if one.of == "class":
        return say("{percent} % of {total} patents are in class {name}.", **values)
    values["name"] = office_label(one.top)
    return say("{percent} % of {total} patents are in {name}.", **values)


def _p(share: float) -> int:
    return round(100 * share)


# -- benchmark ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Applicant:
    """An applicant as counted: ours from the portfolio, others from what the watches brought in.

    ``families`` are counted once; the years are those of the earliest filing that is known.
    """

    name: str
    own: bool
    families: int
    in_force: int
    pending: int
    offices: int
    utility_share: float | None
    by_year: Mapping[int, int]

    def since(self, year: int) -> int:
        """Families first filed from a year on."""
        return sum(n for y, n in self.by_year.items() if y >= year)


def benchmark(applicants: Iterable[Applicant], year: int, span: int = 5) -> tuple[Applicant, ...]:
    """Who filed most in the last *span* years, ourselves among them."""
    return tuple(sorted(applicants, key=lambda a: (-a.since(year - span + 1), -a.families, a.name)))
