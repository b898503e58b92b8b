"""Commands that take lists in: import."""

from typing import Any


def add_commands(commands: Any) -> None:
    """Register the commands of this file."""
