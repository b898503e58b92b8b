"""Workbooks: .xlsx, .xlsb, .xls and .ods through calamine, those before Excel 97 through xlrd."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from ipdesk.base.errors import Refused
from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.formats.columnar import Columns
from ipdesk.core.intake.formats.source import Source
from ipdesk.core.intake.model import RawSheet

Tell = Callable[[int, int], None]

_FAR = re.compile(rb'\br="([A-Z]{3})\d+"')
_NEAR = re.compile(rb'\br="([A-Z]{1,2})\d+"')
_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_HIDDEN = re.compile(rb'<row [^>]*?\bhidden="(?:1|true)"')
_LINK = re.compile(rb"<Relationship [^>]*>")
_TARGET = re.compile(rb'Target="([^"]*)"')
_ID = re.compile(rb'\bId="([^"]*)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet [^>]*>")
_NAME = re.compile(rb'\bname="([^"]*)"')
_RID = re.compile(rb'\b\w+:id="([^"]*)"')
_BETWEEN = re.compile(r">\s+<")
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
_MERGED = 50_000
_PROBED = 24 << 20  # larger sheets are watched while they are read


def read_workbook(source: Source, kind: str, tell: Tell) -> list[RawSheet]:
    """Every sheet as values; formulas are not evaluated, their last values count."""
    hidden = _probe(source) if kind == "xlsx" else {}
    if kind == "biff":
        return _read_old(source)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        # by its path calamine would believe the name of the file
        with source.open() as handle:
            workbook = CalamineWorkbook.from_filelike(handle)
    except PasswordError as error:
        raise limits.locked() from error
    except (CalamineError, OSError, ValueError) as error:
        if kind == "xls":
            return _read_old(source)
        raise limits.damaged() from error
    sheets = []
    found = [s for s in workbook.sheets_metadata if str(s.typ).endswith("WorkSheet")]
    if len(found) > limits.SHEETS:
        raise limits.damaged()
    for number, about in enumerate(found):
        try:
            sheet = workbook.get_sheet_by_name(about.name)
            start, total = sheet.start, sheet.total_height
            gathered = Columns()
            if start is not None:
                for done in gathered.extend(sheet.iter_rows()):
                    tell(number * 1000 + done * 1000 // max(total + 1, 1), len(found) * 1000)
        except (CalamineError, ValueError, OverflowError) as error:
            if kind == "xls":
                return _read_old(source)
            raise limits.damaged() from error
        columns, lines = gathered.result(before=start[1] if start else 0)
        visible = str(about.visible).endswith(".Visible")
        sheets.append(
            RawSheet(
                about.name,
                columns,
                lines,
                visible,
                hidden.get(about.name, 0),
                merged=_merged(sheet.merged_cell_ranges),
            )
        )
    return sheets


def in_a_package(source: Source, text: str) -> Source:
    """A flat open document (.fods) as the package that it would be: its content is the same.

    calamine takes the line breaks between the elements of a flat file for damage.
    """
    content = _BETWEEN.sub("><", text[text.index("<office:document") :])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content.encode("utf-8"))
    return Source(source.name, None, packed.getvalue())


def _merged(ranges: Any) -> tuple[tuple[int, int, int], ...]:
    """Cells of one column that were merged over several rows."""
    found = []
    for (top, left), (bottom, right) in (ranges or ())[:_MERGED]:
        if bottom > top and left == right:
            found.append((top, bottom, left))
    return tuple(found)


def _probe(source: Source) -> dict[str, int]:
    """Hidden rows by sheet; raises Refused where cells lie so far apart that no list is meant.

    calamine holds a sheet as a rectangle and would ask for 512 GB for two far corners.
    """
    hidden: dict[str, int] = {}
    try:
        with source.open() as handle, zipfile.ZipFile(handle) as archive:
            names = _sheet_names(archive)
            for part in archive.infolist():
                if part.filename.startswith("xl/worksheets/") and part.file_size <= _PROBED:
                    data = archive.read(part)
                    _check_extent(data)
                    name = names.get(part.filename.rsplit("/", 1)[-1], "")
                    hidden[name] = len(_HIDDEN.findall(data))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise limits.damaged() from error
    except (NotImplementedError, RuntimeError) as error:  # so zipfile tells of locked parts
        raise limits.locked() from error
    return hidden


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of the part → name of the sheet."""
    try:
        book = archive.read("xl/workbook.xml")
        links = archive.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {}
    for link in _LINK.findall(links):
        target, key = _TARGET.search(link), _ID.search(link)
        if target and key:
            targets[key[1]] = target[1].rsplit(b"/", 1)[-1].decode("utf-8", "replace")
    names = {}
    for sheet in _SHEET.findall(book):
        name, key = _NAME.search(sheet), _RID.search(sheet)
        if name and key and key[1] in targets:
            names[targets[key[1]]] = unescape(name[1].decode("utf-8", "replace"))
    return names


def _check_extent(data: bytes) -> None:
    last = data.rfind(b"<row ")
    row = _ROW.search(data, last) if last >= 0 else None
    height = int(row[1]) if row else 0
    far = max((_column(m) for m in set(_FAR.findall(data))), default=0)
    if far == 0 and height * 702 > limits.CELLS:
        far = max((_column(m) for m in set(_NEAR.findall(data))), default=0)
    if far * height > limits.CELLS:
        raise limits.too_many_cells(far * height)


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index


def _read_old(source: Source) -> list[RawSheet]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=source.read(), on_demand=True, logfile=_Silence())
    except xlrd.biffh.XLRDError as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise limits.locked() from error
        raise limits.damaged() from error
    except Exception as error:  # a broken old file makes xlrd fail in any way
        raise limits.damaged() from error
    try:
        return [_old_sheet(book, n) for n in range(book.nsheets)]
    except Refused:
        raise
    except Exception as error:
        raise limits.damaged() from error


def _old_sheet(book: Any, number: int) -> RawSheet:
    sheet = book.sheet_by_index(number)
    gathered = Columns()
    for _ in gathered.extend(_old_rows(book, sheet)):
        pass
    columns, lines = gathered.result()
    return RawSheet(sheet.name, columns, lines, sheet.visibility == 0)


def _old_rows(book: Any, sheet: Any) -> Iterator[list[Any]]:
    import xlrd

    for row in range(sheet.nrows):
        cells: list[Any] = []
        for cell in sheet.row(row):
            if cell.ctype == xlrd.XL_CELL_DATE:
                cells.append(_old_day(cell.value, book.datemode))
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                cells.append(bool(cell.value))
            elif cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                cells.append("")
            else:
                cells.append(cell.value)
        yield cells


def _old_day(value: float, mode: Any) -> Any:
    import xlrd

    try:
        return xlrd.xldate_as_datetime(value, mode)
    except (ValueError, OverflowError):
        return value


class _Silence:
    """xlrd remarks on odd files; nobody reads that."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None
