"""The landscape of a search run as bars: the largest, our own company set apart, years in order."""

from collections.abc import Iterable

from ipdesk.base.i18n import tr
from ipdesk.charts.bars import Bar, Bars
from ipdesk.charts.matrix import Cell, Matrix

Counts = Iterable[tuple[str, int]]
MOST = 12
YEARS = 20
PAIRS = 10
"""So many lines, when ours stand below each."""


def ranked(counts: Counts, own: tuple[str, int] = ("", 0), most: int = MOST) -> Bars:
    """The largest, and our own company wherever it stands."""
    rows = [Bar(name, (("", n),)) for name, n in list(counts)[:most]]
    if own[1]:
        rows.append(Bar(own[0] or tr("Our own"), (("", own[1]),), own=True))
        rows.sort(key=lambda row: -row.total)
    return Bars(tuple(rows), tr("Nothing to count."))


def beside(counts: Counts, own: Counts, most: int = PAIRS) -> Bars:
    """The largest of the run, and below each what is ours of the same."""
    ours = dict(own)
    return _paired([(name, n, ours.get(name, 0)) for name, n in list(counts)[:most]])


def by_year(counts: Iterable[tuple[int, int]], own: Iterable[tuple[int, int]] = ()) -> Bars:
    """The last years of the run in their order, the early ones left out; ours below each."""
    known, ours = list(counts), dict(own)
    most = PAIRS if ours else YEARS
    return _paired([(str(year), n, ours.get(year, 0)) for year, n in known[-most:]])


def _paired(counts: Iterable[tuple[str, int, int]]) -> Bars:
    rows: list[Bar] = []
    for name, theirs, ours in counts:
        rows.append(Bar(name, (("", theirs),)))
        if ours:
            rows.append(Bar(tr("ours"), (("", ours),), own=True))
    return Bars(tuple(rows), tr("Nothing to count."))


def cells(
    others: Iterable[tuple[str, str, int]], own: Iterable[tuple[str, str, int]] = ()
) -> Matrix:
    """Technology × effect: families of the run, as a reader placed them, and ours."""
    theirs = {(t, e): n for t, e, n in others}
    ours = {(t, e): n for t, e, n in own}
    rows = sorted({t for t, _ in (*theirs, *ours)})
    columns = sorted({e for _, e in (*theirs, *ours)})
    return Matrix(
        tuple(rows),
        tuple(e or "–" for e in columns),
        tuple(
            tuple(
                Cell(own=ours.get((t, e), 0), others=theirs.get((t, e), 0), state="checked")
                for e in columns
            )
            for t in rows
        ),
    )
