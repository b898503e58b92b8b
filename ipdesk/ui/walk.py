"""Where one has been: back and forward through places, as in a browser."""

from __future__ import annotations

from ipdesk.ui.desk import Place

KEPT = 50


class Walk:
    """Places in the order they were visited, and where among them one stands."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def go(self, place: Place) -> None:
        """A new place; what lay forward is forgotten."""
        self._places = [*self._places[: self._at + 1], place][-KEPT:]
        self._at = len(self._places) - 1

    def leave(self, place: Place | None) -> None:
        """Note where one stands exactly (filters, selection) before going on."""
        if place is not None and 0 <= self._at < len(self._places):
            self._places[self._at] = place

    def can(self, way: int) -> bool:
        """Whether there is a place that way: -1 back, 1 forward."""
        return 0 <= self._at + way < len(self._places)

    def step(self, way: int) -> Place:
        """Go that way."""
        self._at += way
        return self._places[self._at]
