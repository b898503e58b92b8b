"""What the law says of our own disclosures: novelty, grace, priority, filing abroad, regions."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Bilingual
from ipdesk.core.docket.national import phases

PATENTS = ("invention", "utility_model", "pct", "provisional")
"""Rights that protect how a thing works; a design protects another side of it."""

_UNVERIFIED = "K"


@dataclass(frozen=True, slots=True)
class Grace:
    """What an office excuses. ``grounds`` holds ``any`` where every own disclosure is excused."""

    office: str
    months: int
    grounds: frozenset[str]
    to_priority: bool  # the period may end with the priority date
    basis: Bilingual
    source: Bilingual
    confidence: str
    note: Bilingual | None = None

    @property
    def unverified(self) -> bool:
        return self.confidence == _UNVERIFIED

    def excuses(self, ground: str) -> bool:
        """Whether a disclosure on this ground is excused for a while."""
        return self.months > 0 and ("any" in self.grounds or ground in self.grounds)


@dataclass(frozen=True, slots=True)
class Abroad:
    """What has to be asked before an invention made in a country is filed elsewhere."""

    office: str
    months: int
    extension: int
    by_pct: bool  # an international application filed there counts as the request
    basis: Bilingual
    source: Bilingual
    confidence: str


@dataclass(frozen=True, slots=True)
class Region:
    """States that a regional right reaches, pending and granted."""

    office: str
    right: str
    pending: frozenset[str]
    granted: frozenset[str]
    validation_months: int
    source: Bilingual
    confidence: str


@cache
def _stored(name: str) -> Mapping[str, Any]:
    with asset("layout", name).open("rb") as handle:
        return tomllib.load(handle)


def grace_of(office: str, right: str) -> Grace | None:
    """The rule of an office for a right; None: nothing is known, so nothing is excused."""
    return _graces().get((office, "invention" if right in ("pct", "provisional") else right))


@cache
def _graces() -> dict[tuple[str, str], Grace]:
    found: dict[tuple[str, str], Grace] = {}
    for table in _stored("novelty.toml")["rule"]:
        note = table.get("note")
        grace = Grace(
            office=table["office"],
            months=table["grace_months"],
            grounds=frozenset(table["grace_for"]),
            to_priority=table["counted_to"] == "priority",
            basis=_both(table["basis"]),
            source=_both(table["source"]),
            confidence=table["confidence"],
            note=_both(note) if note else None,
        )
        found.update(((grace.office, right), grace) for right in table["rights"])
    return found


@cache
def abroad_of(home: str, right: str) -> Abroad | None:
    """What the country of invention asks for before filing abroad, if anything is known."""
    for table in _stored("novelty.toml")["foreign_filing"]:
        if table["office"] == home and right in table["rights"]:
            return Abroad(
                office=home,
                months=table["months"],
                extension=table["extension"],
                by_pct=table["by_pct"],
                basis=_both(table["basis"]),
                source=_both(table["source"]),
                confidence=table["confidence"],
            )
    return None


@cache
def priority_months(right: str) -> int:
    """How long a first filing of this right keeps its date for later ones."""
    for table in _stored("novelty.toml")["priority"]:
        if right in table["rights"]:
            return int(table["months"])
    return 0


@cache
def regions() -> tuple[Region, ...]:
    """Every region of ``resources/layout/regions.toml``."""
    return tuple(
        Region(
            office=table["office"],
            right=table["right"],
            pending=frozenset(table["pending"]),
            granted=frozenset(table["granted"]),
            validation_months=table.get("validation_months", 0),
            source=_both(table["source"]),
            confidence=table["confidence"],
        )
        for table in _stored("regions.toml")["region"]
    )


@cache
def region_of(office: str, right: str) -> Region | None:
    """The region behind a right; a utility model of a regional office follows the invention's."""
    return next((r for r in regions() if r.office == office and r.right == right), None)


@cache
def entry(office: str) -> tuple[str, int] | None:
    """Where and within how many months a PCT application leads to this office; None: it cannot.

    A closed national route leads through the regional office.
    """
    phase = phases().get(office)
    if phase is not None and phase.closed and phase.instead:
        regional = phases().get(phase.instead)
        return (phase.instead, regional.chapter1) if regional and regional.chapter1 else None
    if phase is None or phase.chapter1 is None:
        return None
    return office, phase.chapter1


def _both(table: Mapping[str, str]) -> Bilingual:
    return Bilingual(table["en"], table["zh"])
