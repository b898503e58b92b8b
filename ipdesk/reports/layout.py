"""The layout plan in full: markets, gaps, clock, trees, matrices, rows, plan against actual."""

from collections import Counter
from collections.abc import Callable

from reportlab.platypus import Flowable
from sqlalchemy import Connection

from ipdesk.base.i18n import pick, say, tr
from ipdesk.charts import bars, filings, matrix
from ipdesk.charts.bars import Bars
from ipdesk.charts.matrix import Cell as Square
from ipdesk.charts.matrix import Matrix as Drawn
from ipdesk.charts.mix import ends_of, growth_of, tops_of
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.layout.actual import PlanActual, Tally
from ipdesk.core.layout.budget import NOTHING, Spending
from ipdesk.core.layout.costs import total_of
from ipdesk.core.layout.coverage import Matrix
from ipdesk.core.layout.mix import Mix
from ipdesk.core.layout.model import Branch, PlanRow
from ipdesk.core.layout.queries_matrix import KINDS
from ipdesk.core.layout.words import (
    ROLE_LABELS,
    ROW_STATUS_LABELS,
    CellState,
    Standing,
    label,
    plan_right_label,
)
from ipdesk.reports import parts
from ipdesk.reports.lines import DATE, DUE, day
from ipdesk.reports.paper import render
from ipdesk.reports.parts import HALF, WIDE, Chart, KeyFigure, KeyFigures, Note
from ipdesk.reports.planning import (
    GAP_LABELS,
    LayoutValues,
    clock_line,
    most_urgent,
    plan_facts,
    protection_line,
    read,
    whole_units,
    worst_first,
)
from ipdesk.reports.registry import Options
from ipdesk.reports.table import Band, Cell, Column, Row, Rows

_ROWS_A_PAGE = 18


def gather(connection: Connection, docket: Docket, options: Options) -> LayoutValues:
    """The plan named, else the newest current one, with everything around it."""
    return read(connection, docket, options, say("Layout plan"))


def build(values: LayoutValues) -> bytes:
    """The pages, in the language of the moment."""
    heading = values.heading
    story = parts.cover(heading, plan_facts(values.plan))
    if values.plan is None:
        story.append(Note([tr("There is no plan yet; markets and matrices stand without one.")]))
    story.append(_key_figures(values))
    story += _protection(values)
    story += _gaps(values)
    story += _clock(values)
    story += _matrices(values)
    story += _rows(values)
    if values.actual is not None:
        story += _actual(values.actual, values.tree)
    if values.mix is not None:
        story += _growth(values.mix)
    story += _tree(values.tree)
    story += parts.lost_characters(story)
    return render(heading, story)


def _key_figures(values: LayoutValues) -> Flowable:
    gaps = len(values.gaps)
    markets = sum(line.standing == Standing.GAP for line in values.protection)
    states = sum((m.tally() for m in values.matrices), Counter[str]())
    whole = values.actual.whole if values.actual else Tally("")
    figures = [
        KeyFigure(str(whole.planned), tr("filings planned")),
        KeyFigure(str(whole.filed), tr("of them filed")),
        parts.fault(whole.late, tr("late"), Tone.OVERDUE, known=bool(values.rows)),
        parts.fault(markets, tr("markets with a gap"), Tone.OVERDUE, known=bool(values.protection)),
        KeyFigure(str(gaps), tr("gaps in all")),
        parts.fault(
            states[CellState.UNCHECKED],
            tr("cells nobody searched"),
            Tone.UNCHECKED,
            known=bool(states),
        ),
    ]
    return KeyFigures(figures)


def _protection(values: LayoutValues) -> list[Flowable]:
    story = parts.chapter(tr("Patents precede products"), "protection")
    if not values.protection:
        return [*story, parts.body(tr("No product has a market yet."))]
    columns = [
        Column(tr("Product"), 80),
        Column(tr("Market"), 70),
        Column(tr("Market opens"), DATE + 8, fixed=True),
        Column(tr("Protection"), 110),
        Column(tr("In words"), 180),
    ]
    return [*story, Rows(columns, [protection_line(line) for line in values.protection])]


def _gaps(values: LayoutValues) -> list[Flowable]:
    if not values.gaps:
        return []
    rows: list[Row] = []
    kind = ""
    for gap in worst_first(values.gaps):
        if gap.kind != kind:
            kind = gap.kind
            count = sum(g.kind == kind for g in values.gaps)
            rows.append(Band(f"{GAP_LABELS.get(kind, kind)}  ({count})"))
        place = " × ".join(word for word in (gap.row, gap.column) if word)
        counts = f"{gap.own} / {gap.planned} / {gap.others}"
        rows.append([str(gap.said), place or "–", counts, day(gap.due)])
    columns = [
        Column(tr("Gap"), 240),
        Column(tr("Where"), 130),
        Column(tr("Own / planned / others"), 70),
        Column(tr("Until"), DATE, fixed=True),
    ]
    return [*parts.chapter(tr("Gaps, worst first"), "gaps"), Rows(columns, rows)]


def _clock(values: LayoutValues) -> list[Flowable]:
    if not values.clock:
        return []
    columns = [
        Column(tr("Subject"), 80),
        Column(tr("Office"), 62),
        Column(tr("Public from"), 84),
        Column(tr("Last safe day"), DUE, fixed=True),
        Column(tr("State"), 60),
        Column(tr("Why"), 130),
    ]
    return [
        *parts.chapter(tr("The clock: last safe filing days"), "clock"),
        Rows(columns, [clock_line(line) for line in most_urgent(values.clock)]),
    ]


# ── matrices ──────────────────────────────────────────────────────────────────────────────────


def _matrices(values: LayoutValues) -> list[Flowable]:
    drawable = [m for m in values.matrices if m.rows and m.columns]
    if not drawable:
        return []
    story = parts.chapter(tr("Matrices"), "matrices", room=220)
    for one in drawable:
        states = one.tally()
        title = parts.Words(label(KINDS, one.kind), size=10, bold=True, before=8, after=4)
        pieces = as_drawn(one).parts(_ROWS_A_PAGE, matrix.columns_in(WIDE / 72))
        words = tr(
            "{checked} cells checked, {stale} searched long ago, {unchecked} never searched.",
            checked=states[CellState.CHECKED],
            stale=states[CellState.STALE],
            unchecked=states[CellState.UNCHECKED],
        )
        if one.unplaced:
            words += " " + tr("{n} matters stand in no row.", n=one.unplaced)
        charts = [Chart(matrix.figure, p, matrix.height(p) * 72) for p in pieces]
        story.append(parts.together(title, charts[0]))
        for chart in charts[1:]:
            story += [parts.space(6), chart]
        story.append(parts.caption(words))
    return story


def as_drawn(one: Matrix) -> Drawn:
    """A matrix as its chart wants it."""
    cells = tuple(
        tuple(
            Square(cell.own, cell.planned, cell.others, cell.state)
            for cell in (one.cell(row.key, column.key) for column in one.columns)
        )
        for row in one.rows
    )
    return Drawn(
        tuple(row.shown for row in one.rows),
        tuple(column.shown for column in one.columns),
        cells,
        tuple(row.depth for row in one.rows),
    )


# ── rows, actual, growth ──────────────────────────────────────────────────────────────────────


def _rows(values: LayoutValues) -> list[Flowable]:
    if not values.rows:
        return []
    columns = [
        Column(tr("Row"), 150),
        Column(tr("Role and right"), 80),
        Column(tr("Territories"), 60),
        Column(tr("Weight"), 36, right=True),
        Column(tr("Target"), 44, fixed=True),
        Column(tr("Estimate"), 70, right=True),
        Column(tr("State"), 70),
    ]
    ordered = sorted(values.rows, key=lambda r: (-(r.priority or 0), r.ordinal, r.id))
    return [
        *parts.chapter(tr("What we plan to file"), "rows"),
        Rows(columns, [_row(row) for row in ordered]),
        parts.caption(tr("Weight: value × risk of copying × detectability, 1 to 125.")),
    ]


def _row(row: PlanRow) -> Row:
    fields = row.fields
    place = " · ".join(w for w in (row.technology, row.effect, row.application, row.product) if w)
    below = "\n".join(w for w in (fields.note, place, fields.gap, fields.proposal) if w)
    matters = ", ".join(m.reference for m in row.matters)
    people = parts.listed((fields.owner, matters, fields.reason))
    dropped = row.status == "dropped"
    return [
        Cell(fields.title, bold=True, quiet=dropped, below=below),
        Cell(label(ROLE_LABELS, fields.role), below=plan_right_label(fields.right)),
        ", ".join(target.office for target in fields.territories) or "–",
        str(row.priority or "–"),
        fields.target.strftime("%Y-%m") if fields.target else "–",
        total_of(row).shown(),
        Cell(
            label(ROW_STATUS_LABELS, row.status),
            Tone.DONE if row.status == "filed" else Tone.PLAIN,
            quiet=dropped,
            below=people,
        ),
    ]


def _actual(actual: PlanActual, tree: tuple[Branch, ...]) -> list[Flowable]:
    names = {b.name: pick(b.name, b.name_zh) for b in tree}
    story = parts.chapter(tr("Plan against actual"), "actual", room=160)
    groups: tuple[tuple[str, str, Callable[[str], str] | None], ...] = (
        (tr("By quarter"), "quarter", None),
        (tr("By right"), "right", plan_right_label),
        (tr("By technology"), "technology", lambda key: names.get(key, key)),
        (tr("By territory"), "territory", None),
    )
    counts: list[Row] = []
    money: list[Row] = []
    for title, group, named in groups:
        tallies = getattr(actual, f"by_{group}")
        lines = actual.money.get(group, ())
        counts += (
            [Band(title), *(_tally(t, _key(t.key, named)) for t in tallies)] if tallies else []
        )
        money += [Band(title), *(_money(s, _key(s.key, named)) for s in lines)] if lines else []
    heads = (
        tr("Planned"), tr("Filed"), tr("Waiting"), tr("Late"), tr("Dropped"), tr("Beside the plan"),
    )  # fmt: skip
    columns = [Column("", 150), *(Column(head, 50, right=True) for head in heads)]
    story.append(Rows(columns, counts))
    if money:
        sums = (tr("Budget"), tr("Estimate"), tr("Filed"), tr("Paid"), tr("Left"))
        story += parts.section(tr("Budget, in {currency}", currency=actual.currency))
        story.append(
            Rows([Column("", 130), *(Column(head, 75, right=True) for head in sums)], money)
        )
        story.append(parts.caption(tr("≥: an amount is unknown. Left: budget less estimate.")))
    return story


def _key(key: str, named: Callable[[str], str] | None) -> str:
    if key == NOTHING:
        return tr("not said")
    return named(key) if named else key


def _money(one: Spending, name: str) -> Row:
    left = "–" if one.left is None else whole_units(one.left)
    tone = Tone.OVERDUE if one.left is not None and one.left < 0 else Tone.PLAIN
    sums = (one.shown(part) or "–" for part in ("budget", "planned", "filed", "paid"))
    return [name, *sums, Cell(left, tone)]


def _tally(tally: Tally, name: str) -> Row:
    numbers = (tally.planned, tally.filed, tally.waiting, tally.late, tally.dropped, tally.beside)
    late = Cell(str(tally.late), Tone.OVERDUE if tally.late else Tone.PLAIN)
    return [name, *(late if i == 3 else str(n) for i, n in enumerate(numbers))]


def _growth(mix: Mix) -> list[Flowable]:
    if not any(year.filings for year in mix.years):
        return []
    story = [
        *parts.chapter(tr("Growth and mix"), "growth", room=240),
        Chart(filings.figure, growth_of(mix), 150),
    ]
    if mix.warnings:
        story.append(Note([w.said for w in mix.warnings], Tone.SOON))
    story.append(
        parts.Beside(
            _titled(tr("Rights in force by year of their end"), ends_of(mix, 15)),
            _titled(tr("Largest share that hangs on one, percent"), tops_of(mix)),
        )
    )
    return story


def _titled(title: str, values: Bars) -> list[Flowable]:
    high = bars.height(values, HALF / 72) * 72
    return [
        parts.Words(title, size=10, bold=True, after=4),
        Chart(bars.figure, values, high, HALF),
    ]


def _tree(branches: tuple[Branch, ...]) -> list[Flowable]:
    if not branches:
        return []
    columns = [
        Column(tr("Technology"), 160),
        Column(tr("Definition"), 180),
        Column(tr("Classes"), 80),
        Column(tr("Responsible"), 60),
        Column(tr("Matters"), 40, right=True),
    ]
    rows: list[Row] = [
        [
            Cell("– " * branch.depth + _name(branch), bold=not branch.depth),
            branch.definition or "–",
            ", ".join(branch.classes) or "–",
            branch.owner or "–",
            str(branch.matters),
        ]
        for branch in branches
    ]
    return [*parts.chapter(tr("Technology tree"), "tree"), Rows(columns, rows)]


def _name(branch: Branch) -> str:
    names = [branch.code, branch.name]
    if branch.name_zh and branch.name_zh != branch.name:
        names.append(branch.name_zh)
    return " ".join(name for name in names if name)
