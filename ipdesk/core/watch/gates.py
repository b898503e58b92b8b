"""Freedom-to-operate gates: valid six months, then amber, red before launch."""

from dataclasses import dataclass
from datetime import date, timedelta

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Message, say
from ipdesk.core.watch.words import Conclusion, Stage

VALID_MONTHS = 6
NEAR = timedelta(days=90)
"""So long before its day a gate without a valid record turns red."""


@dataclass(frozen=True, slots=True)
class GateState:
    """A light (``green``, ``amber``, ``red``, ``open``), until when, and why."""

    light: str
    valid_until: date | None
    why: Message


def gate_state(
    stage: str,
    conclusion: str,
    concluded_on: date | None,
    planned_on: date | None,
    today: date,
) -> GateState:
    """Judge one gate on a day."""
    near = planned_on is not None and planned_on - today <= NEAR
    if not conclusion or concluded_on is None:
        if near and planned_on is not None:
            return GateState("red", None, say("Due on {day} and not concluded.", day=planned_on))
        return GateState("open", None, say("Not concluded yet."))
    until = add_months(concluded_on, VALID_MONTHS)
    if conclusion == Conclusion.BLOCKED:
        return GateState("red", until, say("Blocked by what was found."))
    if today > until:
        why = say("Lapsed on {day}: six months are over, search again.", day=until)
        red = near or (stage == Stage.LAUNCH and planned_on is None)
        return GateState("red" if red else "amber", until, why)
    if near and planned_on is not None and planned_on > until:
        why = say("Valid until {until} only; the day is {day}.", until=until, day=planned_on)
        return GateState("amber", until, why)
    return GateState("green", until, say("Valid until {day}.", day=until))


def product_state(
    gates: list[tuple[str, GateState]], launch: date | None, today: date
) -> GateState:
    """The light of a product by its gates (stage, state), latest of each stage.

    Before launch a product without a green launch gate is red.
    """
    if launch is not None and timedelta(0) <= launch - today <= NEAR:
        passed = any(s == Stage.LAUNCH and g.light == "green" for s, g in gates)
        if not passed:
            why = say("Launch on {day} without a valid launch gate.", day=launch)
            return GateState("red", None, why)
    if not gates:
        return GateState("open", None, say("No gate recorded."))
    order = ("red", "amber", "open", "green")
    return min((g for _, g in gates), key=lambda g: order.index(g.light))
