"""What plans stand on: the technology tree, products, effects, application fields."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ipdesk.base.i18n import Message, pick, say, tr
from ipdesk.core.layout.edits_tree import (
    ITEMS,
    ItemFields,
    TechnologyFields,
    add_item,
    add_technology,
    change_item,
    change_technology,
    delete_item,
    delete_technology,
    order_items,
    order_technologies,
)
from ipdesk.core.layout.model import Branch, DisclosureRow, Item, LaunchRow
from ipdesk.core.layout.queries_tree import disclosures, launches
from ipdesk.core.layout.words import DISCLOSURE_LABELS, LAUNCH_LABELS
from ipdesk.core.layout.words import label as named
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.card import Card
from ipdesk.ui.layout.form import Form, Group
from ipdesk.ui.layout.launches import ask_disclosure, ask_launch
from ipdesk.ui.layout.sheets import export_sheet, import_sheet
from ipdesk.ui.layout.view import Bench, View
from ipdesk.ui.tables.columns import Align, Column
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.asking import Asked
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.fields import choice_editor, line_editor, names_editor, text_editor
from ipdesk.ui.widgets.labels import card
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

TECHNOLOGY = "technology"
_KINDS: dict[str, Message] = {
    TECHNOLOGY: say("Technologies"),
    "product": say("Products"),
    "effect": say("Effects"),
    "application": say("Application fields"),
}


class TreeView(View):
    """One list a kind, the thing whole beside it."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(desk, bench)
        self._kind = TECHNOLOGY
        self._launches: list[LaunchRow] = []
        self._disclosures: list[DisclosureRow] = []
        self.parts = Segments([(kind, str(words)) for kind, words in _KINDS.items()])
        self.parts.chosen.connect(self.choose)
        self.parts.mark(TECHNOLOGY)
        self.bar.addWidget(self.parts, 1)
        self.add = action(
            self, tr("Add…"), self.ask_new, icon="plus", shortcut="Ctrl+N",
            tip=tr("Add to this list"),
        )  # fmt: skip
        self.add_acts(
            self.add,
            [
                action(self, tr("Change…"), self.ask_change),
                action(self, tr("Move up"), partial(self.reorder, -1), shortcut="Alt+Up"),
                action(self, tr("Move down"), partial(self.reorder, 1), shortcut="Alt+Down"),
                action(self, tr("Delete"), self.delete, shortcut="Ctrl+Del"),
                None,
                action(self, tr("Bring in a sheet…"), self._import, icon="download-simple"),
                action(self, tr("Export as a sheet…"), self._export, icon="upload-simple"),
            ],
        )
        self.tables = {
            kind: SmallTable(_columns(kind), str(words), stretch="name")
            for kind, words in _KINDS.items()
        }
        self.card = Card(tr("Select a line to see its definition."))
        self._stack = QStackedWidget()
        for table in self.tables.values():
            table.picked.connect(self._show_thing)
            table.opened.connect(lambda _row: self.ask_change())
            self._stack.addWidget(table)
        self._nothing = Notice(
            "tree-structure", tr("Nothing here yet"), tr("Add the first one, or bring in a sheet.")
        )
        self._stack.addWidget(self._nothing)
        left = card()
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._stack)
        self.body.addWidget(Split(desk, "tree", left, self.card, (9, 5)), 1)

    @property
    def table(self) -> SmallTable:
        """The list in sight."""
        return self.tables[self._kind]

    def choose(self, kind: str) -> None:
        """Another list."""
        if kind in _KINDS:
            self._kind = kind
            self.parts.mark(kind)
            self._put_in_sight()

    def visit(self, wanted: int | str | None) -> None:
        if isinstance(wanted, str):
            self.choose(wanted)

    def reload(self) -> None:
        names = self.bench.names
        self.tables[TECHNOLOGY].put(names.branches)
        for kind in ITEMS:
            self.tables[kind].put(names.items(kind))
        counts = {kind: len(table.rows_model.rows) for kind, table in self.tables.items()}
        self.parts.count(counts)
        self._put_in_sight()
        self.ask(_shown, self._show_markets, key="tree")

    def _show_markets(self, found: tuple[list[LaunchRow], list[DisclosureRow]]) -> None:
        self._launches, self._disclosures = found
        if self._kind == "product":
            self._show_thing(self.table.current())

    def _put_in_sight(self) -> None:
        rows = self.table.rows_model.rows
        self._stack.setCurrentWidget(self.table if rows else self._nothing)
        if not rows:
            self.card.show_nothing()
        elif self.table.current() is None:
            self.table.selectRow(0)
        else:
            self._show_thing(self.table.current())

    def _show_thing(self, row: Branch | Item | None) -> None:
        if row is None or isinstance(row, Branch) != (self._kind == TECHNOLOGY):
            return
        self.card.clear()
        other = row.name_zh if pick("en", "zh") == "en" else row.name
        shown = pick(row.name, row.name_zh)
        self.card.title(shown, other if other != shown else "")
        self.card.buttons([(tr("Change…"), self.ask_change), (tr("Delete"), self.delete)])
        facts: list[tuple[str, object]] = [(tr("Code"), row.code)]
        if isinstance(row, Branch):
            facts += [
                (tr("Above it"), self.bench.names.technology(row.parent_id)),
                (tr("Classes"), ", ".join(row.classes)),
                (tr("Keywords"), ", ".join(row.keywords)),
            ]
        else:
            facts.append((tr("Stage"), row.stage))
        facts += [(tr("Answers for it"), row.owner), (tr("Matters"), f"{row.matters:,}")]
        self.card.facts(facts)
        self.card.section(tr("Definition"))
        if row.definition:
            self.card.sentences([row.definition], numbered=False)
        else:
            self.card.muted(tr("Not defined yet: what belongs here, and what does not?"))
        if self._kind == "product":
            self._markets(row.id)
        if self._kind in (TECHNOLOGY, "product") and row.matters:
            place = Place.at("portfolio", **{self._kind: row.name})
            self.card.link(tr("Show its matters"), partial(self.desk.go, place))
        self.card.end()

    def _markets(self, product: int) -> None:
        """When it comes to which market, and what shows it before."""
        self.card.section(tr("Launches"))
        ask = partial(ask_launch, self.desk, self, self.bench)
        for one in (n for n in self._launches if n.product_id == product):
            kind = named(LAUNCH_LABELS, one.kind)
            words = f"{one.date.isoformat()}  {office_name(one.office)}  {kind}"
            self.card.link(words, partial(ask, one), tr("Move the launch…"))
        given = LaunchRow(0, product, "", "", self.desk.today(), "")
        self.card.link(tr("Set a launch…"), partial(ask, given))
        self.card.section(tr("Disclosures"))
        show = partial(ask_disclosure, self.desk, self, self.bench)
        for row in (d for d in self._disclosures if d.fields.product_id == product):
            f = row.fields
            kind = named(DISCLOSURE_LABELS, f.kind)
            words = "  ".join(w for w in (f.date.isoformat(), kind, f.title or f.place) if w)
            self.card.link(words, partial(show, row))
        self.card.link(tr("Record a disclosure…"), partial(show, None, product))

    # ------------------------------------------------------------------ doing

    def reorder(self, step: int) -> None:
        """One place up or down among its siblings; products stand by their code."""
        row, kind = self.table.current(), self._kind
        if row is None or kind == "product":
            return
        if kind == TECHNOLOGY:
            branches = self.bench.names.branches
            ids = [b.id for b in branches if b.parent_id == row.parent_id]
        else:
            ids = [item.id for item in self.bench.names.items(kind)]
        at = ids.index(row.id) + step
        if not 0 <= at < len(ids):
            return
        ids.remove(row.id)
        ids.insert(at, row.id)
        if kind == TECHNOLOGY:
            self.run(lambda d, _law: order_technologies(d, ids), tr("Moved."))
        else:
            self.run(lambda d, _law: order_items(d, kind, ids), tr("Moved."))

    def ask_new(self) -> None:
        """The form for a new thing of the kind in sight."""
        if self._kind == TECHNOLOGY:
            self._ask_technology(None)
        else:
            self._ask_item(None)

    def ask_change(self) -> None:
        """The form for the thing in focus."""
        row = self.table.current()
        if isinstance(row, Branch):
            self._ask_technology(row)
        elif isinstance(row, Item):
            self._ask_item(row)

    def delete(self) -> None:
        """Remove the thing in focus; undo brings it back."""
        row, kind = self.table.current(), self._kind
        if row is None:
            return
        if kind == TECHNOLOGY:
            self.run(lambda d, _law: delete_technology(d, row.id), tr("Deleted."))
        else:
            self.run(lambda d, _law: delete_item(d, kind, row.id), tr("Deleted."))

    def _ask_technology(self, row: Branch | None) -> None:
        above = self.table.current() if row is None else None
        parent = row.parent_id if row else getattr(above, "parent_id", None)

        def value(name: str) -> Any:
            return getattr(row, name) if row else None

        lines = names_editor(tr("one a line"))
        asked = (
            Asked("name", tr("Name"), line_editor(), value("name"), needed=True),
            Asked("name_zh", tr("Chinese name"), line_editor(), value("name_zh")),
            Asked("parent_id", tr("Above it"), choice_editor(self.bench.names.technologies()),
                  parent),
            Asked("code", tr("Code"), line_editor(), value("code")),
            Asked("definition", tr("Definition"), text_editor(), value("definition")),
            Asked("classes", tr("Classes"), lines, value("classes") or ()),
            Asked("keywords", tr("Keywords"), lines, value("keywords") or ()),
            Asked("owner", tr("Answers for it"), line_editor(), value("owner")),
        )  # fmt: skip

        def act(values: dict[str, Any]) -> Any:
            fields = TechnologyFields(**values)
            if row is None:
                return lambda d, _law: add_technology(d, fields)
            return lambda d, _law: change_technology(d, row.id, fields)

        self._open(tr("Change the technology") if row else tr("New technology"), asked, act)

    def _ask_item(self, row: Item | None) -> None:
        kind = self._kind

        def value(name: str) -> Any:
            return getattr(row, name) if row else None

        asked = [
            Asked("name", tr("Name"), line_editor(), value("name"), needed=True),
            Asked("name_zh", tr("Chinese name"), line_editor(), value("name_zh")),
            Asked("code", tr("Code"), line_editor(), value("code")),
            Asked("definition", tr("Definition"), text_editor(), value("definition")),
        ]
        if kind == "product":
            asked.append(Asked("stage", tr("Stage"), line_editor(), value("stage")))
            asked.append(Asked("owner", tr("Answers for it"), line_editor(), value("owner")))

        def act(values: dict[str, Any]) -> Any:
            fields = ItemFields(**values)
            if row is None:
                return lambda d, _law: add_item(d, kind, fields)
            return lambda d, _law: change_item(d, kind, row.id, fields)

        what = ITEMS[kind][1]
        title = tr("Change: {kind}", kind=what) if row else tr("New: {kind}", kind=what)
        self._open(title, asked, act)

    def _open(self, title: str, asked: Any, act: Any) -> None:
        Form(self.desk, self, title, (Group("", asked),), tr("Save"), act, said=tr("Saved.")).open()

    def _import(self) -> None:
        import_sheet(self.desk, self, self._kind)

    def _export(self) -> None:
        export_sheet(self.desk, self, self._kind)


def _shown(connection: Connection) -> tuple[list[LaunchRow], list[DisclosureRow]]:
    return launches(connection), disclosures(connection)


def _columns(kind: str) -> tuple[Column, ...]:
    def name(row: Branch | Item) -> str:
        indent = "    " * row.depth if isinstance(row, Branch) else ""
        return indent + pick(row.name, row.name_zh)

    count = Column("matters", say("Matters"), lambda r: r.matters, 80, Align.RIGHT)
    first = Column("name", say("Name"), name, 220, strong=True)
    code = Column("code", say("Code"), lambda r: r.code, 80)
    definition = Column("definition", say("Definition"), lambda r: r.definition, 160,
                        tip=lambda r: str(r.definition))  # fmt: skip
    if kind == TECHNOLOGY:
        classes = Column("classes", say("Classes"), lambda r: ", ".join(r.classes), 160,
                         tip=lambda r: ", ".join(r.classes))  # fmt: skip
        owner = Column("owner", say("Answers for it"), lambda r: r.owner, 96)
        return (first, count, classes, owner, code)
    if kind == "product":
        stage = Column("stage", say("Stage"), lambda r: r.stage, 96)
        return (
            first,
            count,
            stage,
            Column("owner", say("Answers for it"), lambda r: r.owner, 96),
            code,
        )
    return (first, count, definition, code)
