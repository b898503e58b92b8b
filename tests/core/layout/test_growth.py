"""Plan against actual, growth and mix: counts that a board reads."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ipdesk.base.i18n import Bilingual, say
from ipdesk.base.money import Rate, Rates
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.fees.engine import Fees
from ipdesk.core.layout.actual import Actual, against, is_late
from ipdesk.core.layout.budget import Payment, Pot, quarter, quarter_start
from ipdesk.core.layout.clock import Terms, run
from ipdesk.core.layout.costs import CostTerms, Total, estimate, filings_of
from ipdesk.core.layout.gaps import GapKind, gaps
from ipdesk.core.layout.mix import Applicant, Held, benchmark, concentration, mix
from ipdesk.core.layout.model import (
    Budget,
    CostLine,
    LinkedMatter,
    PlanInfo,
    PlanRow,
    RowFields,
    Target,
)
from ipdesk.core.layout.subjects import Exposure, Market, Subject
from tests.conftest import TODAY

PLAN = PlanInfo(
    1, "2026", 1, "annual", "approved", date(2026, 1, 1), date(2026, 12, 31), "CNY", "", "",
    None, date(2025, 12, 1), None, "",
)  # fmt: skip


def row(number: int, target: date | None, filed: date | None = None, **fields: Any) -> PlanRow:
    linked = LinkedMatter(number, f"P-{number}", "invention", "CN", "pending", filed, None)
    cost = CostLine("CN", "filing", Bilingual("Filing", "申请"), Decimal(100), "CNY")
    values = {"title": f"Row {number}", "target": target, **fields}
    return PlanRow(
        id=number,
        plan_id=1,
        ordinal=number,
        lineage=number,
        fields=RowFields(**values),
        technology="Ink",
        effect="",
        application="",
        product="",
        estimate=(cost,),
        matters=(linked,) if filed else (),
    )


def test_quarters() -> None:
    assert [quarter(date(2026, m, 1)) for m in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
    assert quarter(None) == "-"
    assert quarter_start(date(2026, 8, 31)) == date(2026, 7, 1)


def test_a_plan_against_what_was_filed_in_it_and_beside_it() -> None:
    rows = [
        row(1, date(2026, 2, 1), date(2026, 5, 4)),  # planned in Q1, filed in Q2
        row(2, date(2026, 10, 1)),  # late: October is over
        row(3, date(2026, 11, 1)),  # this month is not over
        row(4, date(2026, 3, 1), status="dropped", reason="x"),
        row(5, None),
    ]
    filed = [
        Actual(1, "P-1", "invention", "CN", date(2026, 5, 4), ("Ink",), row_id=1),
        Actual(9, "P-9", "design", "US", date(2026, 6, 1)),
        Actual(8, "P-8", "design", "US", date(2025, 6, 1)),  # before the plan
    ]
    budget = [Budget(date(2026, 1, 1), Decimal(1000), "CNY")]
    seen = against(PLAN, rows, budget, filed, TODAY)
    whole = seen.whole
    assert (whole.planned, whole.filed, whole.waiting, whole.late) == (4, 1, 3, 1)
    assert (whole.dropped, whole.beside, whole.done) == (1, 1, 0.25)
    by_quarter = {t.key: (t.planned, t.filed, t.beside) for t in seen.by_quarter}
    assert by_quarter["2026-Q1"] == (1, 0, 0)
    assert by_quarter["2026-Q2"] == (0, 1, 1)
    assert list(by_quarter)[-1] == "-"
    assert {t.key: t.beside for t in seen.by_territory}["US"] == 1
    lines = seen.money["quarter"]
    spent = {s.key: (s.budget.sums, s.planned.sums, s.filed.sums) for s in lines}
    assert spent["2026-Q1"] == ({"CNY": Decimal(1000)}, {"CNY": Decimal(100)}, {})
    assert spent["2026-Q2"] == ({}, {}, {"CNY": Decimal(100)})
    assert seen.cost.sums == {"CNY": Decimal(400)}


def test_budgets_by_right_technology_and_territory_leave_what_estimates_do_not_take() -> None:
    rows = [
        row(1, date(2026, 2, 1), date(2026, 5, 4), technology_id=2),
        row(2, date(2026, 11, 1), technology_id=2, agent_cost=Decimal(50), agent_currency="USD"),
    ]
    first, last = date(2026, 1, 1), date(2026, 10, 1)
    budget = [
        Budget(first, Decimal(150), "CNY", right="invention"),
        Budget(last, Decimal(400), "CNY", right="invention"),
        Budget(last, Decimal(60), "CNY", right="design"),
        Budget(last, Decimal(300), "CNY", technology_id=1),  # the branch above Ink
        Budget(last, Decimal(900), "CNY", office="CN"),
    ]
    rates = Rates([Rate("USD", "CNY", date(2026, 1, 1), Decimal(7))])
    pot = Pot("CNY", rates, TODAY, {2: (2, 1), 1: (1,)}, {1: "Materials", 2: "Ink"})
    paid = [Payment(1, date(2026, 5, 9), "invention", "CN", Total({"CNY": Decimal(80)}))]
    seen = against(PLAN, rows, budget, [], TODAY, paid, pot)

    def left(cut: str) -> dict[str, Decimal | None]:
        return {s.key: s.left for s in seen.money[cut]}

    # a quarter without a budget of its own takes the sum of one cut, not of all
    assert left("quarter") == {"2026-Q1": Decimal(50), "2026-Q2": None, "2026-Q4": Decimal(10)}
    assert left("right") == {"design": Decimal(60), "invention": Decimal(0)}
    assert left("technology") == {"Ink": None, "Materials": Decimal(-250)}
    assert left("territory") == {"CN": Decimal(350)}
    assert left("all") == {"": Decimal(60)}
    assert seen.worth == Decimal(550)
    second = seen.spent("quarter", "2026-Q2")
    assert second is not None
    assert (second.shown("paid"), second.shown("filed"), second.shown("budget")) == (
        "80",
        "100",
        "",
    )


def test_without_a_rate_nothing_is_said_to_be_left() -> None:
    rows = [row(1, date(2026, 2, 1), agent_cost=Decimal(50), agent_currency="USD")]
    budget = [Budget(date(2026, 1, 1), Decimal(1000), "CNY")]
    seen = against(PLAN, rows, budget, [], TODAY)
    line = seen.spent("quarter", "2026-Q1")
    assert line is not None
    assert (line.left, line.shown("planned"), seen.worth) == (None, "CNY 100 + USD 50", None)


def test_a_same_day_pair_counts_for_both_rights() -> None:
    seen = against(PLAN, [row(1, None, right="same_day_pair")], [], [], TODAY)
    assert {t.key: t.planned for t in seen.by_right} == {"invention": 1, "utility_model": 1}


def test_a_row_planned_for_after_its_last_safe_day_is_the_worst_gap() -> None:
    opens = date(2027, 3, 10)
    shown = Exposure("launch", 1, say("Market launch"), opens, "CN")
    clock = run(
        [Subject("product", 7, "Sensor", (Market("CN", opens),), (shown,))],
        Calendars.load(),
        Terms(TODAY),
    )
    late = row(1, date(2027, 4, 1), product_id=7, territories=(Target("CN"),), owner="Li")
    good = row(2, date(2027, 3, 1), product_id=7, territories=(Target("CN"),), owner="Li")
    found = gaps([], [late, good], [], clock, TODAY)
    assert [(g.kind, g.plan_row) for g in found if g.kind == GapKind.LATE] == [(GapKind.LATE, 1)]
    assert {g.plan_row for g in found if g.kind == GapKind.INCOMPLETE} == {1, 2}  # not judged


# -- costs ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("right", "territories", "filings"),
    [
        ("invention", (), (("CN", "invention"),)),
        ("invention", ("CN", "US"), (("CN", "invention"), ("US", "invention"))),
        ("same_day_pair", ("CN",), (("CN", "invention"), ("CN", "utility_model"))),
        ("pct", ("CN", "US"), (("WO", "pct"), ("US", "invention"))),
        ("trade_secret", ("CN",), ()),
    ],
)
def test_the_filings_that_a_row_stands_for(
    right: str, territories: tuple[str, ...], filings: tuple[tuple[str, str], ...]
) -> None:
    fields = RowFields("x", right=right, territories=tuple(Target(t) for t in territories))
    assert filings_of(fields, "CN") == filings


def test_an_amount_that_no_table_names_stays_unknown() -> None:
    fields = RowFields("x", territories=(Target("IN"),))
    (line,) = estimate(fields, Fees.load(), CostTerms())
    assert line.amount is None
    assert line.why


def test_a_pct_estimate_takes_search_from_the_home_office() -> None:
    lines = estimate(RowFields("x", right="pct"), Fees.load(), CostTerms())
    assert {(x.item, x.currency) for x in lines} == {
        ("international_filing", "CHF"),
        ("search", "CNY"),
        ("transmittal", "CNY"),
    }


def test_sums_of_several_currencies_need_a_rate() -> None:
    total = Total({"CNY": Decimal(100), "CHF": Decimal(10)})
    assert total.into("CNY", Rates(), TODAY) == (None, ["CHF"])
    rates = Rates([Rate("CHF", "CNY", date(2026, 1, 1), Decimal(8))])
    assert total.into("CNY", rates, TODAY) == (Decimal(180), [])


# -- growth and mix -------------------------------------------------------------------------------
def held(right: str, year: int, **more: Any) -> Held:
    values = {"filing": date(year, 6, 1), "status": "pending", "office": "CN", **more}
    return Held(right=right, **values)


def test_growth_per_year_reads_well_and_leaves_no_year_out() -> None:
    own = [held("invention", 2022)] * 30 + [held("invention", 2025)] * 200
    own += [held("utility_model", 2025)] * 100 + [held("trademark", 2025)] * 9
    seen = mix(own, {2025: 50}, TODAY)
    assert [(y.year, y.filed) for y in seen.years] == [
        (2022, 30),
        (2023, 0),
        (2024, 0),
        (2025, 309),
    ]
    last = seen.years[-1]
    assert last.per_hundred == 600  # trademarks are no patents
    assert last.utility_share == pytest.approx(1 / 3)
    assert seen.years[0].per_hundred is None


def test_what_hangs_on_one_inventor_or_one_territory_is_told() -> None:
    own = [held("invention", 2025, inventors=("Wang",)) for _ in range(9)]
    own += [held("invention", 2025, inventors=("Li", "Wang"))]
    seen = mix(own, {}, TODAY)
    by = {c.of: c for c in seen.concentrations}
    assert (by["inventor"].top, by["inventor"].top_share) == ("Wang", 1.0)
    assert by["inventor"].index == pytest.approx(0.95**2 + 0.05**2)
    kinds = {w.kind for w in seen.warnings}
    assert {"inventor", "territory", "only_pending"} <= kinds


def test_a_small_portfolio_warns_of_nothing() -> None:
    assert mix([held("utility_model", 2025)] * 3, {}, TODAY).warnings == ()


def test_an_expiry_cliff() -> None:
    force = {"status": "granted"}
    own = [held("invention", 2010, expiry=date(2030, 6, 1), **force) for _ in range(6)]
    own += [held("invention", 2015, expiry=date(2035 + k, 6, 1), **force) for k in range(4)]
    own += [held("invention", 2000, expiry=date(2020, 6, 1), **force)]  # over
    seen = mix(own, {}, TODAY)
    assert seen.expiring[0] == (2030, 6)
    assert any(w.kind == "cliff" and "2030" in str(w.said) for w in seen.warnings)


def test_concentration_of_nothing_is_none() -> None:
    assert concentration("inventor", [held("invention", 2025)], lambda h: h.inventors) is None


def test_the_benchmark_ranks_by_recent_families() -> None:
    def one(name: str, own: bool, by_year: dict[int, int]) -> Applicant:
        return Applicant(name, own, sum(by_year.values()), 0, 0, 1, None, by_year)

    ranked = benchmark(
        [
            one("Us", True, {2025: 30, 2026: 60}),
            one("Old", False, {2010: 500}),
            one("New", False, {2024: 91}),
        ],
        2026,
    )
    assert [a.name for a in ranked] == ["New", "Us", "Old"]
    assert ranked[1].since(2026) == 60


def test_late_means_the_month_is_over() -> None:
    assert not is_late(row(1, TODAY.replace(day=1)), TODAY)
    assert is_late(row(1, TODAY.replace(day=1) - timedelta(days=1)), TODAY)
