"""Days: the calendar arithmetic that law asks for, and how far off one is in words."""

from calendar import monthrange
from datetime import date

from ipdesk.base.i18n import ntr, tr

_SHORTEST = 28  # days that every month has


def add_months(day: date, months: int) -> date:
    """The same day number *months* later, or the last day of a shorter month; no stickiness."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= _SHORTEST:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """29 February becomes the 28th in a common year."""
    return add_months(day, 12 * years)


def distance(day: date, today: date) -> str:
    """How far a day lies ahead or behind, in words."""
    days = (day - today).days
    if days == 0:
        return tr("today")
    if days > 0:
        return ntr("in {n} day", "in {n} days", days)
    return ntr("{n} day ago", "{n} days ago", -days)


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def parse_iso(text: str) -> date:
    """A day written YYYY-MM-DD. Raises ValueError with the text when it is none."""
    return date.fromisoformat(text.strip())
