"""What a number says: office, sort, right, serial, check digit, and the key to compare by.

Keys look like ``CN.A.201220249767``: the office, a register (A applications, P publications and
patents, T marks, S software, L layouts, D domains), then what is left when all spelling is gone.
"""

from enum import StrEnum
from typing import NamedTuple

from ipdesk.base.i18n import Message


class Sort(StrEnum):
    """Which of the numbers of a matter it is."""

    APPLICATION = "application"
    PUBLICATION = "publication"
    GRANT = "grant"


class Check(StrEnum):
    """What the check digit says."""

    OK = "ok"
    BAD = "bad"
    NONE = "none"


class NumberProblem(NamedTuple):
    """Why a number deserves a look: a code for programs, a sentence for people, how bad it is."""

    code: str
    message: Message
    severe: bool = False  # the number cannot be used as it stands


class Number(NamedTuple):
    """A number as read; a tuple, because a long list makes a hundred thousand of them."""

    office: str
    sort: Sort
    display: str
    key: str  # empty: damaged, compare it with nothing
    right: str = ""  # what the number itself says of the right
    route: str = ""
    year: int = 0
    kind_code: str = ""
    check: Check = Check.NONE
    problems: tuple[NumberProblem, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the number can identify a matter."""
        return bool(self.key)


class Question(NamedTuple):
    """One number to be read: its letters and digits in capitals, and what is known of it."""

    raw: str  # as written, one line
    body: str  # without office prefix and kind code
    kind: str  # kind code, empty if none
    sort: Sort
    right: str  # what the list says of the right
    prefixed: bool  # the office stood before the number
