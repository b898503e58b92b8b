"""Addresses of databases; classes at their levels."""

from ipdesk.core.watch.classes import class_levels, main_group, subclass
from ipdesk.core.watch.links import SEARCHABLE, document_link, query_link


def test_every_searchable_database_has_a_page() -> None:
    assert all(query_link(name, "a") for name in SEARCHABLE)
    assert query_link("patsnap", "a") is None


def test_the_query_stands_in_the_address_sign_by_sign() -> None:
    link = query_link("espacenet", 'ti = "固态" AND pa=A&B')
    assert link is not None
    assert link.filled
    assert link.url.endswith("q=ti%20%3D%20%22%E5%9B%BA%E6%80%81%22%20AND%20pa%3DA%26B")


def test_cnipa_takes_no_query_by_its_address() -> None:
    link = query_link("cnipa", "固态")
    assert link is not None
    assert not link.filled


def test_a_document_is_found_however_it_is_written() -> None:
    assert document_link("US 8,001,762 B2", "google").endswith("/patent/US8001762B2")
    assert document_link("EP 1000000 (A1)").endswith("q=pn%3DEP1000000A1")


def test_classes_have_three_levels_in_every_spelling() -> None:
    assert class_levels("H01M 10/0562") == ("H01M", "H01M10/", "H01M10/0562")
    assert class_levels("C07D41700") == ("C07D", "C07D417/")
    assert class_levels("H01M") == ("H01M",)
    assert class_levels("09-01") == ("09-01",)
    assert main_group("H01M10/0562") == "H01M10"
    assert subclass("H01M10/0562") == "H01M"
