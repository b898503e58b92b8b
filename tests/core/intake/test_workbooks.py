"""Workbooks of every age and make: typed cells, old files, open documents, files in disguise."""

import re
import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ipdesk.core.intake import sheets
from ipdesk.core.intake.formats import read_file
from ipdesk.core.intake.model import RawFile, ReadResult
from ipdesk.core.intake.reading import interpret


def take(path: Path) -> RawFile:
    return read_file(path, lambda done, total: None)


def read(path: Path) -> ReadResult:
    return interpret(take(path))


def workbook(path: Path, rows: Sequence[object], **options: Any) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        assert isinstance(row, list)
        sheet.append(row)
    if options.get("epoch"):
        book.epoch = options["epoch"]
    book.save(path)
    return path


def test_typed_cells_keep_their_meaning(tmp_path: Path) -> None:
    rows = [
        ["申请号", "名称", "申请日", "公开日", "授权日", "权利要求数"],
        [2012202497674, "散热器", date(2016, 10, 13), datetime(2017, 1, 25, 12), 43616.0, 9],
        [201610859128.2, "天线", "2012-05-30", time(0, 0), None, 3.0],
    ]
    first, second = read(workbook(tmp_path / "typed.XLSX", rows)).drafts
    assert first.application_number == "CN201220249767.4"
    assert first.problems == ()
    assert (first.filing_date, first.publication_date, first.grant_date) == (
        date(2016, 10, 13),
        date(2017, 1, 25),
        date(2019, 5, 31),
    )
    assert first.extra["claims"] == 9
    assert second.application_number == "CN201610859128.2"
    assert second.filing_date == date(2012, 5, 30)


def test_dates_of_the_macintosh_epoch_are_right(tmp_path: Path) -> None:
    rows = [
        ["Application No.", "Title", "Filing Date"],
        ["17/800,123", "Ink", date(2021, 2, 22)],
    ]
    path = workbook(tmp_path / "mac.xlsx", rows, epoch=CALENDAR_MAC_1904)
    assert read(path).drafts[0].filing_date == date(2021, 2, 22)


def test_errors_and_truths_in_cells_do_no_harm(tmp_path: Path) -> None:
    rows = [
        ["Application No.", "Title", "Note"],
        ["17/800,123", "Ink", True],
        ["17/800,124", "Pen", 1],
    ]
    raw = take(workbook(tmp_path / "truth.xlsx", rows))
    assert [row[2] for row in raw.sheets[0].rows(1, 3)] == ["TRUE", 1.0]


def test_a_used_range_far_to_the_right_does_no_harm(tmp_path: Path) -> None:
    rows = [
        ["Application No.", "Title"],
        ["17/800,123", "Ink", *[None] * 3000, "stray"],
    ]
    result = read(workbook(tmp_path / "wide.xlsx", rows))
    assert [d.title for d in result.drafts] == ["Ink"]


def test_hidden_sheets_are_left_aside_unless_they_are_all_there_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    shown, hidden = book.active, book.create_sheet("Hidden")
    assert shown is not None
    for sheet, title in ((shown, "Ink"), (hidden, "Pen")):
        sheet.append(["Application No.", "Title"])
        sheet.append(["17/800,123", title])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "hidden.xlsx")
    assert [d.title for d in read(tmp_path / "hidden.xlsx").drafts] == ["Ink"]


def test_an_open_document_sheet_is_read(tmp_path: Path) -> None:
    def cell(text: str) -> str:
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{text}</text:p></table:table-cell>"
        )

    rows = [["Application No.", "Title"], ["17/800,123", "Ink"]]
    body = "".join(f"<table:table-row>{''.join(map(cell, r))}</table:table-row>" for r in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="L">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "list.xls"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    result = read(path)
    assert (result.raw.kind, [d.title for d in result.drafts]) == ("ods", ["Ink"])


def biff2(rows: list[list[str]], codepage: int, encoding: str) -> bytes:
    """A worksheet as Excel 2 wrote it: bare records, no container."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    body = record(0x0009, struct.pack("<HH", 2, 0x10)) + record(0x0042, struct.pack("<H", codepage))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            written = text.encode(encoding)
            body += record(
                0x0004, struct.pack("<HH", r, c) + b"\0\0\0" + bytes([len(written)]) + written
            )
    return body + record(0x000A, b"")


@pytest.mark.parametrize(("codepage", "encoding"), [(936, "gbk"), (1252, "cp1252")])
def test_workbooks_before_excel_97_keep_their_letters(
    tmp_path: Path, codepage: int, encoding: str
) -> None:
    title = "一种天线" if codepage == 936 else "Gerät für Müller"
    rows = [["Application No.", "Title"], ["17/800,123", title]]
    path = tmp_path / "old.xls"
    path.write_bytes(biff2(rows, codepage, encoding))
    result = read(path)
    assert (result.raw.kind, result.drafts[0].title) == ("biff", title)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "<table><tr><th>申请号</th><th>名称</th></tr><tr><td>17/800,123</td><td>Ink</td></tr></table>",
            "html",
        ),
        ("申请号\t名称\n17/800,123\tInk\n", "csv"),
        ('{"applications": [{"申请号": "17/800,123", "名称": "Ink"}]}', "json"),
        (
            '{"申请号": "17/800,123", "名称": "Ink"}\n{"申请号": "17/800,124", "名称": "Ink"}\n',
            "json",
        ),
    ],
)
def test_an_xls_is_what_its_content_is(tmp_path: Path, text: str, kind: str) -> None:
    path = tmp_path / "list.xls"
    path.write_text(text, encoding="utf-8")
    result = read(path)
    assert result.raw.kind == kind
    assert {d.title for d in result.drafts} == {"Ink"}
    assert result.drafts[0].application_key == "US.A.17800123"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "申请号,名称"),
        ("utf-8-sig", "申请号,名称"),
        ("utf-16", "申请号,名称"),
        ("utf-16-le", "Application No.,Title,申请号"),
        ("gb18030", "申请号,专利名称,申请日"),
        ("big5", "專利名稱,申請號,申請日,液態金屬天線"),
        ("cp932", "発明の名称,医療機器監視システム"),
        ("cp949", "출원번호,발명의 명칭"),
        ("cp1252", "Name;Titel;Gerät für Flüssigkeit"),
        ("mac_roman", "Nom;Titre;Éloïse;métal"),
        ("cp1251", "Название;Заявитель;Способ получения"),
        ("gb18030", "Title,Ref liquid metal 液态"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_texts_are_decoded(encoding: str, text: str, newline: str) -> None:
    from ipdesk.core.intake.formats.encoding import decode

    whole = newline.join([text, "x,y", text, ""])
    assert decode(whole.encode(encoding))[0] == whole


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_and_breaks_in_cells_are_read(
    tmp_path: Path, newline: str
) -> None:
    row = f'"17/800,123","Two{newline}lines","A Ltd{newline}B Ltd"'
    text = f"申请号,名称,申请人{newline}{row}{newline}"
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())
    draft = read(path).drafts[0]
    assert (draft.row, draft.title, draft.applicants) == (2, "Two lines", ("A Ltd", "B Ltd"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_parts_evenly(tmp_path: Path, delimiter: str) -> None:
    other = ";" if delimiter == "," else ","
    rows = [
        ["申请号", "名称", "发明人"],
        ["17/800,123", f"A{other}B{other}C{other}D", f"E{other}F{other}G"],
    ]
    text = "\n".join(delimiter.join(f'"{c}"' for c in r) for r in rows)
    path = tmp_path / "list.csv"
    path.write_text(text)
    assert read(path).drafts[0].title == f"A{other}B{other}C{other}D"


RISKY = (
    "=1+1 lamp",
    "+86 dialling",
    "-stable foam",
    "@home hub",
    "'=quoted",
    "''-twice",
    "-5 °C fan",
    "\tled by a tab",
    "\t=1+1 led by a tab",
    "'\ttabbed and quoted",
    '="0012"',
)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_cells_that_look_like_formulas_come_back_unchanged(tmp_path: Path, suffix: str) -> None:
    columns = ["Application No.", "Title"]
    rows = [
        {"Application No.": f"CN2023101{n:05}.X", "Title": title} for n, title in enumerate(RISKY)
    ]
    path = tmp_path / f"out{suffix}"
    if suffix == ".csv":
        path.write_bytes(sheets.as_csv(columns, rows).encode("utf-8"))
        assert not re.search(r'(^|[,"])[=+@\t]', path.read_text("utf-8-sig"), re.MULTILINE)
    else:
        path.write_bytes(sheets.workbook("Out", columns, rows))
    assert [draft.title for draft in read(path).drafts] == list(RISKY)
