"""What people do with plans and their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.core.layout import edits
from ipdesk.core.layout.edits_work import approve_rows, link_matter, unlink_matter
from ipdesk.core.layout.model import PlanFields, PlanInfo, PlanRow
from ipdesk.core.layout.words import PLAN_KIND_LABELS, ROW_STATUS_LABELS, RowStatus
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.layout.budget import ask_budget
from ipdesk.ui.layout.form import Form, Group
from ipdesk.ui.layout.rowform import ask_row, pricing_for
from ipdesk.ui.layout.view import Bench
from ipdesk.ui.widgets.asking import Asked
from ipdesk.ui.widgets.fields import choice_editor, day_editor, line_editor

if TYPE_CHECKING:
    from sqlalchemy import Connection


class PlanActs:
    """Asks for what an act needs and does it; ``plan`` is the version in sight.

    *added* hears of a new row, so that it is shown.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        bench: Bench,
        added: Callable[[int], object] | None = None,
    ) -> None:
        self._desk, self._parent, self._bench = desk, parent, bench
        self._added = added
        self.plan: PlanInfo | None = None

    # ------------------------------------------------------------------ rows

    def add(self) -> None:
        """A new row; without a plan the plan comes first."""
        info = self._current(draft=True)
        if info is not None:
            ask_row(self._desk, self._parent, self._bench, info.id, None, then=self._added)

    def change(self, row: PlanRow) -> None:
        """A row of a draft."""
        if self._current(draft=True) is not None:
            ask_row(self._desk, self._parent, self._bench, row.plan_id, row.id, row.fields)

    def approve(self, rows: Sequence[PlanRow]) -> None:
        """Rows become matters in preparation."""
        if not self._some(rows):
            return
        ids = [row.id for row in rows]
        self._ask(
            ntr("Approve {n} row", "Approve {n} rows", len(ids)),
            (Asked("reason", tr("Reason"), line_editor()),),
            tr("Make matters"),
            lambda v: lambda d, law: approve_rows(d, law, ids, v["reason"]),
            text=tr(
                "Each row becomes a matter in preparation with its inventors, technology, product, "
                "target month and budget; a same-day pair becomes two."
            ),
            said=tr("Matters made; they stand in the portfolio."),
        )

    def move_on(self, rows: Sequence[PlanRow]) -> None:
        """Another status; dropping needs a reason."""
        if not self._some(rows):
            return
        ids, today = [row.id for row in rows], self._desk.today()
        statuses = [(k, str(v)) for k, v in ROW_STATUS_LABELS.items() if k != RowStatus.FILED]
        asked = (
            Asked("status", tr("State"), choice_editor(statuses), rows[0].fields.status),
            Asked("reason", tr("Reason"), line_editor(tr("needed where it is dropped"))),
        )
        self._ask(
            ntr("Move {n} row on", "Move {n} rows on", len(ids)),
            asked,
            tr("Move on"),
            lambda v: lambda d, _law: edits.move_on(d, ids, v["status"], today, v["reason"]),
            text=tr("A row counts as filed by itself once its matter has a filing date."),
            said=tr("Moved on."),
        )

    def link(self, row: PlanRow) -> None:
        """An existing matter is what the row planned."""
        asked = (Asked("reference", tr("Reference"), line_editor(), needed=True),)
        self._ask(
            tr("Which matter did it become?"),
            asked,
            tr("Link"),
            lambda v: partial(_link, row.id, v["reference"]),
            said=tr("Linked."),
        )

    def unlink(self, row: PlanRow, matter: int) -> None:
        """The row did not become this matter."""
        run_edit(self._desk, lambda d, _law: unlink_matter(d, row.id, matter), tr("Link removed."))

    def duplicate(self, row: PlanRow) -> None:
        """A new row with the same fields, to be changed before it is added."""
        if self._current(draft=True) is not None:
            title = tr("{title} (copy)", title=row.fields.title)
            fields = edits.retitled(row, title)
            plan = row.plan_id
            ask_row(self._desk, self._parent, self._bench, plan, None, fields, self._added)

    def order(self, rows: Sequence[PlanRow], row: PlanRow, step: int) -> None:
        """One place up or down in the draft."""
        ids = [one.id for one in rows]
        at = ids.index(row.id) + step
        if self._current(draft=True) is None or not 0 <= at < len(ids):
            return
        ids.remove(row.id)
        ids.insert(at, row.id)
        plan = row.plan_id
        run_edit(self._desk, lambda d, _law: edits.order_rows(d, plan, ids), tr("Moved."))

    # ------------------------------------------------------------------ plans

    def rename_plan(self) -> None:
        """Another name for all versions."""
        info = self._current()
        if info is None:
            return
        old = info.name
        self._ask(
            tr("Rename the plan {name}", name=old),
            (Asked("name", tr("Name"), line_editor(), old, needed=True),),
            tr("Rename"),
            lambda v: lambda d, _law: edits.rename_plan(d, old, v["name"]),
            text=tr("Every version gets the new name."),
            said=tr("Renamed."),
        )

    def new_plan(self) -> None:
        """A plan for a year, a financing, a programme."""
        today = self._desk.today()
        year = today.year + 1
        given = PlanFields("", "annual", date(year, 1, 1), date(year, 12, 31), "CNY")
        self._ask(
            tr("New plan"),
            _plan_asked(given, named=True),
            tr("Create plan"),
            lambda v: lambda d, _law: edits.add_plan(d, PlanFields(**v), today),
            said=tr("Plan created."),
            then=self._go_to,
        )

    def change_plan(self) -> None:
        """Period, purpose, owner of a draft."""
        info = self._current(draft=True)
        if info is None:
            return
        known = PlanFields(
            info.name, info.kind, info.starts_on, info.ends_on, info.currency, info.owner,
            info.purpose,
        )  # fmt: skip
        self._ask(
            tr("Change the plan {name}", name=info.title),
            _plan_asked(known, named=False),
            tr("Save"),
            lambda v: (
                lambda d, _law: edits.change_plan(d, info.id, PlanFields(name=info.name, **v))
            ),
            said=tr("Saved."),
        )

    def set_budget(self) -> None:
        """Money by quarter, right, technology and territory."""
        info = self._current(draft=True)
        if info is not None:
            ask_budget(self._desk, self._parent, self._bench, info)

    def approve_plan(self) -> None:
        """From then on the version is frozen."""
        info = self._current(draft=True)
        if info is None:
            return
        today = self._desk.today()
        self._ask(
            tr("Approve the plan {name}", name=info.title),
            (Asked("reason", tr("Reason"), line_editor()),),
            tr("Approve"),
            lambda v: lambda d, _law: edits.approve_plan(d, info.id, today, v["reason"]),
            text=tr("Its rows move on, but do not change any more; changes need a new version."),
            said=tr("Approved."),
        )

    def copy_version(self) -> None:
        """The next version, as a draft."""
        info = self._current()
        if info is not None:
            today = self._desk.today()
            run_edit(
                self._desk,
                lambda d, _law: edits.copy_plan(d, info.id, today),
                tr("Copied to a new version."),
                self._go_to,
            )

    def copy_plan(self) -> None:
        """The same rows under another name."""
        info = self._current()
        if info is None:
            return
        today = self._desk.today()
        kinds = [(k, str(v)) for k, v in PLAN_KIND_LABELS.items()]
        asked = (
            Asked("name", tr("Name"), line_editor(), needed=True),
            Asked("kind", tr("Kind"), choice_editor(kinds), "what_if"),
        )
        self._ask(
            tr("Copy the plan {name}", name=info.title),
            asked,
            tr("Copy"),
            lambda v: (
                lambda d, _law: edits.copy_plan(d, info.id, today, name=v["name"], kind=v["kind"])
            ),
            said=tr("Copied."),
            then=self._go_to,
        )

    def price(self) -> None:
        """Open rows of a draft, from the fee tables of today."""
        info = self._current(draft=True)
        if info is not None:
            run_edit(
                self._desk,
                lambda d, law: edits.price_plan(d, info.id, pricing_for(d, law)),
                tr("Costs estimated anew."),
            )

    def delete_plan(self) -> None:
        """A draft with its rows; undo brings it back."""
        info = self._current(draft=True)
        if info is not None:
            run_edit(
                self._desk, lambda d, _law: edits.delete_plan(d, info.id), tr("Draft deleted.")
            )

    # ------------------------------------------------------------------ inside

    def _go_to(self, result: Any) -> None:
        self._bench.choose(result[0])

    def _some(self, rows: Sequence[PlanRow]) -> bool:
        if not rows:
            self._desk.say(tr("Select a row first."))
        return bool(rows)

    def _current(self, draft: bool = False) -> PlanInfo | None:
        """The version in sight; says what to do when there is none or it cannot change."""
        info = self.plan
        if info is None:
            self.new_plan()
            return None
        if draft and info.status != "draft":
            self._desk.say(
                tr("{name} is approved and does not change any more.", name=info.title),
                action=(tr("Copy to a new version"), self.copy_version),
            )
            return None
        return info

    def _ask(
        self,
        title: str,
        asked: Sequence[Asked],
        doing: str,
        act: Callable[[dict[str, Any]], Any],
        *,
        text: str = "",
        said: str = "",
        then: Callable[[Any], object] | None = None,
    ) -> None:
        group = (Group("", asked),)
        Form(
            self._desk, self._parent, title, group, doing, act, text=text, said=said, then=then
        ).open()


def _plan_asked(known: PlanFields, *, named: bool) -> list[Asked]:
    kinds = [(k, str(v)) for k, v in PLAN_KIND_LABELS.items()]
    name = [Asked("name", tr("Name"), line_editor("2028"), known.name, needed=True)]
    return [
        *(name if named else []),
        Asked("kind", tr("Kind"), choice_editor(kinds), known.kind),
        Asked("starts_on", tr("From"), day_editor(), known.starts_on),
        Asked("ends_on", tr("Until"), day_editor(), known.ends_on),
        Asked("currency", tr("Currency"), line_editor(), known.currency),
        Asked("owner", tr("Answers for it"), line_editor(), known.owner),
        Asked("purpose", tr("Purpose"), line_editor(), known.purpose),
    ]


def _link(row: int, reference: str, database: Database, _law: Any) -> Any:
    with database.read() as connection:
        found = _matter(connection, reference)
    return link_matter(database, row, found)


def _matter(connection: Connection, reference: str) -> int:
    """The matter of that reference. Raises IpdeskError when there is none."""

    ids = list(matter_ids(connection, ListQuery(reference)))[:50]
    wanted = reference.strip().casefold()
    for row in matter_rows(connection, ids):
        if row.reference.casefold() == wanted:
            return int(row.id)
    raise IpdeskError(say("There is no matter {reference}.", reference=reference))
