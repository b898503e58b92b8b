"""Matrices on the layout page: what a cell counts, its searches, its word and its matters."""

from time import process_time

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ipdesk.core.layout.cells import Axis, Cell
from ipdesk.core.layout.coverage import Matrix
from ipdesk.ui.layout.grid import MatrixTable
from ipdesk.ui.layout.matrices import MatricesView
from ipdesk.ui.pages.layout import LayoutPage
from ipdesk.ui.widgets.buttons import LinkLine
from tests.ui.conftest import Settle
from tests.ui.forms import lines_in, put
from tests.ui.layout.opened import form_of, shown, words


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
    qtbot.keyClick(view.grid, Qt.Key.Key_Right)
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
    (here,) = lines_in(form, "wanted")
    put(form, wanted=f"{here}\nX-404")
    form.finish()
    settle()
    assert "X-404" in form.problem
    put(form, wanted="")
    form.finish()
    settle()
    assert cell_of(view, "Metal inks", "Adhesion").own == 0
    view.grid.setCurrentIndex(view.grid.cells.index(1, 1))
    view.acts.matters(view.kind, view.chosen())
    settle()
    again = form_of(view)
    put(again, wanted=here.lower())
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
