"""Acts in the life of a matter: phases, priority, divisionals, pairs, payment, transfer, end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import tr
from ipdesk.core.docket import life_edits, lifecycle
from ipdesk.core.docket.foretelling import foretell
from ipdesk.core.docket.records import Effect, State
from ipdesk.core.docket.status import is_end
from ipdesk.core.fees.annuities import patent_year
from ipdesk.core.portfolio.model import RIGHT_LABELS, PersonName, Right, Status
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.acts import Act, law_of, run_from
from ipdesk.ui.docket.effect_view import EffectView
from ipdesk.ui.matter.overview import office_editor
from ipdesk.ui.matter.phases import PhaseDialog
from ipdesk.ui.matter.reading import Whole
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import tell
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import (
    choice_editor,
    day_editor,
    line_editor,
    names_editor,
    number_editor,
)
from ipdesk.ui.work import alive

_PATENTS = (Right.INVENTION, Right.UTILITY_MODEL, Right.DESIGN)
_RENEWED = (Right.TRADEMARK, Right.DESIGN)


class LifeActs:
    """Asks for what an act needs, does it as one action of the history, links what was made."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._parent = parent

    def fill(self, menu: QMenu, whole: Whole) -> None:
        """Every act stands in the menu; those that do not fit are grey."""
        row = whole.detail.row
        filed = row.filing_date is not None
        patent = row.right in _PATENTS
        pair = any(m.parent_id == whole.id and m.parent_kind == "same_day" for m in whole.family)
        chinese = row.right == Right.INVENTION and row.office == "CN" and filed
        ended = has_ended(whole)
        in_force = row.grant_date is not None or row.right == Right.PCT
        acts: tuple[tuple[str, Callable[[Whole], object], bool], ...] = (
            (tr("File…"), self.file, not filed and not ended),
            (tr("Enter national phases…"), self.enter, row.right == Right.PCT),
            (tr("File with priority…"), self.claim, filed and (patent or row.right == Right.PCT)),
            (tr("Divide…"), self.divide, filed and patent and not ended),
            (tr("Same-day utility model…"), self.same_day, chinese and not pair),
            (tr("Re-register in Hong Kong…"), self.re_register, fits_hong_kong(whole)),
            (tr("Registration formalities…"), self.register, patent and filed and not in_force),
            (tr("Grant or registration…"), self.grant, not in_force and not ended),
            (tr("Pay an annuity…"), self.pay, next_annuity(whole) is not None),
            (tr("Renew…"), self.renew, row.right in _RENEWED),
            (tr("Transfer…"), self.transfer, True),
            (tr("End the matter…"), self.end, not ended),
            (tr("Restore…"), self.restore, ended and row.status != Status.EXPIRED),
        )
        menu.clear()
        for words, run, fits in acts:
            menu.addAction(words, partial(run, whole)).setEnabled(fits)

    # ------------------------------------------------------------------ matters that are made

    def file(self, whole: Whole) -> Asking:
        """What was prepared is filed."""
        asked = (
            self._day(tr("Filed on")),
            Asked("number", tr("Application no."), line_editor()),
        )
        return self._ask(
            whole,
            tr("File"),
            tr("The filing date is recorded; every deadline is computed from it."),
            asked,
            lambda v: lambda d, law: life_edits.file_matter(d, law, whole.id, v["on"], v["number"]),
        )

    def enter(self, whole: Whole) -> PhaseDialog:
        """A PCT application enters the phases of the offices that are ticked."""
        dialog = PhaseDialog(self._desk, self._parent, whole, self._link)
        dialog.open()
        return dialog

    def re_register(self, whole: Whole) -> Asking:
        """A standard patent (R) in Hong Kong."""
        text = tr(
            "A matter in Hong Kong is made; its request to record is due 6 months after the "
            "publication of {day}, its registration 6 months after the grant.",
            day=whole.detail.row.publication_date,
        )
        return self._ask(
            whole,
            tr("Re-register in Hong Kong"),
            text,
            (),
            lambda _v: lambda d, law: lifecycle.re_register(d, law, whole.id),
            tr("Make the matter in Hong Kong"),
        )

    def claim(self, whole: Whole) -> Asking:
        """A later application claims the priority of this one."""
        rights = [(r.value, str(RIGHT_LABELS[r])) for r in (Right.PCT, *_PATENTS)]
        asked = (
            Asked("right", tr("Right"), choice_editor(rights), Right.PCT.value),
            Asked("office", tr("Office"), office_editor(), "CN", needed=True),
            self._day(tr("Filed on")),
        )
        text = tr(
            "A new matter claims the priority of {reference}; of a PCT application the office is "
            "the receiving office.",
            reference=whole.detail.row.reference,
        )
        return self._ask(
            whole,
            tr("File with priority"),
            text,
            asked,
            lambda v: (
                lambda d, law: lifecycle.claim_priority(
                    d, law, whole.id, v["right"], v["office"], v["on"]
                )
            ),
        )

    def divide(self, whole: Whole) -> Asking:
        """A divisional application."""
        asked = (self._day(tr("Filed on")), Asked("title", tr("Title"), line_editor()))
        text = tr("The divisional keeps the filing date {day}.", day=whole.detail.row.filing_date)
        return self._ask(
            whole,
            tr("Divide"),
            text,
            asked,
            lambda v: lambda d, law: lifecycle.divide(d, law, whole.id, v["on"], v["title"]),
        )

    def same_day(self, whole: Whole) -> Asking:
        """The utility model filed on the same day, with the statement in both requests."""
        day = whole.detail.row.filing_date
        text = tr("A utility model filed on {day} is made and linked to this invention.", day=day)
        ways = [(True, tr("made in both requests")), (False, tr("not made"))]
        asked = (Asked("stated", tr("Statement at filing"), choice_editor(ways), True),)
        return self._ask(
            whole,
            tr("Same-day utility model"),
            text,
            asked,
            lambda v: lambda d, law: lifecycle.same_day_pair(d, law, whole.id, stated=v["stated"]),
            tr("Make the utility model"),
        )

    # ------------------------------------------------------------------ what happens to this one

    def register(self, whole: Whole) -> Asking:
        """The formalities after a notice of grant; the first annuity is paid with them."""
        asked = (
            self._day(tr("Completed on")),
            Asked("year", tr("Annuity paid for year"), number_editor(1), grant_year(whole)),
        )
        return self._ask(
            whole,
            tr("Registration formalities"),
            tr("The annuity of the grant year is paid with them."),
            asked,
            lambda v: (
                lambda d, law: life_edits.pass_registration(d, law, whole.id, v["on"], v["year"])
            ),
            tr("Record the formalities"),
        )

    def grant(self, whole: Whole) -> Asking:
        """The right comes into force; what hangs on it follows."""
        pair = any(m.parent_id == whole.id and m.parent_kind == "same_day" for m in whole.family)
        text = tr("Annuities or renewals and the term follow from that day.")
        if pair:
            text += " " + tr("The utility model of the pair is abandoned on that day.")
        asked = (
            self._day(tr("Granted or registered")),
            Asked("number", tr("Grant no."), line_editor(), whole.detail.row.grant_number),
        )
        return self._ask(
            whole,
            tr("Grant or registration"),
            text,
            asked,
            lambda v: lambda d, law: life_edits.grant(d, law, whole.id, v["on"], v["number"]),
            tr("Record the grant or registration"),
        )

    def pay(self, whole: Whole) -> Asking:
        """An annuity, by default the next open one."""
        year = Asked("n", tr("Year"), number_editor(1), next_annuity(whole), needed=True)
        return self._ask(
            whole,
            tr("Pay an annuity"),
            tr("The deadline of that year is met; the next one is computed."),
            (year, self._day(tr("Paid on"))),
            lambda v: (
                lambda d, law: life_edits.pay_annuities(d, law, [(whole.id, v["n"], v["on"])])
            ),
        )

    def renew(self, whole: Whole) -> Asking:
        """A mark or a design, for its next period."""
        done = [e.ordinal or 0 for e in whole.events if e.type == "renewal"]
        number = Asked("n", tr("Renewal no."), number_editor(1), max(done, default=0) + 1, True)
        return self._ask(
            whole,
            tr("Renew"),
            tr("The renewal is recorded and the next one computed."),
            (number, self._day(tr("Renewed on"))),
            lambda v: lambda d, law: life_edits.renew(d, law, whole.id, v["n"], v["on"]),
        )

    def transfer(self, whole: Whole) -> Asking:
        """New owners."""
        ways = [(False, tr("stays in the portfolio")), (True, tr("leaves the portfolio"))]
        asked = (
            Asked("owners", tr("New owners"), names_editor(tr("One name a line")), (), needed=True),
            self._day(tr("Transferred on")),
            Asked("leaves", tr("The matter"), choice_editor(ways), False),
        )

        def act(v: dict[str, Any]) -> Act:
            owners = [PersonName("owner", name) for name in v["owners"]]
            return lambda d, law: life_edits.transfer(
                d, law, [whole.id], owners, v["on"], leaves=v["leaves"]
            )

        text = tr("The new owners take the place of those recorded.")
        return self._ask(whole, tr("Transfer"), text, asked, act)

    def end(self, whole: Whole) -> Asking:
        """Given up, withdrawn, lapsed or invalidated."""
        kinds = [
            ("abandonment", tr("Abandoned")),
            ("withdrawal", tr("Withdrawn")),
            ("lapse", tr("Lapsed")),
            ("invalidation", tr("Invalidated")),
        ]
        asked = (
            Asked("kind", tr("How"), choice_editor(kinds), "abandonment"),
            self._day(tr("Ended on")),
            Asked("reason", tr("Reason"), line_editor(), needed=True),
        )
        return self._ask(
            whole,
            tr("End the matter"),
            tr("Open deadlines of this matter end; the reason stays in the history."),
            asked,
            lambda v: (
                lambda d, law: life_edits.end(
                    d, law, [whole.id], v["kind"], v["on"], v["reason"] or "…"
                )
            ),
        )

    def restore(self, whole: Whole) -> Asking:
        """The office gave the right back."""
        return self._ask(
            whole,
            tr("Restore"),
            tr("The rights are restored and the deadlines run again."),
            (self._day(tr("Restored on")),),
            lambda v: lambda d, law: life_edits.restore(d, law, [whole.id], v["on"]),
        )

    # ------------------------------------------------------------------ asking and saying

    def _day(self, caption: str) -> Asked:
        return Asked("on", caption, day_editor(), self._desk.today(), needed=True)

    def _ask(
        self,
        whole: Whole,
        title: str,
        text: str,
        asked: Sequence[Asked],
        act: Callable[[dict[str, Any]], Act],
        doing: str = "",
    ) -> Asking:
        """Ask for what the act needs; what it would do stands below, as one types."""
        view = EffectView()
        view.setMinimumHeight(theme.px(180))
        fields = [replace(one) for one in asked]
        said = tr("{name}: {words}", name=title, words=tr("done"))
        dialog = Asking(
            self._parent,
            tr("{name}: {words}", name=title, words=whole.detail.row.reference),
            text,
            fields,
            doing or title,
            lambda values: run_from(dialog, self._desk, act(values), said, self._link),
            stays=True,
            below=view,
        )
        dialog.resize(theme.px(520), dialog.sizeHint().height())
        dialog.foretell(lambda values, _say: self._rehearse(whole.id, act(values), dialog, view))
        dialog.open()
        return dialog

    def _rehearse(self, matter: int, act: Act, dialog: Asking, view: EffectView) -> None:
        """What the act would do stands below; why it cannot be done stands once, by the button."""
        today = self._desk.today()

        def refused(error: Exception) -> None:
            if not alive(dialog.refuse):
                return
            view.clear()
            if isinstance(error, IpdeskError):
                dialog.refuse(str(error))
            else:
                tell(self._desk, error)

        def shown(effect: Effect) -> None:
            if alive(dialog.withdraw):
                dialog.withdraw()
                view.show_effect(effect)

        self._desk.worker.edit(lambda d: foretell(d, law_of(d, today), matter, act), shown, refused)

    def _link(self, result: Any) -> None:
        """What was made can be opened from the message; Undo stays in its menu."""
        if not isinstance(result, tuple):
            return
        made = result[0] if isinstance(result[0], tuple) else (result[0],)
        if made:
            go = partial(self._desk.go, Place("portfolio", made[0]))
            words = tr("Matters made: {n}. Undo takes all back.", n=len(made))
            self._desk.say(words, Kind.DONE, (tr("Open the matter"), go))


def has_ended(whole: Whole) -> bool:
    """Whether the matter came to an end that a restoration can undo."""
    return is_end(whole.detail.row.status)


def fits_hong_kong(whole: Whole) -> bool:
    """Whether Hong Kong takes it and has not yet: published in China, at the EPO or in the UK."""
    row = whole.detail.row
    made = any(
        m.parent_id == whole.id and m.parent_kind == lifecycle.RE_REGISTRATION for m in whole.family
    )
    published = row.publication_date is not None and row.right == Right.INVENTION
    return published and row.office in ("CN", "EP", "GB") and not made


def grant_year(whole: Whole) -> int | None:
    """The year of a Chinese patent in which its registration falls: paid with it."""
    row = whole.detail.row
    if row.office != "CN" or row.filing_date is None:
        return None
    notices = [e.date for e in whole.events if e.type == "grant_notice"]
    return patent_year(row.filing_date, max(notices)) if notices else None


def next_annuity(whole: Whole) -> int | None:
    """The year of the first annuity that waits; a design that is renewed has none."""
    right = whole.detail.row.right
    if right not in _PATENTS:
        return None
    for one in whole.deadlines:
        waits = one.state in (State.OPEN, State.SUBMITTED) and one.kind == "renewal" and one.n
        if waits and not (right == Right.DESIGN and "REN" in one.rule):
            return one.n
    return None
