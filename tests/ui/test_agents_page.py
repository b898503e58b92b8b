"""The agents page: a workbook goes out, comes back, and every cell is decided on by a person."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel

from ipdesk.base.i18n import Message
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.intake.edits import carry_out, prepare
from ipdesk.core.intake.reading import read_list
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.messages import Kind
from ipdesk.ui.pages.agents import AgentsPage
from ipdesk.ui.window import Window
from ipdesk.ui.work import Task
from tests.conftest import TODAY
from tests.ui.conftest import Settle
from tests.ui.forms import put

AGENT = "京华专利代理有限公司"
LIST = f"""案号,申请类型,申请号,申请日,授权日,案件名称,申请人,代理机构
A-1,发明,CN201610895413.X,2016-10-13,,一种打印头,澄镓科技,{AGENT}
A-2,实用新型,CN202420393883.6,2024-07-16,2025-01-07,一种墨盒,澄镓科技,{AGENT}
"""


@pytest.fixture
def shown(window: Window, desk: Desk, settle: Settle, tmp_path: Path) -> Window:
    """The window on two matters of one agent."""
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    database = desk.worker.database()
    result = read_list(path)
    with database.read() as connection:
        docket, plan = docket_for(connection, TODAY), prepare(connection, result)
    carry_out(database, docket, result, plan)
    window.show()
    window.go(Place("agents"))
    settle()
    return window


def agents(window: Window) -> AgentsPage:
    page = window.page
    assert isinstance(page, AgentsPage)
    return page


def lines(page: AgentsPage) -> list[tuple[str, ...]]:
    model = page.answers.model
    return [
        tuple(str(model.index(row, column).data() or "") for column in range(5))
        for row in range(len(model))
    ]


def came_back(path: Path, **cells: Any) -> Path:
    """The workbook with other values in its first row, saved under another name."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = {"reference": "Your reference", "filed": "Filing date", "reply": "Your reply"}
    for name, value in cells.items():
        column = next(
            c for c in range(1, 20) if str(sheet.cell(1, c).value).startswith(names[name])
        )
        sheet.cell(2, column).value = value
    back = path.with_name(f"back {path.name}")
    book.save(back)
    return back


def test_a_round_trip_with_a_query(
    shown: Window, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    said: list[tuple[str, Kind]] = []
    desk.said.connect(lambda text, kind, _action: said.append((str(text), kind)))
    page = agents(shown)
    assert [r.name for r in page.agents.rows_model.rows] == [AGENT]
    page.acts.write(tmp_path / "w.xlsx", AGENT, "both", 365)
    settle()
    assert "2 matters" in said[-1][0]
    page.acts.open(came_back(tmp_path / "w.xlsx", reference="JH-1", filed="2016/10/20"))
    settle()
    assert lines(page) == [
        ("A-1", "Agent's reference", "–", "JH-1", "–"),
        ("A-1", "Filing date", "2016-10-13", "2016-10-20", "2016-10-13"),
    ]
    page.answers.table.selectRow(0)
    page.take.trigger()
    settle()
    assert [line[1] for line in lines(page)] == ["Filing date"]
    page.answers.table.selectRow(0)
    page.query.trigger()
    assert page.acts.asking is not None
    put(page.acts.asking, text="Why 20?")
    page.acts.asking.finish()
    settle()
    assert lines(page) == []
    page.acts.write(tmp_path / "w2.xlsx", AGENT, "en", 365)
    settle()
    assert "1 questions" in said[-1][0]
    page.acts.open(came_back(tmp_path / "w2.xlsx", reply="a mistake of ours"))
    settle()
    page.answers.table.selectRow(0)
    page.take.trigger()
    settle()
    page.choose_state("settled")
    settle()
    assert [line[1] for line in lines(page)] == ["Filing date"]
    with desk.worker.database().read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
    assert {str(r.filing_date) for r in rows} == {"2016-10-13", "2024-07-16"}


def test_dates_are_taken_after_what_follows_was_seen_and_foreign_files_are_refused(
    shown: Window, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    said: list[tuple[str, Kind]] = []
    desk.said.connect(lambda text, kind, _action: said.append((str(text), kind)))
    page = agents(shown)
    page.acts.open(tmp_path / "list.csv")
    settle()
    assert said[-1][1] is Kind.PROBLEM
    page.acts.write(tmp_path / "w.xlsx", AGENT, "zh_CN", 365)
    settle()
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    sheet = book.worksheets[0]
    filed = next(c for c in range(1, 20) if sheet.cell(1, c).value == "申请日")
    sheet.cell(2, filed).value = "2016-10-20"
    book.save(tmp_path / "back.xlsx")
    page.acts.open(tmp_path / "back.xlsx")
    settle()
    page.answers.table.selectRow(0)
    page.take.trigger()
    settle()
    assert page.acts.asking is not None  # deadlines would move: they are shown first
    page.acts.asking.finish()
    settle()
    assert lines(page) == []
    desk.do("undo")
    settle()
    assert len(lines(page)) == 1
    page.choose("workbooks")
    settle()
    assert page.head.count.text() == "1"


def test_taking_answers_can_be_stopped_and_then_takes_nothing(
    shown: Window, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    said: list[str] = []
    desk.said.connect(lambda text, _kind, _action: said.append(str(text)))
    page = agents(shown)
    page.acts.write(tmp_path / "w.xlsx", AGENT, "both", 365)
    settle()
    page.acts.open(came_back(tmp_path / "w.xlsx", reference="JH-1"))
    settle()

    def stop(task: Task, words: Message) -> None:
        if str(words).startswith("Taking"):
            task.cancel()

    page.acts.began.connect(stop)
    page.answers.table.selectRow(0)
    page.take.trigger()
    settle()
    settle()
    assert not page.progress.running
    assert said[-1] == "Stopped; nothing was written."
    assert [line[1] for line in lines(page)] == ["Agent's reference"]


def test_an_added_matter_is_shown_before_it_is_taken_in(
    shown: Window, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    page = agents(shown)
    page.acts.write(tmp_path / "w.xlsx", AGENT, "en", 365)
    settle()
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    sheet = book.worksheets[0]
    places = {str(sheet.cell(1, c).value): c for c in range(1, 20)}
    told = {"Title": "Valve", "Application no.": "CN202520393883.0", "Filing date": "2025-07-16"}
    for name, value in told.items():
        sheet.cell(4, places[name]).value = value
    book.save(tmp_path / "back.xlsx")
    page.acts.open(tmp_path / "back.xlsx")
    settle()
    assert [line[1] for line in lines(page)] == ["Added matter"]
    page.answers.table.selectRow(0)
    page.take.trigger()
    settle()
    assert page.acts.asking is not None
    words = " ".join(w.text() for w in page.acts.asking.findChildren(QLabel))
    assert "Added to the portfolio" in words
    assert "Valve" in words
    assert "What follows from it" in words
    page.acts.asking.finish()
    settle()
    assert lines(page) == []
    with desk.worker.database().read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery("Valve")))
    assert [(r.right, str(r.filing_date)) for r in rows] == [("utility_model", "2025-07-16")]
