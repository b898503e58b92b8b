"""Grading a threat: likelihood × impact in four levels, and what a claim chart suggests."""

from collections.abc import Iterable, Sequence

from ipdesk.core.watch.words import Feature, Level

LEVELS: tuple[str, ...] = (Level.LOW, Level.MEDIUM, Level.HIGH, Level.CRITICAL)


def grade(likelihood: str, impact: str) -> str:
    """The level of the product of both: 1–2 low, 3–4 medium, 6–9 high, 12–16 critical."""
    points = (LEVELS.index(likelihood) + 1) * (LEVELS.index(impact) + 1)
    if points <= 2:
        return Level.LOW
    if points <= 4:
        return Level.MEDIUM
    return Level.HIGH if points <= 9 else Level.CRITICAL


def matrix() -> tuple[tuple[str, ...], ...]:
    """The grades by likelihood (rows) and impact (columns), low first."""
    return tuple(tuple(grade(row, column) for column in LEVELS) for row in LEVELS)


def highest(grades: Iterable[str]) -> str:
    """The gravest of some grades; one high member makes the whole high."""
    known = [g for g in grades if g in LEVELS]
    return max(known, key=LEVELS.index, default="")


def suggested_likelihood(findings: Sequence[str]) -> str:
    """What a chart of one claim suggests: a claim is infringed only by all of its features."""
    if not findings:
        return ""
    if Feature.ABSENT in findings:
        return Level.LOW
    if Feature.UNKNOWN in findings:
        return Level.MEDIUM
    return Level.HIGH if Feature.EQUIVALENT in findings else Level.CRITICAL
