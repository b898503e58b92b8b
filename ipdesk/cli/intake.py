"""Commands that take lists in: import."""

import argparse
from pathlib import Path
from typing import Any

from ipdesk.base.errors import Refused, WrongCommand
from ipdesk.base.i18n import say, tr
from ipdesk.cli.output import print_reached
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.cli.watch import import_hits
from ipdesk.cli.words import problem
from ipdesk.core.intake.edits import carry_out, forget_mapping, prepare
from ipdesk.core.intake.merging import FIELDS
from ipdesk.core.intake.model import ReadResult
from ipdesk.core.intake.plan import Plan
from ipdesk.core.intake.queries import remembered
from ipdesk.core.intake.reaching import reach
from ipdesk.core.intake.reader import take_apart
from ipdesk.core.intake.reading import interpret, vendor_of_format
from ipdesk.core.intake.records import refused_rows, summary_of, write_records, write_refused
from ipdesk.core.intake.remembered import SavedMapping, said_in
from ipdesk.core.intake.wishes import Wishes

_SHOWN = 20


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    command = commands.add_parser("import", help=tr("read a filing list"))
    command.add_argument("file")
    command.add_argument("--as", dest="kind", choices=("matters", "hits"), default="matters")
    command.add_argument("--watch", help=tr("the watch that hits belong to"))
    command.add_argument("--format", metavar="ID", help=tr("where the list comes from"))
    command.add_argument("--sheet", metavar="NAME")
    command.add_argument("--map", action="append", default=[], metavar="HEADER=FIELD")
    command.add_argument(
        "--keep", action="append", default=[], metavar="FIELD", help=tr("keep our values of it")
    )
    command.add_argument(
        "--forget-mapping",
        action="store_true",
        help=tr("read the headers by their words, not as in an earlier list"),
    )
    command.add_argument("--dry-run", action="store_true", help=tr("compare, write nothing"))
    command.add_argument("--records", metavar="OUT.jsonl", help=tr("write what was read"))
    command.add_argument("--refused", metavar="OUT.xlsx", help=tr("write the rows left out"))
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Read, compare, and unless it is a trial, write."""
    path = Path(arguments.file)
    if not path.is_file():
        raise Refused(say("There is no file {file}.", file=arguments.file))
    if arguments.kind == "hits":
        return import_hits(arguments, terminal, path, mapping_of(arguments.map))
    result, known = _read(arguments, terminal, path)
    if arguments.records:
        write_records(Path(arguments.records), result.drafts)
    with terminal.database.read() as connection:
        plan = prepare(connection, result)
    if arguments.refused:
        write_refused(Path(arguments.refused), result, refused_rows(plan))
    if arguments.dry_run:
        wishes = _wishes(arguments)
        reached = reach(terminal.database, terminal.docket, plan, wishes=wishes).reached
        summary = {**summary_of(result, plan), "reached": list(reached)}
    else:
        summary = _carry_out(arguments, terminal, result, plan)
    summary["remembered"] = [one.file for one in known]
    if arguments.json:
        print_json(summary)
    else:
        _print(summary, result, plan)
    return 0


def _read(
    arguments: argparse.Namespace, terminal: Terminal, path: Path
) -> tuple[ReadResult, list[SavedMapping]]:
    """The list, its columns as the options say or else as they meant in an earlier list."""
    mapping = mapping_of(arguments.map)
    raw = take_apart(path)
    with terminal.database.read() as connection:
        known = remembered(connection, raw)
    if arguments.forget_mapping and not arguments.dry_run:
        for one in known.values():
            forget_mapping(terminal.database, one.saved.headers)
    if mapping or arguments.format or arguments.forget_mapping:
        known = {}
    vendor = vendor_of_format(arguments.format)
    result = interpret(raw, vendor=vendor, sheet=arguments.sheet, mapping=mapping, known=known)
    return result, [one.saved for one in known.values()]


def _carry_out(
    arguments: argparse.Namespace, terminal: Terminal, result: ReadResult, plan: Plan
) -> dict[str, Any]:
    mapping = mapping_of(arguments.map) or {}
    done = carry_out(
        terminal.database,
        terminal.docket,
        result,
        plan,
        wishes=_wishes(arguments),
        said=said_in(result, mapping, terminal.today),
    )
    return done.summary


def _wishes(arguments: argparse.Namespace) -> Wishes:
    unknown = [f for f in arguments.keep if f not in FIELDS]
    if unknown:
        names = ", ".join(FIELDS)
        raise WrongCommand(
            say("There is no field {field}; fields are {known}.", field=unknown[0], known=names)
        )
    return Wishes.keeping(*arguments.keep)


def mapping_of(given: list[str]) -> dict[str, str] | None:
    pairs = {}
    for one in given:
        header, sign, field = one.rpartition("=")
        if not sign or not header:
            raise WrongCommand(say("“{text}” is not HEADER=FIELD.", text=one))
        pairs[header] = field
    return pairs or None


def _print(summary: dict[str, Any], result: ReadResult, plan: Plan) -> None:
    print(
        tr(
            "{file} ({format}): {n} records, {new} new, {changed} changed, "
            "{unchanged} unchanged, {duplicates} duplicates, {refused} refused",
            n=summary["records"],
            **{k: summary[k] for k in _COUNTS if k != "records"},
        )
    )
    print_reached(summary["reached"])
    for file in summary["remembered"]:
        print(tr("Mapping remembered from {file}", file=file))
    if summary["batch"]:
        print(tr("Import {n}. Take it back with “undo {n}”.", n=summary["batch"]))
    problems = [*result.problems, *(p for p in plan.problems if p not in result.problems)]
    for one in problems[:_SHOWN]:
        problem(f"{one.sheet} {one.row} {one.column}: {one.message}")
    if len(problems) > _SHOWN:
        problem(tr("… and {n} more; --json lists them all.", n=len(problems) - _SHOWN))


_COUNTS = ("file", "format", "records", "new", "changed", "unchanged", "duplicates", "refused")
