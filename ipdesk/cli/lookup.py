"""Commands that look families up at the EPO with the user's own key: lookup."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import say, tr
from ipdesk.base.keys import forget_key, keep_key
from ipdesk.base.settings import SettingsFile
from ipdesk.cli.intake import run_import
from ipdesk.cli.terminal import Terminal
from ipdesk.core.intake.lookup.asking import looked_up, own_source
from ipdesk.core.intake.lookup.calls import KEYS, log_file
from ipdesk.core.intake.lookup.questions import questions_of


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    command = commands.add_parser(
        "lookup",
        help=tr("fetch families by number from the EPO with your own key; off by default"),
    )
    command.add_argument("numbers", nargs="*", metavar="NUMBER")
    command.add_argument("--on", action="store_true", help=tr("allow look-ups on this machine"))
    command.add_argument("--off", action="store_true", help=tr("forbid them and forget the key"))
    command.add_argument("--key", action="store_true", help=tr("ask for key and secret, keep them"))
    command.add_argument("--log", action="store_true", help=tr("print every call made so far"))
    command.add_argument("--dry-run", action="store_true", help=tr("compare, write nothing"))
    command.add_argument("--records", metavar="OUT.jsonl", help=tr("write what was read"))
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_lookup)


def run_lookup(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Switch, keep the key, show the log, or fetch and import what came."""
    settings = SettingsFile()
    if arguments.log:
        path = log_file()
        print(path.read_text(encoding="utf-8") if path.is_file() else tr("No call was made yet."))
        return 0
    if arguments.off:
        settings.change(look_up=False)
        for name in KEYS:
            forget_key(name)
        print(tr("Look-ups are off; the key is forgotten."))
        return 0
    if arguments.key:
        for name, words in zip(KEYS, (tr("Consumer key"), tr("Consumer secret")), strict=True):
            keep_key(name, _asked(words))
    if arguments.on or arguments.key:
        settings.change(look_up=True)
        print(tr("Look-ups are on. Only the numbers you name are sent, to ops.epo.org."))
    if not arguments.numbers:
        if arguments.on or arguments.key:
            return 0
        raise WrongCommand(say("Name at least one number, such as EP1000000 or CN110311168A."))
    questions = questions_of("; ".join(arguments.numbers))
    path = looked_up(questions, own_source(enabled=settings.values.look_up))
    return _import(arguments, terminal, path)


def _asked(words: str) -> str:
    """A secret is not shown while it is typed; a script gives it on its standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{words}: ").strip()
    return sys.stdin.readline().strip()


def _import(arguments: argparse.Namespace, terminal: Terminal, path: Path) -> int:
    whole = argparse.Namespace(
        file=str(path),
        kind="matters",
        format=None,
        sheet=None,
        map=[],
        keep=[],
        forget_mapping=False,
        refused=None,
        **{name: getattr(arguments, name) for name in ("dry_run", "records", "json")},
    )
    return run_import(whole, terminal)
