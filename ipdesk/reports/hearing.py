"""Who hears how far the pages of a report are, and may stop it by raising."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Heard = Callable[[int], object]
"""Takes the number of the page that is being made, 0 before the first."""


class _Listener:
    def __init__(self, tell: Heard) -> None:
        self.tell = tell
        self.page = 0


_listening: ContextVar[_Listener | None] = ContextVar("ipdesk_pages", default=None)


@contextmanager
def hearing(tell: Heard | None) -> Iterator[None]:
    """*tell* hears of every page and, between two pages, of rows that are laid out."""
    token = _listening.set(None if tell is None else _Listener(tell))
    try:
        yield
    finally:
        _listening.reset(token)


def page_begun(number: int) -> None:
    """A page begins."""
    listener = _listening.get()
    if listener is not None:
        listener.page = number
        listener.tell(number)


def still_at_work(_done: int = 0) -> None:
    """The same page goes on."""
    listener = _listening.get()
    if listener is not None:
        listener.tell(listener.page)
