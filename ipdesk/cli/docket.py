"""Commands over the docket: event, deadlines, compute."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import say, tr
from ipdesk.cli.captions import caption, worded
from ipdesk.cli.output import answers_in_utf8, emit, lines_of, write_out
from ipdesk.cli.portfolio import deadline_json
from ipdesk.cli.printing import print_list
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.cli.words import parse_day, problem
from ipdesk.core.docket.compute import compute_lines, is_object
from ipdesk.core.docket.edits import (
    correct_event,
    delete_event,
    preview_correction,
    preview_deletion,
    preview_event,
    record_event,
)
from ipdesk.core.docket.events import event_label
from ipdesk.core.docket.facts import fact_value, facts, set_facts
from ipdesk.core.docket.queries import deadline_ids, deadline_rows, events_of, explain_many
from ipdesk.core.docket.records import STATE_LABELS, DeadlineChange, Effect, EventInput, state_label
from ipdesk.store.paging import ListQuery

COLUMNS = (
    "due reference label state raw internal_due agent_due grace_end basis calendar unverified"
).split()


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    _add_event(commands)
    fact = commands.add_parser("fact", help=tr("enter a fact that the law asks for"))
    fact.add_argument("reference")
    fact.add_argument("name", choices=sorted(f.name for f in facts()))
    fact.add_argument("value", help=tr("an empty one takes the fact away"))
    fact.set_defaults(run=run_fact)

    deadlines = commands.add_parser("deadlines", help=tr("what is due"))
    deadlines.add_argument("--from", dest="first", metavar="YYYY-MM-DD")
    deadlines.add_argument("--to", dest="last", metavar="YYYY-MM-DD")
    deadlines.add_argument("--reference")
    deadlines.add_argument("--state", action="append", default=[], choices=sorted(STATE_LABELS))
    deadlines.add_argument("--json", action="store_const", dest="format", const="json")
    deadlines.add_argument(
        "--format", choices=("table", "json", "csv", "xlsx", "pdf", "ics"), default="table"
    )
    deadlines.add_argument("--output")
    deadlines.set_defaults(run=run_deadlines)

    compute = commands.add_parser("compute", help=tr("the engine alone, without a database"))
    compute.add_argument("file", nargs="?", default="-")
    compute.add_argument("--json", action="store_true")
    compute.set_defaults(run=run_compute)


def _add_event(commands: Any) -> None:
    event = commands.add_parser("event", help=tr("record what happened to a matter"))
    event.add_argument("reference")
    event.add_argument("type")
    event.add_argument("date")
    event.add_argument("--service", choices=("electronic", "post", "hand", "publication"))
    event.add_argument("--received", metavar="YYYY-MM-DD")
    for name in ("ordinal", "months", "days", "extension"):
        event.add_argument(f"--{name}", type=int)
    event.add_argument(
        "--due", metavar="YYYY-MM-DD", help=tr("the last day as the document prints it")
    )
    event.add_argument("--office", metavar="CC", help=tr("of another office than the matter's"))
    event.add_argument("--number", default="", help=tr("number of the document"))
    event.add_argument("--note", default="")
    event.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="FILE",
        help=tr("a document to file with the event; may be given again"),
    )
    event.add_argument(
        "--anew", action="store_true", help=tr("compute also what people did or extended")
    )
    event.add_argument(
        "--alone",
        action="store_true",
        help=tr("leave the matters made from this one, such as national phases, as they are"),
    )
    event.add_argument(
        "--instead-of",
        metavar="YYYY-MM-DD",
        help=tr("correct the event of this kind that is recorded on that day"),
    )
    event.add_argument(
        "--delete", action="store_true", help=tr("delete the event of this kind on that day")
    )
    event.add_argument("--dry-run", action="store_true", help=tr("show, write nothing"))
    event.add_argument("--json", action="store_true")
    event.set_defaults(run=run_event)


def run_event(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Record, correct or delete an event and tell what it does."""
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
        office=arguments.office,
        number=arguments.number,
        note=arguments.note,
        printed_due=parse_day(arguments.due) if arguments.due else None,
    )
    effect = _done(arguments, terminal, matter_id, given)
    if arguments.json:
        print_json(_effect_json(effect))
    elif not effect.refused:
        _print_effect(effect)
    for sentence in dict.fromkeys((*effect.refused, *effect.problems, *effect.warnings)):
        problem(sentence)
    return Refused.exit_code if effect.refused else 0


def _done(
    arguments: argparse.Namespace, terminal: Terminal, matter_id: int, given: EventInput
) -> Effect:
    """What recording, correcting or deleting does; kept unless it is a trial."""
    base, law = terminal.database, terminal.docket
    papers = [Path(name) for name in arguments.document]
    anew, along, trial = arguments.anew, not arguments.alone, arguments.dry_run
    if arguments.delete:
        one = _recorded(terminal, matter_id, given, given.date)
        if trial:
            return preview_deletion(base, law, one, anew=anew)
        return delete_event(base, law, one, anew=anew).effect
    if arguments.instead_of:
        one = _recorded(terminal, matter_id, given, parse_day(arguments.instead_of))
        told = {k: v for k, v in asdict(given).items() if v not in (None, "")}
        values = {k: v for k, v in told.items() if k not in ("type", "source")}
        if trial:
            return preview_correction(base, law, one, values, anew=anew, along=along)
        return correct_event(base, law, one, values, papers, anew=anew, along=along).effect
    if trial:
        return preview_event(base, law, matter_id, given, anew=anew, along=along)
    return record_event(base, law, matter_id, given, papers, anew=anew, along=along).effect


def _recorded(terminal: Terminal, matter_id: int, given: EventInput, day: date) -> int:
    """The event of that kind and day; of several the one of the ordinal given."""
    with terminal.database.read() as connection:
        found = [
            e for e in events_of(connection, matter_id) if (e.type, e.date) == (given.type, day)
        ]
    if len(found) > 1 and given.ordinal is not None:
        found = [e for e in found if e.ordinal == given.ordinal]
    if not found:
        raise Refused(
            say("No event “{event}” is recorded on {day}.", event=event_label(given.type), day=day)
        )
    if len(found) > 1:
        raise Refused(
            say(
                "Several events “{event}” are recorded on {day}: name one with --ordinal.",
                event=event_label(given.type),
                day=day,
            )
        )
    return found[0].id


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
        "keeps": [line(c) for c in effect.kept],
        "cannot_compute": [
            {"rule": p.rule, "label": str(p.label), "waiting_for": p.waiting_for}
            for p in effect.missing
        ],
        "warnings": [str(w) for w in effect.warnings],
        "fields": [{"field": f, "old": o, "new": n} for f, o, n in effect.fields],
        "problems": [str(p) for p in effect.problems],
        "in_other_matters": [
            {"reference": one.reference, **_effect_json(one.effect)} for one in effect.there
        ],
        "keep_the_old_date": list(effect.behind),
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
    for change in effect.kept:
        would = change.after or tr("no date any more")
        print(
            tr(
                "keeps    {due}  {label} (would be {would}; --anew computes it)",
                due=change.before, label=_name(change), would=would,
            )
        )  # fmt: skip
    for row in effect.missing:
        print(tr("cannot compute: {label}", label=f"{row.label}. {' '.join(map(str, row.why))}"))
    for field, old, new in effect.fields:
        was, now = (worded(field, {field: value}) or "–" for value in (old, new))
        print(f"{caption(field)}: {was} → {now}")
    for one in effect.there:
        print(f"{one.reference}:")
        _print_effect(one.effect)
    if effect.behind:
        print(tr("Keep the old date: {references}", references=", ".join(effect.behind)))


def _shown(day: date | None, state: str | None) -> str:
    return f"{day} ({state_label(state or '')})"


def _name(change: DeadlineChange) -> str:
    return f"{change.label} ({change.n})" if change.n else str(change.label)


def run_fact(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Keep one fact; what could not be computed for want of it is computed now."""
    fact = next(f for f in facts() if f.name == arguments.name)
    value = fact_value(fact, arguments.value)
    matter_id = terminal.matter(arguments.reference)
    set_facts(terminal.database, terminal.docket, matter_id, {fact.name: value})
    print(f"{fact.caption}: {'–' if value is None else value}")
    return 0


def run_deadlines(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """List deadlines with their reasons."""
    terminal.visit()
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
    if arguments.format == "pdf":
        chosen = {
            "from": arguments.first or "",
            "to": arguments.last or "",
            "reference": arguments.reference or "",
            "state": ",".join(arguments.state),
        }
        print_list(values, COLUMNS, terminal, arguments.output, tr("Deadlines"), chosen)
        return 0
    emit(values, COLUMNS, arguments.format, arguments.output, tr("Deadlines"))
    return 0


def run_compute(arguments: argparse.Namespace, _terminal: Terminal) -> int:
    """Answer cases, one JSON object a line."""
    answers_in_utf8()
    cases: set[bool] = set()
    for answer in compute_lines(_noted(lines_of(arguments.file), cases)):
        print(answer)
    if cases == {False}:
        raise Refused(say("No line of the input is a case: write one JSON object a line."))
    return 0


def _noted(lines: Iterable[str], cases: set[bool]) -> Iterator[str]:
    """The lines, noting whether any of them is a case at all."""
    for line in lines:
        if line.strip() and True not in cases:
            cases.add(is_object(line))
        yield line
