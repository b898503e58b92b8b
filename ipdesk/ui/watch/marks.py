"""How states of early warning look: words, sign and tone."""

from __future__ import annotations

from datetime import date, timedelta

from ipdesk.base.i18n import Message, say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.watch.cadence import Ailment, Warn
from ipdesk.core.watch.rows import AnswerRow, HitRow, RunRow, WatchRow
from ipdesk.core.watch.words import (
    ANSWER_STATE_LABELS,
    LEVEL_LABELS,
    VERDICT_LABELS,
    AnswerState,
    Level,
    Verdict,
    label,
)
from ipdesk.ui.tables.columns import Mark

SOON = timedelta(days=30)

VERDICT_TONES: dict[str, Tone] = {
    Verdict.THREAT: Tone.OVERDUE,
    Verdict.RELEVANT: Tone.SOON,
    Verdict.BACKGROUND: Tone.PLAIN,
    Verdict.IRRELEVANT: Tone.PLAIN,
}
GRADE_TONES: dict[str, Tone] = {
    Level.CRITICAL: Tone.OVERDUE,
    Level.HIGH: Tone.OVERDUE,
    Level.MEDIUM: Tone.SOON,
    Level.LOW: Tone.PLAIN,
}
LIGHT_TONES: dict[str, Tone] = {
    "green": Tone.DONE,
    "amber": Tone.SOON,
    "red": Tone.OVERDUE,
    "open": Tone.UNCHECKED,
}
LIGHT_LABELS: dict[str, Message] = {
    "green": say("Green: valid"),
    "amber": say("Amber: search again"),
    "red": say("Red: not passed"),
    "open": say("Not concluded"),
}
_AILMENTS: dict[str, Message] = {
    Ailment.FAILED: say("Run failed"),
    Ailment.NEVER_RUN: say("Never run"),
    Ailment.OVERDUE: say("Overdue"),
    Ailment.MISSING: say("Known document missed"),
    Ailment.EMPTY: say("No hits"),
    Ailment.UNCHANGED: say("Nothing changes"),
    Ailment.UNREVIEWED: say("To review"),
    Ailment.NO_QUERY: say("No query"),
    Ailment.PAUSED: say("Paused"),
}


def warn_tone(warning: Warn) -> Tone:
    """A severe one is red, the others amber; a pause is neither."""
    if warning.ailment is Ailment.PAUSED:
        return Tone.UNCHECKED
    return Tone.OVERDUE if warning.severe else Tone.SOON


def health_mark(row: WatchRow) -> Mark:
    """The worst of a watch in short; how much more there is stands behind it."""
    warnings = row.health.warnings
    if not warnings:
        return Mark(Tone.DONE, tr("In order"))
    worst = max(warnings, key=lambda w: w.severe)
    more = f" +{len(warnings) - 1}" if len(warnings) > 1 else ""
    return Mark(warn_tone(worst), f"{_AILMENTS[worst.ailment]}{more}")


def health_words(row: WatchRow) -> str:
    """All that is wrong with a watch, a sentence a line."""
    return "\n".join(str(w.message) for w in row.health.warnings) or tr("In order")


def verdict_mark(row: HitRow) -> Mark:
    """What a reader said, or that somebody still has to look."""
    if row.reopened:
        return Mark(Tone.UNCHECKED, tr("Changed: look again"))
    tone = VERDICT_TONES.get(row.verdict, Tone.UNCHECKED)
    return Mark(tone, label(VERDICT_LABELS, row.verdict))


def grade_mark(grade: str) -> Mark | None:
    """A grade with its tone; none where nobody graded."""
    return Mark(GRADE_TONES[grade], label(LEVEL_LABELS, grade)) if grade in GRADE_TONES else None


def light_mark(light: str) -> Mark:
    """The light of a gate or a product."""
    return Mark(LIGHT_TONES[light], str(LIGHT_LABELS[light]))


def answer_mark(row: AnswerRow, today: date) -> Mark:
    """How far an answer is on a day."""
    if row.state == AnswerState.DONE:
        return Mark(Tone.DONE, label(ANSWER_STATE_LABELS, row.state))
    if row.state == AnswerState.OPEN and row.due is not None:
        if row.due < today:
            return Mark(Tone.OVERDUE, tr("Overdue"))
        if row.due <= today + SOON:
            return Mark(Tone.SOON, label(ANSWER_STATE_LABELS, row.state))
    return Mark(Tone.PLAIN, label(ANSWER_STATE_LABELS, row.state))


def run_mark(row: RunRow) -> Mark:
    """How a run ended: failed, without hits, with known documents missing, or well."""
    if row.failed:
        return Mark(Tone.OVERDUE, tr("Failed"))
    if row.missing:
        return Mark(Tone.OVERDUE, tr("Known document missed"))
    if row.hits == 0:
        return Mark(Tone.SOON, tr("No hits"))
    return Mark(Tone.DONE, tr("In order"))
