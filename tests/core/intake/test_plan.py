"""The preview: what an import would do, row by row, and why the second import does nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipdesk.core.intake.formats import read_file
from ipdesk.core.intake.formats.columnar import columns_of
from ipdesk.core.intake.model import MatterDraft, RawFile, RawSheet
from ipdesk.core.intake.plan import Entry, Holding, Holdings, Plan, Verdict, plan
from ipdesk.core.intake.reading import interpret

SAMPLES = Path(__file__).parents[2] / "samples"
HEAD = ["Our Ref", "Title", "Application No.", "Publication No.", "Patent No.", "Filing Date"]
HEAD += ["Publication Date", "Applicants", "Status", "Priority Data", "Type", "Family ID"]


def drafts(*rows: dict[str, Any], head: list[str] | None = None) -> list[MatterDraft]:
    names = head or HEAD
    cells = [names, *[[r.get(h, "") for h in names] for r in rows]]
    columns, lines = columns_of(cells)
    raw = RawFile("x.csv", "0" * 64, "csv", (RawSheet("S", columns, lines),))
    return list(interpret(raw).drafts)


def held(result: Plan) -> Holdings:
    """What a store would hold after taking everything new of a plan."""
    found = []
    for number, entry in enumerate(result.entries, start=1):
        if entry.verdict is Verdict.NEW:
            fields = dict(entry.proposal.fields)
            if entry.family:
                fields.setdefault("family_key", entry.family)
            keys = tuple(k for k in entry.proposal.keys.values() if k)
            found.append(Holding(number, str(fields.get("reference", "")), keys, fields))
    return Holdings(found)


def only(result: Plan) -> Entry:
    assert len(result.entries) == 1
    return result.entries[0]


INVENTION = {
    "Our Ref": "A1",
    "Title": "Antenna",
    "Application No.": "CN201610895413.X",
    "Filing Date": "2016-10-13",
    "Applicants": "Quicksilver Ltd",
    "Status": "pending",
}


def test_the_first_import_is_new_and_the_second_changes_nothing() -> None:
    rows = drafts(INVENTION, {"Our Ref": "A2", "Title": "Pen", "Application No.": "17/800,123"})
    first = plan(rows)
    assert first.counts == {Verdict.NEW: 2}
    second = plan(rows, held(first))
    assert second.counts == {Verdict.UNCHANGED: 2}
    assert not any(e.differences for e in second.entries)


@pytest.mark.parametrize(
    "name",
    sorted(p.name for p in SAMPLES.iterdir() if p.name not in ("expected.json", "README.md")),
)
def test_importing_a_sample_twice_changes_nothing(name: str) -> None:
    result = interpret(read_file(SAMPLES / name, lambda done, total: None))
    first = plan(result.drafts)
    again = plan(result.drafts, held(first))
    assert {e.verdict for e in again.entries} <= {Verdict.UNCHANGED, Verdict.REFUSED}
    assert again.duplicates == first.duplicates


def test_a_title_in_another_language_stands_beside_ours() -> None:
    store = held(plan(drafts(INVENTION)))
    entry = only(plan(drafts(INVENTION | {"Title": "一种天线"}), store))
    assert [(d.field, d.old, d.new) for d in entry.differences] == [("title_zh", None, "一种天线")]
    known = Holdings(
        [replace(h, fields={**h.fields, "title_zh": "一种天线"}) for h in store.by_id.values()]
    )
    again = only(plan(drafts(INVENTION | {"Title": "一种天线"}), known))
    assert again.verdict is Verdict.UNCHANGED


def test_our_own_word_for_a_state_replaces_no_words_of_the_office() -> None:
    known = {"status": "专利权维持", "reported_status": "granted", "current_status": "granted"}
    store = Holdings([Holding(1, "A1", (), {"title": "Antenna", **known})])
    for said in ("granted", "In force", "有效"):
        entry = only(plan(drafts({"Our Ref": "A1", "Title": "Antenna", "Status": said}), store))
        assert not any(d.field == "status" for d in entry.differences), said
    entry = only(plan(drafts({"Our Ref": "A1", "Title": "Antenna", "Status": "lapsed"}), store))
    assert {d.field for d in entry.differences} >= {"status", "reported_status"}


def test_a_domain_is_its_own_number_and_keeps_the_office_that_the_list_names() -> None:
    rows = [{"Our Ref": "N1", "Domain": name, "Country": "CN"} for name in ("a-b.com", "a-b.jp")]
    read = drafts(*rows, head=["Our Ref", "Domain", "Country"])
    assert [(d.application_number, d.office) for d in read] == [("a-b.com", "CN"), ("a-b.jp", "JP")]
    fields = {"reference": "N1", "right": "domain_name", "office": "CN", "title": "a-b.com"}
    entry = plan(read[:1], Holdings([Holding(1, "N1", (), fields)])).entries[0]
    assert entry.verdict is Verdict.UNCHANGED


def test_a_family_column_may_list_members() -> None:
    head = ["Publication No.", "Title", "Family"]
    listed = "CN106111111A; US2017123456A1"
    rows = [{"Publication No.": n, "Title": "Pen", "Family": listed} for n in listed.split("; ")]
    read = drafts(*rows, head=head)
    assert {d.family_key for d in read} == {""}
    assert read[0].extra["family_members"] == ("CN.P.106111111", "US.P.20170123456")


def test_a_changed_field_is_shown_with_its_old_and_new_value() -> None:
    store = held(plan(drafts(INVENTION)))
    entry = only(plan(drafts(INVENTION | {"Status": "granted", "Title": "Antenna"}), store))
    assert entry.verdict is Verdict.CHANGED
    assert [(d.field, d.old, d.new) for d in entry.differences] == [
        ("status", "pending", "granted"),
        ("reported_status", "pending", "granted"),
    ]


def test_what_the_file_leaves_empty_changes_nothing() -> None:
    store = held(plan(drafts(INVENTION)))
    entry = only(plan(drafts({"Application No.": "CN201610895413.X", "Title": "Antenna"}), store))
    assert entry.verdict is Verdict.UNCHANGED


def test_another_spelling_is_no_change() -> None:
    store = held(plan(drafts(INVENTION)))
    spelt = INVENTION | {
        "Application No.": "ZL2016 1 0895413",
        "Title": "ANTENNA ",
        "Applicants": "QUICKSILVER LTD",
        "Filing Date": "2016/10/13",
    }
    assert only(plan(drafts(spelt), store)).verdict is Verdict.UNCHANGED


def test_a_and_b_publications_of_one_application_are_one_matter() -> None:
    rows = drafts(
        {
            "Title": "Ink",
            "Application No.": "US 201313974256 A",
            "Publication No.": "US 2015/0030741 A1",
            "Publication Date": "2015-01-29",
        },
        {
            "Title": "Ink",
            "Application No.": "US 201313974256 A",
            "Publication No.": "US 9123456 B2",
            "Publication Date": "2015-09-01",
        },
    )
    result = plan(rows)
    entry = only(result)
    assert (result.duplicates, entry.folded) == (1, 1)
    fields = entry.proposal.fields
    assert (fields["publication_number"], fields["publication_date"]) == (
        "US20150030741A1",
        date(2015, 1, 29),
    )
    assert (fields["grant_number"], fields["grant_date"]) == ("US9123456B2", date(2015, 9, 1))


def test_a_grant_publication_does_not_overwrite_the_first_publication() -> None:
    first = {
        "Application No.": "US 201313974256 A",
        "Publication No.": "US 2015/0030741 A1",
        "Publication Date": "2015-01-29",
        "Title": "Ink",
    }
    store = held(plan(drafts(first)))
    granted = first | {"Publication No.": "US 9123456 B2", "Publication Date": "2015-09-01"}
    changes = {d.field: d.new for d in only(plan(drafts(granted), store)).differences}
    assert changes == {"grant_number": "US9123456B2", "grant_date": date(2015, 9, 1)}


def test_a_row_that_knows_two_numbers_joins_two_rows_that_knew_one_each() -> None:
    result = plan(
        drafts(
            {"Title": "Ink", "Application No.": "US 201313974256 A"},
            {"Title": "Ink", "Publication No.": "US 2015/0030741 A1"},
            {
                "Title": "Ink",
                "Application No.": "13/974,256",
                "Publication No.": "US20150030741A1",
            },
        )
    )
    assert only(result).folded == 2


def test_an_application_and_its_zl_number_are_one_matter() -> None:
    result = plan(
        drafts(
            {"Title": "Ink", "Application No.": "CN201610895413.X"},
            {"Title": "Ink", "Patent No.": "ZL201610895413.X"},
        )
    )
    assert only(result).proposal.fields["grant_number"] == "ZL201610895413.X"


def test_a_zl_number_alone_gives_the_application_number_without_insisting() -> None:
    entry = only(plan(drafts({"Title": "Ink", "Patent No.": "ZL201610895413.X"})))
    assert entry.proposal.fields["application_number"] == "CN201610895413.X"
    assert "application_number" in entry.proposal.weak


def test_the_spelling_with_a_check_digit_is_kept() -> None:
    result = plan(
        drafts(
            {"Title": "Ink", "Application No.": "CN 201610895413 A"},
            {"Title": "Ink", "Application No.": "CN201610895413.X"},
        )
    )
    assert only(result).proposal.fields["application_number"] == "CN201610895413.X"


def test_two_references_are_two_matters_even_with_one_number() -> None:
    rows = drafts(INVENTION, INVENTION | {"Our Ref": "A1-DE"})
    result = plan(rows)
    assert result.counts == {Verdict.NEW: 2}
    assert [p.code for p in result.entries[1].problems] == ["same_number"]
    assert plan(rows, held(result)).counts == {Verdict.UNCHANGED: 2}


def test_one_number_with_two_grants_is_not_merged() -> None:
    result = plan(
        drafts(
            {"Title": "Ink", "Application No.": "13/230,922", "Patent No.": "8,140,453"},
            {"Title": "Ink", "Application No.": "13/230,922", "Patent No.": "8,165,976"},
        )
    )
    assert result.counts == {Verdict.NEW: 2}


@pytest.mark.parametrize("number", ["2.02E+12", "CN201610895413.1", "12/45,970"])
def test_a_row_known_only_by_a_wrong_number_is_refused(number: str) -> None:
    result = plan(drafts({"Title": "Ink", "Application No.": number}))
    assert result.counts == {Verdict.REFUSED: 1}
    assert only(result).problems[0].severity == "error"


def test_a_wrong_number_beside_a_reference_or_a_sound_number_is_only_flagged() -> None:
    damaged = {"Title": "Ink", "Application No.": "2.02E+12"}
    assert plan(drafts(damaged | {"Our Ref": "A9"})).counts == {Verdict.NEW: 1}
    published = damaged | {"Publication No.": "CN106491157A"}
    assert plan(drafts(published)).counts == {Verdict.NEW: 1}


def test_marks_without_numbers_are_matched_one_by_one() -> None:
    rows = drafts(
        {"Mark": "QUICK", "Class": "9"},
        {"Mark": "QUICK", "Class": "16"},
        head=["Mark", "Class"],
    )
    first = plan(rows)
    assert first.counts == {Verdict.NEW: 2}
    again = plan(rows, held(first))
    assert again.counts == {Verdict.UNCHANGED: 2}
    assert len({e.holding for e in again.entries}) == 2


def test_a_matter_is_found_by_its_reference_until_its_number_contradicts() -> None:
    store = held(plan(drafts({"Our Ref": "A1", "Title": "Antenna", "Filing Date": "2016-10-13"})))
    entry = only(plan(drafts(INVENTION), store))
    assert (entry.verdict, entry.holding) == (Verdict.CHANGED, 1)
    other = held(plan(drafts(INVENTION)))
    taken = only(plan(drafts(INVENTION | {"Application No.": "CN201610859128.2"}), other))
    assert taken.verdict is Verdict.NEW
    assert [p.code for p in taken.problems] == ["reference_taken"]


def test_the_applications_own_number_is_no_priority() -> None:
    row = {
        "Title": "Ink",
        "Application No.": "CN 201610895413 A",
        "Filing Date": "2016-10-13",
        "Priority Data": "CN 201610895413 A 20161013",
    }
    fields = only(plan(drafts(row))).proposal.fields
    assert "priorities" not in fields
    assert "priority_date" not in fields


def test_a_national_phase_known_by_its_pct_number_is_not_the_pct_application() -> None:
    head = [*HEAD, "Country"]
    result = plan(
        drafts(
            {
                "Our Ref": "W",
                "Title": "Ink",
                "Application No.": "PCT/CN2021/077123",
                "Type": "PCT",
                "Country": "WO",
            },
            {
                "Our Ref": "U",
                "Title": "Ink",
                "Application No.": "PCT/CN2021/077123",
                "Type": "Invention",
                "Country": "US",
            },
            head=head,
        )
    )
    rights = [(e.proposal.right, e.proposal.office) for e in result.entries]
    assert rights == [("pct", "WO"), ("invention", "US")]
    national = result.entries[1].proposal.fields
    assert national["pct_application_number"] == "PCT/CN2021/077123"
    assert "application_number" not in national


def test_families_come_from_the_column_or_from_shared_priorities() -> None:
    named = plan(drafts(INVENTION | {"Family ID": "F1"}))
    assert [f.key for f in named.families] == ["F1"]
    shared = plan(
        drafts(
            {"Title": "Ink", "Application No.": "CN201610895413.X"},
            {
                "Title": "Ink",
                "Application No.": "17/800,123",
                "Priority Data": "CN 201610895413 A 20161013",
            },
            {"Title": "Other", "Application No.": "17/800,124"},
        )
    )
    assert [f.members for f in shared.families] == [(0, 1)]
    assert [bool(e.family) for e in shared.entries] == [True, True, False]


def test_entries_stand_in_the_order_of_the_file() -> None:
    rows = drafts({"Title": "x", "Application No.": "2.02E+12"}, INVENTION)
    assert [e.proposal.drafts[0].row for e in plan(rows).entries] == [2, 3]


def test_a_priority_later_than_the_filing_is_said_and_left_aside() -> None:
    row = {
        "Title": "Ink",
        "Application No.": "JP 2000085289 A",
        "Filing Date": "2000-03-24",
        "Priority Data": "JP 2000085289 A 20000324;;JP 1999012345 A 19990401;;"
        "US 26341202 A 20021002",
    }
    (draft,) = drafts(row)
    assert [p.code for p in draft.problems] == ["priority_later"]
    fields = only(plan([draft])).proposal.fields
    assert [c.number for c in fields["priorities"]] == ["JP1999-012345"]
    assert fields["priority_date"] == date(1999, 4, 1)


def test_a_filing_that_is_its_own_priority_has_none() -> None:
    head = [*HEAD, "Priority Date"]
    row = {"Title": "Ink", "Application No.": "CN201610895413.X", "Filing Date": "2016-10-13"}
    row |= {"Priority Date": "2016-10-13"}
    assert "priority_date" not in only(plan(drafts(row, head=head))).proposal.fields
