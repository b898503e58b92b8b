"""What a user sees: every page of the registry, and some with a thing opened in them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar, QWidget

from ipdesk.base.i18n import set_language
from ipdesk.base.settings import SettingsFile
from ipdesk.store.migrate import open_database
from ipdesk.ui.bus import Bus
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.matter.applications import PctTimeline
from ipdesk.ui.matter.phases import PhaseDialog
from ipdesk.ui.matter.twins import TwinMatters
from ipdesk.ui.memory import Memory
from ipdesk.ui.money.views import ListView
from ipdesk.ui.pages import PAGES
from ipdesk.ui.pages.agents import AgentsPage
from ipdesk.ui.pages.comparison import ComparisonPage
from ipdesk.ui.pages.deadlines import DeadlinesPage
from ipdesk.ui.pages.money import MoneyPage
from ipdesk.ui.pages.portfolio import PortfolioPage
from ipdesk.ui.pages.rules import CALENDARS, PROVISIONS, RulesPage
from ipdesk.ui.widgets.buttons import LinkLine
from ipdesk.ui.widgets.chart import Chart
from ipdesk.ui.widgets.labels import Shortened
from ipdesk.ui.window import Window, dress
from ipdesk.ui.work import Worker
from tests.ui import scenes_docket as docket
from tests.ui import scenes_import as bringing
from tests.ui import scenes_layout as layout
from tests.ui import scenes_watch as early

PATIENCE = 60.0
MONEY = (
    "coming payments review audit reduction forecast programmes rewards acceleration prices"
).split()


@dataclass(frozen=True, slots=True)
class Scene:
    """A page, and what is done in it before one looks."""

    name: str
    place: Place
    then: Callable[[Window], object] = lambda _window: None


def _pick(row: int, tab: int) -> Callable[[Window], object]:
    def act(window: Window) -> None:
        page = window.page
        assert isinstance(page, PortfolioPage)
        page.detail.tabs.setCurrentIndex(tab)
        page.list.table.selectRow(row)

    return act


def _first_deadline(window: Window) -> None:
    page = window.page
    assert isinstance(page, DeadlinesPage)
    page.list.table.selectRow(0)


def _a_rule(window: Window) -> None:
    page = window.page
    assert isinstance(page, RulesPage)
    page.view.list.table.selectRow(80)


def _a_provision(window: Window) -> None:
    page = window.page
    assert isinstance(page, RulesPage)
    page.view.list.table.selectRow(1)


def _first_gap(window: Window) -> None:
    page = window.page
    assert isinstance(page, DeadlinesPage)
    page.pending.table.selectRow(0)


def _first_difference(window: Window) -> None:
    page = window.page
    assert isinstance(page, ComparisonPage)
    page.shown.table.selectRow(0)


def _first_answer(window: Window) -> None:
    page = window.page
    assert isinstance(page, AgentsPage)
    page.answers.table.selectRow(0)


def _make_workbook(window: Window) -> None:
    page = window.page
    assert isinstance(page, AgentsPage)
    page.make_workbook()


def _take_first(window: Window) -> None:
    _first_difference(window)
    wait(window)
    page = window.page
    assert isinstance(page, ComparisonPage)
    page.take_selected()


def _record(window: Window) -> None:
    page = window.page
    assert isinstance(page, PortfolioPage)
    page.list.clear()
    wait(window)
    page.list.table.selectRow(1)
    wait(window)
    page.detail.record_event()


def _merge_two(window: Window) -> None:
    page = window.page
    assert isinstance(page, PortfolioPage)
    page.list.table.selectAll()
    ids = page.list.table.selected_ids()[30:33]
    TwinMatters(page.desk, page, ids).show()


def _make_new(window: Window) -> None:
    page = window.page
    assert isinstance(page, PortfolioPage)
    page.make_new()


def _pct_timeline(window: Window) -> None:
    page = window.page
    assert isinstance(page, PortfolioPage)
    page.show_pct()
    wait(window)
    pause(200)  # the chart is drawn a moment after its last resizing


def _phases(window: Window) -> None:
    _pct_timeline(window)
    window.findChildren(PctTimeline)[-1].enter()
    wait(window)
    form = window.findChildren(PhaseDialog)[-1]
    form.tick("US")
    form.drop("KR", "no market")
    wait(window)
    pause(300)  # what it would do is told a moment later


def _family_timeline(window: Window) -> None:
    _pick(9, 2)(window)
    wait(window)
    page = window.page
    assert isinstance(page, PortfolioPage)
    page.detail.family.show_timeline()
    wait(window)
    pause(200)


def _first_money(window: Window) -> None:
    page = window.page
    assert isinstance(page, MoneyPage)
    if isinstance(page.view, ListView):
        page.view.list.table.selectRow(0)


def _narrow(window: Window) -> None:
    page = window.page
    assert isinstance(page, PortfolioPage)
    page.list.search.setText("no such matter")
    pause(250)  # the search waits for the end of the typing


def _later(scene: Callable[..., bringing.Act], *more: object) -> Callable[[Window], object]:
    """A scene of the import, which waits between its steps."""
    return lambda window: scene(wait, *more)(window)


def _of(scene: Callable[..., docket.Act], *more: str) -> Callable[[Window], object]:
    """A scene of the docket, which waits between its steps."""
    return lambda window: scene(wait, *more)(window)


SCENES: tuple[Scene, ...] = (
    *(Scene(spec.id, Place(spec.id)) for spec in PAGES),
    *(Scene(f"money-{name}", Place("money", name), _first_money) for name in MONEY),
    Scene("portfolio-overview", Place("portfolio"), _pick(1, 0)),
    Scene("portfolio-docket", Place("portfolio"), _pick(9, 1)),
    Scene("portfolio-family", Place("portfolio"), _pick(9, 2)),
    Scene("portfolio-people", Place("portfolio"), _pick(2, 3)),
    Scene("portfolio-files", Place("portfolio"), _pick(2, 4)),
    Scene("portfolio-history", Place("portfolio"), _pick(2, 5)),
    Scene("portfolio-nothing", Place("portfolio"), _narrow),
    Scene("rules-card", Place("rules"), _a_rule),
    Scene("rules-provisions", Place("rules", PROVISIONS), _a_provision),
    Scene("rules-closed-days", Place("rules", CALENDARS), _a_provision),
    Scene("deadlines-card", Place.at("deadlines", period="overdue"), _first_deadline),
    Scene("calendar-month", Place("calendar", "2027-01-15")),
    Scene("deadlines-missed", docket.OVERDUE, _of(docket.missed)),
    Scene("what-if-date", docket.OVERDUE, _of(docket.what_if)),
    Scene("import-columns", Place("import"), _later(bringing.sample)),
    Scene("import-preview", Place("import"), _later(bringing.sample, "preview")),
    Scene("import-mixed", Place("import"), _later(bringing.mixed, lambda _page: None)),
    Scene("import-changed", Place("import"), _later(bringing.mixed, bringing.first_change)),
    Scene("import-reached", Place("import"), _later(bringing.reached)),
    Scene("import-refused", Place("import"), _later(bringing.mixed, bringing.first_refusal)),
    Scene("import-asked", Place("import"), _later(bringing.mixed, bringing.ask_titles)),
    Scene("import-lookup", Place("import"), bringing.look_up),
    Scene("settings-lookup", Place("settings", "lookup")),
    Scene("comparison-card", Place.at("comparison", view="differences"), _first_difference),
    Scene("comparison-here", Place.at("comparison", view="not_here")),
    Scene("comparison-there", Place.at("comparison", view="not_there")),
    Scene("comparison-files", Place.at("comparison", view="files")),
    Scene("agents-answers", Place.at("agents", view="answers"), _first_answer),
    Scene("agents-queried", Place.at("agents", view="answers", state="queried"), _first_answer),
    Scene("agents-workbooks", Place.at("agents", view="workbooks")),
    Scene("deadlines-missing", Place.at("deadlines", period="missing"), _first_gap),
    *(Scene(f"watch-{view}", early.place(view)) for view in ("hits", "answers", "landscape")),
    Scene("watch-assessment", early.place("hits"), early.leaf("assessment")),
    Scene("watch-verdict", early.place("hits"), early.verdict),
    Scene("watch-gate", early.place("gates"), early.gate),
    *(Scene(name, layout.place(view)) for name, view in layout.VIEWS),
)
DIALOGS: tuple[Scene, ...] = (
    Scene("comparison-take", Place.at("comparison", field="filing_date"), _take_first),
    Scene("agents-make", Place.at("agents", view="agents"), _make_workbook),
    Scene("event-form", Place("portfolio"), _record),
    Scene("event-notice", Place("portfolio"), _of(docket.notice)),
    Scene("event-correction", Place("portfolio"), _of(docket.correcting, "WO", "pct", "filing")),
    *(Scene(f"act-{n}", docket.WEEK, _of(docket.acting, n)) for n in docket.ACTS),
    *(Scene(f"life-{n[0]}", Place("portfolio"), _of(docket.living, *n)) for n in docket.LIFE),
    Scene("family-timeline", Place("portfolio"), _family_timeline),
    Scene("pct-timeline", Place("portfolio"), _pct_timeline),
    Scene("new-matter", Place("portfolio"), _make_new),
    Scene("duplicates", Place("portfolio"), _merge_two),
    Scene("shortcuts", Place("home"), lambda window: window.show_shortcuts()),
    Scene("about", Place("home"), lambda window: window.show_about()),
    *(Scene(name, layout.place(view), then) for name, view, then in layout.FORMS),
    Scene("palette", Place("home"), lambda window: window.open_palette()),
    Scene("watch-form", early.place("watches"), lambda w: early.page_of(w).edit_watch()),
    Scene("watch-run", early.place("watches"), lambda w: early.page_of(w).import_run()),
    Scene("watch-chart", early.place("hits"), early.key("C")),
    Scene("watch-grade", early.place("hits"), early.key("G")),
    Scene("watch-answer", early.place("hits"), early.key("R")),
    Scene("import-remembered", Place("import"), _later(bringing.remembered)),
    Scene("import-result", Place("import"), _later(bringing.result)),
    Scene("import-names", Place("import"), _later(bringing.names)),
    Scene("phases", Place("portfolio"), _phases),  # leaves the timeline open below it
)


def pause(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait(window: Window) -> None:
    """Until nothing is asked any more; twice, because an answer may ask again."""
    end = monotonic() + PATIENCE
    quiet = 0
    while quiet < 2:
        pause(60 if quiet else 20)
        quiet = 0 if window.desk.worker.outstanding or window.page is None else quiet + 1
        assert monotonic() < end, "the window never comes to rest"


@contextmanager
def stage(
    app: QApplication,
    database: Path,
    settings: SettingsFile,
    today: date,
    *,
    language: str = "en",
    theme: str = "light",
    percent: int = 100,
    size: tuple[int, int] = (1280, 800),
) -> Iterator[Window]:
    """A window on a file, dressed and speaking as wished, closed at the end."""
    settings.change(language=language, theme=theme, window="", pages="{}")
    set_language(language)
    worker = Worker(Bus(), lambda: open_database(database, user="Li Lei"))
    desk = Desk(worker, worker.bus, settings, Memory(settings), lambda: today)
    desk.memory.put("text.percent", percent)
    dress(app, desk)
    window = Window(desk)
    window.resize(*size)
    window.show()
    try:
        yield window
    finally:
        for dialog in app.topLevelWidgets():
            if dialog is not window:
                dialog.close()
        window.close()
        window.deleteLater()  # the next look is put on everything that still lives
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        set_language("en")


def play(window: Window, scene: Scene) -> None:
    """Go there, do it, wait until all is drawn."""
    window.go(scene.place)
    wait(window)
    scene.then(window)
    wait(window)
    if any(chart.isVisible() for chart in window.findChildren(Chart)):
        pause(200)  # charts are drawn a moment after the last resizing
        wait(window)


def clipped(root: QWidget) -> list[str]:
    """Words that have less room than they need, apart from those that are meant to be shortened."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, (Shortened, LinkLine)):
            continue
        if isinstance(widget, QLabel) and widget.text():
            found += _label(widget)
        elif isinstance(widget, QPushButton) and widget.text():
            if widget.width() < widget.minimumSizeHint().width() - 1:
                found.append(f"button “{widget.text()}” {widget.width()}")
        elif isinstance(widget, QTabBar):
            wide = sum(widget.tabRect(i).width() for i in range(widget.count()))
            if wide > widget.width() + 1:
                found.append(f"tabs “{widget.tabText(0)} …” {widget.width()} < {wide}")
    return found


def _label(words: QLabel) -> list[str]:
    if words.wordWrap():
        needed = words.heightForWidth(words.width())
        wrong = words.height() < needed - 2
    else:
        needed = words.sizeHint().width()
        wrong = words.width() < needed - 2
    return [f"label “{words.text()[:60]}” {words.size()} needs {needed}"] if wrong else []
