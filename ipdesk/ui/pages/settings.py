"""Settings: language and look, who works here, lead times, the file and its backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
)

from ipdesk.base.change import Topic
from ipdesk.base.i18n import captioned, language, tr
from ipdesk.base.settings import config_folder
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket import company
from ipdesk.core.docket.lead_edits import set_leads
from ipdesk.core.docket.reckoning import Leads
from ipdesk.core.docket.selftest import SelfTest, self_test
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.watch.selfcheck import watch_part
from ipdesk.store.backups import Backup, make_backup, restore
from ipdesk.store.paging import ListQuery
from ipdesk.ui import theme
from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.docket.calendarfile import write_calendar
from ipdesk.ui.intake.lookupkeys import LookUpKeys
from ipdesk.ui.menus import LANGUAGE_NAMES, TEXT_SIZES
from ipdesk.ui.messages import Kind
from ipdesk.ui.page import Page
from ipdesk.ui.theme import Density, Mode
from ipdesk.ui.widgets.buttons import action, button, in_a_row
from ipdesk.ui.widgets.labels import card, label, selectable
from ipdesk.ui.widgets.scroll import Column, emptied

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
        self._add_leads()
        self._add_calendar()
        self._add_files()
        self._add_look_up()
        self._add_checks()
        self._column.box.addStretch(1)
        action(self, tr("Back up now"), self.back_up_beside, icon="floppy-disk")
        desk.worker.opened.connect(lambda _database: self.reload())

    def visit(self, place: Place) -> None:
        found = self._sections.get(str(place.argument))
        if found is not None:
            QTimer.singleShot(0, found, partial(self._column.bring_up, found))

    def reload(self) -> None:
        database = self.desk.worker.opened_database
        path = database.path if database else None
        self._file.setText(str(path or (database.url if database else "–")))
        last = self.desk.settings.values.last_backup
        self._last.setText(last.replace("T", " ")[:16] if last else tr("No backup yet"))
        if database is not None:
            today = self.desk.today()
            self.ask(lambda c: docket_for(c, today).leads, self._show_leads, key="leads")
            self.ask(company.needs_second_person, self.second.setChecked, key="second")
        self.check()

    # ------------------------------------------------------------------ sections

    def _section(self, name: str, title: str, text: str = "") -> QFormLayout:
        frame = card()
        frame.setMaximumWidth(theme.px(860))
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
        self.second = QCheckBox(tr("A second person checks what somebody entered"))
        self.second.clicked.connect(self._keep_second)
        form.addRow(self._caption(tr("Four eyes")), self.second)

    def _add_leads(self) -> None:
        form = self._section(
            "leads",
            tr("Lead times"),
            tr("Days before the official date; rules with lead times of their own keep them."),
        )
        self.leads = (QSpinBox(), QSpinBox())
        for made, words in zip(
            self.leads, (tr("Internal date, days"), tr("Date for the agent, days")), strict=True
        ):
            made.setRange(0, 365)
            made.setAccessibleName(words)
            form.addRow(self._caption(words), made)
        form.addRow(in_a_row(button(tr("Use these lead times"), self.keep_leads)))

    def _show_leads(self, found: Leads) -> None:
        for made, days in zip(self.leads, (found.internal, found.agent), strict=True):
            made.setValue(days)

    def keep_leads(self) -> None:
        """All deadlines are computed again with them."""
        internal, agent = (made.value() for made in self.leads)
        today = self.desk.today()
        self.desk.worker.edit(
            lambda database: set_leads(database, today, internal, agent),
            lambda _change: self.desk.say(tr("All deadlines were computed again."), Kind.DONE),
            self.failed,
        )

    def _keep_second(self, wanted: bool) -> None:
        """It stands in the portfolio, so it holds for everybody who opens it."""
        self.desk.worker.edit(
            lambda database: company.choose(database, company.SECOND_PERSON, wanted),
            lambda _change: None,
            self.failed,
        )

    def _add_calendar(self) -> None:
        form = self._section(
            "calendar",
            tr("Calendar file"),
            tr(
                "A file that calendar programs subscribe to; it is written anew after every change "
                "and stays on this machine."
            ),
        )
        self._calendar = selectable(self.desk.settings.values.calendar_file or "–")
        form.addRow(self._caption(tr("Kept in")), self._calendar)
        form.addRow(self._caption(""), in_a_row(
            button(tr("Keep a calendar file…"), self.keep_calendar, icon="calendar-plus"),
            button(tr("Keep none"), partial(self._keep_calendar, "")),
        ))  # fmt: skip

    def keep_calendar(self) -> None:
        """Ask for a place; from now on the file follows the deadlines."""
        kinds = tr("Calendar file") + " (*.ics)"
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("Keep a calendar file"), "ipdesk.ics", kinds
        )
        if name:
            self._keep_calendar(name)

    def _keep_calendar(self, name: str) -> None:
        self._keep("calendar_file", name)
        self._calendar.setText(name or "–")
        if name:
            desk = self.desk
            work = partial(write_calendar, desk.worker, desk.today(), Path(name), ListQuery())
            said = partial(desk.say, tr("The calendar file is kept up to date."), Kind.DONE)
            desk.worker.job(work, lambda _n: said(), self.failed)

    def _add_files(self) -> None:
        form = self._section(
            "backups",
            tr("File and backups"),
            tr("The whole portfolio is one file. A backup is a complete copy of it."),
        )
        self._file = selectable("–")
        self._file.setMinimumWidth(theme.px(480))
        self._last = label("–")
        form.addRow(self._caption(tr("File")), self._file)
        form.addRow(self._caption(tr("Last backup")), self._last)
        every = [("1", tr("Every day")), ("7", tr("Every week")), ("30", tr("Every month"))]
        every.append(("0", tr("Only by hand")))
        days = str(self.desk.settings.values.backup_every_days)
        self._choice(form, tr("Back up"), every, days, self._keep_days)
        form.addRow(self._caption(""), in_a_row(
            button(tr("Back up now"), self.back_up_beside, icon="floppy-disk"),
            button(tr("Back up to…"), self.back_up),
            button(tr("Restore a backup…"), self.restore),
        ))  # fmt: skip

    def _add_look_up(self) -> None:
        form = self._section(
            "lookup",
            tr("Look-up by number"),
            tr(
                "With your own key of the EPO's Open Patent Services, a family can be fetched by "
                "number into the preview of an import. Only the numbers you name are sent, to "
                "ops.epo.org, each call stands in a log; nothing else ever leaves this machine."
            ),
        )
        form.addRow(LookUpKeys(self.desk))

    def _add_checks(self) -> None:
        form = self._section(
            "checks",
            tr("Checks"),
            tr("File, tables, rules, calendars, search and the last backup are tested at start."),
        )
        self._parts = QVBoxLayout()
        self._parts.setSpacing(theme.px(4))
        form.addRow(self._parts)
        form.addRow(in_a_row(button(tr("Check again"), self.check, icon="shield-check")))
        form.addRow(self._caption(tr("Settings are kept in")), selectable(config_folder()))

    # ------------------------------------------------------------------ fields

    def _caption(self, words: str) -> QLabel:
        made = label(words, "muted", wrap=True)
        made.setFixedWidth(theme.px(150))
        return made

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
        form.addRow(self._caption(caption), made)
        return made

    def _line(self, form: QFormLayout, caption: str, value: str, name: str) -> QLineEdit:
        made = QLineEdit(value)
        made.setAccessibleName(caption)
        made.setMinimumWidth(theme.px(320))
        made.editingFinished.connect(lambda: self._keep(name, made.text().strip()))
        form.addRow(self._caption(caption), made)
        return made

    def _keep(self, name: str, value: str) -> None:
        if getattr(self.desk.settings.values, name) != value:
            self.desk.settings.change(**{name: value})

    def _does(self, name: str) -> Callable[..., object]:
        """The window dresses itself; the page only asks, when its own click is over."""
        return lambda value: QTimer.singleShot(0, partial(self.desk.do, name, value))

    def _keep_days(self, days: str) -> None:
        self.desk.settings.change(backup_every_days=int(days))

    # ------------------------------------------------------------------ backup

    def _path(self) -> Path | None:
        """The open file; says so when the portfolio is on a server."""
        database = self.desk.worker.opened_database
        path = database.path if database is not None else None
        if path is None:
            self.desk.say(tr("Only a portfolio in a file can be copied here."), Kind.PROBLEM)
        return path

    def back_up_beside(self) -> None:
        """Into the folder of backups beside the file; old ones are thinned."""
        path = self._path()
        if path is not None:
            self._run(lambda: make_backup(path))

    def back_up(self) -> None:
        """To a place of the user's choice."""
        path = self._path()
        if path is None:
            return
        suggested = path.with_name(f"{path.stem}-{self.desk.today().isoformat()}.ipdesk")
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("Back up to"), str(suggested), self._kinds()
        )
        if name and Path(name).resolve() == path.resolve():
            self.desk.say(tr("Choose another name: this is the open file itself."), Kind.PROBLEM)
        elif name:
            self._run(lambda: make_backup(path, Path(name)))

    def _run(self, work: Callable[[], Backup]) -> None:
        self.desk.worker.job(lambda _task: work(), self._say_backed_up, self.failed)

    def _say_backed_up(self, made: Backup) -> None:
        self.desk.settings.change(last_backup=made.at)
        text = tr("Backup written and read back: {file}", file=made.path.name)
        self.desk.say(text, Kind.DONE)
        self.desk.do("show_backup", made.at[:10])
        self.reload()

    def restore(self) -> None:
        """A backup becomes a file of its own, which is opened; nothing is overwritten."""
        path = self._path()
        if path is None:
            return
        start = str(path.parent / "backups")
        copy, _kind = QFileDialog.getOpenFileName(
            self, tr("Restore a backup"), start, self._kinds()
        )
        if not copy:
            return
        suggested = str(path.with_name(f"{path.stem}-restored.ipdesk"))
        target, _kind = QFileDialog.getSaveFileName(
            self, tr("Restore as"), suggested, self._kinds()
        )
        if target and Path(target).resolve() == path.resolve():
            self.desk.say(tr("Choose another name: this is the open file itself."), Kind.PROBLEM)
        elif target:
            opened = partial(self.desk.do, "open_file", target)
            self.desk.worker.job(
                lambda _task: restore(Path(copy), Path(target)), lambda _kept: opened(), self.failed
            )

    def _kinds(self) -> str:
        return tr("IPDesk portfolio") + " (*.ipdesk)"

    # ------------------------------------------------------------------ checks

    def check(self) -> None:
        """Test everything again."""
        worker, today = self.desk.worker, self.desk.today()
        worker.job(
            lambda _task: self_test(worker.database(), today, (watch_part,)),
            self._show_parts,
            self.failed,
            key="t",
        )

    def _show_parts(self, found: SelfTest) -> None:
        emptied(self._parts)
        for part in found.parts:
            tone = Tone.OVERDUE if not part.ok else Tone.SOON if part.heed else Tone.DONE
            line = label(f"{SIGNS[tone]}  {captioned(part.name, part.said)}", wrap=True)
            line.setProperty("ink", tone.value if tone is not Tone.DONE else "")
            line.setToolTip("\n".join(part.detail))
            self._parts.addWidget(line)
