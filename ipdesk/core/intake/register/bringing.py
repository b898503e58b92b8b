"""Records of a register that are not here: where the usual import reads them from."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.files import write_whole
from ipdesk.base.i18n import Message, say
from ipdesk.base.settings import data_folder
from ipdesk.core.intake.sheets import as_csv
from ipdesk.core.portfolio.model import right_label
from ipdesk.store.paging import chunks
from ipdesk.store.schema.comparison import register_file, register_gap

_COLUMNS = {
    "right": say("Right"),
    "office": say("Office"),
    "title": say("Title"),
    "application_number": say("Application no."),
    "publication_number": say("Publication no."),
    "grant_number": say("Grant no."),
    "filing_date": say("Filing date"),
    "applicants": say("Applicants"),
}


@dataclass(frozen=True, slots=True)
class ToImport:
    """A list to be opened; *rows* (“12 Sheet1”) are ticked at first, all where there are none."""

    path: Path
    rows: tuple[str, ...]
    said: Message | None  # why it is not the register's own file


def to_import(connection: Connection, ids: Sequence[int]) -> ToImport:
    """The register's own file where it is unchanged, else what the comparison kept of the records.

    Raises IpdeskError when nothing was chosen.
    """
    g = register_gap.c
    rows: list[Any] = []
    for part in chunks(ids):
        rows += connection.execute(select(register_gap).where(g.id.in_(part)).order_by(g.id)).all()
    if not rows:
        raise IpdeskError(say("Select a record first."))
    files = {r.register_id for r in rows}
    f = register_file.c
    own = connection.execute(select(register_file).where(f.id == rows[0].register_id)).one()
    if len(files) == 1 and _is_still(Path(own.path), own.path, own.sha256):
        return ToImport(Path(own.path), tuple(f"{r.line} {r.sheet}" for r in rows), None)
    return ToImport(_written(own.file, rows), (), _why(own.file, len(files)))


def _is_still(path: Path, named: str, sha256: str) -> bool:
    if not named or not path.is_file():
        return False
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest() == sha256


def _why(file: str, files: int) -> Message:
    if files > 1:
        return say("The records come from several files; what the comparisons kept is shown.")
    return say(
        "{file} is not where it was, or was changed; what the comparison kept of it is shown.",
        file=file,
    )


def _written(file: str, rows: Sequence[Any]) -> Path:
    folder = data_folder() / "registers"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{Path(file).stem}.csv"
    told = [_kept(r) for r in rows]
    columns = {str(words): name for name, words in _COLUMNS.items() if any(map(_has(name), told))}
    lines = [{words: one.get(name) for words, name in columns.items()} for one in told]
    write_whole(path, as_csv(list(columns), lines))
    return path


def _has(name: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda told: bool(told.get(name))


def _kept(row: Any) -> dict[str, Any]:
    """The number stands in the column that its key tells."""
    sorts = ("application", "grant", "publication")
    sort = next((s for s in sorts if getattr(row, f"{s}_key")), sorts[0])
    known = {n: getattr(row, n) for n in ("office", "title", "filing_date", "applicants")}
    known["right"] = right_label(row.right)
    return {**known, f"{sort}_number": row.number}
