"""The layout page: cells, plan rows, the clock, protection, inventions, the tree."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.layout.budget import quarter
from ipdesk.core.layout.cells import Axis, Cell
from ipdesk.core.layout.coverage import Matrix
from ipdesk.core.layout.edits import add_plan, add_rows
from ipdesk.core.layout.edits_market import set_launch
from ipdesk.core.layout.edits_tree import (
    ItemFields,
    TechnologyFields,
    add_item,
    add_technology,
    link_matters,
)
from ipdesk.core.layout.edits_work import add_invention
from ipdesk.core.layout.model import InventionFields, PlanFields, RowFields, Target
from ipdesk.core.layout.queries import budget_of, inventions, plan_rows
from ipdesk.core.layout.queries_tree import effects, tree
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.alarms import AlarmsView
from ipdesk.ui.layout.budget import BudgetForm, quarters_of
from ipdesk.ui.layout.clock import LAUNCHES, ClockView
from ipdesk.ui.layout.form import Form
from ipdesk.ui.layout.grid import MatrixTable
from ipdesk.ui.layout.inventions import InventionsView
from ipdesk.ui.layout.launches import LaunchForm
from ipdesk.ui.layout.matrices import MatricesView
from ipdesk.ui.layout.plan import PlanView
from ipdesk.ui.layout.protection import ProtectionView
from ipdesk.ui.layout.sheets import SheetPreview, read_sheet, write_sheet
from ipdesk.ui.layout.tree import TreeView
from ipdesk.ui.pages.layout import LayoutPage
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import LinkLine
from tests.conftest import TODAY

Settle = Callable[[], None]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Two technologies, two effects, a product with a launch, one matter, a plan of two rows."""
    database = desk.worker.database()
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    inks, _ = add_technology(database, TechnologyFields("Metal inks", name_zh="金属墨水"))
    add_technology(database, TechnologyFields("Printers"))
    adhesion, _ = add_item(database, "effect", ItemFields("Adhesion"))
    add_item(database, "effect", ItemFields("Low cost"))
    film, _ = add_item(database, "product", ItemFields("Heating film"))
    fields = MatterFields(
        right="invention",
        office="CN",
        title="Ink",
        reference="P-001",
        technologies=("Metal inks",),
    )
    matter, _ = create_matter(database, docket, fields, {"filing": date(2025, 5, 30)})
    link_matters(database, "effect", [matter], [adhesion])
    set_launch(database, film, "CN", date(2027, 5, 3))
    plan, _ = add_plan(database, PlanFields("2027", currency="CNY"), TODAY)
    rows = (
        RowFields(
            "Film with a barrier",
            technology_id=inks,
            effect_id=adhesion,
            product_id=film,
            territories=(Target("CN"),),
            inventors=("方小鸥",),
            target=date(2027, 2, 1),
            value=5,
            copying=4,
            detectability=3,
        ),
        RowFields("Cheaper film", technology_id=inks),
    )
    add_rows(database, plan, rows)
    add_invention(database, InventionFields("Sealed edge", TODAY, inventors=("罗天翼",)))
    return desk


@pytest.fixture
def page(filled: Desk, qtbot: QtBot, settle: Settle) -> LayoutPage:
    made = LayoutPage(filled)
    qtbot.addWidget(made)
    made.resize(1080, 740)
    made.show()
    QApplication.processEvents()
    settle()
    return made


def form_of(view: QWidget) -> Form:
    """The form that is open."""
    found = [form for form in view.findChildren(Form) if form.isVisible()]
    assert len(found) == 1
    return found[0]


def put(form: Form, **values: Any) -> None:
    """Type into a form."""
    for name, value in values.items():
        made: Any = form.editors[name]
        if hasattr(made, "setPlainText"):
            made.setPlainText(value)
        elif hasattr(made, "setText"):
            made.setText(value)
        else:
            made.setCurrentIndex(made.findData(value))


def shown(page: LayoutPage, name: str, kind: type[Any], settle: Settle) -> Any:
    page.choose(name)
    settle()
    assert isinstance(page.view, kind)
    return page.view


def words(view: QWidget) -> str:
    """Everything that the labels and buttons of a card say."""
    found = [w.text() for w in view.findChildren(QWidget) if hasattr(w, "text")]
    return "\n".join(str(text) for text in found)


# -- matrices -------------------------------------------------------------------------------------
def cell_of(view: MatricesView, row: str, column: str) -> Cell:
    matrix = view.grid.cells.matrix
    at = next(axis.key for axis in matrix.rows if axis.name == row)
    over = next(axis.key for axis in matrix.columns if axis.name == column)
    return matrix.cell(at, over)


def test_a_cell_counts_own_matters_and_planned_rows_and_is_unchecked(
    page: LayoutPage, settle: Settle
) -> None:
    view = shown(page, "matrices", MatricesView, settle)
    cell = cell_of(view, "Metal inks", "Adhesion")
    assert (cell.own, cell.planned, cell.state) == (1, 1, "unchecked")
    text = words(view.card)
    assert "P-001" in text
    assert "Film with a barrier" in text
    assert "whether it is blank is not known" in text


def test_a_recorded_search_checks_the_selected_cells(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "matrices", MatricesView, settle)
    view.grid.selectAll()
    next(a for a in view.grid.actions() if a.shortcut().toString() == "Ctrl+Return").trigger()
    form = form_of(view)
    put(form, database="CNIPA", numbers="CN1\nCN2")
    form.finish()
    assert form.problem == "Query is missing."
    put(form, query="ink AND adhesion")
    form.finish()
    settle()
    states = {cell.state for _, _, cell in view.grid.cells.matrix}
    assert states == {"checked"}
    assert "ink AND adhesion" in words(view.card)
    assert "CN1, CN2" in words(view.card)


def test_not_needed_asks_for_a_reason_and_keeps_the_form_open(
    page: LayoutPage, settle: Settle
) -> None:
    view = shown(page, "matrices", MatricesView, settle)
    view.acts.word(view.chosen(), Cell(), view.kind)
    form = form_of(view)
    put(form, word="not_needed")
    form.finish()
    settle()
    assert "why nothing is needed" in form.problem
    put(form, reason="bought in")
    form.finish()
    settle()
    assert cell_of(view, "Metal inks", "Adhesion").word == "not_needed"


def test_a_matrix_of_200_by_40_is_drawn_in_a_second(qtbot: QtBot, page: LayoutPage) -> None:
    rows = tuple(Axis(n, f"Technology {n}") for n in range(200))
    columns = tuple(Axis(n, f"Effect {n}") for n in range(40))
    cells = {
        (r.key, c.key): Cell(n % 9, n % 4, n % 3, n % 5, "checked" if n % 2 else "unchecked")
        for n, (r, c) in enumerate((r, c) for r in rows for c in columns)
    }
    grid = MatrixTable()
    qtbot.addWidget(grid)
    grid.resize(1600, 1000)
    start = process_time()  # of this process: other work on the machine does not count
    grid.put(Matrix("effect", rows, columns, cells))
    grid.show()
    grid.grab()
    grid.scrollToBottom()
    grid.grab()
    assert process_time() - start < 1


def test_arrows_walk_from_cell_to_cell(page: LayoutPage, settle: Settle, qtbot: QtBot) -> None:
    view = shown(page, "matrices", MatricesView, settle)
    view.grid.setFocus()
    qtbot.keyClick(view.grid, Qt.Key.Key_Right)  # type: ignore[no-untyped-call]
    settle()
    current = view.grid.current()
    assert current is not None
    assert current[1].name == "Low cost"
    assert "Metal inks × Low cost" in words(view.card)


def test_matters_are_placed_in_a_cell_and_a_search_is_taken_back(
    page: LayoutPage, settle: Settle
) -> None:
    view = shown(page, "matrices", MatricesView, settle)
    view.acts.matters(view.kind, view.chosen())
    settle()
    form = form_of(view)
    (here,) = form.editors["wanted"].toPlainText().splitlines()  # type: ignore[attr-defined]
    form.editors["wanted"].setPlainText(f"{here}\nX-404")  # type: ignore[attr-defined]
    form.finish()
    settle()
    assert "X-404" in form.problem
    form.editors["wanted"].setPlainText("")  # type: ignore[attr-defined]
    form.finish()
    settle()
    assert cell_of(view, "Metal inks", "Adhesion").own == 0
    view.grid.setCurrentIndex(view.grid.cells.index(1, 1))
    view.acts.matters(view.kind, view.chosen())
    settle()
    again = form_of(view)
    again.editors["wanted"].setPlainText(here.lower())  # type: ignore[attr-defined]
    again.finish()
    settle()
    assert cell_of(view, "Printers", "Low cost").own == 1

    view.ask_search()
    search = form_of(view)
    put(search, database="cnipa", query="printer", on="2027-01-01")
    search.finish()
    assert "future" in search.problem
    put(search, on="2026-11-20")
    search.finish()
    settle()
    assert cell_of(view, "Printers", "Low cost").state == "checked"
    next(b for b in view.card.findChildren(LinkLine) if "Take this" in b.accessibleName()).click()
    settle()
    assert cell_of(view, "Printers", "Low cost").state == "unchecked"


# -- plan -----------------------------------------------------------------------------------------
def test_a_new_row_is_saved_with_an_estimate(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "plan", PlanView, settle)
    view.add.trigger()
    form = form_of(view)
    put(form, title="Roll to roll", right="utility_model", territories="CN: home", target="2027-06")
    form.finish()
    settle()
    row = view.table.rows_model.rows[-1]
    assert row.fields.title == "Roll to roll"
    assert row.fields.target == date(2027, 6, 1)
    assert row.fields.territories == (Target("CN", "home"),)
    assert row.estimate


def test_an_approved_row_becomes_a_matter_in_preparation(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "plan", PlanView, settle)
    view.acts.approve([view.table.rows_model.rows[0]])
    form_of(view).finish()
    settle()
    row = view.table.rows_model.rows[0]
    assert row.status == "approved"
    assert [m.status for m in row.matters] == ["preparation"]


def test_dropping_a_row_needs_a_reason(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "plan", PlanView, settle)
    view.acts.move_on([view.table.rows_model.rows[1]])
    form = form_of(view)
    put(form, status="dropped")
    form.finish()
    settle()
    assert "why the row is dropped" in form.problem
    put(form, reason="too dear")
    form.finish()
    settle()
    assert view.table.rows_model.rows[1].status == "dropped"


def test_budgets_are_typed_and_pasted_and_stand_beside_the_estimates(
    page: LayoutPage, settle: Settle
) -> None:
    view = shown(page, "plan", PlanView, settle)
    view.acts.set_budget()
    settle()
    (form,) = view.findChildren(BudgetForm)
    form.sheets["quarter"].put(0, 0, "1 000,x")
    form.finish()
    assert "1 000,x" in form.wrong.text()
    form.sheets["quarter"].put(0, 0, "45,000")
    right = form.sheets["right"]
    right.setCurrentCell(0, 1)
    right.paste("100\t200.5\n300\n")
    assert right.words(0, len(right.heads)) == "300.50"
    form.office.setText("Mars")
    form.add_office()
    assert "Mars" in form.wrong.text()
    form.office.setText("日本")
    form.add_office()
    territory = form.sheets["territory"]
    territory.put(territory.rowCount() - 1, 0, "70")
    form.finish()
    settle()
    first, second, third = form_quarters(view)
    with page.desk.worker.database().read() as connection:
        stands = {(b.quarter, b.right, b.office, b.amount) for b in budget_of(connection, 1)}
    assert stands == {
        (first, "", "", Decimal(45000)),
        (second, "invention", "", Decimal(100)),
        (third, "invention", "", Decimal("200.5")),
        (second, "utility_model", "", Decimal(300)),
        (first, "", "JP", Decimal(70)),
    }
    view.choose("actual")
    lines = {line.id: line for line in view.actual.table.rows_model.rows}
    assert lines[f"quarter:{quarter(first)}"].money.shown("budget") == "45,000"
    assert lines["territory:JP"].money.left == Decimal(70)


def form_quarters(view: PlanView) -> list[date]:
    info = view.acts.plan
    assert info is not None
    return quarters_of(info, (), TODAY)[:3]


def test_an_approved_version_offers_a_copy_instead_of_a_change(
    page: LayoutPage, settle: Settle
) -> None:
    view = shown(page, "plan", PlanView, settle)
    view.acts.approve_plan()
    form_of(view).finish()
    settle()
    said: list[object] = []
    page.desk.said.connect(lambda text, _kind, action: said.extend((text, action)))
    view.add.trigger()
    assert "does not change any more" in str(said[0])
    view.acts.copy_version()
    settle()
    info = page.bench.names.plan(page.bench.plan)
    assert info is not None
    assert (info.version, info.status) == (2, "draft")
    assert view.acts.plan == info


# -- clock and protection -------------------------------------------------------------------------
def test_moving_a_launch_moves_the_last_safe_day_shown(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "clock", ClockView, settle)
    before = view.clock.rows_model.rows[0]
    assert before.due < date(2027, 5, 3)
    view.choose(LAUNCHES)
    view.ask_launch(view.opened.rows_model.rows[0])
    put(form_of(view), day="2027-03-02")
    form_of(view).finish()
    settle()
    after = view.clock.rows_model.rows[0]
    assert after.due == date(2027, 3, 1)
    assert any("2027-03-02" in str(reason) for reason in after.why)


def test_a_launch_says_what_it_moves_before_it_is_set(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "clock", ClockView, settle)
    view.ask_launch(view.opened.rows_model.rows[0])
    form = form_of(view)
    assert isinstance(form, LaunchForm)
    put(form, day="2027-09-15")
    form.look()
    settle()
    assert "China, patent: " in form.preview.text()
    assert "→ 2027-09-14" in form.preview.text()
    put(form, day="soon")
    form.look()
    assert form.preview.text() == ""
    form.reject()
    assert all(line.due != date(2027, 9, 14) for line in view.clock.rows_model.rows)


def test_an_alarm_of_a_priority_year_ends_with_a_decision(page: LayoutPage, settle: Settle) -> None:
    database = page.desk.worker.database()
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    fields = MatterFields("invention", "CN", title="First")
    matter, _ = create_matter(database, docket, fields, {"filing": date(2025, 12, 20)})
    view = shown(page, "alarms", AlarmsView, settle)
    alarm = next(a for a in view.table.rows_model.rows if a.matter_id == matter)
    view.visit(alarm.key)
    settle()
    assert view.table.current() == alarm
    view.ask_foreign(alarm)
    form = form_of(view)
    put(form, decision="none")
    form.finish()
    settle()
    assert "why" in form.problem
    put(form, reason="home market only")
    form.finish()
    settle()
    assert all(a.matter_id != matter for a in view.table.rows_model.rows)


def test_plans_to_compare_are_chosen_and_rows_searched(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "plan", PlanView, settle)
    view.acts.copy_version()
    settle()
    rows = view.table.rows_model.rows
    view.acts.order(rows, rows[0], 1)
    settle()
    assert [r.fields.title for r in view.table.rows_model.rows] == [
        r.fields.title for r in reversed(rows)
    ]
    view.search.setText(rows[0].fields.title.upper())
    assert [r.id for r in view.table.rows_model.rows] == [rows[0].id]
    view.search.clear()
    view.choose("compared")
    (chip,) = view.compared.findChildren(QPushButton)
    assert chip.isChecked()
    chip.click()
    settle()
    assert view.compared.findChildren(SmallTable) == []


def test_a_gap_becomes_an_accepted_risk_with_who_and_why(page: LayoutPage, settle: Settle) -> None:
    view = shown(page, "protection", ProtectionView, settle)
    line = view.table.rows_model.rows[0]
    assert (line.product, line.standing) == ("Heating film", "gap")
    view.ask_risk()
    form = form_of(view)
    form.finish()
    assert form.problem == "Why is missing."
    put(form, reason="small market", by="Li Lei")
    form.finish()
    settle()
    line = view.table.rows_model.rows[0]
    assert line.standing == "accepted_risk"
    assert "small market" in words(view.card)


# -- inventions and tree --------------------------------------------------------------------------
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


# -- the page -------------------------------------------------------------------------------------
def test_a_place_leads_to_a_view_and_to_a_row(page: LayoutPage, settle: Settle) -> None:
    page.visit(Place("layout", "matrices:product"))
    settle()
    assert isinstance(page.view, MatricesView)
    assert page.view.kind == "product"
    page.visit(Place("layout", "plan:2"))
    settle()
    assert isinstance(page.view, PlanView)
    assert page.view.table.current().id == 2
    assert page.place() == Place("layout", "plan")


@pytest.mark.parametrize("name", ["matrices", "plan", "clock", "protection", "growth"])
def test_an_empty_file_shows_every_view_and_says_what_to_do(
    desk: Desk, qtbot: QtBot, settle: Settle, name: str
) -> None:
    page = LayoutPage(desk)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    page.choose(name)
    QApplication.processEvents()
    settle()
    assert page.view.isVisible()
    assert page.findChildren(QPushButton)
