"""Documents are kept inside the database and come out as they went in."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from ipdesk.base.errors import IpdeskError
from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.portfolio.documents import attach, remove_document, save_document
from ipdesk.core.portfolio.model import MatterFields
from ipdesk.core.portfolio.queries import attachments_of
from ipdesk.core.portfolio.undo import undo_last
from ipdesk.store.database import Database
from ipdesk.store.schema.docket import content


@pytest.fixture
def matter_id(database: Database, docket: Docket) -> int:
    return create_matter(database, docket, MatterFields(right="design", office="CN"))[0]


def test_a_document_comes_out_as_it_went_in(
    database: Database, matter_id: int, tmp_path: Path
) -> None:
    notice = tmp_path / "授权通知书.pdf"
    notice.write_bytes(b"%PDF-1.7 notice")
    attach(database, matter_id, notice)
    attach(database, matter_id, notice)
    with database.read() as connection:
        filed = attachments_of(connection, matter_id)
        save_document(connection, filed[0].id, tmp_path / "copy.pdf")
        stored = connection.execute(select(func.count()).select_from(content)).scalar()
    assert [(a.name, a.media_type, a.size) for a in filed] == [
        ("授权通知书.pdf", "application/pdf", 15)
    ] * 2
    assert (tmp_path / "copy.pdf").read_bytes() == notice.read_bytes()
    assert stored == 1


def test_a_removed_document_comes_back_with_undo(
    database: Database, matter_id: int, tmp_path: Path
) -> None:
    notice = tmp_path / "a.txt"
    notice.write_text("x")
    attach(database, matter_id, notice)
    with database.read() as connection:
        one = attachments_of(connection, matter_id)[0].id
    remove_document(database, one)
    with pytest.raises(IpdeskError, match="gone"):
        remove_document(database, one)
    undo_last(database)
    with database.read() as connection:
        save_document(connection, one, tmp_path / "b.txt")
    assert (tmp_path / "b.txt").read_text() == "x"


def test_a_file_that_is_not_there_is_a_sentence(database: Database, matter_id: int) -> None:
    with pytest.raises(IpdeskError, match="cannot be read"):
        attach(database, matter_id, Path("nowhere.pdf"))
