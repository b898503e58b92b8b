"""One open file holds everything, and an empty database rebuilds the same from it."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import say
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.portfolio.queries import matter_ids
from ipdesk.core.portfolio.undo import rebuild, undo_last
from ipdesk.demo.fill import fill_portfolio
from ipdesk.store.archive import export_archive
from ipdesk.store.database import Database
from ipdesk.store.migrate import open_database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema import metadata
from ipdesk.store.schema.docket import attachment, content
from ipdesk.store.schema.portfolio import matter, tag


def test_an_empty_database_rebuilds_the_same_portfolio(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    fill_portfolio(database, docket)
    with database.write(say("Document")) as writer:
        writer.connection.execute(insert(content).values(sha256=_sha(b"pdf"), data=b"pdf"))
    path = tmp_path / "all.zip"
    export_archive(database, path)
    other = open_database(tmp_path / "other.ipdesk")
    rebuild(other, path)
    with database.read() as first, other.read() as second:
        for table in metadata.sorted_tables:
            if table.name in ("counter", "action", "search_text"):  # derived, or its own
                continue
            order = list(table.primary_key.columns)
            rows = [c.execute(select(table).order_by(*order)).all() for c in (first, second)]
            assert rows[0] == rows[1], table.name
        assert list(matter_ids(first, ListQuery("打印"))) == list(
            matter_ids(second, ListQuery("打印"))
        )
    with other.write(say("Afterwards")) as writer:
        writer.insert(tag, {"name": "new", "kind": None})
    undo_last(other)
    other.close()


def test_an_archive_read_and_written_again_is_the_same_byte_for_byte(
    database: Database, docket: Docket, tmp_path: Path
) -> None:
    fill_portfolio(database, docket)
    pdf = b"%PDF-1.7 \x00\xff" + bytes(range(256)) * 40
    with database.write(say("Document")) as writer:
        matter_id: int = writer.connection.execute(select(matter.c.id)).scalars().all()[0]
        writer.connection.execute(insert(content).values(sha256=_sha(pdf), data=pdf))
        values = {"matter_id": matter_id, "owner_table": "matter", "owner_id": matter_id}
        values |= {"name": "审查意见通知书.pdf", "size": len(pdf), "sha256": _sha(pdf)}
        writer.insert(attachment, {**values, "added_on": datetime(2026, 11, 24, 9, 30)})
    with database.write(say("Rename")) as writer:  # so that history has more than insertions
        writer.update(matter, matter_id, {"title": "液态金属泵"})
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    export_archive(database, first)
    other = open_database(tmp_path / "other.ipdesk")
    rebuild(other, first)
    export_archive(other, second)
    other.close()
    before, after = _contents(first), _contents(second)
    assert before.keys() == after.keys()
    assert before[f"documents/{_sha(pdf)}"] == [pdf]
    assert len(before["tables/entry.jsonl"]) > 20
    told = [line for line in after["tables/action.jsonl"] if "Read the archive" in line.decode()]
    assert len(told) == 1  # that it was read is the one thing added
    after["tables/action.jsonl"].remove(told[0])
    for name in before.keys() - {"manifest.json"}:
        assert before[name] == after[name], name


def _contents(path: Path) -> dict[str, list[bytes]]:
    """Members of an archive: tables as their lines in order, documents whole."""
    with zipfile.ZipFile(path) as archive:
        return {
            name: sorted(archive.read(name).splitlines())
            if name.endswith(".jsonl")
            else [archive.read(name)]
            for name in archive.namelist()
        }


def test_an_archive_is_not_read_over_other_data(database: Database, tmp_path: Path) -> None:
    with database.write(say("Tag")) as writer:
        writer.insert(tag, {"name": "x", "kind": None})
    path = tmp_path / "all.zip"
    export_archive(database, path)
    with pytest.raises(Refused, match="empty portfolio"):
        rebuild(database, path)


def test_a_damaged_archive_writes_nothing(database: Database, tmp_path: Path) -> None:
    whole, broken = tmp_path / "all.zip", tmp_path / "broken.zip"
    with database.write(say("Tag")) as writer:
        writer.insert_many(tag, [{"name": f"t{k}", "kind": None} for k in range(5)])
    export_archive(database, whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "tables/tag.jsonl":
                data = b"\n".join(data.splitlines()[:3]) + b"\n"
            target.writestr(name, data)
    other = open_database(tmp_path / "other.ipdesk")
    with pytest.raises(Refused, match="damaged"):
        rebuild(other, broken)
    with other.read() as connection:
        assert connection.execute(select(tag.c.id)).all() == []
    other.close()


ROW = b'{"id": 1, "name": "x"}\n'
DAMAGES: dict[str, tuple[str, bytes]] = {
    "a list for a row": ("tables/tag.jsonl", b"[1]\n"),
    "nothing for a row": ("tables/tag.jsonl", b"null\n"),
    "nested without end": ("tables/tag.jsonl", b"[" * 100_000),
    "a row twice": ("tables/tag.jsonl", ROW * 2),
    "no id": ("tables/tag.jsonl", b'{"name": "x"}\n'),
    "an id beyond all": ("tables/tag.jsonl", b'{"id": 1e400, "name": "x"}\n'),
    "a name that is none": ("tables/tag.jsonl", b'{"id": 1, "name": ["x"]}\n'),
    "a day that is none": ("tables/action.jsonl", b'{"id": 9, "at": "soon"}\n'),
    "a member of nobody": ("tables/matter_tag.jsonl", b'{"id": 1, "matter_id": 7, "tag_id": 1}\n'),
    "zeros": ("tables/tag.jsonl", b"\0" * (80 << 20)),
    "a document in another folder": ("documents/../../evil", b"x"),
    "a document of another sum": ("documents/" + "0" * 64, b"x"),
    "a manifest of nothing": ("manifest.json", b"[]"),
    "a manifest without numbers": ("manifest.json", b'{"format": "ipdesk-archive"}'),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_damaged_archive_is_more_than_refused(
    database: Database, tmp_path: Path, damage: str
) -> None:
    whole, broken = tmp_path / "all.zip", tmp_path / "broken.zip"
    with database.write(say("Tag")) as writer:
        writer.insert(tag, {"name": "x", "kind": None})
    export_archive(database, whole)
    name, data = DAMAGES[damage]
    with (
        zipfile.ZipFile(whole) as source,
        zipfile.ZipFile(broken, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
        target.writestr(name, data)
    other = open_database(tmp_path / "other.ipdesk")
    with pytest.raises(Refused):
        rebuild(other, broken)
    with other.read() as connection:
        assert connection.execute(select(tag.c.id)).all() == []
    other.close()


def test_bytes_that_changed_on_the_way_are_refused(database: Database, tmp_path: Path) -> None:
    with database.write(say("Tag")) as writer:
        writer.insert_many(tag, [{"name": f"t{k}", "kind": None} for k in range(400)])
    path = tmp_path / "all.zip"
    export_archive(database, path)
    sound = path.read_bytes()
    other = open_database(tmp_path / "other.ipdesk")
    for place in range(30, len(sound), len(sound) // 25):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0x5A]) + sound[place + 1 :])
        try:
            rebuild(other, path)
        except Refused:
            continue
        undo_last(other)  # a byte that says nothing, such as a date of a zip entry
        break
    other.close()


def test_a_person_can_read_it_without_the_program(database: Database, tmp_path: Path) -> None:
    with database.write(say("Tag")) as writer:
        writer.insert(tag, {"name": "核心", "kind": None})
    path = tmp_path / "all.zip"
    export_archive(database, path)
    with zipfile.ZipFile(path) as archive:
        line = archive.read("tables/tag.jsonl").decode("utf-8").splitlines()[0]
    assert json.loads(line)["name"] == "核心"


def _sha(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()
