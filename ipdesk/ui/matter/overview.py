"""The facts of a matter, each edited where it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout

from ipdesk.base.i18n import tr
from ipdesk.core.docket.facts import facts
from ipdesk.core.docket.matters import MatterEdit, date_event
from ipdesk.core.portfolio.model import RIGHT_LABELS, STATUS_LABELS, PriorityClaim, Right
from ipdesk.core.portfolio.offices import office_name, office_of, offices
from ipdesk.ui import theme
from ipdesk.ui.docket.gaps import fact_editor
from ipdesk.ui.matter.reading import Whole
from ipdesk.ui.widgets.dates import read_day
from ipdesk.ui.widgets.fields import (
    Editor,
    Field,
    choice_editor,
    day_editor,
    line_editor,
    names_editor,
    number_editor,
    text_editor,
)
from ipdesk.ui.widgets.labels import label
from ipdesk.ui.widgets.scroll import Column

Change = Callable[[MatterEdit], object]


class Overview(Column):
    """Sections of fields; ``changed`` is called with what was edited."""

    def __init__(self, changed: Change) -> None:
        super().__init__(margin=theme.px(12), gap=theme.px(4))
        self._changed = changed
        self._whole: Whole | None = None
        self.fields: dict[str, Field] = {}
        self._identity()
        self._numbers()
        self._law()
        self._content()
        self._company()
        self.box.addStretch(1)

    # ------------------------------------------------------------------ building

    def _section(self, title: str) -> QGridLayout:
        heading = label(title, "section")
        heading.setContentsMargins(2, theme.px(8), 0, 0)
        self._heading = heading
        self.box.addWidget(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(2))
        self.box.addLayout(grid)
        return grid

    def _add(
        self,
        grid: QGridLayout,
        name: str,
        caption: str,
        editor: Editor | None,
        make: Callable[[Any], MatterEdit] | None = None,
    ) -> None:
        field = Field(caption, editor)
        if editor is not None:
            field.edited.connect(lambda value: self._changed((make or _value(name))(value)))
        grid.addWidget(field, grid.rowCount(), 0)
        self.fields[name] = field

    def _identity(self) -> None:
        grid = self._section(tr("What it is"))
        self._add(grid, "reference", tr("Reference"), line_editor())
        self._add(grid, "title", tr("Title as filed"), line_editor())
        self._add(grid, "title_en", tr("English title"), line_editor())
        self._add(grid, "title_zh", tr("Chinese title"), line_editor())
        rights = [(right.value, str(RIGHT_LABELS[right])) for right in Right]
        self._add(grid, "right", tr("Right"), choice_editor(rights))
        self._add(grid, "office", tr("Office"), office_editor())
        routes = [
            ("", "–"),
            ("direct", tr("Direct")),
            ("paris", tr("Paris priority")),
            ("pct", tr("Through the PCT")),
            ("divisional", tr("Divisional")),
        ]
        self._add(grid, "route", tr("Route"), choice_editor(routes), _value_or_none("route"))
        by_events = ("", tr("As its events say"))
        statuses = [by_events, *((s, str(words)) for s, words in STATUS_LABELS.items())]
        self._add(
            grid,
            "status_manual",
            tr("Status"),
            choice_editor(statuses),
            _value_or_none("status_manual"),
        )
        self._add(grid, "family", tr("Family"), None)

    def _numbers(self) -> None:
        grid = self._section(tr("Numbers and dates"))
        pairs = (
            ("application_number", tr("Application no."), "filing_date", tr("Filing date")),
            (
                "publication_number",
                tr("Publication no."),
                "publication_date",
                tr("Publication date"),
            ),
            ("grant_number", tr("Grant no."), "grant_date", tr("Grant date")),
        )
        for number, number_caption, day, day_caption in pairs:
            self._add(grid, number, number_caption, line_editor())
            self._add(grid, day, day_caption, day_editor(), partial(self._dated, day))
        self._add(
            grid,
            "priorities",
            tr("Priorities"),
            names_editor(tr("One a line: number, office, YYYY-MM-DD")),
            lambda lines: MatterEdit(priorities=[read_claim(line) for line in lines]),
        )
        self._add(
            grid,
            "expiry_date",
            tr("Expiry date"),
            day_editor(),
            partial(self._dated, "expiry_date"),
        )

    def _law(self) -> None:
        """Facts that the rules for this right read; filled when a matter is shown."""
        grid = self._section(tr("What the law asks"))
        self._law_heading = self._heading
        for fact in facts():
            make = partial(self._fact, fact.name)
            self._add(grid, fact.name, str(fact.caption), fact_editor(fact), make)
            self.fields[fact.name].setToolTip(str(fact.tip or ""))

    def _fact(self, name: str, value: Any) -> MatterEdit:
        held = dict(self._whole.detail.facts) if self._whole else {}
        known = {k: v for k, v in {**held, name: value}.items() if v is not None}
        return MatterEdit(values={"facts": known})

    def _put_facts(self, whole: Whole) -> None:
        asked = {fact.name for fact in whole.facts}
        seen = False
        for fact in facts():
            value = whole.detail.facts.get(fact.name)
            self.fields[fact.name].put(value)
            wanted = fact.name in asked or value is not None
            self.fields[fact.name].setVisible(wanted)
            seen = seen or wanted
        self._law_heading.setVisible(seen)

    def _content(self) -> None:
        grid = self._section(tr("Content"))
        hint = tr("One a line")
        links: tuple[tuple[str, str, Callable[[Any], MatterEdit]], ...] = (
            ("technologies", tr("Technologies"), lambda v: MatterEdit(technologies=v)),
            ("products", tr("Products"), lambda v: MatterEdit(products=v)),
            ("tags", tr("Tags"), lambda v: MatterEdit(tags=v)),
        )
        for name, caption, make in links:
            self._add(grid, name, caption, names_editor(hint), make)
        self._add(
            grid,
            "classes",
            tr("Classes"),
            names_editor(hint),
            lambda v: MatterEdit(values={"classes": list(v)}),
        )
        self._add(grid, "goods", tr("Goods and services"), text_editor())
        self._add(grid, "abstract", tr("Abstract"), text_editor())
        self._add(grid, "claims", tr("Claims"), number_editor())
        self._add(grid, "version", tr("Version"), line_editor())
        self._add(grid, "registrar", tr("Registrar"), line_editor())

    def _company(self) -> None:
        grid = self._section(tr("In the company"))
        grades = [("", "–"), *((g, g) for g in ("A", "B", "C", "D"))]
        self._add(
            grid, "value_grade", tr("Grade"), choice_editor(grades), _value_or_none("value_grade")
        )
        self._add(grid, "department", tr("Department"), line_editor())
        self._add(grid, "project", tr("Project"), line_editor())
        self._add(grid, "note", tr("Note"), text_editor())

    # ------------------------------------------------------------------ showing

    def put(self, whole: Whole) -> None:
        """Show a matter; fields that do not concern its right are hidden."""
        self._whole = whole
        detail, row = whole.detail, whole.detail.row
        for name, field in self.fields.items():
            if field.editing:
                field.cancel()
            if name == "priorities":
                continue  # written below, a claim a line
            value = (
                getattr(detail, name, None) if hasattr(detail, name) else getattr(row, name, None)
            )
            field.put(tuple(value) if isinstance(value, list) else value)
        self.fields["priorities"].put(tuple(write_claim(p) for p in detail.priorities))
        self.fields["status_manual"].put(detail.status_manual or "", status_words(whole))
        self.fields["office"].put(row.office, f"{office_name(row.office)} ({row.office})")
        for name in ("route", "value_grade"):
            self.fields[name].put(self.fields[name].value or "")
        self._put_facts(whole)
        for name, rights in _ONLY_FOR.items():
            self.fields[name].setVisible(row.right in rights or bool(self.fields[name].value))

    def _dated(self, name: str, day: Any) -> MatterEdit:
        right = self._whole.detail.row.right if self._whole else ""
        return MatterEdit(dates={date_event(name, right): day})


_ONLY_FOR: dict[str, frozenset[str]] = {
    "version": frozenset({Right.SOFTWARE}),
    "registrar": frozenset({Right.DOMAIN}),
    "goods": frozenset({Right.TRADEMARK}),
    "claims": frozenset({Right.INVENTION, Right.UTILITY_MODEL, Right.PCT, Right.PROVISIONAL}),
}


def status_words(whole: Whole) -> str:
    """The status that counts, and whose word it is."""
    words = str(STATUS_LABELS.get(whole.detail.row.status, whole.detail.row.status))
    return f"{words}  ({tr('set by hand')})" if whole.detail.status_manual else words


def office_editor() -> Editor:
    """An office by its code or any of its names."""

    def read(made: Any) -> str:
        words = made.currentText().strip()
        found = made.currentData() if made.findText(words) >= 0 else office_of(words)
        if not found:
            raise ValueError(tr("This office is not known. Type its two letters, e.g. CN."))
        return str(found)

    options = [(code, f"{code}  {office.name}") for code, office in offices().items()]
    chosen = choice_editor(options)

    def make(value: Any) -> Any:
        made: Any = chosen.make(value)
        made.setEditable(True)
        made.setMaxVisibleItems(16)
        return made

    return Editor(make, read, office_name)


def write_claim(claim: Any) -> str:
    """A priority claim on one line."""
    parts = (claim.number, claim.office, claim.date.isoformat() if claim.date else "")
    return ", ".join(p for p in parts if p)


def read_claim(line: str) -> PriorityClaim:
    """A priority claim from one line: number, office, day, in any order."""
    number, office, day = "", "", None
    for part in (p.strip() for p in line.replace("，", ",").split(",")):
        try:
            found = read_day(part)
        except ValueError:
            found = None
        if found is not None:
            day = found
        elif not office and office_of(part) and not any(c.isdigit() for c in part):
            office = office_of(part) or ""
        else:
            number = number or part
    return PriorityClaim(number, office, day)


def _value(name: str) -> Callable[[Any], MatterEdit]:
    return lambda value: MatterEdit(values={name: value})


def _value_or_none(name: str) -> Callable[[Any], MatterEdit]:
    return lambda value: MatterEdit(values={name: value or None})
