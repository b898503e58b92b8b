"""What another launch would do: last safe days before and after, shown before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipdesk.core.layout.clock import ClockLine
from ipdesk.core.layout.model import LaunchRow


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the clock whose day moves; None: it was not there, or is not there any more."""

    line: ClockLine
    before: date | None
    after: date | None


def moves(before: Sequence[ClockLine], after: Sequence[ClockLine]) -> list[Move]:
    """What moves from one clock to another, by the day that it moves to."""
    old = {_key(line): line for line in before}
    new = {_key(line): line for line in after}
    found = []
    for key in {**old, **new}:
        was, will = old.get(key), new.get(key)
        first, then = (one.due if one else None for one in (was, will))
        line = will or was
        if line is not None and first != then:
            found.append(Move(line, first, then))
    return sorted(found, key=lambda m: (m.after or date.max, m.line.product, m.line.office))


def _key(line: ClockLine) -> tuple[str, int, str, str]:
    return line.kind, line.subject_id, line.office, line.right


def with_launch(
    known: Sequence[LaunchRow], product_id: int, office: str, day: date, kind: str
) -> list[LaunchRow]:
    """The launches as they would stand once this one is set."""
    same = [n for n in known if (n.product_id, n.office, n.kind) == (product_id, office, kind)]
    if same:
        return [replace(n, date=day) if n in same else n for n in known]
    return [*known, LaunchRow(0, product_id, "", office, day, kind)]
