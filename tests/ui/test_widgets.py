"""Pieces of pages: fields, charts, chips, drops, lines, days."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipdesk.charts.palette import Palette, Tone
from ipdesk.charts.style import Figure, Size, empty
from ipdesk.ui.desk import Desk
from ipdesk.ui.widgets.chart import Chart
from ipdesk.ui.widgets.dates import read_day
from ipdesk.ui.widgets.drop import DropArea
from ipdesk.ui.widgets.labels import Shortened, chip, label
from ipdesk.ui.widgets.lines import Line, Lines
from ipdesk.ui.widgets.progress import ProgressStrip
from ipdesk.ui.widgets.scroll import Column, emptied
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.tile import Tile
from ipdesk.ui.work import Task


@pytest.mark.parametrize(
    "text", ["2024-03-05", "2024-3-5", "2024/03/05", "2024.3.5", "20240305", "2024年3月5日"]
)
def test_a_day_is_read_in_every_sure_form(text: str) -> None:
    assert read_day(text) == date(2024, 3, 5)


@pytest.mark.parametrize("text", ["05/03/2024", "2024-02-30", "tomorrow", "24-3-5"])
def test_a_day_nobody_can_be_sure_of_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        read_day(text)


def test_no_day_is_no_day() -> None:
    assert read_day("  ") is None


def test_a_chart_is_drawn_off_the_gui_thread_and_again_when_it_grows(
    desk: Desk, qtbot: QtBot
) -> None:
    sizes: list[Size] = []

    def draw(palette: Palette, size: Size) -> Figure:
        sizes.append(size)
        return empty(palette, size, "Nothing to draw")

    chart = Chart(desk, "Filings")
    qtbot.addWidget(chart)
    chart.resize(400, 300)
    chart.show()
    chart.put(draw)
    qtbot.waitUntil(lambda: chart.drawn)
    chart.resize(600, 300)
    qtbot.waitUntil(lambda: len(sizes) >= 2 and sizes[-1][0] > sizes[0][0])
    assert chart.accessibleName() == "Filings"


def test_a_tile_shows_its_tone_only_when_there_is_something(qtbot: QtBot) -> None:
    gone: list[int] = []
    tile = Tile("Overdue", lambda: gone.append(1), Tone.OVERDUE)
    qtbot.addWidget(tile)
    tile.put(0)
    assert tile._number.property("ink") == "plain"
    tile.put(1234)
    assert tile.number == "1,234"
    assert tile._sign.text() == "▲"
    tile.click()
    assert gone == [1]


def test_a_chip_has_a_sign_beside_its_colour(qtbot: QtBot) -> None:
    made = chip(Tone.SOON, "Submitted")
    qtbot.addWidget(made)
    assert made.text() == "● Submitted"
    assert made.accessibleName() == "Submitted"


def test_wrapped_words_take_and_give_back_their_height(qtbot: QtBot) -> None:
    made = label("A sentence that needs several lines when there is little room for it.", wrap=True)
    qtbot.addWidget(made)
    made.resize(80, 20)
    made.show()
    narrow = made.minimumHeight()
    made.resize(600, 20)
    assert made.minimumHeight() < narrow / 2


def test_a_long_line_is_shortened_and_whole_in_its_tooltip(qtbot: QtBot) -> None:
    made = Shortened("A very long title of a matter that cannot fit")
    qtbot.addWidget(made)
    made.resize(80, 20)
    made.show()
    assert made.text().endswith("…")
    assert made.toolTip() == made.whole


def test_a_line_is_opened_once_by_a_click_and_once_by_enter(qtbot: QtBot) -> None:
    lines = Lines("Deadlines")
    qtbot.addWidget(lines)
    lines.put([Line(1, "One", "2026-01-01"), Line(2, "Two", "2026-02-01", quiet=True)])
    lines.resize(300, 200)
    lines.show()
    opened: list[int] = []
    lines.opened.connect(opened.append)
    where = lines.visualRect(lines.model().index(1, 0)).center()
    qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened == [2]
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    assert opened == [2, 2]
    assert lines.model().index(0, 0).data() == "2026-01-01 · One"


def test_segments_tell_what_was_clicked_and_show_counts(qtbot: QtBot) -> None:
    made = Segments([("a", "Overdue"), ("b", "This week")], {"a": Tone.OVERDUE})
    qtbot.addWidget(made)
    told: list[str] = []
    made.chosen.connect(told.append)
    made.count({"a": 3})
    assert made.words("a") == "▲ Overdue  3"
    assert made.words("b") == "This week"
    made._buttons["b"].click()
    assert told == ["b"]


def test_progress_can_be_stopped(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    task = Task(1, lambda _ticket, _fraction, _said: None)
    strip.begin(task, "Reading…")
    assert strip.running
    strip.advance(0.5, "Half")
    strip._stop.click()
    assert task.cancelled
    strip.end()
    assert not strip.running


def test_a_file_can_be_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    area = DropArea("Drop a list here", "xlsx, csv", "Choose a file…", "Lists (*.csv)")
    qtbot.addWidget(area)
    found: list[Path] = []
    area.chosen.connect(found.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "list.csv"))])
    area.dropEvent(
        QDropEvent(
            QPointF(QPoint(5, 5)),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert found == [tmp_path / "list.csv"]


def test_keys_stay_where_a_focused_button_goes(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    row = QVBoxLayout(whole)
    first, column = QPushButton("first in the window"), Column()
    row.addWidget(first)
    row.addWidget(column)
    doing = QPushButton("goes")
    column.box.addWidget(doing)
    whole.show()
    doing.setFocus()
    assert whole.focusWidget() is doing
    emptied(column.box)
    assert whole.focusWidget() is column
    emptied(column.box)  # nothing in it: nothing changes
    assert whole.focusWidget() is column
