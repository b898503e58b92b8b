"""Where fees get their dates: the calendars of the offices and the deadlines of the docket."""

from datetime import date

from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Deadline
from ipdesk.core.fees.model import DueDate, FeeCase

_VARIANTS = ("", "-OLD", "-NPE", "-DOM")  # of one rule; only one of them holds for a case


class DocketDates:
    """Dates as the docket computes them, by the same law and the same calendars."""

    def __init__(self, law: Law, calendars: Calendars) -> None:
        self._law = law
        self._calendars = calendars

    @classmethod
    def load(cls) -> "DocketDates":
        """The shipped law and calendars."""
        return cls(Law.load(), Calendars.load())

    def next_open(self, office: str, day: date) -> DueDate:
        """The day, or the next one on which the office is open."""
        opening = self._calendars.next_open(office, day)
        return DueDate(day, opening.day, str(opening.status.value))

    def due(self, case: FeeCase, rule: str, n: int | None = None) -> DueDate | None:
        """The date of a rule for this case; of several notices the latest counts."""
        outcome = compute(case.docket(), self._law, self._calendars)
        for variant in _VARIANTS:
            found = [d for d in outcome.deadlines if d.rule == rule + variant and _is(d, n)]
            if found:
                last = max(found, key=lambda d: d.raw)
                return DueDate(last.raw, last.due, str(last.calendar.value))
        return None


def _is(deadline: Deadline, n: int | None) -> bool:
    return n is None or deadline.n is None or deadline.n == n
