"""Lists inside archives, flat open documents and binary workbooks; bombs and locks are refused."""

import gzip
import zipfile
from pathlib import Path

import pytest

from ipdesk.base.errors import Refused
from ipdesk.core.intake.formats import read_file
from ipdesk.core.intake.model import ReadResult
from ipdesk.core.intake.reading import interpret, read_list
from tests.core.intake.biff12 import write_xlsb

LIST = "Our Ref,Application No.,Title,Filing Date\nQS-1,EP20761234.2,Ink,2020-09-03\n"
OTHER = "案号,申请号,名称,申请日\nGY-1,CN201610895413.X,喷头,2016-10-13\n"


def read(path: Path) -> ReadResult:
    return interpret(read_file(path, lambda done, total: None))


def packed(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_the_one_list_of_a_zip_is_read_and_what_lies_beside_it_is_not(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "export/": "",
        "export/list.csv": LIST,
        "__MACOSX/export/._list.csv": b"\0\5\26\7",
        "README.txt": "Application No.,Title\nUS17/012345,not a row\n",
        "cover.pdf": b"%PDF-1.7",
        "manifest.json": '{"made": "today"}',
    }
    result = read(packed(tmp_path / "export.zip", members))
    assert [d.reference for d in result.drafts] == ["QS-1"]
    assert result.raw.file == "export.zip"
    assert [s.name for s in result.sheets] == ["list"]


def test_several_lists_of_a_zip_are_sheets_that_say_their_file(tmp_path: Path) -> None:
    book = write_xlsb(tmp_path / "b.xlsb", "Sheet1", [["Application No.", "Title"], ["x", "y"]])
    members: dict[str, str | bytes] = {"a.csv": LIST, "b.csv": OTHER}
    members["c.xlsb"] = book.read_bytes()
    result = read(packed(tmp_path / "two.zip", members))
    assert [d.reference for d in result.drafts][:2] == ["QS-1", "GY-1"]
    assert [s.name for s in result.raw.sheets] == ["a", "b", "c · Sheet1"]


def test_a_broken_member_does_not_spoil_the_others(tmp_path: Path) -> None:
    path = packed(tmp_path / "list.zip", {"a.xlsx": b"PK\3\4 cut off", "b.csv": LIST})
    assert [d.title for d in read(path).drafts] == ["Ink"]


def test_what_gzip_packed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(LIST.encode()))
    result = read(path)
    assert [(d.sheet, d.title) for d in result.drafts] == [("list", "Ink")]


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [
        ["Our Ref", "Application No.", "Title", "Filing Date"],
        ["QS-1", "EP20761234.2", "Ink", 44077.0],
    ]
    (draft,) = read(write_xlsb(tmp_path / "list.xlsb", "Patents", rows)).drafts
    assert (draft.sheet, draft.application_number) == ("Patents", "EP20761234.2")
    assert str(draft.filing_date) == "2020-09-03"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "unpack it"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "unpack it"),
        ("a.csv.xz", b"\xfd7zXZ\x00", "unpack it"),
        ("a.csv.gz", gzip.compress(b"0" * (70 << 20)), "hundred times"),
        ("cut.csv.gz", gzip.compress(LIST.encode())[:-12], "damaged"),
    ],
)
def test_other_archives_say_what_to_do(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused, match=says):
        read(path)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"list.csv": LIST}).read_bytes()
    path = packed(tmp_path / "outer.zip", {"inner.xlsx": inner})
    with pytest.raises(Refused, match="unpack it"):
        read(path)


def test_a_zip_without_a_list_and_one_of_too_many_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="unpack it"):
        read(packed(tmp_path / "none.zip", {"a.pdf": b"%PDF-1.7"}))
    with pytest.raises(Refused, match="60 files"):
        read(packed(tmp_path / "many.zip", {f"{n}.csv": LIST for n in range(60)}))


def test_a_bomb_in_a_zip_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "bomb.zip", {"list.csv": b"0" * (64 << 20)})
    with pytest.raises(Refused, match="hundred times"):
        read_list(path)


def test_a_zip_that_lies_about_sizes_is_stopped_while_it_is_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "lie.zip", {"list.csv": b"0" * (64 << 20)})
    true, small = (64 << 20).to_bytes(4, "little"), (1 << 20).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, small))
    with pytest.raises(Refused):
        read_list(path)


def test_a_locked_zip_says_so(tmp_path: Path) -> None:
    data = bytearray(packed(tmp_path / "locked.zip", {"list.csv": LIST}).read_bytes())
    for sign, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(sign) + flags] |= 1  # general purpose bit 0: encrypted
    path = tmp_path / "locked.zip"
    path.write_bytes(data)
    with pytest.raises(Refused, match="password"):
        read(path)
