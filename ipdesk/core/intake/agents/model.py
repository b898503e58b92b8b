"""What goes to an agent and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ipdesk.base.i18n import Message, say

MATTER, DEADLINE = "matter", "deadline"
NEW_MATTER, NEW_DEADLINE = "new_matter", "new_deadline"
KINDS = (MATTER, DEADLINE, NEW_MATTER, NEW_DEADLINE)


class Reply(StrEnum):
    """What became of a cell that came back otherwise."""

    OPEN = "open"
    ACCEPTED = "accepted"
    QUERIED = "queried"  # goes into the next workbook
    DISMISSED = "dismissed"
    SETTLED = "settled"  # agrees by now, or the query was answered


REPLY_LABELS: Mapping[str, Message] = {
    Reply.OPEN: say("Open"),
    Reply.ACCEPTED: say("Value taken"),
    Reply.QUERIED: say("Queried"),
    Reply.DISMISSED: say("Dismissed"),
    Reply.SETTLED: say("Settled"),
}


def reply_label(state: str) -> str:
    """The word for a state, in the current language."""
    return str(REPLY_LABELS.get(state, state))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a workbook: its hidden key and what its cells say."""

    key: str
    kind: str
    matter_id: int | None
    deadline_id: int | None
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AgentRow:
    """An agent with what passed between us."""

    name: str
    matters: int
    deadlines: int
    sent_on: date | None
    read_on: date | None
    open: int  # cells to decide on
    queries: int  # to go into the next workbook, or not answered yet


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """A workbook that was made."""

    id: int
    token: str
    agent: str
    language: str
    file: str
    made_on: date
    read_on: date | None
    matters: int
    deadlines: int
    queries: int
    undone: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A cell that came back otherwise, an added row, or a query, as it stands today."""

    id: int
    agent: str
    kind: str
    matter_id: int | None
    deadline_id: int | None
    reference: str
    title: str
    label: str  # of the deadline
    field: str
    sent: Any
    answered: Any
    now: Any  # what stands here today
    unread: str
    state: str
    reason: str
    query: str
    asked_on: date | None
    reply: str
    file: str
    read_on: date
    decided_by: str
    decided_on: date | None
    sheet: str
    line: int
    remarks: tuple[str, ...] = ()  # of an added matter: what the checks of lists say

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {name: getattr(self, name) for name in _TOLD}


_TOLD = (
    *("id", "agent", "kind", "reference", "title", "label", "field", "sent", "answered", "now"),
    *("unread", "state", "reason", "query", "asked_on", "reply", "file", "read_on"),
    *("decided_by", "decided_on", "sheet", "line", "remarks"),
)
