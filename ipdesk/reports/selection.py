"""From the options of a report to the question behind it, and back to words for its first page."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import Message, language, say
from ipdesk.core.portfolio.model import RIGHT_LABELS, STATUS_LABELS, MatterRow
from ipdesk.core.portfolio.offices import offices
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.reports.registry import OPTIONS, Options
from ipdesk.store.paging import ListQuery

_MATTER_FACETS = ("right", "office", "status", "technology")
_DEADLINE_FACETS = ("right", "office", "person", "from", "to")
_SPOKEN = ("query", "right", "office", "status", "technology", "person", "from", "to", "product")


def chosen(options: Options, name: str) -> tuple[str, ...]:
    """The values of an option, parted by commas."""
    return tuple(v.strip() for v in options.get(name, "").split(",") if v.strip())


def _query(options: Options, facets: Iterable[str], sort: str) -> ListQuery:
    query = ListQuery(search=options.get("query", ""), sort=sort)
    for facet in facets:
        query = query.choose(facet, *chosen(options, facet))
    return query


def matters(options: Options) -> ListQuery:
    """The question for matters."""
    return _query(options, _MATTER_FACETS, "reference")


def deadlines(options: Options) -> ListQuery:
    """The question for deadlines."""
    return _query(options, _DEADLINE_FACETS, "due")


def spoken(options: Options) -> tuple[Message, ...]:
    """The selection in words, option by option."""
    found = []
    for name in _SPOKEN:
        values = chosen(options, name) if name != "query" else (options.get(name, "").strip(),)
        if any(values):
            label = OPTIONS[name].label
            found.append(say("{label}: {values}", label=label, values=_Listed(name, values)))
    return tuple(found)


class _Listed:
    """Values of an option, spoken when the page is made."""

    def __init__(self, name: str, values: tuple[str, ...]) -> None:
        self._name, self._values = name, values

    def __str__(self) -> str:
        sign = "、" if language().startswith("zh") else ", "
        return sign.join(self._word(value) for value in self._values)

    def _word(self, value: str) -> str:
        if self._name == "right":
            return str(RIGHT_LABELS.get(value, value))
        if self._name == "status":
            return str(STATUS_LABELS.get(value, value))
        known = offices().get(value) if self._name == "office" else None
        return f"{value} {known.name}" if known else value


def day_of(options: Options, name: str) -> date | None:
    """The day of an option. Raises WrongCommand when it is none."""
    text = options.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongCommand(
            say("“{text}” is not a day. Write it as YYYY-MM-DD.", text=text)
        ) from None


def about(connection: Connection, options: Options) -> tuple[str, bool]:
    """The company, and whether the file holds sample data, by some of its matters."""
    ids = matter_ids(connection, ListQuery())
    rows = matter_rows(connection, [*ids[:150], *ids[150:][-150:]])
    return company(options, rows), any(row.sample for row in rows)


def company(options: Options, rows: Iterable[MatterRow]) -> str:
    """The company named, else the applicant of most matters."""
    named = options.get("company", "").strip()
    counts = Counter(name for row in rows for name in row.applicants[:1])
    most = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    return named or (most[0][0] if most else "")
