"""Commands over the portfolio: demo, matters, matter, undo, check."""

import argparse
from typing import Any

from ipdesk.base.i18n import ntr, tr
from ipdesk.cli.captions import caption, worded
from ipdesk.cli.fees import fee_json
from ipdesk.cli.output import emit, padded
from ipdesk.cli.printing import print_list
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.cli.words import problem
from ipdesk.core.docket.events import event_label
from ipdesk.core.docket.history_words import described
from ipdesk.core.docket.queries import (
    deadlines_of_matter,
    events_of,
    explain_many,
    pending_of_matter,
    pending_rows,
)
from ipdesk.core.docket.records import DeadlineRow, state_label
from ipdesk.core.docket.selftest import self_test
from ipdesk.core.docket.undoing import take_back
from ipdesk.core.fees.queries import fee_lines
from ipdesk.core.intake.queries import batch_action
from ipdesk.core.portfolio.model import MatterRow
from ipdesk.core.portfolio.queries import family_tree, matter_detail, matter_ids, matter_rows
from ipdesk.core.watch.selfcheck import watch_part
from ipdesk.store import history
from ipdesk.store.paging import ListQuery

MATTER_KEYS = (
    "reference right office status title application_number filing_date publication_number "
    "publication_date grant_number grant_date applicants inventors family"
).split()


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    demo = commands.add_parser("demo", help=tr("fill an empty database with sample data"))
    demo.set_defaults(run=run_demo)

    matters = commands.add_parser("matters", help=tr("list matters"))
    matters.add_argument("--query", default="", help=tr("words or a number, badly typed or not"))
    for name in ("right", "office", "status", "family"):
        matters.add_argument(f"--{name}", action="append", default=[])
    matters.add_argument("--json", action="store_const", dest="format", const="json")
    matters.add_argument(
        "--format", choices=("table", "json", "csv", "xlsx", "pdf"), default="table"
    )
    matters.add_argument("--output")
    matters.set_defaults(run=run_matters)

    matter = commands.add_parser("matter", help=tr("one matter whole"))
    matter.add_argument("reference")
    matter.add_argument("--json", action="store_true")
    matter.set_defaults(run=run_matter)

    undo = commands.add_parser("undo", help=tr("take one import or one action back as a whole"))
    which = undo.add_mutually_exclusive_group(required=True)
    which.add_argument("batch", type=int, nargs="?", help=tr("number of an import"))
    which.add_argument(
        "--action",
        dest="undone",
        type=int,
        metavar="N",
        help=tr("number of an action, as commands tell it"),
    )
    undo.add_argument(
        "--force", action="store_true", help=tr("with everything that people added since")
    )
    undo.set_defaults(run=run_undo)

    check = commands.add_parser("check", help=tr("test the database and the program's data"))
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=run_check)


def run_demo(_arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Fill an empty database."""
    from ipdesk.demo.whole import fill_demo

    count = fill_demo(terminal.database, terminal.docket)
    print(
        ntr("{n} matter of sample data was made.", "{n} matters of sample data were made.", count)
    )
    return 0


def matter_json(row: MatterRow) -> dict[str, Any]:
    """The keys that scripts rely on, and a few more."""
    return {
        "reference": row.reference,
        "right": row.right,
        "office": row.office,
        "status": row.status,
        "title": row.title,
        "application_number": row.application_number,
        "filing_date": row.filing_date,
        "publication_number": row.publication_number,
        "publication_date": row.publication_date,
        "grant_number": row.grant_number,
        "grant_date": row.grant_date,
        "applicants": list(row.applicants),
        "inventors": list(row.inventors),
        "family": row.family,
        "title_en": row.title_en,
        "title_zh": row.title_zh,
        "priority_date": row.priority_date,
        "expiry_date": row.expiry_date,
        "next_due": row.next_due,
        "agencies": list(row.agencies),
        "technologies": list(row.technologies),
        "products": list(row.products),
        "tags": list(row.tags),
        "sample": row.sample,
    }


def run_matters(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """List matters under filters."""
    terminal.visit()
    query = ListQuery(arguments.query)
    for name in ("right", "office", "status", "family"):
        query = query.choose(name, *getattr(arguments, name))
    with terminal.database.read() as connection:
        rows = matter_rows(connection, matter_ids(connection, query))
    values = [matter_json(row) for row in rows]
    if arguments.format == "pdf":
        names = ("right", "office", "status", "family")
        chosen = {name: ",".join(getattr(arguments, name)) for name in names}
        chosen["query"] = arguments.query
        print_list(values, MATTER_KEYS, terminal, arguments.output, tr("Matters"), chosen)
        return 0
    emit(values, MATTER_KEYS, arguments.format, arguments.output, tr("Matters"))
    return 0


def run_matter(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """One matter with everything that hangs on it."""
    terminal.visit()
    matter_id = terminal.matter(arguments.reference)
    with terminal.database.read() as connection:
        detail = matter_detail(connection, matter_id)
        if detail is None:
            return 1
        rows = deadlines_of_matter(connection, matter_id, terminal.docket)
        reasons = explain_many(connection, rows, terminal.docket)
        pending = pending_rows(connection, pending_of_matter(connection, matter_id))
        family = family_tree(connection, matter_id)
        events = events_of(connection, matter_id)
        changes = history.of_matter(connection, matter_id)
        fees = [fee_json(line) for line in fee_lines(connection, terminal.docket, [matter_id])]
    value = matter_json(detail.row) | {
        "route": detail.route,
        "status_text": detail.status_text,
        "facts": detail.facts,
        "classes": detail.classes,
        "abstract": detail.abstract,
        "note": detail.note,
        "people": [{"role": p.role, "name": p.name, "ordinal": p.ordinal} for p in detail.people],
        "priorities": [
            {"number": p.number, "office": p.office, "date": p.date} for p in detail.priorities
        ],
        "events": events,
        "deadlines": [deadline_json(d, reasons[d.id], terminal) for d in rows],
        "cannot_compute": [
            {"rule": p.rule, "label": p.label, "waiting_for": p.waiting_for, "why": p.why}
            for p in pending
        ],
        "fees": fees,
        "members": family,
        "history": [
            {
                "at": h.at.isoformat(timespec="seconds"),
                "by": h.by,
                "action": h.said,
                "said": described(h),
                "table": h.table,
                "kind": h.kind,
                "field": h.field,
                "old": h.old,
                "new": h.new,
            }
            for h in changes
        ],
    }
    if arguments.json:
        print_json(value)
    else:
        _print_matter(value)
    return 0


def deadline_json(row: DeadlineRow, why: tuple[object, ...], terminal: Terminal) -> dict[str, Any]:
    """The keys of ``deadlines --json`` (command-line contract), and more."""
    return {
        "reference": row.reference,
        "rule": row.rule,
        "label": row.name,
        "raw": row.raw,
        "due": row.due,
        "internal_due": row.internal_due,
        "agent_due": row.agent_due,
        "grace_end": row.grace_end,
        "state": row.shown(terminal.today),
        "basis": str(row.basis),
        "calendar": row.calendar,
        "unverified": row.unverified,
        "why": [str(w) for w in why],
        "n": row.n,
        "opens": row.opens,
        "start": row.start,
        "kind": row.kind,
        "responsible": row.responsible,
        "unchecked": row.unchecked,
        "manual": row.manual,
        "title": row.title,
    }


def run_undo(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Take a batch or another action back."""
    action = arguments.undone
    if action is None:
        with terminal.database.read() as connection:
            action = batch_action(connection, arguments.batch)
    _, kept = take_back(terminal.database, terminal.docket, action, force=arguments.force)
    for sentence in kept:
        problem(sentence)
    if arguments.undone is None:
        print(tr("Import {n} was taken back.", n=arguments.batch))
    else:
        print(tr("Action {n} was taken back.", n=action))
    return 0


def _print_matter(value: dict[str, Any]) -> None:
    """The same for eyes: fields that say something, then events and deadlines."""
    for key in (*MATTER_KEYS, "priority_date", "expiry_date", "next_due", "note"):
        shown = value.get(key)
        if shown:
            words = "; ".join(shown) if isinstance(shown, list) else worded(key, value)
            print(f"{padded(caption(key), 20)} {words}")
    print("\n" + tr("Events"))
    for row in value["events"]:
        print(f"  {row.date}  {event_label(row.type)}")
    print("\n" + tr("Deadlines"))
    for due in value["deadlines"]:
        print(f"  {due['due']}  {state_label(due['state'])}  {due['label']}  ({due['basis']})")
    for missing in value["cannot_compute"]:
        print("  " + tr("cannot compute: {label}", label=missing["label"]))
        for why in missing["why"]:
            print(f"    {why}")


def run_check(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The self-test; exit code 1 when anything is broken."""
    found = self_test(terminal.database, terminal.today, (watch_part,))
    if arguments.json:
        print_json({"ok": found.ok, "parts": found.parts})
        return 0 if found.ok else 1
    for part in found.parts:
        sign = "▲" if not part.ok else "●" if part.heed else "✓"
        print(f"{sign} {part.name}: {part.said}")
    return 0 if found.ok else 1
