"""Commands about matters that stand in the portfolio twice."""

import argparse
from typing import Any

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import say, tr
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.core.docket.merging import Twin, merge_matters, twins


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    command = commands.add_parser(
        "duplicates", help=tr("find matters that may be one, and merge them")
    )
    command.add_argument(
        "--merge",
        nargs="+",
        metavar="REFERENCE",
        help=tr("the matter that stays, then the others"),
    )
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_duplicates)


def run_duplicates(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Suggest or merge."""
    if arguments.merge:
        if len(arguments.merge) < 2:
            raise WrongCommand(say("Name the matter that stays, then the others to be merged."))
        keep, *others = (terminal.matter(reference) for reference in arguments.merge)
        change = merge_matters(terminal.database, terminal.docket, keep, others)
        if arguments.json:
            print_json({"action": change.action})
        else:
            print(tr("Merged. “undo --action {n}” takes it back.", n=change.action))
        return 0
    with terminal.database.read() as connection:
        found = twins(connection)
    if arguments.json:
        print_json(
            [
                {"keep": _told(t.first), "other": _told(t.second), "why": str(t.reason)}
                for t in found
            ]
        )
        return 0
    for pair in found:
        print(f"{pair.first.reference}  ≈  {pair.second.reference}  ({pair.reason})")
    if not found:
        print(tr("Nothing here looks like the same."))
    return 0


def _told(twin: Twin) -> dict[str, Any]:
    names = ("reference", "right", "office", "title", "number", "filing_date")
    return {name: getattr(twin, name) for name in names}
