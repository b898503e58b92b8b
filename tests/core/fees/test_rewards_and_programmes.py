"""Inventors' rewards, programmes and faster examination on a file."""

from datetime import date
from decimal import Decimal

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.setting import fees_for, policies_for
from ipdesk.core.fees.support_edits import (
    keep_acceleration,
    keep_document,
    keep_policy,
    keep_programme,
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
from ipdesk.store.database import Database
from tests.conftest import TODAY
from tests.core.fees.filed import filed_matter


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
        filed_matter(database, docket, f"O-{number}", filed=date(2021, 1, 4), granted=granted)
    fast = filed_matter(database, docket, "F-1", filed=date(2025, 1, 6), granted=date(2025, 9, 2))
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
