"""Reading and saying single words on the command line; light, for the window starts with it."""

import sys
from datetime import date

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import say


def problem(text: object) -> None:
    """One sentence to standard error."""
    print(str(text), file=sys.stderr)


def parse_day(text: str) -> date:
    """A day of the command line. Raises WrongCommand with a sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongCommand(
            say("“{text}” is not a day. Write it as 2026-01-31.", text=text)
        ) from None
