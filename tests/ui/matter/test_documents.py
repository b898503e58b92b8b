"""Documents of a matter in the window: filed, saved, removed, or gone."""

from functools import partial
from pathlib import Path

from ipdesk.ui.desk import Desk
from ipdesk.ui.matter.detail import MatterDetail
from ipdesk.ui.work import Worker
from tests.ui.conftest import Settle


def test_a_document_is_filed_saved_and_removed(
    desk: Desk, detail: MatterDetail, worker: Worker, settle: Settle, matter: int, tmp_path: Path
) -> None:
    notice = tmp_path / "通知书.pdf"
    notice.write_bytes(b"%PDF-1.4 a notice")
    detail.tabs.setCurrentIndex(4)
    detail.files.file(notice)
    settle()
    [row] = detail.files.table.rows_model.rows
    assert row.name == "通知书.pdf"
    copy = tmp_path / "copy.pdf"
    detail.files._copies.write(row, copy, partial(str))
    settle()
    assert copy.read_bytes() == notice.read_bytes()
    detail.files.table.selectRow(0)
    detail.files.remove()
    settle()
    assert detail.files.table.rows_model.rows == ()


def test_a_file_that_is_gone_is_said_in_a_sentence(
    desk: Desk, detail: MatterDetail, settle: Settle, tmp_path: Path
) -> None:
    said: list[str] = []
    desk.said.connect(lambda text, _kind, _action: said.append(str(text)))
    detail.tabs.setCurrentIndex(4)
    detail.files.file(tmp_path / "gone.pdf")
    settle()
    assert len(said) == 1
    assert said[0].startswith("gone.pdf cannot be read")
