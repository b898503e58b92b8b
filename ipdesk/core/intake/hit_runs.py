"""A run of a watch from a file; a file that cannot be read is a failed run, and kept."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message, say
from ipdesk.base.text import squeeze
from ipdesk.core.intake.hits import HitList, read_hits
from ipdesk.core.intake.reader import Asked
from ipdesk.core.watch.edits_runs import Ran, record_run
from ipdesk.core.watch.model import RunFacts
from ipdesk.core.watch.relevance import Told
from ipdesk.core.watch.words import DATABASE_LABELS, database_label
from ipdesk.store.database import Database

_CHUNK = 1 << 20


def run_file(
    database: Database,
    watch_id: int,
    path: Path,
    today: date,
    *,
    source: str = "",
    cut_off: date | None = None,
    format: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    told: Told | None = None,
    cancelled: Asked | None = None,
) -> Ran:
    """Record a run with the hits of a file.

    ``Ran.done.failed`` is true, and the run kept with its reason, when the file could not be
    read. Raises Refused, and keeps nothing, when there is no such file.
    """
    if not path.is_file():
        raise Refused(say("There is no file {file}.", file=str(path)))
    named = known_database(source)
    try:
        found = read_hits(path, format=format, sheet=sheet, mapping=mapping, cancelled=cancelled)
    except Refused as error:
        facts = RunFacts(
            database=named,
            cut_off=cut_off,
            file=path.name,
            sha256=_sha256(path),
            failed=error.message if isinstance(error.message, Message) else Message(error.message),
        )
        return record_run(database, watch_id, [], facts, today)
    return record_run(
        database, watch_id, found.drafts, facts_of(found, named, cut_off), today, told
    )


def facts_of(found: HitList, source: str = "", cut_off: date | None = None) -> RunFacts:
    """Where a list came from; what the user says of the database stands above its form."""
    return RunFacts(
        database=source or found.database,
        cut_off=cut_off,
        file=found.file,
        sha256=found.sha256,
        format=found.format,
        records=found.records,
        refused=found.refused,
    )


def known_database(text: str) -> str:
    """The short name of a database that is known by name; any other as it was written."""
    plain = squeeze(text)
    for name in DATABASE_LABELS:
        if plain and plain in (squeeze(name), squeeze(database_label(name))):
            return name
    return text.strip()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(_CHUNK):
            digest.update(block)
    return digest.hexdigest()
