"""What pages remember on this machine: columns, widths, filters, folded things."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QObject, QTimer

from ipdesk.base.settings import SettingsFile

SAVE_AFTER_MS = 800


class Memory(QObject):
    """Names and JSON values inside the settings; written a moment after the last change."""

    def __init__(self, settings: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._values = _read(settings.values.pages)
        self._later = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._later.timeout.connect(self.save)

    def get(self, name: str, default: Any = None) -> Any:
        """The value remembered under *name*."""
        return self._values.get(name, default)

    def put(self, name: str, value: Any) -> None:
        """Remember *value*; None forgets."""
        if value == self._values.get(name):
            return
        if value is None:
            del self._values[name]
        else:
            self._values[name] = value
        self._later.start()

    def save(self) -> None:
        """Write what changed now."""
        self._later.stop()
        words = json.dumps(self._values, ensure_ascii=False, sort_keys=True)
        if words != self._settings.values.pages:
            self._settings.change(pages=words)


def _read(words: str) -> dict[str, Any]:
    try:
        found = json.loads(words)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
