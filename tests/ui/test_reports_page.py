"""The reports page: pages at once, in either language, saved and printed as they are seen."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.base.settings import SettingsFile
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.reports import REPORTS
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.messages import Kind
from ipdesk.ui.pages.reports import ReportsPage
from ipdesk.ui.reports.making import file_name
from ipdesk.ui.reports.pdf import picture
from ipdesk.ui.reports.printing import any_printer, chosen_pages
from ipdesk.ui.reports.view import FIT
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.conftest import Settle
from tests.ui.scenes import clipped, stage, wait

MATTERS = (
    ("utility_model", "CN201220249767.4", "打印头", "Print head", date(2025, 5, 30)),
    ("design", "CN201430491695.9", "外壳", "Housing", date(2025, 6, 2)),
)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Two matters in the portfolio."""
    database = desk.worker.database()
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    for right, number, title_zh, title_en, filed in MATTERS:
        fields = MatterFields(
            right=right,
            office="CN",
            title=title_zh,
            title_zh=title_zh,
            title_en=title_en,
            application_number=number,
            people=(PersonName("applicant", "北京澄镓科技有限公司"),),
        )
        create_matter(database, docket, fields, {"filing": filed})
    return desk


@pytest.fixture
def page(filled: Desk, qtbot: QtBot, settle: Settle) -> ReportsPage:
    made = ReportsPage(filled)
    qtbot.addWidget(made)
    made.resize(1080, 740)
    made.show()
    settle()
    return made


@pytest.fixture
def said(desk: Desk) -> list[tuple[str, Kind]]:
    heard: list[tuple[str, Kind]] = []
    desk.said.connect(lambda text, kind, _action: heard.append((str(text), kind)))
    return heard


def words(page: ReportsPage) -> str:
    """What stands on the pages."""
    assert page.made is not None
    document = pypdf.PdfReader(BytesIO(page.made.content))
    return "\n".join(sheet.extract_text() for sheet in document.pages)


@pytest.mark.parametrize("report", [spec.id for spec in REPORTS])
def test_every_report_shows_its_pages(page: ReportsPage, settle: Settle, report: str) -> None:
    page.choose(report)
    settle()
    if page.spec.required:
        assert page.made is None
        return
    assert page.made is not None
    assert page.preview.view.pages == len(page.made.sizes) > 0
    assert "北京澄镓科技有限公司" in words(page)


def test_pages_are_drawn_when_they_come_into_sight(
    page: ReportsPage, settle: Settle, qtbot: QtBot
) -> None:
    view = page.preview.view
    qtbot.waitUntil(lambda: view.drawn, timeout=10_000)
    view.go_to(view.pages - 1)
    qtbot.waitUntil(lambda: view.drawn, timeout=10_000)
    settle()
    assert page.made is not None
    image = picture(page.made.content, 0, 300)
    assert image.width() == 300
    colours = {image.pixelColor(x, y).name() for x in range(0, 300, 3) for y in range(0, 300, 3)}
    assert len(colours) > 5  # something was drawn, on white
    assert "#ffffff" in colours


def test_another_language_prints_in_that_language(page: ReportsPage, settle: Settle) -> None:
    assert "Print head" in words(page)
    page.speak("zh_CN")
    settle()
    found = words(page)
    assert "打印头" in found
    assert "Portfolio report" not in found


def test_an_option_narrows_the_report(page: ReportsPage, settle: Settle) -> None:
    assert "Housing" in words(page)
    page.visit(Place.at("reports", "portfolio", right="utility_model"))
    settle()
    found = words(page)
    assert "Print head" in found
    assert "Housing" not in found
    assert page.form.values == {"right": "utility_model"}


def test_the_form_asks_for_what_a_report_takes(
    page: ReportsPage, settle: Settle, qtbot: QtBot
) -> None:
    page.choose("deadlines")
    settle()
    line = page.form.line("to")
    before = page.made
    line.setText("soon")
    assert not page.form.sound
    assert "YYYY-MM-DD" in line.toolTip()
    line.setText("2027-1-31")
    assert page.form.sound
    qtbot.waitUntil(lambda: page.made is not before and page.made is not None, timeout=20_000)
    assert page.form.values["to"] == "2027-01-31"
    assert "2027-01-31" in words(page)


def test_the_company_of_the_settings_stands_on_the_report(
    page: ReportsPage, settle: Settle, settings: SettingsFile
) -> None:
    settings.change(company="Chengjia")
    page.make()
    settle()
    assert "Chengjia" in words(page)


def test_what_is_saved_is_what_was_seen(
    page: ReportsPage, settle: Settle, tmp_path: Path, said: list[tuple[str, Kind]]
) -> None:
    page.save_to(tmp_path / "out")
    settle()
    assert page.made is not None
    assert (tmp_path / "out.pdf").read_bytes() == page.made.content
    assert said[-1] == ("Report saved: out.pdf", Kind.DONE)
    assert file_name(page.made, TODAY) == "Portfolio report 2026-11-24.pdf"


def test_a_place_that_cannot_be_written_is_said(
    page: ReportsPage, settle: Settle, tmp_path: Path, said: list[tuple[str, Kind]]
) -> None:
    page.save_to(tmp_path / "no such folder" / "out.pdf")
    settle()
    assert said[-1][1] is Kind.PROBLEM
    assert "cannot be written" in said[-1][0]


def test_every_page_goes_to_the_printer(
    page: ReportsPage, settle: Settle, tmp_path: Path, said: list[tuple[str, Kind]]
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)
    settle()
    assert page.made is not None
    printed = pypdf.PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == len(page.made.sizes)
    assert said[-1][1] is Kind.DONE


def test_only_the_chosen_pages_are_printed(qapp: QApplication) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    assert chosen_pages(printer, 4) == [0, 1, 2, 3]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert chosen_pages(printer, 4) == [1, 2]


@pytest.mark.skipif(any_printer(), reason="this machine has a printer")
def test_without_a_printer_one_sentence_says_so(
    page: ReportsPage, said: list[tuple[str, Kind]]
) -> None:
    page.ask_printer()
    assert said == [
        ("No printer is set up on this system. Save the report as PDF instead.", Kind.PROBLEM)
    ]


def test_the_pages_are_made_larger_and_smaller(page: ReportsPage) -> None:
    view = page.preview.view
    assert view.zoom == FIT
    view.set_zoom(100)
    assert view.percent() == 100
    view.step_zoom(1)
    assert view.zoom == 125
    view.step_zoom(-1)
    assert view.zoom == 100
    view.go_to(1)
    assert view.page == 1


def test_new_data_makes_new_pages(page: ReportsPage, settle: Settle, filled: Desk) -> None:
    database = filled.worker.database()
    with database.read() as connection:
        docket = docket_for(connection, TODAY)
    fields = MatterFields(right="trademark", office="CN", title="澄镓", title_en="Chengjia mark")
    filled.worker.edit(lambda d: create_matter(d, docket, fields, {})[1])
    settle()
    settle()
    assert "Chengjia mark" in words(page)


def test_a_change_of_language_keeps_the_pages(window: Window, filled: Desk, settle: Settle) -> None:
    window.show()
    window.go(Place("reports", "deadlines"))
    settle()
    page = window.page
    assert isinstance(page, ReportsPage)
    page.preview.view.set_zoom(150)
    made = page.made
    assert made is not None
    window.set_language("zh_CN")
    settle()
    again = window.page
    assert isinstance(again, ReportsPage)
    assert again is not page
    assert again.made is made
    assert again.spec.id == "deadlines"
    assert again.preview.view.zoom == 150


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("zh_CN", "light")])
def test_no_report_clips_its_words(
    qapp: QApplication,
    filled: Desk,
    settings: SettingsFile,
    database_file: Path,
    language: str,
    theme: str,
) -> None:
    with stage(
        qapp, database_file, settings, TODAY, language=language, theme=theme, percent=125
    ) as window:
        for spec in REPORTS:
            window.go(Place("reports", spec.id))
            wait(window)
            assert clipped(window) == [], spec.id
