"""Fee cases as JSON lines: one question a line in, one answer a line out, no database."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.compute import Unclear, case_of, object_of
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeAnswer, FeeCase

_MATTER = ("office", "right", "route", "events", "facts")
_NEEDED = ("office", "right", "item")
_LISTS = ("applicants", "classes")  # facts that may be written as lists


def compute_lines(lines: Iterable[str], fees: Fees | None = None) -> Iterator[str]:
    """Answers every line that holds a case; a line that holds none gets an answer that says so."""
    desk = fees or Fees.load()
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, desk).to_json(), ensure_ascii=False)


def _answer(line: str, fees: Fees) -> FeeAnswer:
    try:
        raw = object_of(line)
    except Unclear as error:
        return _refused({}, error.message)
    try:
        return fees.fee(read_case(raw))
    except Unclear as error:
        return _refused(raw, error.message)
    except OverflowError:  # a year beyond what a calendar can hold
        return _refused(raw, say("A date or a period is too large to compute with."))


def _refused(raw: Mapping[str, Any], problem: Message) -> FeeAnswer:
    return FeeAnswer(str(raw.get("item") or ""), str(raw.get("id") or ""), problems=(problem,))


def read_case(raw: Mapping[str, Any]) -> FeeCase:
    """A case from its JSON object. Raises Unclear with the sentence that says what is wrong."""
    for key in _NEEDED:
        if not isinstance(raw.get(key), str) or not raw[key]:
            raise Unclear(say("The case has no {key}.", key=key))
    listed = _listed(raw.get("facts"))
    plain = {key: raw[key] for key in _MATTER if raw.get(key) is not None}
    if listed:
        plain["facts"] = {k: v for k, v in raw["facts"].items() if k not in listed}
    matter = case_of(plain)
    return FeeCase(
        office=matter.office,
        right=matter.right,
        item=raw["item"],
        events=matter.events,
        facts={**matter.facts, **listed},
        route=matter.route or "",
        id=str(raw.get("id") or ""),
    )


def _listed(facts: Any) -> dict[str, Any]:
    """The facts that are lists: applicants with what they earn, classes of goods."""
    if not isinstance(facts, dict):
        return {}
    found = {key: facts[key] for key in _LISTS if isinstance(facts.get(key), list)}
    for one in found.get("applicants", ()):
        if not isinstance(one, dict) or not _sum(one.get("income")):
            raise Unclear(
                say(
                    "An applicant is written as an object with name, kind (person, enterprise or "
                    "institution) and income (a number, or left out)."
                )
            )
    return found


def _sum(value: Any) -> bool:
    """Whether this can be an income: a number, or nothing."""
    try:
        return value is None or Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False
