"""Every table on one sheet, by subject; ``metadata`` knows them all."""

from ipdesk.store.schema import comparison, docket, fees, history, intake, layout, portfolio, watch
from ipdesk.store.schema.base import metadata

__all__ = [
    "comparison",
    "docket",
    "fees",
    "history",
    "intake",
    "layout",
    "metadata",
    "portfolio",
    "watch",
]
