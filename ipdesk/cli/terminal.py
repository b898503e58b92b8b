"""What every command is given: the database, the law, the day, and where results go."""

import json
import sys
import traceback
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import Bilingual, Message, say
from ipdesk.base.settings import default_database, log_folder
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.queries import find_reference
from ipdesk.store.database import Database
from ipdesk.store.migrate import open_database


class Terminal:
    """One run of the program without a window."""

    def __init__(self, target: str, today: date, *, may_make: bool = False) -> None:
        self.target = target or str(default_database())
        self.today = today
        self._may_make = may_make or not target

    @cached_property
    def database(self) -> Database:
        """The database, opened (made or migrated if need be) when a command first asks for it.

        Raises Refused for a named file that is not there, unless the command may make one.
        """
        if not self._may_make and "://" not in self.target and not Path(self.target).is_file():
            raise Refused(
                say(
                    "There is no portfolio {file}. Check the path, or import a list into it.",
                    file=self.target,
                )
            )
        return open_database(self.target, told=self.tell_copy)

    @cached_property
    def docket(self) -> Docket:
        """The law as this company uses it, on the day of this run."""
        with self.database.read() as connection:
            return docket_for(connection, self.today)

    def visit(self) -> None:
        """Bring the docket to this day, as the window does once a day.

        Where the file cannot be written now, what it holds is told, and why on standard error.
        """
        from ipdesk.core.docket.matters import refresh_all  # other commands need neither
        from ipdesk.core.docket.visits import to_visit

        with self.database.read() as connection:
            behind = to_visit(connection, self.docket)
        try:
            if behind:
                refresh_all(self.database, self.docket)
        except IpdeskError as trouble:
            print(trouble, file=sys.stderr)

    def tell_copy(self, copy: str) -> None:
        print(
            say("A copy was made before the tables were changed: {copy}", copy=copy),
            file=sys.stderr,
        )

    def matter(self, reference: str) -> int:
        """The matter of that reference. Raises IpdeskError when there is none."""
        with self.database.read() as connection:
            found = find_reference(connection, reference)
        if found is None:
            raise IpdeskError(
                say(
                    "There is no matter {reference}. List them with “matters”.", reference=reference
                )
            )
        return found

    def close(self) -> None:
        """Give the file free."""
        if "database" in self.__dict__:
            self.database.close()


def log_trouble(error: BaseException) -> str:
    """Write a defect with its traceback to the log; the file, or the reason why there is none."""
    path = log_folder() / "ipdesk.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now().isoformat(timespec='seconds')}\n")
            log.write("".join(traceback.format_exception(error)))
    except OSError as trouble:
        return str(trouble)
    return str(path)


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    print(json.dumps(as_json(value), ensure_ascii=False))


def as_json(value: Any) -> Any:
    """Days in ISO form, messages spoken, frozen values and named tuples as objects, all the way."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Message, Bilingual)):
        return str(value)
    if isinstance(value, Mapping):
        return {key: as_json(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_json(getattr(value, f.name)) for f in fields(value)}
    if hasattr(value, "_asdict"):
        return as_json(value._asdict())
    if isinstance(value, (list, set, frozenset, tuple)):
        return [as_json(part) for part in value]
    raise TypeError(f"{type(value).__name__} is not JSON")
