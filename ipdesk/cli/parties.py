"""Commands about applicants, inventors and agents: parties."""

import argparse
from typing import Any

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import say, tr
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.core.portfolio.likeness import Party
from ipdesk.core.portfolio.parties import merge_parties, parties, similar_parties


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    command = commands.add_parser(
        "parties", help=tr("list parties, find those that may be one, and merge them")
    )
    command.add_argument("--similar", action="store_true", help=tr("only names that look alike"))
    command.add_argument(
        "--merge", nargs="+", metavar="NAME", help=tr("the name that stays, then the others")
    )
    command.add_argument("--former", action="store_true", help=tr("the others are earlier names"))
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_parties)


def run_parties(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """List, suggest or merge."""
    with terminal.database.read() as connection:
        found = parties(connection)
        pairs = similar_parties(connection) if arguments.similar else []
    if arguments.merge:
        if len(arguments.merge) < 2:
            raise WrongCommand(say("Name the party that stays, then the others to be merged."))
        keep, *others = (_named(found, name).id for name in arguments.merge)
        merge_parties(terminal.database, keep, others, former=arguments.former)
        print(tr("Merged. “Undo” in the window takes it back."))
    elif arguments.similar and arguments.json:
        print_json(
            [{"keep": a.first.name, "other": a.second.name, "why": str(a.reason)} for a in pairs]
        )
    elif arguments.similar:
        for pair in pairs:
            print(f"{pair.first.name}  ≈  {pair.second.name}  ({pair.reason})")
    elif arguments.json:
        print_json([{"name": p.name, "kind": p.kind, "matters": p.matters} for p in found])
    else:
        for one in found:
            print(f"{one.matters:6}  {one.name}")
    return 0


def _named(found: list[Party], name: str) -> Party:
    for one in found:
        if one.name == name:
            return one
    raise WrongCommand(say("There is no party {name}.", name=name))
