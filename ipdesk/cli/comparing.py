"""Commands that hold a register against the portfolio: compare, differences."""

import argparse
from pathlib import Path
from typing import Any

from ipdesk.base.errors import Refused, WrongCommand
from ipdesk.base.i18n import say, tr
from ipdesk.cli.intake import mapping_of
from ipdesk.cli.output import emit, print_reached
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.core.intake.reading import read_list
from ipdesk.core.intake.register import edits
from ipdesk.core.intake.register.keeping import keep
from ipdesk.core.intake.register.looking import look, summary_words
from ipdesk.core.intake.register.model import Side, Stand, stored, words_of
from ipdesk.core.intake.register.queries import (
    difference_ids,
    difference_rows,
    lack_ids,
    lack_rows,
    register_files,
)
from ipdesk.store.paging import ListQuery

_FIELDS = ("id", "reference", "field", "ours", "theirs", "state", "source", "file", "day")
_LACKS = ("id", "side", "reference", "office", "right", "number", "title", "state", "file", "day")
_STATES = (*(str(s) for s in Stand), "all")


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    compare = commands.add_parser("compare", help=tr("compare with a register's export"))
    compare.add_argument("file")
    compare.add_argument("--format", metavar="ID", help=tr("where the list comes from"))
    compare.add_argument("--sheet", metavar="NAME")
    compare.add_argument("--map", action="append", default=[], metavar="HEADER=FIELD")
    compare.add_argument("--dry-run", action="store_true", help=tr("compare, write nothing"))
    compare.add_argument("--json", action="store_true")
    compare.set_defaults(run=run_compare)
    shown = commands.add_parser("differences", help=tr("what registers tell otherwise"))
    shown.add_argument(
        "act",
        nargs="?",
        default="list",
        choices=("list", "accept", "dismiss", "reopen", "files"),
    )
    shown.add_argument("--id", type=int, action="append", default=[], metavar="N")
    shown.add_argument("--reference", help=tr("of one matter"))
    shown.add_argument("--field", action="append", default=[], metavar="FIELD")
    shown.add_argument("--office", action="append", default=[], metavar="CC")
    shown.add_argument("--right", action="append", default=[], metavar="R")
    shown.add_argument("--state", choices=_STATES, help=tr("open ones by default"))
    shown.add_argument(
        "--missing", choices=("here", "there"), help=tr("what one side lacks, not the fields")
    )
    shown.add_argument("--reason", default="", help=tr("why the register is not followed"))
    shown.add_argument("--format", choices=("table", "json", "csv", "xlsx"), default="table")
    shown.add_argument("--output", metavar="FILE")
    shown.add_argument("--json", action="store_true")
    shown.set_defaults(run=run_differences)


def run_compare(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Read, compare, and unless it is a trial, remember."""
    path = Path(arguments.file)
    if not path.is_file():
        raise Refused(say("There is no file {file}.", file=arguments.file))
    result = read_list(
        path, format=arguments.format, sheet=arguments.sheet, mapping=mapping_of(arguments.map)
    )
    with terminal.database.read() as connection:
        found = look(connection, result)
    told: dict[str, Any] = {
        "file": found.file,
        "sha256": found.sha256,
        "format": found.source,
        "records": found.records,
        "refused": found.refused,
        "matched": len(found.matched),
        "differences": len(found.told),
        "not_here": found.count(Side.NOT_HERE),
        "not_there": found.count(Side.NOT_THERE),
        "scope": found.scope.to_json(),
        "mapping": [m.to_json() for m in result.mapping],
        "new": None,
        "changed": None,
        "settled": None,
    }
    if not arguments.dry_run:
        kept = keep(terminal.database, found, str(path.resolve()))
        told |= {"new": kept.new, "changed": kept.changed, "settled": kept.settled}
    if not arguments.json:
        print(summary_words(found))
        return 0
    references = {i: h.reference for i, (_, h) in found.matched.items()}
    told["fields"] = [
        {
            "reference": references[t.matter_id],
            "field": t.field,
            "ours": stored(t.ours),
            "theirs": stored(t.theirs),
            "sheet": t.sheet,
            "row": t.line,
        }
        for t in found.told
    ]
    print_json(told)
    return 0


def run_differences(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """List, or decide on those that the options name."""
    if arguments.act == "files":
        with terminal.database.read() as connection:
            files = register_files(connection)
        rows: list[dict[str, Any]] = [
            {"file": f.file, "day": f.at.date(), "source": f.source, "undone": f.undone}
            | dict(f.summary)
            for f in files
        ]
        shown = ["file", "day", "source", "matched", "differences", "not_here", "not_there"]
        emit(rows, shown, _form(arguments), arguments.output, "registers")
        return 0
    ids = _ids(arguments, terminal)
    if arguments.act == "list":
        _print(arguments, terminal, ids)
        return 0
    if not _narrowed(arguments):
        raise WrongCommand(say("Name what is meant: --id, --field, --office, --reference."))
    if not ids:
        print(tr("Nothing fits; nothing was changed."))
        return 0
    _decide(arguments, terminal, ids)
    print(tr("{n} decided.", n=len(ids)))
    return 0


def _decide(arguments: argparse.Namespace, terminal: Terminal, ids: list[int]) -> None:
    database, docket = terminal.database, terminal.docket
    lacks = bool(arguments.missing)
    if arguments.act == "accept":
        if lacks:
            raise WrongCommand(
                say("What is missing here is imported: “import FILE”, with the usual preview.")
            )
        print_reached(edits.accept(database, docket, ids).reached)
    elif arguments.act == "dismiss":
        act = edits.dismiss_lacks if lacks else edits.dismiss
        act(database, docket, ids, arguments.reason)
    else:
        back = edits.reopen_lacks if lacks else edits.reopen
        back(database, docket, ids)


def _form(arguments: argparse.Namespace) -> str:
    return "json" if arguments.json else str(arguments.format)


def _narrowed(arguments: argparse.Namespace) -> bool:
    given = (arguments.id, arguments.field, arguments.office, arguments.right)
    return any(given) or bool(arguments.reference)


def _ids(arguments: argparse.Namespace, terminal: Terminal) -> list[int]:
    standing = "dismissed" if arguments.act == "reopen" else "open"
    state = arguments.state or ("all" if arguments.id else standing)
    query = ListQuery()
    if state != "all":
        query = query.choose("state", state)
    for facet in ("field", "office", "right"):
        query = query.choose(facet, *getattr(arguments, facet))
    if arguments.reference:
        query = query.choose("matter", str(terminal.matter(arguments.reference)))
    with terminal.database.read() as connection:
        if arguments.missing:
            query = query.choose("side", f"not_{arguments.missing}")
            found = list(lack_ids(connection, query))
        else:
            found = list(difference_ids(connection, query))
    return [i for i in found if not arguments.id or i in set(arguments.id)]


def _print(arguments: argparse.Namespace, terminal: Terminal, ids: list[int]) -> None:
    form, output = _form(arguments), arguments.output
    with terminal.database.read() as connection:
        if arguments.missing:
            lacks = [r.to_json() for r in lack_rows(connection, ids)]
            emit(lacks, list(_LACKS), form, output, "missing")
            return
        rows = []
        for row in difference_rows(connection, ids):
            told = row.to_json()
            if form != "json":
                told |= {n: words_of(row.field, getattr(row, n)) for n in ("ours", "theirs")}
            rows.append(told)
    emit(rows, list(_FIELDS), form, output, "differences")
