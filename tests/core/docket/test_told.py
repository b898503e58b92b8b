"""Dates that the file does not hold are told from the law: none is hidden, all can be worked on."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select

from ipdesk.base.i18n import say
from ipdesk.core.docket import deadline_edits
from ipdesk.core.docket.agenda import load_by_day
from ipdesk.core.docket.holdings import load
from ipdesk.core.docket.matters import create_matters, refresh_all
from ipdesk.core.docket.queries import (
    attention,
    count_periods,
    deadline_ids,
    deadline_rows,
    deadlines_of_matter,
    explain,
)
from ipdesk.core.docket.reckoning import Docket, deadlines_of
from ipdesk.core.docket.records import DeadlineRow, EventInput, State
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.docket.told import is_told
from ipdesk.core.fees.decisions import decide
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.docket import deadline, event, reckoned
from ipdesk.store.schema.history import action
from ipdesk.store.schema.portfolio import matter

FILED, GRANTED = date(2019, 3, 11), date(2022, 5, 10)


def granted(database: Database, docket: Docket, n: int = 1) -> list[int]:
    """Chinese inventions as a list brings them in."""
    made = []
    for k in range(n):
        filed = FILED + timedelta(days=k)
        events = [EventInput("filing", filed, source="import")]
        events.append(EventInput("grant", GRANTED, source="import"))
        made.append((MatterFields(right="invention", office="CN", title=f"泵 {k}"), events))
    with database.write(say("List")) as writer:
        return list(create_matters(writer, docket, made))


def all_of(database: Database, docket: Docket, one: int) -> list[DeadlineRow]:
    with database.read() as connection:
        return deadlines_of_matter(connection, one, docket)


def annuity(rows: list[DeadlineRow], n: int) -> DeadlineRow:
    return next(r for r in rows if r.rule == "CN-P-ANN" and r.n == n)


def test_the_file_holds_what_asks_and_the_matter_shows_everything(
    database: Database, docket: Docket
) -> None:
    (one,) = granted(database, docket)
    with database.read() as connection:
        stored = connection.execute(select(deadline.c.state, deadline.c.due)).all()
        mark = connection.execute(select(reckoned)).one()
    assert stored
    assert {state for state, _ in stored} <= {State.OPEN, State.OPTION}
    rows = all_of(database, docket, one)
    assert len(rows) > mark.dates > len(stored)
    assert [r.due for r in rows] == sorted(r.due for r in rows)
    assert annuity(rows, 20).due.year == 2038
    assert is_told(annuity(rows, 20).id)
    assert annuity(rows, 20).unchecked
    assert not is_told(annuity(rows, 9).id)
    with database.read() as connection:
        assert attention(connection, docket.today).past == mark.past
        assert mark.past == sum(r.state == State.PAST for r in rows)
        assert explain(connection, annuity(rows, 20), docket)


def test_a_question_beyond_the_file_is_computed(database: Database, docket: Docket) -> None:
    (one,) = granted(database, docket)
    today = docket.today
    everything = all_of(database, docket, one)

    def asked(query: ListQuery) -> list[DeadlineRow]:
        with database.read() as connection:
            return deadline_rows(connection, deadline_ids(connection, query, today), today)

    assert {r.id for r in asked(ListQuery())} == {r.id for r in everything}
    until = ListQuery().choose("state", "open").choose("to", "2035-12-31")
    found = asked(until)
    assert [r.due for r in found] == sorted(r.due for r in found)
    assert {r.id for r in found} == {
        r.id for r in everything if r.state == "open" and r.due <= date(2035, 12, 31)
    }
    past = asked(ListQuery(sort="rule", descending=True).choose("state", "past"))
    assert {r.state for r in past} == {"past"}
    assert [r.label.en for r in past] == sorted((r.label.en for r in past), reverse=True)
    nearer = ListQuery().choose("period", "365")
    assert not any(is_told(r.id) for r in asked(nearer))
    with database.read() as connection:
        days = load_by_day(connection, date(2036, 1, 1), date(2036, 12, 31), today)
    expected = {r.due for r in everything if r.due.year == 2036 and r.state == "open"}
    assert set(days) == expected
    assert expected


def test_nothing_due_is_hidden_when_nobody_recomputed_for_years(
    database: Database, docket: Docket
) -> None:
    granted(database, docket, 2)
    later = date(2031, 2, 1)
    with database.read() as connection:
        counts = count_periods(connection, ListQuery(), later)
        ids = deadline_ids(connection, ListQuery().choose("period", "90"), later)
        due = deadline_rows(connection, ids, later)
    assert [(r.rule, r.n, r.due.year) for r in due] == [("CN-P-ANN", 13, 2031)] * 2
    assert counts["90"] == len(due) >= 2
    refresh_all(database, docket_later(database, later))
    with database.read() as connection:
        assert count_periods(connection, ListQuery(), later) == counts


def docket_later(database: Database, day: date) -> Docket:
    with database.read() as connection:
        return docket_for(connection, day)


def test_who_works_on_a_far_date_makes_it_a_row_and_undo_takes_it_back(
    database: Database, docket: Docket
) -> None:
    (one,) = granted(database, docket)
    far = annuity(all_of(database, docket, one), 15)
    change = deadline_edits.submit(database, docket, [far.id], docket.today, "R-1")
    assert change.matters == (one,)
    row = annuity(all_of(database, docket, one), 15)
    assert (row.state, row.receipt, row.due) == ("submitted", "R-1", far.due)
    assert not is_told(row.id)
    refresh_all(database, docket)
    assert annuity(all_of(database, docket, one), 15).receipt == "R-1"
    undo_last(database)
    assert annuity(all_of(database, docket, one), 15) == far
    decide(database, docket, [(one, 16)], "abandon", "too dear")
    assert annuity(all_of(database, docket, one), 16).state == State.NOT_APPLICABLE


def test_a_payment_settles_its_late_period_and_a_late_payment_the_date_itself(
    database: Database, docket: Docket
) -> None:
    (one,) = granted(database, docket)

    def states(n: int) -> tuple[str, str]:
        rows = {r.rule: r for r in all_of(database, docket, one) if r.n == n}
        return rows["CN-P-ANN"].state, rows["CN-P-ANN-GRACE"].state

    near, far = (annuity(all_of(database, docket, one), n) for n in (9, 15))
    assert (is_told(near.id), is_told(far.id)) == (False, True)
    deadline_edits.submit(database, docket, [near.id, far.id], docket.today, "R-1")
    assert states(9) == states(15) == ("submitted", "met")
    assert states(10) == ("open", "open")
    deadline_edits.reopen(database, docket, [annuity(all_of(database, docket, one), 9).id])
    assert states(9) == ("open", "open")
    rows = all_of(database, docket, one)
    late = next(r for r in rows if r.rule == "CN-P-ANN-GRACE" and r.n == 9)
    deadline_edits.set_aside(database, docket, [late.id], "will be paid in time")
    assert states(9) == ("open", "not_applicable")
    deadline_edits.confirm(database, docket, [late.id], docket.today)
    assert states(9) == ("met", "confirmed")
    undo_last(database)
    deadline_edits.set_aside(database, docket, [annuity(rows, 10).id], "given up")
    assert states(9) == ("open", "not_applicable")
    assert states(10) == ("not_applicable", "overtaken")


def test_the_rows_agree_with_the_law_in_every_year(database: Database, docket: Docket) -> None:
    """As the years pass the horizon moves; what is shown stays what the law gives."""
    (one,) = granted(database, docket)
    for year in (2027, 2030, 2034, 2040):
        later = replace(docket, today=date(year, 6, 1))
        refresh_all(database, later)
        rows = all_of(database, later, one)
        with database.read() as connection:
            law = deadlines_of(load(connection, [one])[0], later)
        assert {(r.rule, r.n, r.due) for r in rows} == {
            (d.rule, d.n, d.due) for d in law if d.rule != "CN-P-YEAR"
        }


def test_an_unchanged_portfolio_is_passed_over_and_a_changed_one_is_not(
    database: Database, docket: Docket
) -> None:
    one, other = granted(database, docket, 2)

    def actions() -> int:
        with database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(action)).scalar_one())

    before = actions()
    refresh_all(database, docket)
    assert actions() == before
    with database.write(say("Straight into the table")) as writer:
        first = writer.connection.execute(select(event.c.id).where(event.c.matter_id == one))
        writer.update(event, first.scalars().all()[0], {"date": date(2019, 4, 1)})
    refresh_all(database, docket)
    assert actions() == before + 2
    assert annuity(all_of(database, docket, one), 9).raw == date(2027, 4, 1)
    assert annuity(all_of(database, docket, other), 9).raw == date(2027, 3, 12)
    leads = replace(docket, leads=replace(docket.leads, internal=20))
    refresh_all(database, leads)
    assert actions() == before + 3


def test_time_alone_ends_what_nobody_touched(database: Database, docket: Docket) -> None:
    """A term that ran out is seen although no record changed."""
    (one,) = granted(database, docket)
    refresh_all(database, replace(docket, today=date(2039, 3, 11)))
    with database.read() as connection:
        assert connection.execute(select(matter.c.status)).scalar() == "granted"
    refresh_all(database, replace(docket, today=date(2039, 3, 12)))
    with database.read() as connection:
        assert connection.execute(select(matter.c.status).where(matter.c.id == one)).scalar() == (
            "expired"
        )
