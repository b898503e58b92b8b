"""Invention disclosures, the technology tree and its sheets on the layout page."""

from pathlib import Path

from ipdesk.core.layout.queries import inventions, plan_rows
from ipdesk.core.layout.queries_tree import effects, tree
from ipdesk.ui.layout.inventions import InventionsView
from ipdesk.ui.layout.sheets import SheetPreview, read_sheet, write_sheet
from ipdesk.ui.layout.tree import TreeView
from ipdesk.ui.pages.layout import LayoutPage
from tests.ui.conftest import Settle
from tests.ui.forms import put
from tests.ui.layout.opened import form_of, shown


def test_a_decided_invention_becomes_a_row_of_the_draft(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "inventions", InventionsView, settle)
    view.ask_review()
    put(form_of(view), by="王敏", value=4, copying=3, detectability=2)
    form_of(view).finish()
    settle()
    view.ask_decision()
    form_of(view).finish()
    settle()
    database = page.desk.worker.database()
    with database.read() as connection:
        one = inventions(connection)[0]
        rows = plan_rows(connection, [page.bench.plan or 0])
    assert one.state == "decided"
    row = next(r for r in rows if r.fields.invention_id == one.id)
    assert (row.fields.title, row.priority) == ("Sealed edge", 24)


def test_a_technology_with_something_below_it_is_not_deleted(
    page: LayoutPage, settle: Settle
) -> None:
    view = shown(page, "tree", TreeView, settle)
    view.ask_new()
    put(form_of(view), name="Silver inks", parent_id=view.table.rows_model.rows[0].id)
    form_of(view).finish()
    settle()
    view.table.selectRow(0)
    said: list[object] = []
    page.desk.said.connect(lambda text, _kind, _action: said.append(text))
    view.delete()
    settle()
    assert "stands below this technology" in str(said[0])
    with page.desk.worker.database().read() as connection:
        assert [b.name for b in tree(connection)] == ["Metal inks", "Silver inks", "Printers"]


def test_a_sheet_that_was_written_comes_in_again_and_changes_nothing(
    page: LayoutPage, settle: Settle, tmp_path: Path
) -> None:
    view = shown(page, "tree", TreeView, settle)
    path = tmp_path / "effects.xlsx"
    write_sheet(page.desk, "effect", path)
    settle()
    read_sheet(page.desk, view, "effect", path)
    settle()
    preview = view.findChild(SheetPreview)
    assert preview is not None
    assert [line.state for line in preview.table.rows_model.rows] == ["same", "same"]
    assert not preview.doing.isEnabled()
    with page.desk.worker.database().read() as connection:
        assert len(effects(connection)) == 2
