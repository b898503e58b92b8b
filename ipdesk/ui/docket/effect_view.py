"""What an edit does to the docket, line by line, here and in the matters made from this one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ipdesk.base.i18n import Message, captioned, ntr, say, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket.records import DeadlineChange, Effect, PendingRow, state_label
from ipdesk.core.docket.tracking import Wish
from ipdesk.core.portfolio.model import status_label
from ipdesk.ui import theme
from ipdesk.ui.docket.columns import missing_words
from ipdesk.ui.widgets.labels import chip, hairline, label
from ipdesk.ui.widgets.scroll import Column, emptied

_SHOWN = 14  # lines of a list that is not scrolled


class EffectView(Column):
    """Problems first, then what is new, changed, over, kept, and what cannot be computed."""

    def __init__(self) -> None:
        super().__init__(margin=theme.px(12), gap=theme.px(6))

    def show_effect(self, effect: Effect) -> None:
        """Show another effect."""
        box = self.box
        emptied(box)
        if effect.refused:  # nothing of the rest would be done
            for problem in dict.fromkeys(effect.refused):
                box.addWidget(label(problem, "problem", wrap=True))
            box.addStretch(1)
            return
        for problem in effect.problems:
            box.addWidget(label(problem, "problem", wrap=True))
        for warning in effect.warnings:
            box.addWidget(label(f"{SIGNS[Tone.SOON]} {warning}", wrap=True))
        self._parts(effect)
        if effect.empty and not effect.problems:
            box.addWidget(label(tr("No deadline changes."), "muted"))
        for one in effect.there:
            if box.count():
                box.addWidget(hairline())
            box.addWidget(label(one.reference, "section"))
            for problem in one.effect.problems:
                box.addWidget(label(problem, "problem", wrap=True))
            self._parts(one.effect)
        if effect.behind:
            words = tr("Keep the old date: {references}", references=", ".join(effect.behind))
            box.addWidget(label(f"{SIGNS[Tone.SOON]} {words}", wrap=True))
        box.addStretch(1)

    def clear(self) -> None:
        """Nothing would be done; why is said elsewhere."""
        emptied(self.box)

    def _parts(self, effect: Effect) -> None:
        parts = (
            (tr("New deadlines"), effect.created, Tone.SOON),
            (tr("Changed"), effect.changed, Tone.UNCHECKED),
            (tr("No longer needed"), effect.ended, Tone.DONE),
        )
        for title, lines, tone in parts:
            self._part(title, [change_words(line) for line in lines], tone)
        self._part(tr("Kept as people left them"), [_kept(c) for c in effect.kept], Tone.PLAIN)
        self._part(tr("Cannot compute"), [_missing(p) for p in effect.missing], Tone.UNCHECKED)
        for field, old, new in effect.fields:
            self.box.addWidget(label(field_words(field, old, new), "muted", wrap=True))

    def _part(self, title: str, lines: list[str], tone: Tone) -> None:
        if lines:
            self.box.addWidget(chip(tone, f"{title} · {len(lines)}"))
        for line in lines:
            self.box.addWidget(label(line, wrap=True))


class EffectPanel(QWidget):
    """The effect, and below it what one may choose: kept dates anew, other matters as well."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view = EffectView()
        self._anew, self._along = QCheckBox(), QCheckBox()
        self._along.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(tr("What it does"), "section"))
        column.addWidget(self.view, 1)
        for tick in (self._along, self._anew):
            tick.hide()
            tick.toggled.connect(self.changed)
            column.addWidget(tick)

    @property
    def wish(self) -> Wish:
        """What else the edit shall do."""
        return Wish(self._anew.isChecked(), self._along.isChecked())

    def show_effect(self, effect: Effect) -> None:
        """Show what an edit would do."""
        self.view.show_effect(effect)
        n = len(effect.kept) + sum(len(one.effect.kept) for one in effect.there)
        if n:
            words = ntr(
                "Compute {n} kept date anew as well", "Compute {n} kept dates anew as well", n
            )
            self._anew.setText(words)
        self._anew.setVisible(bool(n) or self.wish.anew)
        m = len(effect.there) or len(effect.behind)
        if m:
            words = ntr(
                "Correct {n} matter made from this one in the same act",
                "Correct {n} matters made from this one in the same act",
                m,
            )
            self._along.setText(words)
        self._along.setVisible(bool(m))


def change_words(line: DeadlineChange) -> str:
    """One changed deadline in one line; a state that changed is said as well."""
    name = _name(line)
    if line.before and line.after and line.before != line.after:
        return captioned(name, f"{line.before} → {line.after}")
    if line.before and line.after and line.state_before != line.state_after:
        states = f"{state_label(line.state_before or '')} → {state_label(line.state_after or '')}"
        return captioned(f"{line.after}  {name}", states)
    return f"{line.after or line.before}  {name}"


def _name(line: DeadlineChange) -> str:
    return f"{line.label} ({line.n})" if line.n else str(line.label)


def _kept(line: DeadlineChange) -> str:
    would = line.after or tr("no date any more")
    return tr("{day}  {name}; would be: {would}", day=line.before, name=_name(line), would=would)


def _missing(row: PendingRow) -> str:
    return tr("{name}; missing: {what}", name=row.label, what=missing_words(row))


def field_words(field: str, old: str, new: str) -> str:
    """A field of the matter that follows its events."""
    captions = {
        "status": tr("Status"),
        "expiry_date": tr("Expiry date"),
        "filing_date": tr("Filing date"),
        "priority_date": tr("Priority date"),
        "publication_date": tr("Publication date"),
        "grant_date": tr("Grant date"),
    }
    if field == "status":
        old, new = status_label(old), status_label(new)
    return captioned(captions[field], f"{old or '–'} → {new or '–'}")


def moved_words(effects: Mapping[str, Effect]) -> list[str]:
    """A line for each deadline that is new, moved or over; what is too much is counted."""
    lines = []
    for reference, effect in effects.items():
        lines += [f"{reference}  {problem}" for problem in effect.problems]
        for caption, changes in _parts(effect):
            lines += [captioned(f"{reference}  {caption}", change_words(c)) for c in changes]
    more = len(lines) - _SHOWN
    shown = lines[:_SHOWN] if more > 0 else lines
    if more > 0:
        shown.append(ntr("and {n:,} more", "and {n:,} more", more))
    return shown


def _parts(effect: Effect) -> tuple[tuple[Message, Any], ...]:
    return (
        (say("New"), effect.created),
        (say("Moved"), effect.changed),
        (say("No longer needed"), effect.ended),
    )
