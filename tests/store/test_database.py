"""One file, many readers, one writer; what goes wrong is said in a sentence."""

import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from ipdesk.base.errors import StoreError
from ipdesk.base.i18n import say
from ipdesk.store.database import Database, integrity
from ipdesk.store.migrate import open_database
from ipdesk.store.schema.portfolio import matter, tag


def test_an_error_inside_a_write_leaves_nothing(database: Database) -> None:
    def fail_halfway() -> None:
        with database.write(say("Half")) as writer:
            writer.insert(tag, {"name": "x", "kind": None})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tag)).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM action")).scalar() == 0


def test_foreign_keys_hold(database: Database) -> None:
    with database.read() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert integrity(connection) == []


def test_a_reader_sees_one_moment_while_another_thread_writes(database: Database) -> None:
    def add() -> None:
        with database.write(say("More")) as writer:
            writer.insert(tag, {"name": "later", "kind": None})

    with database.read() as connection:
        before = connection.execute(select(func.count()).select_from(tag)).scalar()
        thread = threading.Thread(target=add)
        thread.start()
        thread.join()
        assert connection.execute(select(func.count()).select_from(tag)).scalar() == before
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tag)).scalar() == 1


def test_writers_of_many_threads_wait_for_each_other(database: Database) -> None:
    def add(name: str) -> None:
        with database.write(say("Tag")) as writer:
            writer.insert(tag, {"name": name, "kind": None})

    threads = [threading.Thread(target=add, args=(f"t{k}",)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tag)).scalar() == 8


def test_another_window_on_the_file_is_noticed(database: Database) -> None:
    before = database.version()
    other = open_database(database.target)
    with other.write(say("Elsewhere")) as writer:
        writer.insert(tag, {"name": "x", "kind": None})
    other.close()
    assert database.version() != before


def test_a_file_of_another_kind_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.ipdesk"
    path.write_text("just some text that is no database at all " * 50)
    with pytest.raises(StoreError, match="not an IPDesk database"):
        open_database(path)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.ipdesk"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        open_database(path)


def test_a_process_killed_in_the_middle_of_a_write_leaves_nothing_half_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "p.ipdesk"
    open_database(path).close()
    script = textwrap.dedent(
        f"""
        import os
        from ipdesk.base.i18n import say
        from ipdesk.store.migrate import open_database
        from ipdesk.store.schema.portfolio import matter
        row = dict(right="invention", office="CN", facts={{}}, classes=[])
        with open_database({str(path)!r}).write(say("Import")) as writer:
            writer.insert_many(matter, [dict(row, reference=str(k)) for k in range(20000)])
            os._exit(9)
        """
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    again = open_database(path)
    with again.read() as connection:
        assert connection.execute(select(func.count()).select_from(matter)).scalar() == 0
        assert integrity(connection) == []
    again.close()
