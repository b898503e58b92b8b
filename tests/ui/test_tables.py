"""Tables of any length: paging, sorting, filtering, selection, copying, remembering."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipdesk.store.paging import ListQuery
from ipdesk.ui.desk import Desk
from ipdesk.ui.tables.export import write_list
from ipdesk.ui.tables.fitting import fitted
from ipdesk.ui.tables.listing import Listing
from ipdesk.ui.tables.model import PagedModel, runs
from ipdesk.ui.tables.paint import CellPainter
from ipdesk.ui.tables.sheet import _named
from ipdesk.ui.tables.small import RowsModel
from ipdesk.ui.widgets.states import Notice
from tests.ui.conftest import Settle
from tests.ui.tables_data import NumberSource

DISPLAY = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def listing(desk: Desk, qtbot: QtBot) -> Callable[[int], Listing]:
    def make(many: int) -> Listing:
        made = Listing(desk, NumberSource(many), lambda: Notice("stack", "Empty"), sort="number")
        qtbot.addWidget(made)
        made.resize(900, 500)
        made.show()
        return made

    return make


def names(made: Listing) -> list[str]:
    model = made.model
    return [model.index(row, 0).data() for row in range(min(5, len(model)))]


def test_the_model_keeps_qts_contract(desk: Desk, settle: Settle) -> None:
    model = PagedModel(desk.worker, NumberSource(1000))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.ask(ListQuery(sort="number"))
    settle()
    model.ask(ListQuery(search="99"))
    settle()
    for row in range(len(model)):
        assert model.index(row, 0).data() is not None
    assert model.rowCount(model.index(0, 0)) == 0
    assert tester.model() is model


def test_the_short_models_keep_qts_contract(desk: Desk) -> None:
    model = RowsModel(NumberSource(3).columns())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with desk.worker.database().read() as connection:
        model.put(NumberSource(3).rows(connection, [1, 2, 3]))
    assert model.index(1, 0).data() == "even 2"
    model.put(())
    assert model.rowCount() == 0
    assert tester.model() is model


def test_rows_are_read_by_page_and_shown_when_they_come(desk: Desk, settle: Settle) -> None:
    source = NumberSource(10_000)
    model = PagedModel(desk.worker, source)
    model.ask(ListQuery(sort="number"))
    settle()
    assert len(model) == 10_000
    assert model.index(0, 0).data() == "odd 1"
    far = model.index(9_000, 0)
    assert far.data() == "…"
    settle()
    assert far.data() == "odd 9001"
    assert source.pages <= 3


def test_pages_that_were_seen_long_ago_are_forgotten(desk: Desk, settle: Settle) -> None:
    model = PagedModel(desk.worker, NumberSource(20_000))
    model.ask(ListQuery(sort="number"))
    settle()
    for row in range(0, 20_000, 128):
        model.index(row, 0).data()
    settle()
    assert model.row_at(0) is None
    settle()
    assert model.row_at(0) is not None


def test_sorting_and_filtering_are_questions_to_the_database(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(1000)
    made.reload()
    settle()
    assert names(made)[0] == "odd 1"
    made.table.horizontalHeader().sectionClicked.emit(1)
    settle()
    assert names(made)[0] == "even 1000"
    made.filters.changed.emit((("parity", ("odd",)),))
    settle()
    assert names(made)[0] == "odd 999"
    assert len(made.model) == 500
    made.clear()
    settle()
    assert len(made.model) == 1000


def test_typing_searches_after_a_pause(
    listing: Callable[[int], Listing], settle: Settle, qtbot: QtBot
) -> None:
    made = listing(1000)
    qtbot.addWidget(made.search)
    made.reload()
    settle()
    qtbot.keyClicks(made.search, "77")
    assert len(made.model) == 1000
    qtbot.waitUntil(lambda: len(made.model) == 19)


def test_the_down_key_leads_from_the_search_to_a_selected_row(
    listing: Callable[[int], Listing], settle: Settle, qtbot: QtBot
) -> None:
    made = listing(1000)
    qtbot.addWidget(made.search)
    made.reload()
    settle()
    qtbot.keyClick(made.search, Qt.Key.Key_Down)
    assert len(made.table.selected_ids()) == 1
    qtbot.keyClick(made.table, Qt.Key.Key_Down)
    kept = made.table.selected_ids()
    qtbot.keyClick(made.search, Qt.Key.Key_Down)
    assert made.table.selected_ids() == kept  # what was selected stays


def test_an_empty_list_says_what_to_do_and_a_narrow_one_offers_to_clear(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(50)
    made.ask(ListQuery(search="no such"))
    settle()
    notice = made._stack.currentWidget()
    assert isinstance(notice, Notice)
    assert notice.accessibleName() == "Nothing fits"
    made.clear()
    settle()
    assert made._stack.currentWidget() is made.table


def test_the_selection_survives_a_refresh_that_moves_the_row(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(500)
    made.reload()
    settle()
    made.table.pick(300)
    source = made.model.source
    assert isinstance(source, NumberSource)
    source.gone = set(range(1, 50))
    made.reload()
    settle()
    assert made.table.current_id() == 300
    assert made.table.selected_ids() == [300]
    source.gone.add(300)
    picked: list[object] = []
    made.picked.connect(picked.append)
    made.reload()
    settle()
    assert picked == [None]


def test_a_list_of_work_goes_on_to_the_next_row(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(500)
    made.table.onward = True
    made.reload()
    settle()
    made.table.pick(300)
    source = made.model.source
    assert isinstance(source, NumberSource)
    source.gone = {300}
    made.reload()
    settle()
    assert made.table.selected_ids() == [301]
    made.ask(ListQuery(search="499"))  # another question is no work done
    settle()
    made.clear()
    settle()
    source.gone = set(range(1, 501))
    made.reload()
    settle()
    assert made.table.selected_ids() == []


def test_a_list_scrolled_to_its_end_is_quickly_replaced_by_a_short_one(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(100_000)
    made.reload()
    settle()
    made.table.scrollToBottom()
    settle()
    started = perf_counter()
    made.ask(ListQuery(search="9999"))
    settle()
    assert perf_counter() - started < 3.0
    assert len(made.model) == 19 + 0 or len(made.model) > 0


def test_selecting_a_long_list_does_not_walk_over_its_rows(
    listing: Callable[[int], Listing], settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = listing(100_000)
    made.reload()
    settle()
    asked: list[int] = []
    count = PagedModel.rowCount

    def counting(model: PagedModel, *parent: QModelIndex) -> int:
        asked.append(1)
        return count(model, *parent)

    monkeypatch.setattr(PagedModel, "rowCount", counting)
    made.table.selectAll()
    made.table.repaint()
    made.table.horizontalHeader().repaint()
    QApplication.processEvents()
    assert len(asked) < 20_000


def test_selected_rows_go_to_the_clipboard_as_a_spreadsheet_takes_them(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(400)
    made.reload()
    settle()
    made.table.selectAll()
    made.table.copy()
    settle()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0] == "Name\tNumber\tDate\tState"
    assert lines[1] == "odd 1\t1\t2026-01-02\todd 1"
    assert len(lines) == 401


def test_columns_widths_and_sorting_are_remembered(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(20)
    made.reload()
    settle()
    head = made.table.horizontalHeader()
    head.resizeSection(0, 222)
    head.moveSection(head.visualIndex(2), 0)
    made.table.column_menu().actions()[4].setChecked(True)
    head.sectionClicked.emit(1)
    settle()
    again = listing(20)
    again.reload()
    settle()
    head = again.table.horizontalHeader()
    assert head.sectionSize(0) == 222
    assert head.logicalIndex(0) == 2
    assert not head.isSectionHidden(4)
    assert again.query.descending


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (400, [100, 200, 100]),
        (500, [100, 300, 100]),  # what is left goes to the words
        (2000, [100, 500, 100]),  # up to a line that still reads as one
        (350, [100, 150, 100]),  # the last column stands there whole
        (310, [100, 210, 100]),  # it cannot: the words take the rest of the room
        (200, [100, 100, 100]),  # words that are cut take what room there is
        (90, [100, 200, 100]),
    ],
)
def test_elastic_columns_follow_the_room(room: int, expected: list[int]) -> None:
    assert fitted([100, 200, 100], [0, 120, 0], room) == expected


def test_columns_follow_the_room_until_the_user_drags_one(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(20)
    made.reload()
    settle()
    head = made.table.horizontalHeader()
    made.resize(560, 500)
    before = head.sectionSize(0)
    made.resize(620, 500)
    assert head.sectionSize(0) > before
    head.resizeSection(0, 222)
    made.resize(900, 500)
    assert head.sectionSize(0) == 222


def test_a_shortened_cell_tells_its_words(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(5)
    made.reload()
    settle()
    painter = made.table.itemDelegate()
    assert isinstance(painter, CellPainter)
    assert painter.told_whole(30, made.model.index(0, 0))[0] == "odd 1"
    assert painter.told_whole(300, made.model.index(0, 0))[0] == ""


def test_the_last_column_cannot_be_hidden(
    listing: Callable[[int], Listing], settle: Settle
) -> None:
    made = listing(5)
    for choice in made.table.column_menu().actions()[:5]:
        choice.setChecked(False)
    head = made.table.horizontalHeader()
    assert head.hiddenSectionCount() == head.count() - 1


def test_neighbouring_rows_become_runs() -> None:
    assert runs([5, 1, 2, 3, 9]) == [(1, 3), (5, 5), (9, 9)]
    assert runs([]) == []


def test_enter_opens_the_row(
    listing: Callable[[int], Listing], settle: Settle, qtbot: QtBot
) -> None:
    made = listing(5)
    made.reload()
    settle()
    opened: list[int] = []
    made.opened.connect(opened.append)
    made.table.pick(3)
    qtbot.keyClick(made.table, Qt.Key.Key_Return)
    assert opened == [3]
    assert made.table.currentIndex() != QModelIndex()


@pytest.mark.parametrize("suffix", [".pdf", ".csv", ".xlsx"])
def test_a_list_is_written_as_its_name_says(
    listing: Callable[[int], Listing], settle: Settle, desk: Desk, tmp_path: Path, suffix: str
) -> None:
    made = listing(1200)
    made.ask(ListQuery(search="1", facets=(("parity", ("even",)),), sort="number", descending=True))
    settle()
    path = tmp_path / f"list{suffix}"
    shown = made.table.shown_columns()
    source = NumberSource(1200)
    write_list(desk, path, "Numbers", source, made.query, shown, made.progress)
    assert made.progress.running
    settle()
    assert not made.progress.running
    assert [p.name for p in tmp_path.glob("list*")] == [path.name]
    if suffix == ".csv":
        assert path.read_bytes().startswith(
            b"\xef\xbb\xbfName,Number,Date,State\r\neven 1200,1200,"
        )
    if suffix == ".pdf":
        text = " ".join(page.extract_text() for page in PdfReader(path).pages)
        for said in ("Search: 1", "Kind: Even", "Number, downwards", f"{len(made.model):,}"):
            assert said in text
        assert "even 1200" in text
        assert "even 10 " in text


def test_the_kind_chosen_in_the_dialog_counts_where_the_name_was_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "List.xlsx"
    assert _named(kept, "PDF (*.pdf)", "List.xlsx") == tmp_path / "List.pdf"
    assert _named(tmp_path / "v1.2", "CSV (*.csv)", "List.xlsx") == tmp_path / "v1.2.csv"
    assert _named(tmp_path / "a.pdf", "Excel (*.xlsx)", "List.xlsx") == tmp_path / "a.pdf"
    (tmp_path / "List.pdf").write_bytes(b"kept")
    assert _named(kept, "PDF (*.pdf)", "List.xlsx") == tmp_path / "List 2.pdf"
