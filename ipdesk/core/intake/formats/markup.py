"""Spreadsheets in disguise: HTML tables, web archives and XML spreadsheets named .xls."""

from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import say
from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.formats.columnar import Columns, columns_of
from ipdesk.core.intake.model import RawSheet

_SKIPPED = frozenset({"script", "style", "head", "title"})
_LONGEST_SPAN = 10_000
_BREAKS = frozenset({"br", "p", "div", "li"})


def read_html(text: str, name: str) -> list[RawSheet]:
    """Every table of a page; one of a single row or column is layout, not a list."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    sheets = []
    for number, rows in enumerate(parser.tables, start=1):
        if len(rows) > 1 and max(map(len, rows), default=0) > 1:
            columns, lines = columns_of(rows)
            title = name if len(parser.tables) == 1 else f"{name} {number}"
            sheets.append(RawSheet(title, columns, lines))
    return sheets


def read_web_archive(text: str, name: str) -> list[RawSheet]:
    """The HTML parts of a page saved as one file (MHTML)."""
    import email.policy  # large, and hardly ever needed

    message = email.message_from_string(text, policy=email.policy.default)
    sheets: list[RawSheet] = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            sheets.extend(read_html(str(part.get_content()), name))
    return sheets


def _count(text: str | None, most: int) -> int:
    """How many columns or rows a cell spans."""
    return min(max(int(text), 1), most) if text and text.isdecimal() else 1


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1
        self._down = 1
        self._hanging: list[dict[int, tuple[int, str]]] = []  # cells that reach into rows below
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag == "table":
            self._open.append([])
            self._hanging.append({})
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_row()
            self._open[-1].append([])
            self._take_hanging()
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            if not self._open[-1]:
                self._open[-1].append([])
            self._cell = []
            self._span = _count(dict(attrs).get("colspan"), limits.COLUMNS)
            self._down = _count(dict(attrs).get("rowspan"), _LONGEST_SPAN)
        elif tag in _BREAKS and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_row()
            self._open.pop()
            self._hanging.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skipping:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._open and self._open[-1]:
            lines = (" ".join(x.split()) for x in "".join(self._cell).split("\n"))
            row, text = self._open[-1][-1], "\n".join(x for x in lines if x)
            if self._down > 1 and self._span == 1:
                self._hanging[-1][len(row)] = (self._down - 1, text)
            row.append(text)
            row.extend([""] * (self._span - 1))
            if len(row) > limits.COLUMNS:
                raise limits.too_many_columns()
            self._take_hanging()
        self._cell = None
        self._span = self._down = 1

    def _end_row(self) -> None:
        """End a row; what hangs into it further right stands at its place."""
        self._end_cell()
        if self._open and self._open[-1] and self._hanging[-1]:
            row, hanging = self._open[-1][-1], self._hanging[-1]
            for place in sorted(p for p in hanging if p >= len(row)):
                row.extend([""] * (place - len(row)))
                self._take_hanging()

    def _take_hanging(self) -> None:
        """Cells of rows above that reach into this row at its next places."""
        row, hanging = self._open[-1][-1], self._hanging[-1]
        while len(row) in hanging:
            left, text = hanging.pop(len(row))
            if left > 1:
                hanging[len(row)] = (left - 1, text)
            row.append(text)


def parse_xml(text: str) -> Element:
    """The root of an XML text; entities and external references are refused."""
    try:
        root: Element = defusedxml.ElementTree.fromstring(text.encode("utf-8"))
    except DefusedXmlException as error:
        raise Refused(
            say(
                "This XML file defines entities of its own or refers to other files, which no "
                "register does; it was not opened."
            )
        ) from error
    except (ParseError, ValueError) as error:
        raise limits.damaged() from error
    return root


def local(tag: Any) -> str:
    """The name of an element without its namespace."""
    return str(tag).rpartition("}")[2].rpartition(":")[2]


def is_xml_spreadsheet(text: str) -> bool:
    return "urn:schemas-microsoft-com:office:spreadsheet" in text[:4000]


def is_open_document(text: str) -> bool:
    """Whether a text is a spreadsheet in one flat XML file (.fods)."""
    head = text[:20_000]
    return "<office:document" in head and "opendocument.spreadsheet" in head


def read_xml_spreadsheet(root: Element) -> list[RawSheet]:
    """The sheets of an XML spreadsheet of Excel 2002 and 2003."""
    sheets = []
    for sheet in root.iter():
        if local(sheet.tag) == "Worksheet":
            name = next((v for k, v in sheet.attrib.items() if local(k) == "Name"), "")
            gathered = Columns()
            for _ in gathered.extend(_spreadsheet_rows(sheet)):
                pass
            columns, lines = gathered.result()
            sheets.append(RawSheet(name, columns, lines))
    return sheets


def _spreadsheet_rows(sheet: Element) -> list[list[Any]]:
    rows: list[list[Any]] = []
    cells = 0
    for element in sheet.iter():
        if local(element.tag) != "Row":
            continue
        start = _index(element) or len(rows) + 1
        cells += start - len(rows)
        if cells > limits.CELLS:
            raise limits.too_many_cells(cells)
        rows.extend([] for _ in range(start - 1 - len(rows)))
        rows.append(_spreadsheet_cells(element))
    return rows


def _spreadsheet_cells(row: Element) -> list[Any]:
    cells: list[Any] = []
    for cell in row:
        if local(cell.tag) != "Cell":
            continue
        start = _index(cell) or len(cells) + 1
        if start > limits.COLUMNS:
            raise limits.too_many_columns()
        cells.extend([""] * (start - 1 - len(cells)))
        data = next((d for d in cell if local(d.tag) == "Data"), None)
        cells.append(_value(data) if data is not None else "")
        across = next((v for k, v in cell.attrib.items() if local(k) == "MergeAcross"), "0")
        cells.extend([""] * min(int(across) if across.isdigit() else 0, limits.COLUMNS))
    return cells


def _value(data: Element) -> Any:
    text = "".join(data.itertext())
    kind = next((v for k, v in data.attrib.items() if local(k) == "Type"), "String")
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "DateTime":
        return text.removesuffix(".000").removesuffix("T00:00:00")
    return "" if kind == "Error" else text


def _index(element: Element) -> int:
    text = next((v for k, v in element.attrib.items() if local(k) == "Index"), "")
    return int(text) if text.isdigit() else 0
