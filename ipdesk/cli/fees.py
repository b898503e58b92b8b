"""Commands over money: what matters cost, the fee engine alone, the audit, alarms, the forecast."""

import argparse
import sys
from pathlib import Path
from typing import Any

from ipdesk.base.i18n import tr
from ipdesk.base.money import plain
from ipdesk.cli.output import answers_in_utf8, emit, lines_of
from ipdesk.cli.terminal import Terminal
from ipdesk.cli.words import parse_day
from ipdesk.core.fees.compute import compute_lines
from ipdesk.core.fees.overviews import audit_findings, reduction_alarms, review_rows, savings_of
from ipdesk.core.fees.queries import FeeLine, fee_lines
from ipdesk.core.fees.rate_columns import rates_in
from ipdesk.core.fees.support_edits import take_rates
from ipdesk.core.fees.support_queries import fee_dates, setting_rows
from ipdesk.core.intake.reader import tables_of

COLUMNS = (
    "reference item year official reduction payable surcharge currency due basis state"
).split()
AUDIT_COLUMNS = "reference fault year due grace_end message".split()
REVIEW_COLUMNS = (
    "reference year due official payable surcharge currency to_come years_left decision"
).split()
ALARM_COLUMNS = "alarm act_by at_stake message".split()
FORECAST_COLUMNS = "key period currency official payable agent unknown total".split()
DATE_COLUMNS = "due kind text".split()
RATE_COLUMNS = "currency value into day source".split()
SAVED_COLUMNS = "reference currency this_year ever".split()
DIMENSIONS = ("office", "right", "technologies", "products", "department")


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
    fees = commands.add_parser("fees", help=tr("what matters cost"))
    fees.add_argument("--matter", metavar="REFERENCE")
    fees.add_argument("--from", dest="first", metavar="YYYY-MM-DD")
    fees.add_argument("--to", dest="last", metavar="YYYY-MM-DD")
    _output(fees)
    fees.set_defaults(run=run_fees)
    parts = fees.add_subparsers(dest="part", metavar=tr("PART"), parser_class=type(fees))
    compute = parts.add_parser("compute", help=tr("the fee engine alone, without a database"))
    compute.add_argument("file", nargs="?", default="-")
    compute.add_argument("--json", action="store_true")
    compute.set_defaults(run=run_compute)
    audit = parts.add_parser("audit", help=tr("annuities missing, doubled or paid in vain"))
    audit.set_defaults(run=run_audit)
    review = parts.add_parser("review", help=tr("annuities to come: keep or abandon"))
    review.add_argument("--until", metavar="YYYY-MM-DD")
    review.set_defaults(run=run_review)
    alarms = parts.add_parser("alarms", help=tr("what threatens the fee reduction"))
    alarms.set_defaults(run=run_alarms)
    forecast = parts.add_parser("forecast", help=tr("cost to come"))
    forecast.add_argument("--months", type=int, default=60)
    forecast.add_argument("--by", choices=DIMENSIONS, default="")
    forecast.add_argument("--per", choices=("year", "month"), default="year")
    forecast.set_defaults(run=run_forecast)
    saved = parts.add_parser("saved", help=tr("what the fee reduction has saved"))
    saved.set_defaults(run=run_saved)
    rates = parts.add_parser("rates", help=tr("rates of exchange on file, or read from a list"))
    rates.add_argument("file", nargs="?", metavar="FILE")
    rates.set_defaults(run=run_rates)
    dates = parts.add_parser("dates", help=tr("days of programmes, rewards and fast replies"))
    dates.set_defaults(run=run_dates)
    for part in (audit, review, alarms, forecast, saved, rates, dates):
        _output(part)


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_const", dest="format", const="json")
    parser.add_argument("--format", choices=("table", "json", "csv", "xlsx"), default="table")
    parser.add_argument("--output")


def run_fees(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The fees of one matter, or of all in a time; the next twelve months by default."""
    ids = [terminal.matter(arguments.matter)] if arguments.matter else None
    first = parse_day(arguments.first) if arguments.first else None
    last = parse_day(arguments.last) if arguments.last else None
    if ids is None and first is None and last is None:
        first = terminal.today
        last = first.replace(year=first.year + 1, day=min(first.day, 28))
    with terminal.database.read() as connection:
        lines = fee_lines(connection, terminal.docket, ids, first, last)
    values = [fee_json(line) for line in lines]
    emit(values, COLUMNS, arguments.format, arguments.output, tr("Fees"))
    return 0


def fee_json(line: FeeLine) -> dict[str, Any]:
    """The keys of ``fees --json`` (command-line contract), and more."""
    answer = line.answer
    return {
        "reference": line.reference,
        "item": line.item,
        "year": line.number,
        "official": plain(answer.official),
        "reduction": plain(answer.reduction),
        "payable": plain(answer.payable),
        "surcharge": plain(answer.surcharge),
        "currency": answer.currency or None,
        "due": line.due,
        "basis": str(line.basis),
        "state": line.state,
        "label": line.label,
        "grace_end": answer.grace_end,
        "agent": plain(line.agent.amount) if line.agent else None,
        "agent_currency": line.agent.currency if line.agent else None,
        "unverified": answer.unverified,
        "source": str(answer.source) if answer.source else "",
        "why": [str(reason) for reason in answer.why],
        "problems": [str(problem) for problem in answer.problems],
    }


def run_compute(arguments: argparse.Namespace, _terminal: Terminal) -> int:
    """Answer fee cases, one JSON object a line."""
    answers_in_utf8()
    for line in compute_lines(lines_of(arguments.file)):
        print(line)
    return 0


def run_audit(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Expected annuities against recorded ones."""
    with terminal.database.read() as connection:
        found = audit_findings(connection, terminal.docket)
    values = [
        {
            "reference": one.reference,
            "fault": str(one.fault),
            "year": one.number,
            "due": one.due,
            "grace_end": one.grace_end,
            "message": one.message,
        }
        for one in found
    ]
    emit(values, AUDIT_COLUMNS, arguments.format, arguments.output, tr("Audit of annuities"))
    return 0


def run_review(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The keep-or-abandon sheet of the coming twelve months."""
    today = terminal.today
    year_on = today.replace(year=today.year + 1, day=min(today.day, 28))
    last = parse_day(arguments.until) if arguments.until else year_on
    with terminal.database.read() as connection:
        rows = review_rows(connection, terminal.docket, last)
    values = [
        {
            "reference": row.held.reference,
            "year": row.number,
            "due": row.due,
            "official": plain(row.answer.official),
            "payable": plain(row.answer.payable),
            "surcharge": plain(row.answer.surcharge),
            "currency": row.answer.currency,
            "to_come": plain(row.to_come),
            "years_left": row.years_left,
            "decision": row.held.decision,
            "grade": row.held.grade,
            "products": list(row.held.products),
            "needs_consent": row.needs_consent,
            "remarks": [str(remark) for remark in row.remarks],
        }
        for row in rows
    ]
    emit(values, REVIEW_COLUMNS, arguments.format, arguments.output, tr("Keep or abandon"))
    return 0


def run_alarms(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Alarms of the fee reduction, the most urgent first."""
    with terminal.database.read() as connection:
        found = reduction_alarms(connection, terminal.docket)
    values = [
        {
            "alarm": str(one.alarm),
            "act_by": one.act_by,
            "at_stake": plain(one.at_stake),
            "message": one.message,
        }
        for one in found
    ]
    emit(values, ALARM_COLUMNS, arguments.format, arguments.output, tr("Fee-reduction alarms"))
    return 0


def run_forecast(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Cost to come by year or month."""
    from ipdesk.core.fees.outlook import forecast_of  # numpy: no other command needs it

    with terminal.database.read() as connection:
        found = forecast_of(connection, terminal.docket, arguments.months)
    values = [
        {
            "key": cost.key or None,
            "period": cost.period,
            "currency": cost.currency,
            "official": plain(cost.official),
            "payable": plain(cost.payable),
            "agent": plain(cost.agent),
            "unknown": plain(cost.unknown),
            "total": plain(cost.total),
        }
        for cost in found.by(arguments.by, arguments.per)
    ]
    emit(values, FORECAST_COLUMNS, arguments.format, arguments.output, tr("Cost to come"))
    return 0


def run_saved(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """What was saved this year and since the beginning."""
    with terminal.database.read() as connection:
        found = savings_of(connection, terminal.today.year)
    values = [
        {
            "reference": one.reference,
            "currency": one.currency,
            "this_year": plain(one.this_year),
            "ever": plain(one.ever),
            "lines": [str(line) for line in one.lines],
        }
        for one in found.matters
    ]
    emit(values, SAVED_COLUMNS, arguments.format, arguments.output, tr("Saved by fee reduction"))
    return 0


def run_rates(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The rates of exchange on file; those of a list are taken in first."""
    if arguments.file:
        path = Path(arguments.file)
        found = rates_in(tables_of(path), path.name)
        for problem in found.problems:
            print(problem, file=sys.stderr)
        if not found.rates:
            return 3
        take_rates(terminal.database, found.rates)
    with terminal.database.read() as connection:
        stored = setting_rows(connection, "exchange_rate")
    values = [{name: row[name] for name in RATE_COLUMNS} for row in stored]
    emit(values, RATE_COLUMNS, arguments.format, arguments.output, tr("Rates of exchange"))
    return 0


def run_dates(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """What programmes, rewards and faster examination want, by day."""
    with terminal.database.read() as connection:
        found = sorted(fee_dates(connection), key=lambda one: one.due)
    values = [{"due": one.due, "kind": one.kind, "text": str(one.label)} for one in found]
    emit(values, DATE_COLUMNS, arguments.format, arguments.output, tr("Dates of support"))
    return 0
