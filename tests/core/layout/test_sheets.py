"""Sheets out and in: what is written in one language is read in the other, and nothing twice."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import speaking
from ipdesk.core.layout.edits_market import add_disclosure
from ipdesk.core.layout.edits_sheets import bring_in, preview_sheet, sheet
from ipdesk.core.layout.model import DisclosureFields
from ipdesk.core.layout.queries_tree import disclosures, effects, launches, products, tree
from ipdesk.core.layout.sheets import SHEETS, WRITTEN_ONLY, read, unknown_headers
from ipdesk.store.database import Database
from tests.core.layout.seeds import Company, found


@pytest.fixture
def company(database: Database) -> Company:
    return found(database)


def rows_of(data: bytes) -> tuple[list[Any], list[list[Any]]]:
    values = [list(r) for r in load_workbook(io.BytesIO(data)).worksheets[0].values]
    return values[0], values[1:]


@pytest.mark.parametrize("kind", [k for k in SHEETS if k not in WRITTEN_ONLY])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_sheet_that_was_written_changes_nothing_when_it_is_read_back(
    database: Database, company: Company, kind: str, language: str
) -> None:
    add_disclosure(
        database,
        DisclosureFields(
            "exhibition",
            date(2027, 9, 1),
            "Fair",
            technology_id=company.ink,
            office="CN",
            ground="recognised_exhibition",
        ),
    )
    with database.read() as connection, speaking(language):
        data = sheet(connection, kind)
    header, rows = rows_of(data)
    assert rows
    done = bring_in(database, kind, header, rows)
    assert {line.state for line in done.lines} == {"same"}


def test_children_may_stand_above_their_parents_in_the_sheet(database: Database) -> None:
    header = ["名称", "上级", "分类号"]
    rows: list[list[object]] = [
        ["Skin", "Alloy", "B22F 1/00; C22C 28/00"],
        ["Alloy", "Ink", ""],
        ["Ink", None, None],
    ]
    with speaking("zh_CN"):
        done = bring_in(database, "technology", header, rows)
    assert [line.state for line in done.lines] == ["new", "new", "new"]
    with database.read() as connection:
        assert [(b.name, b.depth) for b in tree(connection)] == [
            ("Ink", 0),
            ("Alloy", 1),
            ("Skin", 2),
        ]
        assert tree(connection)[2].classes == ("B22F 1/00", "C22C 28/00")


def test_an_unknown_parent_is_refused_and_the_rest_comes_in(database: Database) -> None:
    rows: list[list[object]] = [["Skin", "Nothing"], ["Ink", ""]]
    done = bring_in(database, "technology", ["Name", "Above it"], rows)
    assert [(line.line, line.state) for line in done.lines] == [(2, "refused"), (3, "new")]
    assert "Nothing" in str(done.lines[0].problems[0])


def test_a_preview_writes_nothing(database: Database, company: Company) -> None:
    rows: list[list[object]] = [["Conductivity", "导电性能"], ["Gloss", "光泽"]]
    done = preview_sheet(database, "effect", ["Name", "Chinese name"], rows)
    assert [line.state for line in done.lines] == ["changed", "new"]
    assert done.change is None
    with database.read() as connection:
        assert [e.name_zh for e in effects(connection)] == ["导电性", "附着力"]


def test_launches_are_matched_by_product_and_office(database: Database, company: Company) -> None:
    header = ["Product", "Office", "Date", "Kind"]
    rows: list[list[object]] = [
        ["传感器", "中国", "2027/6/1", "Market launch"],
        ["Sensor", "US", date(2027, 9, 1), ""],
        ["Sensor", "Atlantis", "2027-09-01", ""],
        ["Toaster", "US", "2027-09-01", ""],
        ["Sensor", "US", "soon", ""],
    ]
    done = bring_in(database, "launch", header, rows)
    states = [line.state for line in done.lines]
    assert states == ["changed", "new", "refused", "refused", "refused"]
    again = bring_in(database, "launch", header, [["Sensor", "CN", "2027年6月1日", ""]])
    assert [line.state for line in again.lines] == ["same"]
    with database.read() as connection:
        assert {(n.office, n.date) for n in launches(connection)} == {
            ("CN", date(2027, 6, 1)),
            ("US", date(2027, 9, 1)),
        }


def test_a_disclosure_that_moved_is_the_same_disclosure(
    database: Database, company: Company
) -> None:
    header = ["Kind", "Title", "Date", "Product", "Cancelled"]
    bring_in(database, "disclosure", header, [["Exhibition", "Fair", "2027-09-01", "Sensor", ""]])
    done = bring_in(
        database, "disclosure", header, [["展览", "Fair", "2027-10-01", "Sensor", "yes"]]
    )
    assert [line.state for line in done.lines] == ["changed"]
    with database.read() as connection:
        (only,) = disclosures(connection)
    assert (only.fields.date, only.fields.cancelled) == (date(2027, 10, 1), True)


def test_a_sheet_of_another_kind_is_refused(database: Database) -> None:
    with pytest.raises(Refused, match="Date"):
        bring_in(database, "launch", ["Product", "Office"], [["Sensor", "CN"]])


def test_columns_that_nobody_knows_are_told() -> None:
    assert unknown_headers("effect", ["Name", "Colour", None]) == ["Colour"]
    assert read("effect", ["Name"], [["", None], [None, "x"]]) == []


def test_a_column_that_is_not_there_leaves_its_field_alone(
    database: Database, company: Company
) -> None:
    bring_in(database, "product", ["Name", "Stage"], [["Sensor", "sold"]])
    with database.read() as connection:
        (only,) = products(connection)
    assert (only.stage, only.name_zh, only.code) == ("sold", "传感器", "S1")
    bring_in(database, "product", ["Name", "Chinese name"], [["Sensor", ""]])
    with database.read() as connection:
        (only,) = products(connection)
    assert (only.stage, only.name_zh) == ("sold", "")
    bring_in(database, "technology", ["Name", "Owner"], [["Alloy", "Li Wei"]])
    with database.read() as connection:
        assert [(b.name, b.depth, b.owner) for b in tree(connection)][1] == ("Alloy", 1, "Li Wei")
