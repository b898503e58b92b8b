"""What is to be said of a row: doubts about its numbers, its office, its years."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from ipdesk.base.i18n import say
from ipdesk.core.intake.gathering import Gathered
from ipdesk.core.intake.identity import Place
from ipdesk.core.intake.model import Cell, Claim, MatterDraft
from ipdesk.core.intake.numbering import RowNumbers
from ipdesk.core.portfolio.model import RIGHT_LABELS
from ipdesk.core.portfolio.number_forms import offices_by_form
from ipdesk.core.portfolio.offices import offices


def say_of_row(cells: Gathered, row: int, numbers: RowNumbers, place: Place) -> None:
    """Numbers that are wrong, too many, or belong to another right than the list says."""
    for number in numbers.all:
        if number.problems:
            _say_of_numbers(cells, row, numbers)
            break
    if len(numbers.applications) > 1 and len({n.key for n in numbers.applications}) > 1:
        message = say("Several application numbers stand in this cell; the first counts.")
        header = cells.header("application_number")
        cells.note(row, header, "several_numbers", message, error=False)
    if place.unread:
        right = RIGHT_LABELS.get(place.right, place.right)
        message = say(
            "“{text}” names no kind of right; {right} was assumed.", text=place.unread, right=right
        )
        cells.note(row, cells.header("right"), "right_unread", message, error=False)
    if place.elsewhere:
        message = say(
            "The list says {said}, its number belongs to {office}; the number counts.",
            said=_office_name(place.elsewhere),
            office=_office_name(place.office),
        )
        cells.note(row, cells.header("office"), "office_differs", message, error=False)
    if place.part:
        message = say(
            "The European patent is listed for {state} and is taken as its part there.",
            state=_office_name(place.office),
        )
        cells.note(row, cells.header("office"), "national_part", message, error=False)
    if place.contradicted:
        message = say(
            "The list calls it {said}, its number belongs to {right}; the number counts.",
            said=RIGHT_LABELS.get(place.contradicted, place.contradicted),
            right=RIGHT_LABELS.get(place.right, place.right),
        )
        cells.note(row, cells.header("right"), "right_differs", message, error=False)


def _office_name(code: str) -> object:
    return offices()[code].name if code in offices() else code


def _say_of_numbers(cells: Gathered, row: int, numbers: RowNumbers) -> None:
    for field, found in (
        ("application_number", numbers.applications),
        ("publication_number", numbers.publications),
        ("grant_number", numbers.grants),
        ("grant_publication_number", numbers.grant_documents),
    ):
        for number in found:
            for code, message, severe in number.problems:
                header = cells.header(field) or _header_of_another(cells)
                cells.note(row, header, code, message, error=severe)


def _header_of_another(cells: Gathered) -> str:
    """The column of a publication that stands in none of its own."""
    return cells.header("application_number") or cells.header("grant_number")


def say_of_priority(
    cells: Gathered, row: int, filed: date | None, priority: date | None, claims: Sequence[Claim]
) -> None:
    """A priority cannot be later than the filing that claims it."""
    if filed is None:
        return
    if priority and priority > filed:
        message = say("The priority date {day} is later than the filing date.", day=priority)
        cells.note(row, cells.header("priority_date"), "priority_later", message, error=False)
    for claim in claims:
        if claim.date and claim.date > filed:
            message = say(
                "The priority {number} of {day} is later than the filing date and is left aside.",
                number=claim.number,
                day=claim.date,
            )
            cells.note(row, cells.header("priorities"), "priority_later", message, error=False)


def say_of_grant(cells: Gathered, row: int, filed: date | None, granted: date | None) -> None:
    """Nothing is granted before it is filed."""
    if filed and granted and granted < filed:
        message = say(
            "The grant ({grant}) lies before the filing ({filing}).", grant=granted, filing=filed
        )
        header = cells.header("grant_date") or cells.header("filing_date")
        cells.note(row, header, "grant_earlier", message, error=False)


# 93001.0189999 for 93001.019: what is left of a number with a point in a cell of numbers
_FLOATED = re.compile(r"\d+\.(?:\d{2,}9{4,}\d?|\d{1,4}0{6,}\d{1,2})")
_POINTED = re.compile(r"\d+\.(\d{1,4})").fullmatch


def sound_references(cells: Gathered) -> list[str]:
    """The references by row; those that a spreadsheet has damaged are left empty, and said."""
    found = list(cells.texts("reference"))
    for row, text in enumerate(found):
        if "." in text and _FLOATED.fullmatch(text):
            message = say(
                "{number} is what a spreadsheet made of a reference; it is left empty.", number=text
            )
            cells.note(row, cells.header("reference"), "reference_damaged", message, error=True)
            found[row] = ""
    _say_of_zeros(cells, found)
    return found


def _as_it_is(cell: Cell) -> Cell:
    return cell


def _say_of_zeros(cells: Gathered, texts: Sequence[str]) -> None:
    """93001.1 among 93001.01 to 93001.12 was 93001.10 before a spreadsheet made it a number."""
    blank: Cell = ""
    raw = list(cells.laid_out("reference", _as_it_is, blank))
    if not any(isinstance(cell, float) for cell in raw):
        return
    places = Counter(len(m[1]) for m in map(_POINTED, texts) if m)
    usual, times = max(places.items(), key=lambda pair: pair[1], default=(0, 0))
    if times * 2 <= places.total():
        return
    for row, (cell, text) in enumerate(zip(raw, texts, strict=True)):
        match = _POINTED(text) if isinstance(cell, float) else None
        if match and len(match[1]) < usual:
            message = say(
                "{number} may have been {longer} before a spreadsheet took it for a number.",
                number=text,
                longer=text.ljust(len(text) + usual - len(match[1]), "0"),
            )
            cells.note(row, cells.header("reference"), "reference_shorter", message, error=False)


def say_of_office(cells: Gathered, row: int, assumed: str, number: str = "") -> None:
    """An office that the row does not name: taken from the other rows, or unknown."""
    possible = offices_by_form(number) if number and not assumed else ()
    if assumed:
        message = say(
            "The list names no office; {office} was assumed.", office=_office_name(assumed)
        )
        cells.note(row, "", "office_assumed", message, error=False)
    elif possible:
        message = say(
            "The list does not say which office {number} belongs to; "
            "by its form it may be {names}.",
            number=number,
            names=" / ".join(possible),
        )
        cells.note(row, "", "office_unknown", message, error=False)
    else:
        message = say("The list does not say which office this belongs to.")
        cells.note(row, "", "office_unknown", message, error=False)


def check_years(cells: Gathered, drafts: Sequence[MatterDraft]) -> None:
    """Some exports print week-years: the last days of December with the following year."""
    for kind in ("filing", "publication", "grant", "priority"):
        field = f"{kind}_date"
        if not cells.has(f"{kind}_year") or not cells.has(field):
            continue
        years = list(cells.counts(f"{kind}_year"))
        for draft in drafts:
            row = draft.row - cells.start - 1
            day, year = getattr(draft, field), years[row]
            if day and year and day.year != year:
                week = day.year == year + 1 and day.month == 12 and day.day >= 27
                code = "week_year" if week else "year_differs"
                message = say(
                    "The date says {day}, the column of years says {year}.", day=day, year=year
                )
                cells.note(row, cells.header(field), code, message, error=False)
