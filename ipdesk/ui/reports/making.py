"""A report made in memory: its bytes, its pages, its file name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pathvalidate import sanitize_filename

from ipdesk.base.files import write_whole
from ipdesk.base.i18n import language as our_language
from ipdesk.base.i18n import speaking, tr
from ipdesk.core.docket.setting import docket_for
from ipdesk.reports.printing import report_bytes
from ipdesk.reports.registry import ReportSpec
from ipdesk.ui.reports.pdf import Size, page_sizes
from ipdesk.ui.work import Task

if TYPE_CHECKING:
    from ipdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Made:
    """A report that is ready: its bytes, its pages, and what it was made of."""

    spec: ReportSpec
    language: str
    content: bytes
    sizes: tuple[Size, ...]


def make_report(
    spec: ReportSpec,
    database_of: Callable[[], Database],
    today: date,
    options: Mapping[str, str],
    language: str,
    task: Task,
) -> Made:
    """Gather, build, measure; in a worker's thread."""
    database = database_of()
    with database.read() as connection:
        docket = docket_for(connection, today)
    task.check()
    told = partial(_tell_page, task, our_language())
    content = report_bytes(spec, database, docket, options, language, told)
    task.check()
    return Made(spec, language, content, page_sizes(content))


def _tell_page(task: Task, ours: str, number: int) -> None:
    with speaking(ours):  # the report speaks its own
        words = tr("Page {number}…", number=number) if number else tr("Making the pages…")
    task.report(0, 0, words)


def written(path: Path, content: bytes) -> Path:
    """Write the pages to a file; in a worker's thread."""
    write_whole(path, content)
    return path


def made_title(made: Made) -> str:
    """The title of a report in its own language."""
    with speaking(made.language):
        return str(made.spec.title)


def file_name(made: Made, today: date) -> str:
    """A name that says what and when."""
    return str(sanitize_filename(f"{made_title(made)} {today.isoformat()}.pdf"))
