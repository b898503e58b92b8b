"""Where fees get their dates: the calendars of the offices and the deadlines of the docket."""

from datetime import date

from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.fees.model import DueDate, FeeCase


class DocketDates:
    """Dates as the docket computes them."""

    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars

    @classmethod
    def load(cls) -> "DocketDates":
        return cls(Calendars.load())

    def next_open(self, office: str, day: date) -> DueDate:
        opening = self._calendars.next_open(office, day)
        return DueDate(day, opening.day, str(opening.status.value))

    def due(self, case: FeeCase, rule: str, n: int | None = None) -> DueDate | None:
        return None
