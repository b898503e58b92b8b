"""Fee cases as JSON lines: one question a line in, one answer a line out, no database."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.model import Event
from ipdesk.core.fees.checks import as_day
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeAnswer, FeeCase

_TEXTS = ("office", "right", "item")


def compute_lines(lines: Iterable[str], fees: Fees | None = None) -> Iterator[str]:
    """Answers every line that holds a case; a line that holds none gets an answer that says so."""
    desk = fees or Fees.load()
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, desk).to_json(), ensure_ascii=False)


def _answer(line: str, fees: Fees) -> FeeAnswer:
    try:
        raw = json.loads(line)
    except ValueError:
        return _refused({}, (say("This line is not JSON."),))
    if not isinstance(raw, dict):
        return _refused({}, (say("This line is not a JSON object."),))
    case, problems = read_case(raw)
    return _refused(raw, problems) if case is None else fees.fee(case)


def _refused(raw: Mapping[str, Any], problems: tuple[Message, ...]) -> FeeAnswer:
    return FeeAnswer(str(raw.get("item") or ""), str(raw.get("id") or ""), problems=problems)


def read_case(raw: Mapping[str, Any]) -> tuple[FeeCase | None, tuple[Message, ...]]:
    """A case from its JSON object, or what is wrong with it."""
    problems = [
        say("The case has no {key}.", key=key)
        for key in _TEXTS
        if not isinstance(raw.get(key), str) or not raw[key]
    ]
    events: list[Event] = []
    given = raw.get("events") or []
    for one in given if isinstance(given, list) else [given]:
        event = _event(one)
        if event is None:
            problems.append(say("An event needs a type and a date written YYYY-MM-DD."))
        else:
            events.append(event)
    facts = raw.get("facts") or {}
    if not isinstance(facts, Mapping):
        problems.append(say("The facts of a case are names with values."))
    if problems:
        return None, tuple(dict.fromkeys(problems))
    return (
        FeeCase(
            office=raw["office"],
            right=raw["right"],
            item=raw["item"],
            events=tuple(events),
            facts=dict(facts),
            route=str(raw.get("route") or ""),
            id=str(raw.get("id") or ""),
        ),
        (),
    )


def _event(raw: Any) -> Event | None:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("type"), str):
        return None
    day: date | None = as_day(raw.get("date"))
    if day is None:
        return None
    return Event(
        raw["type"],
        day,
        service=str(raw.get("service") or "electronic"),
        received=as_day(raw["received"]) if raw.get("received") else None,
        ordinal=_whole(raw.get("ordinal")) or 1,
        period_months=_whole(raw.get("period_months")),
        period_days=_whole(raw.get("period_days")),
        extension_months=_whole(raw.get("extension_months")),
        office=str(raw.get("office") or ""),
    )


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
