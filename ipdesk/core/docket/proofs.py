"""The cases that prove a rule: what happened, and the date that must follow (tests/cases)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ipdesk.base.assets import resources
from ipdesk.base.i18n import Bilingual
from ipdesk.core.docket.model import Case, Deadline, Event

_FIELDS = ("raw", "due", "start", "opens", "grace_end", "surcharge_percent")


@dataclass(frozen=True, slots=True)
class Proof:
    """One case of a lawyer and what it expects of one rule."""

    file: str
    rule: str
    says: str
    zh: str
    case: Case
    expect: Mapping[str, Any]

    @property
    def words(self) -> Bilingual:
        """What the case shows."""
        return Bilingual(self.says, self.zh)

    @property
    def absent(self) -> bool:
        """Whether the case proves that the rule gives nothing."""
        return bool(self.expect.get("absent"))

    def found_in(self, deadlines: tuple[Deadline, ...]) -> list[Deadline]:
        """The deadlines of the rule, of the number and variant asked for."""
        return [
            d
            for d in deadlines
            if d.rule == self.rule
            and self.expect.get("n", d.n) == d.n
            and self.expect.get("variant", d.law.variant) == d.law.variant
        ]

    def differs(self, deadline: Deadline) -> dict[str, Any]:
        """The fields that are not as expected, with what they are."""
        return {
            field: getattr(deadline, field)
            for field in _FIELDS
            if field in self.expect and getattr(deadline, field) != self.expect[field]
        }


def folder() -> Path:
    """Where the cases lie: beside the resources of an installation, or with the tests."""
    shipped = resources() / "cases"
    return shipped if shipped.is_dir() else resources().parent / "tests" / "cases"


@cache
def proofs() -> tuple[Proof, ...]:
    """All cases of all offices; none where an installation came without them."""
    found = []
    for path in sorted(folder().glob("*.toml")):
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
        for table in stored.get("case", ()):
            events = tuple(
                Event(**event, key=number) for number, event in enumerate(table["events"], 1)
            )
            case = Case(
                table.get("office", stored["office"]),
                table["right"],
                table.get("route"),
                events,
                table.get("facts", {}),
            )
            found.append(
                Proof(path.stem, table["rule"], table["says"], table["zh"], case, table["expect"])
            )
        found += _phases(path.stem, stored)
    return tuple(found)


def _phases(file: str, stored: Mapping[str, Any]) -> Iterator[Proof]:
    """The table of national phases: one priority, and the last day at every office."""
    for chapter, name in ((1, "I"), (2, "II")):
        for office, day in stored.get(f"chapter{chapter}", {}).items():
            event = Event("priority", stored["priority"], key=1)
            case = Case(office, "invention", "pct", (event,), {"chapter": chapter})
            says, zh = f"Chapter {name} of the PCT", f"PCT第{name}章"
            yield Proof(file, f"{office}-NPE", says, zh, case, {"raw": day})


def proofs_of(rule: str) -> tuple[Proof, ...]:
    """The cases of one rule."""
    return tuple(proof for proof in proofs() if proof.rule == rule)
