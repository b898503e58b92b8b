"""The rarer columns: further numbers, names, tags, days that are events of their own."""

from collections.abc import Callable, Iterable
from typing import Any

from ipdesk.core.intake.gathering import Gathered
from ipdesk.core.intake.lists import split_values
from ipdesk.core.intake.meanings import notice_of
from ipdesk.core.intake.model import Claim, DraftEvent
from ipdesk.core.intake.numbering import NumberReader
from ipdesk.core.portfolio.numbers import Sort
from ipdesk.core.portfolio.offices import office_of

_EVENTS = (
    ("exam_request_date", "exam_request"),
    ("entry_date", "national_entry"),
    ("prelim_publication_date", "prelim_publication"),
    ("first_publication_date", "first_publication"),
    ("completion_date", "completion"),
)
_TEXTS = (
    "certificate_number",
    "other_reference",
    "kind_code",
    "registrar",
    "responsible",
    "department",
    "project",
    "version",
    "link",
    "parent_number",
)
_DAYS = ("next_due", "exam_date", "lapse_date")
_LISTS = ("technologies", "products", "tags")
_INTERNATIONAL = (
    ("pct_application_number", Sort.APPLICATION),
    ("pct_publication_number", Sort.PUBLICATION),
)


def extras_of(cells: Gathered, numbers: NumberReader) -> dict[int, dict[str, Any]]:
    """Rarer fields by row; most lists have none."""
    found: dict[int, dict[str, Any]] = {}

    def put(field: str, values: Iterable[Any]) -> None:
        for row, value in enumerate(values):
            if value:
                own = found.get(row)
                if own is None:
                    found[row] = {field: value}
                else:
                    own[field] = value

    readers: dict[str, Callable[[str], Iterable[Any]]] = {
        **dict.fromkeys(_TEXTS, cells.texts),
        **dict.fromkeys(_DAYS, cells.days),
        **dict.fromkeys(_LISTS, cells.values),
        "note": cells.joined,
        "claims": cells.counts,
    }
    for field, reader in readers.items():
        if cells.has(field):
            put(field, reader(field))
    for field, sort in _INTERNATIONAL:
        if cells.has(field):
            put(field, (_international(t, sort, numbers) for t in cells.lines(field)))
    if cells.has("family_members"):
        put("family_members", (_members(t, numbers) for t in cells.lines("family_members")))
    return found


def events_of(cells: Gathered) -> dict[int, list[DraftEvent]]:
    """Days that are events beside filing, publication and grant."""
    found: dict[int, list[DraftEvent]] = {}
    for field, event in _EVENTS:
        if cells.has(field):
            for row, day in enumerate(cells.days(field)):
                if day:
                    found.setdefault(row, []).append(DraftEvent(event, day))
    if cells.has("notice") and cells.has("notice_date"):
        notices = zip(cells.texts("notice"), cells.days("notice_date"), strict=True)
        for row, (text, day) in enumerate(notices):
            event, ordinal = notice_of(text)
            if event and day:
                found.setdefault(row, []).append(DraftEvent(event, day, ordinal, text))
    return found


def claims_of(cells: Gathered, numbers: NumberReader) -> list[tuple[Claim, ...]]:
    """Priority claims by row; days of a column beside them are theirs where there are as many."""
    if not cells.has("priorities"):
        return [()] * cells.size
    if each := cells.each("priorities"):
        return _counted_claims(cells, each, numbers)
    offices = [_common_office(t) for t in cells.texts("priority_office")]
    texts = cells.lines("priorities")
    found = [numbers.claims(t, o) for t, o in zip(texts, offices, strict=True)]
    for row, days in cells.several_days("priority_date").items():
        if len(days) == len(found[row]):
            pairs = zip(found[row], days, strict=True)
            found[row] = tuple(c if c.date else c._replace(date=d) for c, d in pairs)
    return found


def _counted_claims(
    cells: Gathered, each: list[list[str]], numbers: NumberReader
) -> list[tuple[Claim, ...]]:
    """Priority 1, Priority date 1, Priority 2 …: days and offices by their count."""
    days = cells.each_day("priority_date")
    offices = cells.each("priority_office")
    found: list[list[Claim]] = [[] for _ in range(cells.size)]
    for place, texts in enumerate(each):
        for row, text in enumerate(texts):
            office = _common_office(offices[place][row]) if len(offices) == len(each) else ""
            claims = numbers.claims(text, office)
            day = days[place][row] if len(days) == len(each) else None
            found[row] += [c if c.date or not day else c._replace(date=day) for c in claims]
    return [tuple(dict.fromkeys(claims)) for claims in found]


def _common_office(text: str) -> str:
    """The one office of a cell such as US; US."""
    found = {office_of(part) or "" for part in split_values(text)}
    return found.pop() if len(found) == 1 else ""


def _international(text: str, sort: Sort, numbers: NumberReader) -> str:
    """A PCT number out of a cell that may also hold its day."""
    for part in text[:300].replace(",", " ").split():
        read = numbers.read(part, sort, "WO", "")
        if read and read[0].key.startswith("WO."):
            return read[0].display
    return text.replace("\n", " ") if any(c.isdigit() for c in text) else ""


def _members(text: str, numbers: NumberReader) -> tuple[str, ...]:
    read = numbers.read(text, Sort.PUBLICATION, "", "")
    return tuple(dict.fromkeys(n.key for n in read if n.key and n.office))
