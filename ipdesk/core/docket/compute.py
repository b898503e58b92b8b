"""Cases in, results out, a JSON object a line: the engine alone, in the words of the vocabulary."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.calendars import Calendars, Status
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Deadline, Event
from ipdesk.core.portfolio.offices import codes

_DATE_FACTS = frozenset({"paid_on"})
_WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MORE_FACTS = frozenset(  # that no rule names as its condition
    "annuity_year renewal_number compensation_days delay_days filing_language status"
    " fee_reduction pct_reduction isr_by open_licence".split()  # the last four: fees alone
)
_CASE_WORDS = frozenset(
    "id office right route events facts"  # what the engine reads
    " expect expect_calendar source origin confidence note".split()  # what case files add
)
_EVENT_WORDS = frozenset(
    "type date service received ordinal period_months period_days extension_months office"
    " printed_due".split()
)


class Unclear(ValueError):
    """A line that is no case, with the sentence that says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def compute_lines(
    lines: Iterable[str], law: Law | None = None, calendars: Calendars | None = None
) -> Iterator[str]:
    """One result a case; a line that is no case gives a result with problems, never an end."""
    law = law or Law.load()
    calendars = calendars or Calendars.load()
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, law, calendars), ensure_ascii=False)


def _answer(line: str, law: Law, calendars: Calendars) -> dict[str, Any]:
    name: Any = None
    try:
        stored = object_of(line)
        name = stored.get("id")
        if "roll" in stored:
            return {"id": name, "roll": _rolled(stored["roll"], calendars)}
        case = case_of(stored)
        outcome = compute(case, law, calendars, details=True)
    except Unclear as error:
        return {"id": name, "deadlines": [], "pending": [], "problems": [str(error.message)]}
    except (OverflowError, ValueError):  # beyond the years that a calendar can hold
        problem = say("A date or a period is too large to compute with.")
        return {"id": name, "deadlines": [], "pending": [], "problems": [str(problem)]}
    return {
        "id": name,
        "deadlines": [deadline_words(d) for d in outcome.deadlines],
        "pending": [
            {
                "rule": p.rule,
                "waiting_for": p.waiting_for,
                "label": str(p.label),
                "essential": p.essential,
                "why": [str(m) for m in p.why],
            }
            for p in outcome.pending
        ],
        "problems": [str(p) for p in (*outcome.problems, *_unknown_facts(case, law))],
    }


def _unknown_facts(case: Case, law: Law) -> Iterator[Message]:
    """Misspelt names: without a word the fact would just not count."""
    for name in sorted(case.facts.keys() - law.deciding - _MORE_FACTS):
        yield say("{key} is no fact that the rules know.", key=name)


def deadline_words(deadline: Deadline) -> dict[str, Any]:
    """A deadline with the keys of the vocabulary; those without a value are left out."""
    words: dict[str, Any] = {
        "rule": deadline.rule,
        "n": deadline.n,
        "raw": deadline.raw.isoformat(),
        "due": deadline.due.isoformat(),
        "start": deadline.start.isoformat(),
        "opens": deadline.opens.isoformat() if deadline.opens else None,
        "grace_end": deadline.grace_end.isoformat() if deadline.grace_end else None,
        "surcharge_percent": deadline.surcharge_percent,
        "calendar": deadline.calendar.value,
        "label": str(deadline.label),
        "kind": deadline.kind,
        "basis": str(deadline.basis),
        "source": str(deadline.source),
        "confidence": deadline.confidence,
        "unverified": deadline.unverified,
        "consequence": str(deadline.consequence) if deadline.consequence else None,
        "why": [str(m) for m in deadline.why],
    }
    return {key: value for key, value in words.items() if value is not None}


def case_of(stored: Mapping[str, Any]) -> Case:
    """A case from its JSON object. Raises Unclear with the sentence that says what is wrong."""
    unknown = sorted(set(stored) - _CASE_WORDS)
    if unknown:
        raise Unclear(say("The case has unknown entries: {words}.", words=", ".join(unknown)))
    events, facts = stored.get("events"), stored.get("facts")
    events, facts = [] if events is None else events, {} if facts is None else facts
    if not isinstance(events, list) or not isinstance(facts, dict):
        raise Unclear(say("Events must be a list and facts an object."))
    for name, value in facts.items():
        if isinstance(value, list | dict):
            raise Unclear(say("{key} must be a single value.", key=name))
    return Case(
        office=_text(stored, "office"),
        right=_text(stored, "right"),
        route=_text(stored, "route") or None,
        events=tuple(_event(event) for event in events),
        facts={
            k: _day(v, k) if k in _DATE_FACTS else v
            for k, v in facts.items()
            if v is not None  # a null says nothing
        },
    )


def object_of(line: str) -> dict[str, Any]:
    """The JSON object of a line. Raises Unclear with the sentence that says what is wrong."""
    try:
        line.encode()
    except UnicodeEncodeError:
        raise Unclear(say("The line is not text in UTF-8.")) from None
    try:
        stored = json.loads(line, parse_constant=_no_number, object_pairs_hook=_each_once)
    except Unclear:
        raise
    except (ValueError, RecursionError):
        raise Unclear(say("The line is not JSON: {text}", text=line.strip()[:60])) from None
    if not isinstance(stored, dict):
        raise Unclear(say("The line is no JSON object: {text}", text=line.strip()[:60]))
    return stored


def _no_number(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity are no JSON


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unclear(say("{key} is written twice in one object: keep one of them.", key=twice))
    return made


def is_object(line: str) -> bool:
    """Whether a line holds a JSON object, as every case is one."""
    try:
        line.encode()
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _text(stored: Mapping[str, Any], key: str) -> str:
    value = stored.get(key) or ""
    if not isinstance(value, str):
        raise Unclear(say("{key} must be a text.", key=key))
    return value


def _event(stored: Any) -> Event:
    if not isinstance(stored, dict) or not stored.get("type") or not stored.get("date"):
        raise Unclear(say("Every event needs a type and a date."))
    unknown = sorted(set(stored) - _EVENT_WORDS)
    if unknown:
        raise Unclear(say("An event has unknown entries: {words}.", words=", ".join(unknown)))
    return Event(
        type=_text(stored, "type"),
        date=_day(stored["date"], "date"),
        service=_text(stored, "service") or None,
        received=_day(stored["received"], "received") if stored.get("received") else None,
        ordinal=_number(stored, "ordinal"),
        period_months=_number(stored, "period_months"),
        period_days=_number(stored, "period_days"),
        extension_months=_number(stored, "extension_months"),
        office=_text(stored, "office") or None,
        printed_due=_day(stored["printed_due"], "printed_due")
        if stored.get("printed_due")
        else None,
    )


def _number(stored: Mapping[str, Any], key: str) -> int | None:
    value = stored.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise Unclear(say("{key} must be a whole number.", key=key))
    return value


def _day(value: Any, key: str) -> date:
    try:
        if not _WRITTEN_DAY.fullmatch(value):
            raise ValueError(value)
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unclear(
            say("{value} is no date for {key}; write YYYY-MM-DD.", value=str(value), key=key)
        ) from None


def _rolled(asked: Any, calendars: Calendars) -> dict[str, str]:
    if not isinstance(asked, dict):
        raise Unclear(say("A question for the next open day needs an office and a date."))
    if not asked.get("office") or not asked.get("date"):
        raise Unclear(say("A question for the next open day needs an office and a date."))
    office, day = _text(asked, "office"), _day(asked["date"], "date")
    if office not in codes() | {"XX"}:
        raise Unclear(say("{office} is no office code.", office=office))
    opening = calendars.next_open(office, day)
    return {
        "office": office,
        "date": day.isoformat(),
        "due": opening.day.isoformat(),
        "calendar": Status(opening.status).value,
    }


def main() -> None:
    """Answer standard input on standard output."""
    for answer in compute_lines(sys.stdin):
        print(answer)


if __name__ == "__main__":
    main()
