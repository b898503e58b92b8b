"""How periods run: provisions that give no date of their own, and when documents are received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ipdesk.base.i18n import Bilingual, say, tr
from ipdesk.core.docket.model import is_unverified
from ipdesk.core.docket.rule_words import confidence_words, served_told
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.desk import Desk
from ipdesk.ui.law.entries import STATES
from ipdesk.ui.money.held import HeldFacet, HeldSource
from ipdesk.ui.money.views import ListView
from ipdesk.ui.tables.columns import Column, Mark
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Provision:
    """A principle of counting or a model of service, as a line of the list."""

    id: str
    office: str
    label: Bilingual
    text: tuple[object, ...]
    rights: frozenset[str]
    basis: Bilingual
    source: Bilingual
    confidence: str
    checked: date | None

    @property
    def state(self) -> str:
        """unverified or verified."""
        return "unverified" if is_unverified(self.confidence) else "verified"


class ProvisionsView(ListView):
    """The list of provisions; the one in focus is read out at the right."""

    def __init__(self, desk: Desk) -> None:
        read = partial(provisions, desk.today())
        source = HeldSource("provisions", _COLUMNS, read, lambda p: p.id, _FACETS, _words)
        super().__init__(desk, source, self._nothing, "", tr("Select a provision to read it."))
        self.add_actions(None, [self.list.export_action(tr("Provisions"))])

    def _nothing(self) -> Notice:
        return Notice("book-open", tr("No rules were loaded"), tr("Details are in the log."))

    def show_row(self, row: Provision) -> None:
        card = self.detail
        card.begin(row.label, row.id)
        card.chips([STATES[row.state]])
        card.sentences(tr("What it says"), row.text, numbered=False)
        card.facts(
            (
                (tr("Office"), f"{row.office}  {office_name(row.office)}"),
                (tr("Rights"), ", ".join(right_label(r) for r in sorted(row.rights))),
                (tr("Legal basis"), row.basis),
                (tr("Source"), row.source),
                (tr("How sure"), confidence_words(row.confidence)),
                (tr("Compared on"), row.checked),
            )
        )
        card.end()


def provisions(today: date, connection: Connection) -> list[Provision]:
    """Everything of the law that is no rule with a date: by office, service before counting."""
    law = docket_for(connection, today).law
    served = [
        Provision(
            m.id, m.office, m.label, tuple(served_told(m)), m.rights, m.basis, m.source,
            m.confidence, None,
        )
        for m in law.services
    ]  # fmt: skip
    counted = [
        Provision(
            p.id, p.office, p.label, (p.text,), frozenset(), p.basis, p.source, p.confidence,
            p.checked,
        )
        for p in law.principles
    ]  # fmt: skip
    return sorted((*served, *counted), key=lambda p: p.office)


def _mark(row: Provision) -> Mark:
    tone, words = STATES[row.state]
    return Mark(tone, str(words))


def _words(row: Provision) -> str:
    spoken: Sequence[Bilingual] = (row.label, row.basis, row.source)
    parts = (text for one in spoken for text in (one.en, one.zh))
    return " ".join((row.id, row.office, *parts, *(str(text) for text in row.text)))


def _office(code: str) -> str:
    return f"{code}  {office_name(code)}"


_COLUMNS = (
    Column("id", say("Provision"), lambda p: p.id, 138, strong=True),
    Column("office", say("Office"), lambda p: p.office, 60),
    Column("label", say("What"), lambda p: str(p.label), 300),
    Column("state", say("State"), _mark, 104),
    Column("basis", say("Legal basis"), lambda p: str(p.basis), 180, shown=False),
)
_FACETS = (
    HeldFacet("office", say("Office"), lambda p: (p.office,), _office),
    HeldFacet("state", say("State"), lambda p: (p.state,), lambda v: STATES[v][1]),
)
