"""What the tests of the layout page do again and again: open a view, fill a form, read a card."""

from typing import Any

from PySide6.QtWidgets import QWidget

from ipdesk.ui.layout.form import Form
from ipdesk.ui.pages.layout import LayoutPage
from tests.ui.conftest import Settle


def form_of(view: QWidget) -> Form:
    """The form that is open."""
    found = [form for form in view.findChildren(Form) if form.isVisible()]
    assert len(found) == 1
    return found[0]


def shown(page: LayoutPage, name: str, kind: type[Any], settle: Settle) -> Any:
    page.choose(name)
    settle()
    assert isinstance(page.view, kind)
    return page.view


def words(view: QWidget) -> str:
    """Everything that the labels and buttons of a card say."""
    found = [w.text() for w in view.findChildren(QWidget) if hasattr(w, "text")]
    return "\n".join(str(text) for text in found)
