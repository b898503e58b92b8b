"""What if: one fact changed, and the dates that appear, move or go."""

from datetime import date

from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.reckoning import Docket, entries_at
from ipdesk.core.docket.whatif import (
    Answer,
    answers_of,
    compare,
    variations,
    with_event,
    with_priority,
    without_priority,
)

LAW = Law.load()
CALENDARS = Calendars.load()
ACTION = Event("office_action", date(2025, 3, 12), key=2)
FILING = Event("filing", date(2024, 3, 12), key=1)
CASE = Case("CN", "invention", "direct", (FILING, ACTION))


def test_served_by_post_the_reply_is_due_15_days_later() -> None:
    varied = with_event(CASE, ACTION, service="post")
    (found,) = compare(CASE, varied, LAW, CALENDARS).differences
    assert found.rule == "CN-P-OA1"
    assert found.before is not None
    assert found.after is not None
    assert (found.before.raw, found.after.raw) == (date(2025, 7, 12), date(2025, 7, 27))
    assert found.days == 14  # both days roll: Saturday to Monday, Sunday to Monday


def test_an_added_priority_moves_examination_but_no_annuity() -> None:
    varied = with_priority(CASE, date(2023, 6, 1))
    comparison = compare(CASE, varied, LAW, CALENDARS)
    changed = {d.rule for d in comparison.differences}
    assert {"CN-P-SE", "CN-P-PUB"} <= changed
    assert "CN-P-TERM" not in changed
    appeared = next(d for d in comparison.differences if d.rule == "CN-P-PDOC")
    assert appeared.before is None
    assert appeared.days is None


def test_a_withdrawn_priority_moves_the_national_phase() -> None:
    claim = Event("priority", date(2024, 1, 31), key=1)
    case = Case("WO", "pct", None, (claim, Event("filing", date(2025, 1, 30), key=2)))
    varied = without_priority(case, date(2025, 2, 1))
    found = next(
        d for d in compare(case, varied, LAW, CALENDARS).differences if d.rule == "PCT-NPE"
    )
    assert found.after is not None
    assert found.after.raw == date(2027, 7, 30)


def test_nothing_changed_makes_no_difference() -> None:
    assert compare(CASE, CASE, LAW, CALENDARS).differences == ()


def test_every_question_about_a_deadline_can_be_asked_and_changes_something() -> None:
    for deadline in compute(CASE, LAW, CALENDARS).deadlines:
        for variation in variations(CASE, deadline):
            assert str(variation.question).startswith("What if")
            assert compare(CASE, variation.case, LAW, CALENDARS).after.problems == ()
    reply = next(d for d in compute(CASE, LAW, CALENDARS).deadlines if d.rule == "CN-P-OA1")
    asked = [str(v.question) for v in variations(CASE, reply)]
    assert "What if it had been served by post?" in asked
    assert "What if a priority of 2023-12-13 were claimed?" in asked


def test_a_deadline_tells_what_each_question_does_to_itself_and_to_others() -> None:
    answers = answers_of(CASE, lambda d: d.rule == "CN-P-OA1", LAW, CALENDARS)
    by_question = {str(a.question): a for a in answers}
    post = by_question["What if it had been served by post?"]
    assert post.here is not None
    assert (post.here.days, post.others) == (14, 0)
    later = by_question["What if it had been filed a day later, on 2024-03-13?"]
    assert later.here is None
    assert later.others > 0
    assert answers_of(CASE, lambda d: d.rule == "CN-D-PRIO", LAW, CALENDARS) == ()


def test_an_earlier_priority_is_asked_for_only_where_the_period_leaves_room() -> None:
    for claimed, added in ((date(2024, 1, 10), "2023-10-12"), (date(2023, 3, 12), "")):
        claim = Event("priority", claimed, key=3)
        case = Case("CN", "invention", "paris", (claim, FILING))
        exam = next(d for d in compute(case, LAW, CALENDARS).deadlines if d.rule == "CN-P-SE")
        asked = [str(v.question) for v in variations(case, exam)]
        words = f"What if a priority of {added} were claimed as well?"
        assert (words in asked) == bool(added)
        assert any("withdrawn" in one for one in asked)


def _of_entry(rule: str, *events: Event) -> dict[str, Answer]:
    """What the questions say of the entry into a phase, by question."""
    docket = Docket(LAW, CALENDARS, date(2026, 11, 30))
    case = Case("WO", "pct", "", events, {"receiving_office": "CN"})
    answers = answers_of(
        case,
        lambda d: d.rule == rule,
        LAW,
        CALENDARS,
        lambda changed: entries_at(("CN", "EP"), changed, docket),
    )
    return {str(a.question): a for a in answers}


def test_the_entry_into_a_national_phase_follows_the_earliest_priority() -> None:
    claim = Event("priority", date(2025, 6, 3), key=-4)
    asked = _of_entry("EP-NPE", claim, Event("filing", date(2026, 3, 2), key=1))
    added = asked["What if a priority of 2025-03-05 were claimed as well?"].here
    assert added is not None
    assert added.after is not None
    assert (added.before.raw if added.before else None, added.after.raw) == (
        date(2028, 1, 3),
        date(2027, 10, 5),
    )
    withdrawn = asked["What if all priorities were withdrawn the day after filing?"].here
    assert withdrawn is not None
    assert withdrawn.after is not None
    assert withdrawn.after.raw == date(2028, 10, 2)
    assert asked["What if it had been filed a day later, on 2026-03-03?"].here is None


def test_without_a_priority_the_entry_follows_the_filing() -> None:
    asked = _of_entry("CN-NPE", Event("filing", date(2026, 3, 2), key=1))
    later = asked["What if it had been filed a day later, on 2026-03-03?"]
    assert later.here is not None
    assert later.here.after is not None
    assert later.here.after.raw == date(2028, 9, 3)
    assert later.others > 1  # the phases elsewhere and the international phase move with it
