"""The history names what it tells of: which event, which deadline, which person."""

from datetime import date

from ipdesk.base.i18n import set_language
from ipdesk.core.docket import deadline_edits, edits
from ipdesk.core.docket.history_words import described
from ipdesk.core.docket.matters import MatterEdit, create_matter, edit_matter
from ipdesk.core.docket.queries import deadlines_of_matter, events_of
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import EventInput
from ipdesk.core.portfolio.model import MatterFields, PersonName, PriorityClaim
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.history import of_matter


def lines(database: Database, matter: int) -> list[str]:
    """The history, oldest first."""
    with database.read() as connection:
        return [described(row) for row in reversed(of_matter(connection, matter))]


def test_every_line_names_its_row_as_it_was_then(database: Database, docket: Docket) -> None:
    fields = MatterFields(
        "invention", "CN", title="Pump", reference="P1", people=(PersonName("inventor", "Wang"),)
    )
    days = {"filing": date(2025, 3, 12), "publication": date(2026, 9, 15)}
    matter, _ = create_matter(database, docket, fields, days)
    action = EventInput("office_action", date(2026, 10, 20), ordinal=1)
    made = edits.record_event(database, docket, matter, action)
    assert made.event_id is not None
    edits.correct_event(database, docket, made.event_id, {"date": date(2026, 10, 21)})
    with database.read() as connection:
        reply = next(d for d in deadlines_of_matter(connection, matter) if d.rule == "CN-P-OA1")
    deadline_edits.submit(database, docket, [reply.id], date(2026, 11, 20), "", "Li")
    claim = MatterEdit(
        priorities=[PriorityClaim("US 63/1", "US", date(2024, 3, 12))], tags=["space"]
    )
    edit_matter(database, docket, matter, claim)
    told = lines(database, matter)
    assert told.count("Event created: Filing 2025-03-12") == 1
    assert "Event created: Publication 2026-09-15" in told
    assert "Event created: Office action 1 2026-10-20" in told
    assert "Inventor created: Wang" in told
    assert "Tag created: space" in told
    assert "Priority created: US 63/1" in told
    assert "Office action 1 2026-10-21 · Date: 2026-10-20 → 2026-10-21" in told
    submitted = [line for line in told if "State: Open → Submitted" in line]
    assert [line.partition(" · ")[0] for line in submitted] == [
        f"Reply to the first office action {reply.due}"
    ]
    undo_last(database)
    edits.delete_event(database, docket, made.event_id)
    with database.read() as connection:
        assert len(events_of(connection, matter)) == 2
    told = lines(database, matter)
    assert "Event created: Office action 1 2026-10-20" in told, "also when it is gone by now"
    assert "Event removed: Office action 1 2026-10-21" in told
    set_language("zh_CN")
    try:
        assert "新建事件：审查意见通知书 1 2026-10-20" in lines(database, matter)
    finally:
        set_language("en")


def test_what_cannot_be_computed_is_named_and_a_withdrawn_priority_moves_its_dates(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields("pct", "WO", reference="W1")
    days = {"priority": date(2025, 2, 12), "filing": date(2026, 2, 10)}
    pct, _ = create_matter(database, docket, fields, days)
    withdrawal = EventInput("priority_withdrawal", date(2026, 4, 6))
    seen = edits.preview_event(database, docket, pct, withdrawal)
    moved = {c.rule: (str(c.before), str(c.after)) for c in seen.changed}
    assert moved["PCT-NPE"] == ("2027-08-12", "2028-08-10")
    assert "PCT-NPE" not in {c.rule for c in (*seen.created, *seen.ended)}
    assert {c.rule for c in seen.ended} >= {"PCT-16M"}
    edits.record_event(database, docket, pct, withdrawal)
    told = lines(database, pct)
    assert any(line.startswith("Cannot compute: ") for line in told), told
