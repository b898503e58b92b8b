"""The docket at work: documents, printed days, extensions, second persons, and what stays."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.i18n import Bilingual, say
from ipdesk.core.docket import company, deadline_edits, edits
from ipdesk.core.docket.facts import fact_value, facts, set_facts
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.queries import (
    attention,
    deadlines_of_matter,
    events_of,
    pending_of_matter,
    pending_rows,
)
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import DeadlineRow, EventInput, EventRow, State
from ipdesk.core.docket.saying import said_of
from ipdesk.core.portfolio.documents import documents_of
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.queries import attachments_of, matter_detail
from ipdesk.store.database import Database
from ipdesk.store.migrate import open_database

FILED = date(2025, 3, 10)
ACTION = EventInput("office_action", date(2026, 10, 20), ordinal=1)


@pytest.fixture
def one(database: Database, docket: Docket) -> int:
    fields = MatterFields(right="invention", office="CN", title="一种泵")
    return create_matter(database, docket, fields, {"filing": FILED})[0]


def rows(database: Database, matter: int) -> dict[str, DeadlineRow]:
    with database.read() as connection:
        return {d.rule: d for d in deadlines_of_matter(connection, matter)}


def event(database: Database, matter: int, kind: str) -> EventRow:
    with database.read() as connection:
        return next(e for e in events_of(connection, matter) if e.type == kind)


def test_a_notice_is_filed_with_its_event_and_told_by_the_deadline(
    database: Database, docket: Docket, one: int, tmp_path: Path
) -> None:
    notice = tmp_path / "审查意见.pdf"
    notice.write_bytes(b"%PDF-1.4 notice")
    made = edits.record_event(database, docket, one, ACTION, [notice])
    reply = rows(database, one)["CN-P-OA1"]
    with database.read() as connection:
        said = said_of(connection, reply.id, docket)
        assert said is not None
        assert [p.name for p in said.documents] == ["审查意见.pdf"]
        assert said.event is not None
        assert said.event.id == made.event_id
        assert [a.name for a in attachments_of(connection, one)] == ["审查意见.pdf"]
    assert made.event_id is not None
    edits.delete_event(database, docket, made.event_id)
    with database.read() as connection:  # the paper stays with the matter
        assert [p.name for p in documents_of(connection, "matter", one)] == ["审查意见.pdf"]


def test_a_document_that_cannot_be_read_leaves_nothing_behind(
    database: Database, docket: Docket, one: int, tmp_path: Path
) -> None:
    with pytest.raises(IpdeskError, match=r"gone\.pdf cannot be read"):
        edits.record_event(database, docket, one, ACTION, [tmp_path / "gone.pdf"])
    assert "CN-P-OA1" not in rows(database, one)


def test_a_day_printed_on_the_notice_wins_over_the_computed_one(
    database: Database, docket: Docket, one: int
) -> None:
    printed = EventInput("office_action", date(2026, 10, 20), printed_due=date(2027, 3, 6))
    edits.record_event(database, docket, one, printed)
    reply = rows(database, one)["CN-P-OA1"]
    assert (reply.raw, reply.due) == (date(2027, 3, 6), date(2027, 3, 6))  # a Saturday, as printed
    with database.read() as connection:
        said = said_of(connection, reply.id, docket)
    assert said is not None
    assert any("2027-02-20" in str(w) and "2027-03-06" in str(w) for w in said.why)


def test_facts_that_contradict_each_other_are_refused_and_nothing_is_kept(
    database: Database, docket: Docket, one: int
) -> None:
    early = EventInput("grant", date(2024, 1, 2))
    effect = edits.preview_event(database, docket, one, early)
    assert effect.refused
    with pytest.raises(Refused, match="lies before"):
        edits.record_event(database, docket, one, early)
    with database.read() as connection:
        assert [e.type for e in events_of(connection, one)] == ["filing"]


@pytest.mark.parametrize(
    ("kind", "day", "words"),
    [
        ("office_action", "2062-10-20", "Office action: 2062-10-20 has not come yet"),
        ("office_action", "2024-01-05", "Office action on 2024-01-05 lies before Filing on"),
        ("lapse", "2024-01-01", "Lapse on 2024-01-01 lies before Filing on"),
        ("annuity_paid", "2024-01-01", "Annuity paid on 2024-01-01 lies before Filing on"),
        ("grant", "2026-01-05", "Grant on 2026-01-05 lies before Notice of grant on 2026-02-02"),
        ("expiry", "2024-01-05", "Expiry on 2024-01-05 lies before Filing on"),
        ("licence_effective", "2027-01-05", ""),
        ("disclosure", "2024-12-20", ""),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_one_sentence_and_nothing_is_kept(
    database: Database, docket: Docket, one: int, kind: str, day: str, words: str
) -> None:
    edits.record_event(database, docket, one, EventInput("grant_notice", date(2026, 2, 2)))
    given = EventInput(kind, date.fromisoformat(day))
    seen = edits.preview_event(database, docket, one, given)
    assert len(seen.refused) == bool(words)
    if not words:
        edits.record_event(database, docket, one, given)
        return
    assert str(seen.refused[0]).startswith(words)
    with pytest.raises(Refused, match=words):
        edits.record_event(database, docket, one, given)
    with database.read() as connection:
        kinds = [e.type for e in events_of(connection, one)]
    assert sorted(kinds) == ["filing", "grant_notice"]


def test_an_odd_day_that_came_with_a_list_hinders_no_other_entry(
    database: Database, docket: Docket, one: int
) -> None:
    with database.write(say("Imported")) as writer:
        edits.add_events(writer, [(one, EventInput("lapse", date(2062, 1, 1)))], docket)
    edits.record_event(database, docket, one, ACTION)
    late = replace(ACTION, received=date(2062, 1, 1))
    assert "cannot have been received" in str(
        edits.preview_event(database, docket, one, late).refused[0]
    )
    for day in (date(2024, 5, 6), date(2024, 6, 6)):
        edits.record_event(database, docket, one, EventInput("priority", day))
    withdrawn = EventInput("priority_withdrawal", date(2026, 3, 4))
    assert "All 2 priorities" in str(
        edits.preview_event(database, docket, one, withdrawn).warnings[0]
    )
    old = EventInput("priority", date(2022, 1, 10))
    assert "more than 14 months" in str(edits.preview_event(database, docket, one, old).warnings[0])


def test_an_extension_counts_from_the_original_start_and_keeps_to_its_ceiling(
    database: Database, docket: Docket, one: int
) -> None:
    edits.record_event(database, docket, one, ACTION)
    reply = rows(database, one)["CN-P-OA1"]
    [seen] = deadline_edits.preview_extension(database, docket, [reply.id], 2, None)
    assert seen.by_law
    deadline_edits.extend(database, docket, [reply.id], 2)
    after = rows(database, one)
    assert after["CN-EXT"].raw == date(2027, 4, 20)
    assert after["CN-EXT"].due == seen.due
    assert after["CN-P-OA1"].state == State.OVERTAKEN
    with pytest.raises(Refused, match="longer than"):
        deadline_edits.extend(database, docket, [after["CN-EXT"].id], 1)
    assert rows(database, one)["CN-EXT"].raw == date(2027, 4, 20)


def test_what_the_law_does_not_extend_needs_a_reason_and_can_be_reopened(
    database: Database, docket: Docket, one: int
) -> None:
    wanted = rows(database, one)["CN-P-SE"]
    with pytest.raises(Refused, match="know no extension"):
        deadline_edits.extend(database, docket, [wanted.id], 1)
    with pytest.raises(Refused, match="no extension"):
        deadline_edits.extend(database, docket, [wanted.id], None, wanted.due, "by mistake")
    deadline_edits.extend(database, docket, [wanted.id], None, date(2028, 5, 10), "force majeure")
    later = rows(database, one)["CN-P-SE"]
    assert (later.due, later.extended_to) == (date(2028, 5, 10), date(2028, 5, 10))
    assert later.internal_due is not None
    assert wanted.internal_due is not None
    assert later.internal_due > wanted.internal_due
    deadline_edits.reopen(database, docket, [wanted.id])
    assert rows(database, one)["CN-P-SE"].due == wanted.due


def test_a_correction_says_what_it_keeps_and_computes_it_anew_when_told(
    database: Database, docket: Docket, one: int
) -> None:
    examination = rows(database, one)["CN-P-SE"]
    deadline_edits.confirm(database, docket, [examination.id], docket.today)
    filing, later = event(database, one, "filing").id, {"date": date(2025, 4, 10)}
    effect = edits.preview_correction(database, docket, filing, later)
    [kept] = effect.kept
    assert (kept.rule, kept.before, kept.after) == (
        "CN-P-SE",
        examination.due,
        date(2028, 4, 10),
    )
    edits.correct_event(database, docket, filing, later)
    assert rows(database, one)["CN-P-SE"].due == examination.due
    edits.correct_event(database, docket, filing, {"date": date(2025, 5, 12)}, anew=True)
    moved = rows(database, one)["CN-P-SE"]
    assert (moved.raw, moved.state) == (date(2028, 5, 12), State.OPEN)


def test_a_second_person_checks_where_the_company_wants_one(
    database: Database, docket: Docket, one: int
) -> None:
    edits.record_event(database, docket, one, ACTION)
    reply = rows(database, one)["CN-P-OA1"]
    deadline_edits.verify(database, docket, [reply.id])  # a team of one checks itself
    assert rows(database, one)["CN-P-OA1"].checked_by
    action = event(database, one, "office_action")
    edits.correct_event(database, docket, action.id, {"date": date(2026, 10, 21)})
    assert not rows(database, one)["CN-P-OA1"].checked_by  # another date was checked
    company.choose(database, company.SECOND_PERSON, True)
    with pytest.raises(Refused, match="Somebody else"):
        edits.check_events(database, [action.id], docket.today)
    assert rows(database, one)["CN-P-OA1"].unchecked
    assert database.path is not None
    other = open_database(database.path, user="Han Meimei")
    try:
        edits.check_events(other, [action.id], docket.today)
    finally:
        other.close()
    assert event(database, one, "office_action").checked_by == "Han Meimei"
    assert not rows(database, one)["CN-P-OA1"].unchecked
    with database.read() as connection:
        assert attention(connection, docket.today).unchecked == 1  # the filing is still unchecked


def test_a_missed_date_says_what_can_still_be_done(
    database: Database, docket: Docket, one: int
) -> None:
    edits.record_event(database, docket, one, EventInput("office_action", date(2026, 5, 6)))
    reply = rows(database, one)["CN-P-OA1"]
    assert reply.shown(docket.today) == "overdue"
    with database.read() as connection:
        said = said_of(connection, reply.id, docket)
    assert said is not None
    waits = {r.waits_for for r in said.remedies}
    assert {"loss_notice", "obstacle_removed"} <= waits
    edits.record_event(database, docket, one, EventInput("loss_notice", date(2026, 11, 10)))
    with database.read() as connection:
        said = said_of(connection, reply.id, docket)
    assert said is not None
    assert date(2027, 1, 11) in {r.due for r in said.remedies}  # 10 January is a Sunday


def test_only_a_date_typed_by_hand_can_be_deleted(
    database: Database, docket: Docket, one: int
) -> None:
    deadline_edits.add_manual(database, docket, one, Bilingual("Call", ""), date(2026, 12, 9))
    typed = rows(database, one)["MANUAL"]
    deadline_edits.extend(database, docket, [typed.id], None, date(2026, 12, 20), "holidays")
    deadline_edits.reopen(database, docket, [typed.id])
    assert rows(database, one)["MANUAL"].due == date(2026, 12, 9)
    deadline_edits.remove_manual(database, docket, typed.id)
    assert "MANUAL" not in rows(database, one)
    with pytest.raises(Refused, match="follows from an event"):
        deadline_edits.remove_manual(database, docket, rows(database, one)["CN-P-SE"].id)


def test_the_days_that_the_office_grants_lengthen_the_term_and_its_annuities(
    database: Database, docket: Docket, one: int
) -> None:
    docket = replace(docket, today=date(2031, 3, 3))
    edits.record_event(database, docket, one, EventInput("exam_request", date(2025, 6, 2)))
    edits.record_event(database, docket, one, EventInput("grant", date(2030, 9, 6)))
    request = rows(database, one)["CN-P-PTA"]
    with database.read() as connection:
        said = said_of(connection, request.id, docket)
    assert said is not None
    # the later of 2029-03-10 and 2028-06-02, to 2030-09-06
    assert any("545 days" in str(w) for w in said.why)
    unsaid = edits.preview_event(
        database, docket, one, EventInput("term_adjustment", date(2031, 2, 3))
    )
    assert [p.waiting_for for p in unsaid.missing] == ["compensation_days"]
    given = EventInput("term_adjustment", date(2031, 2, 3), period_days=400)
    made = edits.record_event(database, docket, one, given)
    with database.read() as connection:
        found = {(d.rule, d.n): d for d in deadlines_of_matter(connection, one)}
        detail = matter_detail(connection, one)
    assert detail is not None
    assert found["CN-P-TERM", None].raw == date(2046, 4, 14)
    assert detail.row.expiry_date == date(2046, 4, 14)
    assert detail.facts["compensation_days"] == 400
    assert found["CN-P-ANN", 21].raw == date(2045, 3, 10)
    assert ("CN-P-ANN", 22) not in found  # part of a year is free
    assert made.event_id is not None
    edits.delete_event(database, docket, made.event_id)
    assert rows(database, one)["CN-P-TERM"].raw == date(2045, 3, 10)


def test_a_pct_application_asks_for_its_language_until_it_is_known(
    database: Database, docket: Docket
) -> None:
    fields = MatterFields(right="pct", office="WO", application_number="PCT/CN2026/071023")
    pct = create_matter(database, docket, fields, {"filing": date(2026, 10, 12)})[0]

    def asked() -> list[str]:
        with database.read() as connection:
            return [
                p.waiting_for for p in pending_rows(connection, pending_of_matter(connection, pct))
            ]

    assert asked() == ["filing_language"]
    assert "PCT-TRANS-PUB" not in rows(database, pct)
    set_facts(database, docket, pct, {"filing_language": "zh", "isa": "CN"})
    assert asked() == []
    assert "PCT-TRANS-PUB" not in rows(database, pct)  # Chinese is a language of publication
    set_facts(database, docket, pct, {"filing_language": "it", "isa": "EP"})
    found = rows(database, pct)
    assert "PCT-TRANS-PUB" not in found  # the one for the search serves for both
    edits.record_event(database, docket, pct, EventInput("receipt", date(2026, 10, 12)))
    assert rows(database, pct)["PCT-TRANS-SEARCH"].state == State.OPEN
    set_facts(database, docket, pct, {"filing_language": "nl", "isa": "EP"})
    found = rows(database, pct)
    assert "PCT-TRANS-SEARCH" not in found
    assert (found["PCT-TRANS-PUB"].raw, found["PCT-TRANS-PUB"].state) == (
        date(2027, 12, 12),
        State.OPEN,
    )
    with pytest.raises(Refused, match="one of"):
        fact_value(next(f for f in facts() if f.name == "filing_language"), "Klingon")


def test_the_events_of_many_matters_are_checked_at_once_and_never_twice(
    database: Database, docket: Docket, one: int
) -> None:
    fields = MatterFields(right="invention", office="CN", title="一种阀")
    dates = {"filing": FILED, "publication": date(2026, 9, 11)}
    other, _ = create_matter(database, docket, fields, dates)
    found, change = edits.check_matters(database, [one, other], docket.today)
    assert found == 3
    assert set(change.matters) == {one, other}
    checked = event(database, other, "publication")
    assert (checked.checked_by, checked.checked_on) == (database.user, docket.today)
    with pytest.raises(IpdeskError, match="checked already"):
        edits.check_matters(database, [one], docket.today)
