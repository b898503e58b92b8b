"""Matters that a user names by their references."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.portfolio.queries import find_reference

if TYPE_CHECKING:
    from sqlalchemy import Connection


def matters_named(connection: Connection, references: Sequence[str]) -> list[int]:
    """Their ids. Raises IpdeskError for a reference that nobody has."""
    found = []
    for reference in references:
        matter_id = find_reference(connection, reference)
        if matter_id is None:
            text = say("There is no matter {reference}. Look at its spelling.", reference=reference)
            raise IpdeskError(text)
        found.append(matter_id)
    return found
