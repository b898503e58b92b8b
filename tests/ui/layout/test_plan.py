"""Rows and budgets of a plan on the layout page, its versions and their comparison."""

from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QPushButton

from ipdesk.core.layout.budget import quarter
from ipdesk.core.layout.model import Target
from ipdesk.core.layout.queries import budget_of
from ipdesk.ui.layout.budget import BudgetForm, quarters_of
from ipdesk.ui.layout.plan import PlanView
from ipdesk.ui.pages.layout import LayoutPage
from ipdesk.ui.tables.small import SmallTable
from tests.conftest import TODAY
from tests.ui.conftest import Settle
from tests.ui.forms import put
from tests.ui.layout.opened import form_of, shown


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
    assert view.table.current() == row


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


def form_quarters(view: PlanView) -> list[date]:
    info = view.acts.plan
    assert info is not None
    return quarters_of(info, (), TODAY)[:3]


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
