"""What the user can act on.

IpdeskError                 something failed (exit code 1)
├── WrongCommand            the command line was wrong (2)
├── Refused                 the input was refused and nothing was written (3)
├── Cancelled               the user stopped it
└── StoreError              the database cannot be used as it is
"""

from ipdesk.base.i18n import Message


class IpdeskError(Exception):
    """A problem with one clear sentence that says what to do; spoken in the current language."""

    exit_code = 1

    def __init__(self, message: Message | str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class WrongCommand(IpdeskError):
    """The command does not exist or its words do not fit."""

    exit_code = 2


class Refused(IpdeskError):
    """The input was refused; nothing was written."""

    exit_code = 3


class Cancelled(IpdeskError):
    """The user stopped a long work; nothing was written."""


class StoreError(IpdeskError):
    """The database file cannot be opened, read or written."""
