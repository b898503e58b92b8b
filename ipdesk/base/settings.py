"""Choices of one user on one machine, declared once with type and default; kept as JSON.

What a team shares (lead times, confirmed rules, closing days) stands in the database instead.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path, user_log_path

from ipdesk.base.files import write_whole

_APP = "IPDesk"


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults first; ``theme`` is system, light or dark; an empty ``language`` is the system's."""

    language: str = ""
    theme: str = "system"
    density: str = "normal"
    user: str = ""
    company: str = ""
    database: str = ""
    report_language: str = ""
    backup_every_days: int = 7
    last_backup: str = ""
    calendar_file: str = ""  # kept up to date for calendar programs; empty: none
    window: str = ""  # geometry as Qt gives it, base64
    pages: str = "{}"  # what pages remember: columns, widths, sort, filters
    recent: tuple[str, ...] = ()
    look_up: bool = False  # whether families may be fetched from the EPO by number


class SettingsFile:
    """The settings on disk; a damaged file gives the defaults and is kept beside as .damaged."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or config_folder() / "settings.json"
        self.values = self._read()

    def _read(self) -> Settings:
        try:
            stored = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError):
            with suppress(OSError):  # a file that cannot be read may not be moved either
                self.path.replace(self.path.with_suffix(".damaged"))
            return Settings()
        return _checked(stored if isinstance(stored, dict) else {})

    def change(self, **values: Any) -> Settings:
        """Keep new values; written whole or not at all."""
        self.values = replace(self.values, **values)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, json.dumps(asdict(self.values), ensure_ascii=False, indent=1))
        return self.values


def _checked(stored: dict[str, Any]) -> Settings:
    """Values of the wrong type are dropped; unknown names are of another version."""
    default = Settings()
    kept: dict[str, Any] = {}
    for field in fields(Settings):
        value = stored.get(field.name)
        if isinstance(getattr(default, field.name), tuple) and isinstance(value, list):
            value = tuple(str(v) for v in value)
        if type(value) is type(getattr(default, field.name)):
            kept[field.name] = value
    return replace(default, **kept)


def config_folder() -> Path:
    """Where settings lie; ``IPDESK_CONFIG`` moves it."""
    given = os.environ.get("IPDESK_CONFIG")
    return Path(given) if given else user_config_path(_APP, appauthor=False)


def data_folder() -> Path:
    """Where the database lies unless the user chose a file; ``IPDESK_DATA`` moves it."""
    given = os.environ.get("IPDESK_DATA")
    return Path(given) if given else user_data_path(_APP, appauthor=False)


def log_folder() -> Path:
    """Where the log lies; beside the data when that was moved."""
    given = os.environ.get("IPDESK_DATA")
    return Path(given) / "log" if given else user_log_path(_APP, appauthor=False)


def default_database() -> Path:
    """The user's own portfolio file."""
    return data_folder() / "portfolio.ipdesk"


def demo_database() -> Path:
    """The file of the demonstration portfolio, apart from the user's own."""
    return data_folder() / "demonstration.ipdesk"
