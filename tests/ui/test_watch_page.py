"""Early warning in the window: health, runs from files, verdicts, charts, answers, gates."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from ipdesk.base.change import Change, Topic
from ipdesk.core.layout.queries import plan_rows, plans
from ipdesk.core.watch.claims import features_of
from ipdesk.core.watch.edits_gates import add_gate
from ipdesk.core.watch.edits_triage import decide
from ipdesk.core.watch.model import AnswerFields, GateFields
from ipdesk.core.watch.queries import runs_of, watch_detail, watch_rows
from ipdesk.core.watch.queries_gates import answers_of, charts_of
from ipdesk.core.watch.queries_hits import hit_detail, hit_ids, hit_rows
from ipdesk.core.watch.rows import HitRow
from ipdesk.store.database import Database
from ipdesk.store.history import last_undoable, undo
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.warnings import read_warnings
from ipdesk.ui.pages.deadlines import DeadlinesPage
from ipdesk.ui.pages.watch import WatchPage
from ipdesk.ui.watch.chartform import ClaimChartForm
from ipdesk.ui.watch.improvements import file_improvements
from ipdesk.ui.watch.runform import Given, RunForm
from ipdesk.ui.watch.watchform import WatchForm
from ipdesk.ui.widgets.asking import Asking
from ipdesk.ui.widgets.fields import Editor
from ipdesk.ui.window import Window
from ipdesk.ui.work import Worker
from tests.conftest import TODAY
from tests.core.watch.samples import hit, run, watch_of
from tests.ui.conftest import Settle
from tests.ui.forms import put, write

CLAIM = "1. 一种墨水，其特征在于，包括：镓铟液滴；聚合物壳层；以及溶剂。"


@pytest.fixture
def page(desk: Desk, settle: Settle, qtbot: QtBot) -> WatchPage:
    made = WatchPage(desk)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    settle()
    return made


def edit(worker: Worker, settle: Settle, act: Callable[[Database], object]) -> object:
    """Something done in the database; what came of it."""
    found: list[object] = []
    worker.edit(act, found.append)
    settle()
    worker.bus.changed.emit(Change.of(Topic.WATCH))
    settle()
    return found[0]


def ask(worker: Worker, settle: Settle, question: Callable[[Connection], Any]) -> Any:
    found: list[Any] = []
    worker.read(question, found.append)
    settle()
    return found[0]


@pytest.fixture
def watch(page: WatchPage, worker: Worker, settle: Settle) -> int:
    """A watch with one run of four families, one of them with words of its claims."""

    def act(database: Database) -> int:
        made = watch_of(database, markets=("CN",))
        hits = [hit(f"US900{n}A1", abstract=f"Number {n}") for n in range(3)]
        run(database, made, [*hits, hit("CN7001A", claims_text=CLAIM, status="granted")])
        return made

    found = edit(worker, settle, act)
    assert isinstance(found, int)
    page.watches.pick(found)
    settle()
    return found


def families(worker: Worker, settle: Settle, watch: int) -> dict[str, HitRow]:
    rows = ask(worker, settle, lambda c: hit_rows(c, hit_ids(c, watch, ListQuery())))
    assert isinstance(rows, list)
    return {row.key: row for row in rows}


def dialog(kind: type[QWidget]) -> QWidget:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_watch_that_was_never_run_does_not_look_well(
    page: WatchPage, worker: Worker, settle: Settle
) -> None:
    edit(worker, settle, lambda d: watch_of(d, queries=()))
    settle()
    words = words_of(page.watches.card)
    assert "▲ Never run: nothing is known yet." in words
    assert "No query text is kept" in words
    assert "In order" not in words
    assert "Screening record, not a legal opinion" in words_of(page)


def test_a_watch_is_written_in_the_form_and_its_name_cannot_be_taken_twice(
    page: WatchPage, worker: Worker, settle: Settle
) -> None:
    page.make_new()
    settle()
    form = dialog(WatchForm)
    assert isinstance(form, WatchForm)
    form.finish()
    settle()
    assert form.isVisible()
    assert "A watch needs a name." in words_of(form)
    for name, text in (("name", "Rivals"), ("question", "Who files?"), ("markets", "CN, US")):
        write(form.editor(name), text)
    form.queries["espacenet"].setPlainText("ti = ink  \n")
    form.finish()
    settle()
    (row,) = ask(worker, settle, lambda c: watch_rows(c, TODAY))
    detail = ask(worker, settle, lambda c: watch_detail(c, row.id, TODAY))
    assert detail.markets == ("CN", "US")
    assert [(q.database, q.text) for q in detail.queries] == [("espacenet", "ti = ink  \n")]
    assert page.watches.card.watch == row.id


def test_a_query_is_opened_in_the_browser_or_copied(
    page: WatchPage, watch: int, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    buttons = {b.text(): b for b in page.watches.card.findChildren(QPushButton)}
    buttons["Open the search"].click()
    assert QUrl(opened[0]).host() == "www.lens.org"
    buttons["Copy"].click()
    assert QGuiApplication.clipboard().text() == "solid electrolyte AND sulfide"


def test_a_run_comes_from_a_file_and_its_hits_can_be_reviewed(
    page: WatchPage, watch: int, worker: Worker, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "hits.csv"
    path.write_text(
        "Publication Number,Title,Applicants,Legal Status,Publication Date\n"
        "US8001762B2,Jet engine with bird screen,ACME INC,granted,2011-08-23\n",
        encoding="utf-8",
    )
    page.import_run()
    settle()
    form = dialog(RunForm)
    assert isinstance(form, RunForm)
    assert "solid electrolyte AND sulfide" in form.query.text()
    form.finish()
    assert "Choose the file with the hits." in words_of(form)
    form.file.setText(str(path))
    form.cut_off.setText("2026-11-20")
    form.finish()
    settle()
    assert not page.running.progress.running
    runs = ask(worker, settle, lambda c: runs_of(c, watch))
    newest = runs[0]
    assert (newest.file, newest.hits, newest.new) == ("hits.csv", 1, 1)
    assert (newest.cut_off, newest.gone) == (date(2026, 11, 20), 4)


def test_nothing_found_and_a_failure_are_recorded_and_a_stopped_run_is_not(
    page: WatchPage, watch: int, worker: Worker, settle: Settle, tmp_path: Path
) -> None:
    page.running.start(watch, Given("lens", None))
    settle()
    page.running.start(watch, Given("lens", None, failed="the site was down"))
    settle()
    runs = ask(worker, settle, lambda c: runs_of(c, watch))
    assert [(r.hits, r.failed) for r in runs[:2]] == [(0, True), (0, False)]
    assert "the site was down" in str(runs[0].reason)
    path = tmp_path / "more.csv"
    path.write_text("Publication Number,Title\nUS8001762B2,Jet engine\n", encoding="utf-8")
    page.running.start(watch, Given("lens", None, path))
    assert page.running.progress.running
    page.running.progress._cancel()
    settle()
    assert len(ask(worker, settle, lambda c: runs_of(c, watch))) == len(runs)
    assert not page.running.progress.running


def test_a_dismissal_needs_a_reason_and_goes_on_to_the_next_family(
    page: WatchPage, watch: int, worker: Worker, settle: Settle
) -> None:
    page.visit(Place.at("watch", watch, view="hits", state="waiting"))
    settle()
    triage = page.triage
    triage.focus_list()
    first = triage.list.table.current_id()
    triage.ask("irrelevant")
    triage.bar._finish()
    assert triage.bar.asking
    triage.bar.reason.setText("another field")
    triage.bar._finish()
    settle()
    done = [r for r in families(worker, settle, watch).values() if r.verdict]
    assert [(r.id, r.verdict, r.reason) for r in done] == [(first, "irrelevant", "another field")]
    assert triage.list.table.current_id() not in (None, first)
    assert len(triage.list.model) == 3
    triage.list.table.selectAll()
    triage.ask("background")
    assert triage.bar.reason.text() == ""
    triage.bar.reason.setText("known art")
    triage.bar._finish()
    settle()
    assert all(r.verdict for r in families(worker, settle, watch).values())


def test_a_claim_is_taken_apart_and_charted_against_a_product(
    page: WatchPage, watch: int, worker: Worker, settle: Settle
) -> None:
    assert features_of(CLAIM) == ("一种墨水", "镓铟液滴", "聚合物壳层")
    family = families(worker, settle, watch)["CN7001A"].id
    detail = ask(worker, settle, lambda c: hit_detail(c, family, TODAY))
    page.triage.acts.chart(detail, None)
    settle()
    form = dialog(ClaimChartForm)
    assert isinstance(form, ClaimChartForm)
    assert form.table.rowCount() == 3
    choice = form.table.cellWidget(0, 1)
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData("absent"))
    assert "Low" in form._hint.text()
    form.finish()
    assert "A chart needs a product" in words_of(form)
    form.product.setCurrentText("Ink")
    form.finish()
    settle()
    (chart,) = ask(worker, settle, lambda c: charts_of(c, [family]))
    assert (chart.product, chart.features[0].finding) == ("Ink", "absent")


def test_a_grade_is_likelihood_by_impact_with_its_reason(
    page: WatchPage, watch: int, worker: Worker, settle: Settle
) -> None:
    family = families(worker, settle, watch)["CN7001A"].id
    detail = ask(worker, settle, lambda c: hit_detail(c, family, TODAY))
    page.triage.acts.grade(detail)
    asking = dialog(Asking)
    assert isinstance(asking, Asking)
    asking.finish()
    assert "Reason is missing." in words_of(asking)
    put(asking, likelihood="high", impact="critical", reason="on sale in China")
    asking.finish()
    settle()
    assert families(worker, settle, watch)["CN7001A"].grade == "critical"


def test_filing_improvements_plans_a_filing_and_the_answer_points_to_it(
    page: WatchPage, watch: int, worker: Worker, settle: Settle
) -> None:
    family = families(worker, settle, watch)["CN7001A"].id
    fields = AnswerFields("file_improvements", "Li Lei", TODAY + timedelta(days=60))
    values = {"plan": 0, "title": "A better shell", "technology": None, "proposal": "thicker"}
    edit(worker, settle, lambda d: file_improvements(family, fields, values, TODAY, d))
    (answer,) = ask(worker, settle, lambda c: answers_of(c, family_id=family))
    (plan,) = ask(worker, settle, plans)
    (row,) = ask(worker, settle, lambda c: plan_rows(c, [plan.id]))
    assert (answer.linked_table, answer.linked_id) == ("plan_row", row.id)
    assert (row.fields.title, row.fields.role) == ("A better shell", "improvement")
    page.choose("answers")
    settle()
    page.answers.table.selectRow(0)
    settle()
    shown = [b.text() for b in page.answers.findChildren(QPushButton) if b.isVisible()]
    assert "Show the planned filing" in shown
    last = ask(worker, settle, last_undoable)
    edit(worker, settle, lambda d: undo(d, last.id))
    assert not ask(worker, settle, lambda c: answers_of(c, family_id=family))
    assert not ask(worker, settle, plans), "one undo takes plan, row and answer back"


def test_gates_stand_by_product_with_their_light(
    page: WatchPage, watch: int, worker: Worker, settle: Settle
) -> None:
    old = GateFields(
        "Series A", "fund_raising", concluded_on=date(2026, 1, 5), conclusion="clear", summary="x"
    )
    edit(worker, settle, lambda d: add_gate(d, old, date(2026, 1, 5)))
    page.visit(Place.at("watch", None, gate="1"))
    settle()
    line = page.gates.table.current()
    assert line is not None
    assert (line.subject, line.light) == ("Series A", "amber")
    assert "Amber: search again" in words_of(page.gates.card)


def test_what_is_due_leads_to_its_place(
    page: WatchPage, watch: int, worker: Worker, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    rows = ask(worker, settle, lambda c: read_warnings(c, TODAY))
    assert [r.about for r in rows] == ["watch", "watch"]
    overdue = next(r for r in rows if ("view", ("watches",)) in r.place.filters)
    assert overdue.severe
    assert (overdue.place.page, overdue.place.argument) == ("watch", watch)
    deadlines = DeadlinesPage(desk)
    qtbot.addWidget(deadlines)
    deadlines.show()
    deadlines.visit(Place.at("deadlines", period="watch"))
    settle()
    assert len(deadlines.warnings.lines.lines) == 2
    assert deadlines.place() == Place.at("deadlines", period="watch")


def test_a_changed_family_says_so_and_opens_its_verdict_again(
    page: WatchPage, watch: int, worker: Worker, settle: Settle
) -> None:
    known = families(worker, settle, watch)["CN7001A"].id
    edit(worker, settle, lambda d: decide(d, [known], "background", "lapsed soon", TODAY))
    changed = hit("CN7001A", claims_text=CLAIM, status="lapsed")
    edit(worker, settle, lambda d: run(d, watch, [changed], TODAY) and None)
    page.visit(Place.at("watch", watch, family=str(known)))
    settle()
    words = words_of(page.triage.card)
    assert "◇ Changed: look again" in words
    assert "What changed since the verdict" in words


def test_the_page_keeps_its_view_and_watch_through_another_language(
    window: Window, worker: Worker, settle: Settle
) -> None:
    def act(database: Database) -> int:
        made = watch_of(database)
        run(database, made, [hit("US9001A1")])
        return made

    watch = edit(worker, settle, act)
    assert isinstance(watch, int)
    window.show()
    window.go(Place.at("watch", watch, view="hits"))
    settle()
    window.set_language("zh_CN")
    settle()
    page = window.page
    assert isinstance(page, WatchPage)
    assert (page.view, page.watch) == ("hits", watch)
    assert "筛查记录，非法律意见" in words_of(page)


def test_offices_are_read_by_name_or_code_and_unknown_ones_are_refused() -> None:
    from ipdesk.ui.watch.editors import offices_editor, read_offices

    assert read_offices("CN， us; EP") == ("CN", "US", "EP")
    assert isinstance(offices_editor(), Editor)
    with pytest.raises(ValueError, match="Atlantis"):
        read_offices("CN, Atlantis")
