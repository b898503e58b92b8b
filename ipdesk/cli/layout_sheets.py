"""Sheets of layout planning by command line: written out, tried, read in."""

import argparse
from pathlib import Path
from typing import Any

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import tr
from ipdesk.cli.output import write_out
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.cli.words import problem
from ipdesk.core.intake.reader import rows_under_header, take_apart
from ipdesk.core.layout.edits_sheets import bring_in, preview_sheet, sheet

KINDS = {
    "technologies": "technology",
    "products": "product",
    "effects": "effect",
    "applications": "application",
    "launches": "launch",
    "public-disclosures": "disclosure",
    "rows": "row",
    "disclosures": "invention",
}
"""What a sheet holds, as the command line calls it → what a row of it is."""


def add_sheet(actions: Any) -> None:
    """Register ``layout sheet``."""
    command = actions.add_parser("sheet", help=tr("write a sheet, or read one in"))
    command.add_argument("what", choices=tuple(KINDS))
    way = command.add_mutually_exclusive_group(required=True)
    way.add_argument("--output", metavar="FILE.xlsx")
    way.add_argument("--read", metavar="FILE")
    command.add_argument("--dry-run", action="store_true", help=tr("show, write nothing"))
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_sheet)


def run_sheet(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write what is stored, or bring the lines of a file in."""
    if arguments.read:
        return _read(arguments, terminal)
    with terminal.database.read() as connection:
        data = sheet(connection, KINDS[arguments.what])
    write_out(data, arguments.output)
    if arguments.json:
        print_json({"file": arguments.output})
    else:
        print(tr("Written: {file}", file=arguments.output))
    return 0


def _read(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Good lines come in and refused ones are told; exit code 3 when there was no good one."""
    header, rows = rows_under_header(take_apart(Path(arguments.read)))
    work = preview_sheet if arguments.dry_run else bring_in
    seen = work(terminal.database, KINDS[arguments.what], header, rows)
    counts = {s: seen.count(s) for s in ("new", "changed", "same", "refused")}
    if arguments.json:
        lines = [
            {"line": x.line, "name": x.name, "state": x.state, "problems": [*map(str, x.problems)]}
            for x in seen.lines
        ]
        action = seen.change.action if seen.change else None
        print_json({**counts, "action": action, "lines": lines})
    else:
        print(tr("{new} new, {changed} changed, {same} the same, {refused} refused.", **counts))
    for line in seen.lines:
        for said in line.problems:
            problem(f"{line.line}: {said}")
    return Refused.exit_code if counts["refused"] == len(seen.lines) else 0
