"""Commands on one deadline: what people did with it, as the window's buttons do."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipdesk.base.change import Change
from ipdesk.base.errors import IpdeskError, WrongCommand
from ipdesk.base.i18n import Message, say, tr
from ipdesk.cli.output import table
from ipdesk.cli.portfolio import deadline_json
from ipdesk.cli.terminal import Terminal, print_json
from ipdesk.cli.words import parse_day
from ipdesk.core.docket import deadline_edits
from ipdesk.core.docket.queries import deadlines_of_matter, explain_many
from ipdesk.core.docket.records import DeadlineRow

Given = argparse.Namespace
Ids = Sequence[int]
COLUMNS = ("due", "reference", "label", "state", "internal_due", "agent_due")


@dataclass(frozen=True, slots=True)
class _Act:
    """One act: its name, what it is for, its options beyond the common ones, the edit."""

    name: str
    help: Message
    options: tuple[str, ...]
    edit: Callable[[Terminal, Ids, Given], Change]


def _submit(terminal: Terminal, ids: Ids, given: Given) -> Change:
    on, base = _on(terminal, given), terminal.database
    return deadline_edits.submit(base, terminal.docket, ids, on, given.receipt, given.person)


def _confirm(terminal: Terminal, ids: Ids, given: Given) -> Change:
    on, base = _on(terminal, given), terminal.database
    return deadline_edits.confirm(base, terminal.docket, ids, on, given.receipt)


def _set_aside(terminal: Terminal, ids: Ids, given: Given) -> Change:
    return deadline_edits.set_aside(terminal.database, terminal.docket, ids, given.reason)


def _extend(terminal: Terminal, ids: Ids, given: Given) -> Change:
    until = parse_day(given.until) if given.until else None
    if (until is None) == (given.months is None):
        raise WrongCommand(say("Say until when, with --to or with --months."))
    base, law = terminal.database, terminal.docket
    return deadline_edits.extend(base, law, ids, given.months, until, given.reason)


def _assign(terminal: Terminal, ids: Ids, given: Given) -> Change:
    if not given.person.strip() and not given.nobody:
        raise WrongCommand(say("Say who answers for it, with --person; or --nobody."))
    person = "" if given.nobody else given.person
    return deadline_edits.assign(terminal.database, terminal.docket, ids, person)


def _check(terminal: Terminal, ids: Ids, _given: Given) -> Change:
    return deadline_edits.verify(terminal.database, terminal.docket, ids)


def _reopen(terminal: Terminal, ids: Ids, _given: Given) -> Change:
    return deadline_edits.reopen(terminal.database, terminal.docket, ids)


ACTS = (
    _Act("submit", say("done by us or the agent"), ("on", "receipt", "person"), _submit),
    _Act("confirm", say("the office's confirmation was seen"), ("on", "receipt"), _confirm),
    _Act("not-applicable", say("it does not apply, for a reason"), ("reason",), _set_aside),
    _Act("extend", say("the office granted more time"), ("to", "months", "reason"), _extend),
    _Act("assign", say("who answers for it"), ("person", "nobody"), _assign),
    _Act("check", say("compared with the document"), (), _check),
    _Act("reopen", say("take back what was said of it"), (), _reopen),
)


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    words = tr("mark one deadline: submitted, confirmed, extended …")
    deadline = commands.add_parser("deadline", help=words)
    actions = deadline.add_subparsers(dest="action", metavar=tr("COMMAND"), required=True)
    for act in ACTS:
        command = actions.add_parser(act.name, help=str(act.help))
        command.add_argument("reference")
        command.add_argument("rule", help=tr("as “deadlines --json” names it, e.g. CN-P-ANN"))
        command.add_argument("--n", type=int, metavar="N", help=tr("the year or term, e.g. 7"))
        command.add_argument(
            "--due", metavar="YYYY-MM-DD", help=tr("its last day, where a rule gives several")
        )
        for option in act.options:
            _add_option(command, option)
        command.add_argument("--json", action="store_true")
        command.set_defaults(run=run_act, act=act)


def _add_option(command: argparse.ArgumentParser, option: str) -> None:
    day, text = "YYYY-MM-DD", "TEXT"
    if option == "on":
        command.add_argument("--on", metavar=day, help=tr("the day it was done; today by default"))
    elif option == "to":
        command.add_argument("--to", dest="until", metavar=day, help=tr("the day granted"))
    elif option == "months":
        command.add_argument("--months", type=int, metavar="N", help=tr("months granted"))
    elif option == "receipt":
        command.add_argument("--receipt", default="", metavar=text, help=tr("receipt number"))
    elif option == "reason":
        command.add_argument("--reason", default="", metavar=text, help=tr("why, in one line"))
    elif option == "nobody":
        command.add_argument("--nobody", action="store_true", help=tr("nobody answers any more"))
    else:
        command.add_argument("--person", default="", metavar="NAME", help=tr("who did or does it"))


def run_act(arguments: Given, terminal: Terminal) -> int:
    """Do the act on the one deadline that is meant; tell what it changed and how to undo it."""
    matter_id = terminal.matter(arguments.reference)
    before = _rows(terminal, matter_id)
    meant = _meant(before, arguments)
    change = arguments.act.edit(terminal, [meant.id], arguments)
    known = {_key(row): (row.state, row.due) for row in before}
    shown = [
        row
        for row in _rows(terminal, matter_id)
        if _key(row) == _key(meant) or known.get(_key(row)) != (row.state, row.due)
    ]
    with terminal.database.read() as connection:
        reasons = explain_many(connection, shown, terminal.docket) if arguments.json else {}
    values = [_as_json(row, reasons.get(row.id, ()), terminal) for row in shown]
    if arguments.json:
        print_json({"action": change.action, "deadlines": values})
    else:
        print(table(values, COLUMNS))
        if change.action is not None:
            print(tr("To take it back: undo --action {n}", n=change.action))
    return 0


def _rows(terminal: Terminal, matter_id: int) -> list[DeadlineRow]:
    """All dates of the matter, those that are only told from the records as well."""
    with terminal.database.read() as connection:
        return deadlines_of_matter(connection, matter_id, terminal.docket)


def _key(row: DeadlineRow) -> tuple[object, ...]:
    return (row.rule, row.n, row.event_id, row.id if row.manual else 0)


def _meant(rows: Sequence[DeadlineRow], given: Given) -> DeadlineRow:
    """The only deadline that fits. Raises IpdeskError for none, WrongCommand for several."""
    due = parse_day(given.due) if given.due else None
    found = [
        row
        for row in rows
        if row.rule.casefold() == given.rule.casefold()
        and given.n in (None, row.n)
        and due in (None, row.due)
    ]
    if not found:
        raise IpdeskError(
            say(
                "{reference} has no such deadline of {rule}. “matter {reference} --json” has all.",
                reference=given.reference,
                rule=given.rule,
            )
        )
    if len(found) > 1:
        each = (f"{row.due}" if row.n is None else f"{row.n} ({row.due})" for row in found)
        raise WrongCommand(
            say(
                "{rule} gives several: {each}. Name one with --n or --due.",
                rule=given.rule,
                each=", ".join(each),
            )
        )
    return found[0]


def _on(terminal: Terminal, given: Given) -> date:
    return parse_day(given.on) if given.on else terminal.today


def _as_json(row: DeadlineRow, why: tuple[object, ...], terminal: Terminal) -> dict[str, Any]:
    """The keys of ``deadlines --json`` and what people said of the deadline."""
    names = "submitted_on submitted_by receipt confirmed_on confirmed_by extended_to".split()
    names += ["reason", "checked_by"]
    return deadline_json(row, why, terminal) | {name: getattr(row, name) for name in names}
