"""The money page: every view opens, and what is done in it reaches the file."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog
from sqlalchemy import Connection

from ipdesk.base.settings import SettingsFile
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.fees.paid import payment_ids, payment_lists, payment_rows
from ipdesk.core.fees.records import PaymentRow
from ipdesk.core.fees.setting import own_amounts, reduction_records
from ipdesk.core.fees.support_queries import programmes
from ipdesk.core.intake.sheets import workbook
from ipdesk.demo.whole import fill_demo
from ipdesk.store.migrate import open_database
from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Place
from ipdesk.ui.money.auditing import AuditView
from ipdesk.ui.money.coming import ComingView
from ipdesk.ui.money.files import write_payment_sheet, write_table
from ipdesk.ui.money.forecasting import ForecastView, table_of
from ipdesk.ui.money.kept import OWN, ask_for
from ipdesk.ui.money.payments import PaymentsView
from ipdesk.ui.money.pricing import PricingView
from ipdesk.ui.money.programmes import ProgrammesView
from ipdesk.ui.money.receipts import ReceiptDialog
from ipdesk.ui.money.reduction import ReductionView
from ipdesk.ui.money.review import ReviewView
from ipdesk.ui.money.rewarding import RewardsView
from ipdesk.ui.money.views import ListView, View
from ipdesk.ui.pages.money import MoneyPage
from ipdesk.ui.widgets.asking import Asking
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.forms import put
from tests.ui.scenes import clipped, stage, wait

VIEWS = (
    "coming payments review audit reduction forecast programmes rewards acceleration prices"
).split()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole demonstration, made once."""
    path = tmp_path_factory.mktemp("money") / "made.ipdesk"
    database = open_database(path, user="Tester")
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    fill_demo(database, docket)
    database.close()
    return path


@pytest.fixture(scope="module")
def window(
    qapp: QApplication, made: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """One window for all that is done here; another one would be dressed for seconds."""
    folder = tmp_path_factory.mktemp("window")
    copyfile(made, folder / "full.ipdesk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPDESK_CONFIG", str(folder / "config"))
        patch.setenv("IPDESK_DATA", str(folder / "data"))
        with stage(qapp, folder / "full.ipdesk", SettingsFile(), TODAY) as opened:
            yield opened


@pytest.fixture(autouse=True)
def _quiet(request: pytest.FixtureRequest) -> None:
    """What an earlier test was told is not taken for an answer."""
    if "window" in request.fixturenames:
        request.getfixturevalue("window").messages.dismiss()


def _view(window: Window, name: str) -> Any:
    window.go(Place("money", name))
    wait(window)
    assert isinstance(window.page, MoneyPage)
    return window.page.view


def _lines(view: ListView) -> list[Any]:
    """Every line of the list as it is filtered now."""
    return [view.row(wanted) for wanted in view.list.model.ids()]


def _form(view: View) -> Asking:
    return next(w for w in view.findChildren(Asking) if w.isVisible())


def _fill(window: Window, view: View, **texts: str) -> None:
    """Type into the form that is open, and finish it."""
    form = _form(view)
    put(form, **texts)
    form.finish()
    assert not form.isVisible(), "the form says that something is wrong"
    wait(window)


def _read(window: Window, question: Callable[[Connection], Any]) -> Any:
    with window.desk.worker.database().read() as connection:
        return question(connection)


def _cells(path: Path) -> list[tuple[Any, ...]]:
    sheet: Any = load_workbook(path).active
    return list(sheet.iter_rows(values_only=True))


def _payments(connection: Connection, state: str) -> list[PaymentRow]:
    query = ListQuery(facets=(("state", (state,)),), sort="due")
    return payment_rows(connection, payment_ids(connection, query))


def test_the_models_of_the_lists_keep_their_promises(window: Window) -> None:
    for name in ("coming", "payments", "review"):
        view: ListView = _view(window, name)
        QAbstractItemModelTester(view.list.model)
        view.list.ask(ListQuery("CJ25", sort="reference", descending=True))
        wait(window)
        assert len(view.list.model) > 0


def test_held_lists_search_filter_and_sort(window: Window) -> None:
    view: ComingView = _view(window, "coming")
    everything = len(view.list.model)
    view.list.ask(ListQuery("", (("state", ("overdue",)),), "reference"))
    wait(window)
    late = [row.reference for row in _lines(view)]
    assert 0 < len(late) < everything
    assert late == sorted(late)
    view.list.ask(ListQuery("no such thing"))
    wait(window)
    assert len(view.list.model) == 0


def test_fees_go_on_a_list_are_paid_and_confirmed_by_the_returned_file(
    window: Window, tmp_path: Path
) -> None:
    coming: ComingView = _view(window, "coming")
    coming.list.ask(ListQuery("", (("state", ("open",)), ("currency", ("CNY",))), "due"))
    wait(window)
    coming.list.table.selectRow(3)
    wait(window)
    line = coming.current()
    assert line is not None
    coming.make_list()
    _fill(window, coming, name="December")
    page = window.page
    assert isinstance(page, MoneyPage)
    payments = page.view
    assert isinstance(payments, PaymentsView), "the page shows the payments next"
    (made, *_rest) = _read(window, payment_lists)
    assert made.name == "December"
    payments.choose(made.id)
    wait(window)
    assert len(payments.list.model) == 1
    sheet = tmp_path / "December.xlsx"
    write_payment_sheet(window.desk, sheet, made)
    wait(window)
    rows = _cells(sheet)
    assert line.reference in rows[1]
    head = list(rows[0])
    returned = dict(zip(head, rows[1], strict=True)) | {
        "Paid on": "2026-11-20", "Receipt number": "R-77"
    }  # fmt: skip
    back = tmp_path / "back.xlsx"
    back.write_bytes(workbook("back", [str(h) for h in head], [returned]))
    dialog = ReceiptDialog(window.desk, payments, back)
    dialog.read()
    wait(window)
    shown = [(str(m.problem), m.receipt) for m in dialog.table.rows_model.rows]
    assert dialog.doing.isEnabled(), shown
    assert len(dialog.table.rows_model.rows) == 1
    dialog.take()
    wait(window)
    confirmed = _read(window, lambda c: _payments(c, "confirmed"))
    (row,) = [p for p in confirmed if p.receipt == "R-77"]
    assert (row.reference, row.paid_on) == (line.reference, date(2026, 11, 20))


def test_a_file_that_is_no_list_of_receipts_is_refused_in_words(
    window: Window, tmp_path: Path
) -> None:
    view: PaymentsView = _view(window, "payments")
    wrong = tmp_path / "names.csv"
    wrong.write_text("name,address\nA,B\n", encoding="utf-8")
    ReceiptDialog(window.desk, view, wrong).read()
    wait(window)
    assert "names.csv" in window.messages.text
    assert not any(d.isVisible() for d in view.findChildren(QDialog))


def test_a_payment_is_marked_as_paid_and_then_confirmed(window: Window) -> None:
    view: PaymentsView = _view(window, "payments")
    view.list.ask(ListQuery("", (("state", ("planned",)),), "due"))
    wait(window)
    view.list.table.selectRow(0)
    wait(window)
    row = view.current()
    assert isinstance(row, PaymentRow)
    view.mark_paid()
    _fill(window, view, on="2026-11-23")
    paid = _read(window, lambda c: payment_rows(c, [row.id]))[0]
    assert (paid.state, paid.paid_on) == ("paid", date(2026, 11, 23))
    view.list.ask(ListQuery("", (("state", ("paid",)),), "due"))
    wait(window)
    view.list.pick(row.id)
    wait(window)
    view.confirm()
    _fill(window, view, on="2026-11-24", receipt="R-1")
    done = _read(window, lambda c: payment_rows(c, [row.id]))[0]
    assert (done.state, done.receipt) == ("confirmed", "R-1")
    assert done.event_id, "the annuity is an event of the docket now"


def test_a_pledged_right_is_only_given_up_with_the_lenders_consent(window: Window) -> None:
    view: ReviewView = _view(window, "review")
    view.list.ask(ListQuery("", (("pledged", ("yes",)),), "due"))
    wait(window)
    view.list.table.selectRow(0)
    wait(window)
    view.decide()
    _fill(window, view, decision="abandon", reason="superseded")
    assert "consent" in window.messages.text
    one = view.current()
    assert one is not None
    assert one.decision != "abandon"
    view.decide()
    _fill(window, view, decision="abandon", reason="superseded", consent="letter of 2026-11-20")
    one = view.current()
    assert one is not None
    assert one.decision == "abandon"


def test_the_audit_finds_what_is_planted_and_takes_the_missing_payment(window: Window) -> None:
    view: AuditView = _view(window, "audit")
    faults = [row.fault for row in _lines(view)]
    assert sorted(faults) == ["duplicate", "missing", "missing", "unconfirmed"]
    view.list.ask(ListQuery("", (("fault", ("missing",)),), "reference"))
    wait(window)
    view.list.table.selectRow(0)
    wait(window)
    view.record()
    _fill(window, view, on="2026-10-07", receipt="R-5")
    assert len(view.list.model) == 1


def test_a_reduction_record_is_added_and_the_saving_shows_its_sum(window: Window) -> None:
    view: ReductionView = _view(window, "reduction")
    assert int(view.tiles["year"].number.replace(",", "")) > 50_000
    before = len(_read(window, reduction_records))
    view.edit(None)
    assert _form(view).values()["year"] == 2027, "this year is on record already"
    _fill(window, view, year="2027", number="N-1", income="500000")
    found = _read(window, reduction_records)
    assert len(found) == before + 1
    assert found[0].year == 2027


def test_the_forecast_adds_up_and_is_saved_as_a_table(window: Window, tmp_path: Path) -> None:
    view: ForecastView = _view(window, "forecast")
    whole = view.sheet()
    assert whole is not None
    (total,) = [amounts for name, amounts in whole.lines if name == "In all"]
    for dimension in ("right", "office", "technologies", "products", "department"):
        view.choose(dimension)
        wait(window)
        sheet = view.sheet()
        assert sheet is not None
        assert sheet.lines[-1][1] == total, dimension
    assert sheet is not None
    columns, rows = table_of(sheet, "CNY")
    path = tmp_path / "forecast.xlsx"
    write_table(window.desk, path, "Forecast", lambda _c: (columns, rows))
    wait(window)
    read = _cells(path)
    assert read[0][1:] == sheet.periods
    assert float(read[-1][2]) == float(total[1])


def test_a_programme_is_added_with_its_matter_and_a_wrong_reference_is_refused(
    window: Window,
) -> None:
    view: ProgrammesView = _view(window, "programmes")
    before = len(_read(window, programmes))
    view.edit(None)
    form = _form(view)
    put(form, name="Cultivation", matters="no such matter")
    form.finish()
    wait(window)
    assert "no such matter" in window.messages.text
    assert len(_read(window, programmes)) == before
    view.edit(None)
    form = _form(view)
    put(form, name="Cultivation", matters="CJ22-U001")
    form.finish()
    wait(window)
    (added,) = [p for p in _read(window, programmes) if p.name == "Cultivation"]
    assert [reference for _, reference in added.matters] == ["CJ22-U001"]


def test_a_missing_reward_is_put_on_record(window: Window) -> None:
    view: RewardsView = _view(window, "rewards")
    view.list.ask(ListQuery("", (("state", ("owed",)),), "due"))
    wait(window)
    missing = len(view.list.model)
    assert missing > 0
    view.list.table.selectRow(0)
    wait(window)
    view.make()
    wait(window)
    assert len(view.list.model) == missing - 1


def test_a_shipped_amount_is_corrected_by_an_own_one(window: Window) -> None:
    view: PricingView = _view(window, "prices")
    part = view._parts["official"]
    given = {"office": "CN", "item": "filing", "right": "invention", "currency": "CNY"}
    ask_for(part, OWN, None, given)
    _fill(window, part, amount="950", source="notice of 2026-11-01")
    (own,) = _read(window, own_amounts)
    assert (own.item, int(own.amount), own.source) == ("filing", 950, "notice of 2026-11-01")


def test_a_place_of_the_money_page_searches_its_list(window: Window) -> None:
    view: ComingView = _view(window, "coming")
    view.list.clear()
    wait(window)
    everything = _lines(view)
    wanted = everything[0].reference
    window.go(Place("portfolio"))
    window.go(Place("money", "coming", search=wanted))
    wait(window)
    assert view.list.query.search == wanted
    assert 0 < len(_lines(view)) < len(everything)
    assert {row.reference for row in _lines(view)} == {wanted}


@pytest.mark.parametrize(
    ("language", "theme", "percent"), [("en", "dark", 125), ("zh_CN", "light", 100)]
)
def test_every_view_opens_and_clips_nothing(
    qapp: QApplication,
    made: Path,
    settings: SettingsFile,
    language: str,
    theme: str,
    percent: int,
) -> None:
    with stage(
        qapp, made, settings, TODAY, language=language, theme=theme, percent=percent
    ) as opened:
        for name in VIEWS:
            view = _view(opened, name)
            if isinstance(view, ListView):
                view.list.table.selectRow(0)
                wait(opened)
                assert len(view.list.model) > 0, name
            assert opened.messages.text == "", name
            assert clipped(opened) == [], name


def test_every_view_opens_on_an_empty_file(
    qapp: QApplication, tmp_path: Path, settings: SettingsFile
) -> None:
    path = tmp_path / "empty.ipdesk"
    open_database(path, user="Tester").close()
    with stage(qapp, path, settings, TODAY, language="zh_CN") as opened:
        for name in VIEWS:
            _view(opened, name)
            assert opened.messages.text == "", name
            assert clipped(opened) == [], name
