"""Invention disclosures: what inventors hand in, what reviewers say, what is decided."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ipdesk.base.i18n import captioned, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.layout.edits_work import (
    add_invention,
    change_invention,
    decide_invention,
    review_invention,
)
from ipdesk.core.layout.model import Invention, InventionFields, Review
from ipdesk.core.layout.queries import inventions
from ipdesk.core.layout.words import ADVICE_LABELS, INVENTION_STATE_LABELS, InventionState
from ipdesk.core.layout.words import label as named
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.layout.card import Card, Deed
from ipdesk.ui.layout.form import Form, Group, judged_editor
from ipdesk.ui.layout.marks import invention_mark
from ipdesk.ui.layout.rowform import pricing_for
from ipdesk.ui.layout.view import Bench, View
from ipdesk.ui.tables.columns import Column
from ipdesk.ui.tables.small import SmallTable
from ipdesk.ui.widgets.asking import Asked
from ipdesk.ui.widgets.buttons import action
from ipdesk.ui.widgets.fields import (
    choice_editor,
    day_editor,
    line_editor,
    names_editor,
    text_editor,
)
from ipdesk.ui.widgets.labels import card
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.split import Split
from ipdesk.ui.widgets.states import Notice

ALL = "all"


class InventionsView(View):
    """A list, the disclosure whole beside it."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(desk, bench)
        self._all: list[Invention] = []
        self._state = ALL
        choices = [(ALL, tr("All")), *((k, str(v)) for k, v in INVENTION_STATE_LABELS.items())]
        self.states = Segments(choices, {str(InventionState.NEW): Tone.SOON})
        self.states.chosen.connect(self.choose)
        self.states.mark(ALL)
        self.bar.addWidget(self.states, 1)
        self.add = action(
            self, tr("New disclosure…"), self.ask_new, icon="plus", shortcut="Ctrl+N",
            tip=tr("Record an invention disclosure"),
        )  # fmt: skip
        self.add_acts(
            self.add,
            [
                action(self, tr("Review…"), self.ask_review),
                action(self, tr("Decide…"), self.ask_decision, shortcut="Ctrl+Return"),
                action(self, tr("Change…"), self.ask_change),
            ],
        )
        self.table = SmallTable(self._columns(), tr("Invention disclosures"), stretch="title")
        self.table.picked.connect(self._show_one)
        self.table.opened.connect(lambda _row: self.ask_change())
        self.card = Card(tr("Select a disclosure to see it whole."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            Notice(
                "lightbulb",
                tr("No invention disclosure here"),
                tr("Record what the inventors hand in; it is reviewed and becomes a plan row."),
            )
        )
        left = card()
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._stack)
        self.body.addWidget(Split(desk, "inventions", left, self.card, (9, 5)), 1)

    def _columns(self) -> tuple[Column, ...]:
        names = self.bench
        return (
            Column("code", say("No."), lambda i: i.code, 92),
            Column("state", say("State"), lambda i: invention_mark(i.state), 112),
            Column("title", say("Title"), lambda i: i.fields.title, 200, strong=True),
            Column("inventors", say("Inventors"), lambda i: ", ".join(i.fields.inventors), 132),
            Column("received", say("Received"), lambda i: i.fields.received_on, 96),
            Column("decision", say("Decision"), lambda i: named(ADVICE_LABELS, i.decision), 110),
            Column("technology", say("Technology"),
                   lambda i: names.names.technology(i.fields.technology_id), 130),
        )  # fmt: skip

    # ------------------------------------------------------------------ reading

    def choose(self, state: str) -> None:
        """All of them, or those of one state."""
        self._state = state
        self.states.mark(state)
        self._put()

    def reload(self) -> None:
        self.ask(inventions, self._show, key="inventions")

    def _show(self, found: list[Invention]) -> None:
        self._all = found
        counts = Counter(one.state for one in found)
        self.states.count({ALL: len(found), **{str(s): counts[s] for s in InventionState}})
        self._put()

    def _put(self) -> None:
        shown = [one for one in self._all if self._state in (ALL, one.state)]
        self.table.put(shown)
        self._stack.setCurrentIndex(0 if shown else 1)
        if not shown:
            self.card.show_nothing()
        elif self.table.current() is None:
            self.table.selectRow(0)
        else:
            self._show_one(self.table.current())

    def _show_one(self, one: Invention | None) -> None:
        if one is None:
            return
        f, names = one.fields, self.bench.names
        self.card.clear()
        self.card.title(f.title, one.code)
        self.card.chips([invention_mark(one.state)])
        deeds: list[Deed] = []
        if one.state != InventionState.DECIDED:
            deeds += [(tr("Review…"), self.ask_review), (tr("Decide…"), self.ask_decision)]
        self.card.buttons([*deeds, (tr("Change…"), self.ask_change)])
        self.card.facts(
            (
                (tr("Inventors"), ", ".join(f.inventors)),
                (tr("Received"), f.received_on),
                (tr("Submitted by"), f.submitted_by),
                (tr("Planned publication"), f.public_on),
                (tr("Technology"), names.technology(f.technology_id)),
                (tr("Effect"), names.item("effect", f.effect_id)),
                (tr("Product"), names.item("product", f.product_id)),
                (tr("Problem"), f.problem),
                (tr("Solution"), f.solution),
                (tr("Advantage"), f.advantage),
                (tr("Known art"), f.known_art),
                (tr("Note"), f.note),
            )
        )
        if one.decision:
            self.card.section(tr("Decision"))
            who = f"{one.decided_on or ''}  {one.decided_by}".strip()
            self.card.sentences([named(ADVICE_LABELS, one.decision)], numbered=False)
            self.card.muted(f"{who}  {one.reason}".rstrip())
            for row in one.row_ids:
                go = partial(self.desk.go, Place("layout", f"plan:{row}"))
                self.card.link(tr("Show the plan row"), go)
        self.card.section(tr("Reviews"))
        if not one.reviews:
            self.card.muted(tr("Nobody reviewed it yet."))
        for review in one.reviews:
            advice = named(ADVICE_LABELS, review.advice)
            judged = _judged(review)
            words = captioned(
                f"{review.on.isoformat()}  {review.by}", f"{advice}  {judged}".rstrip()
            )
            self.card.sentences([words], numbered=False)
            if review.note:
                self.card.muted(review.note)
        self.card.end()

    # ------------------------------------------------------------------ doing

    def ask_new(self) -> None:
        """A disclosure comes in."""
        self._ask(None)

    def ask_change(self) -> None:
        """Correct what was handed in."""
        one: Invention | None = self.table.current()
        if one is not None:
            self._ask(one)

    def _ask(self, one: Invention | None) -> None:
        known = one.fields if one else None
        names = self.bench.names

        def ask(name: str, caption: str, editor: Any, *, needed: bool = False) -> Asked:
            return Asked(name, caption, editor, getattr(known, name, None), needed)

        day = known.received_on if known else self.desk.today()
        inventors = known.inventors if known else ()
        what = (
            ask("title", tr("Title"), line_editor(), needed=True),
            Asked("received_on", tr("Received"), day_editor(), day, needed=True),
            Asked("inventors", tr("Inventors"), names_editor(tr("one name a line")), inventors),
            ask("submitted_by", tr("Submitted by"), line_editor()),
            ask("public_on", tr("Planned publication"), day_editor()),
            ask("technology_id", tr("Technology"), choice_editor(names.technologies())),
            ask("effect_id", tr("Effect"), choice_editor(names.choices("effect"))),
            ask("application_id", tr("Application field"),
                choice_editor(names.choices("application"))),
            ask("product_id", tr("Product"), choice_editor(names.choices("product"))),
        )  # fmt: skip
        why = (
            ask("problem", tr("Problem"), text_editor()),
            ask("solution", tr("Solution"), text_editor()),
            ask("advantage", tr("Advantage"), text_editor()),
            ask("known_art", tr("Known art"), text_editor()),
            ask("note", tr("Note"), line_editor()),
        )

        def act(values: dict[str, Any]) -> Any:
            fields = InventionFields(**values)
            if one is None:
                return lambda d, _law: add_invention(d, fields)
            return lambda d, _law: change_invention(d, one.id, fields)

        title = tr("Change the disclosure") if one else tr("New invention disclosure")
        groups = (Group(tr("What"), what), Group(tr("How it works"), why))
        Form(self.desk, self, title, groups, tr("Save"), act, said=tr("Saved.")).open()

    def ask_review(self) -> None:
        """What a reviewer says."""
        one: Invention | None = self.table.current()
        if one is None:
            return
        advice = [(k, str(v)) for k, v in ADVICE_LABELS.items()]
        asked = (
            Asked("by", tr("Reviewer"), line_editor()),
            Asked("on", tr("Date"), day_editor(), self.desk.today(), needed=True),
            Asked("advice", tr("Advice"), choice_editor(advice)),
            Asked("value", tr("Value, 1 to 5"), judged_editor()),
            Asked("copying", tr("Risk of copying, 1 to 5"), judged_editor()),
            Asked("detectability", tr("Detectability, 1 to 5"), judged_editor()),
            Asked("note", tr("Note"), text_editor()),
        )
        self._open(
            tr("Review: {title}", title=one.fields.title),
            asked,
            tr("Save review"),
            lambda v: lambda d, _law: review_invention(d, one.id, Review(**v)),
            tr("Review saved."),
        )

    def ask_decision(self) -> None:
        """Decide; what is filed, kept secret or published becomes a row of a draft plan."""
        one: Invention | None = self.table.current()
        if one is None:
            return
        today, names = self.desk.today(), self.bench.names
        drafts = [(p.id, p.title) for p in names.plans if p.status == "draft"]
        known = [plan for plan, _ in drafts]
        chosen = self.bench.plan if self.bench.plan in known else next(iter(known), None)
        advice = [(k, str(v)) for k, v in ADVICE_LABELS.items()]
        asked = (
            Asked("decision", tr("Decision"), choice_editor(advice)),
            Asked("reason", tr("Reason"), line_editor(tr("needed where nothing is filed"))),
            Asked("plan", tr("Becomes a row of"), choice_editor([*drafts, (None, "–")]), chosen),
        )

        def act(v: dict[str, Any]) -> Any:
            return lambda d, law: decide_invention(
                d, one.id, v["decision"], today, reason=v["reason"], plan_id=v["plan"],
                pricing=pricing_for(d, law),
            )  # fmt: skip

        self._open(
            tr("Decide: {title}", title=one.fields.title),
            asked,
            tr("Decide"),
            act,
            tr("Decided."),
        )

    def _open(self, title: str, asked: Any, doing: str, act: Any, said: str) -> None:
        Form(self.desk, self, title, (Group("", asked),), doing, act, said=said).open()


def _judged(review: Review) -> str:
    numbers = (review.value, review.copying, review.detectability)
    if None in numbers:
        return ""
    return " × ".join(str(n) for n in numbers)
