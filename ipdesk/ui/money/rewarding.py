"""Rewards to inventors: what is owed for each right, shared, paid out, signed for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING, Any

from ipdesk.base.dates import add_months, distance
from ipdesk.base.i18n import ntr, say, tr
from ipdesk.base.money import written
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.fees.records import RewardRow, ShareRow
from ipdesk.core.fees.rewards import Reward
from ipdesk.core.fees.setting import fees_for, policies_for
from ipdesk.core.fees.support_edits import (
    keep_reward,
    make_rewards,
    remove,
    settle_shares,
    share_reward,
)
from ipdesk.core.fees.support_queries import owed_rewards, rewards
from ipdesk.ui.desk import Desk
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.money.facts import amount_editor, money
from ipdesk.ui.money.held import HeldFacet, HeldSource
from ipdesk.ui.money.naming import matters_named
from ipdesk.ui.money.views import ListView, amount_cell
from ipdesk.ui.tables.columns import Align, Column, Mark
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.fields import Editor, day_editor, line_editor, names_editor
from ipdesk.ui.widgets.states import Notice

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BEHIND = 24  # months: grants whose reward may be missing
_KINDS = {"grant": say("For the grant"), "exploitation": say("For exploitation")}
_STATES = {
    "owed": (Tone.SOON, say("Not on record")),
    "unpaid": (Tone.PLAIN, say("Not paid out yet")),
    "late": (Tone.OVERDUE, say("Overdue")),
    "unsigned": (Tone.SOON, say("Paid, not signed")),
    "settled": (Tone.DONE, say("Paid and signed")),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """A reward on record, or one that the law or the company's rule asks for."""

    matter_id: int
    reference: str
    due: date | None
    state: str
    row: RewardRow | None = None
    grant: date | None = None
    reward: Reward | None = None

    @property
    def amount(self) -> Decimal | None:
        return self.row.amount if self.row else self.reward.amount if self.reward else None

    @property
    def currency(self) -> str:
        return self.row.currency if self.row else self.reward.currency if self.reward else ""

    @property
    def shares(self) -> tuple[ShareRow, ...]:
        return self.row.shares if self.row else ()


class RewardsView(ListView):
    """Rewards on record and missing; the one in focus with its shares."""

    def __init__(self, desk: Desk) -> None:
        source = HeldSource(
            "rewards",
            _columns(desk.today),
            partial(_read, desk.today),
            lambda o: (o.matter_id, o.row.id if o.row else 0),
            _FACETS,
            _words,
        )
        prompt = tr("Select a reward to see its shares.")
        super().__init__(desk, source, self._nothing, "due", prompt, descending=True)
        main = action(self, tr("Put on record"), self.make)
        rest = [
            action(self, tr("Mark as paid out…"), partial(self.settle, "paid")),
            action(self, tr("Mark as signed…"), partial(self.settle, "signed")),
            action(self, tr("Share anew…"), self.share),
            None,
            action(self, tr("Add a remuneration for exploitation…"), self.add),
            action(self, tr("Delete the reward"), self.delete),
            None,
            self.list.export_action(tr("Rewards")),
        ]
        self.add_actions(main, rest)

    def _nothing(self) -> Notice:
        text = tr("Rewards are due when a right with inventors on record is granted.")
        return Notice("medal", tr("No reward is owed"), text)

    # ------------------------------------------------------------------ acts

    def make(self) -> None:
        """Put the missing rewards that are selected on record; all of them if none is."""
        missing = [o for o in self.chosen() if o.state == "owed" and o.grant]
        if not missing:
            self.desk.say(tr("Select rewards that are not on record yet."))
            return
        grants = {o.matter_id: o.grant for o in missing if o.grant}

        def act(database: Any, law: Any) -> Any:
            with database.read() as connection:
                fees, policies = fees_for(connection, law), policies_for(connection)
            return make_rewards(database, fees, policies, grants)

        n = len(grants)
        run_edit(self.desk, act, ntr("{n} reward put on record.", "{n} rewards put on record.", n))

    def settle(self, how: str) -> None:
        """Shares of the selected rewards were paid out, or signed for."""
        shares = [s for o in self.chosen() for s in o.shares]
        ids = [s.id for s in shares if (s.paid_on if how == "paid" else s.signed_on) is None]
        if not ids:
            self.desk.say(tr("Select rewards with shares that are still open."))
            return
        title = tr("Mark as paid out") if how == "paid" else tr("Mark as signed")
        asked = (Asked("on", tr("Day"), day_editor(), self.desk.today(), needed=True),)

        def done(values: Mapping[str, Any]) -> None:
            paid = values["on"] if how == "paid" else None
            signed = values["on"] if how == "signed" else None
            run_edit(self.desk, lambda d, _law: settle_shares(d, ids, paid, signed), tr("Done."))

        text = ntr("{n} share.", "{n} shares.", len(ids))
        Asking(self, title, text, asked, title, done).open()

    def share(self) -> None:
        """Other parts for the inventors of the reward in focus."""
        chosen = self.current()
        if chosen is None or chosen.row is None or not chosen.shares:
            self.desk.say(tr("Select a reward that is on record."))
            return
        asked = [
            Asked(str(s.party_id), s.name, _weight_editor(), s.weight, needed=True)
            for s in chosen.shares
        ]
        reward_id = chosen.row.id
        text = tr("Parts of any size; they are divided in proportion, to the last cent.")
        Asking(
            self, tr("Share anew"), text, asked, tr("Share out"), partial(self._share, reward_id)
        ).open()

    def _share(self, reward_id: int, values: dict[str, Any]) -> None:
        weights = {int(party): weight for party, weight in values.items()}
        run_edit(self.desk, lambda d, _law: share_reward(d, reward_id, weights), tr("Done."))

    def add(self) -> None:
        """What exploitation brought, for the inventors of a matter."""
        current = self.current()
        asked = (
            Asked("reference", tr("Reference"), line_editor(),
                  current.reference if current else "", needed=True),
            Asked("amount", tr("Amount, CNY"), amount_editor(), None, needed=True),
            Asked("period", tr("Period"), line_editor(), str(self.desk.today().year)),
            Asked("due", tr("Due"), day_editor()),
            Asked("note", tr("How it was reckoned"), names_editor(tr("One line each"))),
        )  # fmt: skip
        title = tr("Remuneration for exploitation")
        Asking(self, title, "", asked, tr("Save"), self._add).open()

    def _add(self, values: dict[str, Any]) -> None:
        reference = values.pop("reference")
        values["note"] = "\n".join(values["note"])

        def act(database: Any, _law: Any) -> Any:
            with database.read() as connection:
                (matter_id,) = matters_named(connection, [reference])
            return keep_reward(database, matter_id, values)

        run_edit(self.desk, act, tr("Done."))

    def delete(self) -> None:
        """The reward in focus was never owed."""
        chosen = self.current()
        if chosen is None or chosen.row is None:
            self.desk.say(tr("Select a reward that is on record."))
            return
        wanted = chosen.row.id
        run_edit(self.desk, lambda d, _law: remove(d, "reward", [wanted]), tr("Done."))

    # ------------------------------------------------------------------ showing

    def selected_changed(self) -> None:
        sums: dict[str, Decimal] = {}
        for one in self.chosen():
            if one.amount is not None:
                sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.amount
        n = len(self.list.table.selected_ids())
        shown = ", ".join(money(a, c) for c, a in sums.items())
        self.said.put(ntr("{n} reward:", "{n} rewards:", n) + " " + shown if n > 1 else "")

    def show_row(self, row: Owed) -> None:
        card = self.detail
        card.begin(_KINDS[row.row.kind if row.row else "grant"])
        title = row.row.title if row.row else ""
        card.matter(self.desk, row.matter_id, f"{row.reference}  {title}".strip())
        tone, words = _STATES[row.state]
        marks: list[tuple[Tone, object]] = [(tone, words)]
        if row.reward is not None and row.reward.unverified:
            marks.append((Tone.UNCHECKED, tr("Amount not verified yet")))
        card.chips(marks)
        if row.row is None:
            card.buttons([button(tr("Put on record"), self.make)])
        else:
            card.buttons(
                [
                    button(tr("Mark as paid out…"), partial(self.settle, "paid")),
                    button(tr("Mark as signed…"), partial(self.settle, "signed")),
                    button(tr("Share anew…"), self.share),
                ]
            )
        due = f"{row.due}  ({distance(row.due, self.desk.today())})" if row.due else ""
        card.facts(
            (
                (tr("Due"), due),
                (tr("Amount"), money(row.amount, row.currency)),
                (tr("Period"), row.row.period if row.row else ""),
                (tr("Granted on"), row.grant),
                (tr("Note"), row.row.note if row.row else ""),
            )
        )
        shares = [_share_words(s, row.currency) for s in row.shares]
        card.sentences(tr("Inventors"), shares, numbered=False)
        why = row.row.why if row.row else row.reward.why if row.reward else ()
        card.sentences(tr("Why this amount"), why)
        card.end()


def _weight_editor() -> Editor:
    """A part, larger than or equal to nothing."""
    plain = line_editor()

    def read(made: Any) -> Decimal | None:
        try:
            value = Decimal(made.text().strip() or "0")
        except InvalidOperation:
            value = Decimal(-1)
        if value < 0:
            raise ValueError(tr("A part is a number, not below zero."))
        return value

    return Editor(lambda value: plain.make(written(value)), read)


def _share_words(share: ShareRow, currency: str) -> str:
    done = share.paid_on and share.signed_on
    sign = SIGNS[Tone.DONE if done else Tone.SOON]
    paid = tr("paid {day}", day=share.paid_on) if share.paid_on else tr("not paid")
    signed = tr("signed {day}", day=share.signed_on) if share.signed_on else tr("not signed")
    parts = (f"{written(share.weight)} %", money(share.amount, currency), paid, signed)
    return f"{sign} {share.name}: " + " · ".join(parts)


def _read(today: Callable[[], date], connection: Connection) -> list[Owed]:
    day = today()
    docket = docket_for(connection, day)
    fees, policies = fees_for(connection, docket), policies_for(connection)
    owed = owed_rewards(connection, fees, policies, add_months(day, -_BEHIND))
    found = [
        Owed(matter_id, reference, made.due, "owed", None, granted, made)
        for matter_id, reference, granted, made in owed
    ]
    found += [
        Owed(row.matter_id, row.reference, row.due, _state_of(row, day), row)
        for row in rewards(connection)
    ]
    return found


def _state_of(row: RewardRow, today: date) -> str:
    if row.settled:
        return "settled"
    if row.shares and all(s.paid_on for s in row.shares):
        return "unsigned"
    return "late" if row.due is not None and row.due < today else "unpaid"


def _words(row: Owed) -> str:
    names = " ".join(s.name for s in row.shares)
    return f"{row.reference} {names} {row.row.title if row.row else ''}"


def _state(row: Owed) -> Mark | str:
    tone, words = _STATES[row.state]
    return str(words) if tone is Tone.PLAIN else Mark(tone, str(words))


def _due(today: Callable[[], date], row: Owed) -> date | Mark | None:
    if row.due is None or row.state in ("settled", "unsigned"):
        return row.due
    days = (row.due - today()).days
    if days > 30:
        return row.due
    return Mark(Tone.OVERDUE if days < 0 else Tone.SOON, row.due.isoformat())


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    return (
        Column("due", say("Due"), partial(_due, today), 112),
        Column("reference", say("Reference"), lambda o: o.reference, 104, strong=True),
        Column("kind", say("Kind"), lambda o: str(_KINDS[o.row.kind if o.row else "grant"]), 120),
        Column("amount", say("Amount"), lambda o: amount_cell(o.amount), 90, Align.RIGHT),
        Column("state", say("State"), _state, 140),
        Column("people", say("Inventors"), lambda o: ", ".join(s.name for s in o.shares), 200,
               least=120),
    )  # fmt: skip


_FACETS = (
    HeldFacet("state", say("State"), lambda o: (o.state,), lambda v: _STATES[v][1]),
    HeldFacet("inventor", say("Inventor"), lambda o: tuple(s.name for s in o.shares)),
    HeldFacet("year", say("Year"), lambda o: (str(o.due.year),) if o.due else ()),
)
