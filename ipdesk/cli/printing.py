"""Commands that print: report."""

import argparse
from pathlib import Path
from typing import Any

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import language, say, tr
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.reports.registry import OPTIONS


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
        raise WrongCommand(say("Say where to print to, with --output FILE.pdf."))
    given = {name: getattr(arguments, f"of_{name}") for name in OPTIONS}
    options = {name: value for name, value in given.items() if value}
    print_report(
        spec, terminal.database, terminal.docket, options, language(), Path(arguments.output)
    )
    print(tr("Printed {file}", file=arguments.output))
    return 0
