"""The docket on a database: what events create, what people do, what a correction changes."""

from datetime import date

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import Bilingual
from ipdesk.core.docket import deadline_edits, edits
from ipdesk.core.docket.matters import MatterEdit, create_matter, edit_matter, refresh_all
from ipdesk.core.docket.queries import (
    attention,
    deadline_ids,
    deadline_rows,
    deadlines_of_matter,
    events_of,
    explain,
    pending_ids,
    pending_rows,
)
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import DeadlineRow, EventInput, State
from ipdesk.core.portfolio.model import MatterFields, PriorityClaim
from ipdesk.core.portfolio.queries import matter_detail
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from tests.conftest import TODAY

FILED = date(2025, 3, 10)


def invention(database: Database, docket: Docket, **dates: date) -> int:
    fields = MatterFields(right="invention", office="CN", title="一种泵")
    return create_matter(database, docket, fields, {"filing": FILED, **dates})[0]


def deadlines(database: Database, matter_id: int) -> dict[tuple[str, int | None], DeadlineRow]:
    with database.read() as connection:
        return {(d.rule, d.n): d for d in deadlines_of_matter(connection, matter_id)}


def status(database: Database, matter_id: int) -> str:
    with database.read() as connection:
        detail = matter_detail(connection, matter_id)
    assert detail is not None
    return detail.row.status


def test_a_new_matter_has_its_deadlines_at_once(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    examination = deadlines(database, one)[("CN-P-SE", None)]
    assert (examination.raw, examination.state) == (date(2028, 3, 10), State.OPEN)
    assert examination.internal_due is not None
    assert examination.internal_due < examination.due
    assert status(database, one) == "pending"


def test_an_added_priority_moves_the_examination_request(
    database: Database, docket: Docket
) -> None:
    one = invention(database, docket)
    claims = [PriorityClaim("CN202410000001.1", "CN", date(2024, 5, 6))]
    edit_matter(database, docket, one, MatterEdit(priorities=claims))
    assert deadlines(database, one)[("CN-P-SE", None)].raw == date(2027, 5, 6)


def test_a_corrected_filing_date_moves_every_annuity(database: Database, docket: Docket) -> None:
    one = invention(database, docket, grant=date(2026, 6, 2))
    before = deadlines(database, one)[("CN-P-ANN", 5)].raw
    with database.read() as connection:
        filing = next(e for e in events_of(connection, one) if e.type == "filing")
    result = edits.correct_event(database, docket, filing.id, {"date": date(2025, 4, 10)})
    after = deadlines(database, one)[("CN-P-ANN", 5)].raw
    assert (before, after) == (date(2029, 3, 10), date(2029, 4, 10))
    assert any(c.rule == "CN-P-ANN" and c.n == 5 for c in result.effect.changed)


def test_a_preview_tells_what_saving_does_and_keeps_nothing(
    database: Database, docket: Docket
) -> None:
    one = invention(database, docket)
    action = EventInput("office_action", date(2026, 10, 20), ordinal=1)
    effect = edits.preview_event(database, docket, one, action)
    assert [c.rule for c in effect.created] == ["CN-P-OA1"]
    assert ("CN-P-OA1", None) not in deadlines(database, one)
    assert edits.record_event(database, docket, one, action).effect == effect


def test_the_printed_period_of_a_notice_wins(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    given = EventInput("office_action", date(2026, 10, 20), ordinal=1, period_months=2)
    edits.record_event(database, docket, one, given)
    assert deadlines(database, one)[("CN-P-OA1", None)].raw == date(2026, 12, 20)


def test_a_late_entry_is_overdue_and_not_swallowed(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    edits.record_event(
        database, docket, one, EventInput("office_action", date(2026, 2, 2), ordinal=1)
    )
    late = deadlines(database, one)[("CN-P-OA1", None)]
    assert (late.due, late.shown(TODAY)) == (date(2026, 6, 2), "overdue")
    with database.read() as connection:
        assert attention(connection, TODAY).overdue == 1


def test_a_response_meets_the_office_action(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    edits.record_event(
        database, docket, one, EventInput("office_action", date(2026, 10, 20), ordinal=1)
    )
    edits.record_event(database, docket, one, EventInput("response", date(2026, 11, 20)))
    assert deadlines(database, one)[("CN-P-OA1", None)].state == State.MET


def test_submitted_waits_for_the_office_and_survives_a_recomputation(
    database: Database, docket: Docket
) -> None:
    one = invention(database, docket)
    examination = deadlines(database, one)[("CN-P-SE", None)]
    deadline_edits.submit(database, docket, [examination.id], TODAY, "receipt 7")
    refresh_all(database, docket)
    sent = deadlines(database, one)[("CN-P-SE", None)]
    assert (sent.state, sent.submitted_by, sent.receipt) == (State.SUBMITTED, "Tester", "receipt 7")
    deadline_edits.confirm(database, docket, [sent.id], TODAY)
    assert deadlines(database, one)[("CN-P-SE", None)].state == State.CONFIRMED


def test_not_applicable_needs_a_reason(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    wanted = deadlines(database, one)[("CN-P-SE", None)].id
    with pytest.raises(IpdeskError, match="why"):
        deadline_edits.set_aside(database, docket, [wanted], "  ")
    deadline_edits.set_aside(database, docket, [wanted], "Will be abandoned")
    deadline_edits.reopen(database, docket, [wanted])
    assert deadlines(database, one)[("CN-P-SE", None)].state == State.OPEN


def test_an_abandoned_matter_asks_for_nothing_more(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    edits.record_event(database, docket, one, EventInput("abandonment", date(2026, 5, 4)))
    assert status(database, one) == "abandoned"
    states = {d.state for d in deadlines(database, one).values() if d.due > date(2026, 5, 4)}
    assert State.OPEN not in states


def test_a_missing_date_is_listed_with_what_is_missing(database: Database, docket: Docket) -> None:
    fields = MatterFields(
        right="invention", office="CN", application_number="CN202510123456.1", title="x"
    )
    one, _ = create_matter(database, docket, fields)
    with database.read() as connection:
        rows = pending_rows(connection, pending_ids(connection, ListQuery()))
    assert {r.matter_id for r in rows} == {one}
    assert "filing" in {r.waiting_for for r in rows}
    assert all(r.why or r.label for r in rows)


def test_every_deadline_gives_its_reasons_in_both_languages(
    database: Database, docket: Docket
) -> None:
    from ipdesk.base.i18n import speaking

    one = invention(database, docket, grant=date(2026, 6, 2))
    with database.read() as connection:
        for row in deadlines_of_matter(connection, one):
            why = explain(connection, row, docket)
            assert why
            with speaking("zh_CN"):
                assert any("一" <= sign <= "鿿" for w in why for sign in str(w))


def test_a_deadline_typed_by_hand_is_kept_as_typed(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    day = date(2026, 12, 1)
    deadline_edits.add_manual(database, docket, one, Bilingual("Call the agent", ""), day)
    refresh_all(database, docket)
    assert deadlines(database, one)[("MANUAL", None)].due == day


def test_deleting_an_event_takes_its_deadline_and_undo_brings_both_back(
    database: Database, docket: Docket
) -> None:
    one = invention(database, docket)
    made = edits.record_event(
        database, docket, one, EventInput("office_action", date(2026, 10, 20), ordinal=1)
    )
    assert made.event_id is not None
    edits.delete_event(database, docket, made.event_id)
    assert ("CN-P-OA1", None) not in deadlines(database, one)
    undo_last(database)
    assert deadlines(database, one)[("CN-P-OA1", None)].state == State.OPEN


def test_a_pct_application_shows_the_limits_of_the_chosen_offices(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields(
        right="pct",
        office="WO",
        application_number="PCT/CN2025/071023",
        facts={"targets": ["US", "EP"]},
        priorities=(PriorityClaim("CN202410000001.1", "CN", date(2024, 5, 6)),),
    )
    one, _ = create_matter(database, docket, fields, {"filing": date(2025, 5, 5)})
    found = deadlines(database, one)
    assert found[("US-NPE", None)].raw == date(2026, 11, 6)
    assert found[("EP-NPE", None)].raw == date(2026, 12, 6)
    assert ("JP-NPE", None) not in found
    phase = MatterFields(
        right="invention", office="US", route="pct", parent_id=one, parent_kind="national_phase"
    )
    create_matter(database, docket, phase, {"filing": date(2025, 5, 5)})
    refresh_all(database, docket)
    assert deadlines(database, one)[("US-NPE", None)].state == State.MET
    assert status(database, one) == "entered"


def test_a_list_by_period_and_person(database: Database, docket: Docket) -> None:
    one = invention(database, docket)
    deadline_edits.add_manual(
        database, docket, one, Bilingual("A", "甲"), date(2026, 11, 26), responsible="Wang"
    )
    deadline_edits.add_manual(database, docket, one, Bilingual("B", "乙"), date(2026, 12, 20))
    with database.read() as connection:

        def labels(query: ListQuery) -> list[str]:
            rows = deadline_rows(connection, deadline_ids(connection, query, TODAY))
            return [str(r.label) for r in rows]

        assert labels(ListQuery().choose("period", "week")) == ["A"]
        assert labels(ListQuery().choose("period", "30")) == ["A", "B"]
        assert labels(ListQuery().choose("person", "Wang")) == ["A"]


def test_an_old_list_does_not_drown_the_overdue_ones(database: Database, docket: Docket) -> None:
    from ipdesk.base.i18n import say
    from ipdesk.core.docket.matters import create_matters

    fields = MatterFields(right="invention", office="CN", title="x")
    events = [EventInput("filing", date(2015, 3, 3), source="import")]
    with database.write(say("Imported")) as writer:
        one = create_matters(writer, docket, [(fields, events)])[0]
    assert deadlines(database, one)[("CN-P-SE", None)].state == State.PAST
    with database.read() as connection:
        counts = attention(connection, TODAY)
    assert (counts.overdue, counts.past > 0, counts.unchecked) == (0, True, 1)


def test_a_mark_keeps_renewals_for_15_years_and_a_patent_all_annuities(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields(right="trademark", office="CN", title="泵")
    mark = create_matter(database, docket, fields, {"registration": date(2020, 3, 7)})[0]
    renewals = {
        d.due.year for (rule, _), d in deadlines(database, mark).items() if rule == "CN-T-REN"
    }
    assert renewals == {2030, 2040}
    patent = invention(database, docket, grant=date(2026, 11, 3))
    annuities = {n for rule, n in deadlines(database, patent) if rule == "CN-P-ANN"}
    assert max(n or 0 for n in annuities) == 20
