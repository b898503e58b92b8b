"""Dates corrected by a list, a register or an agent reach the matters that carry them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ipdesk.core.docket import lifecycle
from ipdesk.core.docket.matters import MatterEdit, create_matter, edit_matter
from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.intake.agents import edits as agents
from ipdesk.core.intake.agents.making import make_workbook
from ipdesk.core.intake.agents.queries import answer_ids, answer_rows
from ipdesk.core.intake.agents.returning import keep_answers, read_back
from ipdesk.core.intake.edits import carry_out, prepare
from ipdesk.core.intake.model import ReadResult
from ipdesk.core.intake.plan import Plan
from ipdesk.core.intake.reaching import reach
from ipdesk.core.intake.reader import take_apart
from ipdesk.core.intake.reading import read_list
from ipdesk.core.intake.register import edits as register
from ipdesk.core.intake.register.keeping import keep
from ipdesk.core.intake.register.looking import look
from ipdesk.core.intake.register.queries import difference_ids
from ipdesk.core.intake.wishes import Wishes
from ipdesk.core.portfolio.model import MatterFields, MatterRow, PersonName, PriorityClaim
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from tests.conftest import TODAY

FIRST, FILED, RIGHT = date(2024, 7, 15), date(2025, 7, 10), date(2024, 7, 22)
NUMBER = "CN202410000001.1"
REACHED = ["P1-W", "P1-W-US", "P1-W-EP"]
LIST = f"案号,申请类型,申请号,申请日,案件名称\nP1,发明,{NUMBER},{RIGHT},一种打印头\n"


@pytest.fixture
def family(database: Database, docket: Docket) -> Database:
    """A Chinese first filing, its PCT application, the American and the European phase."""
    first = MatterFields(
        "invention", "CN", reference="P1", application_number=NUMBER, title="一种打印头",
        people=(PersonName("agency", "京华"),),
    )  # fmt: skip
    earlier, _ = create_matter(database, docket, first, {"filing": FIRST})
    pct, _ = lifecycle.claim_priority(database, docket, earlier, "pct", "CN", FILED)
    lifecycle.enter_national_phases(database, docket, pct, ["US", "EP"], date(2026, 11, 20))
    return database


def priorities(database: Database) -> set[date | None]:
    """The priority days of the three that rest on the first filing."""
    return {m.priority_date for m in matters(database).values() if m.reference != "P1"}


def matters(database: Database) -> dict[str, MatterRow]:
    with database.read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
    return {m.reference: m for m in rows}


def due(database: Database, reference: str) -> dict[str, date]:
    with database.read() as connection:
        found = deadlines_of_matter(connection, matters(database)[reference].id)
    return {d.rule: d.raw for d in found}


def planned(database: Database, folder: Path, words: str) -> tuple[ReadResult, Plan]:
    path = folder / "list.csv"
    path.write_text(words, encoding="utf-8")
    result = read_list(path)
    with database.read() as connection:
        return result, prepare(connection, result)


def taken_by_a_list(database: Database, docket: Docket, folder: Path) -> tuple[Any, Any]:
    result, plan = planned(database, folder, LIST)
    return reach(database, docket, plan), carry_out(database, docket, result, plan)


def taken_from_a_register(database: Database, docket: Docket, folder: Path) -> tuple[Any, Any]:
    result, _ = planned(database, folder, LIST)
    with database.read() as connection:
        found = look(connection, result)
    keep(database, found, str(folder))
    with database.read() as connection:
        ids = difference_ids(connection, ListQuery().choose("state", "open"))
    return register.foresee(database, docket, ids), register.accept(database, docket, ids)


def taken_from_an_agent(database: Database, docket: Docket, folder: Path) -> tuple[Any, Any]:
    path = folder / "w.xlsx"
    make_workbook(database, "京华", path, TODAY, language="both", company="C")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [str(c.value) for c in sheet[1]]
    at = next(n for n, head in enumerate(heads, 1) if head.startswith("Filing date"))
    sheet.cell(2, at).value = RIGHT
    book.save(path)
    with database.read() as connection:
        back = read_back(connection, take_apart(path))
    keep_answers(database, back, TODAY)
    with database.read() as connection:
        rows = answer_rows(connection, answer_ids(connection, ListQuery()))
    ids = [r.id for r in rows if r.field == "filing_date"]
    return agents.foresee(database, docket, ids), agents.accept(database, docket, ids)


@pytest.mark.parametrize(
    "take", [taken_by_a_list, taken_from_a_register, taken_from_an_agent], ids=lambda f: f.__name__
)
def test_a_corrected_first_filing_reaches_the_pct_application_and_its_phases(
    family: Database, docket: Docket, tmp_path: Path, take: Callable[..., tuple[Any, Any]]
) -> None:
    before = due(family, "P1-W")["PCT-NPE"]
    assert before == date(2027, 1, 15)
    seen, done = take(family, docket, tmp_path)
    assert list(seen.reached) == REACHED == list(done.reached)
    assert any(c.rule == "PCT-NPE" for c in seen.reached["P1-W"].changed)
    assert priorities(family) == {RIGHT}
    assert due(family, "P1-W")["PCT-NPE"] == date(2027, 1, 22)
    assert {matters(family)[r].id for r in REACHED} <= set(done.change.matters)
    undo_last(family)
    assert priorities(family) == {FIRST}
    assert due(family, "P1-W")["PCT-NPE"] == before


def test_a_look_keeps_nothing_and_follows_the_choices_and_what_the_list_says_itself(
    family: Database, docket: Docket, tmp_path: Path
) -> None:
    _, plan = planned(family, tmp_path, LIST)
    assert list(reach(family, docket, plan).reached) == REACHED
    assert priorities(family) == {FIRST}, "a look keeps nothing"
    assert not reach(family, docket, plan, chosen=())
    assert not reach(family, docket, plan, wishes=Wishes.keeping("filing_date"))
    with_own = LIST.replace("案件名称", "案件名称,优先权日").replace("打印头", "打印头,")
    with_own += f"P1-W-US,发明,,{FILED},一种打印头,{FIRST}\n"
    result, plan = planned(family, tmp_path, with_own)
    assert list(reach(family, docket, plan).reached) == ["P1-W", "P1-W-EP"]
    done = carry_out(family, docket, result, plan)
    assert done.summary["reached"] == ["P1-W", "P1-W-EP"]
    assert matters(family)["P1-W-US"].priority_date == FIRST, "the list tells it of the matter"


def test_a_claim_that_is_added_or_dropped_answers_the_period_of_the_earlier_application(
    database: Database, docket: Docket
) -> None:
    first = MatterFields("invention", "CN", reference="E", application_number=NUMBER)
    earlier, _ = create_matter(database, docket, first, {"filing": date(2026, 3, 2)})
    later = MatterFields("invention", "US", reference="L")
    matter, _ = create_matter(database, docket, later, {"filing": date(2026, 11, 2)})

    def state() -> str:
        with database.read() as connection:
            found = deadlines_of_matter(connection, earlier)
        return next(d.state for d in found if d.rule == "CN-P-PRIO")

    assert state() == "open"
    claims = [PriorityClaim(NUMBER, "CN", date(2026, 3, 2))]
    edit_matter(database, docket, matter, MatterEdit(priorities=claims))
    assert state() == "met"
    edit_matter(database, docket, matter, MatterEdit(priorities=[]))
    assert state() == "open"
