"""Files are written whole or not at all, under any name that the system allows."""

from pathlib import Path

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.base.files import whole_file, write_whole


@pytest.mark.parametrize(
    "name", ["plain.txt", "with a space.txt", "期限 – ärger.ics", "n" * 200 + ".csv"]
)
def test_a_file_of_any_name_is_written_and_nothing_is_left_beside(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("old", encoding="utf-8")
    write_whole(path, "新")
    assert path.read_bytes() == "新".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("old", encoding="utf-8")

    def write() -> None:
        with whole_file(path) as half:
            half.write_text("half", encoding="utf-8")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(IpdeskError, match=r"kept\.ics cannot be written: .*another place"):
        write_whole(tmp_path / "nowhere" / "kept.ics", b"")
