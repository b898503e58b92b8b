"""Money on a database: payments in two steps, lists, decisions, audit, forecast, rewards."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.edits import add_events, record_event
from ipdesk.core.docket.life_edits import end, pay_annuities
from ipdesk.core.docket.matters import MatterEdit, create_matter, edit_matter
from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput
from ipdesk.core.fees.alarms import Alarm
from ipdesk.core.fees.audit import Fault
from ipdesk.core.fees.decisions import decide
from ipdesk.core.fees.edits import (
    cancel,
    confirm,
    make_list,
    mark_paid,
    mark_sent,
    plan_payments,
    take_receipts,
)
from ipdesk.core.fees.outlook import forecast_of, spent
from ipdesk.core.fees.overviews import audit_findings, reduction_alarms, review_rows, savings_of
from ipdesk.core.fees.paid import payment_ids, payment_lists, payment_rows
from ipdesk.core.fees.queries import deadline_costs, fee_lines
from ipdesk.core.fees.receipts import Receipt, match
from ipdesk.core.fees.setting import fees_for, policies_for, prices_for, rates_for
from ipdesk.core.fees.sheets import payment_sheet
from ipdesk.core.fees.support_edits import (
    keep_acceleration,
    keep_amount,
    keep_budget,
    keep_document,
    keep_policy,
    keep_price,
    keep_programme,
    keep_rate,
    keep_record,
    make_rewards,
    settle_shares,
    share_reward,
)
from ipdesk.core.fees.support_queries import (
    accelerations,
    fee_dates,
    owed_rewards,
    programmes,
    rewards,
    times_saved,
)
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.portfolio import party

TODAY = date(2026, 11, 24)
COMPANY = PersonName("applicant", "北京澄镓科技有限公司")


def _matter(
    database: Database, docket: Docket, reference: str, *, filed: date, granted: date | None = None
) -> int:
    fields = MatterFields(
        reference=reference,
        right="invention",
        office="CN",
        title=f"Matter {reference}",
        application_number="CN202210231234.0" if reference == "P-1" else "",
        people=(COMPANY, PersonName("inventor", "沈宇航"), PersonName("inventor", "林溪")),
        technologies=("Print heads",),
    )
    dates = {"filing": filed} | ({"grant": granted} if granted else {})
    return create_matter(database, docket, fields, dates)[0]


@pytest.fixture
def patent(database: Database, docket: Docket) -> int:
    """Granted in year 4; years 5 … fall due on 10 March, year 5 was paid."""
    made = _matter(database, docket, "P-1", filed=date(2022, 3, 10), granted=date(2025, 6, 20))
    pay_annuities(database, docket, [(made, 5, date(2026, 3, 2))])
    return made


@pytest.fixture
def company(database: Database, docket: Docket, patent: int) -> int:
    with database.read() as connection:
        return int(
            connection.execute(select(party.c.id).where(party.c.name == COMPANY.name)).scalar_one()
        )


def _line(database: Database, docket: Docket, matter_id: int, number: int) -> object:
    with database.read() as connection:
        lines = fee_lines(connection, docket, [matter_id])
    return next(line for line in lines if line.item == "annuity" and line.number == number)


def _payments(database: Database, **facets: str) -> list:  # type: ignore[type-arg]
    query = ListQuery()
    for name, value in facets.items():
        query = query.choose(name, value)
    with database.read() as connection:
        return payment_rows(connection, payment_ids(connection, query))


# ── what a matter costs ───────────────────────────────────────────────────────────────────────


def test_the_life_of_a_patent_from_its_grant_year_on(
    database: Database, docket: Docket, patent: int
) -> None:
    with database.read() as connection:
        lines = fee_lines(connection, docket, [patent])
    years = [(line.number, line.state) for line in lines if line.item == "annuity"]
    assert years[:3] == [(4, "confirmed"), (5, "confirmed"), (6, "open")]
    assert years[-1] == (20, "open")
    sixth = next(line for line in lines if line.number == 6)
    assert (sixth.due, sixth.answer.official, sixth.answer.payable) == (
        date(2027, 3, 10),
        1200,
        1200,
    )
    assert "114" in sixth.basis.en


def test_a_time_limits_the_list(database: Database, docket: Docket, patent: int) -> None:
    with database.read() as connection:
        lines = fee_lines(connection, docket, None, date(2027, 1, 1), date(2028, 12, 31))
    assert [line.number for line in lines] == [6, 7]


def test_a_record_of_the_year_reduces_the_fee_of_that_year_alone(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {"number": "R-27"})
    assert _line(database, docket, patent, 6).answer.payable == 180
    assert _line(database, docket, patent, 7).answer.payable == 2000


def test_a_joint_applicant_without_a_record_spoils_the_reduction(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {})
    both = (COMPANY, PersonName("applicant", "University"))
    edit_matter(database, docket, patent, MatterEdit(people={"applicant": both}))
    assert _line(database, docket, patent, 6).answer.payable == 1200
    with database.read() as connection:
        other = connection.execute(select(party.c.id).where(party.c.name == "University")).scalar()
    keep_record(database, other, 2027, {"kind": "institution"})
    assert _line(database, docket, patent, 6).answer.payable == 360


def test_a_withdrawn_record_does_not_reduce(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {})
    keep_record(database, company, 2027, {"withdrawn": True})
    assert _line(database, docket, patent, 6).answer.payable == 1200


def test_open_deadlines_bring_their_fees(database: Database, docket: Docket) -> None:
    pending = _matter(database, docket, "P-2", filed=date(2026, 11, 2))
    with database.read() as connection:
        lines = fee_lines(connection, docket, [pending])
        rows = deadlines_of_matter(connection, pending)
        costs = deadline_costs(connection, docket, rows)
    assert {line.item for line in lines} >= {"filing", "publication", "examination"}
    filing = next(row for row in rows if row.rule == "CN-P-FILFEE")
    assert costs[filing.id].totals() == {"CNY": 950}


def test_own_amounts_and_prices_count(database: Database, docket: Docket, patent: int) -> None:
    keep_amount(
        database,
        {"office": "CN", "item": "annuity", "number": 6, "amount": "1300", "currency": "CNY"},
    )
    keep_price(database, {"item": "annuity", "amount": 200, "currency": "CNY"})
    line = _line(database, docket, patent, 6)
    assert line.answer.official == 1300
    assert line.agent.amount == 200
    with pytest.raises(IpdeskError, match="not an amount"):
        keep_price(database, {"item": "annuity", "amount": "many", "currency": "CNY"})


# ── payments ──────────────────────────────────────────────────────────────────────────────────


def _state(database: Database, patent: int, number: int) -> str:
    with database.read() as connection:
        rows = deadlines_of_matter(connection, patent)
    return next(r.state for r in rows if r.rule == "CN-P-ANN" and r.n == number)


def test_paid_is_amber_and_confirmed_is_done(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {})
    keep_price(database, {"item": "annuity", "amount": 200, "currency": "CNY"})
    list_id, _ = make_list(database, docket, "March", [(patent, "annuity", 6)], agent="Agent & Co")
    mark_sent(database, list_id, TODAY)
    payment = _payments(database, list=str(list_id))[0]
    assert (payment.payable, payment.agent_fee, payment.fee_reduction) == (180, 200, "85")
    assert payment.why
    mark_paid(database, docket, [payment.id], date(2026, 12, 1))
    assert _state(database, patent, 6) == "submitted"
    confirm(database, docket, [payment.id], date(2026, 12, 9), {payment.id: "R-1"})
    row = _payments(database)[0]
    assert (row.state, row.paid_on, row.receipt, row.paid_amount) == (
        "confirmed",
        date(2026, 12, 1),
        "R-1",
        180,
    )
    assert _state(database, patent, 6) in ("confirmed", "met")
    assert _line(database, docket, patent, 6).state == "confirmed"
    with database.read() as connection:
        lists = payment_lists(connection)
        assert audit_findings(connection, docket) == []
    assert (lists[0].payments, lists[0].confirmed, lists[0].totals) == (1, 1, {"CNY": 180})


def test_one_undo_takes_a_confirmation_back_whole(
    database: Database, docket: Docket, patent: int
) -> None:
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    confirm(database, docket, ids, TODAY)
    undo_last(database)
    assert _payments(database)[0].state == "planned"
    assert _line(database, docket, patent, 6).state == "planned"


def test_a_payment_is_not_planned_twice(database: Database, docket: Docket, patent: int) -> None:
    first, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    second, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    assert first == second


def test_a_year_that_is_never_due_cannot_be_planned(
    database: Database, docket: Docket, patent: int
) -> None:
    with pytest.raises(IpdeskError, match="No such fee"):
        plan_payments(database, docket, [(patent, "annuity", 3)])


def test_steps_cannot_be_skipped_back(database: Database, docket: Docket, patent: int) -> None:
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    mark_paid(database, docket, ids, TODAY)
    with pytest.raises(IpdeskError, match="planned"):
        mark_paid(database, docket, ids, TODAY)
    with pytest.raises(IpdeskError, match="planned"):
        cancel(database, ids, "no")
    with pytest.raises(IpdeskError, match="at least one fee"):
        make_list(database, docket, "empty", [])


def test_a_cancelled_payment_can_be_planned_anew(
    database: Database, docket: Docket, patent: int
) -> None:
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    cancel(database, ids, "other agent")
    again, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    assert again != ids


def test_receipts_find_their_payments(database: Database, docket: Docket, patent: int) -> None:
    plan_payments(database, docket, [(patent, "annuity", 6), (patent, "annuity", 7)])
    receipts = [
        Receipt(2, application_number="2022 1023 1234.0", number=6, amount=Decimal(1200)),
        Receipt(3, reference="P-1"),
        Receipt(4, reference="P-9", number=6),
        Receipt(5, reference="p-1", number=7, amount=Decimal(500), receipt="R-7"),
    ]
    rows = _payments(database)
    found = match([receipts[1]], rows)
    assert found[0].payment is None  # two fit
    found = match([receipts[0], receipts[2], receipts[3]], rows)
    assert [m.payment.number if m.payment else None for m in found] == [6, None, 7]
    assert found[0].problem is None
    assert found[2].problem is not None  # 500 is not 2,000
    done, _ = take_receipts(database, docket, found, date(2027, 3, 9))
    assert done == 2
    seventh = next(r for r in _payments(database) if r.number == 7)
    assert (seventh.state, seventh.receipt, seventh.paid_amount) == ("confirmed", "R-7", 500)


def test_the_sheet_for_the_agent_has_the_columns_agents_use(
    database: Database, docket: Docket, patent: int
) -> None:
    make_list(database, docket, "March", [(patent, "annuity", 6)])
    columns, rows = payment_sheet(_payments(database))
    assert columns[:4] == ["No.", "Our reference", "Application number", "Patent number"]
    assert rows[0]["Total"] == 1200
    assert rows[0]["Year"] == 6
    assert rows[0]["Right"] == "Invention"
    assert (rows[-1]["Title"], rows[-1]["Total"], rows[-1]["Currency"]) == ("In all", 1200, "CNY")


# ── keep or abandon, audit ────────────────────────────────────────────────────────────────────


def test_the_review_shows_the_next_annuity(database: Database, docket: Docket, patent: int) -> None:
    with database.read() as connection:
        rows = review_rows(connection, docket, date(2027, 6, 30))
    assert [(row.held.reference, row.number) for row in rows] == [("P-1", 6)]
    assert rows[0].to_come == 1200 + 3 * 2000 + 3 * 4000 + 3 * 6000 + 5 * 8000


def test_giving_up_sets_the_deadline_aside_and_ends_the_forecast(
    database: Database, docket: Docket, patent: int
) -> None:
    with database.read() as connection:
        before = forecast_of(connection, docket, 24).by()
    decide(database, docket, [(patent, 6)], "abandon", "superseded")
    assert _state(database, patent, 6) == "not_applicable"
    with database.read() as connection:
        after = forecast_of(connection, docket, 24).by()
    assert sum(c.payable for c in before) == 1200 + 2000
    assert sum(c.payable for c in after) == 0
    decide(database, docket, [(patent, 6)], "keep", "needed after all")
    assert _state(database, patent, 6) == "open"


def test_a_pledged_right_is_not_given_up_without_consent(
    database: Database, docket: Docket, patent: int
) -> None:
    edit_matter(database, docket, patent, MatterEdit(values={"facts": {"pledged_to": "Bank"}}))
    with pytest.raises(IpdeskError, match="pledged"):
        decide(database, docket, [(patent, 6)], "abandon", "too dear")
    decide(database, docket, [(patent, 6)], "abandon", "too dear", consent="letter of 1 November")
    with pytest.raises(IpdeskError, match="one line"):
        decide(database, docket, [(patent, 6)], "keep", "  ")


def test_the_audit_finds_what_was_planted(database: Database, docket: Docket) -> None:
    years = {5: date(2023, 3, 1), 6: date(2024, 3, 1), 7: date(2025, 3, 3), 8: date(2026, 3, 2)}
    planted = {}
    for name in ("missing", "duplicate", "unexpected", "after_end", "whole"):
        made = _matter(database, docket, name, filed=date(2019, 3, 10), granted=date(2022, 6, 21))
        planted[name] = made
        paid = dict(years)
        if name == "missing":
            del paid[7]
        if name == "after_end":
            end(database, docket, [made], "abandonment", date(2025, 11, 3), "sold off")
        with database.write(say("planted")) as writer:
            events = [EventInput("annuity_paid", day, ordinal=n) for n, day in paid.items()]
            if name == "duplicate":
                events.append(EventInput("annuity_paid", date(2024, 4, 2), ordinal=6))
            if name == "unexpected":
                events.append(EventInput("annuity_paid", date(2021, 3, 2), ordinal=3))
            add_events(writer, [(made, e) for e in events], docket)
    with database.read() as connection:
        found = {(f.reference, f.fault, f.number) for f in audit_findings(connection, docket)}
    assert found == {
        ("missing", Fault.MISSING, 7),
        ("duplicate", Fault.DUPLICATE, 6),
        ("unexpected", Fault.UNEXPECTED, 3),
        ("after_end", Fault.AFTER_END, 8),
    }


# ── reductions, savings, budgets ──────────────────────────────────────────────────────────────


def test_a_lapsing_record_warns(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2026, {"income": 900_000})
    with database.read() as connection:
        found = reduction_alarms(connection, docket)
    assert [(t.alarm, t.act_by, t.at_stake) for t in found] == [
        (Alarm.LAPSES, date(2026, 12, 31), 1020)
    ]
    keep_record(database, company, 2027, {"income": 1_200_000})
    with database.read() as connection:
        found = reduction_alarms(connection, docket)
    assert [t.alarm for t in found] == [Alarm.INCOME]


def test_savings_come_from_payments_that_were_made(
    database: Database, docket: Docket, patent: int, company: int
) -> None:
    keep_record(database, company, 2027, {})
    ids, _ = plan_payments(database, docket, [(patent, "annuity", 6)])
    with database.read() as connection:
        assert savings_of(connection, 2026).ever == {}
    mark_paid(database, docket, ids, date(2026, 12, 1))
    with database.read() as connection:
        assert savings_of(connection, 2026).this_year == {"CNY": 1020}
        assert spent(connection, date(2026, 12, 1), date(2026, 12, 31)) == {("2026-12", "CNY"): 180}


def test_the_forecast_expects_a_grant_and_counts_open_deadlines_once(
    database: Database, docket: Docket
) -> None:
    _matter(database, docket, "P-2", filed=date(2026, 11, 2))
    with database.read() as connection:
        found = forecast_of(connection, docket, 60).by()
    by_year = {c.period: c.official for c in found}
    assert by_year["2027"] == 950  # filing and publication, within two months
    # examination; the grant year 3 at registration in May; year 4 in November
    assert by_year["2029"] == 2500 + 900 + 1200


def test_rates_and_budgets_are_kept(database: Database, docket: Docket) -> None:
    keep_rate(database, "CHF", "CNY", date(2026, 1, 5), Decimal("8.9"))
    keep_rate(database, "CHF", "CNY", date(2026, 1, 5), Decimal("8.91"))
    keep_budget(database, {"year": 2027, "amount": 50000, "currency": "CNY"})
    with pytest.raises(IpdeskError, match="positive"):
        keep_rate(database, "CHF", "CHF", date(2026, 1, 5), Decimal(1))
    with database.read() as connection:
        rate = rates_for(connection).rate("CHF", "CNY", TODAY)
    assert rate is not None
    assert rate[0] == Decimal("8.91")


# ── rewards, programmes, faster examination ───────────────────────────────────────────────────


def test_rewards_are_owed_made_shared_and_settled(
    database: Database, docket: Docket, patent: int
) -> None:
    with database.read() as connection:
        fees, policies = fees_for(connection, docket), policies_for(connection)
        owed = owed_rewards(connection, fees, policies, date(2025, 1, 1))
    assert [(ref, r.amount, r.due) for _, ref, _, r in owed] == [("P-1", 4000, date(2025, 9, 20))]
    grants = {matter_id: granted for matter_id, _, granted, _ in owed}
    make_rewards(database, fees, policies, grants)
    assert make_rewards(database, fees, policies, grants)[0] == []
    with database.read() as connection:
        made = rewards(connection)[0]
        assert [one.kind for one in fee_dates(connection)] == ["reward"]
    assert [(s.name, s.amount) for s in made.shares] == [("沈宇航", 2000), ("林溪", 2000)]
    first, second = (s.party_id for s in made.shares)
    share_reward(database, made.id, {first: Decimal(3), second: Decimal(1)})
    with database.read() as connection:
        made = rewards(connection, party_id=second)[0]
    assert {s.name: s.amount for s in made.shares} == {"沈宇航": 3000, "林溪": 1000}
    settle_shares(database, [s.id for s in made.shares], TODAY, TODAY)
    with database.read() as connection:
        assert rewards(connection)[0].settled
        assert fee_dates(connection) == []
    with pytest.raises(IpdeskError, match="paid already"):
        share_reward(database, made.id, {first: Decimal(1)})


def test_the_companys_reward_rule_counts(database: Database, docket: Docket, patent: int) -> None:
    keep_policy(database, {"name": "Rule 3", "right": "invention", "amount": 8000})
    with database.read() as connection:
        fees, policies = fees_for(connection, docket), policies_for(connection)
        owed = owed_rewards(connection, fees, policies, date(2025, 1, 1))
    assert owed[0][3].amount == 8000


def test_programmes_bring_their_dates(database: Database, docket: Docket, patent: int) -> None:
    made, _ = keep_programme(
        database,
        {
            "name": "Cultivation 2027",
            "kind": "cultivation",
            "closes": date(2027, 1, 15),
            "expected": 200000,
        },
        matters=[patent],
    )
    keep_document(database, made, {"name": "Audit report", "due": date(2026, 12, 20)})
    with database.read() as connection:
        row = programmes(connection)[0]
        assert (row.expected, row.matters) == (200000, ((patent, "P-1"),))
        assert [(d.kind, d.due) for d in fee_dates(connection)] == [
            ("document", date(2026, 12, 20)),
            ("programme", date(2027, 1, 15)),
        ]
    with pytest.raises(IpdeskError, match="why it was refused"):
        keep_programme(database, {"state": "refused"}, made)
    keep_programme(database, {"state": "refused", "refusal": "late"}, made, matters=[])
    with database.read() as connection:
        assert fee_dates(connection) == []
        assert programmes(connection)[0].matters == ()


def test_a_fast_way_is_compared_with_ordinary_ones(database: Database, docket: Docket) -> None:
    for number, days in enumerate((900, 800, 1000)):
        granted = date.fromordinal(date(2021, 1, 4).toordinal() + days)
        _matter(database, docket, f"O-{number}", filed=date(2021, 1, 4), granted=granted)
    fast = _matter(database, docket, "F-1", filed=date(2025, 1, 6), granted=date(2025, 9, 2))
    keep_acceleration(
        database,
        fast,
        {
            "way": "fast_pre_examination",
            "accepted_on": date(2025, 1, 10),
            "reply_due": date(2026, 12, 3),
        },
    )
    with database.read() as connection:
        saved = times_saved(connection)[fast]
        assert accelerations(connection, fast)[0].way == "fast_pre_examination"
        assert [d.kind for d in fee_dates(connection)] == ["reply"]
    assert (saved.ordinary, saved.days) == (900, 900 - 239)


def test_an_office_action_costs_nothing_by_itself(database: Database, docket: Docket) -> None:
    pending = _matter(database, docket, "P-3", filed=date(2024, 1, 10))
    record_event(database, docket, pending, EventInput("office_action", date(2026, 11, 3)))
    with database.read() as connection:
        rows = deadlines_of_matter(connection, pending)
        costs = deadline_costs(connection, docket, rows)
        assert not prices_for(connection)
    reply = next(row for row in rows if row.rule.startswith("CN-P-OA"))
    assert costs[reply.id].lines == ()
