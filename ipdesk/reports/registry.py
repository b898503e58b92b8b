"""What a report is to the rest of the program; its own module is only imported to print it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sqlalchemy import Connection

from ipdesk.base.i18n import Message, say, speaking
from ipdesk.core.docket.reckoning import Docket

Options = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a report: how it is called, and what may stand there."""

    label: Message
    kind: str = "text"  # text | date | number


OPTIONS: Mapping[str, Option] = {
    "query": Option(say("Search words")),
    "right": Option(say("Right")),
    "office": Option(say("Office")),
    "status": Option(say("Status")),
    "technology": Option(say("Technology")),
    "person": Option(say("Person")),
    "from": Option(say("From"), "date"),
    "to": Option(say("To"), "date"),
    "watch": Option(say("Watch")),
    "plan": Option(say("Plan")),
    "product": Option(say("Product")),
    "years": Option(say("Years"), "number"),
    "company": Option(say("Company")),
}
"""Every option that some report takes; several values of one are parted by commas."""


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """One report: ``gather`` reads frozen values, ``build`` makes the pages from them.

    ``module`` names a module of this package with
    ``gather(connection, docket, options) -> values`` and ``build(values, language) -> bytes``.
    reportlab and matplotlib take half a second to load, so it is imported when it is used.
    """

    id: str
    title: Message
    about: Message
    module: str
    options: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    def gather(self, connection: Connection, docket: Docket, options: Options) -> Any:
        """The values of the report on the docket's day."""
        return import_module(f"ipdesk.reports.{self.module}").gather(connection, docket, options)

    def build(self, values: Any, language: str) -> bytes:
        """The PDF in one language; the same values give the same bytes."""
        with speaking(language):
            made: bytes = import_module(f"ipdesk.reports.{self.module}").build(values)
        return made
