"""What a fee would cost with the fee-reduction record that is missing, and who lacks it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ipdesk.base.i18n import Message, say
from ipdesk.base.money import written
from ipdesk.core.fees.cases import FeeMatter
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeAnswer, FeeCase


def with_record(
    one: FeeMatter, case: FeeCase, answer: FeeAnswer, fees: Fees, day: date
) -> tuple[FeeAnswer, Decimal | None]:
    """The answer with a sentence on the missing record, and what would be payable with it.

    Only for applicants who had a record once: the others may never have qualified.
    """
    lacking = one.lacking(day)
    if not lacking or answer.payable is None:
        return answer, None
    rate = "85" if len(one.applicants) == 1 else "70"
    could = fees.fee(replace(case, facts={**case.facts, "fee_reduction": rate}), day)
    if could.payable is None or could.payable >= answer.payable:
        return answer, None
    said = _said(day.year, lacking, could.payable, answer.currency)
    return replace(answer, why=(*answer.why, said)), could.payable


def _said(year: int, names: Sequence[str], payable: Decimal, currency: str) -> Message:
    return say(
        "No fee-reduction record of {year} for {names}: with it {currency} {payable} would be "
        "payable.",
        year=year,
        names=" + ".join(names),
        payable=written(payable),
        currency=currency,
    )
