"""Which offices a PCT application enters: a list to tick with every limit, and what is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ipdesk.base.i18n import tr
from ipdesk.core.docket.national import open_offices, phases
from ipdesk.core.docket.records import DeadlineRow
from ipdesk.core.portfolio.offices import office_name, office_of
from ipdesk.ui import theme
from ipdesk.ui.matter.reading import Whole
from ipdesk.ui.widgets.fields import Editor

_FIRST = ("CN", "US", "EP", "JP", "KR")
_RULE = "-NPE"


def phase_options(whole: Whole) -> list[tuple[str, str]]:
    """Offices not entered yet, those with a computed limit first, each with its limit in words."""
    limits = {d.rule.removesuffix(_RULE): d for d in whole.deadlines if d.rule.endswith(_RULE)}
    entered = {
        m.office
        for m in whole.family
        if m.parent_id == whole.id and m.parent_kind == "national_phase"
    }
    ranked = {office: rank for rank, office in enumerate(_FIRST)}
    codes = sorted(
        set(open_offices()) - entered,
        key=lambda o: (o not in limits, ranked.get(o, len(ranked)), o),
    )
    return [(o, f"{o}  {office_name(o)} · {_limit(o, limits.get(o))}") for o in codes]


def _limit(office: str, known: DeadlineRow | None) -> str:
    if known is not None:
        return tr("until {day}", day=known.due)
    return tr("{n} months from the priority date", n=phases()[office].chapter1 or "?")


def ticks_editor(options: Sequence[tuple[str, str]]) -> Editor:
    """Any of some values, ticked."""

    def make(value: Sequence[str]) -> QWidget:
        made = QListWidget()
        made.setFixedHeight(theme.px(200))
        for one, words in options:
            item = QListWidgetItem(words, made)
            item.setData(Qt.ItemDataRole.UserRole, one)
            ticked = one in (value or ())
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        return made

    def read(made: Any) -> tuple[str, ...]:
        items = [made.item(row) for row in range(made.count())]
        return tuple(
            str(i.data(Qt.ItemDataRole.UserRole))
            for i in items
            if i.checkState() == Qt.CheckState.Checked
        )

    return Editor(make, read)


def read_dropped(lines: Sequence[str]) -> dict[str, str]:
    """Lines such as "KR: no market". Raises ValueError with a sentence."""
    found = {}
    for line in lines:
        office, _colon, why = line.replace("：", ":").partition(":")
        known = office_of(office.strip())
        if known is None or not why.strip():
            raise ValueError(tr("Write the office, a colon and the reason, e.g. KR: no market."))
        found[known] = why.strip()
    return found
