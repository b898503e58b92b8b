"""All data in one open file: a zip of JSON lines, a table each, and the documents beside them.

``manifest.json`` names the format, its version and the tables; ``tables/NAME.jsonl`` holds a row a
line, days in ISO form; ``documents/SHA256`` the bytes of attachments. No program but a text editor
is needed to read it, and an empty database rebuilds the same portfolio from it.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Table, insert, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ipdesk.base.errors import Refused
from ipdesk.base.files import whole_file
from ipdesk.base.i18n import say
from ipdesk.store.database import Database
from ipdesk.store.history import typed
from ipdesk.store.migrate import HEAD
from ipdesk.store.schema import metadata
from ipdesk.store.schema.docket import content
from ipdesk.store.writer import Writer, plain

FORMAT = "ipdesk-archive"
VERSION = 1
_LEFT_OUT = frozenset({"counter", "search_text", "content"})  # rebuilt, or kept as documents
_CHUNK = 5000
_MANIFEST_BYTES = 1 << 20
_LINE_BYTES = 64 << 20  # a row is never longer
_BOMB_FROM, _RATIO = 64 << 20, 300
# all that a damaged or foreign file can make of reading it
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, KeyError, OverflowError, SQLAlchemyError),
)


def export_archive(database: Database, path: Path) -> dict[str, int]:
    """Write the archive, whole or not at all; rows by table."""
    counts: dict[str, int] = {}
    with (
        whole_file(path) as half,
        database.read() as connection,
        zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for table in _tables():
            lines = 0
            with out.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as file:
                rows = connection.execute(select(table)).mappings()
                for row in rows:
                    values = {k: plain(v) for k, v in row.items() if v is not None}
                    file.write((json.dumps(values, ensure_ascii=False) + "\n").encode())
                    lines += 1
            counts[table.name] = lines
        for sha256, data in connection.execute(select(content.c.sha256, content.c.data)):
            out.writestr(f"documents/{sha256}", data)
        about = {"format": FORMAT, "version": VERSION, "revision": HEAD, "tables": counts}
        out.writestr("manifest.json", json.dumps(about, indent=1))
    return counts


def _tables() -> list[Table]:
    """Tables in an order in which every row finds what it refers to."""
    return [t for t in metadata.sorted_tables if t.name not in _LEFT_OUT]


def is_archive(path: Path) -> bool:
    """Whether the file is one of our archives, by its content."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _about(archive).get("format") == FORMAT
    except (OSError, *_DAMAGES):
        return False


def _about(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest. Raises ValueError for one that is none."""
    if archive.getinfo("manifest.json").file_size > _MANIFEST_BYTES:
        raise ValueError("manifest.json")
    about = json.loads(archive.read("manifest.json"))
    sound = isinstance(about, dict) and isinstance(about.get("tables"), dict)
    if not sound or type(about.get("version")) is not int:
        raise ValueError("manifest.json")
    return dict(about)


def import_archive(database: Database, path: Path) -> dict[str, int]:
    """Rebuild the portfolio in an empty database, in one transaction; rows by table.

    Raises Refused when the archive is damaged or newer, or the database is not empty.
    """
    if not is_archive(path):
        raise Refused(say("{file} is no archive of IPDesk.", file=path.name))
    try:
        with zipfile.ZipFile(path) as archive, database.write(say("Archive")) as writer:
            return _rebuild(writer, archive, path.name)
    except _DAMAGES as error:
        raise Refused(
            say("{file} is damaged ({why}); nothing was written.", file=path.name, why=_why(error))
        ) from error


def _why(error: Exception) -> str:
    """Where it is damaged, without the statement of the database."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(cause)[:200] or type(cause).__name__


def _rebuild(writer: Writer, archive: zipfile.ZipFile, name: str) -> dict[str, int]:
    about = _about(archive)
    if about["version"] > VERSION or str(about.get("revision", "")) > HEAD:
        raise Refused(say("{file} was written by a newer IPDesk; install that first.", file=name))
    _refuse_bombs(archive, name)
    for table in _tables():
        if table.info["history"] and writer.count(table):
            raise Refused(say("An archive is read into an empty portfolio; this one has data."))
    counts: dict[str, int] = {}
    last: dict[str, int] = {}
    writer.step_aside()
    for table in _tables():
        with archive.open(f"tables/{table.name}.jsonl") as file:
            counts[table.name] = 0
            for part in _parts(file, table):
                counts[table.name] += len(part)
                if "id" in table.c:
                    last[table.name] = max(r["id"] for r in part)
                writer.restore_rows(table, part)
        if counts[table.name] != about["tables"].get(table.name):
            raise ValueError(table.name)
    for member in archive.namelist():
        if member.startswith("documents/"):
            data = archive.read(member)
            sha256 = hashlib.sha256(data).hexdigest()
            if member != f"documents/{sha256}":
                raise ValueError(member)
            writer.connection.execute(insert(content).values(sha256=sha256, data=data))
    writer.continue_after(last)
    writer.tell(say("Read the archive {file}", file=name))
    return counts


def _refuse_bombs(archive: zipfile.ZipFile, name: str) -> None:
    """Tables and documents pack ten to fifty times smaller; zeros a thousand times."""
    for entry in archive.infolist():
        if entry.file_size > _BOMB_FROM and entry.file_size > _RATIO * entry.compress_size:
            why = f"{entry.filename[:80]}: {entry.file_size >> 20} MB"
            raise Refused(
                say("{file} is damaged ({why}); nothing was written.", file=name, why=why)
            )


def _parts(file: IO[bytes], table: Table) -> Iterator[list[dict[str, Any]]]:
    """Rows in blocks; columns that the archive does not know are left empty."""
    part: list[dict[str, Any]] = []
    place = 0
    while line := file.readline(_LINE_BYTES):
        place += 1
        part.append(_row(line, table, place))
        if len(part) == _CHUNK:
            yield part
            part = []
    if part:
        yield part


def _row(line: bytes, table: Table, place: int) -> dict[str, Any]:
    """One line as a row. Raises ValueError that names the line."""
    try:
        stored = json.loads(line)
        if not isinstance(stored, dict):
            raise ValueError("no row")
        row = {c.name: _value(table, c.name, stored) for c in table.columns}
        if "id" in row and (type(row["id"]) is not int or not 0 < row["id"] < 1 << 62):
            raise ValueError("id")
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError(f"{table.name} {place}: {error}") from error
    return row


def _value(table: Table, name: str, stored: dict[str, Any]) -> Any:
    if name in stored:
        return typed(table, name, stored[name])
    column = table.c[name]
    if column.nullable:
        return None
    default = column.server_default
    text = str(getattr(default, "arg", "")) if default is not None else ""
    return text if column.type.python_type is str else int(text or 0)
