"""A portfolio and its backups work under any name that the system allows."""

import sys
from pathlib import Path

import pytest

from ipdesk.store.backups import last_backup, make_backup, restore
from ipdesk.store.migrate import open_database

NAMES = ["with a space", "专利 – Schützenswertes", "ours [2026] #1 100%20", "n" * 180]
if sys.platform != "win32":
    NAMES.append('what? a "quoted" name')


@pytest.mark.parametrize("name", NAMES)
def test_a_portfolio_of_any_name_is_kept_backed_up_and_restored(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "[our] files"
    folder.mkdir()
    path = folder / f"{name}.ipdesk"
    open_database(path).close()
    assert path.exists()
    made = make_backup(path)
    assert made.ok
    found = last_backup(path)
    assert found is not None
    assert found.path == made.path
    kept = restore(made.path, path)
    assert kept is not None
    open_database(path).close()
    assert {p.name for p in folder.iterdir()} == {path.name, "backups"}
