"""What a comparison with a register finds, and how its values are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ipdesk.base.i18n import Message, pick, say
from ipdesk.core.intake.model import Claim
from ipdesk.core.portfolio.model import right_label, status_label

# what a register knows better than we do; references, notes and classifications are ours
COMPARED = (
    "right",
    "office",
    "status",
    "title",
    "title_en",
    "title_zh",
    "application_number",
    "publication_number",
    "grant_number",
    "priority_date",
    "filing_date",
    "publication_date",
    "grant_date",
    "expiry_date",
    "priorities",
    "applicants",
    "owners",
    "inventors",
    "agencies",
    "classes",
    "goods",
    "registrar",
    "version",
    "pct_application_number",
    "pct_publication_number",
    "certificate_number",
)
DAYS = frozenset(f for f in COMPARED if f.endswith("_date"))
NAMES = frozenset({"applicants", "owners", "inventors", "agencies"})
_LISTS = frozenset({*NAMES, "classes"})


class Stand(StrEnum):
    """What became of a difference."""

    OPEN = "open"
    ACCEPTED = "accepted"  # the register's value was taken
    DISMISSED = "dismissed"  # silent until the register's value changes
    SETTLED = "settled"  # both sides agree by now


STAND_LABELS: Mapping[str, Message] = {
    Stand.OPEN: say("Open"),
    Stand.ACCEPTED: say("Value taken"),
    Stand.DISMISSED: say("Dismissed"),
    Stand.SETTLED: say("Agrees by now"),
}


def stand_label(stand: str) -> str:
    """The word for a stand, in the current language."""
    return str(STAND_LABELS.get(stand, stand))


UNDECIDED: Mapping[str, Any] = {"reason": "", "decided_by": "", "decided_on": None}
"""The columns of a decision before anybody made one."""


class Side(StrEnum):
    """Which side lacks a record."""

    NOT_HERE = "not_here"  # in the register, not in the portfolio
    NOT_THERE = "not_there"  # in the portfolio, within the scope of the file, not in the register


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a matter that the register tells otherwise, and where it stands in the file."""

    matter_id: int
    field: str
    ours: Any
    theirs: Any
    sheet: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Lack:
    """A record that one side lacks."""

    side: Side
    key: str
    right: str
    office: str
    number: str = ""
    title: str = ""
    applicants: tuple[str, ...] = ()
    filing_date: date | None = None
    matter_id: int | None = None
    application_key: str | None = None
    publication_key: str | None = None
    grant_key: str | None = None
    sheet: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """What a file speaks of: pairs of office and right, and the applicants that it names."""

    places: tuple[tuple[str, str], ...] = ()
    applicants: tuple[str, ...] = ()
    parties: frozenset[int] = frozenset()  # those of the applicants that are known here

    def to_json(self) -> dict[str, Any]:
        """As the store keeps it."""
        return {"places": [list(p) for p in self.places], "applicants": list(self.applicants)}


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register export that was compared, newest last wins."""

    id: int
    file: str
    path: str
    sha256: str
    source: str
    at: datetime
    action_id: int | None
    scope: Scope
    summary: Mapping[str, int]
    undone: bool = False


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A difference as it stands today: *ours* is read afresh."""

    id: int
    matter_id: int
    reference: str
    right: str
    office: str
    title: str
    title_en: str
    title_zh: str
    field: str
    ours: Any
    theirs: Any
    state: str
    reason: str
    decided_by: str
    decided_on: date | None
    source: str
    file: str
    at: datetime
    sheet: str
    line: int

    @property
    def shown_title(self) -> str:
        return pick(self.title_en, self.title_zh) or self.title

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "id": self.id,
            "reference": self.reference,
            "right": self.right,
            "office": self.office,
            "field": self.field,
            "ours": stored(self.ours),
            "theirs": stored(self.theirs),
            "state": self.state,
            "reason": self.reason,
            "decided_by": self.decided_by,
            "decided_on": self.decided_on,
            "source": self.source,
            "file": self.file,
            "day": self.at.date(),
            "sheet": self.sheet,
            "row": self.line,
        }


@dataclass(frozen=True, slots=True)
class LackRow:
    """A record that one side lacks, as it stands today."""

    id: int
    side: str
    matter_id: int | None
    reference: str
    right: str
    office: str
    number: str
    title: str
    applicants: tuple[str, ...]
    filing_date: date | None
    status: str  # of our matter
    unpublished: bool  # nothing of our matter was published yet, so a register may not know it
    state: str
    reason: str
    source: str
    file: str
    at: datetime
    register_id: int
    sheet: str
    line: int

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "id": self.id,
            "side": self.side,
            "reference": self.reference,
            "right": self.right,
            "office": self.office,
            "number": self.number,
            "title": self.title,
            "applicants": list(self.applicants),
            "filing_date": self.filing_date,
            "unpublished": self.unpublished,
            "state": self.state,
            "reason": self.reason,
            "source": self.source,
            "file": self.file,
            "day": self.at.date(),
            "sheet": self.sheet,
            "row": self.line,
        }


def stored(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Claim):
        day = value.date.isoformat() if value.date else None
        return {"number": value.number, "key": value.key, "office": value.office, "date": day}
    if isinstance(value, tuple | list):
        return [stored(v) for v in value]
    return value


def restored(field: str, value: Any) -> Any:
    """A value of a field as it was before ``stored``."""
    if value is None:
        return None
    if field.endswith("_date"):
        return date.fromisoformat(value)
    if field == "priorities":
        return tuple(_claim(v) for v in value)
    return tuple(value) if field in _LISTS or isinstance(value, list) else value


def _claim(value: Mapping[str, Any]) -> Claim:
    day = date.fromisoformat(value["date"]) if value["date"] else None
    return Claim(value["number"], value["key"], value["office"], day)


def words_of(field: str, value: Any) -> str:
    """A value as a person reads it."""
    if value in (None, "", (), []):
        return ""
    if field == "right":
        return right_label(str(value))
    if field == "status":
        return status_label(str(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(_part(v) for v in value)
    return str(value)


def _part(value: Any) -> str:
    if isinstance(value, Claim):
        return " ".join(str(w) for w in (value.number, value.date) if w)
    return str(value)
