"""A page of several views of which one is in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ipdesk.ui.desk import Desk, Place
from ipdesk.ui.money.views import ListView, View
from ipdesk.ui.page import Page
from ipdesk.ui.widgets.segments import Segments
from ipdesk.ui.widgets.stack import Stack


class ViewsPage(Page):
    """A view is built when it is first chosen, and read again when its data changed."""

    def __init__(
        self,
        desk: Desk,
        page_id: str,
        title: str,
        segments: Sequence[tuple[str, str]],
        makers: Mapping[str, Callable[[], View]],
    ) -> None:
        super().__init__(desk, page_id, title)
        self._makers = makers
        self._made: dict[str, View] = {}
        self._old: set[str] = set()  # views whose data changed while another was in sight
        self.segments = Segments(segments)
        self.segments.chosen.connect(self.choose)
        self.body.addWidget(self.segments)
        self._stack = Stack()
        self.body.addWidget(self._stack, 1)
        self._chosen = segments[0][0]
        self._show(self._chosen)

    @property
    def view(self) -> View:
        """The view in sight."""
        return self._made[self._chosen]

    def choose(self, name: str) -> None:
        """Show another view."""
        fresh = name not in self._made
        self._show(name)
        if fresh or name in self._old:
            self._old.discard(name)
            self.view.reload()

    def _show(self, name: str) -> None:
        if name not in self._made:
            made = self._makers[name]()
            made.counted.connect(partial(self._show_count, name))
            self._made[name] = made
            self._stack.addWidget(made)
        self._chosen = name
        self.segments.mark(name)
        found = self._made[name]
        self._stack.setCurrentWidget(found)
        self._show_count(name, len(found.list.model) if isinstance(found, ListView) else 0)

    def _show_count(self, name: str, n: object) -> None:
        if name == self._chosen:
            self.head.count.setText(f"{n:,}" if n else "")

    def reload(self) -> None:
        self._old = set(self._made) - {self._chosen}
        self.view.reload()

    def visit(self, place: Place) -> None:
        name = str(place.argument or self._chosen)
        if name not in self._makers:
            return
        self.choose(name)
        view = self.view
        if isinstance(view, ListView) and (place.filters or place.search):
            query = replace(view.list.query, search=place.search)
            for facet, values in place.filters:
                query = query.choose(facet, *values)
            view.list.ask(query)

    def place(self) -> Place:
        return Place(self.id, self._chosen)

    def kept(self) -> str:
        return self._chosen

    def put_back(self, kept: str) -> None:
        self.choose(kept)
