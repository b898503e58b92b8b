"""What an act would do is told before it is done, and nothing of the rehearsal stays."""

from datetime import date

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket import life_edits, lifecycle
from ipdesk.core.docket.foretelling import foretell
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.queries import matter_ids
from ipdesk.store.database import Database
from ipdesk.store.history import actions
from ipdesk.store.paging import ListQuery


def held(database: Database) -> tuple[int, int]:
    """How many matters and how many actions the file holds."""
    with database.read() as connection:
        return len(matter_ids(connection, ListQuery())), len(actions(connection))


def test_a_domestic_priority_tells_the_later_matter_and_the_end_of_the_earlier_one(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields("invention", "CN", reference="P1", application_number="CN202610000001.1")
    earlier, _ = create_matter(database, docket, fields, {"filing": date(2026, 3, 10)})
    before = held(database)
    on = date(2026, 11, 20)
    seen = foretell(
        database,
        docket,
        earlier,
        lambda d, law: lifecycle.claim_priority(d, law, earlier, "invention", "CN", on),
    )
    assert ("status", "pending", "withdrawn") in seen.fields
    (later,) = seen.there
    assert later.reference == "P1-CN"
    assert "CN-P-SE" in {line.rule for line in later.effect.created}
    assert held(database) == before, "it was only rehearsed"
    lifecycle.claim_priority(database, docket, earlier, "invention", "CN", on)
    assert held(database) == (before[0] + 1, before[1] + 1)


def test_the_grant_of_a_pair_tells_the_abandonment_of_its_utility_model(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields("invention", "CN", reference="P2")
    first, _ = create_matter(database, docket, fields, {"filing": date(2025, 3, 10)})
    lifecycle.same_day_pair(database, docket, first)
    seen = foretell(
        database, docket, first, lambda d, law: life_edits.grant(d, law, first, date(2026, 11, 20))
    )
    assert any(line.rule == "CN-P-ANN" for line in seen.created)
    (model,) = seen.there
    assert model.reference == "P2-U"
    assert ("status", "pending", "abandoned") in model.effect.fields


def test_what_would_be_refused_is_refused_in_the_rehearsal(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields("invention", "CN", reference="P3")
    first, _ = create_matter(database, docket, fields, {"filing": date(2020, 3, 10)})
    before = held(database)
    with pytest.raises(IpdeskError, match="2021-03-10"):
        foretell(
            database,
            docket,
            first,
            lambda d, law: lifecycle.claim_priority(d, law, first, "pct", "CN", date(2026, 3, 1)),
        )
    assert held(database) == before
