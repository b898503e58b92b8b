"""When a document counts as received: the service models of the offices (law.md §0.6)."""

from datetime import date
from typing import NamedTuple

from ipdesk.core.docket.arithmetic import after
from ipdesk.core.docket.model import Event
from ipdesk.core.docket.rules import ServiceModel, ServicePeriod


class Served(NamedTuple):
    """The day from which a period runs, days added at its end, and how that was found."""

    start: date
    late_days: int
    how: str  # "deemed" or "received"
    grace: int


def served(event: Event, model: ServiceModel | None) -> Served:
    """The deemed or proved day of receipt; never itself rolled. Without a model: the date."""
    way = way_of(event, model) if model else None
    if way is None:
        return Served(event.date, 0, "deemed", 0)
    deemed = after(event.date, way.period)
    received = event.received
    if received is not None:
        if way.received == "prevails" or (way.received == "if_later" and received > deemed):
            return Served(received, 0, "received", 0)
        if way.received == "beyond_grace":
            late = (received - event.date).days - way.grace_days
            return Served(deemed, max(0, late), "deemed", way.grace_days)
    return Served(deemed, 0, "deemed", 0)


def way_of(event: Event, model: ServiceModel) -> ServicePeriod | None:
    """How a document of that day and way of service is received under a model."""
    service = event.service or "electronic"
    for way in model.periods:
        if way.service not in (service, "*"):
            continue
        if way.since is not None and event.date < way.since:
            continue
        if way.until is not None and event.date > way.until:
            continue
        return way
    return None


NOTICES = frozenset(
    "acceptance_notice rectification_notice office_action exam_stage_notice grant_notice refusal"
    " decision reexam_decision loss_notice r161_communication intention_to_grant fee_invitation"
    " correction_invitation unity_invitation isr_transmittal office_notice article11_invitation"
    " ro_refusal_notice invalidation_notice opposition_notice partial_refusal explanation_notice"
    " review_notice nonuse_notice maintenance_notice exam_direction controller_request"
    " search_translation_invitation publication_translation_invitation"
    " demand_fee_invitation".split()
)
"""Events that are documents of an office: only these are served, and may print a period."""

ACTS_AT_AN_OFFICE = frozenset({"receipt", "demand"})
"""Acts of ours that may say at which office they were done, where nothing else names it."""
