"""The columns of a table, cleaned once per distinct cell and laid out row by row."""

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain, repeat
from typing import Any, TypeVar

from ipdesk.base.i18n import Message, say
from ipdesk.core.intake.cells import lines_of, multi_lines, one_line, one_lines, whole_number
from ipdesk.core.intake.columns import DATES, NUMBERS, OWN_NUMBERS, Vendor
from ipdesk.core.intake.dates import (
    DateColumn,
    Orders,
    Written,
    day_first,
    days_in,
    decide,
    earliest_of_several,
    hinted_orders,
    in_century,
    orders_of,
    read_date,
)
from ipdesk.core.intake.lists import Names, classes_of, split_values
from ipdesk.core.intake.model import Cell, CellProblem, Column, ColumnMapping, Severity, Table
from ipdesk.core.intake.people import given_of, one_each, whole_names
from ipdesk.core.intake.vocabulary import JAPANESE, language_of

T = TypeVar("T")

# the day beside a number in one cell: 10-2019-0123456 (2019.10.05)
_DAY_IN_CELL = re.compile(
    r"[\s,，;；]*[(（]?(?<!\d)(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?(?!\d)[)）]?"
    r"|[\s,，;；]*[(（]?(?<![\d.])\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d(?!\d)[)）]?"
    r"|[\s,，;；]*[(（]?(?<![\d.])\d{1,2}[-. ][A-Za-z]{3,9}[-., ]+(?:19|20)\d\d(?!\d)[)）]?"
)
_DAY_FIRST = frozenset("de fr es pt it nl pl cs tr ru da no sv fi".split())
_OF_DAYS = re.compile(r"date|datum|data\b|fecha|tarih|дата|日", re.IGNORECASE)
_YEARS = {
    "filing_date": "filing_year",
    "publication_date": "publication_year",
    "grant_date": "grant_year",
    "priority_date": "priority_year",
}


def _may_hold_a_day(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) < 400


def _earlier(first: date | None, second: date | None) -> date | None:
    return min(first, second) if first and second else first or second


class Gathered:
    """What the mapped columns say; rows are counted from the first row of data."""

    def __init__(self, table: Table, vendor: Vendor) -> None:
        self.table = table
        self.vendor = vendor
        self.start = table.first_row - 1
        self._japanese = any(JAPANESE.search(m.header) for m in table.mapping)
        self.size = max(table.sheet.lines - self.start, 0)
        self.problems: dict[int, list[CellProblem]] = {}
        self._lines: dict[str, list[str]] = {}
        self._by_field: dict[str, list[ColumnMapping]] = {}
        for one in table.mapping:
            if one.field:
                self._by_field.setdefault(one.field, []).append(one)
                number, _, day = one.field.partition("+")
                if number in NUMBERS and day in DATES:
                    self._by_field.setdefault(number, []).append(one)

    def has(self, field: str) -> bool:
        return field in self._by_field

    def header(self, field: str) -> str:
        """The header of the column that a field came from."""
        found = self._by_field.get(field)
        return found[0].header if found else ""

    def note(self, row: int, column: str, code: str, message: Message, *, error: bool) -> None:
        """Remember what is wrong with a cell."""
        severity = Severity.ERROR if error else Severity.WARNING
        line = self.start + row + 1
        problem = CellProblem(self.table.sheet.name, line, column, severity, code, message)
        self.problems.setdefault(row, []).append(problem)

    def laid_out(self, field: str, clean: Callable[[Cell], T], empty: T) -> Iterable[T]:
        """The cleaned values of a field by row; later columns fill what the first leaves empty."""
        columns = self._by_field.get(field)
        if not columns:
            return repeat(empty, self.size)
        values: list[T] = []
        for one in columns:
            own = self._cleaned(one, clean)
            values = [v or o for v, o in zip(values, own, strict=True)] if values else own
        return values

    def _cleaned(self, one: ColumnMapping, clean: Callable[[Cell], T]) -> list[T]:
        """The cleaned cells of one column, row by row."""
        column = self.table.sheet.columns[one.index]
        cells = column.distinct
        if "+" in one.field:
            cells = [_DAY_IN_CELL.sub("", str(c)) if _may_hold_a_day(c) else c for c in cells]
        if clean is one_line or (clean is lines_of and len(cells) > 64):
            return self._spread(self._tidied(clean, cells), column.codes)
        return self._spread([clean(c) for c in cells], column.codes)

    def _tidied(self, clean: Callable[[Cell], T], cells: list[Cell]) -> list[T]:
        texts: Any = one_lines(cells) if clean is one_line else multi_lines(cells)
        return texts  # type: ignore[no-any-return]  # both make texts

    def _spread(self, cleaned: list[T], codes: Sequence[int]) -> list[T]:
        if isinstance(codes, range):
            return cleaned[self.start :]
        return [cleaned[k] for k in codes[self.start :]]

    def texts(self, field: str) -> Iterable[str]:
        return self.laid_out(field, one_line, "")

    def lines(self, field: str) -> Iterable[str]:
        """Texts that keep their line breaks, for cells of several numbers.

        A list may give published and granted documents, or the applications of several countries,
        in columns of their own: all count.
        """
        if field not in self._lines:
            columns = self._by_field.get(field, ())
            if field in OWN_NUMBERS and len(columns) > 1:
                rows = zip(*(self._cleaned(one, lines_of) for one in columns), strict=True)
                self._lines[field] = ["\n".join(dict.fromkeys(t for t in row if t)) for row in rows]
            else:
                self._lines[field] = list(self.laid_out(field, lines_of, ""))
        return self._lines[field]

    def each(self, field: str) -> list[list[str]]:
        """The texts of every column of a field, row by row, for columns that are counted."""
        columns = self._by_field.get(field, ())
        if len(columns) < 2 or not one_each([one.header for one in columns]):
            return []
        return [self._cleaned(one, lines_of) for one in columns]

    def each_day(self, field: str) -> list[list[date | None]]:
        """The days of every column of a field, row by row."""
        columns = self._by_field.get(field, ())
        return [
            self._spread(self._decided(one, -1).days, self.table.sheet.columns[one.index].codes)
            for one in columns
        ]

    def joined(self, field: str, sign: str = "; ") -> Iterable[str]:
        """Texts of several columns of one field, all of them."""
        if len(self._by_field.get(field, ())) < 2:
            return self.texts(field)
        rows = [self._cleaned(one, one_line) for one in self._by_field[field]]
        return [sign.join(dict.fromkeys(t for t in row if t)) for row in zip(*rows, strict=True)]

    def names(self, field: str, *, people: bool) -> Iterable[tuple[str, ...]]:
        columns = self._by_field.get(field, ())
        if not columns:
            return repeat((), self.size)
        how = self.vendor.split.get(field, "") or ("spaced" if self._japanese else "")
        values: list[tuple[str, ...]] = []
        every = one_each([one.header for one in columns])
        for one in columns:
            column = self._of_people(one)
            reader = Names(column.distinct, people=people, how=how)
            read = [reader.read(c) for c in column.distinct]
            codes = column.codes[self.start :]
            self._cut_names(read, codes, one.header)
            own = self._spread([names for names, _ in read], column.codes)
            if values and every:
                values = [tuple(dict.fromkeys(v + o)) for v, o in zip(values, own, strict=True)]
            else:
                values = [v or o for v, o in zip(values, own, strict=True)] if values else own
        return values

    def _of_people(self, one: ColumnMapping) -> Column:
        """A column of names; family names with the given names that stand in another."""
        columns = self.table.sheet.columns
        given = given_of(one.header, self.table.headers)
        if given is None:
            return columns[one.index]
        family, first = columns[one.index], columns[given]
        places: dict[tuple[int, int], int] = {}
        pairs = zip(family.codes, first.codes, strict=True)
        codes = array("i", (places.setdefault(p, len(places)) for p in pairs))
        whole: list[Cell] = [whole_names(family.distinct[f], first.distinct[g]) for f, g in places]
        return Column(whole, codes)

    def _cut_names(
        self, read: list[tuple[tuple[str, ...], bool]], codes: Sequence[int], header: str
    ) -> None:
        cut = {k for k, (_, more) in enumerate(read) if more}
        if cut:
            message = say("The list says that there are further names and does not give them.")
            for row, code in enumerate(codes):
                if code in cut:
                    self.note(row, header, "names_cut", message, error=False)

    def classes(self) -> Sequence[tuple[str, ...]]:
        """Main class first, then all others, each once."""
        parts: list[Sequence[tuple[str, ...]]] = []
        for field in ("main_class", "classes"):
            for one in self._by_field.get(field, ()):
                parts.append(self._cleaned(one, classes_of))
        if not parts:
            return [()] * self.size
        if len(parts) == 1:
            return parts[0]
        memo: dict[tuple[tuple[str, ...], ...], tuple[str, ...]] = {}
        merged = []
        for row in zip(*parts, strict=True):
            found = memo.get(row)
            if found is None:
                found = memo[row] = tuple(dict.fromkeys(c for part in row for c in part))
            merged.append(found)
        return merged

    def values(self, field: str) -> Iterable[tuple[str, ...]]:
        return self.laid_out(field, lambda c: tuple(split_values(c)), ())

    def counts(self, field: str) -> Iterable[int | None]:
        return self.laid_out(field, whole_number, None)

    def days(self, field: str) -> Iterable[date | None]:
        """The days of a field; composite columns give theirs line by line."""
        columns = [
            (one, part)
            for name, found in self._by_field.items()
            if field in name.split("+")
            for one in found
            for part in ([name.split("+").index(field)] if "+" in name else [-1])
        ]
        if not columns:
            return repeat(None, self.size)
        values: list[date | None] = []
        for one, part in columns:
            column = self.table.sheet.columns[one.index]
            codes = column.codes[self.start :]
            decided = self._decided(one, part)
            own = self._spread(decided.days, column.codes)
            if field == "priority_date":
                decided = earliest_of_several(decided)
            self._say_of_dates(decided, codes, one.header)
            if decided.short:
                self._settle_centuries(own, codes, decided, field, one.header)
            if values and field == "priority_date":
                values = [_earlier(v, d) for v, d in zip(values, own, strict=True)]
            else:
                values = [v or d for v, d in zip(values, own, strict=True)] if values else own
        return values

    def several_days(self, field: str) -> dict[int, tuple[date, ...]]:
        """Rows whose cell lists several days, as databases do beside several publications."""
        found: dict[int, tuple[date, ...]] = {}
        for one in self._by_field.get(field, ()):
            column = self.table.sheet.columns[one.index]
            several = {
                k: days
                for k, cell in enumerate(column.distinct)
                if isinstance(cell, str) and len(cell) > 16 and len(days := days_in(cell)) > 1
            }
            if several:
                for row, code in enumerate(column.codes[self.start :]):
                    if code in several:
                        found[row] = several[code]
        return found

    def forget(self, row: int, codes: frozenset[str]) -> None:
        """Drop what was said of a row and turned out otherwise."""
        if row in self.problems:
            self.problems[row] = [p for p in self.problems[row] if p.code not in codes]

    def _decided(self, one: ColumnMapping, part: int) -> DateColumn:
        written = self._written(one, part)
        orders = orders_of(self._of_data(written, one))
        if len(orders) != 1 and any(w.readings for w in written):
            orders = self._orders_of_others(one, orders)
        decided = decide(written, orders)
        return day_first(decided) if decided.open and self._writes_day_first() else decided

    def _writes_day_first(self) -> bool:
        """Whether the headers are in a language in which nobody puts the month first."""
        return language_of([m.header for m in self.table.mapping]) in _DAY_FIRST

    def _of_data(self, written: list[Written], one: ColumnMapping) -> list[Written]:
        """What stands below the header; dates in a title above prove nothing."""
        codes = self.table.sheet.columns[one.index].codes
        return [written[k] for k in set(codes[self.start :])]

    def _written(self, one: ColumnMapping, part: int) -> list[Written]:
        distinct = self.table.sheet.columns[one.index].distinct
        # the header above the table is a distinct cell too, and not a date: read, never shown
        if part < 0:
            return [read_date(c) for c in distinct]
        if one.field.partition("+")[0] in NUMBERS:
            found = [_DAY_IN_CELL.search(str(c)) if _may_hold_a_day(c) else None for c in distinct]
            return [read_date(m[0].strip(" \n()（）,，;；") if m else "") for m in found]
        picked = []
        for cell in distinct:
            lines = str(cell).replace("\r\n", "\n").replace("\r", "\n").split("\n")
            picked.append(read_date(lines[part].strip() if part < len(lines) else ""))
        return picked

    def _orders_of_others(self, one: ColumnMapping, own: Orders) -> Orders:
        """What the header and the other columns of days prove."""
        hint = own & hinted_orders(one.header)
        if len(hint) == 1:
            return hint
        others = (m for f, found in self._by_field.items() if f.endswith("_date") for m in found)
        unknown = (m for m in self.table.mapping if not m.field and _OF_DAYS.search(m.header))
        for other in chain(others, unknown):
            if other is not one:
                proved = orders_of(self._of_data(self._written(other, -1), other))
                if len(proved) == 1 and proved & own:
                    return proved
        return own

    def _say_of_dates(self, decided: DateColumn, codes: Sequence[int], header: str) -> None:
        if not decided.problems:
            return
        for row, code in enumerate(codes):
            if code in decided.problems:
                kind, message = decided.problems[code]
                unread = kind in ("date_unread", "date_ambiguous", "date_incomplete")
                self.note(row, header, kind, message, error=unread)

    def _settle_centuries(
        self,
        days: list[date | None],
        codes: Sequence[int],
        decided: DateColumn,
        field: str,
        header: str,
    ) -> None:
        years = list(self.counts(_YEARS.get(field, "")))
        for row, code in enumerate(codes):
            day = days[row]
            if code in decided.short and day:
                days[row] = found = in_century(
                    day, years[row], expiry=field in ("expiry_date", "next_due")
                )
                if years[row] is None:
                    message = say("The year has two digits; {day} was taken.", day=found)
                    self.note(row, header, "two_digit_year", message, error=False)
