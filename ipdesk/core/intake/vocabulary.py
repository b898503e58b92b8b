"""``resources/columns.toml``: the words of lists, read once."""

import tomllib
from functools import cache
from typing import Any

from ipdesk.base.assets import asset


@cache
def vocabulary() -> dict[str, Any]:
    """The whole file; nobody changes it."""
    with asset("columns.toml").open("rb") as handle:
        return tomllib.load(handle)
