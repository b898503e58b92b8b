"""All data in one open file: a zip of JSON lines, a table each, and the documents beside them.

``manifest.json`` names the format, its version and the tables; ``tables/NAME.jsonl`` holds a row a
line, days in ISO form; ``documents/SHA256`` the bytes of attachments. No program but a text editor
is needed to read it, and an empty database rebuilds the same portfolio from it.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Table, insert, select

from ipdesk.base.errors import IpdeskError, Refused
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


def export_archive(database: Database, path: Path) -> dict[str, int]:
    """Write the archive, whole or not at all; rows by table."""
    counts: dict[str, int] = {}
    half = path.with_name(path.name + ".part")
    try:
        with database.read() as connection, zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as out:
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
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise IpdeskError(
            say("{file} cannot be written: {why}", file=str(path), why=error.strerror or str(error))
        ) from error
    return counts


def _tables() -> list[Table]:
    """Tables in an order in which every row finds what it refers to."""
    return [t for t in metadata.sorted_tables if t.name not in _LEFT_OUT]


def is_archive(path: Path) -> bool:
    """Whether the file is one of our archives, by its content."""
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("manifest.json"))
            return isinstance(about, dict) and about.get("format") == FORMAT
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return False


def import_archive(database: Database, path: Path) -> dict[str, int]:
    """Rebuild the portfolio in an empty database, in one transaction; rows by table.

    Raises Refused when the archive is damaged or newer, or the database is not empty.
    """
    if not is_archive(path):
        raise Refused(say("{file} is no archive of IPDesk.", file=path.name))
    try:
        with zipfile.ZipFile(path) as archive, database.write(say("Archive")) as writer:
            return _rebuild(writer, archive, path.name)
    except (zipfile.BadZipFile, ValueError, KeyError) as error:
        raise Refused(
            say("{file} is damaged ({why}); nothing was written.", file=path.name, why=str(error))
        ) from error


def _rebuild(writer: Writer, archive: zipfile.ZipFile, name: str) -> dict[str, int]:
    about = json.loads(archive.read("manifest.json"))
    if about.get("version", 0) > VERSION or str(about.get("revision", "")) > HEAD:
        raise Refused(say("{file} was written by a newer IPDesk; install that first.", file=name))
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


def _parts(file: IO[bytes], table: Table) -> Iterator[list[dict[str, Any]]]:
    """Rows in blocks; columns that the archive does not know are left empty."""
    part: list[dict[str, Any]] = []
    for line in file:
        stored = json.loads(line)
        row = {c.name: _value(table, c.name, stored) for c in table.columns}
        part.append(row)
        if len(part) == _CHUNK:
            yield part
            part = []
    if part:
        yield part


def _value(table: Table, name: str, stored: dict[str, Any]) -> Any:
    if name in stored:
        return typed(table, name, stored[name])
    column = table.c[name]
    if column.nullable:
        return None
    default = column.server_default
    text = str(getattr(default, "arg", "")) if default is not None else ""
    return text if column.type.python_type is str else int(text or 0)
