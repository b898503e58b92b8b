"""A year of docketing: priorities withdrawn, work on dates that move, extensions, losses, WIPO."""

from datetime import date

import pytest

from ipdesk.base.errors import Refused
from ipdesk.core.docket import edits
from ipdesk.core.docket.deadline_edits import submit
from ipdesk.core.docket.lifecycle import enter_national_phases
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.queries import deadlines_of_matter, events_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import DeadlineRow, EventInput
from ipdesk.core.portfolio.model import MatterDetail, MatterFields, PriorityClaim
from ipdesk.core.portfolio.queries import matter_detail
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database

EARLIER, LATER = date(2026, 1, 20), date(2026, 3, 2)


def dates(database: Database, docket: Docket, matter_id: int) -> dict[str, list[DeadlineRow]]:
    found: dict[str, list[DeadlineRow]] = {}
    with database.read() as connection:
        for row in deadlines_of_matter(connection, matter_id, docket):
            found.setdefault(row.rule, []).append(row)
    return found


def detail(database: Database, matter_id: int) -> MatterDetail:
    with database.read() as connection:
        found = matter_detail(connection, matter_id)
    assert found is not None
    return found


def test_one_of_two_priorities_is_withdrawn_and_the_other_counts(
    database: Database, docket: Docket
) -> None:
    claims = (PriorityClaim("CN1", "CN", EARLIER), PriorityClaim("CN2", "CN", LATER))
    fields = MatterFields("pct", "WO", reference="W1", priorities=claims)
    pct, _ = create_matter(database, docket, fields, {"filing": date(2026, 9, 1)})

    def entry() -> str:
        (row,) = dates(database, docket, pct)["PCT-NPE"]
        return str(row.raw)

    assert entry() == "2028-07-20"
    one = EventInput("priority_claim_withdrawal", EARLIER, received=date(2026, 10, 5))
    seen = edits.preview_event(database, docket, pct, one)
    assert not seen.warnings
    assert not seen.refused
    edits.record_event(database, docket, pct, one)
    assert entry() == "2028-09-02"
    assert detail(database, pct).row.priority_date == LATER
    (phase,), _ = enter_national_phases(database, docket, pct, ["US"], date(2026, 11, 2))
    assert [p.date for p in detail(database, phase).priorities] == [LATER]
    undo_last(database)
    undo_last(database)
    assert entry() == "2028-07-20"
    assert detail(database, pct).row.priority_date == EARLIER
    with pytest.raises(Refused, match="Claimed: 2026-01-20, 2026-03-02"):
        edits.record_event(
            database, docket, pct, EventInput(one.type, date(2026, 1, 21), received=one.received)
        )
    with pytest.raises(Refused, match="the day of receipt is missing"):
        edits.record_event(database, docket, pct, EventInput(one.type, EARLIER))
    everything = EventInput("priority_withdrawal", date(2026, 10, 5))
    seen = edits.preview_event(database, docket, pct, everything)
    assert "“Withdrawal of one of several priorities”" in str(seen.warnings[0])
    edits.record_event(database, docket, pct, everything)
    assert entry() == "2029-03-01"
    assert detail(database, pct).row.priority_date is None


def test_an_extension_by_itself_moves_the_reply_or_says_that_it_moves_nothing(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields("invention", "CN", reference="P2")
    made, _ = create_matter(database, docket, fields, {"filing": date(2025, 3, 3)})
    granted = EventInput("extension", date(2026, 11, 10), extension_months=2)
    (said,) = edits.preview_event(database, docket, made, granted).warnings
    assert "moves no date" in str(said)
    edits.record_event(database, docket, made, EventInput("office_action", date(2026, 7, 15)))
    effect = edits.record_event(database, docket, made, granted).effect
    assert not effect.warnings
    found = dates(database, docket, made)
    assert [(r.state, str(r.due)) for r in found["CN-EXT"]] == [("open", "2027-01-15")]
    assert [r.state for r in found["CN-P-OA1"]] == ["overtaken"]
    edits.record_event(database, docket, made, EventInput("response", date(2026, 11, 20)))
    assert dates(database, docket, made)["CN-EXT"][0].state == "met"


def test_what_was_done_stays_with_its_date_when_the_priority_gives_way_to_the_filing(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields(
        "invention", "CN", reference="P1", priorities=(PriorityClaim("US1", "US", EARLIER),)
    )
    made, _ = create_matter(database, docket, fields, {"filing": date(2026, 9, 1)})
    (request,) = dates(database, docket, made)["CN-P-SE"]
    submit(database, docket, [request.id], date(2026, 10, 1), "R-1", "Li")
    gone = EventInput("priority_withdrawal", date(2026, 10, 5))
    effect = edits.record_event(database, docket, made, gone).effect
    (now,) = dates(database, docket, made)["CN-P-SE"]
    assert (now.state, now.receipt, now.due) == ("submitted", "R-1", request.due)
    (said,) = [c for c in effect.kept if c.rule == "CN-P-SE"]
    assert (str(said.before), str(said.after)) == (str(request.due), "2029-09-03")
    assert "CN-P-SE" not in {c.rule for c in (*effect.created, *effect.changed, *effect.ended)}
    with database.read() as connection:
        withdrawn = next(e.id for e in events_of(connection, made) if e.type == gone.type)
    assert not edits.delete_event(database, docket, withdrawn).effect.kept, "it fits again"
    undo_last(database)
    undo_last(database)
    (again,) = dates(database, docket, made)["CN-P-SE"]
    assert (again.state, again.id, again.event_id) == ("submitted", now.id, request.event_id)


def test_parts_left_out_of_a_pct_application_are_a_duty_only_once_an_office_asks(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields("pct", "WO", reference="W2")
    pct, _ = create_matter(database, docket, fields, {"filing": date(2026, 10, 5)})
    assert [r.state for r in dates(database, docket, pct)["PCT-R20"]] == ["option"]
    edits.record_event(database, docket, pct, EventInput("article11_invitation", date(2026, 11, 2)))
    (asked,) = dates(database, docket, pct)["PCT-R20"]
    assert (asked.state, str(asked.due)) == ("open", "2027-01-02")


def test_a_notice_of_loss_opens_the_way_back_and_work_done_is_never_lost(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields("invention", "CN", reference="P3")
    made, _ = create_matter(database, docket, fields, {"filing": date(2025, 3, 3)})
    action = edits.record_event(database, docket, made, EventInput("office_action", LATER))
    (reply,) = dates(database, docket, made)["CN-P-OA1"]
    submit(database, docket, [reply.id], date(2026, 6, 1), "R-2", "Li")
    assert action.event_id is not None
    edits.delete_event(database, docket, action.event_id)
    for kind, day in (("withdrawal", date(2026, 7, 2)), ("loss_notice", date(2026, 11, 2))):
        edits.record_event(database, docket, made, EventInput(kind, day))
    found = dates(database, docket, made)
    assert [(r.state, r.receipt) for r in found["CN-P-OA1"]] == [("overtaken", "R-2")]
    assert [(r.state, str(r.due)) for r in found["CN-RESTORE"]] == [("option", "2027-01-04")]
    assert found["CN-P-SE"][0].state == "overtaken"
    edits.record_event(database, docket, made, EventInput("restoration", date(2026, 11, 20)))
    found = dates(database, docket, made)
    assert (found["CN-RESTORE"][0].state, found["CN-P-SE"][0].state) == ("met", "open")


def test_a_registration_at_wipo_is_the_international_one_whatever_a_list_calls_it(
    database: Database, docket: Docket
) -> None:
    for right, kind, rule, due in (
        ("trademark", "registration", "MADRID-REN", "2027-06-10"),
        ("design", "grant", "HAGUE-REN", "2027-06-10"),
    ):
        on = date(2017, 6, 10) if right == "trademark" else date(2022, 6, 10)
        fields = MatterFields(right, "WO", reference=rule)
        made, _ = create_matter(database, docket, fields, {"filing": on})
        edits.record_event(database, docket, made, EventInput(kind, on))
        first = dates(database, docket, made)[rule][0]
        assert (first.n, first.state, str(first.due)) == (1, "open", due)
        paid = EventInput("renewal", date(2026, 11, 20), ordinal=1)
        edits.record_event(database, docket, made, paid)
        again = dates(database, docket, made)[rule]
        assert [r.state for r in again][:2] == ["met", "open"]
