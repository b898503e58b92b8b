"""A year of quarterly runs on real exports; skipped where the shared data are not at hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ipdesk.core.intake.hits import read_hits
from ipdesk.core.watch.edits_runs import record_run
from ipdesk.core.watch.edits_triage import decide
from ipdesk.core.watch.model import RunFacts
from ipdesk.core.watch.queries_hits import hit_ids, hit_rows
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from tests.core.watch.samples import watch_of

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
QUARTERS = [date(2026, 1, 5), date(2026, 4, 5), date(2026, 7, 5), date(2026, 10, 5)]
FILES = ("will4906_szu_110.xls", "pizza_small.csv", "pizza_small.xls", "ritonavir.csv")

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data are not here")


@pytest.mark.parametrize("name", FILES)
def test_real_exports_quarter_by_quarter(database: Database, name: str) -> None:
    found = read_hits(DATA / name)
    watch_id = watch_of(database)
    facts = RunFacts(found.database, records=found.records)
    first = record_run(database, watch_id, found.drafts, facts, QUARTERS[0]).done
    assert first.hits == found.records
    assert first.new == first.families <= len(found.drafts)
    with database.read() as connection:
        families = list(hit_ids(connection, watch_id, ListQuery()))
    decide(database, families, "background", "seen", QUARTERS[0])

    same = record_run(database, watch_id, found.drafts, facts, QUARTERS[1]).done
    assert (same.new, same.changed, same.known, same.gone) == (0, 0, first.families, 0)

    known = [replace(d, claims=1) if d.claims is None else d for d in found.drafts]
    record_run(database, watch_id, known, facts, QUARTERS[2])  # claims are learnt in silence
    drafts = [replace(d, claims=99) if i == 7 else d for i, d in enumerate(known)]
    changed = record_run(database, watch_id, drafts, facts, QUARTERS[3]).done
    assert (changed.new, changed.changed) == (0, 1)
    with database.read() as connection:
        waiting = hit_ids(connection, watch_id, ListQuery().choose("state", "waiting"))
        (family,) = hit_rows(connection, waiting)
    assert found.drafts[7].number in family.members
    assert len(family.changed) == 1


def test_two_exports_of_one_search_are_the_same_families(database: Database) -> None:
    """The same 25 records as Espacenet gives them in two file forms."""
    watch_id = watch_of(database)
    csv, xls = read_hits(DATA / "pizza_small.csv"), read_hits(DATA / "pizza_small.xls")
    record_run(database, watch_id, csv.drafts, RunFacts("espacenet"), QUARTERS[0])
    done = record_run(database, watch_id, xls.drafts, RunFacts("espacenet"), QUARTERS[1]).done
    assert (done.new, done.changed, done.known) == (0, 0, 25)
