"""Keep or abandon: the review of annuities, decisions, and the audit of what was paid."""

from datetime import date

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.edits import add_events
from ipdesk.core.docket.life_edits import end
from ipdesk.core.docket.matters import MatterEdit, edit_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput
from ipdesk.core.fees.audit import Fault
from ipdesk.core.fees.decisions import decide
from ipdesk.core.fees.outlook import forecast_of
from ipdesk.core.fees.overviews import audit_findings, review_rows
from ipdesk.store.database import Database
from tests.core.fees.filed import filed_matter, state_of


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
    assert state_of(database, patent, 6) == "not_applicable"
    with database.read() as connection:
        after = forecast_of(connection, docket, 24).by()
    assert sum(c.payable for c in before) == 1200 + 2000
    assert sum(c.payable for c in after) == 0
    decide(database, docket, [(patent, 6)], "keep", "needed after all")
    assert state_of(database, patent, 6) == "open"


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
        made = filed_matter(
            database, docket, name, filed=date(2019, 3, 10), granted=date(2022, 6, 21)
        )
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
