"""Runs and the memory of a watch: a year of quarters, failures, undo."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from ipdesk.base.errors import Cancelled, IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.selftest import Part, self_test
from ipdesk.core.watch.edits import (
    add_watch,
    change_watch,
    delete_watch,
    pause_watch,
    set_query,
)
from ipdesk.core.watch.edits_runs import record_run, rescore
from ipdesk.core.watch.edits_triage import decide
from ipdesk.core.watch.model import HitDraft, RunFacts
from ipdesk.core.watch.queries import find_watch, runs_of, watch_detail, watch_rows
from ipdesk.core.watch.queries_hits import find_family, hit_ids, hit_rows
from ipdesk.core.watch.rows import HitRow, WatchRow
from ipdesk.core.watch.selfcheck import watch_part
from ipdesk.store import history
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.history import entry
from tests.core.watch.samples import DAY, fields, hit, run, watch_of

QUARTERS = [date(2026, 1, 5), date(2026, 4, 5), date(2026, 7, 5), date(2026, 10, 5)]


def rows(database: Database, watch_id: int, **facets: str) -> list[HitRow]:
    query = ListQuery(sort="family", facets=tuple((k, (v,)) for k, v in facets.items()))
    with database.read() as connection:
        return hit_rows(connection, hit_ids(connection, watch_id, query))


def row(database: Database, watch_id: int, today: date = DAY) -> WatchRow:
    with database.read() as connection:
        return watch_rows(connection, today, [watch_id])[0]


def hits() -> list[HitDraft]:
    return [
        hit("US20110000001A1", application_key="US.A.1", status="published", applicants=("Acme",)),
        hit("US8000001B2", application_key="US.A.1", status="granted", applicants=("Acme",)),
        hit("EP1000001A1", status="published", applicants=("Borel SA",), claims=10),
        hit("CN100000001A", title="固态电池", applicants=("深圳大学",)),
    ]


def test_a_year_of_quarters_where_nothing_changes(database: Database) -> None:
    watch_id = watch_of(database)
    done = run(database, watch_id, hits(), QUARTERS[0])
    assert (done.hits, done.families, done.new, done.known) == (4, 3, 3, 0)
    decide(database, [r.id for r in rows(database, watch_id)], "background", "old art", DAY)
    before = rows(database, watch_id)
    for day in QUARTERS[1:]:
        done = run(database, watch_id, hits(), day)
        assert (done.new, done.changed, done.known, done.gone) == (0, 0, 3, 0)
    after = rows(database, watch_id)
    assert [replace(r, last_seen=None, fresh=False) for r in after] == [
        replace(r, last_seen=None, fresh=False) for r in before
    ]
    assert {r.last_seen for r in after} == {QUARTERS[-1]}
    assert row(database, watch_id, QUARTERS[-1]).unreviewed == 0
    assert row(database, watch_id, QUARTERS[-1]).next_due == date(2027, 1, 5)


def test_a_run_that_says_nothing_new_writes_no_family(database: Database) -> None:
    watch_id = watch_of(database)
    run(database, watch_id, hits())
    run(database, watch_id, hits(), QUARTERS[1])
    with database.read() as connection:
        statement = select(entry.c.table_name, func.count()).where(
            entry.c.action_id == select(func.max(entry.c.action_id)).scalar_subquery()
        )
        written = {
            name: n for name, n in connection.execute(statement.group_by(entry.c.table_name))
        }
    assert written == {"watch_run": 1, "watch_sighting": 1, "watch": 1}


def test_a_changed_status_opens_exactly_that_family_again(database: Database) -> None:
    watch_id = watch_of(database)
    run(database, watch_id, hits())
    decide(database, [r.id for r in rows(database, watch_id)], "irrelevant", "other field", DAY)
    granted = [replace(h, status="granted") for h in hits() if h.number == "EP1000001A1"]
    others = [h for h in hits() if h.number != "EP1000001A1"]
    done = run(database, watch_id, [*others, *granted], QUARTERS[1])
    assert (done.new, done.changed, done.known) == (0, 1, 2)
    assert done.reopened == ("EP1000001A1",)
    waiting = rows(database, watch_id, state="waiting")
    assert [r.key for r in waiting] == ["EP1000001A1"]
    assert waiting[0].verdict == "irrelevant"
    assert waiting[0].reason == "other field"
    assert [str(m) for m in waiting[0].changed] == ["Status of EP1000001A1: Published → In force"]
    assert row(database, watch_id, QUARTERS[1]).unreviewed == 1


def test_a_new_verdict_closes_it_and_remembers_what_was_on_the_table(database: Database) -> None:
    watch_id = watch_of(database)
    run(database, watch_id, [hit("EP1000001A1")])
    (family,) = rows(database, watch_id)
    decide(database, [family.id], "irrelevant", "no", DAY)
    run(database, watch_id, [hit("EP1000001A1"), hit("EP1000001B1")], QUARTERS[1])
    decide(database, [family.id], "relevant", "granted now", QUARTERS[1])
    (family,) = rows(database, watch_id)
    assert family.changed == ()
    assert not family.reopened
    run(database, watch_id, [hit("EP1000001A1"), hit("EP1000001B1")], QUARTERS[2])
    assert rows(database, watch_id, state="waiting") == []


def test_zero_hits_are_a_run_and_a_warning(database: Database) -> None:
    watch_id = watch_of(database)
    run(database, watch_id, hits())
    done = run(database, watch_id, [], QUARTERS[1])
    assert (done.hits, done.families, done.gone, done.failed) == (0, 0, 3, False)
    found = row(database, watch_id, QUARTERS[1])
    assert found.last_run == QUARTERS[1]
    assert "no hits" in str([str(w.message) for w in found.health.warnings])
    assert len(rows(database, watch_id, state="gone")) == 3


def test_a_failed_run_is_kept_and_moves_no_due_day(database: Database) -> None:
    watch_id = watch_of(database)
    facts = RunFacts(database="lens", file="x.xls", failed=say("There is no table."))
    done = record_run(database, watch_id, [], facts, DAY).done
    assert done.failed
    found = row(database, watch_id)
    assert found.last_run is None
    assert found.last_attempt == DAY
    assert found.overdue
    assert found.next_due == DAY
    with database.read() as connection:
        (kept,) = runs_of(connection, watch_id)
    assert str(kept.reason) == "There is no table."


def test_a_watch_never_run_is_overdue_everywhere(database: Database) -> None:
    found = row(database, watch_of(database))
    assert found.overdue
    assert found.health.state == "severe"
    assert found.last_run is None


def test_known_documents_must_be_found(database: Database) -> None:
    watch_id = watch_of(database, known_documents=("US 8,000,001 B2", "EP 9999999 A1"))
    done = run(database, watch_id, [hit("US8000001B2")])
    assert done.missing == ("EP 9999999 A1",)
    warnings = row(database, watch_id).health.warnings
    assert "EP 9999999 A1" in " ".join(str(w.message) for w in warnings)


def test_two_families_that_turn_out_to_be_one_keep_the_gravest_verdict(database: Database) -> None:
    watch_id = watch_of(database)
    run(database, watch_id, [hit("EP1000001A1"), hit("CN100000001A")])
    first, second = sorted(rows(database, watch_id), key=lambda r: r.id)
    decide(database, [first.id], "irrelevant", "no", DAY)
    decide(database, [second.id], "threat", "reads on us", DAY)
    bridge = hit("CN100000001A", relatives=("EP.P.1000001",))
    done = run(database, watch_id, [hit("EP1000001A1"), bridge], QUARTERS[1])
    assert (done.families, done.changed) == (1, 1)
    (family,) = rows(database, watch_id)
    assert family.key == "EP1000001A1"
    assert family.verdict == "threat"
    assert family.reopened
    assert set(family.members) == {"EP1000001A1", "CN100000001A"}
    with database.read() as connection:
        assert find_family(connection, watch_id, "CN 100000001 A") == family.id


def test_undo_takes_a_run_back_whole(database: Database) -> None:
    watch_id = watch_of(database)
    run(database, watch_id, hits())
    before = rows(database, watch_id)
    facts = RunFacts(database="lens")
    ran = record_run(database, watch_id, [*hits(), hit("JP2020000001A")], facts, QUARTERS[1])
    assert len(rows(database, watch_id)) == 4
    assert ran.change.action is not None
    history.undo(database, ran.change.action)
    assert rows(database, watch_id) == before
    assert row(database, watch_id).next_due == date(2026, 4, 5)


def test_undo_takes_a_bulk_verdict_back(database: Database) -> None:
    watch_id = watch_of(database)
    run(database, watch_id, hits())
    before = rows(database, watch_id)
    change = decide(database, [r.id for r in before], "irrelevant", "not ours", DAY)
    assert rows(database, watch_id, state="waiting") == []
    assert change.action is not None
    history.undo(database, change.action)
    assert rows(database, watch_id) == before


def test_a_deleted_watch_comes_back_with_its_verdicts(database: Database) -> None:
    watch_id = watch_of(database)
    run(database, watch_id, hits())
    decide(database, [rows(database, watch_id)[0].id], "threat", "near", DAY)
    change = delete_watch(database, watch_id)
    assert rows(database, watch_id) == []
    assert change.action is not None
    history.undo(database, change.action)
    assert [r.verdict for r in rows(database, watch_id)].count("threat") == 1
    rescore(database, watch_id, DAY)
    assert all(r.score is not None for r in rows(database, watch_id))


def test_a_cancelled_run_writes_nothing(database: Database) -> None:
    watch_id = watch_of(database)

    def stop(_done: float, _total: float) -> None:
        raise Cancelled("")

    with pytest.raises(Cancelled):
        record_run(database, watch_id, hits(), RunFacts(), DAY, told=stop)
    assert rows(database, watch_id) == []
    with database.read() as connection:
        assert runs_of(connection, watch_id) == ()


def test_a_query_keeps_its_versions_verbatim(database: Database) -> None:
    watch_id = watch_of(database)
    set_query(database, watch_id, "lens", "solid AND (sulfide OR 硫化物)  ", DAY)
    set_query(database, watch_id, "lens", "solid AND (sulfide OR 硫化物)  ", DAY)
    run(database, watch_id, hits())
    with database.read() as connection:
        detail = watch_detail(connection, watch_id, DAY)
    assert detail is not None
    assert [(q.version, q.retired_on) for q in detail.queries] == [(2, None), (1, DAY)]
    assert detail.queries[0].text == "solid AND (sulfide OR 硫化物)  "
    assert detail.runs[0].query_text == detail.queries[0].text


def test_another_cadence_counts_from_the_last_good_run(database: Database) -> None:
    watch_id = watch_of(database)
    run(database, watch_id, hits())
    change_watch(database, watch_id, fields(every="1m"), date(2026, 1, 20))
    assert row(database, watch_id).next_due == date(2026, 2, 5)


def test_names_are_unique_and_found_in_any_case(database: Database) -> None:
    watch_id = watch_of(database)
    with pytest.raises(IpdeskError, match="already"):
        add_watch(database, fields(name=" rivals "), DAY)
    with database.read() as connection:
        assert find_watch(connection, "RIVALS") == watch_id
        with pytest.raises(IpdeskError, match="no watch"):
            find_watch(connection, "other")


def test_a_watch_needs_a_question_and_a_pause_a_reason(database: Database) -> None:
    with pytest.raises(IpdeskError, match="question"):
        add_watch(database, fields(question="  "), DAY)
    with pytest.raises(IpdeskError, match="why"):
        pause_watch(database, watch_of(database), " ", DAY)


def test_unknown_products_are_refused_by_name(database: Database) -> None:
    with pytest.raises(IpdeskError, match="There is no product Lamp"):
        watch_of(database, products=("Lamp",))


def test_the_self_test_heeds_a_watch_that_was_never_run(database: Database) -> None:
    def part() -> Part:
        found = self_test(database, DAY, (watch_part,))
        assert found.ok
        return next(p for p in found.parts if p.id == "watches")

    assert not part().heed
    watch_id = watch_of(database)
    assert part().heed
    assert str(part().said) == "1 of 1 not well: 1 never run, 0 failed, 0 overdue"
    run(database, watch_id, [hit("EP1000001A1")])
    assert not part().heed
