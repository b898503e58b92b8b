"""Bringing a database up to this program's tables: a copy first, one transaction, checked."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text

from ipdesk.base.errors import StoreError
from ipdesk.base.i18n import say
from ipdesk.store.database import Database

HEAD = "0009"
"""The newest revision; a test holds it against the migrations, so that opening needs no Alembic."""

_FOLDER = Path(__file__).parent / "migrations"


def open_database(
    target: str | Path, *, user: str = "", told: Callable[[str], None] | None = None
) -> Database:
    """Open the file (made when it is not there), migrated to ``HEAD``.

    *told* hears the path of the copy that is made before a migration. Raises StoreError when
    the file is newer than the program, damaged or not a database of IPDesk.
    """
    if "://" not in str(target):
        Path(target).expanduser().resolve().parent.mkdir(parents=True, exist_ok=True)
    database = Database(target, user=user)
    try:
        found = revision(database)
        if found != HEAD:
            _migrate(database, found, told)
    except BaseException:
        database.close()
        raise
    return database


def revision(database: Database) -> str | None:
    """The revision of the file: None for an empty one. Raises StoreError when it is foreign."""
    with database.read() as connection:
        names = set(inspect(connection).get_table_names())
        if "alembic_version" in names:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if names:
            raise StoreError(
                say("This database belongs to another program. Choose or create an IPDesk file.")
            )
    return None


def _migrate(database: Database, found: str | None, told: Callable[[str], None] | None) -> None:
    from alembic import command  # half a second to import; most openings need none of it
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", _FOLDER.as_posix().replace("%", "%%"))
    known = {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            say(
                "This file was written by a newer IPDesk (tables {found}, this program knows "
                "{head}). Install the newer program to open it; nothing was changed.",
                found=found,
                head=HEAD,
            )
        )
    if found is not None and database.path is not None:
        copy = copy_beside(database.path, f"before-{HEAD}")
        if told:
            told(str(copy))
    with database.engine.connect() as connection:
        connection = connection.execution_options(ipdesk_write=True, migrating=True)
        if connection.dialect.name == "sqlite":
            # inside a transaction the pragma is ignored, and on it deletes child rows
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if connection.dialect.name == "sqlite":
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                if broken:
                    raise StoreError(
                        say(
                            "The file could not be brought up to date: {n} rows point nowhere. "
                            "Nothing was changed; a copy stands beside it.",
                            n=len(broken),
                        )
                    )
        if connection.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


def copy_beside(path: Path, why: str) -> Path:
    """A consistent copy of an SQLite file, WAL included, in ``backups`` beside it."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    copy = folder / f"{path.stem}-{why}-{stamp}{path.suffix}"
    backup(path, copy)
    return copy


def backup(path: Path, copy: Path) -> None:
    """Copy an open SQLite database through its own backup interface; replaces *copy* at the end."""
    half = copy.with_name(copy.name + ".part")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(half)) as target:
        source.backup(target)
    half.replace(copy)
