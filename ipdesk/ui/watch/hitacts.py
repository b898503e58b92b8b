"""What people do with hit families: verdict, reviewer, grade, finding, claim chart, answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import ntr, tr
from ipdesk.core.layout.model import Branch
from ipdesk.core.layout.queries_tree import effects, products, tree
from ipdesk.core.watch import edits_triage as edits
from ipdesk.core.watch.grades import suggested_likelihood
from ipdesk.core.watch.model import AnswerFields
from ipdesk.core.watch.rows import AnswerRow, ChartRow, HitDetail
from ipdesk.core.watch.screening import MarketState
from ipdesk.core.watch.words import (
    ANSWER_LABELS,
    LEVEL_LABELS,
    TERRITORY_LABELS,
    AnswerKind,
    Level,
    Territory,
)
from ipdesk.core.watch.words import (
    label as word,
)
from ipdesk.ui.desk import Desk
from ipdesk.ui.page import tell
from ipdesk.ui.watch.acts import Act, run_act
from ipdesk.ui.watch.chartform import ClaimChartForm
from ipdesk.ui.watch.editors import choice_or_words, level_editor, offices_editor, words_editor
from ipdesk.ui.watch.improvements import ask_improvement
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import choice_editor, day_editor, line_editor

if TYPE_CHECKING:
    from sqlalchemy import Connection

Cells = Sequence[tuple[str, str]]
_YES_NO = (False, True)


class HitActs:
    """Asks for what an act needs, does it in the writer's lane, says it with an undo."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._parent = parent

    # ------------------------------------------------------------------ triage

    def decide(
        self,
        families: Sequence[int],
        verdict: str,
        reason: str,
        then: Callable[[Any], object] | None = None,
    ) -> None:
        """Give one verdict to some families."""
        today, n = self._desk.today(), len(families)
        said = ntr("{n} family decided.", "{n} families decided.", n)
        run_act(self._desk, lambda d: edits.decide(d, families, verdict, reason, today), said, then)

    def take_back(self, families: Sequence[int]) -> None:
        """Leave families unreviewed again."""
        if families:
            act = partial(_take_back, families)
            run_act(self._desk, act, tr("The verdict is open again."))

    def assign(self, families: Sequence[int], reviewer: str = "") -> None:
        """Who reads these until when."""
        if not families:
            self._desk.say(tr("Select a family first."))
            return
        n = len(families)
        self._ask(
            tr("Assign to a reviewer"),
            ntr("{n} family.", "{n} families.", n),
            (
                Asked("reviewer", tr("Reviewer"), line_editor(), reviewer),
                Asked("due", tr("Due"), day_editor()),
            ),
            tr("Assign"),
            lambda v: lambda d: edits.assign(d, families, v["reviewer"], v["due"]),
            tr("Assigned."),
        )

    def place(self, families: Sequence[int], cells: Cells = ()) -> None:
        """Put families into a cell of technology × effect."""
        if families:
            show = partial(self._ask_place, families, cells)
            self._desk.worker.read(_axes, show, partial(tell, self._desk))

    def _ask_place(
        self, families: Sequence[int], cells: Cells, axes: tuple[list[Branch], list[str]]
    ) -> None:
        branches, names = axes
        if not branches:
            self._desk.say(tr("There is no technology yet: make the tree on the layout page."))
            return
        options = [(b.id, "   " * b.depth + b.name) for b in branches]
        first, effect = cells[0] if cells else ("", "")
        value = next((b.id for b in branches if b.name == first), branches[0].id)
        kept = [(b.id, e) for t, e in cells[1:] for b in branches if b.name == t]
        self._ask(
            tr("Technology × effect"),
            tr("Where this belongs in the landscape."),
            (
                Asked("technology", tr("Technology"), choice_editor(options), value),
                Asked("effect", tr("Effect"), choice_or_words(names), effect),
            ),
            tr("Place"),
            lambda v: lambda d: edits.place(d, families, [(v["technology"], v["effect"]), *kept]),
            tr("Placed."),
        )

    # ------------------------------------------------------------------ assessment

    def grade(self, detail: HitDetail) -> None:
        """Likelihood × impact with the written reason; a chart suggests the likelihood."""
        findings = [f.finding for f in detail.charts[0].features] if detail.charts else []
        suggested = suggested_likelihood(findings)
        text = tr("Four levels each; the product of both is the grade.")
        if suggested:
            text += " " + tr(
                "The newest claim chart suggests: {level}.", level=word(LEVEL_LABELS, suggested)
            )
        family, today = detail.row.id, self._desk.today()
        likelihood = detail.likelihood or suggested or Level.MEDIUM
        self._ask(
            tr("Grade"),
            text,
            (
                Asked("likelihood", tr("Likelihood"), level_editor(), likelihood),
                Asked("impact", tr("Impact"), level_editor(), detail.impact or Level.MEDIUM),
                Asked("reason", tr("Reason"), words_editor(), detail.grade_reason, needed=True),
            ),
            tr("Grade"),
            lambda v: (
                lambda d: edits.assess(d, family, v["likelihood"], v["impact"], v["reason"], today)
            ),
            tr("Graded."),
        )

    def find(self, detail: HitDetail, market: MarketState | None) -> None:
        """A person's word on one market; it stands above the rules, which stay in sight."""
        states = [(state, str(words)) for state, words in TERRITORY_LABELS.items()]
        exempt = [(no, tr("Exempt") if no else tr("Not exempt")) for no in _YES_NO]
        state = market.state if market else Territory.UNKNOWN.value
        family, today = detail.row.id, self._desk.today()

        def act(v: dict[str, Any]) -> Act:
            more = {name: v[name] for name in ("exempt", "expiry", "source", "note")}
            return lambda d: [
                edits.set_finding(d, family, office, v["state"], today, **more)
                for office in v["office"]
            ][-1]

        self._ask(
            tr("How it stands in a market"),
            tr("Your finding stands above the rules; name where you saw it."),
            (
                Asked(
                    "office", tr("Market"), offices_editor(), (market.office,) if market else (),
                    needed=True,
                ),
                Asked("state", tr("State"), choice_editor(states), state),
                Asked(
                    "exempt", tr("Exemption"), choice_editor(exempt), bool(market and market.exempt)
                ),
                Asked("expiry", tr("Ends"), day_editor(), market.expiry if market else None),
                Asked("source", tr("Source"), line_editor(tr("e.g. register, day")), needed=True),
                Asked("note", tr("Note"), line_editor()),
            ),
            tr("Note the finding"),
            act,
            tr("Noted."),
        )  # fmt: skip

    def chart(self, detail: HitDetail, chart: ChartRow | None) -> None:
        """Write a claim chart."""

        def show(named: list[tuple[int, str]]) -> None:
            ClaimChartForm(self._desk, self._parent, detail, chart, named).open()

        self._desk.worker.read(_products, show, partial(tell, self._desk))

    # ------------------------------------------------------------------ answers

    def answer(self, family: int, title: str) -> None:
        """What is done, by whom, until when."""

        def take(values: dict[str, Any]) -> None:
            fields = AnswerFields(**values)
            if fields.kind == AnswerKind.FILE_IMPROVEMENTS:
                ask_improvement(self._desk, self._parent, family, title, fields)
                return
            today = self._desk.today()
            act = partial(_add_answer, family, fields, today)
            run_act(self._desk, act, tr("Answer recorded."))

        text = tr("It stands among the deadlines until it is closed.")
        Asking(
            self._parent, tr("New answer"), text, _answer_fields(), tr("Record the answer"), take
        ).open()

    def change(self, row: AnswerRow) -> None:
        """Change an answer that is under way."""

        def act(values: dict[str, Any]) -> Act:
            fields = AnswerFields(**values, linked_table=row.linked_table, linked_id=row.linked_id)
            return lambda d: edits.change_answer(d, row.id, fields)

        self._ask(
            tr("Change the answer"), "", _answer_fields(row), tr("Save"), act,
            tr("Answer changed."),
        )  # fmt: skip

    def close(self, row: AnswerRow) -> None:
        """Record what came of it."""
        today = self._desk.today()
        ends = choice_editor([(False, tr("Done")), (True, tr("Dropped"))])
        self._ask(
            tr("Close the answer"),
            word(ANSWER_LABELS, row.kind),
            (
                Asked("dropped", tr("Outcome"), ends, False),
                Asked("result", tr("Result"), words_editor(), row.result, needed=True),
            ),
            tr("Close"),
            lambda v: (
                lambda d: edits.close_answer(d, row.id, v["result"], today, dropped=v["dropped"])
            ),
            tr("Answer closed."),
        )

    def reopen(self, row: AnswerRow) -> None:
        """Take an answer up again."""
        run_act(self._desk, lambda d: edits.reopen_answer(d, row.id), tr("Answer reopened."))

    def delete(self, row: AnswerRow) -> None:
        """Remove an answer that was a mistake."""
        run_act(self._desk, lambda d: edits.delete_answer(d, row.id), tr("Answer deleted."))

    # ------------------------------------------------------------------ inside

    def _ask(
        self,
        title: str,
        text: str,
        asked: Sequence[Asked],
        doing: str,
        act: Callable[[dict[str, Any]], Act],
        said: str,
    ) -> None:
        Asking(
            self._parent,
            title,
            text,
            asked,
            doing,
            lambda values: run_act(self._desk, act(values), said),
        ).open()


def _answer_fields(row: AnswerRow | None = None) -> tuple[Asked, ...]:
    kinds = [(kind, str(words)) for kind, words in ANSWER_LABELS.items()]
    kind = row.kind if row else AnswerKind.KEEP_WATCHING.value
    return (
        Asked("kind", tr("Answer"), choice_editor(kinds), kind),
        Asked("owner", tr("Responsible"), line_editor(), row.owner if row else ""),
        Asked("due", tr("Due"), day_editor(), row.due if row else None),
        Asked("cost", tr("Cost"), line_editor(), row.cost if row else ""),
        Asked("currency", tr("Currency"), line_editor("CNY"), row.currency if row else ""),
        Asked("note", tr("Note"), words_editor(56), row.note if row else ""),
    )


def _add_answer(family: int, fields: AnswerFields, today: Any, database: Any) -> Any:
    return edits.add_answer(database, family, fields, today)


def _take_back(families: Sequence[int], database: Any) -> Any:
    return edits.take_verdict_back(database, families)


def _axes(connection: Connection) -> tuple[list[Branch], list[str]]:
    named = [item.name for item in effects(connection, counted=False)]
    return tree(connection, counted=False), named


def _products(connection: Connection) -> list[tuple[int, str]]:
    return [(item.id, item.name) for item in products(connection, counted=False)]
