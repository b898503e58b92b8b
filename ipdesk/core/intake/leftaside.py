"""Rows that speak of a matter but carry neither a number nor a title: no record, but said."""

from collections.abc import Iterable

from ipdesk.base.i18n import say
from ipdesk.core.intake.cells import one_line
from ipdesk.core.intake.identity import said_right
from ipdesk.core.intake.model import CellProblem, MatterDraft, Severity, Table

LEFT_ASIDE = "left_aside"


def left_aside(table: Table, drafts: Iterable[MatterDraft]) -> list[CellProblem]:
    """A warning for every row with our reference and a kind of right that became no draft."""
    places = {m.field: m.index for m in reversed(table.mapping)}
    if not {"reference", "right"} <= places.keys():
        return []
    sheet, taken = table.sheet, {d.row for d in drafts}
    references, rights = (sheet.columns[places[f]] for f in ("reference", "right"))
    header = next(m.header for m in table.mapping if m.index == places["reference"])
    message = say("This row has neither a number nor a title and is left aside; give it one.")
    return [
        CellProblem(sheet.name, index + 1, header, Severity.WARNING, LEFT_ASIDE, message)
        for index in range(table.first_row - 1, sheet.lines)
        if index + 1 not in taken
        and one_line(references.cell(index))
        and said_right(one_line(rights.cell(index)))
    ]
