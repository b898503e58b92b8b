"""What the tests of the layout page do again and again: open a view, fill a form, read a card."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ipdesk.ui.layout.form import Form
from ipdesk.ui.pages.layout import LayoutPage

Settle = Callable[[], None]


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
