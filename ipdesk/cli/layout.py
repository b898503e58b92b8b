"""Commands of layout plans: list, rows, coverage, gaps, launch, clock, protection, alarms."""

import argparse
import json
from collections.abc import Sequence
from typing import Any

from ipdesk.base.i18n import tr
from ipdesk.base.money import plain
from ipdesk.cli.layout_sheets import add_sheet
from ipdesk.cli.output import emit, table, write_out
from ipdesk.cli.terminal import Terminal, as_json, print_json
from ipdesk.cli.words import parse_day
from ipdesk.core.layout.actual import PlanActual, Tally
from ipdesk.core.layout.alarms import Alarm
from ipdesk.core.layout.budget import Spending
from ipdesk.core.layout.cells import Axis, Cell
from ipdesk.core.layout.clock import ClockLine
from ipdesk.core.layout.costs import total_of
from ipdesk.core.layout.edits_market import office_coded, product_named, set_launch
from ipdesk.core.layout.edits_sheets import sheet
from ipdesk.core.layout.gaps import Gap
from ipdesk.core.layout.model import PlanInfo, PlanRow
from ipdesk.core.layout.moves import with_launch
from ipdesk.core.layout.protection import ProtectionLine
from ipdesk.core.layout.queries import plan_at, plan_named, plan_rows, plans
from ipdesk.core.layout.queries_clock import alarms_on, moves_of, outlook
from ipdesk.core.layout.queries_growth import gaps_of, plan_actual
from ipdesk.core.layout.queries_matrix import KINDS, coverage
from ipdesk.core.layout.queries_tree import launches
from ipdesk.core.layout.sheets import SHEETS
from ipdesk.core.layout.words import LaunchKind


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    layout = commands.add_parser("layout", help=tr("layout plans: where to be protected, by when"))
    actions = layout.add_subparsers(dest="action", metavar=tr("COMMAND"), required=True)
    for name, text, run in (
        ("list", tr("all plans and their versions"), run_list),
        ("rows", tr("the rows of a plan"), run_rows),
        ("coverage", tr("a matrix, cell by cell"), run_coverage),
        ("gaps", tr("what a plan lacks"), run_gaps),
        ("actual", tr("a plan against what was filed"), run_actual),
        ("clock", tr("last safe filing days by product and office"), run_clock),
        ("protection", tr("what stands in each market before the launch"), run_protection),
        ("alarms", tr("launches, markets and priority years that cannot wait"), run_alarms),
    ):
        command = actions.add_parser(name, help=text)
        command.add_argument("--json", action="store_true")
        if name in ("rows", "coverage", "gaps", "actual"):
            command.add_argument("--plan", default="", metavar="NAME")
            command.add_argument("--plan-version", type=int, metavar="N")
        command.set_defaults(run=run)
    actions.choices["coverage"].add_argument("--by", choices=tuple(KINDS), default="effect")
    actions.choices["clock"].add_argument("--product", default="")
    _launch_parser(actions)
    add_sheet(actions)
    command = actions.add_parser("export", help=tr("write a sheet that can be read back"))
    command.add_argument("sheet", choices=tuple(SHEETS))
    command.add_argument("--output", required=True, metavar="FILE.xlsx")
    command.set_defaults(run=run_export)


def _launch_parser(actions: Any) -> None:
    command = actions.add_parser("launch", help=tr("when a product comes to a market"))
    command.add_argument("product")
    command.add_argument("office")
    command.add_argument("date", metavar="YYYY-MM-DD")
    command.add_argument("--kind", choices=[k.value for k in LaunchKind], default="launch")
    command.add_argument("--dry-run", action="store_true", help=tr("show, write nothing"))
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_launch)


def _plan(arguments: argparse.Namespace, terminal: Terminal) -> PlanInfo | None:
    """The plan that was named; without a name the one the company works by, if there is one."""
    with terminal.database.read() as connection:
        if arguments.plan:
            return plan_named(connection, arguments.plan, arguments.plan_version)
        return plan_at(connection, terminal.today)


def _print(values: Sequence[dict[str, Any]], columns: str, as_list: bool) -> None:
    if as_list:
        print_json(list(values))
    else:
        print(table(values, columns.split()))


# -- plans ----------------------------------------------------------------------------------------
def run_list(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """All plans, newest version first."""
    with terminal.database.read() as connection:
        found = [plan_json(p) for p in plans(connection)]
    _print(found, "name version kind status rows filed approved_on", arguments.json)
    return 0


def plan_json(info: PlanInfo) -> dict[str, Any]:
    """The keys that scripts rely on, and a few more."""
    return {
        "name": info.name,
        "status": info.status,
        "version": info.version,
        "kind": info.kind,
        "starts_on": info.starts_on,
        "ends_on": info.ends_on,
        "rows": info.rows,
        "filed": info.filed,
        "owner": info.owner,
        "approved_on": info.approved_on,
        "approved_by": info.approved_by,
    }


def run_rows(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The rows of a plan."""
    info = _plan(arguments, terminal)
    with terminal.database.read() as connection:
        found = [row_json(r) for r in plan_rows(connection, [info.id] if info else [])]
    _print(found, "id title right role priority target status owner matters", arguments.json)
    return 0


def row_json(row: PlanRow) -> dict[str, Any]:
    """A row with what it became."""
    fields = row.fields
    return {
        "id": row.id,
        "title": fields.title,
        "technology": row.technology,
        "effect": row.effect,
        "application": row.application,
        "product": row.product,
        "role": fields.role,
        "right": fields.right,
        "territories": [t.office for t in fields.territories],
        "inventors": fields.inventors,
        "owner": fields.owner,
        "priority": row.priority,
        "target": f"{fields.target:%Y-%m}" if fields.target else None,
        "status": row.status,
        "reason": fields.reason,
        "matters": [m.reference for m in row.matters],
        "filed_on": row.filed_on,
        "cost": total_of(row).to_json(),
    }


# -- matrices and gaps ----------------------------------------------------------------------------
def run_coverage(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Every cell of a matrix, a line each."""
    info = _plan(arguments, terminal)
    with terminal.database.read() as connection:
        matrix = coverage(connection, arguments.by, info.id if info else None, terminal.today)
    values = [cell_json(row, column, cell) for row, column, cell in matrix]
    if arguments.json:
        lines = (json.dumps(as_json(v), ensure_ascii=False) + "\n" for v in values)
        write_out("".join(lines), None)
    else:
        columns = "row column own pending planned others state checked_on word"
        emit(values, columns.split(), "table", None, tr("Coverage"))
    return 0


def cell_json(row: Axis, column: Axis, cell: Cell) -> dict[str, Any]:
    """One cell; offices are named by their code."""
    return {
        "row": row.name,
        "column": column.key if isinstance(column.key, str) else column.name,
        "own": cell.own,
        "pending": cell.pending,
        "planned": cell.planned,
        "others": cell.others,
        "state": cell.state,
        "checked_on": cell.checked_on,
        "granted": cell.granted,
        "depth": row.depth,
        "word": cell.word,
        "reason": cell.word_reason,
    }


def run_gaps(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """What a plan lacks, worst first."""
    info = _plan(arguments, terminal)
    found: tuple[Gap, ...] = ()
    if info is not None:
        with terminal.database.read() as connection:
            found = gaps_of(connection, info.id, terminal.docket.calendars, terminal.today)
    _print([gap_json(g) for g in found], "kind row column said due", arguments.json)
    return 0


def gap_json(gap: Gap) -> dict[str, Any]:
    """One gap in words."""
    return {
        "kind": gap.kind,
        "row": gap.row,
        "column": gap.column,
        "said": str(gap.said),
        "own": gap.own,
        "planned": gap.planned,
        "others": gap.others,
        "due": gap.due,
        "plan_row": gap.plan_row,
    }


def run_actual(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """A plan against what was filed."""
    info = _plan(arguments, terminal)
    if info is None:
        _print([], "by key planned filed", arguments.json)
        return 0
    with terminal.database.read() as connection:
        seen = plan_actual(connection, info.id, terminal.today)
    value = actual_json(seen)
    if arguments.json:
        print_json(value)
    else:
        parts = ("quarter", "right", "technology", "territory", "role")
        rows = [{"by": p, **t} for p in parts for t in value[f"by_{p}"]]
        for row in rows:
            money = seen.spent(row["by"], row["key"])
            row |= {"budget": money.budget.shown(), "left": plain(money.left)} if money else {}
        columns = "by key planned filed waiting late dropped beside budget left"
        print(table(rows, columns.split()))
    return 0


def actual_json(seen: PlanActual) -> dict[str, Any]:
    """The comparison as one value."""
    return {
        "plan": seen.plan.name,
        "version": seen.plan.version,
        **_tally(seen.whole),
        "by_quarter": [_tally(t) for t in seen.by_quarter],
        "by_right": [_tally(t) for t in seen.by_right],
        "by_technology": [_tally(t) for t in seen.by_technology],
        "by_territory": [_tally(t) for t in seen.by_territory],
        "by_role": [_tally(t) for t in seen.by_role],
        **{f"money_by_{cut}": [_spending(s) for s in lines] for cut, lines in seen.money.items()},
        "currency": seen.currency,
        "cost": seen.cost.to_json(),
        "worth": plain(seen.worth),
        "cost_unknown": seen.cost.unknown,
    }


def _tally(tally: Tally) -> dict[str, Any]:
    names = "key planned filed waiting late dropped beside".split()
    return {name: getattr(tally, name) for name in names}


def _spending(spending: Spending) -> dict[str, Any]:
    return {
        "key": spending.key,
        "budget": {c: plain(a) for c, a in spending.budget.sums.items()},
        "planned": spending.planned.to_json(),
        "filed": spending.filed.to_json(),
        "paid": spending.paid.to_json(),
        "left": plain(spending.left),
    }


# -- markets --------------------------------------------------------------------------------------
def run_launch(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Set a launch and say what it does to the last safe days."""
    day, calendars, today = parse_day(arguments.date), terminal.docket.calendars, terminal.today
    with terminal.database.read() as connection:
        product = product_named(connection, arguments.product)
        office = office_coded(arguments.office)
        moved = moves_of(connection, calendars, today, product, office, day, arguments.kind)
        seen = outlook(connection, calendars, today)
        if arguments.dry_run:
            opened = with_launch(launches(connection), product, office, day, arguments.kind)
            seen = outlook(connection, calendars, today, opened=opened)
    if not arguments.dry_run:
        set_launch(terminal.database, product, office, day, arguments.kind)
        with terminal.database.read() as connection:
            seen = outlook(connection, calendars, today)
    before = {(m.line.office, m.line.right): m.before for m in moved}
    values = []
    for line in seen.clock:
        if line.kind == "product" and line.subject_id == product:
            old = before.get((line.office, line.right), line.due)
            values.append({**clock_json(line), "due_before": old})
    _print(values, "product office right launch last_safe due_before due state", arguments.json)
    return 0


def run_clock(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The last safe filing days with their reasons."""
    with terminal.database.read() as connection:
        seen = outlook(connection, terminal.docket.calendars, terminal.today)
        wanted = product_named(connection, arguments.product) if arguments.product else None
    mine = [
        c for c in seen.clock if wanted is None or (c.kind == "product" and c.subject_id == wanted)
    ]
    _print(
        [clock_json(c) for c in mine],
        "product office right launch last_safe due state",
        arguments.json,
    )
    return 0


def clock_json(line: ClockLine) -> dict[str, Any]:
    """The keys of ``layout clock --json``, and more."""
    return {
        "product": line.product,
        "office": line.office,
        "launch": line.launch,
        "last_safe": line.last_safe,
        "due": line.due,
        "why": [str(w) for w in line.why],
        "state": line.state,
        "right": line.right,
        "kind": line.kind,
        "first_public": line.first.day,
        "grace": line.graced,
        "calendar": line.calendar,
        "unverified": line.unverified,
        "filings": line.filings,
        "until": line.until,
        "ask_by": line.ask_by,
    }


def run_protection(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """One line for each product and market."""
    with terminal.database.read() as connection:
        seen = outlook(connection, terminal.docket.calendars, terminal.today)
    found = [protection_json(p) for p in seen.protection]
    _print(found, "product office opens standing said references", arguments.json)
    return 0


def protection_json(line: ProtectionLine) -> dict[str, Any]:
    """What stands in a market."""
    return {
        "product": line.product,
        "office": line.office,
        "opens": line.opens,
        "standing": line.standing,
        "said": str(line.said),
        "references": line.references,
        "until": line.until,
        "last_safe": line.last_safe,
        "due": line.due,
        "planned": line.planned,
        "why": [str(w) for w in line.why],
    }


def run_alarms(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """What cannot wait."""
    with terminal.database.read() as connection:
        found = alarms_on(connection, terminal.docket.calendars, terminal.today)
    _print([alarm_json(a) for a in found], "due kind said", arguments.json)
    return 0


def alarm_json(alarm: Alarm) -> dict[str, Any]:
    """One alarm in words."""
    return {
        "kind": alarm.kind,
        "due": alarm.due,
        "said": str(alarm.said),
        "office": alarm.office,
        "reference": alarm.reference,
        "why": [str(w) for w in alarm.why],
    }


def run_export(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write one sheet."""
    with terminal.database.read() as connection:
        data = sheet(connection, arguments.sheet)
    write_out(data, arguments.output)
    print(tr("Written: {file}", file=arguments.output))
    return 0
