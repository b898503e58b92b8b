"""The walls of the house: who may know what, how large a file may grow, what is in the data."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "ipdesk").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_file_keeps_one_subject(path: Path) -> None:
    if "migrations" in path.parts:
        return  # a migration lists what tables were; nobody reads it twice
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "the first line says the subject"
    long = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_a_file_of_tests_keeps_one_subject() -> None:
    long = [
        path.relative_to(ROOT).as_posix()
        for path in TESTS
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    assert long == []


def test_the_top_level_is_the_agreed_one() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode != 0:
        pytest.skip("not a git checkout")
    tops = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    expected = {"ipdesk", "resources", "tests", "main.py", "pyproject.toml", "README.md"}
    assert expected <= tops
    assert {t for t in tops - expected if not t.startswith(".")} <= {"LICENSE", "requirements.lock"}


def test_only_one_file_has_threads() -> None:
    threads = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "ipdesk" / "ui").rglob("*.py")
        if "QRunnable" in path.read_text(encoding="utf-8")
    }
    assert threads <= {"ipdesk/ui/work.py"}
