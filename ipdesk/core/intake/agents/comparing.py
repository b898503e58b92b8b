"""What came back against what was sent and what stands here now: values in, answers out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipdesk.base.i18n import Message
from ipdesk.base.text import squeeze
from ipdesk.core.intake.agents.columns import form
from ipdesk.core.intake.agents.model import DEADLINE, MATTER, NEW_DEADLINE, NEW_MATTER, Line
from ipdesk.core.intake.agents.reading import ReadRow, same_text
from ipdesk.core.portfolio.numbers import matter_keys

ADDED = "row"  # the field of an added row: its cells together
_NUMBERS = ("application_number", "publication_number", "grant_number")
_NEW = {MATTER: NEW_MATTER, DEADLINE: NEW_DEADLINE}
_SILENT = ("key", "query")
_DERIVED = ("own_date",)  # agrees when it is our date


@dataclass(frozen=True, slots=True)
class Answer:
    """A cell that came back otherwise, or an added row."""

    kind: str
    key: str  # m12, d40: the matter or deadline; of an added row what it is known by
    matter_id: int | None
    deadline_id: int | None
    field: str
    sent: Any
    answered: Any
    unread: Message | None
    sheet: str
    line: int


@dataclass(frozen=True, slots=True)
class Returned:
    """All that a workbook says that came back."""

    answers: tuple[Answer, ...]
    lines: int  # rows of ours that came back
    missing: int  # rows of ours that did not
    agreed: int  # cells that were changed to what stands here by now


def name_of(line: Line) -> str:
    """What a line is known by from one workbook to the next."""
    if line.kind.endswith(DEADLINE):
        return f"d{line.deadline_id}"
    return f"m{line.matter_id}"


def compared(
    rows: Iterable[ReadRow], lines: Mapping[str, Line], now: Mapping[str, Mapping[str, Any]]
) -> Returned:
    """Compare rows with the lines of the workbook (by key); *now* has cells by ``name_of``."""
    answers: list[Answer] = []
    seen: set[str] = set()
    agreed = 0
    for row in rows:
        line = _line_of(row, lines, seen)
        if line is None:
            added = _added(row)
            if added is not None:
                answers.append(added)
            continue
        seen.add(line.key)
        for answer in _cells(row, line):
            here = now.get(name_of(line), {})
            if answer.unread is None and _stands(answer, here):
                agreed += 1
            else:
                answers.append(answer)
    return Returned(tuple(answers), len(seen), len(lines) - len(seen), agreed)


def _line_of(row: ReadRow, lines: Mapping[str, Line], seen: set[str]) -> Line | None:
    """By the hidden key; a copied row has the key of another one and is an added row.

    Where the key is gone, the reference (and what is due) tells, if only one line fits.
    """
    line = lines.get(row.key)
    if line is not None:
        return line if line.key not in seen and _resembles(row, line) else None
    if row.key:
        return None
    fitting = [
        one
        for one in lines.values()
        if one.key not in seen and one.kind.endswith(row.kind) and _fits(row, one)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _resembles(row: ReadRow, line: Line) -> bool:
    """Whether anything of the line is left: its reference, its number or its title."""
    told = [f for f in ("reference", "application_number", "title") if f in row.cells]
    own = [f for f in told if line.cells.get(f)]
    if not own:
        return True
    return any(squeeze(row.text(f)) == squeeze(str(line.cells[f])) for f in own)


def _fits(row: ReadRow, line: Line) -> bool:
    if not row.text("reference") or not same_text(row.text("reference"), line.cells["reference"]):
        return False
    if row.kind == MATTER:
        return True
    due = row.cells.get("due")
    return same_text(row.text("label"), line.cells.get("label")) and (
        due is None or due.value == line.cells.get("due")
    )


def _cells(row: ReadRow, line: Line) -> Iterator[Answer]:
    for field, read in row.cells.items():
        sent = line.cells.get(field)
        if field in _SILENT or sent in read.options:
            continue
        if read.unread is None and _same(field, sent, read.value, line):
            continue
        yield Answer(
            line.kind,
            name_of(line),
            line.matter_id,
            line.deadline_id,
            field,
            sent,
            read.value,
            read.unread,
            row.sheet,
            row.line,
        )


def _same(field: str, sent: Any, answered: Any, line: Line) -> bool:
    if same_text(sent, answered) or _lost_letters(sent, answered):
        return True
    if field in _NUMBERS and sent and answered:
        return same_number(field, str(sent), str(answered), line.cells)
    if field == "title" or field == "label":
        return squeeze(str(sent or "")) == squeeze(str(answered or ""))
    return False


def _lost_letters(sent: Any, answered: Any) -> bool:
    """Whether a file without Chinese put a question mark for each sign that it could not hold."""
    if not isinstance(sent, str) or not isinstance(answered, str) or "?" not in answered:
        return False
    return same_text("".join(c if c.isascii() else "?" for c in sent), answered)


def same_number(field: str, first: str, second: str, cells: Mapping[str, Any]) -> bool:
    """Whether two spellings are one number of this office and right."""
    place = _NUMBERS.index(field)

    def key(text: str) -> str | None:
        numbers = ["", "", ""]
        numbers[place] = text
        office, right = str(cells.get("office") or ""), str(cells.get("right") or "")
        return matter_keys(office, right, numbers[0], numbers[1], numbers[2])[place]

    one, other = key(first), key(second)
    return one == other if one and other else squeeze(first) == squeeze(second)


def _stands(answer: Answer, here: Mapping[str, Any]) -> bool:
    """Whether what was answered stands here already."""
    if answer.answered in (None, ""):
        return not here.get(answer.field)
    name = "due" if answer.field in _DERIVED else answer.field
    if answer.field in ("remark", "reply"):
        return False
    now = here.get(name)
    if answer.field in _NUMBERS and now:
        return same_number(answer.field, str(now), str(answer.answered), here)
    return same_text(now, answer.answered)


def _added(row: ReadRow) -> Answer | None:
    """A row that the agent wrote; one with nothing to know it by is none."""
    known = _NUMBERS if row.kind == MATTER else ("label",)
    told = {f: r.value for f, r in row.cells.items() if f not in _SILENT and r.value}
    name = next((row.text(f) for f in (*known, "title", "reference") if row.text(f)), "")
    if not name or (row.kind == DEADLINE and not row.text("label")):
        return None
    wrong = next((r.unread for r in row.cells.values() if r.unread), None)
    whose = f"{squeeze(row.text('reference'))}:" if row.kind == DEADLINE else ""
    return Answer(
        _NEW[row.kind],
        f"new:{whose}{squeeze(name)}",
        None,
        None,
        ADDED,
        None,
        told,
        wrong,
        row.sheet,
        row.line,
    )


def ours_only(kind: str, field: str) -> bool:
    """Whether a column is ours: what the agent wrote there can be queried, not taken."""
    sheet = DEADLINE if kind.endswith(DEADLINE) else MATTER
    column = next((c for c in form().columns[sheet] if c.field == field), None)
    return column is not None and not column.open and field != "title"
