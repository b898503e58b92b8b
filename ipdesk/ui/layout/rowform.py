"""The form of a plan row: what, why, where, who, how it is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields as names_of
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.setting import fees_for
from ipdesk.core.layout.edits import Pricing, add_rows, change_row
from ipdesk.core.layout.entries import company_terms
from ipdesk.core.layout.model import RowFields, Target
from ipdesk.core.layout.words import PLAN_RIGHTS, ROLE_LABELS, ROW_STATUS_LABELS
from ipdesk.core.portfolio.offices import office_of
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.layout.form import Form, Group, judged_editor, month_editor
from ipdesk.ui.layout.view import Bench
from ipdesk.ui.widgets.asking import Asked
from ipdesk.ui.widgets.fields import (
    Editor,
    choice_editor,
    line_editor,
    names_editor,
    text_editor,
)


def pricing_for(database: Database, law: Docket) -> Pricing:
    """In the writer's thread: fee tables, and the reduction while a record of this year holds."""
    with database.read() as connection:
        fees = fees_for(connection, law)
        terms = company_terms(connection, law.today)
    return Pricing(fees, terms, law.today)


def ask_row(
    desk: Desk,
    parent: QWidget,
    bench: Bench,
    plan: int,
    row: int | None,
    given: RowFields | None = None,
    then: Callable[[int], object] | None = None,
) -> Form:
    """The form for a new row of a plan, or for one that stands; *then* hears of a new one."""
    known = given or RowFields(title="")

    def act(values: dict[str, Any]) -> Any:
        fields = read_row(known, values)

        def work(database: Database, law: Docket) -> Any:
            pricing = pricing_for(database, law)
            if row is None:
                return add_rows(database, plan, [fields], pricing)
            return change_row(database, row, fields, pricing)

        return work

    form = Form(
        desk,
        parent,
        tr("Change the row") if row is not None else tr("New row of the plan"),
        _groups(bench, known),
        tr("Save") if row is not None else tr("Add row"),
        act,
        said=tr("Row saved; its cost is estimated anew."),
        then=(lambda result: then(result[0][0])) if row is None and then else None,
    )
    form.open()
    return form


def read_row(known: RowFields, values: dict[str, Any]) -> RowFields:
    """The row as typed; what the form does not ask stays."""
    asked = {field.name for field in names_of(RowFields)} & set(values)
    return replace(known, **{name: values[name] for name in asked})


def _groups(bench: Bench, row: RowFields) -> tuple[Group, ...]:
    names = bench.names

    def ask(name: str, caption: str, editor: Editor, needed: bool = False) -> Asked:
        return Asked(name, caption, editor, getattr(row, name), needed)

    what = (
        ask("title", tr("Title"), line_editor(tr("what is to be filed")), needed=True),
        ask("technology_id", tr("Technology"), choice_editor(names.technologies())),
        ask("effect_id", tr("Effect"), choice_editor(names.choices("effect"))),
        ask("application_id", tr("Application field"), choice_editor(names.choices("application"))),
        ask("product_id", tr("Product"), choice_editor(names.choices("product"))),
        ask("office", tr("Market"), office_editor()),
        ask("gap", tr("Gap"), text_editor()),
        ask("proposal", tr("Proposal"), text_editor()),
    )
    how = (
        ask("right", tr("Right"), choice_editor([(k, str(v)) for k, v in PLAN_RIGHTS.items()])),
        ask("right_reason", tr("Why this right"), line_editor()),
        ask("role", tr("Role"), choice_editor([(k, str(v)) for k, v in ROLE_LABELS.items()])),
        ask("role_reason", tr("Why this role"), line_editor(tr("needed for a trade secret"))),
        ask("territories", tr("Territories"), territories_editor()),
        ask("target", tr("Target month"), month_editor()),
        ask("value", tr("Value, 1 to 5"), judged_editor()),
        ask("copying", tr("Risk of copying, 1 to 5"), judged_editor()),
        ask("detectability", tr("Detectability, 1 to 5"), judged_editor()),
    )
    statuses = [(k, str(v)) for k, v in ROW_STATUS_LABELS.items()]
    who = (
        ask("inventors", tr("Inventors"), names_editor(tr("one name a line"))),
        ask("owner", tr("Answers for it"), line_editor()),
        ask("agent", tr("Agent"), line_editor()),
        ask("agent_cost", tr("Agent's cost"), amount_editor()),
        ask("agent_currency", tr("Currency"), line_editor("CNY")),
        ask("status", tr("State"), choice_editor(statuses)),
        ask("reason", tr("Reason"), line_editor(tr("needed where it is dropped"))),
        ask("note", tr("Note"), text_editor()),
    )
    return (
        Group(tr("What"), what),
        Group(tr("How and where"), how),
        Group(tr("Who and how far"), who),
    )


def office_editor() -> Editor:
    """One office by its code or name, or nothing."""

    def read(made: Any) -> str:
        words = made.text().strip()
        code = office_of(words) if words else ""
        if code is None:
            raise ValueError(tr("There is no office “{name}”.", name=words))
        return code

    return Editor(line_editor("CN").make, read)


def territories_editor() -> Editor:
    """An office a line, with its reason after a colon."""

    def make(value: tuple[Target, ...]) -> QWidget:
        lines = tuple(f"{t.office}: {t.reason}" if t.reason else t.office for t in value or ())
        return plain.make(lines)

    def read(made: Any) -> tuple[Target, ...]:
        found: dict[str, Target] = {}
        for line in plain.read(made):
            name, _, reason = line.replace("：", ":").partition(":")
            code = office_of(name.strip())
            if code is None:
                raise ValueError(tr("There is no office “{name}”.", name=name.strip()))
            found[code] = Target(code, reason.strip())
        return tuple(found.values())

    plain = names_editor(tr("one a line, e.g. US: launch in 2027"))
    return Editor(make, read)


def amount_editor() -> Editor:
    """An amount of money, or nothing."""

    def read(made: Any) -> Decimal | None:
        words = made.text().strip().replace(",", "")
        if not words:
            return None
        try:
            amount = Decimal(words)
        except InvalidOperation:
            raise ValueError(tr("Type an amount in figures, or nothing.")) from None
        if not amount.is_finite() or amount < 0:
            raise ValueError(tr("Type an amount in figures, or nothing."))
        return amount

    plain = line_editor()
    return Editor(lambda value: plain.make("" if value is None else str(value)), read)
