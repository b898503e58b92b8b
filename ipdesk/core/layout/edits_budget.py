"""Writing the budgets of a plan, within the edit that sets or copies them."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.layout.model import Budget
from ipdesk.core.layout.queries import budget_of
from ipdesk.store.schema.layout import plan_budget
from ipdesk.store.writer import Writer


def write_budget(writer: Writer, plan_id: int, budget: Sequence[Budget]) -> None:
    """These budgets in place of those that stand. Raises IpdeskError for a bad line."""
    if Counter(budget_of(writer.connection, plan_id)) == Counter(budget):
        return
    for one in budget:
        if bool(one.right) + bool(one.office) + bool(one.technology_id) > 1:
            raise IpdeskError(
                say("A budget is for one right, one technology or one territory, or for all.")
            )
        if not one.currency.strip() or one.amount < 0:
            raise IpdeskError(say("A budget is an amount from 0 on, in a currency."))
    b = plan_budget.c
    old = writer.connection.execute(select(b.id).where(b.plan_id == plan_id)).scalars()
    writer.delete(plan_budget, list(old))
    insert_budget(writer, plan_id, budget)


def insert_budget(writer: Writer, plan_id: int, budget: Sequence[Budget]) -> None:
    """The lines themselves."""
    rows = [
        {
            "plan_id": plan_id,
            "quarter": one.quarter,
            "amount": str(one.amount),
            "currency": one.currency,
            "right": one.right,
            "office": one.office,
            "technology_id": one.technology_id,
        }
        for one in budget
    ]
    writer.insert_many(plan_budget, rows)
