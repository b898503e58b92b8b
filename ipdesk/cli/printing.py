"""Commands that print: report."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import language, say, tr
from ipdesk.cli.captions import caption, worded
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.core.intake.sheets import as_text
from ipdesk.reports.registry import OPTIONS, Options


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    report = commands.add_parser("report", help=tr("print a report as PDF"))
    report.add_argument("id", nargs="?", help=tr("which report; see --list"))
    report.add_argument("--list", action="store_true", help=tr("list the reports"))
    report.add_argument("--json", action="store_true")
    report.add_argument("--output", metavar="FILE.pdf")
    for name, option in OPTIONS.items():
        report.add_argument(f"--{name}", default="", dest=f"of_{name}", help=str(option.label))
    report.set_defaults(run=run_report)


def run_report(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print one report, or list them."""
    from ipdesk.reports import REPORTS
    from ipdesk.reports.printing import print_report

    if arguments.list:
        listed = [{"id": r.id, "title": str(r.title), "options": list(r.options)} for r in REPORTS]
        if arguments.json:
            print_json(listed)
        else:
            for one in listed:
                print(f"{one['id']:16} {one['title']}")
        return 0
    spec = next((r for r in REPORTS if r.id == arguments.id), None)
    if spec is None:
        raise WrongCommand(say("Name a report: {ids}.", ids=", ".join(r.id for r in REPORTS)))
    if not arguments.output:
        raise _nowhere()
    terminal.visit()
    given = {name: getattr(arguments, f"of_{name}") for name in OPTIONS}
    options = {name: value for name, value in given.items() if value}
    print_report(
        spec, terminal.database, terminal.docket, options, language(), Path(arguments.output)
    )
    print(tr("Printed {file}", file=arguments.output))
    return 0


def _nowhere() -> WrongCommand:
    return WrongCommand(say("Say where to print to, with --output FILE.pdf."))


def print_list(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    terminal: Terminal,
    output: str | None,
    name: str,
    chosen: Options,
) -> None:
    """Rows as pages; *chosen* are the options that narrowed them. Raises WrongCommand."""
    from ipdesk.base.files import write_whole
    from ipdesk.reports import selection
    from ipdesk.reports.listing import ListColumn, ListValues, build
    from ipdesk.reports.paper import Heading
    from ipdesk.reports.parts import Text

    if not output:
        raise _nowhere()
    with terminal.database.read() as connection:
        company, sample = selection.about(connection, {})
    others = {name: value for name, value in chosen.items() if name not in OPTIONS and value}
    filters: list[Text] = [*selection.spoken(chosen)]
    filters += [_spoken(name, value) for name, value in others.items()]
    heading = Heading(company, name, terminal.today, filters=tuple(filters), sample=sample)
    heads = tuple(ListColumn(caption(c), strong=c == "reference") for c in columns)
    cells = [[as_text(worded(c, row)) for c in columns] for row in rows]
    write_whole(Path(output), build(ListValues(heading, heads, cells)))
    print(tr("Printed {file}", file=output))


def _spoken(name: str, values: str) -> str:
    """An option that no report knows, in words."""
    from ipdesk.reports.parts import listed

    words = listed((worded(name, {name: value}) for value in values.split(",")), "、")
    return tr("{label}: {values}", label=caption(name), values=words)
