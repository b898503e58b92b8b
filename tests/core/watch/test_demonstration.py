"""The demonstration's watches show every state that early warning has."""

from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.watch.queries import runs_of, watch_rows
from ipdesk.core.watch.queries_due import due_items
from ipdesk.core.watch.queries_gates import answers_of, gate_rows
from ipdesk.core.watch.queries_hits import hit_ids, hit_rows
from ipdesk.demo.fill import fill_portfolio
from ipdesk.demo.watch import fill_watches
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery


def test_the_demonstration_has_watches_in_every_state(database: Database, docket: Docket) -> None:
    fill_portfolio(database, docket)
    with database.read() as connection:
        already = bool(watch_rows(connection, docket.today))
    if not already:
        fill_watches(database, docket.today)
    with database.read() as connection:
        rows = {r.name.split()[-1]: r for r in watch_rows(connection, docket.today)}
        waiting = hit_ids(connection, rows["inks"].id, ListQuery().choose("state", "waiting"))
        families = hit_rows(connection, waiting)
        assert rows["CHENGJIA"].last_run is None
        assert rows["CHENGJIA"].overdue
        assert rows["Hengyin"].overdue
        assert rows["pads"].failed
        assert not rows["FTO"].overdue
        assert rows["inks"].threats == 2
        (again,) = [f for f in families if f.reopened]
        assert again.key == "CN900010708A"
        assert len(again.changed) == 2
        assert any(not f.verdict for f in families)
        assert all(f.score for f in families if "liquid metal" in f.title_en.lower())
        assert {a.state for a in answers_of(connection)} == {"open", "done"}
        lights = {g.state.light for g in gate_rows(connection, docket.today)}
        assert lights == {"amber", "green", "red"}
        assert len(runs_of(connection)) == 8
        kinds = {i.kind for i in due_items(connection, docket.today, docket.today)}
        assert kinds == {"watch", "review", "answer", "gate"}
