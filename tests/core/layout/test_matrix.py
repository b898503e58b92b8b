"""Matrices read from the database: own, planned, others, searches, and what lies behind a cell."""

from datetime import date, datetime

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.layout.cells import Cell, Place, SearchFields
from ipdesk.core.layout.edits import approve_plan
from ipdesk.core.layout.edits_market import (
    delete_search,
    record_search,
    say_of_cells,
)
from ipdesk.core.layout.edits_tree import (
    ItemFields,
    change_item,
    delete_item,
    delete_technology,
    link_matters,
    place_families,
    set_cell,
)
from ipdesk.core.layout.queries_growth import benchmark_of, gaps_of
from ipdesk.core.layout.queries_matrix import (
    coverage,
    families_behind,
    matters_behind,
    rows_behind,
    searches_behind,
)
from ipdesk.core.layout.queries_tree import places_of
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.schema import watch as w
from tests.conftest import TODAY
from tests.core.layout.seeds import Company, found, own_matter


@pytest.fixture
def company(database: Database) -> Company:
    return found(database)


def cell(database: Database, kind: str, row: int, column: int | str, plan: int | None) -> Cell:
    with database.read() as connection:
        return coverage(connection, kind, plan, TODAY).cell(row, column)


def watched(
    database: Database,
    key: str,
    verdict: str,
    company: Company,
    effect: str,
    applicant: str = "Rival Ltd",
) -> int:
    """A family of somebody else that a reader placed at the alloy; seen in China and Europe."""
    with database.write(say("Seed")) as writer:
        blank: dict[str, list[str]] = {
            k: [] for k in ("markets", "synonyms", "classes", "inventors")
        }
        watch = writer.insert(
            w.watch,
            {
                "name": key,
                "kind": "competitor",
                "question": "?",
                "every": "3m",
                "started_on": TODAY,
                "next_due": TODAY,
                "known_documents": [],
                "applicants": ["RIVAL  ltd"],
                **blank,
            },
        )
        writer.insert(w.watch_product, {"watch_id": watch, "product_id": company.sensor})
        run = writer.insert(
            w.watch_run,
            {
                "watch_id": watch,
                "at": datetime(2026, 11, 1),
                "ran_on": TODAY,
                **dict.fromkeys("hits refused families new changed known gone".split(), 1),
                "missing": [],
            },
        )
        lists = "inventors classes citations tokens offices changed".split()
        family = writer.insert(
            w.hit_family,
            {
                "watch_id": watch,
                "key": key.removesuffix("*"),
                "title": key,
                "first_run_id": run,
                "first_seen": TODAY,
                "verdict": verdict,
                "applicants": [applicant],
                "priority_date": date(2024, 5, 1),
                **{k: [] for k in lists},
            },
        )
        for office in ("CN", "EP"):
            member = {"family_id": family, "key": f"{key}{office}", "number": key}
            writer.insert(w.hit_member, {**member, "office": office, "owners": []})
        place = {"family_id": family, "technology_id": company.alloy, "effect": effect}
        writer.insert(w.hit_cell, place)
        return family


def test_own_matters_count_by_what_they_are(
    database: Database, docket: Docket, company: Company
) -> None:
    own_matter(database, docket, company)
    own_matter(database, docket, company, "Old", filing=date(2015, 1, 5), grant=date(2018, 1, 9))
    seen = cell(database, "effect", company.ink, company.conductivity, company.plan)
    assert (seen.granted, seen.pending, seen.own, seen.planned) == (1, 1, 2, 1)


def test_the_four_matrices_show_the_same_filing_each_in_its_cell(
    database: Database, docket: Docket, company: Company
) -> None:
    own_matter(database, docket, company)
    assert cell(database, "territory", company.alloy, "CN", None).own == 1
    assert cell(database, "product", company.sensor, "CN", None).own == 1
    assert (
        cell(database, "application", company.alloy, company.wearables, company.plan).planned == 1
    )
    assert cell(database, "product", company.sensor, "CN", company.plan).planned == 1


def test_families_of_others_count_once_and_dismissed_ones_never(
    database: Database, company: Company
) -> None:
    watched(database, "F1", "threat", company, "conductivity")
    again = watched(database, "F1*", "relevant", company, "导电性")
    watched(database, "F2", "irrelevant", company, "Conductivity")
    watched(database, "F3", "", company, "conductivity")
    seen = cell(database, "effect", company.ink, company.conductivity, None)
    assert seen.others == 2  # F1 from two watches, and F3 that nobody reviewed yet
    assert cell(database, "territory", company.alloy, "CN", None).others == 2
    assert cell(database, "product", company.sensor, "CN", None).others == 1  # reviewed ones only
    with database.read() as connection:
        behind = families_behind(connection, "effect", company.ink, company.conductivity)
    assert len(behind) == 2
    place_families(database, [again], company.wearables)
    assert cell(database, "application", company.alloy, company.wearables, None).others == 1


def test_a_stale_search_reopens_its_cell(database: Database, company: Company) -> None:
    place = Place(technology_id=company.alloy, effect_id=company.conductivity)
    search, _ = record_search(
        database,
        SearchFields(date(2026, 5, 24), "Wang", "cnipa", "镓 and 墨水", (place,), ("CN1A", "CN2U")),
    )

    def at(today: date) -> Cell:
        with database.read() as connection:
            matrix = coverage(connection, "effect", None, today)
        return matrix.cell(company.alloy, company.conductivity)

    assert (at(date(2026, 11, 24)).state, at(date(2026, 11, 25)).state) == ("checked", "stale")
    assert at(TODAY).checked_on == date(2026, 5, 24)
    record_search(database, SearchFields(date(2026, 11, 25), "Wang", "lens", "ink", (place,)))
    assert at(date(2026, 11, 25)).state == "checked"
    with database.read() as connection:
        behind = searches_behind(connection, "effect", company.alloy, company.conductivity)
    assert [s.database for s in behind] == ["lens", "cnipa"]
    assert behind[1].numbers == ("CN1A", "CN2U")
    delete_search(database, behind[0].id)
    delete_search(database, search)
    assert at(TODAY).state == "unchecked"


def test_a_search_without_a_query_is_none(database: Database, company: Company) -> None:
    place = Place(technology_id=company.alloy, effect_id=company.adhesion)
    with pytest.raises(IpdeskError):
        record_search(database, SearchFields(TODAY, "Wang", "cnipa", "  ", (place,)))
    with pytest.raises(IpdeskError):
        record_search(database, SearchFields(TODAY, "Wang", "cnipa", "ink", ()))


def test_a_word_on_a_cell_replaces_the_one_before(database: Database, company: Company) -> None:
    place = Place(technology_id=company.alloy, effect_id=company.adhesion)
    other = Place(technology_id=company.alloy, office="CN")
    say_of_cells(database, [place, other], "wanted", "for the fence", TODAY)
    say_of_cells(database, [place], "not_needed", "solved by the carrier", TODAY)
    assert cell(database, "effect", company.alloy, company.adhesion, None).word == "not_needed"
    assert cell(database, "territory", company.alloy, "CN", None).word == "wanted"
    say_of_cells(database, [place], "", "", TODAY)
    assert cell(database, "effect", company.alloy, company.adhesion, None).word == ""
    with pytest.raises(IpdeskError):
        say_of_cells(database, [place], "not_needed", " ", TODAY)


def test_from_a_cell_to_what_lies_behind_it(
    database: Database, docket: Docket, company: Company
) -> None:
    own = own_matter(database, docket, company)
    with database.read() as connection:
        spot = ("effect", company.ink, company.conductivity)
        assert matters_behind(connection, *spot) == [own]
        assert [r.id for r in rows_behind(connection, *spot, company.plan)] == [company.row]
        assert matters_behind(connection, "effect", company.ink, company.adhesion) == []
    place = Place(technology_id=company.alloy, effect_id=company.conductivity)
    set_cell(database, "effect", place, [], [own])
    assert cell(database, "effect", company.ink, company.conductivity, None).own == 0


def test_a_matter_that_is_placed_in_a_cell_joins_its_technology(
    database: Database, docket: Docket, company: Company
) -> None:
    bare, _ = create_matter(
        database,
        docket,
        MatterFields("invention", "CN", title="Bare"),
        {"filing": date(2026, 3, 2)},
    )
    place = Place(technology_id=company.alloy, effect_id=company.adhesion)
    set_cell(database, "effect", place, [bare], [])
    assert cell(database, "effect", company.alloy, company.adhesion, None).own == 1
    assert cell(database, "territory", company.alloy, "CN", None).own == 1
    undo_last(database)
    assert cell(database, "territory", company.alloy, "CN", None).own == 0
    with pytest.raises(IpdeskError):
        set_cell(database, "effect", Place(product_id=1, office="CN"), [bare], [])


def test_matters_without_a_technology_are_told_not_hidden(
    database: Database, docket: Docket, company: Company
) -> None:
    create_matter(database, docket, MatterFields("invention", "CN", title="Loose"))
    with database.read() as connection:
        assert coverage(connection, "effect", None, TODAY).unplaced == 1


def test_markets_stand_before_other_territories(
    database: Database, docket: Docket, company: Company
) -> None:
    own_matter(database, docket, company, office="US")
    with database.read() as connection:
        matrix = coverage(connection, "product", company.plan, TODAY)
    assert [c.key for c in matrix.columns] == ["CN", "US"]


def test_gaps_of_a_plan_put_the_worst_first(database: Database, company: Company) -> None:
    watched(database, "F1", "threat", company, "adhesion")
    approve_plan(database, company.plan, TODAY)
    with database.read() as connection:
        seen = gaps_of(connection, company.plan, Calendars.load(), TODAY)
    assert [g.rank for g in seen] == sorted(g.rank for g in seen)
    assert ("market", "Sensor", "CN") in {(g.kind, g.row, g.column) for g in seen}
    assert ("unguarded", "Alloy", "Adhesion") in {(g.kind, g.row, g.column) for g in seen}


def test_watched_applicants_stand_beside_us_counted_by_family(
    database: Database, docket: Docket, company: Company
) -> None:
    watched(database, "F1", "threat", company, "conductivity")
    watched(database, "F1*", "relevant", company, "conductivity")  # the same family, another watch
    watched(database, "F2", "", company, "adhesion", applicant="Somebody else")
    own_matter(database, docket, company)
    with database.read() as connection:
        seen = benchmark_of(connection, TODAY, "Us")
    assert [(a.name, a.own, a.families, a.offices) for a in seen] == [
        ("Rival Ltd", False, 1, 2),
        ("Us", True, 1, 1),
    ]
    assert seen[0].by_year == {2024: 1}


def test_a_matter_knows_its_effects_and_fields(
    database: Database, docket: Docket, company: Company
) -> None:
    own = own_matter(database, docket, company)
    link_matters(database, "application", [own], [company.wearables])
    with database.read() as connection:
        effects, fields = places_of(connection, own)
    assert [e.name for e in effects] == ["Conductivity"]
    assert [f.name for f in fields] == ["Wearables"]


# -- the tree -------------------------------------------------------------------------------------
def test_deleting_an_effect_takes_its_cells_along_and_undo_gives_them_back(
    database: Database, docket: Docket, company: Company
) -> None:
    own_matter(database, docket, company)
    place = Place(technology_id=company.alloy, effect_id=company.conductivity)
    record_search(database, SearchFields(TODAY, "Wang", "cnipa", "ink", (place,)))
    before = cell(database, "effect", company.alloy, company.conductivity, company.plan)
    delete_item(database, "effect", company.conductivity)
    with database.read() as connection:
        assert [c.name for c in coverage(connection, "effect", None, TODAY).columns] == ["Adhesion"]
    undo_last(database)
    assert cell(database, "effect", company.alloy, company.conductivity, company.plan) == before


def test_a_technology_with_something_below_it_stays(database: Database, company: Company) -> None:
    with pytest.raises(IpdeskError, match="Alloy"):
        delete_technology(database, company.ink)


def test_a_deleted_technology_leaves_its_matters_and_rows(
    database: Database, docket: Docket, company: Company
) -> None:
    own_matter(database, docket, company)
    delete_technology(database, company.alloy)
    with database.read() as connection:
        assert coverage(connection, "territory", company.plan, TODAY).unplaced == 1
    undo_last(database)
    assert cell(database, "effect", company.ink, company.conductivity, company.plan).own == 1


def test_two_effects_of_one_name_are_refused(database: Database, company: Company) -> None:
    with pytest.raises(IpdeskError, match="already"):
        change_item(database, "effect", company.adhesion, ItemFields("conductivity "))
