"""What goes out comes back: the lists of the window in either language, and the archive."""

from pathlib import Path

from sqlalchemy import select, update

from ipdesk.base.i18n import set_language
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.intake.edits import prepare
from ipdesk.core.intake.plan import Verdict
from ipdesk.core.intake.reading import read_list
from ipdesk.demo.whole import fill_demo
from ipdesk.store.archive import export_archive, import_archive
from ipdesk.store.database import Database
from ipdesk.store.migrate import open_database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema import metadata
from ipdesk.store.schema.portfolio import matter
from ipdesk.ui.desk import Desk
from ipdesk.ui.matter.source import MatterSource
from ipdesk.ui.tables.export import write_list
from tests.conftest import TODAY
from tests.ui.conftest import Settle


def test_the_portfolio_of_the_demonstration_comes_back_unchanged(
    desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    database = desk.worker.database()
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    fill_demo(database, docket)
    with database.engine.begin() as connection:  # as it stood before domains had a number
        named = update(matter).where(matter.c.right == "domain_name")
        named = named.values(application_number="", application_key=None)
        connection.execute(named, execution_options={"recorded": True})
    source = MatterSource(lambda: TODAY)
    for language, suffix in (("en", "csv"), ("zh_CN", "xlsx")):
        set_language(language)
        path = tmp_path / f"{language}.{suffix}"
        write_list(desk, path, "Portfolio", source, ListQuery(), source.columns())
        settle()
        result = read_list(path)
        with database.read() as connection:
            plan = prepare(connection, result)
        assert plan.counts == {Verdict.UNCHANGED: len(result.drafts)}, path.name
        assert len(result.drafts) > 400
        unread = {m.header for m in result.mapping if not m.field}
        assert len(unread) == 2, unread  # differences and our own grade
    _rebuilt(database, tmp_path)


def _rebuilt(database: Database, folder: Path) -> None:
    """The archive of all of it rebuilds every table in an empty portfolio."""
    path = folder / "all.zip"
    counts = export_archive(database, path)
    assert counts["hit_score"] > 0
    other = open_database(folder / "other.ipdesk")
    assert import_archive(other, path) == counts
    with database.read() as first, other.read() as second:
        for table in metadata.sorted_tables:
            if table.name not in ("counter", "action", "search_text"):  # derived, or its own
                order = list(table.primary_key.columns)
                rows = [c.execute(select(table).order_by(*order)).all() for c in (first, second)]
                assert rows[0] == rows[1], table.name
    other.close()
