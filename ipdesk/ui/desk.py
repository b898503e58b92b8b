"""What every page is given (Desk), what it says of itself (PageSpec), where one can go (Place)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ipdesk.base.i18n import Message
from ipdesk.ui.messages import Kind

if TYPE_CHECKING:
    from ipdesk.base.settings import SettingsFile
    from ipdesk.ui.bus import Bus
    from ipdesk.ui.memory import Memory
    from ipdesk.ui.work import Worker

# arguments of a place in the portfolio that open a dialog over it
PCT_TIMELINE = "pct-timeline"
FAMILY_TIMELINE = "family-timeline"  # of the matter in sight, or with ``:id`` of that one

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is or wants to be: a page, the thing in it, its filters and its search."""

    page: str
    argument: int | str | None = None
    filters: Filters = ()
    search: str = ""

    @classmethod
    def at(cls, page: str, argument: int | str | None = None, **filters: str) -> Place:
        """``Place.at("deadlines", state="overdue")``."""
        chosen = tuple((name, (value,)) for name, value in filters.items() if value)
        return cls(page, argument, chosen)


class Desk(QObject):
    """All that a page may reach. ``today()`` is the only clock."""

    gone = Signal(object)  # Place: somebody wants to go there
    asked = Signal(str, object)  # a thing that only the window can do, and its value
    said = Signal(object, object, object)  # text, Kind, (button, what it does) or None

    def __init__(
        self,
        worker: Worker,
        bus: Bus,
        settings: SettingsFile,
        memory: Memory,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.worker = worker
        self.bus = bus
        self.settings = settings
        self.memory = memory
        self.today = today

    def go(self, place: Place) -> None:
        """Show another page, or another thing in this one."""
        self.gone.emit(place)

    def do(self, name: str, value: object = None) -> None:
        """Ask the window: ``set_theme``, ``set_language``, ``undo`` …"""
        self.asked.emit(name, value)

    def say(
        self,
        text: object,
        kind: Kind = Kind.INFO,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """One sentence in the message bar, with one thing that can be done about it."""
        self.said.emit(text, kind, action)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A line of the sidebar. ``load`` imports the page; it is called off the GUI thread."""

    id: str
    title: Message
    icon: str
    shortcut: str
    tip: Message
    load: Callable[[], Callable[[Desk], QWidget]]
    group: str = "work"  # work | study | file: a hairline stands between groups
