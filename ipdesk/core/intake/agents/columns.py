"""The sheets of an agent's workbook as resources/agent_workbook.toml has them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ipdesk.base.assets import resources
from ipdesk.base.i18n import Bilingual, speaking
from ipdesk.base.text import squeeze
from ipdesk.core.intake.agents.model import DEADLINE, MATTER
from ipdesk.core.portfolio.model import STATUS_LABELS, Right, Status, right_label

LANGUAGES = ("en", "zh_CN", "both")
STATUSES = (
    *(Status.PENDING, Status.PUBLISHED, Status.GRANTED, Status.REFUSED, Status.WITHDRAWN),
    *(Status.ABANDONED, Status.LAPSED, Status.EXPIRED, Status.INVALIDATED, Status.TRANSFERRED),
)


@dataclass(frozen=True, slots=True)
class AgentColumn:
    """One column: its field, header, its name on our side, and whether the agent fills it in."""

    field: str
    header: Bilingual
    here: Bilingual
    kind: str
    width: int
    open: bool


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form of a workbook."""

    sheets: Mapping[str, Bilingual]
    columns: Mapping[str, tuple[AgentColumn, ...]]  # by kind of row
    answers: Mapping[str, Bilingual]
    guide: tuple[Bilingual, ...]


@cache
def form() -> Form:
    """Read once."""
    with (resources() / "agent_workbook.toml").open("rb") as handle:
        told = tomllib.load(handle)
    sheets = {name: _both(entry) for name, entry in told["sheets"].items()}
    columns = {
        kind: tuple(_column(field, entry) for field, entry in told[name].items())
        for kind, name in ((MATTER, "matters"), (DEADLINE, "deadlines"))
    }
    answers = {name: _both(entry) for name, entry in told["answers"].items()}
    pairs = zip(told["guide"]["en"], told["guide"]["zh"], strict=True)
    return Form(sheets, columns, answers, tuple(Bilingual(en, zh) for en, zh in pairs))


def _both(entry: Mapping[str, Any]) -> Bilingual:
    return Bilingual(entry["en"], entry["zh"])


def _column(field: str, entry: Mapping[str, Any]) -> AgentColumn:
    return AgentColumn(
        field,
        _both(entry),
        _both(entry.get("here", entry)),
        entry.get("kind", "text"),
        int(entry.get("width", 12)),
        bool(entry.get("open", False)),
    )


def column_of(kind: str, field: str) -> AgentColumn | None:
    """The column of a field, for rows of a kind (added rows have those of their sheet)."""
    sheet = DEADLINE if kind.endswith(DEADLINE) else MATTER
    return next((c for c in form().columns[sheet] if c.field == field), None)


def in_language(words: Bilingual, language: str) -> str:
    """A text in the language of the workbook; both stand beside each other."""
    if language == "both":
        return f"{words.en} {words.zh}"
    return words.zh if language == "zh_CN" else words.en


@cache
def status_words() -> Mapping[str, Bilingual]:
    """The words for each status that an agent may choose."""
    found = {}
    for status in STATUSES:
        with speaking("zh_CN"):
            zh = str(STATUS_LABELS[status])
        with speaking("en"):
            found[str(status)] = Bilingual(str(STATUS_LABELS[status]), zh)
    return found


def right_words(right: str) -> Bilingual:
    """The trade's word for a right in both languages."""
    with speaking("zh_CN"):
        zh = right_label(right)
    with speaking("en"):
        return Bilingual(right_label(right), zh)


def choices(kind: str) -> Mapping[str, Bilingual]:
    """What a cell of this kind may say: code → words."""
    if kind == "right":
        return {str(right): right_words(right) for right in Right}
    return form().answers if kind == "answer" else status_words()


@cache
def headers(kind: str) -> Mapping[str, AgentColumn]:
    """Header, folded, in any of the languages → column."""
    found = {}
    for column in form().columns[kind]:
        for text in _spellings(column.header):
            found[text] = column
    return found


@cache
def codes(kind: str) -> Mapping[str, str]:
    """Word, folded, in any of the languages → code."""
    return {text: code for code, words in choices(kind).items() for text in _spellings(words)}


def _spellings(words: Bilingual) -> Sequence[str]:
    both = (words.en, words.zh, f"{words.en} {words.zh}", f"{words.zh} {words.en}")
    return [squeeze(text) for text in both]
