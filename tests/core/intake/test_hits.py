"""Hits come through the import door; what is empty and what is broken are told apart."""

from datetime import date
from pathlib import Path

import pytest

from ipdesk.base.errors import Refused
from ipdesk.core.intake.hit_runs import known_database, run_file
from ipdesk.core.intake.hits import read_hits
from ipdesk.core.watch.queries import runs_of
from ipdesk.store.database import Database
from tests.core.watch.samples import DAY, watch_of

HEADER = (
    "Publication number,Title,Application number,Priority number(s),Applicant(s),Legal status,"
    "Patents cited in the search report,Claims\n"
)
ROWS = (
    "US8920865 (B2); US2013337145 (A1),Pizza oven,US201213493459A,US201213493459A 20120611,"
    "ACME [US],granted,EP1000000 (A1); US7000001 (B2),12\n"
    "CN201610895413.X,一种烤炉,CN201610895413.X,,深圳大学,,,\n"
)


def written(folder: Path, text: str, name: str = "hits.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_publication_of_a_line_is_a_hit(tmp_path: Path) -> None:
    found = read_hits(written(tmp_path, HEADER + ROWS))
    assert (found.records, found.refused) == (2, 0)
    first, second, third = found.drafts
    assert {first.kind_code, second.kind_code} == {"B2", "A1"}
    assert first.relatives == (second.key,)
    assert first.citations == ("EP.P.1000000", "US.P.7000001")
    assert first.claims == 12
    assert first.status == "granted"
    assert first.office == "US"
    assert third.key.startswith("CN.")
    assert third.title == "一种烤炉"


def test_a_header_alone_is_a_search_that_found_nothing(tmp_path: Path) -> None:
    found = read_hits(written(tmp_path, HEADER))
    assert (found.records, found.drafts) == (0, ())
    assert len(found.sha256) == 64


@pytest.mark.parametrize("text", ["", "hello\nworld\n", "\x00\x01\x02"])
def test_what_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused):
        read_hits(written(tmp_path, text))


def test_a_file_becomes_a_run_and_a_broken_one_a_failed_run(
    tmp_path: Path, database: Database
) -> None:
    watch_id = watch_of(database)
    good = run_file(database, watch_id, written(tmp_path, HEADER + ROWS), DAY, source="The Lens")
    assert (good.done.hits, good.done.families, good.done.new) == (2, 2, 2)
    again = run_file(database, watch_id, written(tmp_path, HEADER + ROWS), date(2026, 4, 5))
    assert (again.done.new, again.done.changed, again.done.known) == (0, 0, 2)
    empty = run_file(database, watch_id, written(tmp_path, HEADER, "none.csv"), date(2026, 7, 5))
    assert (empty.done.hits, empty.done.failed, empty.done.gone) == (0, False, 2)
    broken = run_file(database, watch_id, written(tmp_path, "x", "x.xls"), date(2026, 10, 5))
    assert broken.done.failed
    with database.read() as connection:
        runs = runs_of(connection, watch_id)
    assert [r.failed for r in runs] == [True, False, False, False]
    assert runs[0].reason is not None
    assert len({r.sha256 for r in runs}) == 3
    assert runs[-1].database == "The Lens"


def test_a_file_that_is_not_there_is_no_run(tmp_path: Path, database: Database) -> None:
    watch_id = watch_of(database)
    with pytest.raises(Refused, match="no file"):
        run_file(database, watch_id, tmp_path / "none.csv", DAY)
    with database.read() as connection:
        assert runs_of(connection, watch_id) == ()


@pytest.mark.parametrize(
    ("written_as", "name"),
    [("Lens", "lens"), ("Google Patents", "google"), ("智慧芽", "智慧芽"), ("", ""), ("X", "X")],
)
def test_databases_are_known_by_name(written_as: str, name: str) -> None:
    assert known_database(written_as) == name
