"""Settings: language and look, who works here, lead times, the file and its backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLineEdit,
    QVBoxLayout,
)

from ipdesk.base.change import Topic
from ipdesk.base.errors import StoreError
from ipdesk.base.i18n import language, say, tr
from ipdesk.base.settings import config_folder
from ipdesk.store.database import integrity
from ipdesk.store.migrate import backup
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.menus import LANGUAGE_NAMES, TEXT_SIZES
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import Page
from ipdesk.ui.theme import Density, Mode
from ipdesk.ui.widgets.buttons import action, button
from ipdesk.ui.widgets.labels import card, label, selectable
from ipdesk.ui.widgets.scroll import Column

Options = Sequence[tuple[str, str]]


class SettingsPage(Page):
    """Everything takes effect at once; there is no button to save."""

    topics = frozenset({Topic.SETTINGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "settings", tr("Settings"))
        self._sections: dict[str, QFrame] = {}
        self._column = Column(gap=theme.px(12))
        self.body.addWidget(self._column, 1)
        self._add_look()
        self._add_people()
        self._add_files()
        self._column.box.addStretch(1)
        self.backup_action = action(
            self, tr("Back up now…"), self.back_up, icon="floppy-disk", tip=tr("Copy the file")
        )

    def visit(self, place: Place) -> None:
        found = self._sections.get(str(place.argument))
        if found is not None:
            self._column.ensureWidgetVisible(found)

    def reload(self) -> None:
        database = self.desk.worker.opened_database
        path = database.path if database else None
        self._file.setText(str(path or (database.url if database else "–")))
        last = self.desk.settings.values.last_backup
        self._last.setText(last.replace("T", " ")[:16] if last else tr("No backup yet"))

    # ------------------------------------------------------------------ sections

    def _section(self, name: str, title: str, text: str = "") -> QFormLayout:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(title, "section"))
        if text:
            column.addWidget(label(text, "muted", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(16))
        form.setVerticalSpacing(theme.px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        column.addLayout(form)
        self._column.box.addWidget(frame)
        self._sections[name] = frame
        return form

    def _add_look(self) -> None:
        values = self.desk.settings.values
        look = theme.look()
        form = self._section("look", tr("Language and look"))
        self._choice(form, tr("Language"), LANGUAGE_NAMES, language(), self._does("set_language"))
        modes = (
            (Mode.SYSTEM.value, tr("As the system")),
            (Mode.LIGHT.value, tr("Light")),
            (Mode.DARK.value, tr("Dark")),
        )
        self._choice(form, tr("Theme"), modes, values.theme, self._does("set_theme"))
        densities = (
            (Density.NORMAL.value, tr("Normal rows")),
            (Density.COMPACT.value, tr("Compact rows")),
        )
        chosen = look.density.value
        self._choice(form, tr("Density"), densities, chosen, self._does("set_density"))
        sizes = [(str(size), f"{size} %") for size in TEXT_SIZES]
        grow = self._does("set_text_size")
        self._choice(form, tr("Text size"), sizes, str(look.percent), lambda v: grow(int(v)))
        reports = (("", tr("As the window")), *LANGUAGE_NAMES)
        keep = partial(self._keep, "report_language")
        self._choice(form, tr("Language of reports"), reports, values.report_language, keep)

    def _add_people(self) -> None:
        values = self.desk.settings.values
        form = self._section(
            "people",
            tr("Company and user"),
            tr("The company stands on reports; your name stands beside what you change."),
        )
        self._line(form, tr("Company"), values.company, "company")
        self._line(form, tr("Your name"), values.user, "user")

    def _add_files(self) -> None:
        form = self._section(
            "backups",
            tr("File and backups"),
            tr("The whole portfolio is one file. A backup is a complete copy of it."),
        )
        self._file = selectable("–")
        self._file.setMinimumWidth(theme.px(400))
        self._last = label("–")
        form.addRow(label(tr("File"), "muted"), self._file)
        form.addRow(label(tr("Last backup"), "muted"), self._last)
        form.addRow("", button(tr("Back up now…"), self.back_up, icon="floppy-disk"))
        form = self._section("checks", tr("Checks"))
        self._checked = label(tr("Tests the file for damage. It takes a moment on a large one."))
        self._checked.setWordWrap(True)
        self._checked.setMinimumWidth(theme.px(400))
        form.addRow(self._checked)
        form.addRow(button(tr("Check the file"), self.check, icon="shield-check"))
        form.addRow(label(tr("Settings are kept in"), "muted"), selectable(config_folder()))

    # ------------------------------------------------------------------ fields

    def _choice(
        self,
        form: QFormLayout,
        caption: str,
        options: Options,
        value: str,
        run: Callable[[str], object],
    ) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(caption)
        made.setMinimumWidth(theme.px(220))
        for one, words in options:
            made.addItem(words, one)
        made.setCurrentIndex(max(0, made.findData(value)))
        made.activated.connect(lambda _row: run(str(made.currentData())))
        form.addRow(label(caption, "muted"), made)
        return made

    def _line(self, form: QFormLayout, caption: str, value: str, name: str) -> QLineEdit:
        made = QLineEdit(value)
        made.setAccessibleName(caption)
        made.setMinimumWidth(theme.px(320))
        made.editingFinished.connect(lambda: self._keep(name, made.text().strip()))
        form.addRow(label(caption, "muted"), made)
        return made

    def _keep(self, name: str, value: str) -> None:
        if getattr(self.desk.settings.values, name) != value:
            self.desk.settings.change(**{name: value})

    def _does(self, name: str) -> Callable[..., object]:
        """The window dresses itself; the page only asks, when its own click is over."""
        return lambda value: QTimer.singleShot(0, partial(self.desk.do, name, value))

    # ------------------------------------------------------------------ backup and checks

    def back_up(self) -> None:
        """Copy the open file to a place of the user's choice."""
        database = self.desk.worker.opened_database
        if database is None or database.path is None:
            self.desk.say(tr("Only a portfolio in a file can be copied here."), Kind.PROBLEM)
            return
        day = self.desk.today().isoformat()
        suggested = database.path.with_name(f"{database.path.stem}-{day}.ipdesk")
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("Back up to"), str(suggested), tr("IPDesk portfolio") + " (*.ipdesk)"
        )
        if name:
            work = partial(_copied, database.path, Path(name))
            self.desk.worker.job(lambda _task: work(), self._say_backed_up, self.failed)

    def _say_backed_up(self, copy: Path) -> None:
        self.desk.settings.change(last_backup=datetime.now().isoformat(timespec="seconds"))
        self.desk.say(tr("Backup written: {file}", file=copy.name), Kind.DONE)
        self.desk.do("show_backup", self.desk.settings.values.last_backup[:10])
        self.reload()

    def check(self) -> None:
        """Ask the store whether the file is whole."""
        self._checked.setText(tr("Checking…"))
        self.ask(integrity, self._show_checked, key="check")

    def _show_checked(self, broken: list[str]) -> None:
        self.desk.do("show_checks", len(broken))
        if broken:
            text = tr("The file is damaged: {what}. Restore a backup.", what="; ".join(broken[:3]))
            self._checked.setText("▲ " + text)
        else:
            self._checked.setText("✓ " + tr("The file is whole."))


def _copied(path: Path, copy: Path) -> Path:
    if copy.resolve() == path.resolve():
        raise StoreError(say("Choose another name: this is the open file itself."))
    backup(path, copy)
    return copy
