"""One database: sessions that read, one writer, and the hooks that SQLite needs.

SQLite-only words stand in ``_sqlite`` functions of this file; another engine skips them.
"""

import getpass
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from ipdesk.base.errors import StoreError
from ipdesk.base.i18n import Message, say
from ipdesk.store.schema.base import metadata
from ipdesk.store.writer import Writer

_WRITES = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.I
)
_TRACKED = frozenset(t.name for t in metadata.tables.values() if t.info.get("history"))


class Database:
    """An open database. Every read and write gets a session of its own; safe from any thread."""

    def __init__(self, target: str | Path, *, user: str = "") -> None:
        self.target = str(target)
        self.url = make_url(self.target if "://" in self.target else _sqlite_url(self.target))
        self.user = user or _login()
        self.engine = _engine(self.url)
        self._writing = threading.Lock()
        self._watching = threading.Lock()
        self._watcher: Connection | None = None

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database; None for a server."""
        return Path(self.url.database) if self._sqlite and self.url.database else None

    @property
    def _sqlite(self) -> bool:
        return bool(self.url.get_backend_name() == "sqlite")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot of the data; nothing can be written through it."""
        with _plainly(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, said: Message, *, by: str | None = None) -> Iterator[Writer]:
        """One transaction, one action of the history. All is kept or nothing is."""
        with self._writing, _plainly(), self.engine.connect() as connection:
            connection = connection.execution_options(ipdesk_write=True)
            with connection.begin():
                writer = Writer(connection, said, by or self.user)
                yield writer
                writer.finish()

    @contextmanager
    def rehearse(self) -> Iterator["Database"]:
        """A stage for edits of which nothing stays: what is written there is read there alone."""
        with self._writing, _plainly(), self.engine.connect() as connection:
            connection = connection.execution_options(ipdesk_write=True)
            with connection.begin() as transaction:
                yield _Rehearsal(self, connection)
                transaction.rollback()

    def version(self) -> int:
        """A number that changes when another process has written; 0 where the engine has none."""
        if not self._sqlite:
            return 0
        with self._watching:
            if self._watcher is None:
                # it counts other connections' writes, so this connection must stay the same one
                self._watcher = self.engine.connect()
            found = self._watcher.exec_driver_sql("PRAGMA data_version").scalar()
            self._watcher.rollback()  # an open snapshot would never see the next write
            return int(found or 0)

    def close(self) -> None:
        """Give the file free; a last checkpoint leaves no -wal beside it."""
        if self._watcher is not None:
            self._watcher.close()
        self.engine.dispose()


class _Rehearsal(Database):
    """The database as edits see it on the stage: all of them share one transaction."""

    def __init__(self, house: Database, connection: Connection) -> None:
        self.target, self.url, self.user = house.target, house.url, house.user
        self.engine = house.engine
        self._connection = connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self._connection

    @contextmanager
    def write(self, said: Message, *, by: str | None = None) -> Iterator[Writer]:
        writer = Writer(self._connection, said, by or self.user)
        yield writer
        writer.finish()


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "user"


def _sqlite_url(path: str) -> URL:
    """Made of parts: a name may hold signs that mean something in an address, as ? and %."""
    file = Path(path).expanduser().resolve()
    return URL.create("sqlite+pysqlite", database=file.as_posix())


def _engine(url: Any) -> Engine:
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url)
    else:
        engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    event.listen(engine, "before_cursor_execute", _refuse_unrecorded)
    return engine


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's events begin, so that DDL rolls back too
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("ipdesk_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN DEFERRED")


def _refuse_unrecorded(
    connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    context: Any,
    _many: bool,
) -> None:
    """The wall that no edit can forget: tracked tables are written by the Writer alone."""
    found = _WRITES.match(statement)
    if found and found.group(1) in _TRACKED:
        options = context.execution_options if context is not None else {}
        if not (options.get("recorded") or connection.get_execution_options().get("migrating")):
            raise PermissionError(f"{found.group(1)} is written only through the Writer")


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn what a driver says about the file into a sentence for its user."""
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        found = _sentence(str(error.orig or error))
        if found is None:
            raise
        raise StoreError(found) from error


def _sentence(said: str) -> Message | None:
    low = said.lower()
    if "locked" in low or "busy" in low:
        return say("Another window is writing to this file. Wait a moment and try again.")
    if "full" in low and "disk" in low:
        return say("The disk is full; nothing was written. Make room and try again.")
    if "readonly" in low or "read-only" in low:
        return say("The database file cannot be written. Check its permissions or choose another.")
    if "malformed" in low or "not a database" in low:
        return say(
            "This file is not an IPDesk database, or it is damaged. "
            "Restore a backup or choose another file."
        )
    if "unable to open" in low:
        return say("The database file cannot be opened. Check that its folder exists.")
    return None


def integrity(connection: Connection) -> list[str]:
    """What SQLite finds broken in the file; empty when all is well or no such check exists."""
    if connection.dialect.name != "sqlite":
        return []
    rows = connection.execute(text("PRAGMA quick_check")).scalars().all()
    broken = [str(r) for r in rows if r != "ok"]
    broken += [f"foreign key: {r[0]}" for r in connection.execute(text("PRAGMA foreign_key_check"))]
    return broken
