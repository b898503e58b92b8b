"""What is kept about money: payments, lists, reduction records, decisions, programmes, rewards."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ipdesk.base.i18n import Message, say

HUNDRED = Decimal(100)


def hundredths(amount: Decimal | int | None) -> int | None:
    """A sum as it is stored."""
    return None if amount is None else int((Decimal(amount) * HUNDRED).to_integral_value())


def amount_of(stored: int | None) -> Decimal | None:
    """A stored sum as a number."""
    return None if stored is None else Decimal(stored) / HUNDRED


class PaymentState(StrEnum):
    """How far a payment has come; *paid* stays amber until the office's receipt is seen."""

    PLANNED = "planned"
    PAID = "paid"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


PAYMENT_LABELS: dict[str, Message] = {
    PaymentState.PLANNED: say("To be paid"),
    PaymentState.PAID: say("Paid, no receipt yet"),
    PaymentState.CONFIRMED: say("Paid, receipt seen"),
    PaymentState.CANCELLED: say("Not paid any more"),
}


class ProgrammeState(StrEnum):
    """Where an application for money stands."""

    WATCHING = "watching"
    PREPARING = "preparing"
    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    RECEIVED = "received"
    ENDED = "ended"


PROGRAMME_STATES: dict[str, Message] = {
    ProgrammeState.WATCHING: say("Being watched"),
    ProgrammeState.PREPARING: say("In preparation"),
    ProgrammeState.APPLIED: say("Applied for"),
    ProgrammeState.APPROVED: say("Approved"),
    ProgrammeState.REFUSED: say("Turned down"),
    ProgrammeState.RECEIVED: say("Money received"),
    ProgrammeState.ENDED: say("Ended"),
}

PROGRAMME_KINDS: dict[str, Message] = {
    "grant": say("Subsidy"),
    "award": say("Award"),
    "pledge_interest": say("Interest subsidy for a pledge"),
    "navigation": say("Patent navigation project"),
    "cultivation": say("High-value patent cultivation"),
    "standard": say("Management-standard certification"),
    "other": say("Other programme"),
}


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A stored payment with its matter; sums are numbers, None is unknown."""

    id: int
    matter_id: int
    reference: str
    right: str
    office: str
    title: str
    application_number: str
    grant_number: str
    item: str
    number: int | None
    due: dt.date | None
    currency: str
    official: Decimal | None
    reduction: Decimal | None
    surcharge: Decimal | None
    payable: Decimal | None
    agent_fee: Decimal | None
    agent_currency: str
    fee_reduction: str
    state: str
    list_id: int | None
    paid_on: dt.date | None
    paid_by: str
    paid_amount: Decimal | None
    confirmed_on: dt.date | None
    confirmed_by: str
    receipt: str
    event_id: int | None
    note: str
    why: tuple[Message, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """What goes to the office: the reduced fee and the surcharge."""
        if self.payable is None:
            return None
        return self.payable + (self.surcharge or Decimal(0))


@dataclass(frozen=True, slots=True)
class ListRow:
    """A stored payment list with its sums by currency."""

    id: int
    name: str
    made_on: dt.date
    payee: str
    agent: str
    due_until: dt.date | None
    sent_on: dt.date | None
    note: str
    payments: int
    paid: int
    confirmed: int
    totals: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A stored reduction record with its applicant."""

    id: int
    party_id: int
    name: str
    year: int
    number: str
    kind: str
    income: Decimal | None
    filed_on: dt.date | None
    approved_on: dt.date | None
    valid_until: dt.date | None
    withdrawn: bool
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A stored decision to keep or abandon."""

    id: int
    matter_id: int
    reference: str
    number: int
    decision: str
    reason: str
    decided_on: dt.date
    decided_by: str
    consent: str


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A stored programme with its open documents and linked matters."""

    id: int
    name: str
    kind: str
    authority: str
    conditions: str
    opens: dt.date | None
    closes: dt.date | None
    owner: str
    state: str
    expected: Decimal | None
    currency: str
    applied_on: dt.date | None
    decided_on: dt.date | None
    refusal: str
    received: Decimal | None
    received_on: dt.date | None
    note: str
    documents: tuple["DocumentRow", ...]
    matters: tuple[tuple[int, str], ...]  # id, reference


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that a programme asks for."""

    id: int
    programme_id: int
    name: str
    due: dt.date | None
    submitted_on: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One inventor's part of a reward."""

    id: int
    party_id: int
    name: str
    weight: Decimal  # percent
    amount: Decimal | None
    paid_on: dt.date | None
    signed_on: dt.date | None
    note: str


@dataclass(frozen=True, slots=True)
class RewardRow:
    """A stored reward with its shares."""

    id: int
    matter_id: int
    reference: str
    title: str
    kind: str
    amount: Decimal | None
    currency: str
    due: dt.date | None
    period: str
    note: str
    shares: tuple[ShareRow, ...]
    why: tuple[Message, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether everybody was paid and signed."""
        return bool(self.shares) and all(s.paid_on and s.signed_on for s in self.shares)


@dataclass(frozen=True, slots=True)
class AccelerationRow:
    """A stored request for faster examination."""

    id: int
    matter_id: int
    reference: str
    right: str
    way: str
    centre: str
    ground: str
    requested_on: dt.date | None
    accepted_on: dt.date | None
    refused_on: dt.date | None
    closed_on: dt.date | None
    reply_due: dt.date | None
    replied_on: dt.date | None
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A stored line of a budget."""

    id: int
    year: int
    month: int | None
    dimension: str
    key: str
    amount: Decimal
    currency: str
    note: str


@dataclass(frozen=True, slots=True)
class FeeDate:
    """A date of money for the list of deadlines: a document, a reward, a reply on the fast way."""

    due: dt.date
    kind: str  # programme | document | reward | reply
    label: Message
    owner_id: int
    matter_id: int | None = None


@dataclass(frozen=True, slots=True)
class FeeWarning:
    """One line of money for the home page; *place* is the view of the money page to go to."""

    kind: str  # programme | document | reward | reply | reduction_lapses …
    text: Message
    due: dt.date
    place: str
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """Applicants who file together: how many rights they have, what they may have reduced."""

    names: tuple[str, ...]
    matters: int
    rate: str | None  # 85, 70, none; None while an income is unknown
    held: str  # the rate of the records that are there: 85, 70, none
    why: tuple[Message, ...]


def messages(stored: Any) -> tuple[Message, ...]:
    """Stored reasons as messages again."""
    return tuple(Message.from_json(one) for one in stored or ())


def stored_messages(why: tuple[Message, ...]) -> list[dict[str, Any]]:
    """Reasons as they are stored."""
    return [one.to_json() for one in why]
