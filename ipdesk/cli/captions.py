"""Columns and codes as people read them: the words of tables, and of sheets in Chinese."""

from collections.abc import Callable, Mapping
from typing import Any

from ipdesk.base.i18n import Message, language, say, tr
from ipdesk.core.docket.records import state_label
from ipdesk.core.portfolio.model import right_label, status_label

_CAPTIONS: dict[str, Message] = {
    "act_by": say("Act by"),
    "agent": say("Agent"),
    "agent_due": say("Agent date"),
    "alarm": say("Alarm"),
    "applicants": say("Applicants"),
    "application_number": say("Application no."),
    "at_stake": say("At stake"),
    "basis": say("Legal basis"),
    "calendar": say("Closed days"),
    "currency": say("Currency"),
    "decision": say("Decision"),
    "due": say("Due"),
    "ever": say("Ever"),
    "expiry_date": say("Expiry date"),
    "family": say("Family"),
    "fault": say("Fault"),
    "filing_date": say("Filing date"),
    "grace_end": say("Grace until"),
    "grant_date": say("Grant date"),
    "grant_number": say("Grant no."),
    "internal_due": say("Internal date"),
    "inventors": say("Inventors"),
    "item": say("Item"),
    "key": say("Group"),
    "label": say("What is due"),
    "message": say("Message"),
    "next_due": say("Next due"),
    "note": say("Note"),
    "office": say("Office"),
    "official": say("Official fee"),
    "payable": say("Payable"),
    "period": say("Period"),
    "priority_date": say("Priority date"),
    "publication_date": say("Publication date"),
    "publication_number": say("Publication no."),
    "raw": say("Before rolling"),
    "reduction": say("Reduction"),
    "reference": say("Matter"),
    "right": say("Right"),
    "state": say("State"),
    "status": say("Status"),
    "surcharge": say("Surcharge"),
    "this_year": say("This year"),
    "title": say("Title"),
    "to_come": say("To come"),
    "total": say("Total"),
    "unknown": say("Unknown"),
    "unverified": say("Unverified"),
    "year": say("Year"),
    "years_left": say("Years left"),
}
_CALENDARS: dict[str, Message] = {
    "official": say("official"),
    "computed": say("computed"),
    "unknown": say("not known"),
    "not_applicable": say("none"),
}
_WORDS: dict[str, Callable[[Any], str]] = {
    "right": lambda v: right_label(str(v)),
    "status": lambda v: status_label(str(v)),
    "state": lambda v: state_label(str(v)),
    "calendar": lambda v: str(_CALENDARS.get(str(v), v)),
}


def caption(column: str) -> str:
    """What a column is called, in the current language; its key where nobody named it."""
    return str(_CAPTIONS.get(column, column))


def worded(column: str, row: Mapping[str, Any]) -> Any:
    """A cell as people read it: codes become words, true and false yes and no."""
    value = row.get(column)
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    words = _WORDS.get(column)
    return words(value) if words is not None and value else value


def in_words() -> bool:
    """Whether sheets carry words as well; in English they keep the keys that scripts rely on."""
    return language() != "en"
