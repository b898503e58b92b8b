"""The forms of a launch, which shows what it moves before it is set, and of a disclosure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.layout.edits_market import add_disclosure, change_disclosure, set_launch
from ipdesk.core.layout.model import DisclosureFields, DisclosureRow, LaunchRow
from ipdesk.core.layout.moves import Move
from ipdesk.core.layout.queries_clock import moves_of
from ipdesk.core.layout.words import DISCLOSURE_LABELS, GROUND_LABELS, LAUNCH_LABELS
from ipdesk.core.portfolio.offices import office_name, office_of
from ipdesk.ui.desk import Desk
from ipdesk.ui.layout.form import Form, Group
from ipdesk.ui.layout.view import Bench
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import Asked
from ipdesk.ui.widgets.fields import choice_editor, day_editor, line_editor
from ipdesk.ui.widgets.labels import label

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

_MOST = 8
_PAUSE = 250  # milliseconds after the last key


class LaunchForm(Form):
    """A form under which the last safe days stand as they would move."""

    def __init__(self, desk: Desk, parent: QWidget, bench: Bench, row: LaunchRow | None) -> None:
        kinds = [(k, str(v)) for k, v in LAUNCH_LABELS.items()]
        products = [c for c in bench.names.choices("product") if c[0] is not None]
        day = row.date if row and row.kind else None
        asked = (
            Asked("product_id", tr("Product"), choice_editor(products), row and row.product_id),
            Asked("office", tr("Market"), line_editor("CN"), row and row.office, needed=True),
            Asked("day", tr("Date"), day_editor(), day, needed=True),
            Asked("kind", tr("Kind"), choice_editor(kinds), (row and row.kind) or "launch"),
            Asked("note", tr("Note"), line_editor(), row and row.note),
        )
        super().__init__(
            desk,
            parent,
            tr("Set a launch"),
            (Group("", asked),),
            tr("Set launch"),
            lambda v: lambda d, _law: set_launch(d, **v),
            text=tr("A date that is there already moves; every last safe day follows."),
            said=tr("Launch set."),
        )
        self._bench = bench
        self.preview = label("", "muted", wrap=True)
        self.preview.setAccessibleName(tr("What it moves"))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self._wrong), self.preview)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self.look)
        for made in self.editors.values():
            if isinstance(made, QLineEdit):
                made.textChanged.connect(lambda _words: self._soon.start())
            elif isinstance(made, QComboBox):
                made.currentIndexChanged.connect(lambda _place: self._soon.start())

    def look(self) -> None:
        """Ask what these values would move; what is not readable yet moves nothing."""
        try:
            values = self.values()
        except ValueError:
            self.preview.setText("")
            return
        office = office_of(values["office"])
        if office is None:
            self.preview.setText("")
            return
        question = partial(
            _moves, self._desk.today(), values["product_id"], office, values["day"], values["kind"]
        )
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="launch")

    def _show(self, found: list[Move]) -> None:
        lines = [self._line(one) for one in found[:_MOST]]
        if len(found) > _MOST:
            lines.append(tr("… and {n} more", n=len(found) - _MOST))
        head = tr("Last safe days that move:") if found else tr("No last safe day moves.")
        self.preview.setText("\n".join([head, *lines]))
        self.adjustSize()

    def _line(self, one: Move) -> str:
        line = one.line
        name = self._bench.names.subject(line.kind, line.subject_id, line.product)
        right = tr("design") if line.right == "design" else tr("patent")
        return tr(
            "{name}, {office}, {right}: {before} → {after}",
            name=name,
            office=office_name(line.office),
            right=right,
            before=one.before.isoformat() if one.before else "–",
            after=one.after.isoformat() if one.after else "–",
        )


def _moves(
    today: date, product: int, office: str, day: date, kind: str, connection: Connection
) -> list[Move]:
    calendars = docket_for(connection, today).calendars
    return moves_of(connection, calendars, today, product, office, day, kind)


def ask_launch(desk: Desk, parent: QWidget, bench: Bench, row: LaunchRow | None = None) -> None:
    """When a product comes to a market; all last safe days move with it."""
    if len(bench.names.choices("product")) < 2:
        desk.say(tr("Add a product in Tree first."))
        return
    form = LaunchForm(desk, parent, bench, row)
    form.open()
    form.look()


def ask_disclosure(
    desk: Desk,
    parent: QWidget,
    bench: Bench,
    row: DisclosureRow | None = None,
    product: int | None = None,
) -> None:
    """An exhibition, paper, sale or tender; of a product where one is given."""
    known = row.fields if row else None
    grounds = [("", "–"), *((k, str(v)) for k, v in GROUND_LABELS.items())]
    kinds = [(k, str(v)) for k, v in DISCLOSURE_LABELS.items()]
    yes = [(False, tr("no")), (True, tr("yes"))]
    names = bench.names

    def value(name: str) -> Any:
        return getattr(known, name) if known else None

    asked = (
        Asked("kind", tr("Kind"), choice_editor(kinds), value("kind")),
        Asked("date", tr("Date"), day_editor(), value("date"), needed=True),
        Asked("title", tr("Title"), line_editor(), value("title")),
        Asked("product_id", tr("Product"), choice_editor(names.choices("product")),
              value("product_id") or product),
        Asked("technology_id", tr("Technology"), choice_editor(names.technologies()),
              value("technology_id")),
        Asked("office", tr("Country"), line_editor("CN"), value("office")),
        Asked("place", tr("Place"), line_editor(), value("place")),
        Asked("ground", tr("May be excused as"), choice_editor(grounds), value("ground") or ""),
        Asked("confidential", tr("Under a duty of secrecy"), choice_editor(yes),
              bool(value("confidential"))),
        Asked("cancelled", tr("Cancelled"), choice_editor(yes), bool(value("cancelled"))),
        Asked("note", tr("Note"), line_editor(), value("note")),
    )  # fmt: skip

    def act(values: dict[str, Any]) -> Any:
        fields = DisclosureFields(**values)
        if row is None:
            return lambda d, _law: add_disclosure(d, fields)
        return lambda d, _law: change_disclosure(d, row.id, fields)

    title = tr("Change the disclosure") if row else tr("Record a disclosure")
    Form(desk, parent, title, (Group("", asked),), tr("Save"), act, said=tr("Saved.")).open()
