"""A claim chart: features F1…Fn against a product, each same, equivalent, absent or unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ipdesk.base.i18n import tr
from ipdesk.core.watch.claims import features_of
from ipdesk.core.watch.edits_triage import save_chart
from ipdesk.core.watch.grades import suggested_likelihood
from ipdesk.core.watch.model import FeatureFields
from ipdesk.core.watch.rows import ChartRow, HitDetail
from ipdesk.core.watch.words import (
    DISCLAIMER,
    FEATURE_LABELS,
    LEVEL_LABELS,
    Feature,
)
from ipdesk.core.watch.words import (
    label as word,
)
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk
from ipdesk.ui.watch.acts import run_act
from ipdesk.ui.watch.editors import choice_or_words
from ipdesk.ui.widgets.buttons import button
from ipdesk.ui.widgets.labels import label

_TEXT, _FINDING, _NOTE = range(3)


class ClaimChartForm(QDialog):
    """A table to type in; Tab goes from cell to cell."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        detail: HitDetail,
        chart: ChartRow | None,
        products: Sequence[tuple[int, str]],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Claim chart"))
        self.resize(theme.px(860), theme.px(560))
        self._desk, self._detail, self._chart = desk, detail, chart
        self._products = {name: number for number, name in products}
        self._add_fields([name for _number, name in products])
        self.table = QTableWidget(0, 3)
        self._dress()
        self.conclusion = QPlainTextEdit(chart.conclusion if chart else "")
        self.conclusion.setTabChangesFocus(True)
        self.conclusion.setFixedHeight(theme.px(56))
        self.conclusion.setAccessibleName(tr("Conclusion"))
        self._hint = label("", "muted", wrap=True)
        self._wrong = label("", "problem", wrap=True)
        self._wrong.hide()
        self._lay_out()
        self._fill()

    # ------------------------------------------------------------------ building

    def _add_fields(self, products: Sequence[str]) -> None:
        chart, detail = self._chart, self._detail
        numbers = [m.number for m in detail.members]
        member = chart.member if chart else next(iter(numbers), "")
        known = chart.product if chart else next(iter(products), "")
        self.product: Any = choice_or_words(products).make(known)
        self.member: Any = choice_or_words(numbers).make(member)
        self.claim = QLineEdit(chart.claim if chart else tr("Claim 1"))
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.px(16))
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for caption, widget in (
            (tr("Product"), self.product),
            (tr("Publication"), self.member),
            (tr("Claim"), self.claim),
        ):
            widget.setAccessibleName(caption)
            self._form.addRow(label(caption, "muted"), widget)

    def _dress(self) -> None:
        table = self.table
        table.setAccessibleName(tr("Features"))
        table.setHorizontalHeaderLabels([tr("Feature of the claim"), tr("Product"), tr("Note")])
        table.verticalHeader().setDefaultSectionSize(theme.px(36))
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(_FINDING, theme.px(150))
        head.resizeSection(_NOTE, theme.px(240))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(theme.px(8))
        column.addWidget(label(tr("Claim chart"), "title"))
        column.addWidget(label(self._detail.row.shown_title, "muted", wrap=True))
        column.addLayout(self._form)
        column.addWidget(self.table, 1)
        line = QHBoxLayout()
        line.addWidget(button(tr("Add a feature"), self.add_feature))
        line.addWidget(button(tr("Remove the feature"), self.remove_feature))
        line.addWidget(button(tr("Features from the claim"), self.take_apart))
        line.addWidget(self._hint, 1)
        column.addLayout(line)
        column.addWidget(label(tr("Conclusion"), "muted"))
        column.addWidget(self.conclusion)
        column.addWidget(self._wrong)
        row = QHBoxLayout()
        row.addWidget(label(DISCLAIMER, "caption"))
        row.addStretch(1)
        row.addWidget(button(tr("Cancel"), self.reject))
        self.keep = button(tr("Save the chart"), self.finish, role="main")
        row.addWidget(self.keep)
        column.addLayout(row)

    def _fill(self) -> None:
        if self._chart is not None:
            for feature in self._chart.features:
                self.add_feature(feature.text, feature.finding, feature.note)
        else:
            self.take_apart()
        if not self.table.rowCount():
            self.add_feature()
        self._suggest()

    # ------------------------------------------------------------------ features

    def add_feature(
        self, text: str = "", finding: str = Feature.UNKNOWN.value, note: str = ""
    ) -> None:
        """One more line."""
        place = self.table.rowCount()
        self.table.insertRow(place)
        self.table.setVerticalHeaderItem(place, QTableWidgetItem(f"F{place + 1}"))
        self.table.setItem(place, _TEXT, QTableWidgetItem(text))
        self.table.setItem(place, _NOTE, QTableWidgetItem(note))
        choice = QComboBox()
        choice.setAccessibleName(tr("Finding"))
        for value, words in FEATURE_LABELS.items():
            choice.addItem(str(words), value)
        choice.setCurrentIndex(choice.findData(finding))
        choice.currentIndexChanged.connect(self._suggest)
        self.table.setCellWidget(place, _FINDING, choice)

    def remove_feature(self) -> None:
        """The line in focus, else the last one."""
        place = self.table.currentRow()
        last = self.table.rowCount() - 1
        if last >= 0:
            self.table.removeRow(place if place >= 0 else last)
            for number in range(self.table.rowCount()):
                self.table.setVerticalHeaderItem(number, QTableWidgetItem(f"F{number + 1}"))
            self._suggest()

    def take_apart(self) -> None:
        """Propose features from the words of the claim, where the list brought them."""
        wanted = self.member.currentText()
        members = sorted(self._detail.members, key=lambda m: m.number != wanted)
        text = next((m.claims_text for m in members if m.claims_text), "")
        known = {f.text for f in self._features()}
        for feature in features_of(text):
            if feature not in known:
                self.add_feature(feature)
        if not text:
            self._hint.setText(tr("The list brought no words of the claims: type the features."))

    def _suggest(self, _changed: object = None) -> None:
        level = suggested_likelihood([f.finding for f in self._features()])
        if level:
            words = tr("This suggests a likelihood: {level}", level=word(LEVEL_LABELS, level))
            self._hint.setText(words)

    def _features(self) -> list[FeatureFields]:
        found = []
        for place in range(self.table.rowCount()):
            text, note = self.table.item(place, _TEXT), self.table.item(place, _NOTE)
            choice = self.table.cellWidget(place, _FINDING)
            words = text.text().strip() if text else ""
            if words and isinstance(choice, QComboBox):
                finding = choice.currentData()
                found.append(FeatureFields(words, finding, note.text() if note else ""))
        return found

    # ------------------------------------------------------------------ saving

    def finish(self) -> None:
        """Save, or say what is missing."""
        features = self._features()
        product = self.product.currentText().strip()
        if not features or not product:
            self._wrong.setText(tr("A chart needs a product and at least one feature."))
            self._wrong.show()
            return
        family, today = self._detail.row.id, self._desk.today()
        more: dict[str, Any] = {
            "chart": self._chart.id if self._chart else None,
            "product_id": self._products.get(product),
            "product": product,
            "member": self.member.currentText().strip(),
            "claim": self.claim.text().strip(),
            "conclusion": self.conclusion.toPlainText(),
        }
        run_act(
            self._desk,
            lambda d: save_chart(d, family, features, today, **more),
            tr("Claim chart saved."),
        )
        self.accept()
