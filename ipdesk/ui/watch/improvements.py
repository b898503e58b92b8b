"""The answer “file improvements”: a row in a layout plan, and the answer that points to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.change import Change
from ipdesk.base.i18n import say, tr
from ipdesk.core.layout.edits import insert_plan, insert_rows, of_layout
from ipdesk.core.layout.model import PlanFields, PlanInfo, RowFields
from ipdesk.core.layout.queries import plans
from ipdesk.core.layout.queries_tree import tree
from ipdesk.core.layout.words import PlanStatus, Role
from ipdesk.core.watch.edits_triage import insert_answer
from ipdesk.core.watch.model import AnswerFields
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.watch.acts import run_act
from ipdesk.ui.watch.editors import words_editor
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import choice_editor, line_editor

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NEW = 0


@dataclass(frozen=True, slots=True)
class Places:
    """Where a planned filing can stand."""

    drafts: Sequence[PlanInfo]
    technologies: Sequence[tuple[int, str]]


def ask_improvement(
    desk: Desk, parent: QWidget, family: int, title: str, fields: AnswerFields
) -> None:
    """Ask for the plan and the row; then both are written."""
    show = partial(_ask, desk, parent, family, title, fields)
    desk.worker.read(_places, show, partial(tell, desk))


def _ask(
    desk: Desk, parent: QWidget, family: int, title: str, fields: AnswerFields, places: Places
) -> None:
    today = desk.today()
    new = (_NEW, tr("a new plan {name}", name=_new_name(today)))
    options = [*((p.id, p.title) for p in places.drafts), new]
    technologies: list[tuple[int | None, str]] = [(None, "–"), *places.technologies]

    def take(values: dict[str, Any]) -> None:
        act = partial(file_improvements, family, fields, values, today)
        run_act(desk, act, tr("Answer recorded; a filing is planned."))

    Asking(
        parent,
        tr("File improvements"),
        tr("A planned filing in a draft of the layout plan; the answer points to it."),
        (
            Asked("plan", tr("Plan"), choice_editor(options), options[0][0]),
            Asked(
                "title", tr("What is to be filed"), line_editor(),
                tr("Improvement over {title}", title=title), needed=True,
            ),
            Asked("technology", tr("Technology"), choice_editor(technologies), None),
            Asked("proposal", tr("Idea"), words_editor(64)),
        ),
        tr("Plan the filing"),
        take,
    ).open()  # fmt: skip


def file_improvements(
    family: int, fields: AnswerFields, values: dict[str, Any], today: date, database: Database
) -> Change:
    """In the writer's thread, one act: the row first, so that the answer can point to it."""
    row = RowFields(
        values["title"],
        technology_id=values["technology"],
        proposal=values["proposal"],
        role=Role.IMPROVEMENT.value,
        role_reason=fields.note,
        owner=fields.owner,
        target=fields.due,
    )
    said = say("Planned the filing {title}", title=values["title"])
    with database.write(said) as writer:
        plan = values["plan"]
        if plan == _NEW:
            plan = insert_plan(writer, PlanFields(_new_name(today), owner=fields.owner), today)
        planned = insert_rows(writer, plan, [row])
        linked = replace(fields, linked_table="plan_row", linked_id=planned[0])
        answered = insert_answer(writer, family, linked, today).change
        return Change(of_layout(writer).topics | answered.topics, action=writer.action)


def _new_name(today: date) -> str:
    return str(today.year + 1)


def _places(connection: Connection) -> Places:
    drafts = [p for p in plans(connection) if p.status == PlanStatus.DRAFT]
    branches = tree(connection, counted=False)
    return Places(drafts, [(b.id, "   " * b.depth + b.name) for b in branches])
