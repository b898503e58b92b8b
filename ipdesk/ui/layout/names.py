"""What things of a plan are called: technologies, effects, applications, products, offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipdesk.base.i18n import pick, tr
from ipdesk.core.layout.model import Branch, Item, PlanInfo
from ipdesk.core.layout.queries import plans
from ipdesk.core.layout.queries_tree import applications, effects, products, tree
from ipdesk.core.portfolio.offices import office_name

if TYPE_CHECKING:
    from sqlalchemy import Connection

Choices = list[tuple[Any, str]]
_LONGEST = 15


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that can be chosen or pointed to, read once for all views."""

    branches: tuple[Branch, ...] = ()
    effects: tuple[Item, ...] = ()
    applications: tuple[Item, ...] = ()
    products: tuple[Item, ...] = ()
    plans: tuple[PlanInfo, ...] = ()

    def technology(self, wanted: int | None) -> str:
        """A node's name in the language of the moment."""
        return next((pick(b.name, b.name_zh) for b in self.branches if b.id == wanted), "")

    def item(self, kind: str, wanted: int | None) -> str:
        """The name of an ``effect``, ``application`` or ``product``."""
        return next((pick(i.name, i.name_zh) for i in self.items(kind) if i.id == wanted), "")

    def items(self, kind: str) -> tuple[Item, ...]:
        """The effects, applications or products."""
        known = {
            "effect": self.effects, "application": self.applications, "product": self.products,
        }  # fmt: skip
        return known[kind]

    def technologies(self) -> Choices:
        """The tree as choices, indented; nothing comes first."""
        named = [(b.id, "   " * b.depth + pick(b.name, b.name_zh)) for b in self.branches]
        return [(None, "–"), *named]

    def choices(self, kind: str) -> Choices:
        """Effects, applications or products as choices; nothing comes first."""
        return [(None, "–"), *((i.id, pick(i.name, i.name_zh)) for i in self.items(kind))]

    def plan(self, wanted: int | None) -> PlanInfo | None:
        """A version of a plan."""
        return next((p for p in self.plans if p.id == wanted), None)

    def subject(self, kind: str, wanted: int, otherwise: str) -> str:
        """What a line of the clock is about; inventions have one name only."""
        if kind == "product":
            return self.item("product", wanted) or otherwise
        if kind == "technology":
            return self.technology(wanted) or otherwise
        return otherwise


def read_names(connection: Connection) -> Names:
    """In a reader's thread."""
    return Names(
        tuple(tree(connection)),
        tuple(effects(connection)),
        tuple(applications(connection)),
        tuple(products(connection)),
        tuple(plans(connection)),
    )


def office_short(office: str) -> str:
    """An office's name where it is short, else its code."""
    name = office_name(office)
    return name if len(name) <= _LONGEST else office


def office_long(office: str) -> str:
    """Code and name, e.g. for a tooltip."""
    name = office_name(office)
    return tr("{code} · {name}", code=office, name=name) if name != office else office
