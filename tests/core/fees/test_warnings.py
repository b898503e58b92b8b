"""What the home page hears of money, and who may have fees reduced."""

from datetime import date, timedelta

import pytest

from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.fees.edits import record_paid
from ipdesk.core.fees.overviews import audit_findings, eligibility
from ipdesk.core.fees.paid import payment_ids, payment_rows
from ipdesk.core.fees.support_edits import keep_document, keep_programme, keep_record
from ipdesk.core.fees.support_queries import applicants, warnings
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from tests.conftest import TODAY

ONE = PersonName("applicant", "北京澄镓科技有限公司")
TWO = PersonName("applicant", "澄镓印刷电子（苏州）有限公司")


def _patent(
    database: Database, docket: Docket, reference: str, *people: PersonName, filed: date
) -> int:
    fields = MatterFields(
        reference=reference, right="invention", office="CN", title=reference, people=people
    )
    dates = {"filing": filed, "grant": filed.replace(year=filed.year + 2)}
    return create_matter(database, docket, fields, dates)[0]


@pytest.fixture
def patent(database: Database, docket: Docket) -> int:
    return _patent(database, docket, "P-1", ONE, filed=date(2022, 2, 1))


def _party(database: Database, name: str) -> int:
    with database.read() as connection:
        return {n: i for i, n in applicants(connection)}[name]


def test_a_document_and_a_lapsing_record_warn_with_the_place_to_go(
    database: Database, docket: Docket, patent: int
) -> None:
    keep_record(database, _party(database, ONE.name), 2026, {"income": 500_000})
    programme, _ = keep_programme(database, {"name": "Award", "state": "applied"})
    keep_document(database, programme, {"name": "Report", "due": TODAY + timedelta(days=5)})
    with database.read() as connection:
        found = warnings(connection, docket)
    places = {one.kind: one.place for one in found}
    assert places["document"] == "programmes"
    assert places["reduction_lapses"] == "reduction"
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert "Report" in str(next(one.text for one in found if one.kind == "document"))


def test_what_is_far_away_does_not_warn_yet(database: Database, docket: Docket) -> None:
    programme, _ = keep_programme(database, {"name": "Award", "state": "applied"})
    keep_document(database, programme, {"name": "Report", "due": TODAY + timedelta(days=200)})
    with database.read() as connection:
        assert warnings(connection, docket) == []
        assert len(warnings(connection, docket, ahead=300)) == 1


def test_joint_applicants_qualify_only_together(
    database: Database, docket: Docket, patent: int
) -> None:
    _patent(database, docket, "P-2", ONE, TWO, filed=date(2023, 3, 1))
    one, two = _party(database, ONE.name), _party(database, TWO.name)
    keep_record(database, one, 2026, {"income": 500_000})
    with database.read() as connection:
        alone, together = eligibility(connection, docket, 2026)
        if len(alone.names) > 1:
            alone, together = together, alone
    assert (alone.rate, alone.held) == ("85", "85")
    assert (together.rate, together.held) == (None, "none")
    keep_record(database, two, 2026, {"income": 300_000})
    with database.read() as connection:
        rows = {len(row.names): row for row in eligibility(connection, docket, 2026)}
    assert (rows[2].rate, rows[2].held) == ("70", "70")


def test_a_payment_of_long_ago_is_put_on_record_in_one_go(
    database: Database, docket: Docket, patent: int
) -> None:
    with database.read() as connection:
        missing = [f.number for f in audit_findings(connection, docket)]
    assert missing, "the annuities after the grant are not on record"
    record_paid(database, docket, [(patent, "annuity", missing[0])], date(2025, 1, 20), "R-1")
    with database.read() as connection:
        after = [f.number for f in audit_findings(connection, docket) if f.fault == "missing"]
        (row,) = payment_rows(connection, payment_ids(connection, ListQuery()))
    assert missing[0] not in after
    assert (row.state, row.receipt, row.paid_on) == ("confirmed", "R-1", date(2025, 1, 20))
