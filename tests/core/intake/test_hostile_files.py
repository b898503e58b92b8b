"""Files that are broken, locked or meant to harm: one clear refusal, never a hang or a crash."""

import io
import multiprocessing
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ipdesk.base.errors import Cancelled, Refused
from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.reader import _listen, take_apart
from ipdesk.core.intake.reading import read_list

SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)
CELL = '<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def good_workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("List")
    sheet.write_row(0, 0, ["Application No.", "Title", "Filing Date"])
    sheet.write_row(1, 0, ["CN201610895413.X", "Antenna", "2016-10-13"])
    book.close()
    return path


def with_sheet(path: Path, sheet: bytes, level: int = 6) -> Path:
    """A sound workbook whose sheet was exchanged."""
    buffer = io.BytesIO(good_workbook(path).read_bytes())
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            data = sheet if entry.filename == "xl/worksheets/sheet1.xml" else old.read(entry)
            new.writestr(entry.filename, data, zipfile.ZIP_DEFLATED, level)
    return path


def refusal(path: Path) -> str:
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        read_list(path)
    assert time.monotonic() - started < 60
    sentence = str(refused.value)
    assert sentence
    assert "Traceback" not in sentence
    assert "{" not in sentence
    return sentence


def test_a_sound_workbook_is_read(tmp_path: Path) -> None:
    result = read_list(good_workbook(tmp_path / "good.xlsx"))
    assert [d.title for d in result.drafts] == ["Antenna"]
    assert len(result.sha256) == 64


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    path = good_workbook(tmp_path / "good.csv")
    assert read_list(path).raw.kind == "xlsx"


def test_two_far_corners_do_not_ask_for_half_a_terabyte(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{CELL.format(ref="A1", text="Title")}</row>'
        f'<row r="1048576">{CELL.format(ref="XFD1048576", text="x")}</row>'
    )
    path = with_sheet(tmp_path / "far.xlsx", SHEET.format(rows=rows).encode())
    assert "cells" in refusal(path)


def test_a_long_sheet_of_far_columns_is_refused(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}">{CELL.format(ref=f"ZZ{n}", text="x")}</row>' for n in range(1, 40_000)
    )
    path = with_sheet(tmp_path / "wide.xlsx", SHEET.format(rows=rows).encode())
    assert "cells" in refusal(path)


def test_a_bomb_of_zeros_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with_sheet(path, b"\0" * (64 << 20), level=9)
    assert "hundred times" in refusal(path)


def test_a_workbook_that_unpacks_to_gigabytes_is_not_opened(tmp_path: Path) -> None:
    path = good_workbook(tmp_path / "huge.xlsx")
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 24 : place + 28] = (600 << 20).to_bytes(4, "little")
        place = data.find(b"PK\x01\x02", place + 4)
    path.write_bytes(data)
    assert "unpacks" in refusal(path)


def test_a_directory_that_lies_about_sizes_does_not_help(tmp_path: Path) -> None:
    """The shared strings unpack to 700 MB and claim to be small: the process has limits too."""
    path = good_workbook(tmp_path / "lie.xlsx")
    chunk = b"<si><t>" + b"A" * (1 << 20) + b"</t></si>"
    buffer = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != "xl/sharedStrings.xml":
                new.writestr(entry.filename, old.read(entry))
        with new.open("xl/sharedStrings.xml", "w", force_zip64=False) as handle:
            handle.write(b'<?xml version="1.0"?><sst>')
            for _ in range(700):
                handle.write(chunk)
            handle.write(b"</sst>")
        size = new.getinfo("xl/sharedStrings.xml").file_size
    small = (4 << 20).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), small))
    refusal(path)


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.95])
def test_a_truncated_workbook_is_refused(tmp_path: Path, kept: float) -> None:
    path = good_workbook(tmp_path / "cut.xlsx")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert "damaged" in refusal(path)


def test_broken_xml_inside_a_workbook_is_refused(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "broken.xlsx", b"<worksheet><sheetData><row")
    refusal(path)


def test_an_encrypted_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    names = "".join(f"{n}\0" for n in ("Root Entry", "EncryptedPackage", "EncryptionInfo"))
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + names.encode("utf-16-le")
    path.write_bytes(body)
    assert "password" in refusal(path)


def test_an_entity_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "laughs.xml"
    entities = '<!ENTITY l0 "ha">'
    entities += "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 30))
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&l29;</x>')
    assert "entities" in refusal(path)


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    path = tmp_path / "external.xml"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        "<TradeMark><ApplicationNumber>&e;</ApplicationNumber></TradeMark>"
    )
    assert "SECRET" not in refusal(path)


def test_a_workbook_with_entities_is_refused(tmp_path: Path) -> None:
    sheet = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + SHEET.format(rows="&a;").encode()
    refusal(with_sheet(tmp_path / "entities.xlsx", sheet))


def test_deep_xml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.xml"
    path.write_text('<?xml version="1.0"?>' + "<a>" * 50_000 + "</a>" * 50_000)
    refusal(path)


def test_deep_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[{" + '"a":[' * 50_000 + "]" * 50_000 + "}]")
    refusal(path)


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "columns.csv"
    path.write_text("申请号" + "," * 1_000_000 + "\n")
    assert "columns" in refusal(path)


def test_a_cell_of_ten_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cell.csv"
    path.write_text('申请号,名称\nCN201610895413.X,"' + "长" * 4_000_000 + '"\n')
    assert "million characters" in refusal(path)


LIST = "申请号,名称,申请日\nCN201610895413.X,喷头,2016-10-13"


@pytest.mark.parametrize("blank", ["\n", ",,\r\n", " ; \n", "\t\n"])
def test_millions_of_blank_rows_below_a_list_cost_nothing(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "blank.csv"
    path.write_text(f"{LIST},,\n" + blank * 3_000_000, encoding="utf-8", newline="")
    began = time.process_time()
    result = read_list(path)
    assert [d.title for d in result.drafts] == ["喷头"]
    assert result.tables[0].sheet.lines == 2
    assert time.process_time() - began < 3


def test_more_lines_than_a_list_has_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(LIST + "\n" * 2_500_000 + "CN201610859128.2,墨水,2016-09-28", "utf-8")
    with pytest.raises(Refused, match="2,500,001 lines"):
        read_list(path)


def test_an_open_quotation_mark_does_not_swallow_the_list(tmp_path: Path) -> None:
    path = tmp_path / "quote.csv"
    lines = [f"CN2016108954{n:02d},Antenna {n},2016-10-13" for n in range(60)]
    lines[2] = 'CN201610895413.X,"Antenna with an open mark,2016-10-13'
    path.write_text("Application No.,Title,Filing Date\n" + "\n".join(lines) + "\n")
    assert len(read_list(path).drafts) == 60


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"SQLite format 3\x00",
        os.urandom(64) + b"\x00\x00" * 200,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000,
        b"PK\x03\x04" + b"\x00" * 100,
        b"\x09\x08\x08\x00\x00\x05\x05\x00" + b"\xff" * 50,
        b"hello",
        b"<html><body>nothing</body></html>",
        b"<?xml version='1.0'?><a/>",
        b"{}",
        b"[]",
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(data)
    refusal(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path / "nothing.csv")
    assert "folder" in refusal(tmp_path)


@pytest.mark.parametrize("name", ["-rf.csv", "a b; rm.csv", "名单$(x).csv", "..%2f..%2fx.csv"])
def test_tricks_in_the_name_are_only_a_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Application No.,Title\nCN201610895413.X,Antenna\n")
    assert read_list(path).file == name


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    path = good_workbook(tmp_path / "good.xlsx")
    with pytest.raises(Cancelled):
        read_list(path, cancelled=lambda: True)


def test_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = good_workbook(tmp_path / "good.xlsx")
    with pytest.raises(Refused, match="seconds"):
        take_apart(path, seconds=0)


def test_a_small_file_may_not_take_as_long_as_a_large_one(tmp_path: Path) -> None:
    small, large = tmp_path / "a.csv", tmp_path / "b.zip"
    small.write_bytes(b"x" * 5000)
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"x" * (50 << 20))
    assert limits.seconds_for(small) <= 30
    assert limits.seconds_for(large) > 4 * limits.seconds_for(small)


def test_progress_is_told(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as handle:
        handle.write("Application No.,Title\n")
        handle.writelines(f"17/{n:06d},Antenna {n}\n" for n in range(60_000))
    told: list[tuple[int, int]] = []
    result = read_list(path, progress=lambda done, total: told.append((done, total)))
    assert len(result.drafts) == 60_000
    assert told
    assert all(0 <= done <= total for done, total in told)


def test_formulas_are_not_evaluated(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Application No.", "Title"])
    sheet.write(1, 0, "CN201610895413.X")
    sheet.write_formula(1, 1, "=1+1", None, "last value")
    book.close()
    assert read_list(path).drafts[0].title == "last value"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "outside.py"
    path.write_text(
        "import sys\n"
        "from ipdesk.core.intake.reading import read_list\n"
        "if __name__ == '__main__':\n"
        "    print(len(read_list(sys.argv[1]).drafts))\n"
    )
    return path


def test_the_reader_works_from_a_program_of_its_own_and_stays_silent(
    tmp_path: Path, outside: Path
) -> None:
    done = subprocess.run(
        [sys.executable, str(outside), str(good_workbook(tmp_path / "good.xlsx"))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("1", "")


def test_the_limits_are_those_that_were_promised() -> None:
    assert limits.RATIO == 100
    assert limits.UNPACKED_BYTES == 512 << 20
    assert limits.CELLS == 20_000_000


def test_a_cell_merged_over_several_rows_counts_for_each_row_with_a_number(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("List")
    sheet.write_row(0, 0, ["Title", "Country", "Application No.", "Note"])
    sheet.merge_range(1, 0, 3, 0, "Antenna")
    sheet.write_row(1, 1, ["China", "CN201610895413.X"])
    sheet.write_row(2, 1, ["USA", "17/800,123"])
    sheet.write_row(3, 1, ["", "", "see letter"])
    book.close()
    drafts = read_list(path).drafts
    assert [(d.row, d.title, d.office) for d in drafts] == [
        (2, "Antenna", "CN"),
        (3, "Antenna", "US"),
    ]


def test_hidden_rows_count_and_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("List & more")
    sheet.write_row(0, 0, ["Title", "Application No."])
    sheet.write_row(1, 0, ["Antenna", "CN201610895413.X"])
    sheet.write_row(2, 0, ["Pen", "17/800,123"])
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    result = read_list(path)
    assert (len(result.drafts), result.sheets[0].hidden_rows) == (2, 1)


def test_a_reader_that_never_began_is_not_the_fault_of_the_file() -> None:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=int, daemon=True)  # it ends without a word
    process.start()
    there.close()
    with pytest.raises(Refused, match="did not start"):
        _listen(here, process, None, None, 60)
    here.close()
