"""What the company says of the law reaches the docket at once, and undo takes it back."""

from datetime import date
from typing import Any

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket import rule_edits
from ipdesk.core.docket.calendar_lists import read_day_list
from ipdesk.core.docket.calendars import Status
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.core.docket.rule_words import ROLL_LABELS, told
from ipdesk.core.docket.rules import Roll
from ipdesk.core.docket.setting import DEFAULT, docket_for, own_closings, own_definition
from ipdesk.core.docket.timeline import family_timeline
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from tests.conftest import TODAY

OWN: dict[str, Any] = {
    "id": "OWN-1",
    "label": {"en": "Ask the inventors", "zh": "征求发明人意见"},
    "office": "CN",
    "rights": ["invention"],
    "trigger": "filing",
    "period": "10 months",
    "kind": "request",
    "roll": "never",
    "basis": "House rule 4",
    "source": "Manual of the department",
    "confidence": "V1",
    "checked": TODAY,
}


@pytest.fixture
def matter(database: Database, docket: Docket) -> int:
    fields = MatterFields(right="invention", office="CN", title="一种泵")
    return create_matter(database, docket, fields, {"filing": date(2026, 3, 10)})[0]


def rows(database: Database, matter_id: int) -> dict[str, DeadlineRow]:
    with database.read() as connection:
        return {d.rule: d for d in deadlines_of_matter(connection, matter_id)}


def test_a_rule_that_is_switched_off_gives_no_dates_and_undo_brings_them_back(
    database: Database, matter: int
) -> None:
    rule_edits.switch(database, TODAY, ["CN-P-SE"], True)
    assert "CN-P-SE" not in rows(database, matter)
    undo_last(database)
    assert "CN-P-SE" in rows(database, matter)
    rule_edits.switch(database, TODAY, ["CN-P-SE"], True)
    rule_edits.switch(database, TODAY, ["CN-P-SE"], False)
    assert "CN-P-SE" in rows(database, matter)


def test_a_confirmed_rule_loses_its_mark(database: Database, docket: Docket) -> None:
    fields = MatterFields(right="invention", office="JP", title="Pump")
    matter = create_matter(database, docket, fields, {"filing": date(2026, 3, 10)})[0]
    assert rows(database, matter)["JP-SE"].unverified
    rule_edits.confirm(database, TODAY, ["JP-SE"], "Han Mei", TODAY)
    assert not rows(database, matter)["JP-SE"].unverified
    rule_edits.confirm(database, TODAY, ["JP-SE"], "", None)
    assert rows(database, matter)["JP-SE"].unverified
    with pytest.raises(IpdeskError, match="which day"):
        rule_edits.confirm(database, TODAY, ["JP-SE"], "Han Mei", None)


def days_before(due: date, own: date | None) -> int:
    """How long before the official day our own or the agent's lies."""
    assert own is not None
    return (due - own).days


def test_lead_times_of_a_rule_go_before_those_of_all_rules(database: Database, matter: int) -> None:
    rule_edits.set_leads(database, TODAY, DEFAULT, 7, 21)
    rule_edits.set_leads(database, TODAY, "CN-P-SE", 90, None)
    found = rows(database, matter)
    assert days_before(found["CN-P-SE"].due, found["CN-P-SE"].internal_due) >= 90
    fee = found["CN-P-FILFEE"]
    assert 7 <= days_before(fee.due, fee.internal_due) <= 9
    with pytest.raises(IpdeskError, match="3650"):
        rule_edits.set_leads(database, TODAY, "CN-P-SE", -1, None)


def test_lead_times_of_a_kind_stand_between_those_of_all_and_of_one(
    database: Database, matter: int
) -> None:
    rule_edits.set_leads(database, TODAY, DEFAULT, 7, 21)
    rule_edits.set_leads(database, TODAY, "kind:request", 60, None)
    rule_edits.set_leads(database, TODAY, "CN-P-SE", None, 90)
    found = rows(database, matter)["CN-P-SE"]
    assert days_before(found.due, found.internal_due) >= 60
    assert days_before(found.due, found.agent_due) >= 90
    fee = rows(database, matter)["CN-P-FILFEE"]
    assert 7 <= days_before(fee.due, fee.internal_due) <= 9
    with pytest.raises(IpdeskError, match="no kind"):
        rule_edits.set_leads(database, TODAY, "kind:wish", 1, 1)


def test_a_rule_of_our_own_gives_dates_until_it_is_deleted(database: Database, matter: int) -> None:
    rule_edits.save_own_rule(database, TODAY, OWN)
    assert rows(database, matter)["OWN-1"].raw == date(2027, 1, 10)
    longer = {**OWN, "period": "11 months"}
    rule_edits.save_own_rule(database, TODAY, longer, replacing="OWN-1")
    assert rows(database, matter)["OWN-1"].raw == date(2027, 2, 10)
    with database.read() as connection:
        assert own_definition(connection, "OWN-1")["period"] == "11 months"
    rule_edits.delete_own_rule(database, TODAY, "OWN-1")
    assert "OWN-1" not in rows(database, matter)
    with pytest.raises(IpdeskError, match="no rule of your own"):
        rule_edits.delete_own_rule(database, TODAY, "CN-P-SE")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "CN-P-SE"}, "built-in"),
        ({"source": ""}, "no source"),
        ({"label": {"en": "One", "zh": ""}}, "English and Chinese"),
        ({"trigger": "rule:NO-SUCH"}, "does not exist"),
        ({"period": "soon"}, "cannot be read"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_with_the_reason(
    database: Database, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(IpdeskError, match=words):
        rule_edits.save_own_rule(database, TODAY, {**OWN, **change})


def test_closing_days_move_what_falls_on_them(database: Database, matter: int) -> None:
    before = rows(database, matter)["CN-P-SE"]
    assert before.due == date(2029, 3, 12)  # 10 March 2029 is a Saturday
    listed = read_day_list("2029-03-12..2029-03-13 Office moves house")
    rule_edits.add_closings(database, TODAY, "CN", listed.days)
    assert rows(database, matter)["CN-P-SE"].due == date(2029, 3, 14)
    with database.read() as connection:
        days = own_closings(connection, "CN")
        assert docket_for(connection, TODAY).calendars.status("CN", 2029) is Status.COMPUTED
    rule_edits.add_closings(database, TODAY, "CN", listed.days, 2029)  # nothing stands twice
    with database.read() as connection:
        assert len(own_closings(connection, "CN")) == len(days) + 1
        assert docket_for(connection, TODAY).calendars.status("CN", 2029) is Status.OFFICIAL
    rule_edits.remove_closings(database, TODAY, [d.id for d in days])
    assert rows(database, matter)["CN-P-SE"].due == before.due


def test_every_rule_can_be_read_out() -> None:
    assert set(ROLL_LABELS) == set(Roll)
    for rule in Law.load().all:
        sentences = [str(sentence) for sentence in told(rule)]
        assert len(sentences) >= 2
        assert not any("{" in sentence for sentence in sentences), rule.id


def test_the_timeline_of_a_family_counts_from_its_priority(database: Database, matter: int) -> None:
    with database.read() as connection:
        strands = family_timeline(connection, matter, TODAY)
    told_of = {str(m.words): m.day for m in strands[0].moments}
    assert told_of["12 m"] == date(2027, 3, 10)
    assert told_of["term"] == date(2046, 3, 10)
    assert told_of["Filing"] == date(2026, 3, 10)
