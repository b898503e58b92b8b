"""Benchmarks tell ratios within one run; the table at the end is what the README quotes."""

from collections.abc import Callable

import pytest

LINES: list[tuple[str, str]] = []


@pytest.fixture
def told() -> Callable[[str, str], None]:
    """Add a line to the table: what was measured, and the figures in words."""

    def tell(what: str, figures: str) -> None:
        LINES.append((what, figures))

    return tell


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table, after everything else."""
    if LINES:
        terminalreporter.section("measured in this run")
        width = max(len(what) for what, _ in LINES)
        for what, figures in LINES:
            terminalreporter.write_line(f"{what:<{width}}  {figures}")
