"""Every change of every field is written down, and can be taken back."""

from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.store import history
from ipdesk.store.database import Database
from ipdesk.store.schema import metadata
from ipdesk.store.schema.portfolio import matter, priority
from ipdesk.store.writer import SYSTEM


def row(reference: str = "A", **more: Any) -> dict[str, Any]:
    return {
        "reference": reference,
        "right": "invention",
        "office": "CN",
        "facts": {},
        "classes": [],
        **more,
    }


def made(database: Database, **more: Any) -> int:
    with database.write(say("Made")) as writer:
        return writer.insert(matter, row(**more))


def test_a_changed_field_leaves_old_and_new_value_with_name_and_action(database: Database) -> None:
    one = made(database, title="Pump")
    with database.write(say("Renamed"), by="Wang") as writer:
        writer.update(matter, one, {"title": "Ink pump", "claims": 3})
    with database.read() as connection:
        entries = history.of_matter(connection, one)
    changed = {e.field: (e.old, e.new, e.by, str(e.said)) for e in entries if e.kind == "update"}
    assert changed["title"] == ("Pump", "Ink pump", "Wang", "Renamed")
    assert changed["claims"] == (None, 3, "Wang", "Renamed")


def test_an_update_that_changes_nothing_leaves_no_entry_and_no_action(database: Database) -> None:
    one = made(database, title="Pump")
    with database.write(say("Nothing")) as writer:
        assert not writer.update(matter, one, {"title": "Pump"})
    with database.read() as connection:
        assert [str(a.said) for a in history.actions(connection)] == ["Made"]


def test_a_thousand_new_rows_are_one_entry_and_each_finds_its_creation(database: Database) -> None:
    with database.write(say("Imported")) as writer:
        ids = writer.insert_many(matter, [row(f"M{k}") for k in range(1000)])
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM entry")).scalar() == 1
        assert [e.kind for e in history.of_matter(connection, ids[500])] == ["create"]


def test_undo_restores_fields_and_removes_created_rows(database: Database) -> None:
    one = made(database, title="Pump")
    with database.write(say("Changed")) as writer:
        writer.update(matter, one, {"title": "Other"})
        writer.insert(priority, {"matter_id": one, "ordinal": 1, "number": "CN1"})
        changed = writer.action
    undone = history.undo(database, changed)
    assert undone.matters == (one,)
    with database.read() as connection:
        assert connection.execute(select(matter.c.title)).scalar() == "Pump"
        assert connection.execute(select(priority.c.id)).all() == []


def test_undo_of_an_undo_brings_deleted_rows_back_under_their_ids(database: Database) -> None:
    one = made(database, title="Pump")
    with database.write(say("Claimed")) as writer:
        writer.insert(priority, {"matter_id": one, "ordinal": 1, "number": "CN1"})
    with database.write(say("Deleted")) as writer:
        writer.delete(matter, [one])
        deleted = writer.action
    with database.read() as connection:
        assert connection.execute(select(priority.c.id)).all() == []
    history.undo(database, deleted)
    with database.read() as connection:
        back = connection.execute(select(matter.c.id, matter.c.title)).one()
        assert tuple(back) == (one, "Pump")
        assert connection.execute(select(priority.c.number)).scalar() == "CN1"


def test_undo_keeps_what_somebody_changed_later_and_says_so(database: Database) -> None:
    one = made(database, title="Pump")
    with database.write(say("First")) as writer:
        writer.update(matter, one, {"title": "Second title", "note": "x"})
        first = writer.action
    with database.write(say("Then")) as writer:
        writer.update(matter, one, {"title": "Third title"})
    undone = history.undo(database, first)
    with database.read() as connection:
        found = connection.execute(select(matter.c.title, matter.c.note)).one()
    assert tuple(found) == ("Third title", "")
    assert "title" in str(undone.kept[0])


def test_an_action_is_undone_only_once(database: Database) -> None:
    made(database)
    history.undo(database, 1)
    with pytest.raises(IpdeskError, match="already undone"):
        history.undo(database, 1)


def test_ids_are_never_used_twice(database: Database) -> None:
    one = made(database)
    history.undo(database, 1)
    assert made(database) > one


@pytest.mark.parametrize(
    "statement",
    [
        insert(matter).values(**row("B"), id=99),
        update(matter).values(title="x"),
        text("DELETE FROM matter"),
        text("insert into matter (id) values (1)"),
    ],
)
def test_no_statement_writes_a_recorded_table_beside_the_writer(
    database: Database, statement: Any
) -> None:
    made(database)
    with database.write(say("Sly")) as writer, pytest.raises(PermissionError):
        writer.connection.execute(statement)


def test_every_table_says_whether_it_keeps_a_history() -> None:
    silent = [t.name for t in metadata.tables.values() if "history" not in t.info]
    assert silent == []


def test_undo_passes_over_what_the_program_did_by_itself(database: Database) -> None:
    made(database)
    with database.write(say("Recomputed"), by=SYSTEM) as writer:
        writer.update(matter, 1, {"status": "pending"})
    with database.read() as connection:
        last = history.last_undoable(connection)
    assert last is not None
    assert str(last.said) == "Made"
