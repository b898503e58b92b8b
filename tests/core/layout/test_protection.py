"""Patents precede products: one line a market, and what cannot wait."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ipdesk.base.i18n import say
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.layout.alarms import Alarm, AlarmKind, alarms
from ipdesk.core.layout.clock import Terms, run
from ipdesk.core.layout.protection import ProtectionLine, lines
from ipdesk.core.layout.subjects import AcceptedRisk, Exposure, Filing, Market, Subject
from ipdesk.core.layout.words import Standing
from tests.conftest import TODAY

CALENDARS = Calendars.load()
OPENS = date(2027, 3, 10)


def sensor(*filings: Filing, office: str = "CN", opens: date = OPENS) -> Subject:
    shown = Exposure("launch", 1, say("Market launch"), opens, office)
    return Subject("product", 1, "Sensor", (Market(office, opens),), (shown,), filings)


def filing(right: str, office: str, status: str = "pending", **more: Any) -> Filing:
    return Filing(1, "P-0001", right, office, status, **more)


def line(subject: Subject, *risks: AcceptedRisk) -> ProtectionLine:
    clock = run([subject], CALENDARS, Terms(TODAY))
    return lines([subject], clock, risks, CALENDARS, TODAY)[0]


@pytest.mark.parametrize(
    ("own", "office", "standing"),
    [
        (filing("invention", "CN", "granted", filing=date(2024, 1, 5)), "CN", Standing.IN_FORCE),
        (filing("utility_model", "CN", filing=date(2026, 9, 1)), "CN", Standing.PENDING),
        (filing("invention", "EP", filing=date(2026, 3, 1)), "DE", Standing.PENDING),
        (
            filing("invention", "EP", "granted", filing=date(2020, 3, 1), grant=date(2026, 10, 1)),
            "DE",
            Standing.CAN_ENTER,  # validation until 4 January 2027
        ),
        (
            filing("invention", "EP", "granted", filing=date(2020, 3, 1), grant=date(2026, 5, 1)),
            "DE",
            Standing.GAP,  # no validation in Germany is recorded
        ),
        (filing("unitary_patent", "EP", "granted", filing=date(2020, 3, 1)), "DE", "in_force"),
        (filing("unitary_patent", "EP", "granted", filing=date(2020, 3, 1)), "GB", "gap"),
        (filing("pct", "WO", filing=date(2026, 3, 1)), "US", Standing.CAN_ENTER),
        (filing("pct", "WO", "entered", filing=date(2024, 3, 1)), "US", Standing.GAP),
        (filing("invention", "CN", filing=date(2026, 3, 1)), "US", Standing.CAN_ENTER),
        (filing("invention", "CN", filing=date(2025, 3, 1)), "US", Standing.GAP),
        (filing("invention", "CN", "lapsed", filing=date(2020, 3, 1)), "CN", Standing.GAP),
        (filing("trademark", "CN", "granted", filing=date(2020, 3, 1)), "CN", Standing.GAP),
    ],
)
def test_what_stands_in_a_market(own: Filing, office: str, standing: str) -> None:
    assert line(sensor(own, office=office)).standing == standing


def test_a_pct_application_says_until_when_it_can_enter() -> None:
    found = line(sensor(filing("pct", "WO", filing=date(2025, 3, 1)), office="US"))
    assert found.until == date(2027, 9, 1)
    assert "2027-09-01" in str(found.said)


def test_the_best_way_is_told_and_the_others_are_its_reasons() -> None:
    granted = filing("utility_model", "CN", "granted", filing=date(2025, 3, 1))
    pending = replace(filing("invention", "CN", filing=date(2025, 3, 1)), reference="P-0002")
    found = line(sensor(pending, granted))
    assert found.standing == Standing.IN_FORCE
    assert len(found.why) == 2


def test_a_gap_names_the_last_safe_day() -> None:
    assert "2027-03-09" in str(line(sensor()).said)
    assert "last safe day was" in str(line(sensor(opens=date(2026, 5, 13))).said)


def test_an_accepted_risk_says_who_and_why_until_it_ends() -> None:
    risk = AcceptedRisk(1, 1, "CN", "sold out soon", "Li Wei", date(2026, 6, 1))
    found = line(sensor(), risk)
    assert found.standing == Standing.ACCEPTED
    assert "Li Wei" in str(found.said)
    assert line(sensor(), replace(risk, until=date(2026, 11, 23))).standing == Standing.GAP


def test_an_accepted_risk_gives_way_to_a_right() -> None:
    own = filing("invention", "CN", filing=date(2025, 3, 1))
    risk = AcceptedRisk(1, 1, "CN", "sold out soon", "Li Wei", date(2026, 6, 1))
    assert line(sensor(own), risk).standing == Standing.PENDING


# -- alarms ---------------------------------------------------------------------------------------
def rung(subject: Subject, *undecided: Filing, today: date = TODAY) -> list[Alarm]:
    clock = run([subject], CALENDARS, Terms(today))
    protection = lines([subject], clock, (), CALENDARS, today)
    return alarms([subject], clock, protection, undecided, (), CALENDARS, today)


@pytest.mark.parametrize(
    ("opens", "kinds"),
    [
        (date(2027, 5, 24), [AlarmKind.UNFILED]),  # six months from today
        (date(2027, 5, 25), []),
        (date(2026, 11, 24), [AlarmKind.UNFILED]),
        (date(2026, 11, 23), []),  # too late to warn: it stands among the gaps
    ],
)
def test_a_launch_within_six_months_with_nothing_filed(opens: date, kinds: list[str]) -> None:
    assert [a.kind for a in rung(sensor(opens=opens))] == kinds


def test_a_market_without_a_right_while_something_is_filed_elsewhere() -> None:
    own = filing("invention", "US", "granted", filing=date(2020, 3, 1))
    found = [a for a in rung(sensor(own)) if a.kind == AlarmKind.MARKET]
    assert [(a.office, a.due) for a in found] == [("CN", OPENS)]


def test_a_priority_year_that_ends_without_a_decision() -> None:
    near = filing("invention", "CN", filing=date(2026, 1, 10))
    found = [a for a in rung(sensor(near), near) if a.kind == AlarmKind.PRIORITY]
    assert [(a.reference, a.due) for a in found] == [("P-0001", date(2027, 1, 11))]


def test_one_family_rings_once_and_far_ends_not_yet() -> None:
    first = filing("invention", "CN", filing=date(2026, 1, 10), family_id=7)
    model = replace(first, right="utility_model", reference="U-0001", matter_id=2)
    far = replace(first, filing=date(2026, 6, 1), reference="P-0009", matter_id=3, family_id=8)
    found = [a for a in rung(sensor(first), first, model, far) if a.kind == AlarmKind.PRIORITY]
    assert [a.reference for a in found] == ["P-0001"]
