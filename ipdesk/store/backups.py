"""Copies of the database: made beside it, read back before they are believed, thinned with age."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path

from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import say
from ipdesk.store.migrate import backup, copy_beside

KEEP = 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy and whether it could be read back."""

    path: Path
    at: str
    ok: bool


def make_backup(path: Path, target: Path | None = None) -> Backup:
    """Copy the database (to *target*, or into ``backups`` beside it) and read the copy back.

    Raises IpdeskError when the copy cannot be written or read.
    """
    try:
        if target is None:
            copy = copy_beside(path, "backup")
        else:
            backup(path, target)
            copy = target
    except (OSError, sqlite3.Error) as error:
        raise IpdeskError(
            say("The backup could not be written: {why}. Choose another folder.", why=str(error))
        ) from error
    made = _read_back(copy)
    if not made.ok:
        raise IpdeskError(say("The backup could not be read back. Choose another disk."))
    if target is None:
        _thin(copy.parent, path.stem)
    return made


def last_backup(path: Path) -> Backup | None:
    """The newest copy beside the database, read back now."""
    copies = _copies(path.parent / "backups", path.stem)
    return _read_back(copies[-1]) if copies else None


def restore(copy: Path, target: Path) -> Path | None:
    """Put a copy in the place of *target*; what stood there is kept, and its path returned.

    Raises Refused when the copy cannot be read back as an IPDesk database.
    """
    if not _read_back(copy).ok:
        raise Refused(say("{file} is no readable backup; nothing was changed.", file=copy.name))
    target.parent.mkdir(parents=True, exist_ok=True)
    kept = copy_beside(target, "before-restore") if target.exists() else None
    backup(copy, target)
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    return kept


def _copies(folder: Path, stem: str) -> list[Path]:
    if not folder.is_dir():
        return []
    beside = (".part", "-wal", "-shm")  # what SQLite and a broken copy leave
    found = (p for p in folder.glob(f"{escape(stem)}-*") if not p.name.endswith(beside))
    return sorted(found, key=lambda p: p.stat().st_mtime)


def _thin(folder: Path, stem: str) -> None:
    """Ordinary copies beyond the newest go; copies made before a migration stay."""
    ordinary = [p for p in _copies(folder, stem) if f"{stem}-backup-" in p.name]
    for old in ordinary[:-KEEP]:
        old.unlink(missing_ok=True)


def _read_back(copy: Path) -> Backup:
    at = datetime.fromtimestamp(copy.stat().st_mtime).isoformat(sep=" ", timespec="minutes")
    try:
        with closing(
            sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as connection:
            ok = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            connection.execute("SELECT count(*) FROM matter").fetchone()
    except sqlite3.Error:
        ok = False
    return Backup(copy, at, ok)
