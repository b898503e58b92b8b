"""Files of every age open, lose nothing, and newer ones are refused."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from ipdesk.base.errors import StoreError
from ipdesk.base.i18n import say
from ipdesk.store import migrate
from ipdesk.store.database import Database
from ipdesk.store.schema import metadata
from ipdesk.store.schema.portfolio import matter


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", migrate._FOLDER.as_posix())
    return ScriptDirectory.from_config(config)


def test_head_is_the_newest_revision_and_there_is_one() -> None:
    assert scripts().get_heads() == [migrate.HEAD]


def test_the_migrations_make_exactly_the_tables_of_the_schema(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_file_of_the_first_revision_is_copied_and_keeps_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.ipdesk"
    first = next(s.revision for s in scripts().walk_revisions() if s.down_revision is None)
    old = Database(path)
    _upgrade(old, first)
    with old.write(say("Old")) as writer:
        values = {"reference": "A", "right": "design", "office": "CN", "facts": {}, "classes": []}
        writer.insert(matter, values)
    old.close()
    copies: list[str] = []
    opened = migrate.open_database(path, told=copies.append)
    with opened.read() as connection:
        assert connection.execute(select(matter.c.reference)).scalars().all() == ["A"]
        assert migrate.revision(opened) == migrate.HEAD
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    opened.close()
    assert len(copies) == 1
    assert Path(copies[0]).is_file()


def test_a_newer_file_is_refused_and_not_changed(database: Database) -> None:
    with database.engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer IPDesk"):
        migrate.open_database(database.target)
    assert migrate.revision(database) == "9999"


def test_every_revision_can_be_taken_down_and_up_again(tmp_path: Path) -> None:
    opened = migrate.open_database(tmp_path / "x.ipdesk")
    _downgrade(opened, "base")
    with opened.read() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    _upgrade(opened, "head")
    opened.close()


def _upgrade(database: Database, revision: str) -> None:
    _run(database, "upgrade", revision)


def _downgrade(database: Database, revision: str) -> None:
    _run(database, "downgrade", revision)


def _run(database: Database, verb: str, revision: str) -> None:
    from alembic import command

    config = Config()
    config.set_main_option("script_location", migrate._FOLDER.as_posix())
    with database.engine.connect() as connection:
        connection = connection.execution_options(ipdesk_write=True, migrating=True)
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            config.attributes["connection"] = connection
            getattr(command, verb)(config, revision)
