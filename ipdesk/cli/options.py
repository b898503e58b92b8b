"""The options before the command, shared by the window and the command line."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import LANGUAGES, tr
from ipdesk.cli.words import parse_day, problem


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and ends with exit code 2."""

    def error(self, message: str) -> NoReturn:
        problem(tr("{message}. See “{program} --help”.", message=message, program="ipdesk"))
        sys.exit(2)


def top_parser() -> Parser:
    """The program with its common options, before any command is added."""
    top = Parser(
        prog="ipdesk",
        description=tr("Without a command the window opens; with one the job is done here."),
    )
    top.add_argument(
        "--database",
        default=os.environ.get("IPDESK_DATABASE", ""),
        metavar="PATH",
        help=tr("the portfolio file, or the URL of a database"),
    )
    top.add_argument("--language", choices=LANGUAGES, help=tr("language of texts"))
    top.add_argument(
        "--today", metavar="YYYY-MM-DD", help=tr("count from this day, not the real one")
    )
    top.add_argument(
        "--demo", action="store_true", help=tr("open the window on the demonstration portfolio")
    )
    top.add_argument("--version", action="store_true", help=tr("print the version"))
    return top


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """What the window is opened with."""

    database: str
    demo: bool
    language: str
    today: date | None


def window_options(words: Sequence[str]) -> WindowOptions:
    """Read the options of a start without a command; ends the program when they are wrong."""
    found = top_parser().parse_args(words)
    try:
        today = parse_day(found.today) if found.today else None
    except IpdeskError as error:
        problem(error)
        sys.exit(error.exit_code)
    return WindowOptions(found.database, found.demo, found.language or "", today)
