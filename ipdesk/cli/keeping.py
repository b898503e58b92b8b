"""Commands that keep data safe and open: backup, restore, export."""

import argparse
from pathlib import Path
from typing import Any

from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import say, tr
from ipdesk.cli.terminal import Terminal
from ipdesk.core.portfolio.undo import rebuild
from ipdesk.store.archive import export_archive, is_archive
from ipdesk.store.backups import make_backup, restore


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    backup = commands.add_parser("backup", help=tr("copy the portfolio and read the copy back"))
    backup.add_argument("--output", help=tr("the file to write; beside the portfolio by default"))
    backup.set_defaults(run=run_backup)
    back = commands.add_parser("restore", help=tr("bring a copy back; today's file is kept too"))
    back.add_argument("file")
    back.set_defaults(run=run_restore)
    export = commands.add_parser(
        "export", help=tr("write everything to one open archive that “restore” reads back")
    )
    export.add_argument("file", metavar="FILE.zip")
    export.set_defaults(run=run_export)


def run_export(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write the archive."""
    counts = export_archive(terminal.database, Path(arguments.file))
    print(tr("Exported {n} matters to {file}.", n=counts["matter"], file=arguments.file))
    return 0


def run_backup(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write a copy."""
    path = terminal.database.path
    if path is None:
        raise IpdeskError(say("A database server keeps its own backups; ask who runs it."))
    made = make_backup(path, Path(arguments.output) if arguments.output else None)
    print(tr("Backup written and read back: {file}", file=str(made.path)))
    return 0


def run_restore(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Put a copy in the place of the portfolio."""
    if "://" in terminal.target:
        raise IpdeskError(say("A database server keeps its own backups; ask who runs it."))
    copy = Path(arguments.file)
    if not copy.is_file():
        raise Refused(say("There is no file {file}.", file=arguments.file))
    if is_archive(copy):
        counts = rebuild(terminal.database, copy)
        print(tr("Read {n} matters from {file}.", n=counts["matter"], file=arguments.file))
        return 0
    kept = restore(copy, Path(terminal.target).expanduser())
    print(tr("Restored from {file}.", file=arguments.file))
    if kept:
        print(tr("The file that was there is kept as {file}.", file=str(kept)))
    return 0
