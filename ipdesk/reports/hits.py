"""Lines that the reports of early warning print alike: families, markets, answers, searches."""

from collections.abc import Iterable
from datetime import date

from ipdesk.base.i18n import Message, say, tr
from ipdesk.base.money import figure
from ipdesk.charts.palette import Tone
from ipdesk.core.portfolio.model import status_label
from ipdesk.core.watch.rows import AnswerRow, HitRow, RunRow, SearchRecord
from ipdesk.core.watch.screening import MarketState
from ipdesk.core.watch.words import (
    ANSWER_LABELS,
    ANSWER_STATE_LABELS,
    LEVEL_LABELS,
    TERRITORY_LABELS,
    VERDICT_LABELS,
    AnswerState,
    Level,
    Verdict,
    cut_off_words,
    database_label,
    label,
)
from ipdesk.reports.lines import DATE, day
from ipdesk.reports.parts import listed
from ipdesk.reports.table import Cell, Column, Row, Rows

GRADE_TONES: dict[str, Tone] = {
    Level.CRITICAL: Tone.OVERDUE,
    Level.HIGH: Tone.OVERDUE,
    Level.MEDIUM: Tone.SOON,
    Level.LOW: Tone.PLAIN,
}
_RANK = (Level.CRITICAL, Level.HIGH, Level.MEDIUM, Level.LOW)


def gravest_first(grade: str) -> int:
    """A key to sort by: critical, high, medium, low, not graded."""
    return _RANK.index(Level(grade)) if grade in _RANK else len(_RANK)


def grade_cell(grade: str) -> Cell:
    """A grade with its sign."""
    words = label(LEVEL_LABELS, grade) if grade else tr("not graded")
    return Cell(words, GRADE_TONES.get(grade, Tone.UNCHECKED), bold=grade == Level.CRITICAL)


def family_cell(row: HitRow) -> Cell:
    """What a family is: its title, below it numbers and applicants."""
    numbers = ", ".join(row.members[:4])
    if len(row.members) > 4:
        numbers += " " + tr("and {n} more", n=len(row.members) - 4)
    below = "\n".join(w for w in (numbers, "; ".join(row.applicants)) if w)
    return Cell(row.shown_title or "–", below=below)


def verdict_cell(row: HitRow) -> Cell:
    """What a reader said, or that nobody has."""
    if row.waiting:
        words = tr("reopened by a change") if row.reopened else label(VERDICT_LABELS, "")
        return Cell(words, Tone.UNCHECKED)
    tone = Tone.OVERDUE if row.verdict == Verdict.THREAT else Tone.PLAIN
    return Cell(label(VERDICT_LABELS, row.verdict), tone, below=row.reason)


def score_cell(row: HitRow) -> Cell:
    """The score with its weightiest reasons."""
    if row.score is None:
        return Cell("–")
    reasons = "\n".join(str(reason.message) for reason in row.reasons[:2])
    return Cell(f"{row.score:.2f}", below=reasons)


def hits_table(rows: Iterable[HitRow]) -> Rows:
    """Families with their score and verdict, the highest score first."""
    ordered = sorted(rows, key=lambda r: (-(r.score or 0.0), r.key))
    columns = [
        Column(tr("Patent family"), 200),
        Column(tr("Offices"), 44),
        Column(tr("Status"), 56),
        Column(tr("Score and reasons"), 110),
        Column(tr("Verdict"), 90),
    ]
    lines: list[Row] = [
        [
            family_cell(row), ", ".join(row.offices), status_label(row.status), score_cell(row),
            verdict_cell(row),
        ]
        for row in ordered
    ]  # fmt: skip
    return Rows(columns, lines)


def market_words(state: MarketState, today: date) -> str:
    """One market in words: how it stands, until when, by which rule."""
    words = f"{state.office} {label(TERRITORY_LABELS, state.state)}"
    if state.number:
        words += f" ({state.number})"
    left = state.years_left(today)
    if state.expiry is not None and left is not None:
        ends = tr("ends {day}", day=state.expiry)
        if state.estimated:
            ends = tr("ends about {day}", day=state.expiry)
        words = listed([words, ends, tr("{years} years left", years=left)])
    return words


def answer_words(answer: AnswerRow, today: date) -> Cell:
    """An answer: what, who, until when, how far."""
    late = answer.state == AnswerState.OPEN and answer.due is not None and answer.due < today
    words = [label(ANSWER_STATE_LABELS, answer.state)]
    if answer.owner:
        words.append(answer.owner)
    if answer.due:
        words.append(tr("until {day}", day=answer.due))
    if answer.result:
        words.append(answer.result)
    done = answer.state == AnswerState.DONE
    tone = Tone.OVERDUE if late else Tone.DONE if done else Tone.PLAIN
    return Cell(label(ANSWER_LABELS, answer.kind), tone, below=listed(words))


def answers_table(answers: Iterable[AnswerRow], today: date) -> Rows:
    """Answers by due date, open ones first."""
    ordered = sorted(
        answers, key=lambda a: (a.state != AnswerState.OPEN, a.due or date.max, a.family, a.id)
    )
    columns = [
        Column(tr("Patent family"), 170),
        Column(tr("Grade"), 60),
        Column(tr("Answer"), 160),
        Column(tr("Cost"), 60, right=True),
        Column(tr("Since"), DATE, fixed=True),
    ]
    lines: list[Row] = [
        [
            Cell(a.shown_title, below=a.family), grade_cell(a.grade), answer_words(a, today),
            f"{a.currency} {figure(a.cost)}".strip() or "–", day(a.made_on),
        ]
        for a in ordered
    ]  # fmt: skip
    return Rows(columns, lines)


def searches(runs: Iterable[RunRow]) -> tuple[SearchRecord, ...]:
    """The latest good run of every watch and database, as the record of what was searched."""
    found: dict[tuple[str, str], SearchRecord] = {}
    for run in sorted(runs, key=lambda r: r.id, reverse=True):
        key = (run.watch, run.database)
        if not run.failed and key not in found:
            found[key] = SearchRecord(
                run.watch, run.database, run.query_text, run.cut_off, run.ran_on
            )
    return tuple(sorted(found.values(), key=lambda s: (s.watch, s.database)))


def source_line(records: Iterable[SearchRecord]) -> Message | str:
    """The foot of every page: databases, queries and the oldest cut-off."""
    known = list(records)
    if not known:
        return say("Nothing was searched yet.")
    databases = ", ".join(sorted({database_label(r.database) for r in known}))
    queries = "; ".join(dict.fromkeys(r.query for r in known if r.query)) or "–"
    oldest = min(known, key=lambda r: r.cut_off or r.ran_on)
    return say(
        "{databases} · {cut_off} · query: {query}",
        databases=databases, cut_off=cut_off_words(oldest.cut_off, oldest.ran_on), query=queries,
    )  # fmt: skip


def searches_table(records: Iterable[SearchRecord]) -> Rows:
    """What was searched, verbatim."""
    columns = [
        Column(tr("Watch"), 90),
        Column(tr("Database"), 70),
        Column(tr("Query"), 230),
        Column(tr("Cut-off"), DATE, fixed=True),
        Column(tr("Run on"), DATE, fixed=True),
    ]
    lines: list[Row] = [
        [r.watch, database_label(r.database), r.query or "–", day(r.cut_off), day(r.ran_on)]
        for r in records
    ]
    return Rows(columns, lines)
