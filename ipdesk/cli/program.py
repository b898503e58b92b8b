"""The command line: one job and no screen. Results to standard output, problems to standard error.

Exit codes: 0 done, 1 something failed, 2 the command was wrong, 3 the input was refused.
"""

import argparse
from collections.abc import Sequence
from datetime import date

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import set_language, tr
from ipdesk.cli import (
    agents,
    comparing,
    deadline,
    docket,
    duplicates,
    fees,
    intake,
    keeping,
    layout,
    lookup,
    parties,
    portfolio,
    printing,
    watch,
)
from ipdesk.cli.options import Parser, top_parser
from ipdesk.cli.terminal import Terminal, log_trouble
from ipdesk.cli.words import parse_day, problem

GROUPS = (
    *(portfolio, duplicates, parties, intake, lookup, comparing, agents, docket, deadline),
    *(fees, watch, layout),
    printing,
    keeping,
)
"""Modules with ``add_commands(subparsers)``; each command sets ``run(arguments, terminal)``."""


def parser() -> argparse.ArgumentParser:
    """All commands, described in the language of the moment."""
    top = top_parser()
    commands = top.add_subparsers(
        dest="command", metavar=tr("COMMAND"), required=True, parser_class=Parser
    )
    for group in GROUPS:
        group.add_commands(commands)
    return top


def run(argv: Sequence[str]) -> int:
    """Run one command; the exit code."""
    _speak(argv)
    arguments = parser().parse_args(argv)
    try:
        today = parse_day(arguments.today) if arguments.today else date.today()
        made_by = ("demo", "import", "lookup", "restore")
        may_make = arguments.command in made_by or "makes" in arguments
        terminal = Terminal(arguments.database, today, may_make=may_make)
        try:
            return int(arguments.run(arguments, terminal) or 0)
        finally:
            terminal.close()
    except IpdeskError as error:
        problem(error)
        return error.exit_code
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        problem(tr("Stopped; nothing was written."))
        return 1
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        problem(tr("Could not read or write: {why}.", why=f"{error.strerror or error}{where}"))
        log_trouble(error)
        return 1
    except Exception as error:  # the last net: a script gets a sentence, a maintainer the log
        path = log_trouble(error)
        problem(
            tr(
                "IPDesk made a mistake ({kind}). Details: {file}",
                kind=type(error).__name__,
                file=path,
            )
        )
        return 1


def _speak(argv: Sequence[str]) -> None:
    """The language is needed before the options are described."""
    for word, following in zip(argv, [*argv[1:], ""], strict=True):
        if word == "--language":
            set_language(following)
        elif word.startswith("--language="):
            set_language(word.partition("=")[2])
