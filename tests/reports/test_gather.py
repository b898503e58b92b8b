"""From a stored portfolio to paper: every report on an empty file and on the demonstration."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from ipdesk.base.errors import Cancelled, IpdeskError, WrongCommand
from ipdesk.base.i18n import LANGUAGES
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.watch.edits_triage import decide
from ipdesk.core.watch.queries_hits import find_family
from ipdesk.demo.fill import fill_portfolio
from ipdesk.reports import REPORTS
from ipdesk.reports.printing import print_report, report_bytes
from ipdesk.reports.registry import ReportSpec
from ipdesk.store.database import Database
from ipdesk.store.migrate import open_database
from tests.conftest import TODAY
from tests.core.watch.samples import hit, run, watch_of

BY_ID = {spec.id: spec for spec in REPORTS}
EACH = pytest.mark.parametrize("spec", REPORTS, ids=[spec.id for spec in REPORTS])


def docket_of(database: Database) -> Docket:
    with database.read() as connection:
        return docket_for(connection, TODAY)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(str(tmp_path_factory.mktemp("empty") / "empty.ipdesk"))
    yield database
    database.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(str(tmp_path_factory.mktemp("demo") / "demo.ipdesk"))
    fill_portfolio(database, docket_of(database))
    yield database
    database.close()


def words(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_prints_from_an_empty_file(
    empty: Database, spec: ReportSpec, language: str
) -> None:
    assert "2026-11-24" in words(report_bytes(spec, empty, docket_of(empty), {}, language))


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_prints_from_the_demonstration(
    demo: Database, spec: ReportSpec, language: str
) -> None:
    found = words(report_bytes(spec, demo, docket_of(demo), {"company": "流光 LM"}, language))
    assert "流光 LM" in found
    assert "{" not in found.replace("{n", "")  # no place of a text was left unfilled


def test_the_portfolio_report_counts_only_what_was_chosen(demo: Database) -> None:
    docket, spec = docket_of(demo), BY_ID["portfolio"]
    with demo.read() as connection:
        whole = spec.gather(connection, docket, {})
        chosen = spec.gather(connection, docket, {"right": "pct,design", "office": "WO"})
    assert 0 < len(chosen.matters) < len(whole.matters)
    assert {m.right for m in chosen.matters} <= {"pct", "design"}
    ids = {m.id for m in chosen.matters}
    assert {d.matter_id for d in (*chosen.deadlines, *chosen.pct_deadlines)} <= ids
    assert [str(f) for f in chosen.heading.filters] == [
        "Right: PCT application, Design",
        "Office: WO World Intellectual Property Organization (WIPO)",
    ]


def test_no_deadline_that_waits_is_left_out_of_the_portfolio_report(demo: Database) -> None:
    with demo.read() as connection:
        values = BY_ID["portfolio"].gather(connection, docket_of(demo), {})
    assert any(row.due < TODAY for row in values.deadlines)
    assert all(row.due <= date(2027, 11, 24) for row in values.deadlines)
    assert {row.state for row in values.deadlines} <= {"open", "submitted"}


def test_what_is_overdue_stands_on_a_sheet_that_begins_later(demo: Database) -> None:
    with demo.read() as connection:
        options = {"from": "2026-12-10", "to": "2026-12-31"}
        values = BY_ID["deadlines"].gather(connection, docket_of(demo), options)
    late = [row for row in values.deadlines if row.due < date(2026, 12, 10)]
    assert late
    assert all(row.due < TODAY and row.state == "open" for row in late)
    assert len(values.deadlines) > len(late)


def test_the_sheets_of_deadlines_end_on_the_day_asked_for(demo: Database) -> None:
    with demo.read() as connection:
        options = {"to": "2026-12-31"}
        values = BY_ID["deadlines"].gather(connection, docket_of(demo), options)
    assert values.deadlines
    assert all(row.due <= date(2026, 12, 31) for row in values.deadlines)


@pytest.mark.parametrize(
    ("report", "options"),
    [("watch", {"watch": "nobody made this"}), ("fto", {"product": "nothing"}),
     ("layout", {"plan": "no such plan"})],
)  # fmt: skip
def test_a_name_that_nobody_knows_is_refused_in_words(
    demo: Database, report: str, options: dict[str, str]
) -> None:
    with pytest.raises(IpdeskError):
        report_bytes(BY_ID[report], demo, docket_of(demo), options, "en")


def test_a_day_that_is_none_is_refused_in_words(demo: Database) -> None:
    with pytest.raises(WrongCommand, match="2026-02-31"):
        report_bytes(BY_ID["deadlines"], demo, docket_of(demo), {"to": "2026-02-31"}, "en")


def test_a_report_tells_its_pages_and_can_be_stopped(demo: Database) -> None:
    heard: list[int] = []

    def hear(page: int) -> None:
        heard.append(page)
        if page == 3:
            raise Cancelled("")

    with pytest.raises(Cancelled):
        report_bytes(BY_ID["portfolio"], demo, docket_of(demo), {}, "en", hear)
    assert heard[0] == 0
    assert heard[-1] == 3


def test_a_report_is_printed_to_the_file_named(demo: Database, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    print_report(BY_ID["deadlines"], demo, docket_of(demo), {}, "zh_CN", target)
    assert target.read_bytes().startswith(b"%PDF")


def test_a_change_that_was_judged_meanwhile_stays_in_the_watch_report(tmp_path: Path) -> None:
    database = open_database(tmp_path / "watch.ipdesk", user="Tester")
    watch = watch_of(database)
    run(database, watch, [hit("US9001A1", status="published"), hit("US9002A1")], date(2026, 1, 5))
    run(database, watch, [hit("US9001A1", status="granted"), hit("US9002A1")], date(2026, 4, 5))
    with database.read() as connection:
        family = find_family(connection, watch, "US9001A1")
    decide(database, [family], "background", "known art", date(2026, 4, 6))
    with database.read() as connection:
        values = BY_ID["watch"].gather(connection, docket_of(database), {})
    assert values.since == date(2026, 1, 5)
    assert [f.id for f in values.changed] == [family]
    assert not values.changed[0].changed
    database.close()
