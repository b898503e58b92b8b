"""The other leaves of a matter: docket, family, people, history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import SIGNS
from ipdesk.core.docket.history_words import described
from ipdesk.core.docket.matters import MatterEdit
from ipdesk.core.portfolio.model import (
    ROLE_LABELS,
    FamilyMember,
    PersonName,
    Right,
    right_label,
    role_label,
    status_label,
)
from ipdesk.store.history import EntryRow
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.costs import Costs, MatterFees
from ipdesk.ui.docket.gaps import fill_gap
from ipdesk.ui.docket.lines import (
    deadline_line,
    event_line,
    in_order,
    pending_line,
    worth_showing,
)
from ipdesk.ui.matter.reading import Whole
from ipdesk.ui.matter.source import status_tone
from ipdesk.ui.matter.timeline import FamilyTimeline
from ipdesk.ui.tables.columns import Column
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.buttons import LinkLine, button
from ipdesk.ui.widgets.fields import Field, names_editor
from ipdesk.ui.widgets.flow import Flow
from ipdesk.ui.widgets.labels import label
from ipdesk.ui.widgets.lines import Lines
from ipdesk.ui.widgets.scroll import Column as Scroll
from ipdesk.ui.widgets.scroll import emptied


class DocketTab(Scroll):
    """Deadlines with their reasons, what cannot be computed, and events."""

    explained = Signal(object)  # DeadlineRow
    event_opened = Signal(object)  # EventRow

    def __init__(self, desk: Desk, record: Callable[[], object], life: QMenu) -> None:
        super().__init__(margin=theme.px(8), gap=theme.px(4))
        self._desk = desk
        self._matter = 0
        self.deadlines = Lines(tr("Deadlines"))
        self.pending = Lines(tr("Cannot compute"))
        self.events = Lines(tr("Events"))
        self._none = label(tr("No deadline follows from these records."), "muted", wrap=True)
        self._missing = _heading(tr("Cannot compute"))
        self._whole: Whole | None = None
        self._all = False  # also those that are over, or far ahead
        self._rest = LinkLine("", self._show_all)
        self.fees = MatterFees(desk)
        self.cost = Costs(desk)
        self.cost.setContentsMargins(theme.px(8), 0, 0, 0)
        for widget in (
            self._doings(record, life),
            _heading(tr("Deadlines")),
            self._none,
            self.deadlines,
            self._rest,
            self._missing,
            self.pending,
            self.fees,
            self.cost,
            _heading(tr("Events")),
            self.events,
        ):
            self.box.addWidget(widget)
        self.box.addStretch(1)
        self.deadlines.opened.connect(self.explained)
        self.events.opened.connect(self.event_opened)
        self.pending.opened.connect(lambda row: fill_gap(desk, self.window(), row))

    def _doings(self, record: Callable[[], object], life: QMenu) -> QWidget:
        """What is done most: an event, an act in the life of the matter."""
        holder = QWidget()
        flow = Flow(holder, gap=theme.px(8))
        flow.addWidget(button(tr("Record an event…"), record, icon="calendar-plus"))
        acts = button(f"{tr('What happens next')} ▾", lambda: None)
        acts.setMenu(life)
        flow.addWidget(acts)
        return holder

    def put(self, whole: Whole) -> None:
        """Show the docket of a matter."""
        today = self._desk.today()
        if self._matter != whole.id:
            self._all = False
        rows = in_order(whole.deadlines, today)
        most = len(rows) if self._all else worth_showing(rows, today)
        self.deadlines.put([deadline_line(row, today) for row in rows[:most]], grow=True)
        self._rest.setVisible(most < len(rows))
        self._rest.put(tr("Show all {n} deadlines", n=len(rows)))
        self._whole = whole
        self.deadlines.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.pending.put([pending_line(row) for row in whole.pending], grow=True)
        for widget in (self.pending, self._missing):
            widget.setVisible(bool(whole.pending))
        papers = Counter(a.owner_id for a in whole.detail.attachments if a.owner_table == "event")
        lines = [event_line(row, papers[row.id]) for row in reversed(whole.events)]
        self.events.put(lines, grow=True)
        self._matter = whole.id
        self.fees.show_matter(whole.id, whole.detail.row.reference)
        self.cost.ask_of(tr("Cost to come"), (whole.id,))

    def _show_all(self) -> None:
        self._all = True
        if self._whole is not None:
            self.put(self._whole)


def _heading(words: str) -> QWidget:
    made = label(words, "section")
    made.setContentsMargins(theme.px(8), theme.px(4), 0, 0)
    return made


class FamilyTab(QWidget):
    """The family as a tree; a double click opens the member."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._title = label("", "muted", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Family"))
        self.tree.setHeaderLabels([tr("Member"), tr("Status"), tr("Filing date")])
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.itemActivated.connect(self._open)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self._title)
        column.addWidget(self.tree, 1)
        self.cost = Costs(desk)
        column.addWidget(self.cost)
        drawn = button(tr("Timeline of the family…"), self.show_timeline, icon="chart-line")
        column.addWidget(drawn, 0, Qt.AlignmentFlag.AlignLeft)
        self._shown: int | None = None

    def show_timeline(self) -> None:
        """Draw the dates of all members on one time."""
        if self._shown is not None:
            FamilyTimeline(self._desk, self, self._shown).open()

    def put(self, whole: Whole) -> None:
        """Show the members, children under their parents."""
        self._shown = whole.id
        family = whole.detail.row.family
        words = tr("Family {reference}", reference=family) if family else tr("No family yet")
        self._title.setText(words)
        ids = [member.id for member in whole.family]
        self.cost.ask_of(tr("Cost to come of the family"), ids)
        self.tree.clear()
        made: dict[int, QTreeWidgetItem] = {}
        for member in whole.family:
            item = self._item(member)
            above = made.get(member.parent_id) if member.parent_id is not None else None
            if above is not None:
                above.addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            made[member.id] = item
        self.tree.expandAll()
        if whole.id in made:
            self.tree.setCurrentItem(made[whole.id])

    def _item(self, member: FamilyMember) -> QTreeWidgetItem:
        sign = SIGNS[status_tone(member.status)]
        cells = [
            f"{member.reference}\n{member.office} · {right_label(member.right)}",
            f"{sign} {status_label(member.status)}".strip(),
            member.filing_date.isoformat() if member.filing_date else "",
        ]
        item = QTreeWidgetItem(cells)
        item.setData(0, Qt.ItemDataRole.UserRole, member.id)
        item.setToolTip(0, f"{member.title}\n{member.application_number}".strip())
        return item

    def _open(self, item: QTreeWidgetItem) -> None:
        self._desk.go(Place("portfolio", item.data(0, Qt.ItemDataRole.UserRole)))


_ROLES: dict[str, tuple[str, ...]] = {
    Right.DESIGN: ("applicant", "designer", "agency", "attorney"),
    Right.TRADEMARK: ("applicant", "agency", "attorney"),
    Right.SOFTWARE: ("owner", "author"),
    Right.WORK: ("owner", "author"),
    Right.DOMAIN: ("owner",),
    Right.TRADE_SECRET: ("owner", "author"),
}
_USUAL = ("applicant", "inventor", "agency", "attorney")


class PeopleTab(Scroll):
    """Who stands on the matter, by role, in order; edited as one name a line."""

    def __init__(self, changed: Callable[[MatterEdit], object]) -> None:
        super().__init__(margin=theme.px(12), gap=theme.px(2))
        self._changed = changed
        self.fields: dict[str, Field] = {}

    def put(self, whole: Whole) -> None:
        """Show the people of a matter."""
        emptied(self.box)
        self.fields = {}
        detail = whole.detail
        present = dict.fromkeys(p.role for p in detail.people)
        usual = _ROLES.get(detail.row.right, _USUAL)
        roles = [*usual, *(r for r in ROLE_LABELS if r in present and r not in usual)]
        for role in roles:
            names = tuple(p.shown for p in detail.people if p.role == role)
            field = Field(role_label(role), names_editor(tr("One name a line")))
            field.put(names, "\n".join(names))
            field.edited.connect(partial(self._edit, role))
            self.fields[role] = field
            self.box.addWidget(field)
        self.box.addStretch(1)

    def _edit(self, role: str, names: Sequence[str]) -> None:
        people = [PersonName(role, name) for name in names]
        self._changed(MatterEdit(people={role: people}))


class HistoryTab(QWidget):
    """Who changed what when, newest first."""

    def __init__(self) -> None:
        super().__init__()
        columns = (
            Column("at", say("When"), _when, 116),
            Column("by", say("Who"), lambda r: r.by, 80),
            Column("what", say("What"), described, 240, tip=_told),
        )
        self.table = SmallTable(columns, tr("History"), stretch="what")
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.table)

    def put(self, whole: Whole) -> None:
        """Show the history of a matter."""
        self.table.put(whole.history)


def _told(row: EntryRow) -> str:
    return f"{described(row)}\n{row.said}"


def _when(row: EntryRow) -> str:
    there = row.at.replace(tzinfo=UTC).astimezone()
    return there.strftime("%Y-%m-%d %H:%M")
