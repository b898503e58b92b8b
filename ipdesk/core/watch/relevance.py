"""How much a hit family concerns us: compared with what we own and with what the watch asks.

A score is a sum of parts, each with its words: text and classes like the nearest own matter,
product or technology; text and words of the watch; our documents cited; our inventors; watched
applicants. Weights were set on the labelled hits of ``tests/benchmarks``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import Message, say
from ipdesk.core.watch.classes import class_tokens
from ipdesk.core.watch.evidence import WEIGHTS, Evidence, Own, Question, Subject
from ipdesk.core.watch.model import Near, Reason, Scored
from ipdesk.core.watch.spaces import Space, class_space, text_space
from ipdesk.core.watch.spoken import spoken_classes, spoken_terms
from ipdesk.core.watch.tokens import CONCEPT, concept_of, tokens

if TYPE_CHECKING:
    from ipdesk.core.watch.spaces import Floats

SCORER = "words, pairs and concepts 1"
"""Stored with every score; changes whenever the same texts could score otherwise."""

NEAREST = 3
_LEAST = 0.01
"""Parts that weigh less are not worth a word."""
_BLOCK = 1000

Told = Callable[[float, float], None]
"""Hears how much is done of how much; may raise Cancelled."""


def score(
    subjects: Sequence[Subject],
    own: Sequence[Own],
    question: Question | None = None,
    told: Told | None = None,
) -> list[Scored]:
    """Score every subject, in the order given, between 0 and 1."""
    if not subjects:
        return []
    asked = question or Question()
    evidence = Evidence(own, asked)
    likeness = _Likeness(subjects, own, asked)
    scored: list[Scored] = []
    for start in range(0, len(subjects), _BLOCK):
        if told:
            told(start, len(subjects))
        stop = min(start + _BLOCK, len(subjects))
        looks = likeness.block(start, stop)
        for subject, (reasons, nearest) in zip(subjects[start:stop], looks, strict=True):
            parts = reasons + evidence.reasons(subject)
            parts.sort(key=lambda r: -r.weight)
            scored.append(Scored(round(sum(r.weight for r in parts), 4), tuple(parts), nearest))
    if told:
        told(len(subjects), len(subjects))
    return scored


_Look = tuple[list[Reason], tuple[Near, ...]]


class _Likeness:
    """Texts and classes of hits, own things and, last, the question."""

    def __init__(self, subjects: Sequence[Subject], own: Sequence[Own], asked: Question) -> None:
        things: list[Subject | Own | Question] = [*subjects, *own, asked]
        n = len(subjects)
        self._own = own
        self._text = text_space([_text(t) for t in things], n)
        self._class = class_space([class_tokens(t.classes) for t in things], n)
        self._words = _Words(self._text, asked.words, n)

    def block(self, start: int, stop: int) -> list[_Look]:
        """What is near to some subjects, and why."""
        rows = slice(start, stop)
        text = self._text.against(rows)
        classes = None if self._class.empty else self._class.against(rows)
        asked = len(self._own)
        looks: list[_Look] = [([], ()) for _ in range(start, stop)]
        if asked:
            ours = None if classes is None else classes[:, :asked]
            self._compare(start, text[:, :asked], ours, looks)
        for i, (weight, words) in enumerate(self._words.found(rows)):
            if weight:
                message = say("Words of the watch: {terms}", terms=", ".join(words))
                looks[i][0].append(Reason("words", round(WEIGHTS["words"] * weight, 4), message))
        self._ask(start, "question", text[:, asked], self._text, looks)
        if classes is not None:
            self._ask(start, "classes", classes[:, asked], self._class, looks)
        return looks

    def _compare(
        self, start: int, text: Floats, classes: Floats | None, looks: list[_Look]
    ) -> None:
        """Put in for every row the nearest own things and what makes the first one near."""
        both = WEIGHTS["text"] * text
        whole = WEIGHTS["text"]
        if classes is not None:
            both += WEIGHTS["classes"] * classes
            whole += WEIGHTS["classes"]
        top, values = _largest(both, min(NEAREST, both.shape[1]))
        best = [row[0] for row in top]
        lines = range(len(best))
        parts = [("text", self._text, text[lines, best].tolist())]
        if classes is not None:
            parts.append(("classes", self._class, classes[lines, best].tolist()))
        for kind, space, likeness in parts:
            wanted = [i for i in lines if _weight(kind, likeness[i]) >= _LEAST]
            shared = space.shared([start + i for i in wanted], [best[i] for i in wanted])
            for i, terms in zip(wanted, shared, strict=True):
                message = _alike(kind, self._own[best[i]].label, terms)
                looks[i][0].append(Reason(kind, _weight(kind, likeness[i]), message))
        for i in lines:
            near = tuple(
                Near(o.kind, o.id, o.label, round(value / whole, 4))
                for o, value in zip((self._own[c] for c in top[i]), values[i], strict=True)
                if value > 0
            )
            looks[i] = (looks[i][0], near)

    def _ask(
        self, start: int, kind: str, likeness: Floats, space: Space, looks: list[_Look]
    ) -> None:
        """Put in what is like the question; classes only where no own thing shares some."""
        values = likeness.tolist()
        wanted = [
            i
            for i, value in enumerate(values)
            if _weight(kind, value) >= _LEAST and all(r.kind != kind for r in looks[i][0])
        ]
        shared = space.shared([start + i for i in wanted], [len(self._own)] * len(wanted))
        for i, terms in zip(wanted, shared, strict=True):
            if kind == "classes":
                message = say("Classes of the watch: {terms}", terms=spoken_classes(terms))
            else:
                message = say("Like the question of the watch: {terms}", terms=spoken_terms(terms))
            looks[i][0].append(Reason(kind, _weight(kind, values[i]), message))


class _Words:
    """Which of the watch's own words stand in a hit; rare ones count for more.

    Words that mean one concept, in whichever language, count once.
    """

    def __init__(self, space: Space, words: Sequence[str], hits: int) -> None:
        import numpy as np  # see spaces.py

        marks: dict[str, Any] = {}
        names: dict[str, str] = {}
        for word in dict.fromkeys(words):
            concept = concept_of(word)
            parts = [t for t in tokens(word) if t[0] != CONCEPT]
            for mark in (space.holding(parts), space.holding([concept] if concept else [])):
                if mark is None or not mark.any():
                    continue
                meaning = concept or " ".join(parts)
                marks[meaning] = marks[meaning] | mark if meaning in marks else mark
                names.setdefault(meaning, word)
        weights = [math.log((1 + hits) / (1 + int(m.sum()))) + 1 for m in marks.values()]
        self._names = list(names.values())
        self._marks = np.array(list(marks.values()))
        self._weights = np.array(weights)
        self._full = sum(sorted(weights, reverse=True)[:2])  # two rare words are enough

    def found(self, rows: slice) -> list[tuple[float, list[str]]]:
        """For each hit: how much of the wanted words it has, and which."""
        if not self._names:
            return []
        marks = self._marks[:, rows]
        totals = (self._weights @ marks / self._full).clip(max=1.0).tolist()
        return [
            (total, [n for n, m in zip(self._names, has, strict=True) if m] if total else [])
            for total, has in zip(totals, marks.T.tolist(), strict=True)
        ]


def _largest(table: Floats, k: int) -> tuple[list[list[int]], list[list[float]]]:
    """Columns and values of the k largest of each row, largest first; the table is used up."""
    import numpy as np

    lines = np.arange(table.shape[0])
    columns, values = [], []
    for _ in range(k):
        best = table.argmax(axis=1)
        columns.append(best)
        values.append(table[lines, best])
        table[lines, best] = -1
    return np.array(columns).T.tolist(), np.array(values).T.tolist()


def _weight(kind: str, likeness: float) -> float:
    """Likenesses of short texts are small numbers; the root spreads them."""
    return round(WEIGHTS[kind] * math.sqrt(min(1.0, likeness)), 4) if likeness > 0 else 0.0


def _alike(kind: str, own: str, terms: Sequence[str]) -> Message:
    if kind == "classes":
        return say("Classes of {own}: {terms}", own=own, terms=spoken_classes(terms))
    return say("Text like {own}: {terms}", own=own, terms=spoken_terms(terms))


def _text(thing: Subject | Own | Question) -> str:
    """The title counts twice; alone it need not, for all rows are brought to one length."""
    return f"{thing.title}\n{thing.title}\n{thing.body}" if thing.body else thing.title
