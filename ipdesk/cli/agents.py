"""Commands of the round trip with agents: agent send, read, list, accept, query, dismiss."""

import argparse
from pathlib import Path
from typing import Any

from ipdesk.base.errors import Refused, WrongCommand
from ipdesk.base.i18n import say, tr
from ipdesk.cli.output import emit, print_reached
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.core.intake.agents import edits
from ipdesk.core.intake.agents.columns import LANGUAGES
from ipdesk.core.intake.agents.gathering import HORIZON, find_agent
from ipdesk.core.intake.agents.making import make_workbook
from ipdesk.core.intake.agents.model import Reply
from ipdesk.core.intake.agents.queries import agent_rows, answer_ids, answer_rows
from ipdesk.core.intake.agents.returning import keep_answers, read_back
from ipdesk.core.intake.reader import take_apart
from ipdesk.core.portfolio.queries import matter_rows
from ipdesk.store.paging import ListQuery

_SHOWN = "id agent reference label field sent answered now state query unread".split()
_AGENTS = "name matters deadlines sent_on read_on open queries".split()


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    agent = commands.add_parser("agent", help=tr("workbooks sent to agents and read back"))
    acts = agent.add_subparsers(dest="act", required=True)
    names = acts.add_parser("names", help=tr("who acts for us, and what passed between us"))
    names.add_argument("--json", action="store_true")
    names.set_defaults(run=run_names)
    send = acts.add_parser("send", help=tr("make a workbook of matters and open deadlines"))
    send.add_argument("--agent", required=True, metavar="NAME")
    send.add_argument("--output", required=True, metavar="F.xlsx")
    send.add_argument("--headers", choices=LANGUAGES, default="both")
    send.add_argument("--days", type=int, default=HORIZON, help=tr("deadlines due within N days"))
    send.add_argument("--company", default="", help=tr("who asks, for the title"))
    send.add_argument("--json", action="store_true")
    send.set_defaults(run=run_send)
    read = acts.add_parser("read", help=tr("read a workbook that came back"))
    read.add_argument("file")
    read.add_argument("--dry-run", action="store_true", help=tr("compare, write nothing"))
    read.add_argument("--json", action="store_true")
    read.set_defaults(run=run_read)
    ask = acts.add_parser("ask", help=tr("ask about a matter in the next workbook"))
    ask.add_argument("reference", metavar="REF")
    ask.add_argument("text", metavar="QUESTION")
    ask.add_argument("--agent", metavar="NAME", help=tr("the matter's own agent by default"))
    ask.set_defaults(run=run_ask)
    _add_deciding(acts)


def _add_deciding(acts: Any) -> None:
    for act, words in (
        ("list", tr("what came back otherwise")),
        ("accept", tr("take what the agent answered")),
        ("query", tr("ask about it in the next workbook")),
        ("dismiss", tr("leave ours")),
        ("reopen", tr("look at it again")),
    ):
        one = acts.add_parser(act, help=words)
        one.add_argument("--id", type=int, action="append", default=[], metavar="N")
        one.add_argument("--agent", metavar="NAME")
        one.add_argument("--reference", metavar="REF", help=tr("of one matter"))
        one.add_argument("--field", action="append", default=[], metavar="FIELD")
        if act == "list":
            states = (*(str(s) for s in Reply), "all")
            one.add_argument("--state", choices=states, default="open")
            one.add_argument("--json", action="store_true")
        if act in ("query", "dismiss"):
            one.add_argument("--text", default="", help=tr("the question, or the reason"))
        one.set_defaults(run=run_list if act == "list" else run_decide)


def run_names(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """List agents."""
    with terminal.database.read() as connection:
        rows = agent_rows(connection, terminal.today)
    values = [{n: getattr(r, n) for n in _AGENTS} for r in rows]
    emit(values, _AGENTS, "json" if arguments.json else "table", None, "agents")
    return 0


def run_send(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Make the workbook."""
    if Path(arguments.output).suffix.lower() != ".xlsx":
        raise WrongCommand(say("A workbook for an agent is a file that ends in .xlsx."))
    made = make_workbook(
        terminal.database,
        arguments.agent,
        Path(arguments.output),
        terminal.today,
        language=arguments.headers,
        company=arguments.company,
        horizon=arguments.days,
    )
    told = {n: getattr(made, n) for n in ("agent", "file", "matters", "deadlines", "queries")}
    if arguments.json:
        print_json(told)
    else:
        print(
            tr(
                "{file}: {matters} matters, {deadlines} deadlines and {queries} questions for "
                "{agent}.",
                **told,
            )
        )
    return 0


def run_read(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Read back, compare, and unless it is a trial, remember."""
    path = Path(arguments.file)
    if not path.is_file():
        raise Refused(say("There is no file {file}.", file=arguments.file))
    raw = take_apart(path)
    with terminal.database.read() as connection:
        found = read_back(connection, raw)
    returned = found.returned
    told: dict[str, Any] = {
        "file": found.file,
        "sha256": found.sha256,
        "agent": found.agent,
        "sent_on": found.made_on,
        "lines": returned.lines,
        "missing": returned.missing,
        "agreed": returned.agreed,
        "answers": len(returned.answers),
        "new": None,
        "changed": None,
        "settled": None,
        "cells": [
            {
                "kind": a.kind,
                "field": a.field,
                "sent": a.sent,
                "answered": a.answered,
                "unread": str(a.unread) if a.unread else "",
                "sheet": a.sheet,
                "row": a.line,
            }
            for a in returned.answers
        ],
    }
    if not arguments.dry_run:
        kept = keep_answers(terminal.database, found, terminal.today)
        told |= {"new": kept.new, "changed": kept.changed, "settled": kept.settled}
    if arguments.json:
        print_json(told)
    else:
        print(
            tr(
                "{file} of {agent}: {lines} rows came back, {missing} did not; {answers} cells to "
                "decide on.",
                **{k: told[k] for k in ("file", "agent", "lines", "missing", "answers")},
            )
        )
    return 0


def run_ask(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Keep a question for the next workbook."""
    matter = terminal.matter(arguments.reference)
    with terminal.database.read() as connection:
        own = matter_rows(connection, [matter])[0].agencies
        named = arguments.agent or next(iter(own), "")
        agent = find_agent(connection, named)
    edits.ask(terminal.database, terminal.docket, agent, matter, arguments.text)
    print(tr("Asked {agent}", agent=agent))
    return 0


def run_list(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """List what came back otherwise."""
    with terminal.database.read() as connection:
        rows = answer_rows(connection, _ids(arguments, terminal, arguments.state))
    form = "json" if arguments.json else "table"
    emit([r.to_json() for r in rows], _SHOWN, form, None, "answers")
    return 0


def run_decide(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Decide on those that the options name."""
    if not (arguments.id or arguments.field or arguments.reference or arguments.agent):
        raise WrongCommand(say("Name what is meant: --id, --field, --agent, --reference."))
    state = "all" if arguments.id or arguments.act == "reopen" else "open"
    ids = _ids(arguments, terminal, state)
    if not ids:
        print(tr("Nothing fits; nothing was changed."))
        return 0
    database, docket = terminal.database, terminal.docket
    if arguments.act == "accept":
        print_reached(edits.accept(database, docket, ids).reached)
    elif arguments.act == "query":
        edits.query(database, docket, ids, arguments.text)
    elif arguments.act == "dismiss":
        edits.dismiss(database, docket, ids, arguments.text)
    else:
        edits.reopen(database, docket, ids)
    print(tr("{n} decided.", n=len(ids)))
    return 0


def _ids(arguments: argparse.Namespace, terminal: Terminal, state: str) -> list[int]:
    query = ListQuery().choose("field", *arguments.field)
    if state != "all":
        query = query.choose("state", state)
    if arguments.reference:
        query = query.choose("matter", str(terminal.matter(arguments.reference)))
    with terminal.database.read() as connection:
        if arguments.agent:
            query = query.choose("agent", find_agent(connection, arguments.agent))
        found = list(answer_ids(connection, query))
    return [i for i in found if not arguments.id or i in set(arguments.id)]
