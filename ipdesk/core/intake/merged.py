"""Cells merged over several rows count for every row that has a number of its own."""

from array import array
from dataclasses import replace

from ipdesk.core.intake.cells import one_line
from ipdesk.core.intake.columns import OWN_NUMBERS
from ipdesk.core.intake.model import Column, RawSheet, Table


def with_merged_cells(table: Table) -> Table:
    """One title over three countries belongs to all three; rows that only carry notes get none."""
    sheet = table.sheet
    spans = [s for s in sheet.merged if s[0] >= table.first_row - 1 and s[2] < len(sheet.columns)]
    numbers = [m.index for m in table.mapping if m.field.partition("+")[0] in OWN_NUMBERS]
    if not spans or not numbers:
        return table
    columns = list(sheet.columns)
    for first, last, place in spans:
        column = columns[place]
        codes = array("I", column.codes)
        for row in range(first + 1, min(last, sheet.lines - 1) + 1):
            if _has_number(sheet, row, numbers):
                codes[row] = codes[first]
        columns[place] = Column(column.distinct, codes)
    return replace(table, sheet=replace(sheet, columns=tuple(columns)))


def _has_number(sheet: RawSheet, row: int, numbers: list[int]) -> bool:
    return any(one_line(sheet.columns[n].cell(row)) for n in numbers)
