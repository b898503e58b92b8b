"""Look-up by number: a line on the import page, shown only where the user switched it on."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ipdesk.base.i18n import tr
from ipdesk.ui import theme
from ipdesk.ui.intake.bringing import Bringing
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label


class LookUpLine(QWidget):
    """Numbers in, their families into the same preview."""

    def __init__(self, bringing: Bringing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bringing = bringing
        self.numbers = QLineEdit()
        self.numbers.setPlaceholderText("EP1000000, CN110311168A, PCT/CN2016/088042")
        self.numbers.setAccessibleName(tr("Numbers to look up"))
        self.numbers.setClearButtonEnabled(True)
        self.numbers.returnPressed.connect(self.ask)
        self.fetch = button(tr("Fetch families"), self.ask, icon="download-simple")
        self.fetch.setToolTip(tr("Sends these numbers to ops.epo.org, with your key"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(label(tr("Or by number, from the EPO"), "muted"))
        row.addWidget(self.numbers, 1)
        row.addWidget(self.fetch)

    def ask(self) -> None:
        """Fetch what the line names."""
        text = self.numbers.text().strip()
        if text:
            self._bringing.look_up(text)
