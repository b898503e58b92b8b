"""Hits become families by numbers, priorities and the families that lists name."""

from dataclasses import replace
from datetime import date

from ipdesk.core.watch.families import family_status, merge, picture, unique_members
from ipdesk.core.watch.model import KnownFamily
from tests.core.watch.samples import hit


def test_application_and_patent_of_one_number_are_one_family() -> None:
    first = hit("US20110000001A1", application_key="US.A.12345678")
    second = hit("US8000001B2", application_key="US.A.12345678")
    families = merge([first, second, hit("US8000009B2")])
    assert [len(f.members) for f in families] == [2, 1]


def test_the_same_priorities_make_a_simple_family_and_one_more_does_not() -> None:
    a = hit("EP1000001A1", application_key="EP.A.1", priority_keys=("US.A.1", "US.A.2"))
    b = hit("CN100000001A", application_key="CN.A.1", priority_keys=("US.A.2", "US.A.1"))
    c = hit("JP2020000001A", application_key="JP.A.1", priority_keys=("US.A.1",))
    assert [len(f.members) for f in merge([a, b, c])] == [2, 1]


def test_the_first_filing_joins_those_that_claim_it_alone() -> None:
    first = hit("CN100000001A", application_key="CN.A.7")
    later = hit("US20200000001A1", application_key="US.A.9", priority_keys=("CN.A.7",))
    assert len(merge([first, later])) == 1


def test_its_own_number_among_the_priorities_changes_nothing() -> None:
    first = hit("CN100000001A", application_key="CN.A.7", priority_keys=("CN.A.7",))
    later = hit("US20200000001A1", application_key="US.A.9", priority_keys=("CN.A.7", "US.A.9"))
    assert len(merge([first, later])) == 1


def test_a_named_family_and_named_relatives_join() -> None:
    a = hit("EP1000001A1", family_key="F1")
    b = hit("CN100000001A", family_key="F1")
    c = hit("JP2020000001A", relatives=("EP.P.1000001",))
    assert len(merge([a, b, c])) == 1


def test_hits_without_any_number_stay_apart_by_title() -> None:
    a = replace(hit("XX1"), number="", key="", title="A lamp")
    b = replace(a, title="A chair")
    assert len(merge([a, a, b])) == 2


def test_the_same_publication_twice_is_one_member_and_fills_gaps() -> None:
    first = hit("EP1000001A1", abstract="")
    second = hit("EP1000001A1", abstract="A text", title="Other")
    (only,) = unique_members([first, second])
    assert only.abstract == "A text"
    assert only.title == "Title of EP1000001A1"


def test_a_list_without_kind_codes_means_the_same_publication() -> None:
    bare = replace(hit("EP1000001A1"), kind_code="", number="EP1000001")
    assert len(unique_members([hit("EP1000001A1"), bare])) == 1
    assert len(unique_members([hit("EP1000001A1"), hit("EP1000001B1")])) == 2


def test_a_family_is_called_after_its_earliest_publication() -> None:
    late = hit("US8000001B2", application_key="US.A.1", publication_date=date(2020, 1, 1))
    early = hit("US20110000001A1", application_key="US.A.1", publication_date=date(2018, 1, 1))
    assert merge([late, early])[0].key == "US20110000001A1"


def test_a_known_family_keeps_its_name_and_a_bridge_joins_two() -> None:
    one = KnownFamily(3, "EP1", frozenset({"p:EP.P.1000001"}), ())
    two = KnownFamily(9, "CN1", frozenset({"p:CN.P.100000001"}), ())
    bridge = hit("EP1000001A1", relatives=("CN.P.100000001",))
    (family,) = merge([bridge], [two, one])
    assert family.key == "EP1"
    assert family.joins == (3, 9)


def test_the_picture_shows_all_members_and_keeps_what_was_known() -> None:
    a = hit("CN100000001A", title="固态电池", applicants=("Acme",), classes=("H01M10/0562",))
    b = hit("US20200000001A1", title="Solid battery", filing_date=date(2019, 1, 2))
    seen = picture([a, b])
    assert (seen.title, seen.title_en, seen.title_zh) == ("固态电池", "Solid battery", "固态电池")
    assert seen.offices == ("CN", "US")
    assert seen.priority_date == date(2019, 1, 2)
    again = picture([replace(b, title="Renamed", applicants=("Other",))], seen)
    assert again.title == "固态电池"
    assert again.applicants == ("Acme",)
    assert picture([a, b], seen) == seen


def test_one_member_in_force_keeps_the_family_in_force() -> None:
    assert family_status(["lapsed", "granted", ""]) == "granted"
    assert family_status(["lapsed", "published"]) == "pending"
    assert family_status(["lapsed", "refused"]) == "ended"
    assert family_status(["", "unknown"]) == "unknown"
