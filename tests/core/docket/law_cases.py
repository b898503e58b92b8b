"""The law cases under tests/cases, as values: what happened and what must follow."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipdesk.core.docket.model import Case, Deadline, Event

FOLDER = Path(__file__).parents[2] / "cases"
_FIELDS = ("raw", "due", "start", "opens", "grace_end", "surcharge_percent")


@dataclass(frozen=True)
class LawCase:
    """One case and the deadline it asks for."""

    name: str
    rule: str
    case: Case
    expect: Mapping[str, Any]

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


def law_cases() -> list[LawCase]:
    """All cases of all offices."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, table in enumerate(stored.get("case", ()), 1):
            office = table.get("office", stored["office"])
            events = tuple(
                Event(**event, key=index) for index, event in enumerate(table["events"], 1)
            )
            case = Case(office, table["right"], table.get("route"), events, table.get("facts", {}))
            name = f"{path.stem} {number}: {table['rule']}, {table['says']}"
            found.append(LawCase(name, table["rule"], case, table["expect"]))
    return found


def national_phases() -> dict[str, Any]:
    """The table of national phases."""
    return tomllib.loads((FOLDER / "national_phase.toml").read_text(encoding="utf-8"))
