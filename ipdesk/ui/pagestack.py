"""The pages of the window: each is built when it is first shown and comes back to its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from ipdesk.ui.desk import Desk, PageSpec, Place
from ipdesk.ui.page import Page
from ipdesk.ui.widgets.stack import Stack
from ipdesk.ui.widgets.states import Loading


@dataclass(slots=True)
class Left:
    """Where a page stood and what was under way in it, for its next building."""

    place: Place | None = None
    kept: Any = None


class PageStack(Stack):
    """One page in sight; another window language or look means another stack."""

    built = Signal(str)  # page id, when it is in sight

    def __init__(
        self, desk: Desk, specs: Sequence[PageSpec], left: dict[str, Left] | None = None
    ) -> None:
        super().__init__()
        self._desk = desk
        self._specs = {spec.id: spec for spec in specs}
        self._left = left or {}
        self._pages: dict[str, Page] = {}
        self.showing = ""
        self._loading = Loading()
        self.addWidget(self._loading)

    @property
    def page(self) -> Page | None:
        """The page in sight; None while it is being built."""
        return self._pages.get(self.showing)

    def knows(self, page: str) -> bool:
        """Whether the registry has such a page."""
        return page in self._specs

    def arrive(self, place: Place) -> None:
        """Show a page, and in it the thing or the filter that is wanted."""
        plain = place.argument is None and not place.filters and not place.search
        page = self._pages.get(place.page)
        if not plain:
            if page is not None:
                page.visit(place)
            else:
                self._left.setdefault(place.page, Left()).place = place
        self.show_page(place.page)

    def show_page(self, name: str) -> None:
        """Show a page as it was left."""
        self.showing = name
        page = self._pages.get(name)
        if page is not None:
            self._bring_in(page)
            return
        self.setCurrentWidget(self._loading)
        self._desk.worker.draw(self._specs[name].load, partial(self._build, name))

    def leave(self) -> dict[str, Left]:
        """What every page leaves for its next building."""
        for name, page in self._pages.items():
            self._left[name] = Left(page.place(), page.kept())
        return self._left

    def _build(self, name: str, make: Callable[[Desk], Page]) -> None:
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = make(self._desk)
            self.addWidget(page)
            left = self._left.pop(name, Left())
            if left.kept is not None:
                page.put_back(left.kept)
            if left.place is not None:
                page.visit(left.place)
        if name == self.showing:
            self._bring_in(page)

    def _bring_in(self, page: Page) -> None:
        self.setCurrentWidget(page)
        page.setFocus()  # away from the sidebar: keys belong to the page
        self.built.emit(page.id)
