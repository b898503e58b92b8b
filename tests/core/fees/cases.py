"""Fee cases that a bookkeeper can read, as cases of the program."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ipdesk.core.docket.model import Event
from ipdesk.core.fees.model import FeeCase

FOLDER = Path(__file__).resolve().parents[2] / "cases" / "fees"
_NOT_EVENTS = {"paid_on"}


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A case with the sum in words and what must come out."""

    id: str
    says: str
    case: FeeCase
    expect: dict[str, Any]


def worked_cases() -> Iterator[WorkedCase]:
    for path in sorted(FOLDER.glob("*.toml")):
        with path.open("rb") as handle:
            file = tomllib.load(handle)
        for raw in file["case"]:
            yield _read({**file.get("defaults", {}), **raw}, path.stem)


def _read(raw: dict[str, Any], stem: str) -> WorkedCase:
    name, says, expect = raw.pop("id"), raw.pop("says"), raw.pop("expect")
    head = {key: raw.pop(key) for key in ("office", "right", "item")}
    route = raw.pop("route", "")
    events, facts = [], {}
    for key, value in raw.items():
        days = value if isinstance(value, list) else [value]
        if key not in _NOT_EVENTS and all(isinstance(day, date) for day in days):
            events += [Event(key, day) for day in days]
        else:
            facts[key] = value
    case = FeeCase(**head, route=route, events=tuple(events), facts=facts, id=name)
    return WorkedCase(f"{stem}:{name}", says, case, expect)
