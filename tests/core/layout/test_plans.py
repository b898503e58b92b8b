"""Plans: versions, what a frozen plan refuses, rows that become matters and flow back."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ipdesk.base.change import Topic
from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket.edits import record_event
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput
from ipdesk.core.fees.engine import Fees
from ipdesk.core.layout.costs import CostTerms, total
from ipdesk.core.layout.edits import (
    Pricing,
    add_plan,
    add_rows,
    approve_plan,
    change_plan,
    change_row,
    copy_plan,
    delete_plan,
    delete_rows,
    move_on,
    order_rows,
    price_plan,
    set_budget,
)
from ipdesk.core.layout.edits_work import approve_rows, link_matter, unlink_matter
from ipdesk.core.layout.model import Budget, PlanFields, PlanRow, RowFields, Target
from ipdesk.core.layout.queries import (
    budget_of,
    current_plans,
    decisions_of,
    plan,
    plan_named,
    plan_row_of,
    plan_rows,
    plans,
    rows_of_matter,
)
from ipdesk.core.layout.queries_growth import compare_plans, plan_actual, planned_filings
from ipdesk.core.layout.queries_matrix import coverage
from ipdesk.core.portfolio.queries import matter_detail
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from tests.conftest import TODAY
from tests.core.layout.seeds import Company, found, own_matter


@pytest.fixture
def company(database: Database) -> Company:
    return found(database)


def row_of(database: Database, row_id: int) -> PlanRow:
    with database.read() as connection:
        row = plan_row_of(connection, row_id)
    assert row is not None
    return row


# -- rows -----------------------------------------------------------------------------------------
def test_a_row_keeps_everything_that_was_typed(database: Database, company: Company) -> None:
    row = row_of(database, company.row)
    assert row.fields.inventors == ("王小明", "Li Wei")
    assert row.fields.territories == (Target("CN", "home market"),)
    assert row.fields.target == date(2027, 3, 1)  # a month, kept as its first day
    assert (row.technology, row.effect, row.product) == ("Alloy", "Conductivity", "Sensor")
    assert row.priority == 60
    assert row.status == "idea"


@pytest.mark.parametrize(
    "fields",
    [
        RowFields(" "),
        RowFields("x", right="trademark"),
        RowFields("x", role="hero"),
        RowFields("x", role="trade_secret", right="trade_secret"),
        RowFields("x", value=6),
        RowFields("x", status="dropped"),
    ],
)
def test_a_row_that_says_too_little_is_refused(
    database: Database, company: Company, fields: RowFields
) -> None:
    with pytest.raises(IpdeskError):
        add_rows(database, company.plan, [fields])


def test_a_trade_secret_needs_its_reason(database: Database, company: Company) -> None:
    secret = RowFields("Recipe", right="trade_secret", role="trade_secret", role_reason="no trace")
    ids, _ = add_rows(database, company.plan, [secret])
    assert row_of(database, ids[0]).fields.role_reason == "no trace"


def test_dropping_needs_a_reason_and_is_remembered(database: Database, company: Company) -> None:
    with pytest.raises(IpdeskError):
        move_on(database, [company.row], "dropped", TODAY)
    move_on(database, [company.row], "dropped", TODAY, "too expensive")
    with database.read() as connection:
        decision = decisions_of(connection, company.plan)[0]
    assert (decision.decision, decision.reason) == ("dropped", "too expensive")
    assert row_of(database, company.row).planned is False


def test_rows_stand_in_the_order_given(database: Database, company: Company) -> None:
    more, _ = add_rows(database, company.plan, [RowFields("B"), RowFields("C")])
    order_rows(database, company.plan, [more[1], company.row, more[0]])
    with database.read() as connection:
        titles = [r.fields.title for r in plan_rows(connection, [company.plan])]
    assert titles == ["C", "Low-viscosity ink", "B"]


def test_an_estimate_comes_from_the_fee_tables_with_the_reduction(
    database: Database, company: Company
) -> None:
    terms = CostTerms(home="CN", reduction="85")
    change = price_plan(database, company.plan, Pricing(Fees.load(), terms, TODAY))
    assert change.touches(Topic.LAYOUT)
    row = row_of(database, company.row)
    # invention 900, publication 50, examination 2500, utility model 500; publication unreduced
    assert total([row]).sums == {"CNY": Decimal("635.00")}
    assert row.estimated_on == TODAY
    assert all(line.why for line in row.estimate)


# -- versions -------------------------------------------------------------------------------------
def test_an_approved_plan_refuses_every_edit(database: Database, company: Company) -> None:
    approve_plan(database, company.plan, TODAY, "board of November")
    row = row_of(database, company.row)
    refused = [
        lambda: add_rows(database, company.plan, [RowFields("B")]),
        lambda: change_row(database, company.row, row.fields),
        lambda: delete_rows(database, [company.row]),
        lambda: order_rows(database, company.plan, [company.row]),
        lambda: change_plan(database, company.plan, PlanFields("2027", purpose="other")),
        lambda: delete_plan(database, company.plan),
        lambda: approve_plan(database, company.plan, TODAY),
    ]
    for edit in refused:
        with pytest.raises(IpdeskError, match="Copy it"):
            edit()
    with database.read() as connection:
        info = plan(connection, company.plan)
    assert (info.status, info.approved_on, info.approved_by) == ("approved", TODAY, "Tester")


def test_an_approved_plan_still_moves_on(
    database: Database, docket: Docket, company: Company
) -> None:
    approve_plan(database, company.plan, TODAY)
    move_on(database, [company.row], "drafting", TODAY)
    assert row_of(database, company.row).status == "drafting"
    matters, _ = approve_rows(database, docket, [company.row])
    assert len(matters) == 2


def test_a_new_version_freezes_the_one_before_when_it_is_approved(
    database: Database, company: Company
) -> None:
    approve_plan(database, company.plan, TODAY)
    second, _ = copy_plan(database, company.plan, TODAY)
    with database.read() as connection:
        info = plan(connection, second)
        copied = plan_rows(connection, [second])
    assert (info.name, info.version, info.status) == ("2027", 2, "draft")
    assert info.copied_from_id == company.plan
    assert [r.lineage for r in copied] == [company.row]
    approve_plan(database, second, TODAY)
    with database.read() as connection:
        states = {p.version: p.status for p in plans(connection)}
        assert plan_named(connection, "2027").version == 2
        assert plan_named(connection, "2027", 1).id == company.plan
    assert states == {1: "frozen", 2: "approved"}
    with pytest.raises(IpdeskError, match="frozen"):
        move_on(database, [company.row], "drafting", TODAY)


def test_a_what_if_copy_has_a_name_of_its_own_and_does_not_count(
    database: Database, company: Company
) -> None:
    other, _ = copy_plan(database, company.plan, TODAY, name="Only China", kind="what_if")
    with database.read() as connection:
        assert plan(connection, other).version == 1
        assert [p.name for p in current_plans(connection)] == ["2027"]
    with pytest.raises(IpdeskError, match="already"):
        copy_plan(database, company.plan, TODAY, name="only china")


def test_plans_side_by_side_show_what_differs(database: Database, company: Company) -> None:
    second, _ = copy_plan(database, company.plan, TODAY)
    with database.read() as connection:
        copied = plan_rows(connection, [second])[0]
    change_row(database, copied.id, RowFields("Low-viscosity ink", right="invention"))
    add_rows(database, second, [RowFields("Another", right="utility_model")])
    with database.read() as connection:
        seen = compare_plans(connection, [company.plan, second], TODAY)
    assert [t.planned for t in seen.tallies] == [1, 2]
    assert seen.rights[0] == {"invention": 1, "utility_model": 1}
    ink, another = seen.rows
    assert {"right", "target", "territories"} <= set(ink.differs)
    assert another.differs == ("missing",)
    assert another.rows[0] is None


def test_budgets_are_kept_by_quarter_and_part_and_copied(
    database: Database, company: Company
) -> None:
    first = date(2027, 1, 1)
    budget = [
        Budget(first, Decimal(20000), "CNY"),
        Budget(first, Decimal("512.50"), "CNY", right="pct"),
        Budget(first, Decimal(9), "CNY", technology_id=company.ink),
        Budget(date(2027, 4, 1), Decimal(5), "EUR", office="EP"),
    ]
    made, _ = add_plan(database, PlanFields("Budget"), TODAY)
    set_budget(database, made, budget)
    copied, _ = copy_plan(database, made, TODAY)
    with database.read() as connection:
        assert Counter(budget_of(connection, copied)) == Counter(budget)
    wrong = [replace(budget[0], right="pct", office="EP"), replace(budget[0], amount=Decimal(-1))]
    for one in wrong:
        with pytest.raises(IpdeskError):
            set_budget(database, made, [one])
    approve_plan(database, copied, TODAY)
    with pytest.raises(IpdeskError, match="approved"):
        set_budget(database, copied, [])


def test_every_version_has_its_name(database: Database, company: Company) -> None:
    second, _ = copy_plan(database, company.plan, TODAY)
    with database.read() as connection:
        found = [plan_named(connection, name).id for name in ("2027", "2027 (v1)", "2027 (V2)")]
        assert found == [second, company.plan, second]
        assert plan_named(connection, "2027", 1).id == company.plan


def test_an_unknown_plan_names_the_known_ones(database: Database, company: Company) -> None:
    with database.read() as connection, pytest.raises(IpdeskError, match="2027"):
        plan_named(connection, "2030")


# -- work -----------------------------------------------------------------------------------------
def test_an_approved_row_becomes_matters_in_preparation(
    database: Database, docket: Docket, company: Company
) -> None:
    matters, change = approve_rows(database, docket, [company.row], "go")
    assert change.touches(Topic.MATTERS, Topic.LAYOUT)
    with database.read() as connection:
        invention, model = (matter_detail(connection, i) for i in matters)
        assert [r.id for r in rows_of_matter(connection, matters[0])] == [company.row]
    assert invention is not None
    assert model is not None
    assert (invention.row.right, model.row.right) == ("invention", "utility_model")
    assert (model.parent_id, model.parent_kind) == (matters[0], "same_day")
    assert invention.row.status == "preparation"
    assert invention.row.inventors == ("王小明", "Li Wei")
    assert invention.row.technologies == ("Alloy",)
    assert invention.row.products == ("Sensor",)
    assert invention.facts["planned"]["target"] == "2027-03"
    assert row_of(database, company.row).status == "approved"


def test_a_row_is_approved_once(database: Database, docket: Docket, company: Company) -> None:
    approve_rows(database, docket, [company.row])
    with pytest.raises(IpdeskError, match="already"):
        approve_rows(database, docket, [company.row])


def test_a_pct_row_names_its_territories_as_targets(
    database: Database, docket: Docket, company: Company
) -> None:
    row = RowFields("PCT", right="pct", territories=(Target("US"), Target("EP"), Target("WO")))
    ids, _ = add_rows(database, company.plan, [row])
    matters, _ = approve_rows(database, docket, [ids[0]])
    with database.read() as connection:
        made = matter_detail(connection, matters[0])
    assert made is not None
    assert (made.row.office, made.facts["targets"]) == ("WO", ["US", "EP"])
    assert made.facts["receiving_office"] == "CN"


def test_a_publication_files_nothing(database: Database, docket: Docket, company: Company) -> None:
    row = RowFields("Post", right="publication", role="defensive_publication", role_reason="x")
    ids, _ = add_rows(database, company.plan, [row])
    with pytest.raises(IpdeskError, match="publication"):
        approve_rows(database, docket, list(ids))


def test_a_filed_row_changes_plan_and_cell_at_once(
    database: Database, docket: Docket, company: Company
) -> None:
    def seen() -> tuple[str, int, int, int, int]:
        with database.read() as connection:
            cell = coverage(connection, "effect", company.plan, TODAY).cell(
                company.alloy, company.conductivity
            )
            whole = plan_actual(connection, company.plan, TODAY).whole
        row = row_of(database, company.row)
        return row.status, cell.planned, cell.pending, whole.filed, whole.waiting

    assert seen() == ("idea", 1, 0, 0, 1)
    matters, _ = approve_rows(database, docket, [company.row])
    assert seen() == ("approved", 1, 0, 0, 1)
    record_event(database, docket, matters[0], EventInput("filing", date(2026, 11, 20)))
    assert seen() == ("filed", 1, 1, 1, 0)  # its utility model is still in preparation
    record_event(database, docket, matters[1], EventInput("filing", date(2026, 11, 20)))
    assert seen() == ("filed", 0, 2, 1, 0)
    assert row_of(database, company.row).filed_on == date(2026, 11, 20)


def test_what_is_planned_costs_until_it_is_filed(
    database: Database, docket: Docket, company: Company
) -> None:
    price_plan(database, company.plan, Pricing(Fees.load(), CostTerms("CN", "85"), TODAY))

    def planned() -> dict[str, Decimal]:
        with database.read() as connection:
            found = planned_filings(connection, TODAY)
        return {
            group.office: sum((c.payable or Decimal(0) for c in costs), Decimal(0))
            for group, costs in found
        }

    assert planned() == {"CN": Decimal("635.00")}
    matters, _ = approve_rows(database, docket, [company.row])
    assert planned() == {"CN": Decimal("635.00")}
    record_event(database, docket, matters[0], EventInput("filing", date(2026, 11, 20)))
    assert planned() == {}


def test_an_existing_matter_can_be_what_a_row_planned(
    database: Database, docket: Docket, company: Company
) -> None:
    own = own_matter(database, docket, company)
    link_matter(database, company.row, own)
    assert row_of(database, company.row).status == "filed"
    with database.read() as connection:
        info = plan(connection, company.plan)
    assert (info.rows, info.filed) == (1, 1)
    unlink_matter(database, company.row, own)
    assert row_of(database, company.row).status == "idea"


def test_undo_takes_an_approval_back_whole(
    database: Database, docket: Docket, company: Company
) -> None:
    matters, _ = approve_rows(database, docket, [company.row])
    undo_last(database)
    with database.read() as connection:
        assert matter_detail(connection, matters[0]) is None
    assert row_of(database, company.row).status == "idea"
