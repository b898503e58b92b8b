"""Every report of the list in both languages: printed, read back, complete, the same again."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination, DictionaryObject

from ipdesk.base.i18n import LANGUAGES, speaking, tr
from ipdesk.reports import REPORTS
from ipdesk.reports.registry import OPTIONS, ReportSpec
from tests.conftest import TODAY
from tests.reports import samples, samples_plan, samples_watch

VALUES: dict[str, Any] = {
    "portfolio": samples.portfolio,
    "deadlines": samples.deadlines,
    "watch": samples_watch.watch,
    "notice": samples_watch.notice,
    "risks": samples_watch.risks,
    "fto": samples_watch.fto,
    "layout": samples_plan.layout,
    "board": lambda: samples_plan.layout("Layout plan for the board"),
    "budget": samples_plan.budget,
}
ONE_PAGE = ("notice", "board")


def expected(report: str, values: Any) -> Iterator[str]:
    """Words that must be found in the printed report, in the language of the moment."""
    if report in ("portfolio", "deadlines"):
        for row in values.deadlines:
            short = row.shown_title if report == "portfolio" else row.shown_title[:10]
            yield from (row.reference, short, row.due.isoformat())
        for matter in getattr(values, "matters", ()):
            yield from (matter.reference, matter.application_number)
    elif report == "watch":
        for family in values.families:
            yield from (family.shown_title, family.members[0], family.reason)
        yield from (samples_watch.QUERY, "US20190012345A1")
    elif report in ("risks", "fto"):
        for detail in values.risks if report == "risks" else values.families:
            yield from (detail.row.shown_title, detail.row.members[0])
        yield samples_watch.QUERY
    elif report == "layout":
        yield from (row.fields.title for row in values.rows)
        yield from (branch.definition for branch in values.tree)
        yield from (line.product for line in values.clock)
        yield from (str(gap.said) for gap in values.gaps)
    elif report == "budget":
        for line in values.coming:
            yield from (line.reference, str(line.label))


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def squeezed(reader: PdfReader) -> str:
    """All words of a file without blanks, so that a line break in a title does not matter."""
    return "".join("".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, str], bytes]:
    return {
        (spec.id, language): spec.build(VALUES[spec.id](), language)
        for spec in REPORTS
        for language in LANGUAGES
    }


EVERY = [(spec, language) for spec in REPORTS for language in LANGUAGES]
NAMED = pytest.mark.parametrize(
    ("spec", "language"), EVERY, ids=[f"{spec.id}-{language}" for spec, language in EVERY]
)


@NAMED
def test_a_report_names_itself_its_company_and_its_day_on_every_page(
    printed: dict[tuple[str, str], bytes], spec: ReportSpec, language: str
) -> None:
    reader = read(printed[spec.id, language])
    for number, page in enumerate(reader.pages, 1):
        words = "".join(page.extract_text().split())
        assert "流光印刷电子科技有限公司LiuguangPrinted" in words
        assert "2026-11-24" in words
        with speaking(language):
            place = tr("Page {number} of {count}", number=number, count=len(reader.pages))
            assert place.replace(" ", "") in words
            assert tr("Sample data").replace(" ", "") in words


@NAMED
def test_every_value_can_be_searched_in_the_printed_file(
    printed: dict[tuple[str, str], bytes], spec: ReportSpec, language: str
) -> None:
    words = squeezed(read(printed[spec.id, language]))
    with speaking(language):
        for value in expected(spec.id, VALUES[spec.id]()):
            assert "".join(value.split()) in words


@NAMED
def test_the_same_values_give_the_same_bytes(
    printed: dict[tuple[str, str], bytes], spec: ReportSpec, language: str
) -> None:
    assert spec.build(VALUES[spec.id](), language) == printed[spec.id, language]


@NAMED
def test_the_fonts_are_embedded_and_no_page_is_a_picture(
    printed: dict[tuple[str, str], bytes], spec: ReportSpec, language: str
) -> None:
    reader = read(printed[spec.id, language])
    for page in reader.pages:
        assert len(page.images) == 0
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        fonts = resources["/Font"].get_object()
        assert isinstance(fonts, DictionaryObject)
        used = [f for f in fonts.values() if "NotoSansSC" in f["/BaseFont"]]
        assert used
        assert all("/FontFile2" in f["/FontDescriptor"] for f in used)


def chapters(reader: PdfReader) -> list[Destination]:
    """The bookmarks of the first level."""
    return [entry for entry in reader.outline if isinstance(entry, Destination)]


def page_of(reader: PdfReader, entry: Destination) -> int:
    number = reader.get_destination_page_number(entry)
    assert number is not None
    return number


@NAMED
def test_chapters_are_bookmarks_that_lead_to_their_page(
    printed: dict[tuple[str, str], bytes], spec: ReportSpec, language: str
) -> None:
    reader = read(printed[spec.id, language])
    pages = []
    for entry in chapters(reader):
        page = page_of(reader, entry)
        words = "".join(reader.pages[page].extract_text().split())
        assert "".join(str(entry.title).split()) in words
        pages.append(page)
    assert pages == sorted(pages)
    assert len(pages) >= 3 or spec.id in ONE_PAGE


def test_a_table_repeats_its_head_on_every_page_it_covers(
    printed: dict[tuple[str, str], bytes],
) -> None:
    reader = read(printed["portfolio", "en"])
    covered = [p.extract_text() for p in reader.pages if "ZL20" in p.extract_text()]
    assert len(covered) > 3
    assert all("Grant or" in words and "Reference" in words for words in covered)


def test_the_contents_on_the_first_page_give_the_right_page_numbers(
    printed: dict[tuple[str, str], bytes],
) -> None:
    reader = read(printed["portfolio", "en"])
    first = reader.pages[0].extract_text()
    numbers = [str(page_of(reader, entry) + 1) for entry in chapters(reader)]
    assert first.split()[-len(numbers) :] == numbers


def test_words_in_charts_are_text(printed: dict[tuple[str, str], bytes]) -> None:
    words = squeezed(read(printed["portfolio", "zh_CN"]))
    for expected in ("实用新型10", "EP欧洲专利局", "今天2026-11-24", "30个月", "未核对或未核实"):
        assert expected in words


def test_the_file_is_dated_by_its_cut_off_day(printed: dict[tuple[str, str], bytes]) -> None:
    about = read(printed["portfolio", "zh_CN"]).metadata
    assert about is not None
    assert about.title == "知识产权组合报告"
    assert about.creation_date is not None
    assert about.creation_date.date() == TODAY


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", ONE_PAGE)
def test_a_page_for_management_stays_one_page_however_long_its_words(
    report: str, language: str
) -> None:
    spec = next(spec for spec in REPORTS if spec.id == report)
    values = VALUES[report]()
    if report == "board":
        lines = tuple(replace(p, product=p.product * 4) for p in values.protection * 3)
        values = replace(values, protection=lines)
    else:
        grown = tuple(
            replace(t, grade_reason=t.grade_reason * 5, row=replace(t.row, title_en="word " * 60))
            for t in values.threats
        )
        values = replace(values, threats=grown)
    (page,) = read(spec.build(values, language)).pages
    assert "2026-11-24" in page.extract_text()


@pytest.mark.parametrize("report", ["watch", "notice", "risks", "fto"])
def test_early_warning_says_on_every_page_what_it_is_and_what_was_searched(
    printed: dict[tuple[str, str], bytes], report: str
) -> None:
    for page in read(printed[report, "en"]).pages:
        words = page.extract_text()
        assert "Screening record, not a legal opinion" in words
        assert "CNIPA, Lens · cut-off 2026-02-21 · query: TA=((" in words


def test_a_watch_that_is_not_well_says_so_on_its_first_page(
    printed: dict[tuple[str, str], bytes],
) -> None:
    assert "▲ Overdue since" in read(printed["watch", "en"]).pages[0].extract_text()


def test_reports_have_names_of_their_own_and_known_options() -> None:
    assert len({spec.id for spec in REPORTS}) == len(REPORTS)
    for spec in REPORTS:
        assert set(spec.options) <= set(OPTIONS)
        assert set(spec.required) <= set(spec.options)
        with speaking("zh_CN"):
            assert str(spec.title) != spec.title.text
            assert str(spec.about) != spec.about.text
