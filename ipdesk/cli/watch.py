"""Commands of early warning: watch add, list, run, runs, hits, decide."""

import argparse
from pathlib import Path
from typing import Any

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.cli.output import table
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.cli.words import parse_day, problem
from ipdesk.core.intake.hit_runs import known_database, run_file
from ipdesk.core.intake.hits import read_hits
from ipdesk.core.watch.edits import add_watch
from ipdesk.core.watch.edits_runs import rescore
from ipdesk.core.watch.edits_triage import decide
from ipdesk.core.watch.model import RunDone, WatchFields
from ipdesk.core.watch.queries import find_watch, runs_of, watch_rows
from ipdesk.core.watch.queries_hits import find_family, hit_ids, hit_rows
from ipdesk.core.watch.rows import HitRow, RunRow, WatchRow
from ipdesk.core.watch.words import (
    DISCLAIMER,
    Level,
    Verdict,
    WatchKind,
)
from ipdesk.store.paging import ListQuery


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    watch = commands.add_parser("watch", help=tr("early warning: searches on a regular basis"))
    actions = watch.add_subparsers(dest="action", metavar=tr("COMMAND"), required=True)
    _add_parser(actions)
    for name, text, run in (
        ("list", tr("all watches with their health"), run_list),
        ("runs", tr("the runs of a watch, failures too"), run_runs),
        ("hits", tr("the hit families of a watch"), run_hits),
        ("score", tr("work out the relevance of all hits again"), run_score),
    ):
        command = actions.add_parser(name, help=text)
        if name != "list":
            command.add_argument("name")
        command.add_argument("--json", action="store_true")
        command.set_defaults(run=run)
    actions.choices["hits"].add_argument("--query", default="")
    actions.choices["hits"].add_argument(
        "--state", action="append", choices=("waiting", "reopened", "new", "changed", "gone")
    )
    _run_parser(actions)
    command = actions.add_parser("decide", help=tr("give a verdict to a hit family"))
    command.add_argument("name")
    command.add_argument("family", nargs="+", help=tr("its name or a publication number"))
    command.add_argument("--verdict", required=True, choices=[v.value for v in Verdict])
    command.add_argument("--reason", required=True)
    command.add_argument("--grade", choices=[g.value for g in Level], default="")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_decide)


def _add_parser(actions: Any) -> None:
    command = actions.add_parser("add", help=tr("a new watch"))
    command.add_argument("name")
    command.add_argument("--question", required=True)
    command.add_argument("--kind", required=True, choices=[k.value for k in WatchKind])
    command.add_argument("--every", required=True, metavar="3m")
    command.add_argument("--owner", default="", help=tr("who decides on the answer"))
    command.add_argument("--scope", default="")
    command.add_argument(
        "--search",
        action="append",
        default=[],
        metavar="DATABASE=TEXT",
        help=tr("the query text, verbatim"),
    )
    for name, text in (
        ("synonym", tr("a word to look for")),
        ("class", tr("a patent class")),
        ("applicant", tr("an applicant to watch")),
        ("inventor", tr("an inventor to watch")),
        ("known", tr("a document that must be found")),
        ("market", tr("an office where we make or sell")),
        ("technology", tr("a technology of the tree")),
        ("product", tr("a product of ours")),
    ):
        command.add_argument(f"--{name}", action="append", default=[], help=text, dest=f"{name}_")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_add, makes=True)  # a first watch may come before any matter


def _run_parser(actions: Any) -> None:
    command = actions.add_parser("run", help=tr("record a run with the hits of a file"))
    command.add_argument("name")
    command.add_argument("--hits", required=True, metavar="FILE")
    command.add_argument("--source", default="", metavar="TEXT", help=tr("the database"))
    command.add_argument("--cut-off", metavar="YYYY-MM-DD", help=tr("how far the database went"))
    command.add_argument("--format", metavar="ID", help=tr("where the list comes from"))
    command.add_argument("--sheet", metavar="NAME")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_run)


def run_add(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Add a watch and show it."""
    given = vars(arguments)
    fields = WatchFields(
        name=arguments.name,
        kind=arguments.kind,
        question=arguments.question,
        every=arguments.every,
        owner=arguments.owner,
        scope=arguments.scope,
        queries=tuple(_query(q) for q in arguments.search),
        synonyms=tuple(given["synonym_"]),
        classes=tuple(given["class_"]),
        applicants=tuple(given["applicant_"]),
        inventors=tuple(given["inventor_"]),
        known_documents=tuple(given["known_"]),
        markets=tuple(m.upper() for m in given["market_"]),
        technologies=tuple(given["technology_"]),
        products=tuple(given["product_"]),
    )
    made = add_watch(terminal.database, fields, terminal.today)
    with terminal.database.read() as connection:
        (row,) = watch_rows(connection, terminal.today, [made.id])
    if arguments.json:
        print_json(watch_json(row))
    else:
        print(tr("The watch {name} is due now: run it once.", name=row.name))
    return 0


def _query(text: str) -> tuple[str, str]:
    name, sign, query = text.partition("=")
    if not sign:
        raise WrongCommand(say("Write the search as DATABASE=TEXT, not “{text}”.", text=text))
    return known_database(name), query


def watch_json(row: WatchRow) -> dict[str, Any]:
    """The keys that scripts rely on, and a few more."""
    return {
        "name": row.name,
        "kind": row.kind,
        "every": row.every,
        "next_due": row.next_due,
        "overdue": row.overdue,
        "last_run": row.last_run,
        "unreviewed": row.unreviewed,
        "question": row.question,
        "owner": row.owner,
        "last_attempt": row.last_attempt,
        "failed": row.failed,
        "families": row.families,
        "threats": row.threats,
        "health": row.health.state,
        "warnings": [str(w.message) for w in row.health.warnings],
    }


def run_list(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """All watches, the most urgent first."""
    with terminal.database.read() as connection:
        rows = [watch_json(r) for r in watch_rows(connection, terminal.today)]
    if arguments.json:
        print_json(rows)
    else:
        print(table(rows, "name kind every next_due last_run unreviewed health warnings".split()))
    return 0


def run_run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Record a run; an unreadable list is a failed run and is kept too."""
    with terminal.database.read() as connection:
        watch_id = find_watch(connection, arguments.name)
    done = run_file(
        terminal.database,
        watch_id,
        Path(arguments.hits),
        terminal.today,
        source=arguments.source,
        cut_off=parse_day(arguments.cut_off) if arguments.cut_off else None,
        format=arguments.format,
        sheet=arguments.sheet,
    ).done
    return show_run(terminal, watch_id, done, as_json=arguments.json)


def import_hits(
    arguments: argparse.Namespace,
    terminal: Terminal,
    path: Path,
    mapping: dict[str, str] | None,
) -> int:
    """A run by ``import FILE --as hits --watch NAME``; a trial reads and writes nothing."""
    if not arguments.watch:
        raise WrongCommand(say("Name the watch that the hits belong to: --watch NAME."))
    if arguments.records or arguments.refused:
        raise WrongCommand(say("--records and --refused go with matters, not with hits."))
    with terminal.database.read() as connection:
        watch_id = find_watch(connection, arguments.watch)
    form: dict[str, Any] = {
        "format": arguments.format,
        "sheet": arguments.sheet,
        "mapping": mapping,
    }
    if not arguments.dry_run:
        done = run_file(terminal.database, watch_id, path, terminal.today, **form).done
        return show_run(terminal, watch_id, done, as_json=arguments.json)
    found = read_hits(path, **form)
    summary = {
        "file": found.file,
        "sha256": found.sha256,
        "format": found.format,
        "records": found.records,
        "refused": found.refused,
        "hits": len(found.drafts),
        "batch": None,
    }
    if arguments.json:
        print_json(summary)
    else:
        print(table([summary], "file format records hits refused".split()))
    return 0


def show_run(terminal: Terminal, watch_id: int, done: RunDone, *, as_json: bool) -> int:
    """Print what a run found; the exit code."""
    with terminal.database.read() as connection:
        kept = next(r for r in runs_of(connection, watch_id) if r.id == done.run)
    if as_json:
        print_json({**run_json(kept), "reopened": done.reopened})
    elif not done.failed:
        print(
            tr(
                "Run {run}: {hits} hits, {families} families, {new} new, {changed} changed, "
                "{known} known",
                **{k: getattr(done, k) for k in _COUNTS},
            )
        )
    for number in done.missing:
        problem(tr("Not found, though it must be: {number}", number=number))
    if done.failed:
        problem(tr("The run failed and was recorded: {why}", why=kept.reason))
    return int(done.failed)


_COUNTS = ("run", "hits", "families", "new", "changed", "known")


def run_json(row: RunRow) -> dict[str, Any]:
    """The keys that scripts rely on, and a few more."""
    return {
        "run": row.id,
        "hits": row.hits,
        "families": row.families,
        "new": row.new,
        "changed": row.changed,
        "known": row.known,
        "failed": row.failed,
        "gone": row.gone,
        "refused": row.refused,
        "ran_on": row.ran_on,
        "by": row.by,
        "database": row.database,
        "cut_off": row.cut_off,
        "query": row.query_text,
        "records": row.hits,
        "file": row.file,
        "sha256": row.sha256,
        "missing": row.missing,
        "reason": str(row.reason) if row.reason else None,
    }


def run_runs(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The runs of a watch, newest first."""
    with terminal.database.read() as connection:
        rows = [run_json(r) for r in runs_of(connection, find_watch(connection, arguments.name))]
    if arguments.json:
        print_json(rows)
    else:
        print(table(rows, "run ran_on database hits families new changed known failed".split()))
    return 0


def hit_json(row: HitRow) -> dict[str, Any]:
    """The keys that scripts rely on, and a few more; a score is null until it was worked out."""
    return {
        "family": row.key,
        "members": row.members,
        "title": row.title,
        "applicants": row.applicants,
        "score": row.score,
        "reasons": [
            {"kind": r.kind, "weight": r.weight, "text": str(r.message)} for r in row.reasons
        ],
        "verdict": row.verdict or None,
        "reason": row.reason or None,
        "grade": row.grade or None,
        "first_seen": row.first_seen,
        "last_seen": row.last_seen,
        "changed": [str(m) for m in row.changed],
        "reopened": row.reopened,
        "status": row.status,
        "offices": row.offices,
        "nearest": [
            {"kind": n.kind, "label": n.label, "similarity": n.similarity} for n in row.nearest
        ],
        "reviewer": row.reviewer or None,
        "review_due": row.review_due,
        "decided_by": row.decided_by or None,
        "decided_on": row.decided_on,
    }


def run_hits(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The hit families of a watch, the most relevant first."""
    query = ListQuery(search=arguments.query).choose("state", *(arguments.state or ()))
    with terminal.database.read() as connection:
        watch_id = find_watch(connection, arguments.name)
        found = hit_rows(connection, hit_ids(connection, watch_id, query))
    rows = [hit_json(r) for r in found]
    if arguments.json:
        print_json(rows)
    else:
        print(table(rows, "score family title applicants verdict grade changed".split()))
        print(DISCLAIMER)
    return 0


def run_decide(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Give one verdict to one family or several."""
    with terminal.database.read() as connection:
        watch_id = find_watch(connection, arguments.name)
        families = [find_family(connection, watch_id, f) for f in arguments.family]
    decide(
        terminal.database,
        families,
        arguments.verdict,
        arguments.reason,
        terminal.today,
        arguments.grade,
    )
    if arguments.json:
        with terminal.database.read() as connection:
            rows = [hit_json(r) for r in hit_rows(connection, families)]
        print_json(rows[0] if len(rows) == 1 else rows)
    else:
        print(ntr("{n} family decided.", "{n} families decided.", len(families)))
    return 0


def run_score(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Work out all scores of a watch again."""
    with terminal.database.read() as connection:
        watch_id = find_watch(connection, arguments.name)
    rescore(terminal.database, watch_id, terminal.today)
    return run_hits(argparse.Namespace(**vars(arguments), query="", state=None), terminal)
