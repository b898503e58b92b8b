"""What an import does in the worker's threads: read, plan, write; nothing of Qt."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message
from ipdesk.core.intake.edits import Imported, carry_out, prepare
from ipdesk.core.intake.holdings import ROLES
from ipdesk.core.intake.lookup.asking import looked_up, own_source
from ipdesk.core.intake.lookup.questions import questions_of
from ipdesk.core.intake.model import RawFile, ReadResult
from ipdesk.core.intake.queries import BatchRow, remembered, same_file
from ipdesk.core.intake.reader import take_apart
from ipdesk.core.intake.reading import interpret
from ipdesk.core.intake.records import refused_rows, write_refused
from ipdesk.core.intake.register.keeping import Kept, keep
from ipdesk.core.intake.register.looking import Comparison, look
from ipdesk.core.intake.remembered import Remembered, SavedMapping
from ipdesk.core.intake.wishes import Wishes
from ipdesk.core.portfolio.parties import suggestions
from ipdesk.ui.docket.acts import law_of
from ipdesk.ui.intake.choices import Choices, first_choices, judged_row, understood
from ipdesk.ui.intake.preview import Preview, laid_out, with_row
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from ipdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Opened:
    """A file taken apart: what recognition made of it, or why it is refused."""

    raw: RawFile
    result: ReadResult | None
    refusal: Message | str | None
    before: BatchRow | None  # the same bytes were imported already
    known: Mapping[str, Remembered] = field(default_factory=dict)  # sheet → what its columns mean


def taken_apart(path: Path, database: Callable[[], Database], task: Task) -> Opened:
    """Take a file apart and, if it can be, recognise what it is."""
    raw = take_apart(path, progress=task.report, cancelled=lambda: task.cancelled)
    with database().read() as connection:
        before = same_file(connection, raw.sha256)
        known = remembered(connection, raw)
    try:
        return Opened(raw, interpret(raw), None, before, known)
    except Refused as refused:
        return Opened(raw, None, refused.message, before, known)


def fetched(text: str, enabled: bool, task: Task) -> Path:
    """The EPO's answers for a line of numbers, as a file."""
    questions = questions_of(text)
    source = own_source(enabled=enabled)
    return looked_up(questions, source, task.report, lambda: task.cancelled)


def planned(
    opened: Opened,
    choices: Choices,
    repairs: dict[tuple[str, int, int], str],
    database: Callable[[], Database],
    task: Task,
) -> Preview:
    """Read under these choices and compare with the portfolio."""
    result = _read(opened, choices, repairs)
    task.check()
    with database().read() as connection:
        plan = prepare(connection, result)
        names = {
            (role, name)
            for draft in result.drafts
            for field, role in ROLES.items()
            for name in getattr(draft, field)
        }
        found = suggestions(connection, names)
    task.check()
    made = replace(laid_out(result, plan), alike=tuple(found))
    gc.freeze()  # a sweep of the GUI thread need not walk over a hundred thousand rows
    return made


def _read(opened: Opened, choices: Choices, repairs: dict[tuple[str, int, int], str]) -> ReadResult:
    """What was recognised at first, or the file read again under other choices."""
    result = opened.result
    if result is None or repairs or choices != first_choices(opened.raw, result):
        return understood(opened.raw, choices, repairs)
    return result


def register_compared(
    opened: Opened,
    choices: Choices,
    repairs: dict[tuple[str, int, int], str],
    database: Callable[[], Database],
    task: Task,
) -> Comparison:
    """Hold the file against the portfolio; nothing is written."""
    result = _read(opened, choices, repairs)
    with database().read() as connection:
        return look(connection, result, task.report)


def register_kept(found: Comparison, path: str, database: Database, task: Task) -> Kept:
    """Remember what the register tells otherwise."""
    return keep(database, found, path, task.report)


def row_planned(
    preview: Preview,
    place: int,
    repairs: dict[tuple[str, int, int], str],
    database: Callable[[], Database],
    task: Task,
) -> Preview:
    """One repaired row compared alone."""
    old = preview.draft(place)
    draft = judged_row(preview.tables[old.sheet], repairs, old.row)
    if draft is None:
        return preview
    with database().read() as connection:
        plan = prepare(connection, replace(preview.result, drafts=(draft,)))
    task.check()
    return with_row(preview, place, draft, plan.entries[0], repairs)


def carried(
    today: date,
    preview: Preview,
    chosen: frozenset[int],
    wishes: Wishes,
    said: Sequence[SavedMapping],
    database: Database,
    task: Task,
) -> Imported:
    """Write what is ticked."""
    docket = law_of(database, today)
    return carry_out(
        database,
        docket,
        preview.result,
        preview.plan,
        chosen=chosen,
        wishes=wishes,
        said=said,
        progress=task,
    )


def refused_written(path: Path, preview: Preview) -> int:
    """Refused rows into a workbook; how many."""
    return write_refused(path, preview.result, refused_rows(preview.plan))
