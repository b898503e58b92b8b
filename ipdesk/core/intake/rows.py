"""What the columns of a list say of one row, field by field."""

from datetime import date
from typing import NamedTuple

from ipdesk.core.intake.identity import Identity
from ipdesk.core.intake.model import Claim


class RowDays(NamedTuple):
    """The days of a row."""

    filing: date | None
    publication: date | None
    grant: date | None
    either: date | None  # published or granted, the right decides
    expiry: date | None
    priority: date | None
    status: date | None


class RowRest(NamedTuple):
    """People, state, family, classes and texts of a row."""

    claims: tuple[Claim, ...]
    applicants: tuple[str, ...]
    owners: tuple[str, ...]
    inventors: tuple[str, ...]
    agencies: tuple[str, ...]
    attorneys: tuple[str, ...]
    status: str
    family: str
    classes: tuple[str, ...]
    goods: str
    abstract: str


class RowAgain(NamedTuple):
    """A row that is read a second time, when its office is known from the other rows."""

    row: int
    one: Identity
    days: RowDays
    rest: RowRest
