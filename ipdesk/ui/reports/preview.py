"""The preview of a report: its pages, which one is in sight, how large; or why there are none."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.reports.pdf import Size
from ipdesk.ui.reports.view import FIT, PaperView
from ipdesk.ui.widgets.buttons import action, button, icon_button
from ipdesk.ui.widgets.labels import card, hairline, label
from ipdesk.ui.widgets.progress import ProgressStrip
from ipdesk.ui.widgets.states import Loading, Notice, failed


class Preview(QWidget):
    """A bar of small buttons above the pages."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PaperView(desk)
        self.progress = ProgressStrip()
        self._where = label("", "muted")
        self._size = label("", "muted")
        self._notice: QWidget | None = None
        self._loading = Loading()
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(hairline())
        pages = QWidget()
        self._stack = QStackedLayout(pages)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._loading)
        self._stack.addWidget(self.view)
        column.addWidget(pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(8))
        whole.addWidget(frame, 1)
        self.view.page_seen.connect(lambda _page: self._show_where())
        self.view.zoomed.connect(lambda _percent: self._show_where())

    def _bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        row.setSpacing(theme.px(4))
        view = self.view
        back = icon_button("caret-up", tr("Page before"), lambda: view.go_to(view.page - 1))
        on = icon_button("caret-down", tr("Next page"), lambda: view.go_to(view.page + 1))
        smaller = icon_button("magnifying-glass-minus", tr("Smaller"), lambda: view.step_zoom(-1))
        larger = icon_button("magnifying-glass-plus", tr("Larger"), lambda: view.step_zoom(1))
        fit = icon_button(
            "arrows-out-line-horizontal", tr("Fit the width"), lambda: view.set_zoom(FIT)
        )
        self._tools = (back, on, smaller, larger, fit)
        for widget in (back, on, self._where):
            row.addWidget(widget)
        row.addSpacing(theme.px(12))
        row.addWidget(self.progress, 1)
        row.addStretch(0)
        for widget in (smaller, self._size, larger, fit):
            row.addWidget(widget)
        action(self, tr("Larger"), lambda: view.step_zoom(1), shortcut="Ctrl++")
        action(self, tr("Smaller"), lambda: view.step_zoom(-1), shortcut="Ctrl+-")
        bar.setMinimumHeight(theme.px(40))
        return bar

    # ------------------------------------------------------------------ showing

    def show_pages(self, content: bytes, sizes: tuple[Size, ...]) -> None:
        """Pages that are ready."""
        self.view.put(content, sizes)
        self._stack.setCurrentWidget(self.view)
        self._show_where()

    def show_failure(self, error: Exception, again: object = None) -> None:
        """Why nothing can be shown, and a way to try again."""
        words = str(error) if isinstance(error, IpdeskError) else tr("Details are in the log.")
        retry = button(tr("Try again"), again) if callable(again) else None
        self._show_notice(failed(words, retry))

    def show_asking(self, words: str) -> None:
        """What has to be chosen before there is anything to show."""
        self._show_notice(Notice("file-text", tr("One thing is still missing"), words))

    def _show_notice(self, notice: Notice) -> None:
        if self._notice is not None:
            self._stack.removeWidget(self._notice)
            self._notice.deleteLater()
        self._notice = notice
        self._stack.addWidget(notice)
        self._stack.setCurrentWidget(notice)
        self.view.put(b"", ())
        self._show_where()

    def _show_where(self) -> None:
        view, there = self.view, self.view.pages > 0
        for tool in self._tools:
            tool.setEnabled(there)
        self._where.setText(tr("{page} of {pages}", page=view.page + 1, pages=view.pages))
        self._size.setText(f"{view.percent()} %")
        self._where.setVisible(there)
        self._size.setVisible(there)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), theme.px(640))
