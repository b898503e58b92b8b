"""What a fee comes to: the official amount, what is taken off, what being late adds, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ipdesk.base.i18n import Message, say
from ipdesk.core.docket.model import is_unverified
from ipdesk.core.fees import annuities
from ipdesk.core.fees.annuities import Annuities
from ipdesk.core.fees.checks import derived, problems_of
from ipdesk.core.fees.dates import DocketDates
from ipdesk.core.fees.model import Dates, DueDate, FeeAnswer, FeeCase, OwnAmount
from ipdesk.core.fees.reading import load
from ipdesk.core.fees.reckoning import (
    NOTHING,
    Work,
    from_own,
    number_of,
    official_amount,
    reduced,
)
from ipdesk.core.fees.tables import FeeTable, FeeTables, Item, Surcharge, fact_text


@dataclass(frozen=True, slots=True)
class Fees:
    """The fee tables together with the calendars: everything needed to name an amount."""

    tables: FeeTables
    dates: Dates

    @classmethod
    def load(cls, own: Iterable[OwnAmount] = (), dates: Dates | None = None) -> "Fees":
        """The shipped tables, the user's amounts in front of them, the shipped calendars."""
        return cls(load(own), dates or DocketDates.load())

    def fee(self, case: FeeCase, on: date | None = None) -> FeeAnswer:
        """What this item costs for this matter; what is unknown is None and says so.

        *on* is the day whose amounts count where the case has neither a due date nor a payment.
        """
        table = self.tables.table(case.office)
        on = on or max((event.date for event in case.events), default=None)
        if table is None:
            return self._without_table(case, on)
        facts, eligibility = derived(case, table)
        problems = problems_of(table, case, facts)
        blank = FeeAnswer(
            case.item, case.id, currency=table.currency, problems=problems, why=eligibility
        )
        if problems:
            return blank
        case = replace(case, facts=facts)
        late = table.surcharge_named(case.item, case.right)
        if late is not None:
            return self._surcharge_alone(case, late, blank, on)
        item = table.item(case.item, case.right)
        if item is None:
            return self._without_item(case, blank, on)
        if item.id == "term_compensation" and "compensation_days" in facts:
            item = table.item("compensation_annuity", case.right) or item
        if item.paid_at:
            return self._paid_elsewhere(case, item, blank, on)
        if item.rule_first:
            return self._annuity(table, case, item, blank, on)
        number = number_of(item, facts)
        due = self._due(case, item, number)
        why = (*blank.why, *_why_rule(due, item, case))
        return self._reckon(Work(table, case, item, number, due, on, why=why), blank)

    # ── kinds of questions ────────────────────────────────────────────────────────────────────

    def _without_table(self, case: FeeCase, on: date | None) -> FeeAnswer:
        own = self._own(case, case.item, None, on)
        why = say(
            "No fee table of office {office} is known: the amount is unknown.", office=case.office
        )
        if own is None:
            return FeeAnswer(case.item, case.id, why=(why,))
        return from_own(own, FeeAnswer(case.item, case.id))

    def _without_item(self, case: FeeCase, blank: FeeAnswer, on: date | None) -> FeeAnswer:
        own = self._own(case, case.item, None, on)
        if own is not None:
            return from_own(own, blank)
        said = say(
            "The fee table of {office} has no {item} for this right: amount unknown.",
            office=case.office,
            item=case.item,
        )
        return replace(blank, why=(*blank.why, said), problems=(said,))

    def _paid_elsewhere(
        self, case: FeeCase, item: Item, blank: FeeAnswer, on: date | None
    ) -> FeeAnswer:
        """A fee whose amount another office sets, e.g. the searching authority."""
        where = fact_text(case.facts.get(item.paid_at, "none"))
        if where == "none":
            own = self._own(case, item.id, None, on)
            if own is not None:
                return from_own(own, blank)
            said = say(
                "The amount depends on the office ({fact}), which the case does not name.",
                fact=item.paid_at,
            )
            return replace(blank, why=(said,))
        due = self._due(case, item, None)
        other = replace(case, office=where, item=item.paid_item or item.id)
        answer = self.fee(other, on)
        return replace(
            answer,
            item=case.item,
            due=due.due if due else answer.due,
            raw=due.raw if due else answer.raw,
            why=(say("The amount is that of office {office}.", office=where), *answer.why),
        )

    def _annuity(
        self, table: FeeTable, case: FeeCase, item: Item, blank: FeeAnswer, on: date | None
    ) -> FeeAnswer:
        """An annuity counted from the filing date whose first one is paid at registration."""
        basis, year = basis_of(table, case), number_of(item, case.facts)
        if basis is None:
            said = say("The filing date is missing: annuities are counted from it.")
            return replace(blank, problems=(said,))
        if year is None:
            said = say("The case does not say which patent year is meant (annuity_year).")
            return replace(blank, problems=(said,))
        blank = replace(blank, year=year)
        why = [*blank.why, *_why_years(basis, case)]
        if year > basis.last:
            return _never(blank, [*why, _beyond(basis)])
        if basis.first is not None and year < basis.first:
            return _never(blank, [*why, _before(basis, year)])
        if year == basis.first:
            due = self.dates.due(case, item.rule_first)
            why.append(say("It is paid at registration, within the period of the grant notice."))
        else:
            due = self.dates.next_open(case.office, basis.raw_due(year))
            why += _why_due(due, year)
        if year > basis.term:
            item = table.item("compensation_annuity", case.right) or item
        work = Work(table, case, item, year, due, on, basis.first, count=1, why=tuple(why))
        return self._reckon(work, blank)

    def _surcharge_alone(
        self, case: FeeCase, scheme: Surcharge, blank: FeeAnswer, on: date | None
    ) -> FeeAnswer:
        """The surcharge asked for by its own name: it needs the day of payment."""
        if case.facts.get("paid_on") is None:
            said = say("The day of payment is missing (paid_on): the surcharge depends on it.")
            return replace(blank, problems=(said,))
        answer = self.fee(replace(case, item=scheme.items[0]), on)
        if answer.problems:
            return replace(answer, item=case.item)
        if answer.due is None and answer.surcharge is not None:
            said = say("This fee is not paid late with a surcharge.")
            return replace(answer, item=case.item, why=(*answer.why, said))
        late = answer.surcharge
        return replace(
            answer,
            item=case.item,
            official=late,
            reduction=None if late is None else NOTHING,
            payable=late,
            alone=True,
            percent=0,
            source=scheme.source,
            confidence=scheme.confidence,
            unverified=answer.unverified or is_unverified(scheme.confidence),
        )

    # ── the reckoning ─────────────────────────────────────────────────────────────────────────

    def _reckon(self, work: Work, blank: FeeAnswer) -> FeeAnswer:
        day = work.day
        answer = replace(
            blank,
            year=work.number if work.item.number else None,
            due=work.due.due if work.due else None,
            raw=work.due.raw if work.due else None,
            calendar=work.due.calendar if work.due else "",
            why=work.why,
        )
        own = self._own(work.case, work.item.id, work.number, day)
        row = None if own else work.item.amount(work.case.right, work.case.facts, day)
        official: Decimal | None
        if own is not None:
            answer = from_own(own, answer, work.why, work.units)
            official = answer.official
        else:
            official, answer = official_amount(work, row, answer)
        if work.table.outdated_from and day and day >= work.table.outdated_from and own is None:
            said = say("Note: {note}", note=work.table.outdated)
            answer = replace(answer, unverified=True, why=(*answer.why, said))
        answer = reduced(work, official, answer, day)
        return self._late(work, official, answer)

    def _late(self, work: Work, official: Decimal | None, answer: FeeAnswer) -> FeeAnswer:
        """Adds what being late costs, where the case says when it was paid."""
        scheme = work.table.surcharge(
            work.item.id, work.case.right, work.due.raw if work.due else None
        )
        paid_on = work.paid_on
        first = work.first is not None and work.number == work.first
        if scheme is None or work.due is None or first:
            return replace(answer, surcharge=None if official is None else NOTHING)
        end = annuities.grace_end(scheme, work.case.office, work.due.raw, self.dates)
        answer = replace(answer, grace_end=end.due)
        if paid_on is None:
            return replace(answer, surcharge=None if official is None else NOTHING)
        late = annuities.lateness(scheme, work.case.office, work.due, paid_on, self.dates)
        if scheme.fee and late.month:
            fee = self.fee(replace(work.case, item=scheme.fee), work.on)
            said = say("Paid on {paid}, after the due date: a fee for being late.", paid=paid_on)
            return replace(answer, surcharge=fee.payable, why=(*answer.why, said, *fee.why))
        assumed = work.case.facts.get("paid_assumed") is True
        said_late = annuities.why_late(late, paid_on, official, assumed)
        sure = answer.unverified or (late.month > 0 and is_unverified(scheme.confidence))
        return replace(
            answer,
            surcharge=late.amount(official, answer.currency),
            unverified=sure,
            why=(*answer.why, *said_late),
        )

    def _due(self, case: FeeCase, item: Item, number: int | None) -> DueDate | None:
        rule = _rule(item, case)
        return self.dates.due(case, rule, number) if rule else None

    def _own(
        self, case: FeeCase, item: str, number: int | None, day: date | None
    ) -> OwnAmount | None:
        return self.tables.own(case.office, case.right, item, number, day)


def basis_of(table: FeeTable, case: FeeCase) -> Annuities | None:
    """The annuities of the case's patent; None without a filing date or a term."""
    filing = case.day("filing")
    term = table.term(case.right, filing) if filing else None
    if filing is None or term is None:
        return None
    days = int(case.facts.get("compensation_days") or 0)
    return Annuities(filing, granted_on(case), term.years, days)


def granted_on(case: FeeCase) -> date | None:
    """The grant; before it the notice of grant, which names the first annuity."""
    return case.day("grant") or case.day("grant_notice")


def _never(blank: FeeAnswer, why: list[Message]) -> FeeAnswer:
    """An annuity that does not exist: nothing to pay, and said as a problem."""
    return replace(
        blank,
        official=NOTHING,
        reduction=NOTHING,
        payable=NOTHING,
        surcharge=NOTHING,
        why=tuple(why),
        problems=(why[-1],),
    )


def _why_years(basis: Annuities, case: FeeCase) -> list[Message]:
    if basis.grant is None:
        return [say("There is no grant date: no annuity is due before the grant.")]
    if case.day("grant") is None:
        return [
            say(
                "Filed on {filing}; the notice of grant of {notice} lies in patent year {first}: "
                "annuities begin with that year.",
                filing=basis.filing,
                notice=basis.grant,
                first=basis.first,
            )
        ]
    return [
        say(
            "Filed on {filing} and granted on {grant}, in patent year {first}: annuities begin "
            "with year {first}.",
            filing=basis.filing,
            grant=basis.grant,
            first=basis.first,
        )
    ]


def _rule(item: Item, case: FeeCase) -> str:
    return item.rule_pct if item.rule_pct and case.route == "pct" else item.rule


def _why_rule(due: DueDate | None, item: Item, case: FeeCase) -> list[Message]:
    if due is None:
        return []
    return [
        say("Due on {due} (rule {rule}).", due=due.raw, rule=_rule(item, case)),
        *_why_rolled(due),
    ]


def _why_due(due: DueDate, year: int) -> list[Message]:
    said = [
        say(
            "Year {year} is due on the filing anniversary {raw}, before that year begins.",
            year=year,
            raw=due.raw,
        )
    ]
    return [*said, *_why_rolled(due)]


def _why_rolled(due: DueDate) -> list[Message]:
    said = []
    if due.due != due.raw:
        said.append(
            say("{raw} is a closed day; the next open day is {due}.", raw=due.raw, due=due.due)
        )
    if due.calendar == "computed":
        said.append(say("The office's calendar of that year is computed, not yet published."))
    return said


def _beyond(basis: Annuities) -> Message:
    return say(
        "The term ends on {end}: patent year {last} is the last that costs an annuity.",
        end=basis.end,
        last=basis.last,
    )


def _before(basis: Annuities, year: int) -> Message:
    return say(
        "The annuity of year {year} was never due: it lies before the grant year {first}.",
        year=year,
        first=basis.first,
    )
