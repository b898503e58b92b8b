"""Whether a fee case makes sense: facts filled in from the events, contradictions in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ipdesk.base.i18n import Message, say
from ipdesk.core.fees.annuities import Annuities
from ipdesk.core.fees.model import FeeCase
from ipdesk.core.fees.reductions import eligible, read_applicants
from ipdesk.core.fees.tables import FeeTable, fact_text

_SAME = {  # other names of a fact
    "isr_by": ("isa",),
    "iprp_by": ("ipea",),
    "months": ("extension_months",),
    "priorities": ("priority_claims", "priority_count"),
    "e_filing": ("e_filing_reduction", "efiling"),
    "pages": ("description_pages", "sheets"),
    "sheets": ("pages", "page_count"),
    "entity": ("entity_size", "entity_status"),
    "part": ("designation_part", "hague_part", "phase", "period"),
    "designated_office": ("designated", "designation", "designated_party", "designated_state"),
    "medium": ("filing_medium",),
    "paid_on": ("payment_date", "paid"),
}
UNKNOWN = "unknown"
_MOST = 1_000_000  # of anything that is counted
_MAINTENANCE = {"3.5": 1, "7.5": 2, "11.5": 3}  # years after the grant, by number
_COUNTS = (
    "claims",
    "independent_claims",
    "pages",
    "sheets",
    "priorities",
    "classes",
    "copies",
    "inventions",
    "months",
    "parties",
    "part",
    "annuity_year",
    "renewal_number",
    "maintenance_number",
    "compensation_days",
    "citations",
    "unpaid",
)


def derived(case: FeeCase, table: FeeTable) -> tuple[dict[str, Any], tuple[Message, ...]]:
    """The facts with what follows from the events and from other facts; and how that follows."""
    facts = {key: _whole(value) for key, value in case.facts.items()}
    for fact, names in _SAME.items():
        given = next((facts[n] for n in names if facts.get(n) is not None), None)
        if facts.get(fact) is None and given is not None:
            facts[fact] = given
    if case.route:
        facts.setdefault("route", case.route)
    claimed = sum(1 for event in case.events if event.type == "priority")
    if claimed:
        facts.setdefault("priorities", claimed)
    if isinstance(facts.get("classes"), list | tuple):
        facts["classes"] = len(facts["classes"])
    _extension(case, facts)
    _part(facts)
    if str(facts.get("maintenance_year")) in _MAINTENANCE:
        facts.setdefault("maintenance_number", _MAINTENANCE[str(facts["maintenance_year"])])
    return facts, _reduction(case, table, facts)


def _whole(value: Any) -> Any:
    """A number written as text is a number."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def _extension(case: FeeCase, facts: dict[str, Any]) -> None:
    extended = [e for e in case.events if e.extension_months]
    if extended:
        facts.setdefault("months", extended[-1].extension_months)
    nth = facts.get("extension_number", facts.get("ordinal"))
    if "again" not in facts and isinstance(nth, int) and nth > 1:
        facts["again"] = True


def _reduction(case: FeeCase, table: FeeTable, facts: dict[str, Any]) -> tuple[Message, ...]:
    """The rate of reduction from the applicants, where the case gives them instead.

    An income that is not known leaves the rate ``unknown``, which no amount is named for.
    """
    given = facts.get("applicants")
    if facts.get("fee_reduction") is not None or not isinstance(given, list | tuple):
        return ()
    if not table.thresholds:
        return ()
    day = as_day(facts.get("paid_on")) or case.day("filing")
    verdict = eligible(table, read_applicants(given), day)
    facts["fee_reduction"] = verdict.rate or UNKNOWN
    return verdict.why


def _part(facts: dict[str, Any]) -> None:
    """The part of a designation fee from the number of the renewal."""
    renewal = facts.get("renewal_number")
    if facts.get("part") is None and isinstance(renewal, int):
        facts["part"] = renewal + 1


def as_day(value: Any) -> date | None:
    """A day given as a date or written YYYY-MM-DD; None for anything else."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def problems_of(table: FeeTable, case: FeeCase, facts: dict[str, Any]) -> tuple[Message, ...]:
    """What contradicts itself or is not understood; days in *facts* are read on the way."""
    return (
        *_about_item(table, case),
        *_about_values(table, facts),
        *_about_days(case, facts),
        *_about_compensation(table, case, facts),
    )


def _about_item(table: FeeTable, case: FeeCase) -> list[Message]:
    if table.item(case.item, case.right) or table.surcharge_named(case.item, case.right):
        return []
    if table.knows(case.item):
        return [
            say(
                "{office} has no {item} for this right ({right}).",
                office=table.office,
                item=case.item,
                right=case.right,
            )
        ]
    return []


def _about_values(table: FeeTable, facts: Mapping[str, Any]) -> list[Message]:
    said = []
    for fact, allowed in table.facts.items():
        if facts.get(fact) == UNKNOWN:
            said.append(say("Whether the fee reduction applies is unknown: an income is missing."))
        elif fact in facts and fact_text(facts[fact]) not in allowed:
            said.append(
                say(
                    "{fact} is {value}; it must be one of: {allowed}.",
                    fact=fact,
                    value=str(facts[fact]),
                    allowed=", ".join(allowed),
                )
            )
    for fact in _COUNTS:
        value = facts.get(fact)
        if value is None:
            continue
        whole = isinstance(value, int) and not isinstance(value, bool)
        if whole and value > _MOST:
            said.append(say("{fact} is {value}: that many cannot be.", fact=fact, value=str(value)))
            continue
        low = 1 if fact in ("annuity_year", "part", "maintenance_number", "months") else 0
        if not whole or value < low:
            said.append(
                say(
                    "{fact} is {value}; it must be a whole number from {low} on.",
                    fact=fact,
                    value=str(value),
                    low=low,
                )
            )
    return said


def _about_days(case: FeeCase, facts: dict[str, Any]) -> list[Message]:
    said = []
    if facts.get("paid_on") is not None:
        paid = as_day(facts["paid_on"])
        if paid is None:
            said.append(
                say("{value} is not a day written YYYY-MM-DD.", value=str(facts["paid_on"]))
            )
        facts["paid_on"] = paid
    filing, grant = case.day("filing"), case.day("grant")
    if filing and grant and grant < filing:
        said.append(
            say(
                "The grant ({grant}) lies before the filing ({filing}).", grant=grant, filing=filing
            )
        )
    paid = facts.get("paid_on")
    if filing and isinstance(paid, date) and paid < filing:
        said.append(
            say("The payment ({paid}) lies before the filing ({filing}).", paid=paid, filing=filing)
        )
    return said


def _about_compensation(table: FeeTable, case: FeeCase, facts: dict[str, Any]) -> list[Message]:
    """Sets how many full years of a compensated term cost an annuity."""
    filing, days = case.day("filing"), facts.get("compensation_days")
    if not isinstance(days, int) or isinstance(days, bool) or days < 0:
        return []
    term = table.term(case.right, filing) if filing else None
    if filing and term:
        facts["compensation_years"] = Annuities(filing, None, term.years, days).compensated
    else:
        facts["compensation_years"] = days // 365
    return []
