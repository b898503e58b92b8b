"""The real files of ../shared/data read with the counts and quirks that are known of them."""

import functools
from datetime import date
from pathlib import Path

import pytest

from ipdesk.base.errors import Refused
from ipdesk.core.intake.formats import read_file
from ipdesk.core.intake.model import MatterDraft, ReadResult
from ipdesk.core.intake.plan import Verdict, plan
from ipdesk.core.intake.reading import interpret

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")

COUNTS = [
    ("pizza_small.xls", "espacenet", 5, 25),
    ("pizza_small.csv", "espacenet", 1, 25),
    ("antontruly_lens-export.csv", "lens", 1, 3779),
    ("vcers_gp-search-1.csv", "google_patents", 2, 1),
    ("vcers_gp-search.csv", "google_patents", 2, 4264),
    ("patentscope_2012_first600.xls", "patentscope", 3, 600),
    ("20240401123832541.XLSX", "patsnap", 1, 1),
    ("will4906_szu_110.xls", "cnipa", 1, 110),
    ("will4906_5.xls", "cnipa", 1, 5),
    ("Jplatpatlist_機械学習_医療.csv", "jplatpat", 1, 56),
    ("NASA_Patents.csv", "nasa", 1, 1393),
    ("ritonavir.csv", "wipo_landscape", 1, 804),
    ("appletm_trademarks.csv", "sheet", 1, 321),
    ("018222197.xml", "euipo_xml", None, 1),
]


@functools.cache
def read(name: str) -> ReadResult:
    return interpret(read_file(DATA / name, lambda done, total: None))


def row(name: str, line: int) -> MatterDraft:
    return next(d for d in read(name).drafts if d.row == line)


@pytest.mark.parametrize(("name", "format", "header", "records"), COUNTS)
def test_a_real_file_has_its_records(
    name: str, format: str, header: int | None, records: int
) -> None:
    result = read(name)
    found = [s for s in result.sheets if s.records]
    assert (result.format, found[0].header_row, len(result.drafts)) == (format, header, records)
    assert not any(d.refused for d in result.drafts)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("drmattg_lens-export.csv", "scholarly"),
        ("chousa_bunseki_1.xlsx", "statistics"),
        ("gijutsu_youso.ods", "looked for"),
        ("pms_fee_template.xls", "fees"),
    ],
)
def test_other_tables_are_refused_with_one_sentence(name: str, word: str) -> None:
    with pytest.raises(Refused) as refused:
        read(f"negative/{name}")
    sentence = str(refused.value)
    assert word in sentence
    assert sentence.count(". ") == 0


def test_a_calendar_is_not_a_list() -> None:
    with pytest.raises(Refused, match="iCalendar"):
        read("china_holidayCal.ics")


def test_espacenet_gives_the_same_records_as_workbook_and_as_text() -> None:
    def told(name: str) -> list[object]:
        return [(d.title, d.keys, d.filing_date, d.priorities) for d in read(name).drafts]

    assert told("pizza_small.xls") == told("pizza_small.csv")


def test_two_kinds_in_one_cell_are_two_publications() -> None:
    both = row("pizza_small.csv", 22)
    assert [d.number for d in both.documents] == ["KR20140005675U", "KR200475295Y1"]


def test_espacenet_names_lose_their_country() -> None:
    assert row("pizza_small.xls", 7).inventors[0] == "FAHEY-BURKE SAMUEL J"


def test_a_lens_row_without_dates_has_none() -> None:
    draft = row("antontruly_lens-export.csv", 1952)
    assert draft.title == "BE 537620 A"
    assert (draft.filing_date, draft.publication_date, draft.grant_date) == (None, None, None)
    assert draft.priority_date == date(1954, 4, 27)


def test_google_rows_without_a_priority_date_stay_without() -> None:
    assert row("vcers_gp-search.csv", 500).priority_date is None
    assert row("vcers_gp-search.csv", 500).filing_date == date(2018, 9, 20)


def test_google_titles_lose_their_last_blank_and_names_come_once() -> None:
    draft = row("vcers_gp-search.csv", 5)
    assert (
        draft.title
        == "Sulfide solid electrolyte and solid electrolyte compound for lithium ion battery"
    )
    assert draft.inventors == ("宮下 徳彦", "崇嗣 筑本", "青木 達也", "仁彦 井手", "松崎 健嗣")


def test_google_assignees_are_not_parted_at_commas() -> None:
    assert row("vcers_gp-search-1.csv", 3).applicants == (
        "Hyundai Motor Company, Kia Motors Corporation",
    )


def test_patentscope_numbers_lose_stars_and_small_letters() -> None:
    drafts = read("patentscope_2012_first600.xls").drafts
    numbers = {d.publication_number_raw: d.publication_key for d in drafts}
    assert numbers["KR1015514300000*"] == "KR.P.101551430"
    assert all(d.publication_key for d in drafts)


def test_patentscope_dates_are_day_first() -> None:
    assert row("patentscope_2012_first600.xls", 4).publication_date == date(2015, 12, 31)


def test_no_data_is_nothing() -> None:
    draft = row("will4906_szu_110.xls", 75)
    assert draft.application_number == "CN201610870734.4"
    assert (draft.status, draft.status_date) == ("", None)


def test_a_design_has_two_locarno_classes_and_its_day_is_a_grant() -> None:
    draft = row("will4906_5.xls", 2)
    assert draft.classes == ("14-02", "14-04")
    assert draft.grant_date == date(2015, 8, 26)
    published = row("will4906_szu_110.xls", 2)
    assert (published.publication_date, published.grant_date) == (date(2017, 1, 25), None)


def test_three_dates_in_a_cell_are_three_dates() -> None:
    draft = row("Jplatpatlist_機械学習_医療.csv", 6)
    assert (draft.filing_date, draft.publication_date, draft.grant_date) == (
        date(2016, 11, 29),
        date(2017, 11, 8),
        date(2017, 10, 20),
    )


def test_further_applicants_are_said_and_not_invented() -> None:
    draft = row("Jplatpatlist_機械学習_医療.csv", 2)
    assert draft.applicants == ("学校法人 埼玉医科大学",)
    assert [p.code for p in draft.problems] == ["names_cut"]


def test_nasa_nulls_are_nothing_and_lost_zeros_are_flagged() -> None:
    assert row("NASA_Patents.csv", 2).grant_number == ""
    lost = row("NASA_Patents.csv", 32)
    assert (lost.application_number, lost.application_key) == ("", "")
    assert [p.code for p in lost.problems] == ["digits_lost"]
    assert row("NASA_Patents.csv", 3).expiry_date == date(2015, 10, 3)


def test_a_header_that_stands_twice_does_no_harm() -> None:
    assert row("ritonavir.csv", 2).filing_date == date(2007, 6, 27)
    assert row("ritonavir.csv", 3).inventors == ("SOLDIN STEVEN J",)


def test_the_european_record_is_a_mark_with_its_goods() -> None:
    draft = read("018222197.xml").drafts[0]
    assert (draft.title, draft.right, draft.office) == ("TERRA S NOVA", "trademark", "EM")
    assert draft.expiry_date == date(2030, 4, 8)
    assert draft.classes == ("1",)


def test_chinese_check_digits_of_real_numbers_are_right() -> None:
    for name in ("will4906_szu_110.xls", "will4906_5.xls"):
        assert not any(p.code == "check_digit" for p in read(name).problems)


def test_a_and_b_publications_of_one_application_are_one_matter() -> None:
    result = plan(read("vcers_gp-search.csv").drafts)
    assert result.duplicates == 3
    assert result.count(Verdict.NEW) == 4261


@pytest.mark.parametrize("name", [c[0] for c in COUNTS])
def test_rows_are_either_matters_folded_or_refused(name: str) -> None:
    result = plan(read(name).drafts)
    assert result.count(Verdict.NEW) + result.duplicates == len(read(name).drafts)


def test_patentscope_priorities_are_parted_and_understood() -> None:
    drafts = read("patentscope_2012_first600.xls").drafts
    claims = [c for d in drafts for c in d.priorities]
    assert len(claims) > 300
    assert all(c.key and c.date and c.office for c in claims)


def test_a_japanese_filing_before_2000_has_its_year_behind() -> None:
    drafts = read("antontruly_lens-export.csv").drafts
    old = [d for d in drafts if d.office == "JP" and len(d.application_number_raw) < 15]
    years = [(int(d.application_number[2:6]), d.filing_date.year) for d in old if d.filing_date]
    assert len(years) > 100
    assert [y for y in years if y[0] != y[1]] == []
