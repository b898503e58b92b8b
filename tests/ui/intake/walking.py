"""Walking through the steps of the import page."""

from pathlib import Path

from ipdesk.core.intake.plan import Verdict
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.intake.bringing import Step
from ipdesk.ui.pages.imports import ImportPage
from tests.ui.conftest import Settle


def preview_of(page: ImportPage, settle: Settle, path: Path) -> ImportPage:
    """The page at its third step."""
    page.bringing.open(path)
    settle()
    page.go_on()
    settle()
    assert page.bringing.step is Step.PREVIEW
    return page


def imported(page: ImportPage, settle: Settle, path: Path) -> ImportPage:
    """The page at its last step."""
    preview_of(page, settle, path).go_on()
    settle()
    assert page.bringing.step is Step.RESULT
    return page


def counts(page: ImportPage) -> dict[str, int]:
    preview = page.bringing.preview
    assert preview is not None
    return {verdict.value: preview.count(verdict) for verdict in Verdict}


def titles(desk: Desk) -> list[str]:
    with desk.worker.database().read() as connection:
        return sorted(m.title for m in matter_rows(connection, matter_ids(connection, ListQuery())))


def place_of(page: ImportPage, title: str) -> int:
    """Where a title stands in the preview."""
    preview = page.bringing.preview
    assert preview is not None
    return next(p for p in range(preview.count("all")) if preview.draft(p).title == title)
