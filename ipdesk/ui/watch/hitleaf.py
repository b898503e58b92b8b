"""What a hit says, and the nearest of ours beside it: the leaf one reads while triaging."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ipdesk.base.i18n import tr
from ipdesk.charts.palette import Tone
from ipdesk.core.portfolio.model import MatterRow
from ipdesk.core.portfolio.queries import matter_rows
from ipdesk.core.watch.links import document_link
from ipdesk.core.watch.model import Near
from ipdesk.core.watch.rows import HitDetail, MemberRow
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.page import tell
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.watch.acts import open_address
from ipdesk.ui.watch.columns import member_columns
from ipdesk.ui.watch.facts import chips, facts, flow_of, heading, listed
from ipdesk.ui.widgets.buttons import LinkLine, button
from ipdesk.ui.widgets.labels import label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied

if TYPE_CHECKING:
    from sqlalchemy import Connection

Shown = tuple[HitDetail, dict[int, MatterRow]]
_MEMBERS = 6


class HitLeaf(Column):
    """Changes first, then abstract, score with reasons, our nearest, claims, members."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(margin=theme.px(12), gap=theme.px(6))
        self._desk = desk

    def put(self, detail: HitDetail) -> None:
        """Show a family; the titles of our own matters are read beside it."""
        question = partial(_with_own, detail)
        self._desk.worker.read(question, self._show, partial(tell, self._desk), key="leaf")

    def _show(self, shown: Shown) -> None:
        detail, own = shown
        emptied(self.box)
        if detail.row.changed:
            heading(self.box, tr("What changed since the verdict"))
            chips(self.box, [(Tone.UNCHECKED, message) for message in detail.row.changed])
        self.box.addWidget(selectable(detail.abstract or tr("The list gave no abstract.")))
        self._add_score(detail)
        self._add_near(detail.row.nearest, own)
        self._add_claims(detail)
        self._add_members(detail)
        facts(
            self.box,
            (
                (tr("Classes"), listed(detail.classes)),
                (tr("Inventors"), listed(detail.inventors)),
                (tr("First seen"), detail.row.first_seen),
                (tr("Last seen"), detail.row.last_seen),
            ),
        )
        self.box.addStretch(1)

    def _add_score(self, detail: HitDetail) -> None:
        score = detail.row.score
        words = tr("not worked out yet") if score is None else f"{score:.2f}"
        heading(self.box, tr("Score") + f"  {words}")
        for reason in detail.row.reasons:
            self.box.addWidget(selectable(f"{reason.weight:.2f}  {reason.message}"))

    def _add_near(self, nearest: tuple[Near, ...], own: dict[int, MatterRow]) -> None:
        heading(self.box, tr("Nearest of ours"))
        if not nearest:
            self.box.addWidget(label(tr("Nothing of ours is like it."), "muted", wrap=True))
        for near in nearest:
            words = f"{near.similarity:.2f}  {near.label}"
            matter = own.get(near.id) if near.kind == "matter" else None
            if matter is None:
                self.box.addWidget(selectable(words))
                continue
            title = matter.shown_title
            if title and title not in words:
                words += f"  {title}"
            go = partial(self._desk.go, Place("portfolio", near.id))
            self.box.addWidget(LinkLine(words, go, tr("Open the matter")))

    def _add_claims(self, detail: HitDetail) -> None:
        known = [m for m in detail.members if m.claims_text]
        if not known:
            return
        heading(self.box, tr("Claims"))
        for member in known[:2]:
            self.box.addWidget(label(member.number, "caption"))
            self.box.addWidget(selectable(member.claims_text))

    def _add_members(self, detail: HitDetail) -> None:
        heading(self.box, tr("Family"))
        table = SmallTable(member_columns(), tr("Family"), stretch="number")
        table.put(detail.members)
        table.fit(_MEMBERS)
        table.opened.connect(self.open_member)
        self.box.addWidget(table)
        if detail.members:
            flow_of(self.box, [button(*pair, role="link") for pair in self._links(detail)])

    def _links(self, detail: HitDetail) -> list[tuple[str, Callable[[], object]]]:
        """The document on Espacenet and Google Patents, as the list links it, its drawing."""
        desk, first = self._desk, detail.members[0]
        number = first.number
        links: list[tuple[str, str]] = [
            ("Espacenet", document_link(number)),
            ("Google Patents", document_link(number, "google")),
            (tr("As listed"), first.link),
            (tr("Drawing"), next((m.drawing for m in detail.members if m.drawing), "")),
        ]
        web = [(words, url) for words, url in links if url.startswith(("http://", "https://"))]
        return [(words, partial(open_address, desk, url)) for words, url in web]

    def open_member(self, member: MemberRow | None) -> None:
        """The publication in the browser."""
        if member is not None:
            open_address(self._desk, document_link(member.number))


def _with_own(detail: HitDetail, connection: Connection) -> Shown:
    wanted = [n.id for n in detail.row.nearest if n.kind == "matter"]
    return detail, {row.id: row for row in matter_rows(connection, wanted)}
