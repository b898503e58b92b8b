"""From a report's name to a file: gather, build, write whole or not at all."""

from pathlib import Path

from ipdesk.base.errors import WrongCommand
from ipdesk.base.files import write_whole
from ipdesk.base.i18n import say
from ipdesk.core.docket.reckoning import Docket
from ipdesk.reports.hearing import Heard, hearing, still_at_work
from ipdesk.reports.registry import OPTIONS, Options, ReportSpec
from ipdesk.store.database import Database


def report_bytes(
    spec: ReportSpec,
    database: Database,
    docket: Docket,
    options: Options,
    language: str,
    heard: Heard | None = None,
) -> bytes:
    """The PDF of a report as of the docket's day. Raises WrongCommand when an option is missing."""
    for name in spec.required:
        if not options.get(name, "").strip():
            label = str(OPTIONS[name].label)
            raise WrongCommand(say("This report needs the option {option}.", option=label))
    with database.read() as connection:
        values = spec.gather(connection, docket, options)
    with hearing(heard):
        still_at_work()
        return spec.build(values, language)


def print_report(
    spec: ReportSpec,
    database: Database,
    docket: Docket,
    options: Options,
    language: str,
    path: Path,
) -> None:
    """Print to a file; a reader of the old file never sees half a new one."""
    write_whole(path, report_bytes(spec, database, docket, options, language))
