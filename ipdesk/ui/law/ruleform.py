"""A rule of the company's own: the entries of the rule files, read back before they are kept."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say, tr
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.rule_edits import checked_own_rule
from ipdesk.core.docket.rule_words import CONFIDENCES, KIND_LABELS, ROLL_LABELS, told
from ipdesk.core.portfolio.model import PATENT_RIGHTS, RIGHT_LABELS
from ipdesk.core.portfolio.offices import office_of
from ipdesk.ui import theme
from ipdesk.ui.widgets.asking import Asked, Asking
from ipdesk.ui.widgets.fields import Editor, choice_editor, line_editor, number_editor
from ipdesk.ui.widgets.labels import label

_ALL_PATENTS = "patents"
_UNITS = (("days", say("days")), ("months", say("months")), ("years", say("years")))
_FIELDS = frozenset(
    "id label office rights trigger period kind roll basis source confidence checked".split()
)
NEW: Mapping[str, Any] = {
    "id": "OWN-1",
    "office": "CN",
    "rights": ["invention"],
    "trigger": "filing",
    "period": "1 month",
    "kind": "request",
    "roll": "own",
    "confidence": "V1",
}


class RuleForm(Asking):
    """What the rule says is read out below while one types."""

    def __init__(
        self,
        parent: QWidget,
        table: Mapping[str, Any],
        today: date,
        done: Callable[[dict[str, Any]], object],
        fresh: bool = True,
    ) -> None:
        self._today = today
        title = tr("A rule of your own") if fresh else tr("Change your rule")
        text = tr("It works beside the built-in rules and never replaces one.")
        super().__init__(parent, title, text, _asked(table), tr("Save"), done)
        self.setMinimumWidth(theme.px(600))
        self._said: QLabel = label("", "muted", wrap=True)
        layout: Any = self.layout()
        layout.insertWidget(layout.count() - 1, self._said)
        for editor in self.editors.values():
            made: Any = editor
            if isinstance(editor, QLineEdit | QPlainTextEdit):
                made.textChanged.connect(self._read_out)
            else:
                made.currentIndexChanged.connect(self._read_out)
        self._read_out()

    def values(self) -> dict[str, Any]:
        """The rule as a table of a rule file. Raises ValueError with the reason."""
        found = _table(super().values(), self._today)
        try:
            checked_own_rule(found)
        except IpdeskError as problem:
            raise ValueError(str(problem)) from problem
        return found

    def _read_out(self, *_changed: object) -> None:
        try:
            rule = checked_own_rule(_table(Asking.values(self), self._today))
        except (ValueError, IpdeskError) as problem:
            self._said.setText(str(problem))
            return
        self._said.setText(" ".join(str(sentence) for sentence in told(rule)))


def _asked(table: Mapping[str, Any]) -> tuple[Asked, ...]:
    events = [("priority_date", tr("Priority date"))]
    events += sorted(((k, str(w)) for k, w in EVENT_LABELS.items()), key=lambda pair: pair[1])
    number, _, unit = str(table.get("period", "")).partition(" ")
    spoken = table.get("label", {})
    rights = tuple(table.get("rights", ()))
    right = rights[0] if len(rights) == 1 else _ALL_PATENTS
    trigger = table.get("trigger", "filing")
    if not isinstance(trigger, str) or trigger not in dict(events):
        events.append((trigger, str(trigger)))
    return (
        Asked("id", tr("Rule"), line_editor("OWN-1"), table.get("id"), needed=True),
        Asked("en", tr("Name in English"), line_editor(), spoken.get("en"), needed=True),
        Asked("zh", tr("Name in Chinese"), line_editor(), spoken.get("zh"), needed=True),
        Asked("office", tr("Office"), line_editor("CN"), table.get("office"), needed=True),
        Asked("right", tr("Right"), choice_editor(_rights()), right),
        Asked("trigger", tr("Runs from"), choice_editor(events), trigger),
        Asked("number", tr("Period"), number_editor(), int(number) if number.isdigit() else None),
        Asked("unit", tr("Unit"), choice_editor([(u, str(w)) for u, w in _UNITS]), _plural(unit)),
        Asked("kind", tr("Kind"), choice_editor(_pairs(KIND_LABELS)), table.get("kind")),
        Asked("roll", tr("Closed days"), choice_editor(_pairs(ROLL_LABELS)), table.get("roll")),
        Asked("basis", tr("Legal basis"), line_editor(), table.get("basis"), needed=True),
        Asked("source", tr("Source"), line_editor(), table.get("source"), needed=True),
        Asked(
            "confidence",
            tr("How sure"),
            choice_editor(_pairs(CONFIDENCES)),
            table.get("confidence"),
        ),
        Asked("more", tr("More entries"), _toml_editor(), _rest(table)),
    )


def _rights() -> list[tuple[str, str]]:
    return [(_ALL_PATENTS, tr("all patents")), *_pairs(RIGHT_LABELS)]


def _pairs(labels: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(str(value), str(words)) for value, words in labels.items()]


def _plural(unit: str) -> str:
    return f"{unit.rstrip('s')}s" if unit else "months"


def _toml_editor() -> Editor:
    """Anything else that the rule files know, written as there."""

    def make(value: Any) -> QWidget:
        made = QPlainTextEdit(str(value or ""))
        made.setPlaceholderText('roll = "never"\nopens = { before = "6 months" }')
        made.setTabChangesFocus(True)
        made.setFixedHeight(theme.px(64))
        return made

    def read(made: Any) -> dict[str, Any]:
        try:
            return tomllib.loads(made.toPlainText())
        except tomllib.TOMLDecodeError as problem:
            raise ValueError(tr("More entries cannot be read: {why}", why=str(problem))) from None

    return Editor(make, read)


def _rest(table: Mapping[str, Any]) -> str:
    return "\n".join(f"{k} = {_written(v)}" for k, v in table.items() if k not in _FIELDS)


def _written(value: Any) -> str:
    """A value as the rule files write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{k} = {_written(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_written(v) for v in value) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _table(values: dict[str, Any], today: date) -> dict[str, Any]:
    office = values["office"] if values["office"] in ("*", "XX") else office_of(values["office"])
    if office is None:
        raise ValueError(tr("This office is not known. Type its two letters, e.g. CN."))
    right = values["right"]
    number = values["number"]
    return {
        "id": values["id"].upper().replace(" ", "-"),
        "label": {"en": values["en"], "zh": values["zh"]},
        "office": office,
        "rights": sorted(str(r) for r in PATENT_RIGHTS) if right == _ALL_PATENTS else [str(right)],
        "trigger": values["trigger"],
        **({} if number is None else {"period": f"{number} {values['unit']}"}),
        "kind": values["kind"],
        "roll": values["roll"],
        "basis": values["basis"],
        "source": values["source"],
        "confidence": values["confidence"],
        "checked": today,
        **values["more"],
    }
