"""The pages of law in tests: the rules opened, a card read, a form finished, dates asked."""

from datetime import date
from typing import Any

from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.ui.desk import Place
from ipdesk.ui.law.rulesview import RulesView
from ipdesk.ui.pages.rules import RULES, RulesPage
from ipdesk.ui.widgets.asking import Asking
from ipdesk.ui.widgets.labels import Wrapped
from ipdesk.ui.window import Window
from tests.ui.forms import put
from tests.ui.scenes import wait


def rules_view(window: Window, search: str = "") -> RulesView:
    window.go(Place("rules", RULES, search=search))
    wait(window)
    page = window.page
    assert isinstance(page, RulesPage)
    view = page.view
    assert isinstance(view, RulesView)
    if search:
        view.list.table.selectRow(0)
        wait(window)
    return view


def told_by(widget: Any) -> str:
    return "\n".join(line.text() for line in widget.findChildren(Wrapped) if line.isVisible())


def due_by(window: Window, rule: str) -> list[date]:
    with window.desk.worker.database().read() as connection:
        return [d.due for d in deadlines_of_matter(connection, 1) if d.rule == rule]


def finish(window: Window, owner: Any, **texts: str) -> None:
    form = next(w for w in owner.findChildren(Asking) if w.isVisible())
    put(form, **texts)
    form.finish()
    assert not form.isVisible()
    wait(window)
