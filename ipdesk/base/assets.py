"""Where the files that are read, not run, lie: in a checkout, an editable install or a wheel."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def resources() -> Path:
    """The folder of rules, calendars, fees, fonts and texts.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if (folder / "offices.toml").is_file():
            return folder
    raise FileNotFoundError(f"IPDesk's resources are missing beside {_PACKAGE}")


def asset(*parts: str) -> Path:
    """The path of one resource, e.g. ``asset("rules", "CN.toml")``."""
    return resources().joinpath(*parts)
