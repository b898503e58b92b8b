"""Edits of the law from the window: they reach every matter concerned, so they report and stop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ipdesk.base.change import Change
from ipdesk.base.i18n import tr
from ipdesk.ui.desk import Desk
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell


def change_law(desk: Desk, act: Callable[..., Change], said: str, *given: Any, **more: Any) -> None:
    """Call an edit of ``rule_edits`` in the writer's lane; afterwards say so, with an undo.

    Being stopped writes nothing.
    """
    today = desk.today()

    def done(_change: Change) -> None:
        desk.say(said, Kind.DONE, (tr("Undo"), partial(desk.do, "undo")))

    desk.worker.long_edit(
        lambda database, task: act(database, today, *given, progress=task.report, **more),
        done,
        partial(tell, desk),
    )
