"""A new matter typed by hand: what kind, where, its names and the first dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import tr
from ipdesk.base.text import is_chinese
from ipdesk.core.docket.events import grant_event
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.portfolio.model import RIGHT_LABELS, MatterFields, PersonName, Right
from ipdesk.store.database import Database
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_from
from ipdesk.ui.matter.overview import office_editor, read_claim
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import choice_editor, day_editor, line_editor, names_editor

_COMMON = (
    Right.INVENTION,
    Right.UTILITY_MODEL,
    Right.DESIGN,
    Right.PCT,
    Right.TRADEMARK,
    Right.SOFTWARE,
    Right.DOMAIN,
)


def ask_new_matter(desk: Desk, parent: QWidget, then: Callable[[int], object]) -> Asking:
    """Open the dialog; *then* hears the id of the new matter."""
    ordered = [*_COMMON, *(right for right in Right if right not in _COMMON)]
    rights = [(right.value, str(RIGHT_LABELS[right])) for right in ordered]
    asked = (
        Asked("right", tr("Right"), choice_editor(rights), Right.INVENTION.value),
        Asked("office", tr("Office"), office_editor(), "CN", needed=True),
        Asked("title", tr("Title"), line_editor(), needed=True),
        Asked("reference", tr("Reference"), line_editor(tr("empty: the next free one"))),
        Asked("applicants", tr("Applicants"), names_editor(tr("One name a line")), ()),
        Asked("number", tr("Application no."), line_editor()),
        Asked("filing", tr("Filing date"), day_editor()),
        Asked("priority", tr("Priority"), line_editor(tr("number, office, YYYY-MM-DD"))),
        Asked("grant", tr("Granted or registered"), day_editor()),
    )

    def make(values: dict[str, Any]) -> None:
        fields, dates = drafted(values)

        def act(database: Database, docket: Docket) -> Any:
            return create_matter(database, docket, fields, dates)

        run_from(dialog, desk, act, tr("Matter created."), lambda made: then(made[0]))

    dialog = Asking(
        parent,
        tr("New matter"),
        tr("The rest can be typed in the detail. Deadlines are computed at once."),
        asked,
        tr("Create matter"),
        make,
        stays=True,
    )
    dialog.open()
    return dialog


def drafted(values: dict[str, Any]) -> tuple[MatterFields, dict[str, Any]]:
    """What was typed, as the core takes it."""
    title = values["title"]
    zh = is_chinese(title)
    claim = read_claim(values["priority"]) if values["priority"] else None
    fields = MatterFields(
        right=values["right"],
        office=values["office"],
        reference=values["reference"],
        title=title,
        title_en="" if zh else title,
        title_zh=title if zh else "",
        application_number=values["number"],
        people=tuple(PersonName("applicant", name) for name in values["applicants"]),
        priorities=(claim,) if claim else (),
    )
    days = {"filing": values["filing"], grant_event(values["right"]): values["grant"]}
    return fields, {kind: day for kind, day in days.items() if day is not None}
