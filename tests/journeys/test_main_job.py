"""A spreadsheet becomes a portfolio, its deadlines and a report, all through the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ipdesk.base.i18n import say
from ipdesk.base.settings import SettingsFile
from ipdesk.core.portfolio.edits import add_matters
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.search_lines import write_search
from ipdesk.store.migrate import open_database
from ipdesk.ui.desk import Place
from ipdesk.ui.intake.bringing import Step
from ipdesk.ui.pages.deadlines import DeadlinesPage
from ipdesk.ui.pages.home import HomePage
from ipdesk.ui.pages.imports import ImportPage
from ipdesk.ui.pages.portfolio import PortfolioPage
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.scenes import pause, stage, wait

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def file(database_file: Path) -> Path:
    return database_file


@pytest.fixture(params=["en", "zh_CN"])
def window(
    request: pytest.FixtureRequest, qapp: QApplication, file: Path, settings: SettingsFile
) -> Iterator[Window]:
    with stage(qapp, file, settings, TODAY, language=request.param) as made:
        made.go(Place("home"))
        wait(made)
        yield made


def portfolio(window: Window) -> PortfolioPage:
    window.go_page("portfolio")
    wait(window)
    page = window.page
    assert isinstance(page, PortfolioPage)
    return page


def bring_in(window: Window, sample: str) -> ImportPage:
    """Choose a file, look at its columns and its preview, import it."""
    window.go(Place("import", str(SAMPLES / sample)))
    wait(window)
    page = window.page
    assert isinstance(page, ImportPage)
    for step in (Step.COLUMNS, Step.PREVIEW):
        assert page.bringing.step is step
        page.go_on()
        wait(window)
    assert page.bringing.step is Step.RESULT
    return page


def test_a_spreadsheet_becomes_a_portfolio_with_its_deadlines(window: Window) -> None:
    home = window.page
    assert isinstance(home, HomePage)
    assert home._stack.currentIndex() == 2  # the empty page that says what to do
    bring_in(window, "agent_zh.xlsx")
    page = portfolio(window)
    count = len(page.list.model)
    assert count >= 4
    first = page.list.model.row_at(0)
    assert first is not None
    number = first.application_number
    typed = "ZL " + " ".join(c for c in number if c.isdigit())  # badly typed
    page.list.search.setText(typed)
    pause(250)
    wait(window)
    assert first.id in page.list.model.ids()
    assert len(page.list.model) < count
    page.list.clear()
    wait(window)
    window.go(Place.at("deadlines", period="all"))
    wait(window)
    deadlines = window.page
    assert isinstance(deadlines, DeadlinesPage)
    assert len(deadlines.list.model) > 0
    deadlines.list.table.selectRow(0)
    wait(window)
    assert deadlines.card.deadline is not None


def test_the_same_file_twice_changes_nothing_and_undo_takes_all_back(window: Window) -> None:
    page = bring_in(window, "agent_zh.xlsx")
    count = len(portfolio(window).list.model)
    window.go(Place("import"))
    wait(window)
    page.start_again()
    page.visit(Place("import", str(SAMPLES / "agent_zh.xlsx")))
    wait(window)
    page.go_on()
    wait(window)
    assert page.bringing.step is Step.PREVIEW
    assert not page.forward.isEnabled()  # there is nothing to import
    window.undo()
    wait(window)
    assert len(portfolio(window).list.model) == 0
    window.redo()
    wait(window)
    assert len(portfolio(window).list.model) == count


def test_what_another_window_writes_is_seen_here(window: Window, file: Path) -> None:
    page = portfolio(window)
    assert len(page.list.model) == 0
    window.desk.worker.look_for_others()
    wait(window)
    other = open_database(file, user="Somebody else")
    with other.write(say("Created")) as writer:
        ids = add_matters(writer, [MatterFields("design", "CN", title="Bottle")])
        write_search(writer, list(ids))
    other.close()
    window.desk.worker.look_for_others()
    wait(window)
    assert len(page.list.model) == 1
