"""Columns of the lists of early warning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

from ipdesk.base.i18n import Message, say, tr
from ipdesk.base.money import figure
from ipdesk.charts.palette import Tone
from ipdesk.core.portfolio.model import status_label
from ipdesk.core.watch.rows import AnswerRow, HitRow, MemberRow, RunRow, WatchRow
from ipdesk.core.watch.words import ANSWER_LABELS, WATCH_KIND_LABELS, database_label, label
from ipdesk.ui.tables.columns import Align, Cell, Column, Mark
from ipdesk.ui.watch.marks import (
    answer_mark,
    grade_mark,
    health_mark,
    health_words,
    run_mark,
    verdict_mark,
)

Today = Callable[[], date]


def watch_columns(today: Today) -> tuple[Column, ...]:
    """Watches with their health."""

    def due(row: WatchRow) -> Cell:
        if row.paused_on is not None:
            return None
        return Mark(Tone.OVERDUE, row.next_due.isoformat()) if row.overdue else row.next_due

    return (
        _plain("name", say("Watch"), 160, strong=True, tip=lambda r: r.question, least=120),
        Column("health", say("Health"), health_mark, 136, tip=health_words),
        _plain("unreviewed", say("To review"), 78, align=Align.RIGHT),
        _plain("threats", say("Threats"), 68, align=Align.RIGHT),
        Column("next_due", say("Next due"), due, 112),
        Column("kind", say("Kind"), lambda r: label(WATCH_KIND_LABELS, r.kind), 124),
        _plain("families", say("Families"), 76, align=Align.RIGHT),
        Column("last_run", say("Last run"), lambda r: r.last_run or tr("never"), 92),
        _plain("owner", say("Decides"), 96),
    )


def run_columns() -> tuple[Column, ...]:
    """The log of runs: zero hits and failures stand in it like all others."""
    counts = (
        ("hits", say("Hits"), 46),
        ("new", say("New"), 46),
        ("changed", say("Changed"), 70),
    )
    return (
        _plain("ran_on", say("Run on"), 82),
        Column("state", say("State"), run_mark, 116, tip=run_tip),
        Column("database", say("Database"), lambda r: database_label(r.database), 72),
        *(_plain(name, title, width, align=Align.RIGHT) for name, title, width in counts),
    )


def run_tip(row: RunRow) -> str:
    """What a run rests on: who, how far, the file with its hash, the query; or why it failed."""
    cut_off = tr("cut-off {day}", day=row.cut_off or tr("not given"))
    lines = [" · ".join(w for w in (str(row.ran_on), row.by, cut_off) if w)]
    if row.reason:
        lines.append(str(row.reason))
    else:
        counts = tr(
            "{families} families, {known} known, {gone} gone",
            families=row.families,
            known=row.known,
            gone=row.gone,
        )
        lines.append(counts)
    if row.missing:
        lines.append(tr("Not found: {numbers}", numbers=", ".join(row.missing)))
    if row.refused:
        lines.append(tr("{n} lines could not be used", n=row.refused))
    if row.file:
        lines.append(f"{row.file} · SHA-256 {row.sha256[:16]}…")
    lines.append(row.query_text or tr("no query on record"))
    return "\n".join(lines)


def hit_columns() -> tuple[Column, ...]:
    """Hit families: score and reasons, verdict, who and where."""
    return (
        Column("score", say("Score"), _score, 84, align=Align.RIGHT, tip=reasons_tip),
        Column("verdict", say("Verdict"), verdict_mark, 176, tip=_verdict_tip),
        Column("title", say("Title"), lambda r: r.shown_title, 240,
               tip=lambda r: r.shown_title, least=170),
        Column("applicants", say("Applicants"), lambda r: "; ".join(r.applicants), 150, least=110),
        Column(
            "members", say("Numbers"), lambda r: ", ".join(r.members), 150, sorts=False,
            tip=lambda r: "\n".join(r.members),
        ),
        Column("nearest", say("Nearest of ours"), _nearest, 170, sorts=False, tip=_nearest_tip),
        Column("reasons", say("Reasons"), _reasons, 200, sorts=False, tip=reasons_tip),
        Column("grade", say("Grade"), lambda r: grade_mark(r.grade), 104),
        Column("status", say("Status"), lambda r: status_label(r.status), 92),
        Column("offices", say("Offices"), lambda r: ", ".join(r.offices), 88, sorts=False),
        _plain("first_seen", say("First seen"), 92),
        _plain("last_seen", say("Last seen"), 92),
        _plain("reviewer", say("Reviewer"), 92, sorts=False),
        _plain("review_due", say("Review due"), 96),
        _plain("priority_date", say("Priority date"), 92, shown=False),
        _plain("filing_date", say("Filing date"), 92, shown=False),
        _plain("publication_date", say("Publication date"), 92, shown=False),
        _plain("key", say("Family"), 120, shown=False, sorts=False),
        _plain("reason", say("Reason"), 160, shown=False, sorts=False),
    )  # fmt: skip


def member_columns() -> tuple[Column, ...]:
    """The publications of a family."""

    def status(row: MemberRow) -> str:
        return status_label(row.status) if row.status else row.status_text

    return (
        _plain("number", say("Publication"), 110, strong=True),
        Column("status", say("Status"), status, 76, tip=member_tip),
        _plain("filing_date", say("Filing date"), 88),
        _plain("publication_date", say("Published"), 88),
    )


def member_tip(row: MemberRow) -> str:
    """What the list says of a publication beyond its dates."""
    granted = tr("granted {day}", day=row.grant_date) if row.grant_date else ""
    ends = tr("ends {day}", day=row.expiry_date) if row.expiry_date else ""
    claims = tr("{n} claims", n=row.claims) if row.claims else ""
    words = (row.status_text, granted, ends, claims, "; ".join(row.owners))
    return "\n".join(w for w in words if w)


def answer_columns(today: Today, *, with_family: bool = True) -> tuple[Column, ...]:
    """Answers with what they answer."""

    def cost(row: AnswerRow) -> str:
        return f"{row.currency} {figure(row.cost)}".strip()

    family = (
        Column(
            "title", say("Family"), lambda r: r.shown_title, 200, tip=lambda r: r.family, least=130
        ),
        Column("grade", say("Grade"), lambda r: grade_mark(r.grade), 104),
        _plain("watch", say("Watch"), 112),
    )
    return (
        Column("kind", say("Answer"), lambda r: label(ANSWER_LABELS, r.kind), 148, strong=True),
        Column("state", say("State"), lambda r: answer_mark(r, today()), 104),
        _plain("due", say("Due"), 88),
        _plain("owner", say("Responsible"), 88),
        *(family if with_family else ()),
        Column("cost", say("Cost"), cost, 96, align=Align.RIGHT),
        Column(
            "result", say("Result"), lambda r: r.result or r.note, 180, tip=_answer_tip, least=110
        ),
    )


def _answer_tip(row: AnswerRow) -> str:
    return "\n".join(words for words in (row.note, row.result) if words)


def reasons_tip(row: HitRow) -> str:
    """Why a hit scores as it does, the weightiest reason first."""
    return "\n".join(f"{r.weight:.2f}  {r.message}" for r in row.reasons)


def _reasons(row: HitRow) -> str:
    return " · ".join(str(r.message) for r in row.reasons)


def _score(row: HitRow) -> Cell:
    return row.score if row.score is not None else "–"


def _nearest(row: HitRow) -> str:
    return row.nearest[0].label if row.nearest else "–"


def _nearest_tip(row: HitRow) -> str:
    return "\n".join(f"{n.similarity:.2f}  {n.label}" for n in row.nearest)


def _verdict_tip(row: HitRow) -> str:
    said = [*map(str, row.changed), row.reason]
    if row.decided_by or row.decided_on:
        said.append(f"{row.decided_by}  {row.decided_on or ''}".strip())
    return "\n".join(line for line in said if line)


def _plain(key: str, title: Message, width: int, **more: Any) -> Column:
    return Column(key, title, attrgetter(key), width, **more)
