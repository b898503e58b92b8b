"""Commands over the docket: event, deadlines, compute."""

import argparse
import sys
from datetime import date
from typing import Any

from ipdesk.base.i18n import tr
from ipdesk.cli.output import emit, lines_of, write_out
from ipdesk.cli.portfolio import deadline_json
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.cli.words import parse_day, problem
from ipdesk.core.docket.compute import compute_lines
from ipdesk.core.docket.edits import preview_event, record_event
from ipdesk.core.docket.queries import deadline_ids, deadline_rows, explain_many
from ipdesk.core.docket.records import STATE_LABELS, DeadlineChange, Effect, EventInput, state_label
from ipdesk.store.paging import ListQuery

COLUMNS = (
    "due reference label state raw internal_due agent_due grace_end basis calendar unverified"
).split()


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    event = commands.add_parser("event", help=tr("record what happened to a matter"))
    event.add_argument("reference")
    event.add_argument("type")
    event.add_argument("date")
    event.add_argument("--service", choices=("electronic", "post", "hand", "publication"))
    event.add_argument("--received", metavar="YYYY-MM-DD")
    for name in ("ordinal", "months", "days", "extension"):
        event.add_argument(f"--{name}", type=int)
    event.add_argument("--dry-run", action="store_true", help=tr("show, write nothing"))
    event.add_argument("--json", action="store_true")
    event.set_defaults(run=run_event)

    deadlines = commands.add_parser("deadlines", help=tr("what is due"))
    deadlines.add_argument("--from", dest="first", metavar="YYYY-MM-DD")
    deadlines.add_argument("--to", dest="last", metavar="YYYY-MM-DD")
    deadlines.add_argument("--reference")
    deadlines.add_argument("--state", action="append", default=[], choices=sorted(STATE_LABELS))
    deadlines.add_argument("--json", action="store_const", dest="format", const="json")
    deadlines.add_argument(
        "--format", choices=("table", "json", "csv", "xlsx", "ics"), default="table"
    )
    deadlines.add_argument("--output")
    deadlines.set_defaults(run=run_deadlines)

    compute = commands.add_parser("compute", help=tr("the engine alone, without a database"))
    compute.add_argument("file", nargs="?", default="-")
    compute.add_argument("--json", action="store_true")
    compute.set_defaults(run=run_compute)


def run_event(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Record an event and tell what it does."""
    matter_id = terminal.matter(arguments.reference)
    given = EventInput(
        type=arguments.type,
        date=parse_day(arguments.date),
        service=arguments.service,
        received=parse_day(arguments.received) if arguments.received else None,
        ordinal=arguments.ordinal,
        period_months=arguments.months,
        period_days=arguments.days,
        extension_months=arguments.extension,
    )
    if arguments.dry_run:
        effect = preview_event(terminal.database, terminal.docket, matter_id, given)
    else:
        effect = record_event(terminal.database, terminal.docket, matter_id, given).effect
    if arguments.json:
        print_json(_effect_json(effect))
    else:
        _print_effect(effect)
    for sentence in effect.problems:
        problem(sentence)
    return 1 if effect.problems else 0


def _effect_json(effect: Effect) -> dict[str, Any]:
    def line(change: DeadlineChange) -> dict[str, Any]:
        return {
            "rule": change.rule,
            "n": change.n,
            "label": str(change.label),
            "before": change.before,
            "due": change.after,
            "state_before": change.state_before,
            "state": change.state_after,
        }

    return {
        "creates": [line(c) for c in effect.created],
        "changes": [line(c) for c in effect.changed],
        "ends": [line(c) for c in effect.ended],
        "fields": [{"field": f, "old": o, "new": n} for f, o, n in effect.fields],
        "problems": [str(p) for p in effect.problems],
    }


def _print_effect(effect: Effect) -> None:
    if effect.empty:
        print(tr("No deadline changes."))
    for change in effect.created:
        print(tr("creates  {due}  {label}", due=change.after, label=_name(change)))
    for change in effect.changed:
        print(
            tr(
                "changes  {before} → {due}  {label}",
                before=_shown(change.before, change.state_before),
                due=_shown(change.after, change.state_after),
                label=_name(change),
            )
        )
    for change in effect.ended:
        print(tr("ends     {due}  {label}", due=change.before, label=_name(change)))


def _shown(day: date | None, state: str | None) -> str:
    return f"{day} ({state_label(state or '')})"


def _name(change: DeadlineChange) -> str:
    return f"{change.label} ({change.n})" if change.n else str(change.label)


def run_deadlines(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """List deadlines with their reasons."""
    query = ListQuery().choose("state", *arguments.state)
    for name in ("first", "last"):
        if getattr(arguments, name):
            day = parse_day(getattr(arguments, name))
            query = query.choose("from" if name == "first" else "to", day.isoformat())
    if arguments.reference:
        query = query.choose("matter", str(terminal.matter(arguments.reference)))
    with terminal.database.read() as connection:
        rows = deadline_rows(
            connection, deadline_ids(connection, query, terminal.today), terminal.today
        )
        wanted = arguments.format in ("json", "ics")
        reasons = explain_many(connection, rows, terminal.docket) if wanted else {}
    if arguments.format == "ics":
        from ipdesk.core.docket.calendar_file import as_ics

        write_out(as_ics(rows, reasons, terminal.today), arguments.output)
        return 0
    values = [deadline_json(row, reasons.get(row.id, ()), terminal) for row in rows]
    emit(values, COLUMNS, arguments.format, arguments.output, tr("Deadlines"))
    return 0


def run_compute(arguments: argparse.Namespace, _terminal: Terminal) -> int:
    """Answer cases, one JSON object a line."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a real stream has it
    for line in compute_lines(lines_of(arguments.file)):
        print(line)
    return 0
