"""The portfolio on a database: making, finding, filtering, changing matters."""

from datetime import date

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket.matters import (
    MatterEdit,
    archive,
    create_matter,
    delete_matters,
    edit_matter,
)
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.portfolio.figures import figures
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.core.portfolio.queries import (
    facet_counts,
    family_tree,
    matter_detail,
    matter_ids,
    matter_rows,
)
from ipdesk.core.portfolio.undo import redo_last, undo_last
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery

PUMP = MatterFields(
    right="utility_model",
    office="CN",
    title="一种液态金属打印头",
    title_en="Print head for liquid metal",
    application_number="CN201220249767.4",
    people=(
        PersonName("applicant", "北京澄镓科技有限公司"),
        PersonName("inventor", "沈宇航"),
        PersonName("inventor", "Renée Dupont"),
    ),
    technologies=("Print heads",),
    tags=("core",),
)


def found(database: Database, search: str = "", **facets: str) -> list[str]:
    query = ListQuery(search)
    for name, value in facets.items():
        query = query.choose(name, value)
    with database.read() as connection:
        return [m.reference for m in matter_rows(connection, matter_ids(connection, query))]


@pytest.fixture
def pump(database: Database, docket: Docket) -> int:
    return create_matter(database, docket, PUMP, {"filing": date(2012, 5, 30)})[0]


@pytest.mark.parametrize(
    "typed",
    [
        "ZL2012 2024 9767.4",
        "201220249767.4",
        "cn201220249767",
        "CN 201220249767.4",
        "２０１２２０２４９７６７",
        "液态金属",
        "打印头",
        "头",
        "liquid METAL",
        "head print",
        "沈宇航",
        "renee",
        "澄镓",
        "u-0001",
        "core",
    ],
)
def test_a_matter_is_found_however_it_is_typed(database: Database, pump: int, typed: str) -> None:
    assert found(database, typed) == ["U-0001"]


@pytest.mark.parametrize("typed", ["ZL2012 2024 9768.4", "电池", "100%", "_"])
def test_what_is_not_there_is_not_found(database: Database, pump: int, typed: str) -> None:
    assert found(database, typed) == []


def test_facets_filter_and_count(database: Database, docket: Docket, pump: int) -> None:
    create_matter(database, docket, MatterFields(right="trademark", office="CN", title="CHENGJIA"))
    assert found(database, right="utility_model") == ["U-0001"]
    assert found(database, technology="Print heads") == ["U-0001"]
    assert found(database, technology="-") == ["T-0001"]
    assert found(database, year="2012", tag="core") == ["U-0001"]
    with database.read() as connection:
        counts = facet_counts(connection, ListQuery(), "right")
        years = facet_counts(connection, ListQuery().choose("right", "trademark"), "year")
    assert counts == [("trademark", 1), ("utility_model", 1)]
    assert years == [("-", 1)]


def test_people_keep_their_order_and_are_one_party_in_every_spelling(
    database: Database, docket: Docket, pump: int
) -> None:
    wide = PersonName("applicant", "北京澄镓科技有限公司 ")
    again = PersonName("inventor", "RENEE DUPONT")
    other, _ = create_matter(
        database, docket, MatterFields(right="design", office="CN", people=(wide, again))
    )
    with database.read() as connection:
        first, second = (matter_detail(connection, i) for i in (pump, other))
    assert first is not None
    assert second is not None
    assert [p.name for p in first.people if p.role == "inventor"] == ["沈宇航", "Renée Dupont"]
    ids = {p.name: p.party_id for p in first.people}
    assert [p.party_id for p in second.people] == [
        ids["北京澄镓科技有限公司"],
        ids["Renée Dupont"],
    ]


def test_a_change_is_found_by_its_new_words_and_undone_by_its_old(
    database: Database, docket: Docket, pump: int
) -> None:
    edit_matter(database, docket, pump, MatterEdit(values={"title": "一种喷嘴"}, tags=["fence"]))
    assert (found(database, "喷嘴"), found(database, "fence")) == (["U-0001"], ["U-0001"])
    assert found(database, "core") == []
    undo_last(database)
    assert (found(database, "喷嘴"), found(database, "core")) == ([], ["U-0001"])
    redo_last(database)
    assert found(database, "喷嘴") == ["U-0001"]


def test_two_matters_never_share_a_reference(database: Database, docket: Docket, pump: int) -> None:
    other, _ = create_matter(database, docket, MatterFields(right="design", office="CN"))
    with pytest.raises(IpdeskError, match="another matter"):
        edit_matter(database, docket, other, MatterEdit(values={"reference": "u-0001"}))


def test_archived_matters_leave_the_list_and_the_figures(
    database: Database, docket: Docket, pump: int
) -> None:
    archive(database, [pump])
    assert found(database) == []
    assert found(database, show="archived") == ["U-0001"]
    with database.read() as connection:
        assert figures(connection).matters == 0


def test_a_parent_is_not_deleted_under_its_children(
    database: Database, docket: Docket, pump: int
) -> None:
    child = MatterFields(right="invention", office="US", parent_id=pump, parent_kind="priority")
    create_matter(database, docket, child)
    with pytest.raises(IpdeskError, match="descends"):
        delete_matters(database, [pump])


def test_a_family_lists_parents_before_children(database: Database, docket: Docket) -> None:
    first, _ = create_matter(
        database, docket, MatterFields(right="pct", office="WO", reference="W", family_key="F")
    )
    for office in ("US", "EP"):
        fields = MatterFields(
            right="invention", office=office, reference=office, family_key="F", parent_id=first
        )
        create_matter(database, docket, fields)
    with database.read() as connection:
        tree = family_tree(connection, first)
    assert next(m.reference for m in tree) == "W"
    assert {m.reference for m in tree} == {"W", "US", "EP"}


def test_figures_count_matters_by_year_and_right(
    database: Database, docket: Docket, pump: int
) -> None:
    create_matter(
        database,
        docket,
        MatterFields(right="invention", office="CN"),
        {"filing": date(2025, 1, 8), "grant": date(2026, 3, 3)},
    )
    with database.read() as connection:
        counted = figures(connection)
    assert counted.filings == ((2012, "utility_model", 1), (2025, "invention", 1))
    assert counted.grants == ((2026, "invention", 1),)
    assert (counted.matters, counted.in_force, counted.families) == (2, 1, 2)
