"""What is seen of layout plans: every view, and the forms that are filled in most."""

from collections.abc import Callable

from ipdesk.ui.desk import Place
from ipdesk.ui.layout.alarms import AlarmsView
from ipdesk.ui.layout.clock import ClockView
from ipdesk.ui.layout.matrices import MatricesView
from ipdesk.ui.layout.plan import PlanView
from ipdesk.ui.pages.layout import LayoutPage
from ipdesk.ui.window import Window

VIEWS: tuple[tuple[str, str], ...] = (
    ("layout-territory", "matrices:territory"),
    ("layout-product", "matrices:product"),
    ("layout-application", "matrices:application"),
    ("layout-plan", "plan"),
    ("layout-actual", "plan:actual"),
    ("layout-compared", "plan:compared"),
    ("layout-alarms", "alarms"),
    ("layout-clock", "clock"),
    ("layout-disclosures", "clock:disclosures"),
    ("layout-protection", "protection"),
    ("layout-inventions", "inventions"),
    ("layout-tree", "tree"),
    ("layout-products", "tree:product"),
    ("layout-growth", "growth"),
)


def _on(view: str, act: Callable[[LayoutPage], object]) -> tuple[str, Callable[[Window], object]]:
    def then(window: Window) -> None:
        page = window.page
        assert isinstance(page, LayoutPage)
        act(page)

    return view, then


def _search(page: LayoutPage) -> None:
    assert isinstance(page.view, MatricesView)
    page.view.ask_search()


def _row(page: LayoutPage) -> None:
    assert isinstance(page.view, PlanView)
    row = page.view.table.current()
    if row is not None:
        page.view.acts.change(row)


def _launch(page: LayoutPage) -> None:
    assert isinstance(page.view, ClockView)
    page.view.ask_launch(page.view.opened.rows_model.rows[0])


def _budget(page: LayoutPage) -> None:
    assert isinstance(page.view, PlanView)
    page.view.acts.set_budget()


def _foreign(page: LayoutPage) -> None:
    view = page.view
    assert isinstance(view, AlarmsView)
    alarm = next(a for a in view.table.rows_model.rows if a.kind == "priority_ends")
    view.ask_foreign(alarm)


FORMS: tuple[tuple[str, str, Callable[[Window], object]], ...] = (
    ("layout-form-search", *_on("matrices", _search)),
    ("layout-form-row", *_on("plan", _row)),
    ("layout-form-budget", *_on("plan", _budget)),
    ("layout-form-foreign", *_on("alarms", _foreign)),
    ("layout-form-launch", *_on("clock", _launch)),
)


def place(view: str) -> Place:
    """Where a view is found."""
    return Place("layout", view)
