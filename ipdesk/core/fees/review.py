"""Keep or abandon: a sheet of the annuities to come with what speaks for and against each right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ipdesk.base.i18n import Message, say
from ipdesk.base.money import Money
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeAnswer, FeeCase
from ipdesk.core.fees.prices import PriceList
from ipdesk.core.fees.renewals import Renewal, Series, asked, series_of

_LOW_GRADES = frozenset({"c", "d", "low", "低"})


@dataclass(frozen=True, slots=True)
class Held:
    """A matter under review, with what the company knows of its worth."""

    matter_id: int
    reference: str
    title: str
    case: FeeCase
    expiry: date | None = None
    grade: str = ""
    products: tuple[str, ...] = ()
    in_use: bool = False  # a product in use rests on it
    covering: int = 0  # living rights of the company for the same technology, this one included
    pledged_to: str = ""
    licensed: bool = False
    paid_through: int = 0  # the last number that is paid
    decision: str = ""  # keep | abandon, where one was taken for the coming number
    on_record: FeeCase | None = None  # with the reduction on record today, nothing assumed


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One line of the sheet."""

    held: Held
    number: int
    due: date
    grace_end: date | None
    answer: FeeAnswer
    agent: Money | None
    to_come: Decimal | None  # all payable fees to the end of its life, this one included
    years_left: int | None
    remarks: tuple[Message, ...]
    needs_consent: bool  # of the lender, before it is given up
    assumed: bool = False  # the amount takes a reduction for granted that is not on record yet

    @property
    def overdue(self) -> bool:
        return self.answer.surcharge is not None and self.answer.surcharge > 0


def review(
    held: Iterable[Held], fees: Fees, begin: date, end: date, prices: PriceList | None = None
) -> Iterator[ReviewRow]:
    """The next unpaid fee of each matter that is due until *end*, overdue ones included."""
    for matter in held:
        table = fees.tables.table(matter.case.office)
        series = series_of(table, matter.case) if table else None
        if series is None or series.waiting_for:
            continue
        coming = next(
            (
                r
                for r in series.renewals
                if r.number > matter.paid_through
                and not r.at_registration
                and (matter.paid_through or r.raw >= begin)
            ),
            None,
        )
        if coming is None or coming.raw > end:
            continue
        yield _row(matter, series, coming, fees, begin, prices or PriceList())


def _row(
    held: Held, series: Series, coming: Renewal, fees: Fees, today: date, prices: PriceList
) -> ReviewRow:
    case = held.case
    due = fees.dates.next_open(case.office, coming.raw).due
    late = today if due < today else None
    now = held.on_record if held.on_record is not None and due.year <= today.year else case
    answer = fees.fee(asked(now, series, coming.number, late, assumed=True), due)
    assumed = now is case and bool(answer.percent) and due.year > today.year
    if assumed:
        said = say(
            "The fee reduction is assumed to be recorded again for {year}; without it the full "
            "fee is payable.",
            year=due.year,
        )
        answer = replace(answer, why=(*answer.why, said))
    agent = prices.price(case.office, case.right, series.item.id, due)
    left = (held.expiry - today).days // 365 if held.expiry else None
    return ReviewRow(
        held,
        coming.number,
        due,
        answer.grace_end,
        answer,
        agent,
        cost_to_come(case, series, coming.number, fees),
        max(left, 0) if left is not None else None,
        tuple(_remarks(held, left)),
        bool(held.pledged_to),
        assumed,
    )


def cost_to_come(case: FeeCase, series: Series, number: int, fees: Fees) -> Decimal | None:
    """All fees from a number on, after reduction; None where one of them is unknown."""
    total = Decimal(0)
    for renewal in series.renewals:
        if renewal.number >= number:
            answer = fees.fee(asked(case, series, renewal.number), renewal.raw)
            if answer.payable is None:
                return None
            total += answer.payable
    return total


def _remarks(held: Held, years_left: int | None) -> Iterator[Message]:
    """What the reviewer should see; the program does not decide."""
    if held.pledged_to:
        yield say(
            "Pledged to {lender}: giving it up needs the lender's consent.", lender=held.pledged_to
        )
    if held.licensed:
        yield say("Licensed: look into the licence before giving it up.")
    if held.in_use:
        products = ", ".join(held.products)
        yield say("A product in use rests on it: {products}.", products=products)
    elif held.products:
        products = ", ".join(held.products)
        yield say("Linked to products that are not in use: {products}.", products=products)
    else:
        yield say("No product is linked to it.")
    if held.covering == 1:
        yield say("It is the company's only living right for its technology.")
    elif held.covering > 1:
        yield say(
            "{count} living rights of the company cover the same technology.", count=held.covering
        )
    if not held.grade:
        yield say("It has no value grade yet.")
    elif held.grade.casefold() in _LOW_GRADES:
        yield say("Its value grade is low ({grade}).", grade=held.grade)
    if years_left is not None and years_left < 3:
        yield say("Less than three years of life are left.")
