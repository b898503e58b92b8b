"""The comparison page: a file comes in by the import's door, and only decisions change matters."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ipdesk.base.i18n import Message
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.intake.edits import carry_out, prepare
from ipdesk.core.intake.reading import read_list
from ipdesk.core.intake.register.queries import register_files
from ipdesk.core.portfolio.model import MatterRow
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.intake.bringing import Step
from ipdesk.ui.pages.comparison import ComparisonPage
from ipdesk.ui.pages.imports import ImportPage
from ipdesk.ui.pages.portfolio import PortfolioPage
from ipdesk.ui.window import Window
from ipdesk.ui.work import Task
from tests.conftest import TODAY
from tests.ui.conftest import Settle
from tests.ui.forms import put
from tests.ui.lists import write_list

REGISTER = """申请号,专利类型,名称,申请人,申请日,授权公告日
CN201610895413.X,发明,一种液态金属印刷喷头,北京澄镓科技有限公司,2016-10-20,
CN201610859128.2,发明,液态金属墨水,北京澄镓科技有限公司,2016-09-28,2019-01-08
CN201610851265.1,发明,柔性电路板,北京澄镓科技有限公司,2016-09-26,
"""


@pytest.fixture
def shown(window: Window, desk: Desk, settle: Settle, tmp_path: Path) -> Window:
    """The window after a register was compared with three matters of the portfolio."""
    database = desk.worker.database()
    result = read_list(write_list(tmp_path))
    with database.read() as connection:
        docket, plan = docket_for(connection, TODAY), prepare(connection, result)
    carry_out(database, docket, result, plan)
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    window.show()
    window.go(Place.at("import", str(path), use="register"))
    settle()
    page = window.page
    assert isinstance(page, ImportPage)
    assert page.bringing.step is Step.COLUMNS
    assert page._main.text() == "Compare with the portfolio"
    page.go_on()
    settle()
    return window


def comparison(window: Window) -> ComparisonPage:
    page = window.page
    assert isinstance(page, ComparisonPage)
    return page


def lines(page: ComparisonPage) -> list[tuple[str, ...]]:
    model = page.shown.model
    columns = range(len(model.columns))
    return [
        tuple(str(model.index(row, c).data() or "") for c in columns) for row in range(len(model))
    ]


def matters(desk: Desk) -> dict[str, MatterRow]:
    with desk.worker.database().read() as connection:
        rows = matter_rows(connection, matter_ids(connection, ListQuery()))
    return {r.reference: r for r in rows}


def test_differences_are_taken_after_what_follows_was_seen(
    shown: Window, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page = comparison(shown)
    found = {(line[0], line[1]): line[2:5] for line in lines(page)}
    assert found == {
        ("LM-001", "Filing date"): ("2016-10-13", "2016-10-20", "Open"),
        ("LM-002", "Grant date"): ("–", "2019-01-08", "Open"),
    }
    page.shown.table.selectRow(0)
    settle()
    page.take_selected()
    settle()
    asking = page.acts.asking
    assert asking is not None
    assert "LM-001" in asking.findChildren(type(page.head.count))[1].text()
    asking.finish()
    settle()
    assert str(matters(desk)["LM-001"].filing_date) == "2016-10-20"
    assert [line[0] for line in lines(page)] == ["LM-002"]
    desk.do("undo")
    settle()
    assert len(lines(page)) == 2


def test_what_is_dismissed_leaves_the_list_and_the_portfolio_marks_the_rest(
    shown: Window, desk: Desk, settle: Settle
) -> None:
    page = comparison(shown)
    page.shown.table.selectRow(1)
    page.keep_selected()
    assert page.acts.asking is not None
    put(page.acts.asking, reason="wrong in the register")
    page.acts.asking.finish()
    settle()
    assert [line[0] for line in lines(page)] == ["LM-001"]
    page.choose_stand("dismissed")
    settle()
    assert [line[0] for line in lines(page)] == ["LM-002"]
    page.shown.table.selectRow(0)
    page.reopen_selected()
    settle()
    page.choose_stand("open")
    settle()
    assert len(lines(page)) == 2
    shown.go(Place("portfolio", None, (("register", ("differs",)),)))
    settle()
    portfolio = shown.page
    assert isinstance(portfolio, PortfolioPage)
    assert len(portfolio.list.model) == 2
    portfolio.list.table.selectRow(0)
    settle()
    place = [c.key for c in portfolio.list.model.columns].index("differing")
    assert portfolio.list.model.index(0, place).data() == "1"


def test_records_that_are_not_here_come_in_by_the_usual_preview(
    shown: Window, desk: Desk, settle: Settle
) -> None:
    page = comparison(shown)
    page.choose("not_there")
    settle()
    assert len(lines(page)) == 0  # the utility model is of no kind that the file speaks of
    page.choose("not_here")
    settle()
    assert [line[1] for line in lines(page)] == ["柔性电路板"]
    page.bring_in()
    settle()
    imports = shown.page
    assert isinstance(imports, ImportPage)
    imports.go_on()
    settle()
    assert imports.bringing.taken == 1  # the two that differ are not ticked
    imports.go_on()
    settle()
    assert "柔性电路板" in {m.title for m in matters(desk).values()}
    shown.go(Place.at("comparison", None, view="not_here"))
    settle()
    assert lines(comparison(shown)) == []


def test_records_come_in_from_what_was_kept_where_the_file_is_gone(
    shown: Window, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    said: list[str] = []
    desk.said.connect(lambda text, _kind, _action: said.append(str(text)))
    (tmp_path / "register.csv").write_text(REGISTER + "\n", encoding="utf-8")  # other rows by now
    page = comparison(shown)
    page.choose("not_here")
    settle()
    page.bring_in()
    settle()
    imports = shown.page
    assert isinstance(imports, ImportPage)
    assert "what the comparison kept of it" in said[-1]
    imports.go_on()
    settle()
    assert imports.bringing.taken == 1
    imports.go_on()
    settle()
    found = {m.title: m for m in matters(desk).values()}
    new = found["柔性电路板"]
    assert new.application_number == "CN201610851265.1"
    assert str(new.filing_date) == "2016-09-26"
    shown.go(Place.at("comparison", None, view="not_here"))
    settle()
    assert lines(comparison(shown)) == []


def test_keeping_a_comparison_can_be_stopped_and_then_keeps_nothing(
    window: Window, desk: Desk, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    window.show()
    window.go(Place.at("import", str(path), use="register"))
    settle()
    page = window.page
    assert isinstance(page, ImportPage)
    said: list[str] = []
    desk.said.connect(lambda text, _kind, _action: said.append(str(text)))

    def stop(task: Task, words: Message) -> None:
        if str(words).startswith("Keeping"):
            task.cancel()

    page.bringing.began.connect(stop)
    page.go_on()
    settle()
    assert not page.progress.running
    assert page.bringing.step is Step.COLUMNS
    assert said[-1] == "Stopped; nothing was written."
    with desk.worker.database().read() as connection:
        assert register_files(connection) == []


def test_the_list_in_sight_goes_out_whichever_it_is(
    shown: Window, desk: Desk, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = comparison(shown)
    export = next(a for a in page.findChildren(QAction) if a.text() == "Export the list…")
    first = {}
    for view in ("differences", "not_here", "files"):
        path = tmp_path / f"{view}.csv"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, p=path: (str(p), "CSV"))
        page.choose(view)
        settle()
        export.trigger()
        settle()
        first[view] = path.read_text("utf-8-sig").splitlines()[1]
    assert first["differences"].startswith("LM-001,Filing date,2016-10-13,2016-10-20")
    assert "柔性电路板" in first["not_here"]
    assert "register.csv" in first["files"]
