"""Every law case gives the date a lawyer expects; every rule has a case."""

import re
import tomllib
from typing import Any

import pytest

from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.engine import compute
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.proofs import Proof, folder, proofs, proofs_of
from ipdesk.core.docket.reasons import fact_words
from ipdesk.core.docket.service import NOTICES, way_of


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.load()


@pytest.fixture(scope="module")
def calendars() -> Calendars:
    return Calendars.load()


@pytest.mark.parametrize("asked", proofs(), ids=lambda p: f"{p.file} {p.rule}: {p.says}")
def test_the_case_gives_its_date(asked: Proof, law: Law, calendars: Calendars) -> None:
    outcome = compute(asked.case, law, calendars, details=True)
    found = asked.found_in(outcome.deadlines)
    if asked.absent:
        assert not found
        return
    assert found, [*outcome.problems, *outcome.pending]
    assert any(not asked.differs(d) for d in found), [asked.differs(d) for d in found]


def test_a_case_is_told_in_both_languages() -> None:
    for asked in proofs():
        assert re.search("[一-鿿]", asked.zh), asked.says
        assert not re.search("[一-鿿]", asked.says)
        assert all(str(fact_words(name)) != name for name in asked.case.facts)


def test_every_rule_and_variant_has_a_case_that_proves_it(law: Law, calendars: Calendars) -> None:
    proved = {
        (d.rule, d.law.variant)
        for asked in proofs()
        if not asked.absent
        for d in asked.found_in(compute(asked.case, law, calendars, details=True).deadlines)
        if not asked.differs(d)
    }
    unproved = {(r.id, r.variant) for r in law.all}
    assert not unproved - proved


def test_every_way_of_service_has_a_case_that_proves_it(law: Law) -> None:
    """Each span of dates of each way: a document, and the day that follows from it."""
    proved = set()
    for asked in proofs():
        model = law.service_model(asked.case.office, asked.case.right)
        if model is None:
            continue
        for event in asked.case.events:
            way = way_of(event, model) if event.type in NOTICES else None
            if way is not None and not asked.absent:
                proved.add((model.id, way))
    assert {(m.id, way) for m in law.services for way in m.periods} == proved


def test_a_rule_can_be_asked_for_its_cases() -> None:
    assert {p.absent for p in proofs_of("CN-EXT")} == {True, False}
    assert proofs_of("NO-SUCH-RULE") == ()


def _national_phases() -> dict[str, Any]:
    return tomllib.loads((folder() / "national_phase.toml").read_text(encoding="utf-8"))


def test_an_office_without_a_chapter_of_its_own_has_one_limit(
    law: Law, calendars: Calendars
) -> None:
    table = _national_phases()
    for office in table["chapter1"].keys() - table["chapter2"].keys():
        events = (Event("priority", table["priority"]),)
        case = Case(office, "invention", "pct", events, {"chapter": 2})
        found = compute(case, law, calendars).deadlines
        limits = [d.raw for d in found if d.rule == f"{office}-NPE"]
        assert limits == [table["chapter1"][office]], office


def test_closed_national_routes_give_no_date_and_name_the_regional_office(
    law: Law, calendars: Calendars
) -> None:
    table = _national_phases()
    for office, instead in table["closed"].items():
        case = Case(office, "invention", "pct", (Event("priority", table["priority"]),))
        outcome = compute(case, law, calendars)
        assert not outcome.deadlines
        assert instead in str(outcome.problems[0])
